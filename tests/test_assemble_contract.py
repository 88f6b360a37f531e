"""What assembly takes from pypdf's private API, promise by promise.

A failure here names what a new release of pypdf changed; publish/assemble/pypdf_private.py is the one
place to mend it.
"""

import inspect
from io import BytesIO
from typing import Any

import pypdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, NumberObject

from publish.assemble import pypdf_private
from publish.assemble.objects import dictionary, integer
from tests import assemble_parts


def test_pypdf_is_the_release_whose_private_names_were_read() -> None:
    assert pypdf.__version__ == "7.1.0", "read pypdf_private.py against the new release"


@pytest.mark.parametrize(("name", "parameters"), [("_add_object", ["self", "obj"])])
def test_a_private_method_has_the_arguments_it_is_called_with(
    name: str, parameters: list[str]
) -> None:
    method = getattr(PdfWriter, name, None)
    assert method is not None, f"PdfWriter.{name} is gone"
    assert list(inspect.signature(method).parameters) == parameters


def test_an_added_object_gets_the_next_number_and_knows_it() -> None:
    writer = PdfWriter()
    first, second = (pypdf_private.add(writer, dictionary({})) for _ in range(2))
    assert isinstance(first, IndirectObject), "PdfWriter._add_object returns something else"
    assert second.idnum == first.idnum + 1
    found = second.get_object()
    assert found is not None
    assert found.indirect_reference == second


def test_an_added_object_may_still_be_filled() -> None:
    writer = PdfWriter()
    thing = dictionary({})
    writer.root_object[NameObject("/Test")] = pypdf_private.add(writer, thing)
    thing[NameObject("/Late")] = integer(7)
    written = _written(writer)
    found = written.root_object["/Test"]
    assert isinstance(found, DictionaryObject)
    assert found["/Late"] == NumberObject(7)


def test_both_identifiers_of_the_trailer_are_ours() -> None:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    pypdf_private.identify(writer, b"0123456789abcdef")
    identifiers: Any = _written(writer).trailer["/ID"]
    assert [bytes(entry.original_bytes) for entry in identifiers] == [b"0123456789abcdef"] * 2


def test_a_page_of_one_reader_brings_the_fonts_of_another_page_only_once() -> None:
    source = PdfReader(BytesIO(assemble_parts.facsimile().pdf))
    writer = PdfWriter()
    for page in source.pages:
        writer.add_page(page)
    pages: Any = writer.pages
    fonts = [page["/Resources"]["/Font"].raw_get("/F1+0") for page in pages]
    assert fonts[0] == fonts[1], "PdfWriter clones shared objects anew for each page"


def test_an_excluded_entry_of_a_page_stays_behind() -> None:
    source = PdfReader(BytesIO(assemble_parts.facsimile().pdf)).pages[0]
    assert "/Trans" in source
    assert "/Trans" not in PdfWriter().add_page(source, excluded_keys=("/Trans",))


def _written(writer: PdfWriter) -> PdfReader:
    stream = BytesIO()
    writer.write(stream)
    return PdfReader(stream)
