"""Bad input: one line that says what, where and what next, an exit code, and nothing else changed."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from publish.cli import main
from publish.fonts import Face
from publish.problems import Exit
from publish.typeset import reading
from publish.typeset.marked import MarkedCanvas, Stroke
from publish.typeset.reading_structure import Capture
from publish.typeset.structure import Link, Node, Part
from tests.bad_inputs import CASES, HEAD, Case
from tests.conftest import ROOT, SEED, SYNTHETIC

NAMES = (SEED.name, SYNTHETIC.name, "telegram", "t")
LONG_AGO = (
    1_000_000_000  # seconds: 2001, so that a file that was touched is told from one that was not
)

# Keeps every file that a process writes below a page's size, as a full disk would: no root can
# write beyond it, and no mount is needed.
SMALL_DISK = """
import resource, sys
from publish.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.exit(main(sys.argv[1:]))
"""

# Sends the process the signal of Ctrl-C from within a step, so that no test has to wait for one.
CTRL_C = """
import os, signal, sys
from publish import output
from publish.cli import main
output.deliver = lambda files: os.kill(os.getpid(), signal.SIGINT)
sys.exit(main(sys.argv[1:]))
"""

Written = dict[str, tuple[bytes, int]]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder in which earlier files of every name stand."""
    folder = tmp_path / "out"
    for name in NAMES:
        (folder / name).mkdir(parents=True)
        for product in ("edition", "facsimile"):
            for ending in (".pdf", ".promises.json"):
                path = folder / name / f"{product}{ending}"
                path.write_text(f"the earlier {product}", "utf-8")
                os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


def standing(folder: Path) -> Written:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def one_line(error: str) -> str:
    lines = error.splitlines()
    assert len(lines) == 1
    assert "Traceback" not in error
    assert lines[0].startswith("error: ")
    return lines[0]


def in_order(line: str, words: tuple[str, ...]) -> bool:
    position = 0
    for word in words:
        position = line.find(word, position)
        if position < 0:
            return False
        position += len(word)
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_told_in_one_line_and_changes_nothing(
    case: Case, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "given").mkdir()
    given = case.give(tmp_path / "given")
    before = standing(out)
    code = main(["build", *given.arguments, "--out", str(out)])
    told = capsys.readouterr()
    assert (code, told.out) == (case.code, "")
    line = one_line(told.err)
    assert in_order(line, case.expected(given)), line
    assert standing(out) == before


