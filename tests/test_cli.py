"""The command: what it teaches, what it prints and where, and how it ends."""

import argparse
import hashlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from publish import __version__, cli
from publish.arguments import parsed
from publish.citation import FORMATS, OBJECTS, STYLES
from publish.cli import main
from publish.problems import Exit
from tests.bad_inputs import HEAD
from tests.conftest import ENGINES, ROOT, SEED, SYNTHETIC, Finisher
from tests.verify_changes import good

COMMANDS = ("build", "check", "cite", "deposit", "verify", "list")
WARNED = HEAD + "Words without a note./2/\n"
COLOUR = "\033["


def helped(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_help_teaches_by_examples_and_names_every_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = helped(capsys)
    assert "publish build my-telegram.txt --product facsimile" in told
    assert [command for command in COMMANDS if f"    {command} " not in told] == []


def test_help_names_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    told = " ".join(helped(capsys).split())
    codes = [code.value for code in Exit]
    assert [code for code in codes if not re.search(rf"\b{code} [a-z]", told)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_says_what_it_does_and_takes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    usage, description, options = helped(capsys, command).split("\n\n", 2)
    assert usage.startswith(f"usage: publish {command} ")
    assert len(description.split()) > 8
    undescribed = [line for line in options.splitlines() if re.fullmatch(r"  -\S+( [A-Z]+)?", line)]
    assert undescribed == []


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"cablepress {__version__}\n")


def test_list_shows_what_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == Exit.BUILT
    kinds_and_names = {tuple(line.split()[:2]) for line in capsys.readouterr().out.splitlines()}
    asked = {
        ("product", "edition"), ("product", "facsimile"), ("paper", "a4"), ("paper", "letter"),
        ("standard", "archive"), ("form", "ds-322"), ("sample", SEED.name),
    }  # fmt: skip
    assert asked <= kinds_and_names
    assert "font" in {kind for kind, _ in kinds_and_names}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "there is no command 'biuld'. Did you mean 'build'?"),
        ([], "COMMAND. publish --help says more."),
        (["check", "a", "--stict"], "there is no option '--stict'. Did you mean '--strict'?"),
        (["list", "papers"], "'papers' is a word too many"),
        (["verify"], "FILE. publish verify --help says more."),
    ],
)
def test_a_wrong_word_is_told_in_one_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == Exit.USAGE
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.startswith("error: ")
    assert words in told.err


