"""Editorial rules: what an editor would want to know before a build. docs/checks.md has a line for each.

In: an Edition. Out: Findings as path:line:column. A rule yields; it never raises and never renders.
"""

from publish.checks import edition as of_the_edition
from publish.checks import exhibit, languages, notes, people, quotations, text
from publish.checks.rule import EditorialRule
from publish.model import Edition
from publish.problems import Finding, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_EXHIBITION = "Smithsonian Guidelines for Accessible Exhibition Design"

EDITORIAL_RULES: tuple[EditorialRule, ...] = (
    EditorialRule("t-001", _WARNING, "Editorial method: a note mark is never dropped silently", text.orphan_note_mark),
    EditorialRule("t-002", _WARNING, "House rule: a text without a witness is no edition", text.base_text_undeclared),
    EditorialRule("t-003", _WARNING, "WCAG 2.2, 3.1.2: Language of Parts", languages.letters_of_no_declared_language),
    EditorialRule("n-001", _WARNING, "Bibliography: every entry is cited", notes.unused_work),
    EditorialRule("n-002", _WARNING, "MLA CSE guidelines: annotation is documented", notes.note_without_citation),
    EditorialRule("n-003", _WARNING, "House style: typographic quotation marks", notes.straight_quotation_mark),
    EditorialRule("n-004", _WARNING, "House style: one space after a sentence", notes.double_space),
    EditorialRule("n-005", _ERROR, "A note stands at words of the text", kept_by="sources/apparatus.py"),
    EditorialRule("n-006", _ERROR, "A note stands at one place of the text", kept_by="sources/apparatus.py"),
    EditorialRule("n-007", _ERROR, "A citation leads to its entry", kept_by="markdown.py"),
    EditorialRule("n-008", _WARNING, "WCAG 2.2, 3.1.2: Language of Parts", languages.italics_of_no_declared_language),
    EditorialRule("n-009", _WARNING, "MLA CSE guidelines: quotations are verified", quotations.not_in_the_text),
    EditorialRule("n-010", _WARNING, "House style: an ellipsis marks what is left out", quotations.cut_without_a_mark),
    EditorialRule("n-011", _WARNING, "House style: a note has at most 120 words", notes.long_note),
    EditorialRule("n-012", _WARNING, "House style: a head note has at most 250 words", notes.long_head_note),
    EditorialRule("p-001", _WARNING, "House rule: who is listed is named", people.unused_person),
    EditorialRule("p-002", _WARNING, "House rule: what is explained is spoken of", people.unused_term),
    EditorialRule("p-003", _WARNING, "House style: a person has one name", people.name_unlike_the_list),
    EditorialRule("p-004", _WARNING, "House style: a person has one name", people.name_misspelt),
    EditorialRule("e-001", _WARNING, "DataCite 4.6: version and date make it citable", of_the_edition.undated_edition),
    EditorialRule("f-001", _WARNING, "A field shows what the text leaves blank", kept_by="supplied_fields.py"),
    EditorialRule("x-001", _WARNING, "Serrell, Exhibit Labels (2015): 1 to 7 words", exhibit.long_title),
    EditorialRule("x-002", _WARNING, f"{_EXHIBITION}: 100 words", exhibit.long_label),
    EditorialRule("x-003", _WARNING, f"{_EXHIBITION}: 25 words", exhibit.long_sentence),
    EditorialRule("x-004", _WARNING, "House style: a pull quote has at most 30 words", exhibit.long_quotation),
    EditorialRule("x-005", _WARNING, "House rule: every hour has its source", exhibit.row_of_no_event),
    EditorialRule("i-001", _ERROR, "House rule: an exception serves, or is taken out", kept_by="checks/ignores.py"),
)  # fmt: skip


def check(edition: Edition) -> tuple[Finding, ...]:
    """Return what all rules find, in the order of the table."""
    return tuple(
        Finding(rule.code, rule.severity, message, where, hint)
        for rule in EDITORIAL_RULES
        if rule.look is not None
        for message, where, hint in rule.look(edition)
    )
