"""A product of the tests' own: the telegram as a handout might set it, in grey, with promises of its print.

In: words to be put into its product.toml and its style. Out: Layouts that have it, beside all others.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from publish import layouts, promises
from publish.build import Made, printed
from publish.layouts import Layouts
from publish.orders import Order, make_job
from publish.promises import Promises
from publish.sources import read
from publish.verify import State, verify
from tests.conftest import ROOT, SYNTHETIC

PROMISES = """\
grey = true
photocopy = true
smallest_type = "7pt"
thinnest_rule = "0.5pt"
margin = "0.5in"
least_contrast = 4.5
at_most = 1
duplex = true
"""
STYLE = """\
html { font: 400 11.5pt/16pt "Press STIX"; color: #000; }
body, p, h2, div { margin: 0; padding: 0; }
a { color: inherit; text-decoration: none; }
h2 { font: 600 20pt/24pt "Press STIX"; }
.block { position: relative; hyphens: manual; margin-top: 6pt; }
.margin { position: absolute; left: 0; top: 0; width: 0; }
.number { position: absolute; right: 34pt; width: 20pt; text-align: right; font: 700 9pt/18pt "Press Franklin"; }
.label { position: absolute; left: -20pt; }
.label .margin { left: 20pt; }
.editors-line { border-bottom: 0.5pt solid #000; padding-bottom: 4pt; }
table { border-collapse: collapse; } td, th { padding-right: 12pt; text-align: left; }
"""
PAGE = "@page { size: 612pt 792pt; margin: 72pt 180pt 72pt 90pt; }"


@dataclass(frozen=True)
class Sheet:
    """A file as it was made, with the record that it is held to."""

    made: Made
    record: Promises

    def broken(self, pdf: bytes | None = None) -> dict[str, str]:
        """Return code → what is wrong, of the promises that the file, or another, breaks."""
        results = verify(pdf or self.made.data, self.record)
        told = {
            r.code: f"{r.where}: {r.detail}" for r in reversed(results) if r.state is State.BROKEN
        }
        return {code: words for code, words in told.items() if pdf is None or code != "record"}


def sheet_layouts(
    folder: Path, promised: str = PROMISES, style: str = "", more: str = ""
) -> Layouts:
    """Return layouts that have the product "sheet", written into a copy in `folder`."""
    copy = Path(shutil.copytree(ROOT / "layouts", folder / "layouts"))
    product = copy / "sheet"
    product.mkdir()
    (product / "letter.css").write_text(PAGE, "utf-8")
    (product / "sheet.css").write_text(STYLE + style, "utf-8")
    (product / "product.toml").write_text(
        'name = "sheet"\ntitle = "A sheet"\npaper = "letter"\nform = "plain"\nstandard = "classroom"\n'
        f'style = "sheet.css"\nattached = "transcription"\n{more}\n[promises]\n{promised}\n'
        '[[part]]\nid = "reading"\nengine = "reading"\nsections = ["title", "telegram"]\n',
        "utf-8",
    )
    return layouts.load(copy)


def make_sheet(known: Layouts, seed: Path = SYNTHETIC, product: str = "sheet") -> Sheet:
    """Return a product of a seed, made and not delivered: a broken promise is only told."""
    job = make_job(next(iter(read(seed))), Order(product), known)
    made = printed(job, Path(job.file_name))
    return Sheet(made, promises.loads(made.record, job.file_name))
