"""What only a person can say of a file: the questions, less those for which it gives no occasion.

In: layouts/human-checks.toml and a file as it was read back. Out: the Questions that are to be asked
of it, and what it does not have, in words ("no figures").
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.problems import LayoutError, PromiseError, nearest
from publish.resources import layouts_directory
from publish.tables import Table, read_toml
from publish.verify import inert
from publish.verify.outcome import Examined, State

FILE_NAME = "human-checks.toml"
SHEET = "docs/listening.md"
_CONDITION = re.compile(r"\d\d-\d\d\d")
# ISO 32000-1, table 169, and ISO 32000-2, table 171: annotations that play something.
_MEDIA = frozenset(("Sound", "Movie", "Screen", "3D", "RichMedia"))


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the failure conditions of the Matterhorn Protocol 1.1 that it covers."""

    id: str
    ask: str
    conditions: tuple[str, ...]
    occasion: str = ""  # a key of OCCASIONS; empty: it is asked of every file


def _has(kind: str) -> "Callable[[Examined], bool]":
    return lambda examined: any(e.type == kind for e in examined.file.tree.elements)


def _annotations(examined: Examined) -> Iterator[str]:
    objects = examined.file.objects
    for page in examined.file.pages:
        for entry in objects.array(page.get("Annots")):
            yield str(objects.dictionary(entry).get("Subtype"))


def _own_types(examined: Examined) -> bool:
    objects = examined.file.objects
    root = objects.dictionary(objects.root.get("StructTreeRoot"))
    namespaces = [objects.dictionary(entry) for entry in objects.array(root.get("Namespaces"))]
    return bool(objects.dictionary(root.get("RoleMap"))) or any(
        objects.dictionary(namespace.get("RoleMapNS")) for namespace in namespaces
    )


def _threads(examined: Examined) -> bool:
    objects = examined.file.objects
    return bool(objects.array(objects.root.get("Threads")))


def _actions(examined: Examined) -> bool:
    return any(found.state is State.BROKEN for found in inert.nothing_runs(examined))


# What gives occasion for a question; types of its own are those of a role map.
OCCASIONS: "dict[str, Callable[[Examined], bool]]" = {
    "faces": lambda examined: bool(examined.file.used_fonts()),
    "figures": _has("Figure"),
    "tables": _has("Table"),
    "lists": _has("L"),
    "links": lambda examined: "Link" in _annotations(examined),
    "types of its own": _own_types,
    "annotations besides links": lambda examined: bool(set(_annotations(examined)) - {"Link"}),
    "image maps": lambda examined: bool(examined.file.objects.holding(b"/IsMap")),
    "article threads": _threads,
    "media": lambda examined: not _MEDIA.isdisjoint(_annotations(examined)),
    "actions besides links": _actions,
}


def load_questions(path: Path | None = None) -> tuple[Question, ...]:
    """Read the questions. Raises LayoutError with file and line where something is wrong."""
    top = read_toml(path or layouts_directory() / FILE_NAME, LayoutError)
    questions: list[Question] = []
    for table in top.tables("question"):
        question = _question(table)
        if question.id in {known.id for known in questions}:
            raise table.fail(f"there are two questions {question.id!r}", "id", "Name one anew.")
        covered = {condition for known in questions for condition in known.conditions}
        if twice := sorted(covered.intersection(question.conditions)):
            raise table.fail(f"{twice[0]} is covered twice", "conditions", "Take it out of one.")
        questions.append(question)
    top.close()
    return tuple(questions)


def _question(table: Table) -> Question:
    question = Question(
        table.text("id"), table.text("ask"), table.texts("conditions"), table.text("occasion", "")
    )
    table.close()
    for condition in question.conditions:
        if not _CONDITION.fullmatch(condition):
            raise table.fail(f"{condition!r} is no failure condition", "conditions", "Like 06-004.")
    if question.occasion and question.occasion not in OCCASIONS:
        raise table.fail(
            f"{question.occasion!r} is no occasion",
            "occasion",
            nearest(question.occasion, sorted(OCCASIONS)),
        )
    return question


def for_a_person(
    examined: Examined, questions: Iterable[Question]
) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """Return the questions that are to be asked of a file, and what it does not have ("no tables").

    Of a file that cannot be read all are asked.
    """
    asked: list[Question] = []
    absent: dict[str, None] = {}
    for question in questions:
        if not question.occasion or _gives(examined, question.occasion):
            asked.append(question)
        else:
            absent[f"no {question.occasion}"] = None
    return tuple(asked), tuple(absent)


def _gives(examined: Examined, occasion: str) -> bool:
    try:
        return OCCASIONS[occasion](examined)
    except PromiseError:
        return True
