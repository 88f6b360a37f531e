"""veraPDF itself, where `make verapdf` has brought it and Java is on the machine."""

import re
import shutil

import pytest

from publish.layouts import Layouts
from publish.verify import Result, State, verify
from publish.verify.judges import answer_of
from publish.verify.verapdf import _CALLED, VeraPDF, of_jar
from tests.conftest import ROOT
from tests.judging import without_description
from tests.verify_changes import changed, good

JARS = sorted((ROOT / ".cache" / "verapdf").glob("cli-*.jar"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (JARS and shutil.which("java")), reason="needs Java, and the jar (make verapdf)"
    ),
]


def claims(pdf: bytes) -> list[Result]:
    judge = VeraPDF(of_jar(JARS[-1]))
    return [found for found in verify(pdf, good().record, judges=[judge]) if found.code == "claims"]


def test_a_good_file_keeps_its_claims() -> None:
    (found,) = claims(good().pdf)
    assert found.state is State.KEPT, found
    assert re.fullmatch(r"veraPDF 1\.\d+\.\d+: 3a \d{3} rules, ua1 \d{3} rules", found.detail)


def test_a_file_that_breaks_a_rule_is_told_with_the_rule() -> None:
    results = claims(changed(without_description))
    assert {found.state for found in results} == {State.BROKEN}
    assert ", 3a: ISO 19005-3:2012 6.6.2.3.1-1, 1 x: XMP property is " in results[0].detail


def test_the_profiles_are_called_as_they_are_known(known: Layouts) -> None:
    listed = answer_of([*of_jar(JARS[-1]), "--list"])
    called = {f"  {name} - {title}" for title, name in _CALLED.items()}
    assert called - set(listed.splitlines()) == set()
    asked = {profile for claim in known.claims.values() for profile in claim.profiles}
    assert asked - set(_CALLED.values()) == set()