class Terminal(io.StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_an_error_is_coloured_on_a_terminal_that_wants_it(
    no_colour: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("NO_COLOR", no_colour)
    main(["build", "nowhere.txt"])
    assert (COLOUR in terminal.getvalue()) is coloured
    assert "nowhere.txt: there is no such file" in terminal.getvalue()


def test_nothing_is_coloured_in_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["build", "nowhere.txt"])
    main(["list"])
    told = capsys.readouterr()
    assert COLOUR not in told.err + told.out


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_is_one_object_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["build", str(SYNTHETIC), "--product", "facsimile", "--json", "--out", str(tmp_path)]
    assert main([*command, "--product", "facsimile"]) == Exit.BUILT
    (built,) = lines(capsys.readouterr().out)
    path = tmp_path / SYNTHETIC.name / "facsimile.pdf"
    assert (built["path"], path.is_file()) == (str(path), True)
    assert set(built) == {"path", "sha256", "pages", "promises", "beside"}


def test_verify_in_json_tells_each_promise(
    finished: Finisher, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finished(SYNTHETIC, "facsimile").built.path
    assert main(["verify", str(path), "--json"]) == Exit.BUILT
    (judged,) = lines(capsys.readouterr().out)
    promises = judged["promises"]
    assert isinstance(promises, list)
    assert {promise["state"] for promise in promises} <= {"kept", "not checked"}


def test_verify_in_words_is_one_line_a_promise(
    finished: Finisher, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finished(SYNTHETIC, "facsimile").built.path
    assert main(["verify", str(path)]) == Exit.BUILT
    name, *told = capsys.readouterr().out.splitlines()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert name == f"{path}  2 pages, sha256 {digest}"
    assert [line for line in told if re.match(r"  kept +drawn +Every word of the telegram", line)]


def test_verify_can_print_what_a_listener_hears(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.pdf").write_bytes(good().pdf)
    assert main(["verify", "--heard", str(tmp_path / "one.pdf")]) == Exit.BUILT
    heard = capsys.readouterr().out.splitlines()
    assert heard[0] == str(tmp_path / "one.pdf")
    assert "  list, 1 item" in heard


def test_what_a_listener_hears_is_a_list_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.pdf").write_bytes(good().pdf)
    assert main(["verify", "--heard", "--json", str(tmp_path / "one.pdf")]) == Exit.BUILT
    assert "list, 1 item" in json.loads(capsys.readouterr().out)["heard"]


def test_of_a_file_without_structure_nothing_is_heard_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "bare.pdf")
    assert main(["verify", "--heard", str(tmp_path / "bare.pdf")]) == Exit.FINDINGS
    assert "the file has no structure" in capsys.readouterr().err


def test_a_bad_file_keeps_no_other_from_being_verified(
    finished: Finisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.pdf").write_text("words", "utf-8")
    good = finished(SYNTHETIC, "facsimile").built.path
    assert main(["verify", str(tmp_path / "no.pdf"), str(good), "nowhere.pdf"]) == Exit.SOURCE
    told = capsys.readouterr()
    assert told.out.startswith(str(good))
    assert told.err.count("\n") == 2


def test_a_bad_source_keeps_no_other_from_being_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, worse = tmp_path / "bad.txt", tmp_path / "worse.txt"
    bad.write_bytes(b"")
    worse.write_text(HEAD + "好\n", "utf-8")
    out = tmp_path / "out"
    command = ["build", str(worse), str(SYNTHETIC), str(bad), "--product", "facsimile"]
    assert main([*command, "--out", str(out)]) == Exit.LAYOUT  # graver than the empty file's 3
    told = capsys.readouterr()
    assert told.out.startswith(str(out / SYNTHETIC.name / "facsimile.pdf"))
    assert [line.split(": ")[1].split("/")[-1] for line in told.err.splitlines()] == [
        "worse.txt:5:1",
        "bad.txt",
    ]


def test_a_bad_source_keeps_no_other_from_being_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path), str(SEED)]) == Exit.SOURCE
    told = capsys.readouterr()
    assert told.out == "0 errors, 0 warnings\n"
    assert told.err.count("\n") == 1


def test_check_prints_path_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "telegram.txt"
    path.write_text(WARNED, "utf-8")
    assert main(["check", str(path)]) == Exit.BUILT
    told = capsys.readouterr().out
    assert told.startswith(f"{path}:5:22: warning t-001: ")
    assert told.endswith("0 errors, 1 warning\n")


def test_warnings_count_when_check_is_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "telegram.txt"
    path.write_text(WARNED, "utf-8")
    assert main(["check", str(path), "--strict"]) == Exit.FINDINGS
    assert "0 errors, 1 warning" in capsys.readouterr().out


def test_warnings_stop_a_strict_build_each_in_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "telegram.txt"
    path.write_text(WARNED, "utf-8")
    out = tmp_path / "out"
    assert main(["build", str(path), "--strict", "--out", str(out)]) == Exit.FINDINGS
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.err.splitlines()][-1] == "error:"
    assert told.err.count(" t-001: ") == 1
    assert (told.out, out.exists()) == ("", False)


def test_findings_go_beside_the_files_name_and_not_into_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "telegram.txt"
    path.write_text(WARNED, "utf-8")
    command = ["build", str(path), "--product", "facsimile", "--json", "--out", str(tmp_path)]
    assert main(command) == Exit.BUILT
    told = capsys.readouterr()
    assert len(lines(told.out)) == 1
    assert told.err.count("warning t-001") == 1


def test_a_date_that_no_calendar_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", str(SYNTHETIC), "--product", "facsimile", "--out", str(tmp_path)]
    for epoch in ("yesterday", "9" * 20):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert main(command) == Exit.USAGE
        assert f"SOURCE_DATE_EPOCH is '{epoch}'" in capsys.readouterr().err


