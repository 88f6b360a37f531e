"""The declared faces are what fonts.toml says, and WeasyPrint sees them and no others."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from publish import fonts
from publish.fonts import Face
from publish.problems import Exit, FontError, Where
from publish.resources import data_directory, fonts_directory
from tests.declared_fonts import ENTRY, declared, folder_with, for_pages

every_face = pytest.mark.parametrize("face", list(declared()), ids=str)


# What fonts.toml says is true


def test_every_file_has_the_declared_hash() -> None:
    fonts.verify_hashes(declared())


@every_face
def test_every_face_may_be_embedded(face: Face) -> None:
    assert fonts.embedding_allowed(face)


@every_face
def test_every_face_stands_beside_its_licence(face: Face) -> None:
    assert face.licence == "OFL-1.1"
    assert face.licence_path.parent == face.path.parent
    licence = face.licence_path.read_text(encoding="utf-8")
    assert licence.startswith("Copyright")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "PERMISSION & CONDITIONS" in licence


@every_face
def test_the_names_declared_are_the_names_in_the_file(face: Face) -> None:
    names = TTFont(face.path)["name"]
    family = names.getDebugName(16) or names.getDebugName(1)
    assert (face.postscript, face.family) == (names.getDebugName(6), family)


def test_no_family_of_ours_has_a_name_that_a_computer_may_have_installed() -> None:
    unmodified = [face for face in declared() if face.package != fonts.OWN_PACKAGE]
    assert unmodified
    assert {face.name for face in unmodified}.isdisjoint({face.family for face in unmodified})


def test_every_font_file_in_the_folder_is_declared() -> None:
    assert set(fonts_directory().rglob("*.[to]tf")) == {face.path for face in declared()}


# What a face can draw


@every_face
def test_coverage_is_what_fonttools_reads(face: Face) -> None:
    assert fonts.coverage(face) == frozenset(TTFont(face.path).getBestCmap())


@every_face
def test_advances_are_those_that_reportlab_measures(face: Face) -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
    from reportlab.pdfbase.ttfonts import TTFont as ReportLabFont

    registerFont(ReportLabFont(str(face), str(face.path)))
    text = "".join(map(chr, sorted(fonts.coverage(face) - {0x00, 0x0A, 0x0D})))
    assert fonts.advance(face, text, 12) == pytest.approx(stringWidth(text, str(face), 12))


def test_the_typed_faces_have_ten_characters_to_the_inch_at_twelve_points() -> None:
    for face, letter in (("Cable Pica", "m"), ("Cable Pica Cyrillic", "Ж")):
        assert fonts.advance(declared().get(face), letter, 12) == pytest.approx(7.2, abs=0.005)


def test_the_typed_and_the_reading_face_can_draw_every_transcription() -> None:
    transcriptions = sorted((data_directory() / "seeds").glob("*/*.txt"))
    assert transcriptions
    for path in transcriptions:
        text = path.read_text(encoding="utf-8-sig").replace("\r", "")
        typed = [declared().get("Cable Pica"), declared().get("Cable Pica Cyrillic")]
        fonts.check_coverage(text, typed, Where(str(path)))
        fonts.check_coverage(text, declared().get("Press STIX"), Where(str(path)))


def test_a_missing_glyph_is_named() -> None:
    heading = declared().get("Press Gelasio", 700)
    with pytest.raises(FontError) as caught:
        fonts.check_coverage("A Щ", heading, Where("telegram.txt", 3, 4))
    line = str(caught.value)
    assert line.startswith("telegram.txt:3:4: no glyph for U+0429 CYRILLIC CAPITAL LETTER SHCHA")
    assert "Press Gelasio 700" in line
    assert caught.value.exit_code is Exit.LAYOUT


def test_missing_characters_come_once_each_in_the_order_of_the_text() -> None:
    assert fonts.missing(declared().get("Cable Pica"), "Хрущёв: Khrushchev, Хх漢") == [
        *("Х", "р", "у", "щ", "ё", "в", "х", "漢")
    ]


def test_a_fallback_face_draws_what_the_first_cannot() -> None:
    typed = [declared().get("Cable Pica"), declared().get("Cable Pica Cyrillic")]
    assert fonts.missing(typed, "Khrushchev (Хрущёв) № 1") == []


def test_default_ignorable_characters_and_line_feeds_need_no_glyph() -> None:
    assert fonts.missing(declared().get("Press Franklin"), "a\u00ad\u200b\u2060\ufeff\nb") == []


def test_the_width_of_a_text_without_a_glyph_is_refused() -> None:
    with pytest.raises(FontError, match=r"U\+6F22"):
        fonts.advance(declared().get("Press STIX"), "漢", 10)


@pytest.mark.parametrize(("weight", "style"), [(400, "normal"), (400, "italic"), (600, "normal")])
def test_the_text_face_has_small_capitals_and_both_kinds_of_figures(
    weight: int, style: str
) -> None:
    substitutions = TTFont(declared().get("Press STIX", weight, style).path)["GSUB"].table
    features = {record.FeatureTag for record in substitutions.FeatureList.FeatureRecord}
    assert {"smcp", "c2sc", "onum", "pnum"} <= features


# Asking for a face


def test_an_unknown_family_names_the_nearest() -> None:
    with pytest.raises(FontError, match=r"'Pres STIX' is not declared\. Did you mean 'Press STIX'"):
        declared().get("Pres STIX")


def test_an_unknown_weight_names_the_nearest() -> None:
    with pytest.raises(FontError, match="The nearest is Press Franklin 700;"):
        declared().get("Press Franklin", 800)


def test_an_unknown_slant_names_a_face_that_has_it_before_one_that_has_the_weight() -> None:
    with pytest.raises(FontError, match="The nearest is Press Franklin 400 italic"):
        declared().get("Press Franklin", 700, "italic")


def test_faces_are_found_by_role() -> None:
    names = {face.name for face in declared().with_role("typed")}
    assert {"Cable Pica", "Cable Pica Cyrillic"} <= names
    assert not any(name.startswith("Press") for name in names)


# A wrong fonts.toml


def test_a_face_is_read_as_it_is_declared(tmp_path: Path) -> None:
    (face,) = fonts.load(folder_with(tmp_path, ENTRY))
    assert (face.name, face.weight, face.roles, face.parent) == ("Cable Test", 400, ("typed",), "")
    assert str(face) == "Cable Test 400"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"wieght": "400"}, "unknown key 'wieght' in \\[face\\]. Did you mean 'weight'"),
        ({"style": '"slanted"'}, "unknown word 'slanted'. Known: italic, normal"),
        ({"roles": '["typd"]'}, "unknown word 'typd'. Did you mean 'typed'"),
        ({"file": '"lost.ttf"'}, "there is no file lost.ttf"),
        ({"licence_file": '"lost.txt"'}, "there is no file lost.txt"),
        ({"weight": '"bold"'}, "'weight' must be a whole number, not 'bold'"),
        ({"parent": '"Nobody"'}, "derived from 'Nobody', which is not declared"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(FontError, match=message):
        fonts.load(folder_with(tmp_path, ENTRY | change))


def test_a_face_declared_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="Cable Test 400 is declared twice"):
        fonts.load(folder_with(tmp_path, ENTRY, ENTRY))


def test_an_entry_without_a_hash_is_refused(tmp_path: Path) -> None:
    entry = {key: value for key, value in ENTRY.items() if key != "sha256"}
    with pytest.raises(FontError, match="the key 'sha256' is missing"):
        fonts.load(folder_with(tmp_path, entry))


def test_a_folder_without_fonts_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"there is no file fonts\.toml"):
        fonts.load(tmp_path)


# A wrong font file


def altered(folder: Path, position: int, change: bytes) -> Face:
    """Return Cable Pica with some bytes of its file changed."""
    face = declared().get("Cable Pica")
    data = bytearray(face.path.read_bytes())
    data[position : position + len(change)] = change
    path = folder / "altered.ttf"
    path.write_bytes(data)
    return dataclasses.replace(face, path=path)


def test_an_altered_file_is_not_the_declared_one(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"is not the declared file.*Rebuild it with make faces"):
        fonts.verify_hashes([altered(tmp_path, 2000, b"ink")])


def test_a_file_of_other_makers_is_restored_from_where_it_came(tmp_path: Path) -> None:
    face = dataclasses.replace(altered(tmp_path, 2000, b"ink"), package="npm:test", version="2")
    with pytest.raises(FontError, match=r"Restore it from npm:test, version 2\."):
        fonts.verify_hashes([face])


def test_postscript_outlines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="its outlines are PostScript's"):
        fonts.coverage(altered(tmp_path, 0, b"OTTO"))


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="does not begin as a TrueType file does"):
        fonts.coverage(altered(tmp_path, 0, b"%PDF"))


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    face = altered(tmp_path, 0, b"")
    face.path.write_bytes(face.path.read_bytes()[:200])
    with pytest.raises(FontError, match="a table is missing or cut short"):
        fonts.coverage(face)


@pytest.mark.parametrize(
    ("bits", "allowed"),
    [(0x0000, True), (0x0004, True), (0x0008, True), (0x0002, False), (0x0100, False)],
)
def test_the_embedding_bits_of_a_file_are_obeyed(tmp_path: Path, bits: int, allowed: bool) -> None:
    font = TTFont(declared().get("Cable Pica").path)
    font["OS/2"].fsType = bits
    path = tmp_path / "face.ttf"
    font.save(path)
    face = dataclasses.replace(declared().get("Cable Pica"), path=path)
    assert fonts.embedding_allowed(face) is allowed


# What WeasyPrint is told


def test_the_style_sheet_does_not_depend_on_the_order_of_the_faces() -> None:
    faces = list(declared())
    assert fonts.stylesheet(faces) == fonts.stylesheet(reversed(faces))


def test_the_style_sheet_has_one_rule_a_face() -> None:
    rule = fonts.stylesheet([declared().get("Press STIX", 600, "italic")])
    assert rule.startswith(
        '@font-face { font-family: "Press STIX"; font-style: italic; font-weight: 600; '
        'src: url("file:///'
    )
    assert rule.count("@font-face") == 1


LAST_RESORT = "CMU-Typewriter-Text-Medium"
PAGES = {
    "declared": '<p style="font-family:Press STIX">a <i>b</i> <b>c</b></p>',
    "every": "".join(
        f'<p style="font:{face.style} {face.weight} 9pt {face.name}">{sample}</p>'
        for face in for_pages()
        for sample in ("Ж" if face.name == "Cable Pica Cyrillic" else "a",)
    ),
    "undeclared": '<p style="font-family:DejaVu Sans">a</p>',
    "generic": '<p style="font-family:sans-serif">a</p>',
    "lacking": '<p style="font-family:Press STIX">a →</p>',
    "undrawable": '<p style="font-family:Press STIX">a 漢</p>',
}

SET_PAGES = """
import json, sys
from io import BytesIO
import pikepdf, weasyprint
from weasyprint.text.fonts import FontConfiguration

