"""How the answers of `verify` are told: in lines for people, as one JSON object for programs.

In: the path of a file, as it was asked for, and what was found. Out: text, without a line end.
"""

import json
from collections.abc import Iterator, Mapping

from publish.verify import EVERY_PROMISE, Verification
from publish.verify.human_checks import SHEET
from publish.verify.outcome import State

TITLES = {promise.code: promise.title for promise in EVERY_PROMISE}


def in_words(path: str, verification: Verification, titles: Mapping[str, str] = TITLES) -> str:
    """Return one line for each answer and for each question that is left for a person."""
    pages = f"{_counted(verification.pages, 'page')}, " if verification.pages else ""
    heading = f"{path}  {pages}sha256 {verification.sha256}"
    return "\n".join((heading, *(f"  {line}" for line in _lines(verification, titles))))


def _lines(verification: Verification, titles: Mapping[str, str]) -> Iterator[str]:
    for result in verification.results:
        detail = ": ".join(filter(None, (result.where, result.detail)))
        told = f"{titles[result.code]} ({detail})" if detail else titles[result.code]
        yield f"{result.state:<11}  {result.code:<12}  {told}"
    states = [result.state for result in verification.results]
    yield ", ".join(f"{states.count(state)} {state}" for state in State)
    if not verification.pages:
        return  # the questions are about pages
    questions = _counted(len(verification.questions), "question")
    yield f"For a person ({questions}, {SHEET}):"
    for question in verification.questions:
        yield f"  {question.id:<11}  {question.ask} ({', '.join(question.conditions)})"
    if verification.absent:
        yield f"  no occasion for others: {', '.join(verification.absent)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def as_json(path: str, verification: Verification) -> str:
    """Return one JSON object, on one line."""
    answers = [
        {"code": r.code, "state": r.state, "where": r.where, "detail": r.detail}
        for r in verification.results
    ]
    questions = [
        {"id": q.id, "ask": q.ask, "matterhorn": q.conditions} for q in verification.questions
    ]
    return json.dumps(
        {
            "path": path,
            "sha256": verification.sha256,
            "pages": verification.pages or None,
            "promises": answers,
            "for_a_person": questions,
            "no_occasion": verification.absent,
        }
    )