def run(program: str | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["-m", "publish"] if program is None else ["-c", program]
    return subprocess.run(
        [sys.executable, *command, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", Exit.SOURCE, "is empty"),
        (b"\xff\xfe\0", Exit.SOURCE, "UTF-16"),
        ((HEAD + "好\n").encode(), Exit.LAYOUT, "U+597D CJK UNIFIED IDEOGRAPH-597D"),
    ],
)
def test_the_command_itself_tells_bad_input_in_one_line(
    content: bytes, code: Exit, words: str, tmp_path: Path, out: Path
) -> None:
    path = tmp_path / "telegram.txt"
    path.write_bytes(content)
    before = standing(out)
    ended = run(None, "build", str(path), "--out", str(out))
    assert (ended.returncode, ended.stdout) == (code, "")
    assert words in one_line(ended.stderr)
    assert standing(out) == before


def test_a_file_is_not_written_over_one_of_the_same_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t.txt").write_text(f"{HEAD}From folder {folder}.\n", "utf-8")
    sources = [str(tmp_path / folder / "t.txt") for folder in ("one", "two")]
    code = main(["build", *sources, "--product", "facsimile", "--out", str(tmp_path / "out")])
    told = capsys.readouterr()
    assert (code, len(told.out.splitlines())) == (Exit.USAGE, 1)
    assert in_order(told.err.splitlines()[-1], ("two/t.txt", "both are t/facsimile.pdf", "--out"))


FACSIMILE = ("build", str(SYNTHETIC), "--product", "facsimile", "--out")
EDITION = ("build", str(SYNTHETIC), "--out")


def test_a_folder_below_a_file_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("words", "utf-8")
    assert main([*FACSIMILE, str(tmp_path / "file" / "out")]) == Exit.OUTPUT
    line = one_line(capsys.readouterr().err)
    assert in_order(line, (str(tmp_path / "file"), "cannot be written", "--out"))
    assert (tmp_path / "file").read_text("utf-8") == "words"


def test_a_folder_that_the_user_may_not_write_is_told(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(prefix: str, dir: Path) -> tuple[int, str]:  # noqa: A002 — tempfile's own word
        raise PermissionError(errno.EACCES, "Permission denied", f"{dir}/{prefix}x")

    monkeypatch.setattr("publish.output.tempfile.mkstemp", refused)
    before = standing(out)
    assert main([*FACSIMILE, str(out)]) == Exit.OUTPUT
    line = one_line(capsys.readouterr().err)
    assert in_order(line, ("facsimile.pdf", "Permission denied", "--out"))
    assert standing(out) == before


def full_after(writes: int) -> Callable[[int], None]:
    done = []

    def fsync(handle: int) -> None:
        done.append(handle)
        if len(done) > writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return fsync


@pytest.mark.parametrize("writes", [0, 1])
def test_a_full_disk_leaves_the_earlier_files(
    writes: int, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("publish.output.os.fsync", full_after(writes))
    before = standing(out)
    assert main([*FACSIMILE, str(out)]) == Exit.OUTPUT
    line = one_line(capsys.readouterr().err)
    assert in_order(line, ("facsimile.pdf", "No space left", "Free some space"))
    assert standing(out) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_file_that_the_system_cuts_off_is_not_delivered(out: Path) -> None:
    before = standing(out)
    ended = run(SMALL_DISK, *FACSIMILE, str(out))
    assert ended.returncode == Exit.OUTPUT
    assert in_order(one_line(ended.stderr), ("facsimile.pdf", "cannot be written: File too large"))
    assert standing(out) == before


STAGES = (
    "publish.sources.read",
    "publish.layouts.load",
    "publish.checks.check",
    "publish.fonts.load",
    "publish.typeset.facsimile.set_facsimile",
    "publish.typeset.reading.make_html",
    "publish.typeset.reading.set_reading",
    "publish.assemble.assemble",
    "publish.promises.record",
    "publish.verify.verify",
    "publish.output.deliver",
    "publish.output.os.fsync",
    "publish.output.Path.replace",
)


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("stage", STAGES)
def test_ctrl_c_at_any_stage_delivers_nothing(
    stage: str, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stage, interrupted)
    before = standing(out)
    assert main([*EDITION, str(out)]) == Exit.INTERRUPTED
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "interrupted; nothing was delivered\n")
    monkeypatch.undo()
    assert standing(out) == before


def test_ctrl_c_between_the_two_files_takes_the_first_one_back(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def only_the_first(path: Path, target: Path) -> Path:
        if target.name == "facsimile.promises.json" and not path.name.endswith(".earlier"):
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", only_the_first)
    before = standing(out)
    assert main([*FACSIMILE, str(out)]) == Exit.INTERRUPTED
    assert standing(out) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to whole consoles only")
def test_the_signal_of_ctrl_c_ends_the_command_with_130(out: Path) -> None:
    before = standing(out)
    ended = run(CTRL_C, *FACSIMILE, str(out))
    assert (ended.returncode, ended.stdout) == (Exit.INTERRUPTED, "")
    assert ended.stderr == "interrupted; nothing was delivered\n"
    assert standing(out) == before


def fails(
    arguments: tuple[str, ...], expected: Exit, out: Path, capsys: pytest.CaptureFixture[str]
) -> str:
    before = standing(out)
    code = main([*arguments, str(out)])
    told = capsys.readouterr()
    assert (code, told.out) == (expected, "")
    assert standing(out) == before
    return one_line(told.err)


def test_a_letter_that_the_typewriter_drops_is_found(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    struck = MarkedCanvas.struck

    def dropping(canvas: MarkedCanvas, strikes: Iterable[Stroke], *rest: Any) -> None:
        left = list(strikes)
        place = "".join(stroke.text[0] for stroke in left).find("synthetic")
        if place >= 0:
            del left[place + len("synth")]
        struck(canvas, left, *rest)

    monkeypatch.setattr(MarkedCanvas, "struck", dropping)
    line = fails(FACSIMILE, Exit.PROMISE, out, capsys)
    assert in_order(line, ("facsimile.pdf", "drawn: broken", "synth▸tic", "Nothing was delivered"))


def test_a_word_that_the_reading_engine_drops_is_found(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = reading._write

    def dropping(
        html: str, css: str, faces: Sequence[Face], capture: Capture
    ) -> tuple[bytes, Capture]:
        assert "records no event" in html
        return write(html.replace("records no event", "records event"), css, faces, capture)

    monkeypatch.setattr(reading, "_write", dropping)
    line = fails(EDITION, Exit.PROMISE, out, capsys)
    assert in_order(line, ("edition.pdf", "drawn: broken", "Nothing was delivered"))


def without_links(node: Node) -> None:
    for below in node.walk():
        below.kids = [kid for kid in below.kids if not isinstance(kid, Link)]


def test_a_link_that_the_reading_engine_does_not_hand_over_is_found(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_reading = reading.set_reading

    def dropping(*arguments: Any) -> dict[str, Part]:
        parts = set_reading(*arguments)
        for part in parts.values():
            for node in part.structure:
                without_links(node)
        return parts

    monkeypatch.setattr(reading, "set_reading", dropping)
    assert "lost in assembly: " in fails(EDITION, Exit.RENDERING, out, capsys)


def test_a_link_that_assembly_does_not_attach_is_found(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("publish.assemble.links.attach", lambda *_: None)
    line = fails(EDITION, Exit.PROMISE, out, capsys)
    assert in_order(line, ("edition.pdf", "a promise is broken", "Nothing was delivered"))