pages, stylesheet = json.load(sys.stdin)
found = {}
for name, page in pages.items():
    configuration = FontConfiguration()
    sheet = weasyprint.CSS(string=stylesheet, font_config=configuration)
    html = weasyprint.HTML(string=page)
    data = html.write_pdf(stylesheets=[sheet], font_config=configuration)
    with pikepdf.open(BytesIO(data)) as pdf:
        found[name] = sorted(
            str(font.BaseFont).split("+")[1]
            for page in pdf.pages for font in page.Resources.Font.values()
        )
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return, for each of PAGES, the names of the fonts that WeasyPrint embeds.

    Fontconfig reads its file once in a process, so each module that sets it needs its own.
    """
    folder = tmp_path_factory.mktemp("fontconfig")
    configuration = folder / "fonts.conf"
    configuration.write_text(
        fonts.fontconfig_file(declared().get("Press Typewriter"), folder), encoding="utf-8"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", SET_PAGES],
        input=json.dumps([PAGES, fonts.stylesheet(for_pages())]),
        env=os.environ | {"FONTCONFIG_FILE": str(configuration), "HOME": str(folder / "nobody")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    found: dict[str, list[str]] = json.loads(run.stdout)
    return found


def test_weasyprint_draws_with_the_declared_faces(embedded: dict[str, list[str]]) -> None:
    assert embedded["declared"] == ["Press-STIX", "Press-STIX-Bold", "Press-STIX-Italic"]


def test_every_name_that_weasyprint_embeds_is_known(embedded: dict[str, list[str]]) -> None:
    assert len(embedded["every"]) == len(for_pages())
    for face in for_pages():
        assert fonts.pdf_names(face) & set(embedded["every"]), str(face)


@pytest.mark.parametrize("page", ["undeclared", "generic"])
def test_an_undeclared_family_gets_the_last_resort_and_no_font_of_the_machine(
    embedded: dict[str, list[str]], page: str
) -> None:
    assert embedded[page] == [LAST_RESORT]


def test_a_missing_glyph_comes_from_the_last_resort(embedded: dict[str, list[str]]) -> None:
    assert embedded["lacking"] == [LAST_RESORT, "Press-STIX"]


def test_a_glyph_that_no_face_has_borrows_no_font_of_the_machine(
    embedded: dict[str, list[str]],
) -> None:
    assert embedded["undrawable"] == ["Press-STIX"]


def test_the_last_resort_gives_itself_away_by_a_name_that_is_not_declared() -> None:
    assert not any(LAST_RESORT in fonts.pdf_names(face) for face in declared())