def test_a_bug_says_that_it_is_one_and_how_to_see_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong(_: object) -> None:
        raise ZeroDivisionError("by nothing\nat all")

    monkeypatch.delenv("CABLEPRESS_TRACEBACK", raising=False)
    monkeypatch.setattr("publish.sources.read", wrong)
    assert main(["check", str(SEED)]) == Exit.BUG
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "a bug of the press: ZeroDivisionError: by nothing at all" in told
    monkeypatch.setenv("CABLEPRESS_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check", str(SEED)])


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", ["['--help']", "['build', '--help']", "['biuld']"])
def test_help_and_usage_wait_for_no_engine(arguments: str) -> None:
    program = (
        "import sys\nfrom publish.cli import main\n"
        f"try: main({arguments})\nexcept SystemExit: pass\n"
        f"print('loaded', *[name for name in {ENGINES!r} if name in sys.modules])"
    )
    assert run("-c", program).stdout.splitlines()[-1] == "loaded"


def test_the_module_is_the_command() -> None:
    ended = run("-m", "publish", "--version")
    assert (ended.returncode, ended.stdout) == (0, f"cablepress {__version__}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no shell of this kind")
def test_a_reader_that_goes_away_is_no_error() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as nobody_reads:
        ended = subprocess.run(
            [sys.executable, "-m", "publish", "list"],
            cwd=ROOT, stdout=nobody_reads, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")


def readme_commands() -> list[list[str]]:
    """Return the words of each `publish …` line of README.md, without comments."""
    text = (ROOT / "README.md").read_text("utf-8")
    fenced = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    spoken = re.findall(r"`((?:\.venv/bin/)?publish [^`]+)`", text)
    found = [
        line
        for line in (*fenced.splitlines(), *spoken)
        if re.match(r"(\.venv/bin/)?publish ", line)
    ]
    return [shlex.split(line, comments=True)[1:] for line in found if "…" not in line]


def test_readme_shows_commands() -> None:
    assert {words[0] for words in readme_commands()} >= {"build", "list", "verify"}


@pytest.mark.parametrize("words", readme_commands(), ids=" ".join)
def test_a_command_of_readme_is_understood(words: list[str]) -> None:
    asked = parsed(words)
    assert isinstance(asked, argparse.Namespace)
    assert asked.command in cli._COMMANDS


@pytest.mark.parametrize(
    "command", [c for c in readme_commands() if c[0] in ("list", "check")], ids=" ".join
)
def test_a_cheap_command_of_readme_runs(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == Exit.BUILT
    assert capsys.readouterr().err == ""


def test_readme_and_the_command_know_the_same_commands(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| `publish ([a-z]+)", text, re.MULTILINE)
    helped(capsys)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/seed.md",
        "docs/commentary.md",
        "docs/checks.md",
        "docs/listening.md",
        "docs/html.md",
        "docs/deposit.md",
        "docs/tei.md",
        "docs/classroom.md",
        "docs/products.md",
    ],
)
def test_a_page_names_only_options_that_there_are(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {
        option
        for command in COMMANDS
        for option in re.findall(r"--[a-z]+", helped(capsys, command))
    }
    text = (ROOT / page).read_text("utf-8")
    named = {
        word
        for span in re.findall(r"`([^`\n]+)`", text)
        for word in re.findall(r"(?<!\S)--[a-z]+", span)
    }
    assert named - known == set()


def test_cite_prints_one_citation_in_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", str(SEED)]) == Exit.BUILT
    told = capsys.readouterr().out
    assert told.startswith("John F. Kennedy to Nikita S. Khrushchev, letter in telegram 1015, ")
    assert told.count("\n") == 1
    assert "*" not in told


def test_cite_shows_italics_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", str(SEED), "--style", "frus", "--markdown"]) == Exit.BUILT
    assert capsys.readouterr().out.startswith(
        "*Foreign Relations of the United States, 1961–1963, "
    )


def test_cite_gives_records_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", str(SEED), "--format", "csl-json", "--of", "edition"]) == Exit.BUILT
    (item,) = json.loads(capsys.readouterr().out)
    assert item["id"] == SEED.name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--style", "chicago"), "there is no style 'chicago'"),
        (("--format", "csl"), "there is no format 'csl'"),
        (("--of", "page"), "'page' cannot be cited"),
        (("--style", "mla", "--format", "ris"), "not allowed with argument"),
    ],
)
def test_cite_refuses_what_it_does_not_know(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cite", str(SEED), *arguments]) == Exit.USAGE
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


def test_the_help_of_cite_names_every_style_and_format(capsys: pytest.CaptureFixture[str]) -> None:
    told = helped(capsys, "cite")
    assert [name for name in (*STYLES, *FORMATS, *OBJECTS) if name not in told] == []
