"""The table of bad inputs: what is given, the exit code, and words that the one line must hold."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from publish.problems import Exit
from tests.conftest import ROOT, SEED, SYNTHETIC

HEAD = "## A telegram\n\nLisbon, March 4, 1962\n\n"
NOTE = "## weekend: this weekend\n"
NOT_ALLOWED = "not allowed here"


@dataclass(frozen=True)
class Given:
    """An input that lies ready: the arguments of `publish build`, and the line that was changed."""

    arguments: tuple[str, ...]
    line: int = 0


Give = Callable[[Path], Given]  # puts an input into an empty folder


@dataclass(frozen=True)
class Case:
    """One bad input. `words` stand in the error in this order, the place first where there is one.

    LINE in them is the line that was changed, LINE+1 the next.
    """

    name: str
    give: Give
    code: Exit
    words: tuple[str, ...]

    def expected(self, given: Given) -> tuple[str, ...]:
        """Return the words with the numbers of their lines."""

        def numbered(match: re.Match[str]) -> str:
            return str(given.line + int(match[1] or 0))

        return tuple(re.sub(r"LINE(?:\+(\d))?", numbered, word) for word in self.words)


def alone(content: str | bytes, name: str = "telegram.txt") -> Give:
    def give(folder: Path) -> Given:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Given((str(path),))

    return give


def named(*arguments: str) -> Give:
    return lambda folder: Given(tuple(word.replace("FOLDER", str(folder)) for word in arguments))


def changed(path: Path, old: str, new: str) -> int:
    """Put `new` in the place of `old`, and return the line where that is."""
    text = path.read_text("utf-8")
    before, found, after = text.partition(old)
    assert found
    path.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def seed(file: str, old: str, new: str) -> Give:
    def give(folder: Path) -> Given:
        copy = folder / "seed"
        shutil.copytree(SEED, copy)
        return Given((str(copy),), changed(copy / file, old, new))

    return give


def commentary(note: str) -> Give:
    """Give the seed with `note` in the place of the heading of the note on "this weekend"."""
    return seed("commentary.md", NOTE, note)


def picture(address: str, description: str = "a map") -> Give:
    def give(folder: Path) -> Given:
        given = commentary(f"{NOTE}A map.\n\n![{description}]({address})\n\n")(folder)
        copy = folder / "seed"
        (copy / "there.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        (copy / "words.png").write_text("words", "utf-8")
        (copy / "out.png").symlink_to(folder / "elsewhere.png")
        (folder / "elsewhere.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        return given

    return give


def layout(file: str, old: str, new: str) -> Give:
    def give(folder: Path) -> Given:
        copy = folder / "layouts"
        shutil.copytree(ROOT / "layouts", copy)
        line = changed(copy / file, old, new)
        return Given((str(SYNTHETIC), "--layouts", str(copy)), line)

    return give


def without_manifest(folder: Path) -> Given:
    (folder / "telegram.txt").write_text(HEAD + "Words.\n", "utf-8")
    return Given((str(folder),))


TRANSCRIPTIONS = (
    Case("a missing file", named("nowhere.txt"), Exit.SOURCE, ("nowhere.txt: there is no such",)),
    Case("a name too long", named("x" * 300), Exit.SOURCE, ("File name too long",)),
    Case("an empty file", alone(b""), Exit.SOURCE, ("telegram.txt: ", "is empty", "Put the")),
    Case("white space only", alone(" \n\t\n"), Exit.SOURCE, ("is empty",)),
    Case("a byte-order mark only", alone("\ufeff\n"), Exit.SOURCE, ("is empty",)),
    Case("a binary file", alone(b"\x89PNG\r\n\x1a\n\0\0"), Exit.SOURCE, (":1: byte 0 (0x89)", "UTF-8")),
    Case("UTF-16, low byte first", alone(b"\xff\xfe" + HEAD.encode("utf-16-le")), Exit.SOURCE, ("UTF-16", "UTF-8")),
    Case("UTF-16, high byte first", alone(b"\xfe\xff" + HEAD.encode("utf-16-be")), Exit.SOURCE, ("UTF-16", "UTF-8")),
    Case("UTF-16 without a mark", alone(HEAD.encode("utf-16-le")), Exit.SOURCE, ("U+0000",)),
    Case("NUL", alone(HEAD + "a\0b\n"), Exit.SOURCE, ("telegram.txt:5:2: ", "U+0000", "Take it out")),
    Case("a control character", alone(HEAD + "a\x07b\n"), Exit.SOURCE, (":5:2: ", "U+0007")),
    Case("a line end of Unicode", alone(HEAD + "a\u2028b\n"), Exit.SOURCE, (":5:2: ", "U+2028")),
    Case("line ends of old Macintoshes", alone(HEAD.replace("\n", "\r") + "Words.\r"), Exit.SOURCE,
         (":1:14: ", "carriage return", "line ends of Unix")),
    Case("a tab in a passage", alone(HEAD + "One\ttwo.\n"), Exit.SOURCE, (":5:4: ", "a tab", "space")),
    Case("a line of 50 MB", alone(b"x" * 50_000_000), Exit.SOURCE, ("50,000,000 bytes", "the right file")),
    Case("a line longer than any telegram's", alone(HEAD + "x" * 250_000), Exit.SOURCE,
         (":5: ", "250,000 characters")),
    Case("Latin-1", alone((HEAD + "café\n").encode("latin-1")), Exit.SOURCE, (":5: byte", "0xe9", "UTF-8")),
    Case("no heading", alone("Words.\n"), Exit.SOURCE, (":1:1: ", "heading", "Begin it with")),
    Case("no dateline", alone("## A telegram\n\nWords.\n"), Exit.SOURCE, (":3:1: ", "no dateline", "such as")),
    Case("a heading alone", alone("## A telegram\n"), Exit.SOURCE, ("no dateline",)),
    Case("no blocks", alone(HEAD), Exit.SOURCE, ("nothing stands between", "at least one block")),
    Case("no blocks but a source line", alone(HEAD + "Source: a book\n"), Exit.SOURCE, ("nothing stands between",)),
    Case("rows of unequal length", alone(HEAD + "| a | b |\n|---|---|\n| c |\n"), Exit.SOURCE, (":5:1: ", "rows")),
    Case("a folder without edition.toml", without_manifest, Exit.SOURCE, ("no edition.toml", "add an edition.toml")),
    Case("an unknown ending", alone(HEAD, "telegram.docx"), Exit.SOURCE, ("'.docx'", ".md, .txt")),
)  # fmt: skip

LEMMAS = (
    Case("a dangling lemma", commentary("## weekend: this week-end\n"), Exit.SOURCE,
         ("commentary.md:LINE:13: ", "'this week-end' are not in the text", "Nearest: 'this weekend")),
    Case("an ambiguous lemma", commentary("## weekend: your letter\n"), Exit.SOURCE,
         (":LINE:13: ", "'your letter' stand 5 times", "#1 … #5")),
    Case("a wrong ordinal", commentary("## weekend: your letter #6\n"), Exit.SOURCE,
         (":LINE:13: ", "no occurrence #6", "#1 … #5")),
    Case("a lemma that is half a word", commentary("## weekend: this week\n"), Exit.SOURCE, ("'this week' are not",)),
    Case("an elision without an end", commentary("## weekend: this weekend …\n"), Exit.SOURCE, ("lacks words",)),
    Case("an elision of all", commentary("## weekend: …\n"), Exit.SOURCE, ("lacks words",)),
)  # fmt: skip

COMMENTARIES = (
    *LEMMAS,
    Case("an HTML block", commentary(NOTE + "Words.\n\n<div>x</div>\n\n"), Exit.SOURCE,
         (":LINE+3: raw HTML", "Markdown")),
    Case("HTML in a line", commentary(NOTE + "One\n<b>two</b> "), Exit.SOURCE, (":LINE+2: raw HTML (<b>)", "Markdown")),
    Case("an HTML comment", commentary(NOTE + "Words.\n\n<!-- x -->\n\n"), Exit.SOURCE, (":LINE+3: raw HTML",)),
    Case("a heading in a note", commentary(NOTE + "Words.\n\n### x\n\n"), Exit.SOURCE, (":LINE+3: a heading",)),
    Case("code in a note", commentary(NOTE + "See `x`. "), Exit.SOURCE, (":LINE+1: code (x)", NOT_ALLOWED)),
    Case("a picture from the network", picture("https://example.org/a.png"), Exit.SOURCE,
         (":LINE+3: ", "from the network")),
    Case("a picture of no scheme", picture("//example.org/a.png"), Exit.SOURCE, ("from the network",)),
    Case("a picture by a file's address", picture("file:///a.png"), Exit.SOURCE, ("file:///a.png", NOT_ALLOWED)),
    Case("a picture from above", picture("../elsewhere.png"), Exit.SOURCE, (":LINE+3: ", "from outside", "Put it")),
    Case("a picture from above in disguise", picture("%2e%2e/elsewhere.png"), Exit.SOURCE, ("from outside",)),
    Case("a picture by its absolute path", picture("/elsewhere.png"), Exit.SOURCE, ("from outside",)),
    Case("a picture through a link", picture("out.png"), Exit.SOURCE, ("from outside", "(out.png)")),
    Case("a missing picture", picture("nowhere.png"), Exit.SOURCE, (":LINE+3: ", "no picture 'nowhere.png'", "name")),
    Case("a picture of words", picture("words.png"), Exit.SOURCE, ("neither a PNG nor a JPEG",)),
    Case("a picture without description", picture("there.png", ""), Exit.SOURCE,
         ("no description", "![what it shows]")),
    Case("a link to a file", commentary(NOTE + "[a](page.html) "), Exit.SOURCE,
         (":LINE+1: a link to 'page.html'", "https")),
    Case("a link that runs a program", commentary(NOTE + "[a](javascript:b) "), Exit.SOURCE,
         ("javascript", NOT_ALLOWED)),
    Case("a link without words", commentary(NOTE + "[](https://example.org) "), Exit.SOURCE,
         ("a link without words",)),
    Case("an unknown section", commentary("# Comentary\n\n" + NOTE), Exit.SOURCE,
         (":LINE: ", "no section 'Comentary'", "Did you mean 'Commentary'?")),
    Case("a missing citation key", commentary(NOTE + "[@frus-vii, p. 1] "), Exit.SOURCE,
         (":LINE+1:1: ", "[@frus-vii]", "Did you mean 'frus-vi'?")),
    Case("a citation that is none", commentary(NOTE + "[@FRUS VI] "), Exit.SOURCE,
         (":LINE+1:1: ", "is not a citation")),
    Case("two notes of one key", commentary("## thant: this weekend\n"), Exit.SOURCE,
         (":LINE+3: ", "two notes have the key 'thant'")),
    Case("an empty note", commentary("## early: Assuming\n\n" + NOTE), Exit.SOURCE,
         (":LINE: ", "'early' says nothing")),
    Case("a note that opens with a list", commentary(NOTE + "- One\n\n"), Exit.SOURCE, (":LINE: ", "open with words")),
    Case("a note without key", commentary("## this weekend\n"), Exit.SOURCE, (":LINE: ", "## key: words")),
    Case("words before the first note", seed("commentary.md", "# Commentary\n", "# Commentary\nWords.\n"), Exit.SOURCE,
         (":LINE+1: words stand between",)),
    Case("two head notes", seed("commentary.md", "# Commentary\n", "# Head note\nWords.\n\n# Commentary\n"),
         Exit.SOURCE,
         (":LINE: there are two head notes",)),
    Case("words before the first heading", seed("commentary.md", "# Head note", "Words\n# Head note"), Exit.SOURCE,
         ("before the first heading",)),
    Case("NUL in the commentary", commentary(NOTE + "a\0b "), Exit.SOURCE, (":LINE+1:2: ", "U+0000")),
)  # fmt: skip

FORM = "forms/ds-322.toml"

TABLES = (
    Case("an unknown key in edition.toml", seed("edition.toml", "subtitle =", "subtitel ="), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "unknown key 'subtitel'", "Did you mean 'subtitle'?")),
    Case("a misspelt key that is needed", seed("edition.toml", 'opens = "Assuming', 'openz = "Assuming'), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "'opens' is missing in [block]", "'openz'")),
    Case("an unknown key in bibliography.toml", seed("bibliography.toml", "url =", "ulr ="), Exit.SOURCE,
         ("bibliography.toml:LINE:1: ", "unknown key 'ulr' in [frus-vi]", "Did you mean 'url'?")),
    Case("an unknown key in papers.toml", layout("papers.toml", "[a4]", "[a4]\ntitel = 1"), Exit.LAYOUT,
         ("papers.toml:LINE+1:1: ", "unknown key 'titel' in [a4]", "Did you mean 'title'?")),
    Case("an unknown key in standards.toml", layout("standards.toml", "colour =", 'color = "x"\ncolour ='), Exit.LAYOUT,
         ("standards.toml:LINE:1: ", "unknown key 'color' in [standard.archive]", "Did you mean 'colour'?")),
    Case("an unknown key in product.toml", layout("edition/product.toml", 'prefix = "F"', 'prefx = "F"'), Exit.LAYOUT,
         ("product.toml:LINE:1: ", "unknown key 'prefx' in [part]", "Did you mean 'prefix'?")),
    Case("an unknown key in a form", layout(FORM, "table_gap", "table_gaps = 3\ntable_gap"), Exit.LAYOUT,
         ("ds-322.toml:LINE:1: ", "unknown key 'table_gaps' in [typing]", "Did you mean 'table_gap'?")),
    Case("a value of the wrong type", seed("edition.toml", 'version = "1.0"', "version = 1.0"), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "'version' must be a text in quotes, not 1.0")),
    Case("a date with an hour", seed("edition.toml", "2026-11-23", "2026-11-23T10:00:00"), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "without an hour")),
    Case("a malformed TOML file", seed("edition.toml", 'version = "1.0"', "version ="), Exit.SOURCE,
         ("edition.toml:LINE:10: ", "not valid TOML")),
    Case("a transcription outside the folder", seed("edition.toml", '"telegram.txt"', '"../telegram.txt"'), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "'../telegram.txt' is not in the seed folder")),
    Case("a transcription that is not there", seed("edition.toml", '"telegram.txt"', '"cable.txt"'), Exit.SOURCE,
         ("cable.txt: there is no such file",)),
    Case("a changed transcription", seed("telegram.txt", "weekend", "week-end"), Exit.SOURCE,
         ("edition.toml:", "sha256", "restore them")),
    Case("HTML in the source note", seed("edition.toml", '(F) prints', '<b>(F)</b> prints'), Exit.SOURCE,
         ("edition.toml:LINE: ", "raw HTML (<b>)")),
    Case("a DOI with a space", seed("edition.toml", "publisher =", 'doi = "10.1234/ab c"\npublisher ='), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "'10.1234/ab c' has a space", "Take it out until there is one.")),
    Case("a DOI with its label", seed("edition.toml", "publisher =", 'doi = "doi:10.1234/c"\npublisher ='), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "without 'doi:'")),
    Case("a mistyped ARK", seed("edition.toml", "publisher =", 'ark = "ark:13030/xf39gt2q"\npublisher ='), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "mistyped", "ark_check = false")),
    Case("an address that is none", seed("edition.toml", "publisher =", 'url = "example.org"\npublisher ='),
         Exit.SOURCE, ("edition.toml:LINE:1: ", "'url' must be a web address")),
    Case("an editor without a family name", seed("edition.toml", '["The Cablepress editors"]', '[{ given = "Jane" }]'),
         Exit.SOURCE, ("edition.toml:LINE:1: ", "'Jane' has no family name", "family =")),
    Case("an author without a family name", seed("edition.toml", ', family = "Kennedy"', ""), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "'John F.' has no family name", "family =")),
    Case("an editor without a name", seed("edition.toml", '["The Cablepress editors"]', '[" "]'), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "a name of 'editors' is empty")),
    Case("an editor who is a number", seed("edition.toml", '["The Cablepress editors"]', "[7]"), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "'editors' must be a list of texts in quotes or of tables, not 7")),
    Case("a person who is a body", seed("edition.toml", 'family = "Sampson"', 'family = "Sampson", name = "State"'),
         Exit.SOURCE, ("edition.toml:LINE:1: ", "both a person’s and a body’s name")),
    Case("a misspelt key of a name", seed("edition.toml", 'given = "John F."', 'givn = "John F."'), Exit.SOURCE,
         ("edition.toml:LINE:", "unknown key 'givn'", "Did you mean 'given'?")),
    Case("a year of five figures", seed("edition.toml", "year = 1996", "year = 19960"), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "'year' cannot be 19960")),
    Case("an impossible date", seed("edition.toml", "2026-11-23", "2026-02-30"), Exit.SOURCE,
         ("edition.toml:LINE:", "not valid TOML")),
    Case("an impossible date in CHANGES.md", seed("CHANGES.md", "2026-11-23", "2026-02-30"), Exit.SOURCE,
         ("CHANGES.md:LINE:1: ", "there is no day 2026-02-30")),
    Case("a version that goes back",
         seed("CHANGES.md", "## 1.0", "## 0.9 (2026-11-24)\n\nA word is mended.\n\n## 1.0"), Exit.SOURCE,
         ("CHANGES.md:LINE:1: ", "version 0.9 does not come after 1.0", "newest version stands first")),
    Case("a link of the bibliography to nowhere", seed("bibliography.toml", 'url = "https://', 'url = "'), Exit.SOURCE,
         ("bibliography.toml:LINE:1: ", "'url' must be a web address", "https://")),
    Case("an unknown work in the source note", seed("edition.toml", '(F) prints', '[@frus-vii] prints'), Exit.SOURCE,
         ("edition.toml:LINE: ", "[@frus-vii]", "Did you mean 'frus-vi'?")),
    Case("HTML in a witness", seed("edition.toml", 'extent = "The', 'extent = "<i>The</i>'), Exit.SOURCE,
         ("edition.toml:LINE: ", "raw HTML (<i>)")),
    Case("an unknown witness", seed("edition.toml", 'witness = "F"', 'witness = "G"'), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "no witness 'G'", "F, J")),
    Case("an unknown note mark", seed("edition.toml", 'mark = "/2/"', 'mark = "/3/"'), Exit.SOURCE,
         ("edition.toml:LINE:1: ", "no note mark '/3/'", "Did you mean '/2/'?")),
    Case("a form that the edition invents", seed("edition.toml", '"ds-322"', '"ds-323"'), Exit.SOURCE,
         ("edition.toml: ", "no form 'ds-323'", "Did you mean 'ds-322'?")),
)  # fmt: skip

GLYPHS = (
    Case("a letter that no typed face has", alone(HEAD + "Words: ሰላም.\n"), Exit.LAYOUT,
         ("telegram.txt:5:8: ", "U+1230 ETHIOPIC SYLLABLE SA", "fallback")),
    Case("a letter that no face of the reading text has", alone("## 好\n\nLisbon, March 4, 1962\n\nWords.\n"),
         Exit.LAYOUT, ("U+597D CJK UNIFIED IDEOGRAPH-597D", "Press STIX")),
    Case("a letter in the commentary that no face has", commentary(NOTE + "ሰላም "), Exit.LAYOUT,
         ("U+1230 ETHIOPIC SYLLABLE SA", "Press STIX")),
)  # fmt: skip

ORDERS = (
    Case("an unknown product", named(str(SEED), "--product", "facsimle"), Exit.USAGE,
         ("no product 'facsimle'", "Did you mean 'facsimile'?")),
    Case("an unknown paper", named(str(SEED), "--paper", "leter"), Exit.USAGE,
         ("no paper 'leter'", "Did you mean 'letter'?")),
    Case("an unknown form", named(str(SEED), "--form", "ds-232"), Exit.USAGE,
         ("no form 'ds-232'", "Did you mean 'ds-322'?")),
    Case("an unknown standard", named(str(SEED), "--standard", "archiv"), Exit.USAGE,
         ("no standard 'archiv'", "Did you mean 'archive'?")),
    Case("an unknown option of a product", named(str(SEED), "--set", "colour=red"), Exit.USAGE,
         ("no option 'colour'", "Known: stock, fields")),
    Case("an unknown value of an option", named(str(SEED), "--set", "stock=whte"), Exit.USAGE,
         ("no value 'whte'", "Did you mean 'white'?", "Known: aged, white, carbon")),
    Case("an option that is set twice", named(str(SEED), "--set", "stock=aged", "--set", "stock=white"), Exit.USAGE,
         ("'stock' twice",)),
    Case("an option without a value", named(str(SEED), "--set", "colour"), Exit.USAGE,
         ("'colour' is not OPTION=VALUE",)),
    Case("an unknown option of the command", named(str(SEED), "--papr", "a4"), Exit.USAGE,
         ("no option '--papr'", "Did you mean '--paper'?")),
    Case("half an option", named(str(SEED), "--prod", "edition"), Exit.USAGE, ("Did you mean '--product'?",)),
    Case("no source", named(), Exit.USAGE, ("SOURCE", "--help")),
    Case("no layouts", named(str(SEED), "--layouts", "FOLDER"), Exit.LAYOUT, ("papers.toml: there is no file",)),
)  # fmt: skip

CASES = (*TRANSCRIPTIONS, *COMMENTARIES, *TABLES, *GLYPHS, *ORDERS)
