"""What the command line takes: commands, their options, and help that teaches. In: words. Out: a namespace.

Nothing is imported here that a user of `publish --help` would have to wait for.
"""

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from publish import __version__
from publish.problems import UsageError, nearest

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
  publish deposit SOURCE                             the archival bag
  publish verify out/…/edition.pdf                   what the file promises
  publish verify --heard out/…/edition.pdf           what a listener hears of it
"""
EPILOG = """\
exit codes: 0 built · 1 findings · 2 usage · 3 source cannot be read · 4 layout
or font wrong · 5 a program is missing · 6 rendering failed · 7 a promise broken
· 8 output cannot be written · 70 a bug of the press · 130 interrupted
"""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, and takes no half of an option for the whole."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, hint=f"{self.prog} --help says more.")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
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
    _add_deposit(commands)
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


def _add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="look for editorial findings without rendering",
        description="Print findings as path:line:column. Exit 1 when there is an error (with --strict: a warning).",
    )
    check.add_argument("sources", nargs="+", metavar="SOURCE")
    check.add_argument("--layouts", metavar="DIR", help="use another folder of layouts")
    check.add_argument("--strict", action="store_true", help="count warnings as errors")


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


DEPOSIT = """\
Write a folder that an archive takes in as it is: a bag (BagIt 1.0) with the edition
in its archival standard, the seed byte for byte, TEI, citations, licences, what
programs found of the file, and a page for whoever opens it in fifty years.

  publish deposit my-seed-folder       out/<edition>/<edition>-<version>

It is of a release: an edition without version and date is refused, and so is a seed that
was changed after its release (CHANGES.md). Two runs give the same bag.
"""


def _add_deposit(commands: Any) -> None:
    deposit = commands.add_parser(
        "deposit",
        help="write the archival bag of an edition",
        description=DEPOSIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    deposit.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a seed folder, or a sample's id"
    )
    deposit.add_argument(
        "--paper", default="", metavar="NAME", help="of the edition (default: the product's)"
    )
    deposit.add_argument(
        "--standard", default="", metavar="NAME", help="archive (the default) or archive-2"
    )
    deposit.add_argument("--layouts", metavar="DIR", help="use another folder of layouts")
    deposit.add_argument("--out", default="out", metavar="DIR", help="where it goes (default: out)")
    deposit.add_argument("--strict", action="store_true", help="let warnings stop it")
    deposit.add_argument("--json", action="store_true", help="print one JSON object a bag")


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


def _add_list(commands: Any) -> None:
    listing = commands.add_parser(
        "list",
        help="show products, their options, papers, standards, forms, fonts, sample seeds",
        description="Show what can be asked for by name: products and their options, papers, "
        "standards, forms, fonts, sample seeds.",
    )
    listing.add_argument("--layouts", metavar="DIR", help="use another folder of layouts")
