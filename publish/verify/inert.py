"""The file does nothing by itself: it is read, and that is all.

In: a finished file. Out: scripts, actions, media, references to other files in it, forms that do more
than wait to be filled in, and any form where the record promises no fields. An
archive cannot keep what runs (ISO 19005-3, 6.5 and 6.6.1; ISO 19005-4, 6.6).
"""

from collections.abc import Iterator

from publish.verify.objects import Objects, Reference, Stream, Value, dictionaries
from publish.verify.outcome import Examined, Found, broken, kept

_ACTIONS = frozenset(("GoTo", "URI"))
# The other actions of ISO 32000-2, table 201. A dictionary with one of these as its S is an action:
# no structure type, group, transition or label of a standard is called so.
_REFUSED = frozenset(
    ("GoToR", "GoToE", "GoToDp", "Launch", "Thread", "Sound", "Movie", "Hide", "Named", "SubmitForm",
     "ResetForm", "ImportData", "JavaScript", "SetOCGState", "Rendition", "Trans", "GoTo3DView",
     "RichMediaExecute")
)  # fmt: skip
# Where an action stands, of whatever name: of an annotation or bookmark, or after another action.
_PLACES_OF_ACTIONS = ("A", "PA", "Next")
_ADDRESSES = ("http://", "https://", "mailto:")
_IN_CATALOG = (
    ("OpenAction", "something happens when the file is opened"),
    ("NeedsRendering", "the file is a form that is drawn when it is opened (XFA)"),
    ("Collection", "the file is a portfolio"),
    ("Requirements", "the file makes demands on the reader’s program"),
)
_IN_FORM = (
    ("NeedAppearances", "the form has its fields drawn by the reader’s program"),
    ("CO", "the form computes its fields"),
    ("SigFlags", "the form asks for signatures"),
)
_IN_NAMES = (
    ("JavaScript", "the file names scripts"),
    ("Renditions", "the file names media to be played"),
    ("AlternatePresentations", "the file names slide shows"),
)


def nothing_runs(examined: Examined) -> Iterator[Found]:
    """No script, no action but links, no form, no medium, no other file."""
    file = examined.file
    objects = file.objects
    yield from _of_document(objects)
    yield from _of_form(examined)
    every = objects.holding(b"endobj")
    for number in every:
        value = objects.get(Reference(number))
        if type(value) is Stream:
            yield from _of_stream(objects, value)
        for table in dictionaries(value):
            yield from _of_dictionary(objects, number, table)
    for page, dictionary in enumerate(file.pages):
        for entry in objects.array(dictionary.get("Annots")):
            kind = objects.get(objects.dictionary(entry).get("Subtype"))
            if kind != "Link" and not (kind == "Widget" and fields_promised(examined)):
                yield broken(f"an annotation {kind!r} stands on the page", file.page_name(page))
    yield kept(f"{len(every)} objects looked at")


def _of_document(objects: Objects) -> Iterator[Found]:
    names = objects.dictionary(objects.root.get("Names"))
    for held, refused in ((objects.root, _IN_CATALOG), (names, _IN_NAMES)):
        for key, told in refused:
            if objects.get(held.get(key)) is not None:
                yield broken(told)


def fields_promised(examined: Examined) -> bool:
    """Say whether the file may have fields: its record lists some, or nobody knows what was promised."""
    return examined.record is None or bool(examined.record.fields)


def _of_form(examined: Examined) -> Iterator[Found]:
    """Yield what a form does by itself. Fields that wait for someone to fill them in do nothing."""
    objects = examined.file.objects
    form = objects.get(objects.root.get("AcroForm"))
    if form is None:
        return
    if type(form) is not dict or not objects.array(form.get("Fields")):
        yield broken("the file has a form without fields")
    elif not fields_promised(examined):
        yield broken("the file has a form")
    for key, told in _IN_FORM:
        if type(form) is dict and objects.get(form.get(key)) not in (None, False, 0):
            yield broken(told)


def _of_dictionary(objects: Objects, number: int, table: dict[str, Value]) -> Iterator[Found]:
    if "AA" in table and _triggers(objects, table["AA"]):
        yield broken(f"the object {number} does something by itself (AA)")
    if "XFA" in table:
        yield broken(f"the object {number} holds a form in XML (XFA)")
    if "JS" in table:
        yield broken(f"the object {number} has a script")
    kind = objects.get(table.get("S"))
    if type(kind) is str and kind in _REFUSED:
        yield broken(f"the object {number} is an action {kind}")
    for key in _PLACES_OF_ACTIONS:
        if key in table:
            yield from _unknown_actions(objects, number, table[key])
    if kind == "URI":
        address = objects.text(table.get("URI")) or ""
        if not address.lower().startswith(_ADDRESSES):
            yield broken(f"a link leads to {address!r}, which is no address of the web")


def _triggers(objects: Objects, value: Value) -> bool:
    """Say whether these are actions, and not a font that a page happens to call AA."""
    actions = [objects.dictionary(entry) for entry in objects.dictionary(value).values()]
    return any(type(objects.get(action.get("S"))) is str for action in actions)


def _unknown_actions(objects: Objects, number: int, value: Value) -> Iterator[Found]:
    """Yield actions of no name that a standard has. An element’s attributes (A) have no S."""
    for entry in objects.array(value):
        kind = objects.get(objects.dictionary(entry).get("S"))
        if kind is not None and kind not in _ACTIONS and kind not in _REFUSED:
            yield broken(f"the object {number} leads to an action {kind!r}")


def _of_stream(objects: Objects, stream: Stream) -> Iterator[Found]:
    if "F" in stream.dictionary:
        yield broken(f"the stream {stream.number} has its data in another file")
    if "Ref" in stream.dictionary:
        yield broken(f"the stream {stream.number} draws a page of another file")
    kinds = (objects.get(stream.dictionary.get(key)) for key in ("Subtype", "Subtype2"))
    if "PS" in kinds:
        yield broken(f"the stream {stream.number} is a program in PostScript")
