"""How a machine strikes: the same every time, each key in its own way, and never far from the cell."""

import statistics
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from publish.colours import load_colours
from publish.machines import Machine, load_machines
from publish.problems import LayoutError
from publish.resources import layouts_directory
from publish.stocks import Stock, load_stocks
from publish.typeset.striking import Strike, Typist

MACHINES = load_machines(layouts_directory())
every_machine = pytest.mark.parametrize("machine", MACHINES.values(), ids=lambda one: one.name)

ELECTRIC = MACHINES["electric"]
STOCK = load_stocks(layouts_directory(), load_colours(layouts_directory())).get("aged")
LINE = dict(enumerate("Following message from President to Khrushchev should be", 18))


def typist(machine: Machine = ELECTRIC, stock: Stock = STOCK, document: str = "one") -> Typist:
    return Typist(document, machine, stock, 4)


def struck(machine: Machine = ELECTRIC, stock: Stock = STOCK, lines: int = 40) -> list[Strike]:
    at = typist(machine, stock)
    return [strike for line in range(lines) for strike in at.line(1, line, LINE).values()]


def test_every_letter_is_struck_and_no_space() -> None:
    assert sorted(typist().line(1, 14, LINE)) == [c for c, sign in LINE.items() if sign != " "]


def test_a_line_without_letters_is_not_struck() -> None:
    assert typist().line(1, 14, {3: " ", 4: " "}) == {}


def test_the_same_line_is_struck_in_the_same_way_again() -> None:
    assert typist().line(1, 14, LINE) == typist().line(1, 14, LINE)


def test_the_order_in_which_lines_are_typed_does_not_matter() -> None:
    one, other = typist(), typist()
    first = one.line(1, 14, LINE)
    other.line(2, 3, LINE)
    assert other.line(1, 14, LINE) == first


@pytest.mark.parametrize(
    ("document", "page", "line"), [("two", 1, 14), ("one", 2, 14), ("one", 1, 16)]
)
def test_another_document_sheet_or_line_is_struck_otherwise(
    document: str, page: int, line: int
) -> None:
    other = typist(document=document).line(page, line, LINE)
    assert other != typist().line(1, 14, LINE)


def test_another_process_strikes_in_the_same_way() -> None:
    code = "from tests.test_striking import LINE, typist\nprint(typist().line(1, 14, LINE)[18])"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        env={"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == str(typist().line(1, 14, LINE)[18])


@every_machine
def test_no_letter_stands_further_from_its_place_than_the_machine_lets_it(
    machine: Machine,
) -> None:
    for strike in struck(machine):
        assert abs(strike.across) <= machine.furthest
        assert abs(strike.up) <= machine.furthest
        assert abs(strike.turn) <= 3 * machine.turn * 2**0.5


@every_machine
def test_a_line_keeps_its_level(machine: Machine) -> None:
    strikes = typist(machine).line(1, 14, LINE).values()
    assert statistics.fmean(strike.up for strike in strikes) == pytest.approx(0, abs=0.002)
    assert statistics.fmean(strike.across for strike in strikes) == pytest.approx(0, abs=0.002)


@every_machine
def test_letters_stray_about_as_far_as_the_machine_says(machine: Machine) -> None:
    ups = [strike.up for strike in struck(machine)]
    assert 0.5 * machine.baseline <= statistics.pstdev(ups) <= 1.2 * machine.baseline


def test_a_key_errs_in_its_own_way_and_chance_adds_less() -> None:
    at = typist()
    lines = [at.line(1, line, dict(enumerate("eo" * 20))) for line in range(40)]
    e = [line[column].up for line in lines for column in range(0, 40, 2)]
    o = [line[column].up for line in lines for column in range(1, 40, 2)]
    between = abs(statistics.fmean(e) - statistics.fmean(o))
    within = statistics.fmean((statistics.pstdev(e), statistics.pstdev(o)))
    assert between > within / 2
    assert within < ELECTRIC.baseline


def test_the_ink_keeps_its_range() -> None:
    greys = {strike.grey for strike in struck()}
    assert min(greys) >= STOCK.ink.darkest
    assert max(greys) <= STOCK.ink.lightest


def test_the_ribbon_makes_neighbours_more_alike_than_strangers() -> None:
    at = typist(replace(ELECTRIC, chance=0.0, density=0.0))
    rows = [at.line(1, line, dict.fromkeys(range(60), "n")) for line in range(40)]
    beside = [abs(row[c].grey - row[c + 1].grey) for row in rows for c in range(59)]
    apart = [abs(row[c].grey - row[c + 30].grey) for row in rows for c in range(30)]
    assert statistics.fmean(beside) < statistics.fmean(apart) / 3


def test_all_variants_of_the_face_strike() -> None:
    assert {strike.variant for strike in struck()} == {0, 1, 2, 3}


def test_paper_that_lets_letters_stray_less_is_typed_on_more_evenly() -> None:
    loose = statistics.pstdev(strike.up for strike in struck())
    tight = statistics.pstdev(strike.up for strike in struck(stock=replace(STOCK, jitter=0.5)))
    assert tight == pytest.approx(loose / 2, rel=0.1)


# The file of machines


def machines_file(tmp_path: Path, old: str, new: str) -> Path:
    text = (layouts_directory() / "machines.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "machines.toml").write_text(text.replace(old, new, 1), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('furthest = "0.22pt"', 'furthest = "0.4pt"', r"0\.4 points from its place.*0\.25"),
        ("turn = 0.06", "turn = 2", "turn by 2 degrees"),
        ("own = 0.7", "own = 7", "'own' is a share between 0 and 1"),
        ("period = 17", "period = 1", "at least 2 letters"),
        ("period = 17", "perid = 17", "period"),
    ],
)
def test_a_machine_that_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(LayoutError, match=words):
        load_machines(machines_file(tmp_path, old, new))


def test_an_unknown_machine_is_told_with_the_nearest() -> None:
    with pytest.raises(LayoutError, match="electric"):
        MACHINES["electrik"]
