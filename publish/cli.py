"""Arguments in, lines out. The only module that prints or exits."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from publish import __version__
from publish.problems import (
    Exit,
    Finding,
    FindingsError,
    NothingToPrintError,
    PublishError,
    SourceError,
    UsageError,
    nearest,
)

if TYPE_CHECKING:
    from publish.build import Built

DESCRIPTION = """\
Turn one transcription of a historical telegram into print: a period-style
facsimile, a reading edition with commentary, one bookmarked PDF.

  publish list                                       products, papers, forms, fonts, samples
  publish build SAMPLE                               the edition of a sample, by its id
  publish build my-seed-folder                       the edition of a seed folder
  publish build my-telegram.txt --product facsimile  a transcription alone
  publish build … --paper a4                         on another paper
  publish check SOURCE                               findings, no rendering
  publish cite SOURCE --style chicago-note           how to cite the document, or the edition
  publish verify out/…/edition.pdf                   what the file promises
  publish verify --heard out/…/edition.pdf           what a listener hears of it
"""
EPILOG = """\
exit codes: 0 built · 1 findings · 2 usage · 3 source cannot be read · 4 layout
or font wrong · 5 a program is missing · 6 rendering failed · 7 a promise broken
· 8 output cannot be written · 70 a bug of the press · 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code; the gravest where several things failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no … or ½ gets a ?
            stream.reconfigure(errors="replace")
    try:
        return _run(_parsed(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        _say("interrupted; nothing was delivered")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever reads our lines has closed the pipe (`publish list | head`): that is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BUILT
    except PublishError as problem:
        return _told(problem)
    except Exception as problem:
        if os.environ.get("CABLEPRESS_TRACEBACK"):
            raise
        _say(
            f"a bug of the press: {type(problem).__name__}: {problem}. "
            "Set CABLEPRESS_TRACEBACK=1 to see where, and please report it."
        )
        return Exit.BUG


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, and takes no half of an option for the whole."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, hint=f"{self.prog} --help says more.")


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what is asked for. Raises UsageError naming the nearest command or option."""
    parser, commands = _parser()
    command = next((word for word in arguments if not word.startswith("-")), None)
    if command is not None and command not in commands:
        raise UsageError(f"there is no command {command!r}", hint=nearest(command, list(commands)))
    asked, unknown = parser.parse_known_args(arguments)
    if unknown:
        word = next((word for word in unknown if word.startswith("-")), unknown[0])
        if not word.startswith("-"):
            raise UsageError(f"{word!r} is a word too many", hint="publish --help says more.")
        options = re.findall(r"--[a-z]+", commands[asked.command].format_usage())
        raise UsageError(f"there is no option {word!r}", hint=nearest(word, options))
    return asked


def _parser() -> tuple[_Parser, dict[str, argparse.ArgumentParser]]:
    parser = _Parser(
        prog="publish",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cablepress {__version__}")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True
    )
    _add_build(commands)
    _add_check(commands)
    _add_cite(commands)
    _add_verify(commands)
    _add_list(commands)
    return parser, dict(commands.choices)


def _add_build(commands: Any) -> None:
    build = commands.add_parser(
        "build",
        help="make products of an edition",
        description="Make products of one or more editions. Each file is verified before it is delivered to "
        "OUT/<edition>/<product>.pdf (or .html …), with its promises beside it.",
    )
    build.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a seed folder, a transcription, a sample's id"
    )
    build.add_argument(
        "--product",
        action="append",
        metavar="NAME",
        help="a product, or a group of them (default: edition)",
    )
    build.add_argument(
        "--paper", default="", metavar="NAME", help="letter, a4, … (default: the product's)"
    )
    build.add_argument(
        "--form", default="", metavar="NAME", help="the facsimile's form (default: the edition's)"
    )
    build.add_argument(
        "--standard",
        default="",
        metavar="NAME",
        help="what the file claims (default: the product's)",
    )
    build.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="OPTION=VALUE",
        help="an option of the product (publish list shows them)",
    )
    build.add_argument("--layouts", metavar="DIR", help="use another folder of layouts")
    build.add_argument("--out", default="out", metavar="DIR", help="where files go (default: out)")
    build.add_argument("--strict", action="store_true", help="let warnings stop the build")
    build.add_argument("--json", action="store_true", help="print one JSON object a file")
    build.set_defaults(run=_build)


def _add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="look for editorial findings without rendering",
        description="Print findings as path:line:column. Exit 1 when there is an error (with --strict: a warning).",
    )
    check.add_argument("sources", nargs="+", metavar="SOURCE")
    check.add_argument("--layouts", metavar="DIR", help="use another folder of layouts")
    check.add_argument("--strict", action="store_true", help="count warnings as errors")
    check.set_defaults(run=_check)


CITE = """\
Print how to cite the document in the scholarly printing that edition.toml
names, or this edition itself. Three things are kept apart: the original (a
telegram, and the letter that it may carry), its transcription, and the edition.

  publish cite SAMPLE                             a Chicago note on the document
  publish cite SAMPLE --style apa --of edition    an APA reference to this edition
  publish cite SAMPLE --style frus --of telegram  the telegram, not the letter
  publish cite SAMPLE --format bibtex > my.bib       all of it, for a program
"""
CITE_EPILOG = """\
styles:  chicago-note · chicago-bibliography · turabian · mla · apa · frus
formats: csl-json (Zotero, pandoc) · bibtex · ris (EndNote) · datacite (the
         edition, for whoever registers it)

A printing that numbers its documents is cited by document number, never by
page. The edition is cited with its version, the beginning of its transcription's
SHA-256, and the DOI, ARK or address that edition.toml gives; none is made up.
"""


def _add_cite(commands: Any) -> None:
    cite = commands.add_parser(
        "cite",
        help="say how to cite the document or the edition",
        description=CITE,
        epilog=CITE_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    cite.add_argument(
        "source", metavar="SOURCE", help="a seed folder, a transcription, a sample's id"
    )
    form = cite.add_mutually_exclusive_group()
    form.add_argument(
        "--style", default="", metavar="NAME", help="in words (default: chicago-note)"
    )
    form.add_argument("--format", default="", metavar="NAME", help="as records for a program")
    cite.add_argument(
        "--of",
        default="",
        metavar="WHAT",
        help="document (the letter, where the telegram carries one), letter, telegram, edition "
        "(default: the document, where a printing is known; with --format all)",
    )
    cite.add_argument(
        "--markdown", action="store_true", help="show italics *so*; without it all is plain text"
    )
    cite.set_defaults(run=_cite)


def _add_verify(commands: Any) -> None:
    verify = commands.add_parser(
        "verify",
        help="check what a finished file promises",
        description="Read a finished file back with a program that did not write it, and say of each "
        "promise whether it is kept, broken (and where) or not checked (and why); then say what "
        "only a person can judge (docs/listening.md). The text is compared by the .promises.json "
        "beside the file; without it the exit code is 1. The standards that the file claims are "
        "judged by veraPDF: CABLEPRESS_VERAPDF names its jar or program, else it is looked for on "
        "PATH; without it they are not checked. Of a file that is no PDF, hash, words and links "
        "are checked.",
    )
    verify.add_argument("files", nargs="+", metavar="FILE")
    verify.add_argument("--json", action="store_true", help="print one JSON object a file")
    verify.add_argument(
        "--heard",
        action="store_true",
        help="print what a listener hears of a PDF, and check nothing",
    )
    verify.set_defaults(run=_verify)


def _add_list(commands: Any) -> None:
    listing = commands.add_parser(
        "list",
        help="show products, their options, papers, standards, forms, fonts, sample seeds",
        description="Show what can be asked for by name: products and their options, papers, "
        "standards, forms, fonts, sample seeds.",
    )
    listing.add_argument("--layouts", metavar="DIR", help="use another folder of layouts")
    listing.set_defaults(run=_list)


def _layouts(asked: argparse.Namespace) -> Any:
    from publish import layouts, resources

    return layouts.load(Path(asked.layouts) if asked.layouts else resources.layouts_directory())


def _build(asked: argparse.Namespace) -> int:
    from publish.build import build
    from publish.orders import Order, check_orders, make_job, orders_named, settings
    from publish.sources import find, read

    known = _layouts(asked)
    options = settings(asked.set)
    order = Order("", asked.paper, asked.form, asked.standard, options)
    orders = orders_named(asked.product or ["edition"], order, known)
    check_orders(orders, known)
    made: set[str] = set()

    def make(source: str) -> int:
        for edition in read(find(source)):
            for order in orders:
                job = make_job(edition, order, known)
                name = f"{edition.id}/{job.file_name}"
                if name in made:
                    raise UsageError(
                        f"{source} would be written over another: both are {name}",
                        hint="Build it alone with another --out.",
                    )
                made.add(name)
                try:
                    with _Progress(name) as progress:
                        built = build(job, Path(asked.out), strict=asked.strict, progress=progress)
                except NothingToPrintError as problem:
                    if order.product in (asked.product or ()):
                        raise
                    _say(f"{name}: left out of the group; {problem.message}")
                    continue
                _show_built(built, as_json=asked.json)
        return Exit.BUILT

    return _for_each(asked.sources, make)


def _for_each(names: Sequence[str], work: Callable[[str], int]) -> int:
    """Do the work for each name; one that fails is told and keeps no other from it."""
    codes: list[int] = [Exit.BUILT]
    for name in names:
        try:
            codes.append(work(name))
        except PublishError as problem:
            codes.append(_told(problem))
    return max(codes)


def _show_built(built: "Built", *, as_json: bool) -> None:
    for finding in built.findings:
        _say(str(finding))
    states = [result.state.value for result in built.promises]
    counts = {state: states.count(state) for state in ("kept", "broken", "not checked")}
    if as_json:
        print(
            json.dumps(
                {
                    "path": str(built.path),
                    "sha256": built.sha256,
                    "pages": built.pages or None,
                    "promises": counts,
                }
            )
        )
        return
    named = ", ".join(r.code for r in built.promises if r.state == "not checked")
    unchecked = f", not checked: {named}" if named else ""
    pages = f"{built.pages} pages, " if built.pages else ""
    print(
        f"{built.path}  {pages}{counts['kept']} promises kept{unchecked}, sha256 {built.sha256[:16]}…"
    )


def _check(asked: argparse.Namespace) -> int:
    from publish.examination import examine
    from publish.orders import Order, make_job
    from publish.problems import Severity
    from publish.sources import find, read

    known = _layouts(asked)
    looked: list[str] = []
    ignored: list[int] = []
    counts = {Severity.ERROR: 0, Severity.WARNING: 0}

    def tell(findings: Iterable[Finding]) -> None:
        for finding in findings:
            print(finding)
            counts[finding.severity] += 1

    def look(source: str) -> int:
        try:
            for edition in read(find(source)):
                looked.append(edition.id)
                settled = examine(make_job(edition, Order(), known))
                tell(settled.findings)
                ignored.append(settled.ignored)
        except SourceError as problem:
            # What cannot be read has no other findings; a fault under an editorial rule is told as one.
            ruled = [fault for fault in problem.faults if fault.code]
            tell(_as_finding(fault) for fault in ruled)
            for fault in problem.faults:
                if fault not in ruled:
                    _told(fault)
            return problem.exit_code
        return Exit.BUILT

    code = _for_each(asked.sources, look)
    if looked or any(counts.values()):
        told = [f"{n} {what}{'' if n == 1 else 's'}" for what, n in counts.items()]
        print(", ".join([*told, f"{sum(ignored)} ignored"] if any(ignored) else told))
    stopping = counts[Severity.ERROR] or (asked.strict and counts[Severity.WARNING])
    return max(code, Exit.FINDINGS) if stopping else code


def _cite(asked: argparse.Namespace) -> int:
    from publish.citation import cite, export
    from publish.sources import find, read

    for edition in read(find(asked.source)):
        if asked.format:
            print(export(edition, asked.format, asked.of), end="")
        else:
            print(cite(edition, asked.style or "chicago-note", asked.of, italics=asked.markdown))
    return Exit.BUILT


def _as_finding(fault: SourceError) -> Finding:
    from publish.problems import Severity, Where

    where = fault.where or Where("")
    return Finding(fault.code, Severity.ERROR, fault.message, where, fault.hint)


def _verify(asked: argparse.Namespace) -> int:
    return _for_each(asked.files, _listen(asked) if asked.heard else _judge(asked))


def _listen(asked: argparse.Namespace) -> Callable[[str], int]:
    from publish.verify import heard

    def listen(name: str) -> int:
        lines = heard(Path(name))
        if asked.json:
            print(json.dumps({"path": name, "heard": lines}))
        else:
            print("\n".join((name, *(f"  {line}" for line in lines))))
        if not lines:
            _say(f"{name}: the file has no structure, so that each program reads it as it likes.")
        return Exit.BUILT if lines else Exit.FINDINGS

    return listen


def _judge(asked: argparse.Namespace) -> Callable[[str], int]:
    from publish.exports import export_of
    from publish.exports.checking import TITLES, examine_export
    from publish.promises import path_beside
    from publish.verify import State, examine_file, judges_at_hand
    from publish.verify.telling import TITLES as TITLES_OF_PDF
    from publish.verify.telling import as_json, in_words

    judges = judges_at_hand()

    def judge(name: str) -> int:
        path = Path(name)
        export = export_of(path)
        with _Progress(f"{name}: verifying, which takes seconds where veraPDF is asked"):
            found = examine_export(path, export) if export else examine_file(path, judges)
        titles = TITLES if export else TITLES_OF_PDF
        print(as_json(name, found) if asked.json else in_words(name, found, titles))
        if any(result.state is State.BROKEN for result in found.results):
            return Exit.PROMISE
        unread = any(
            r.code in ("drawn", "words") and r.state is State.NOT_CHECKED for r in found.results
        )
        if unread:
            again = "build it" if export else "take the seed out of the file and build it"
            _say(
                f"{name}: the text was NOT compared with its transcription. Put the record that was "
                f"built with it beside it, as {path_beside(path).name}; or {again} again."
            )
        return Exit.FINDINGS if unread else Exit.BUILT

    return judge


def _list(asked: argparse.Namespace) -> int:
    from publish import fonts, resources

    known = _layouts(asked)
    rows: list[tuple[str, str, str]] = []
    for name, product in known.products.items():
        form = "" if product.paged else f" ({product.format})"
        rows.append(("product", name, product.title + form))
        rows += [("  option", o.name, f"{o.title}: {o.choices}") for o in product.options]
    rows += [
        ("group", name, f"{group.title}: {', '.join(group.products)}")
        for name, group in known.groups.items()
    ]
    rows += [("paper", name, paper.title) for name, paper in known.papers.items()]
    rows += [("standard", name, standard.title) for name, standard in known.standards.items()]
    rows += [("form", name, known.form(name).title) for name in known.forms]
    rows += [
        ("font", str(face), f"{face.family}, {face.licence}")
        for face in fonts.load(resources.fonts_directory())
    ]
    rows += [("sample", name, str(path)) for name, path in resources.sample_seeds().items()]
    width = max(len(name) for _, name, _ in rows)
    for kind, name, title in rows:
        print(f"{kind:<9} {name:<{width}}  {title}")
    return Exit.BUILT


class _Progress:
    """Shows the step under way on a terminal; says nothing in a pipe."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._status: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status(self._name)
            self._status.start()
        return self

    def __call__(self, step: str) -> None:
        if self._status is not None:
            self._status.update(f"{self._name}: {step}")

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()


def _run(asked: argparse.Namespace) -> int:
    code = int(asked.run(asked))
    sys.stdout.flush()  # here, where a closed pipe is caught, and not when Python ends
    return code


def _told(problem: PublishError) -> int:
    if isinstance(problem, FindingsError):
        for finding in problem.findings:
            _say(str(finding))
    faults = problem.faults if isinstance(problem, SourceError) else (problem,)
    for fault in faults:
        _say(str(fault), label="error")
    return problem.exit_code


def _say(line: str | Finding, label: str = "") -> None:
    """Print one line on standard error; the label in red on a terminal that wants colour (no-color.org)."""
    prefix = f"{label}: " if label else ""
    if label and sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        prefix = f"\033[31m{label}:\033[0m "
    print(f"{prefix}{' '.join(str(line).split())}", file=sys.stderr)
