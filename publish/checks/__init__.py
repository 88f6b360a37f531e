"""Editorial rules: what an editor would want to know before a build. docs/checks.md has a line for each.

In: an Edition. Out: Findings as path:line:column. A rule yields; it never raises and never renders.
"""

from publish.checks import (
    adaptation,
    classroom,
    languages,
    lesson,
    notes,
    people,
    quotations,
    text,
    versions,
)
from publish.checks import edition as of_the_edition
from publish.checks.rule import EditorialRule
from publish.model import Edition
from publish.problems import Finding, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

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
    EditorialRule("v-001", _ERROR, "A later version comes after an earlier one", kept_by="sources/changes.py"),
    EditorialRule("v-002", _ERROR, "A citation names one version", versions.unlike_the_manifest),
    EditorialRule("v-003", _WARNING, "House rule: what is released stays as it is", versions.changed_after_release),
    EditorialRule("f-001", _WARNING, "A field shows what the text leaves blank", kept_by="supplied_fields.py"),
    EditorialRule("c-001", _WARNING, "House style: a gloss has at most 15 words", classroom.long_gloss),
    EditorialRule("c-002", _WARNING, "House style: a class reads at most 75 words first", classroom.long_head_note),
    EditorialRule("c-003", _WARNING, "House style: an excerpt has at most 75 words", classroom.long_excerpt),
    EditorialRule("c-004", _ERROR, "A quotation leads to its source", classroom.excerpt_without_work),
    EditorialRule("c-005", _ERROR, "Paragraphs are cited, since lines change", classroom.question_without_paragraph),
    EditorialRule("c-006", _ERROR, "A reference leads to its paragraph", classroom.no_such_paragraph),
    EditorialRule("c-007", _ERROR, "The word bank explains words of the text", kept_by="sources/classroom.py"),
    EditorialRule("c-008", _ERROR, "An answer lies in words of the text", kept_by="sources/lesson.py"),
    EditorialRule("c-009", _WARNING, "Wineburg and Martin: 200 to 300 words", adaptation.length),
    EditorialRule("c-010", _WARNING, "House style: Flesch-Kincaid grade of at most 8", adaptation.too_hard),
    EditorialRule("c-011", _ERROR, "An adapted sentence says what it renders", adaptation.sentence_without_source),
    EditorialRule("c-012", _WARNING, "What an adaptation leaves out is known", adaptation.paragraph_left_out),
    EditorialRule("c-013", _WARNING, "A lesson fits its period", lesson.minutes),
    EditorialRule("c-014", _ERROR, "No word of the key is given to students", lesson.key_for_students),
    EditorialRule("c-015", _ERROR, "An adaptation is no quotation", adaptation.looks_like_the_original),
    EditorialRule("c-016", _ERROR, "A standard is known by its code", lesson.unknown_standard),
    EditorialRule("c-017", _WARNING, "Every question has its answer", lesson.question_without_answer),
    EditorialRule("c-018", _WARNING, "House style: two questions a group, one compact", classroom.uneven_groups),
    EditorialRule("c-019", _ERROR, "What a sheet asks about stands on it", classroom.excerpt_not_on_the_sheet),
    EditorialRule("c-020", _WARNING, "MLA CSE guidelines: quotations are verified", quotations.not_in_the_handout),
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
