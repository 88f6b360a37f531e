"""The structure types that readers know, and what our elements are called among them.

In: the type of a Node, in the words of ISO 32000-1. Out: its name and namespace in the file: that of
PDF 1.7, which goes without saying, or one of the two that a file of PDF 2.0 names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# ISO 32000-1, 14.8.4: the standard structure types of PDF 1.7.
_GROUPING = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
_BLOCK_LEVEL = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
_INLINE_LEVEL = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP"
_ILLUSTRATION = "Figure Formula Form"
STANDARD_TYPES = frozenset(
    f"{_GROUPING} {_BLOCK_LEVEL} {_INLINE_LEVEL} {_ILLUSTRATION}".split(),
)

# ISO 32000-2, 14.8.6: the namespaces of the standard structure types.
NAMESPACE_1_7 = "http://iso.org/pdf/ssn"
NAMESPACE_2_0 = "http://iso.org/pdf2/ssn"

# Types of ours that PDF 2.0 no longer has in its own namespace. They keep their meaning in that of
# PDF 1.7 (ISO 14289-2, 8.2.4).
_LEFT_OUT_OF_2_0 = "Art BlockQuote TOC TOCI Index Private Quote Reference BibEntry Code"
_OF_1_7_ONLY = frozenset(_LEFT_OUT_OF_2_0.split())
_RENAMED = {"Note": "FENote"}  # ISO 32000-2, 14.8.4.7: footnotes and endnotes


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a file calls its elements. Without `namespaces` the types are those of PDF 1.7."""

    namespaces: tuple[str, ...]
    renamed: Mapping[str, str]

    def name(self, type_of_node: str) -> str:
        """Return the structure type that the file names."""
        return self.renamed.get(type_of_node, type_of_node)

    def namespace(self, type_of_node: str) -> str:
        """Return the namespace of that type; empty where it goes without saying."""
        if not self.namespaces:
            return ""
        return NAMESPACE_1_7 if type_of_node in _OF_1_7_ONLY else NAMESPACE_2_0

    @property
    def refers(self) -> bool:
        """Say whether elements may refer to one another (Ref; PDF 2.0)."""
        return bool(self.namespaces)


PDF_1_7 = Vocabulary((), {})
PDF_2_0 = Vocabulary((NAMESPACE_2_0, NAMESPACE_1_7), _RENAMED)
