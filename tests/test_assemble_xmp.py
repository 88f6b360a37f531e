"""What the file says about itself, in XMP and in the Info dictionary."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publish import layouts
from publish.assemble import xmp
from publish.problems import AssemblyError
from publish.resources import layouts_directory
from tests.assemble_parts import CREATED, edition, finished, job

GOLDEN = Path(__file__).parent / "golden" / "assemble" / "xmp.xml"


def packet() -> str:
    description = xmp.describe(edition(), CREATED)
    return xmp.packet(description, job().standard.claims).decode()


def test_the_packet_is_the_one_that_was_proofread() -> None:
    assert packet().replace(xmp.PRODUCER, "Cablepress") == GOLDEN.read_text("utf-8")


def test_the_packet_stands_in_the_file_so_that_any_program_finds_it() -> None:
    assert packet().encode() in finished()


def test_info_and_xmp_say_the_same() -> None:
    pdf = pikepdf.open(BytesIO(finished()))
    meta: Any = pdf.open_metadata()
    info: Any = pdf.docinfo
    assert str(info.Title) == meta["dc:title"] == edition().title
    assert str(info.Author) == "; ".join(meta["dc:creator"])
    assert str(info.Subject) == meta["dc:description"]
    assert str(info.Keywords) == meta["pdf:Keywords"]
    assert str(info.Creator) == meta["xmp:CreatorTool"]
    assert str(info.Producer) == meta["pdf:Producer"] == xmp.PRODUCER
    for entry, key in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        assert re.sub(r"\D", "", str(info[entry])) == re.sub(r"\D", "", meta[key])


def test_info_has_no_entry_that_xmp_lacks() -> None:
    pdf = pikepdf.open(BytesIO(finished()))
    expected = {"Title", "Author", "Subject", "Keywords"}
    expected |= {"Creator", "Producer", "CreationDate", "ModDate"}
    assert {str(key).removeprefix("/") for key in pdf.docinfo.keys()} == expected  # noqa: SIM118


def test_what_the_edition_does_not_give_stands_nowhere() -> None:
    bare = replace(edition(), subject="", keywords=(), editors=(), rights=(), url="")
    description = xmp.describe(bare, CREATED)
    text = xmp.packet(description, ()).decode()
    for absent in ("creator", "description", "dc:subject", "Keywords", "rights", "identifier"):
        assert f"{absent}>" not in text.replace("rdf:Description>", "")
    assert set(xmp.info(description)) == {
        "/Title",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
    }


def test_a_file_that_claims_nothing_says_nothing_of_standards() -> None:
    text = xmp.packet(xmp.describe(edition(), CREATED), ()).decode()
    assert "pdfa" not in text
    assert "pdfua" not in text


def test_pdfa_3_beside_pdfua_brings_the_schema_that_describes_it() -> None:
    text = xmp.packet(xmp.describe(edition(), CREATED), job().standard.claims).decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in text
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in text


def test_pdfa_4_asks_for_no_description_of_the_schema_of_pdfua() -> None:
    text = later_packet()
    assert "<pdfuaid:rev>2024</pdfuaid:rev>" in text
    assert "pdfaExtension" not in text


def test_well_tagged_pdf_is_claimed_by_two_declarations() -> None:
    assert re.findall(r"<pdfd:conformsTo>([^<]+)<", later_packet()) == [
        "http://pdfa.org/declarations/wtpdf#accessibility1.0",
        "http://pdfa.org/declarations/wtpdf#reuse1.0",
    ]


def test_a_claim_in_a_schema_that_nobody_knows_is_refused() -> None:
    claim = replace(job().standard.claims[0], properties=(("pdfvtid:part", "4"),))
    with pytest.raises(AssemblyError, match="says 'pdfvtid:part', a property of no schema"):
        xmp.packet(xmp.describe(edition(), CREATED), (claim,))


def later_packet() -> str:
    claims = layouts.load(layouts_directory()).standard("archive-2").claims
    return xmp.packet(xmp.describe(edition(), CREATED), claims).decode()
