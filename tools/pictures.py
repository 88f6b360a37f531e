"""Makes the README's pictures from a finished PDF: one PNG for each page that is asked for.

In: the PDF, a folder and page labels as the reader's viewer shows them (F1, 1).
Out: FOLDER/<prefix><label>.png, the same bytes for the same PDF and the same PDFium.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 900  # pixels: what a README column shows on a screen of double density
EDGE = "#b8b4aa"  # a page is white and so is the README around it


def page_labels(path: Path) -> list[str]:
    """Return the labels of all pages, first to last."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return [document.get_page_label(index) for index in range(len(document))]


def picture(path: Path, index: int) -> "Image":
    """Return page `index` (from 0), drawn WIDTH pixels wide, with a thin edge around it."""
    import pypdfium2
    from PIL import Image, ImageOps

    with pypdfium2.PdfDocument(path) as document:
        page = document[index]
        drawn = page.render(scale=(WIDTH - 2) / page.get_width()).to_pil().convert("RGB")
    framed = ImageOps.expand(drawn, border=1, fill=EDGE)
    # 128 colours show paper and ink as well as all, at a third of the size.
    return framed.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def main() -> int:
    """Draw the pages that are asked for; 1 when a label is not in the file."""
    parser = argparse.ArgumentParser(prog="pictures", description="Draws pages of a PDF as PNG.")
    parser.add_argument("pdf", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("labels", nargs="+", metavar="LABEL", help="page labels, as F1")
    parser.add_argument("--prefix", default="", help="what the names of the pictures begin with")
    options = parser.parse_args()
    labels = page_labels(options.pdf)
    if missing := [label for label in options.labels if label not in labels]:
        print(
            f"{options.pdf} has no page {missing[0]}. Pages: {', '.join(labels)}", file=sys.stderr
        )
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    for label in options.labels:
        target = options.folder / f"{options.prefix}{label}.png"
        picture(options.pdf, labels.index(label)).save(target, optimize=True)
        print(f"{target}  {target.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
