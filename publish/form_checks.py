"""What a form may not say: type beside its sheet, twice the same, words that nothing shows.

In: a form as its file has it. Out: nothing, or an error with file, line and next step.
"""

from publish.printed_form import DatelineStands, Field, Form, Letters, NumberStands
from publish.problems import PublishError
from publish.tables import Table


def check_form_file(form: Form, top: Table) -> None:
    """Raise LayoutError where parts of a form, each right in itself, do not go together."""
    _check_places(form, top)
    identifiers = [group.id for group in form.groups()]
    for identifier in identifiers:
        if identifiers.count(identifier) > 1:
            raise top.fail(f"two things on the form are called {identifier!r}", "id")
    _check_dateline(form, top)
    _check_moved_words(form, top)
    for field in form.fields:
        _check_signs(field, form, top)


def _check_places(form: Form, top: Table) -> None:
    """Refuse text and fields that would be typed beyond the sheet."""
    typing = form.typing
    columns = form.width / form.grid.cell_width
    rows = form.height / form.grid.row_height
    if typing.left + typing.measure - 1 > columns:
        raise top.fail(
            f"{typing.measure} columns from column {typing.left} do not fit on {columns:g}",
            "measure",
        )
    for area in (typing.first, typing.continuation):
        if not 1 <= area.first_row <= area.last_row <= rows:
            raise top.fail(
                f"rows {area.first_row} to {area.last_row} are not rows of a sheet of {rows:g}",
                "first",
            )
    for field in form.fields:
        if field.filled_by and not (1 <= field.column <= columns and 1 <= field.row <= rows):
            raise top.fail(
                f"the field {field.id!r} begins in column {field.column} of row {field.row}, beside "
                f"the sheet of {columns:g} columns and {rows:g} rows",
                "column",
            )


def _check_dateline(form: Form, top: Table) -> None:
    """Refuse a typed dateline without a habit, and a habit without a typed dateline."""
    typed = form.typing.dateline is DatelineStands.TEXT
    if typed != (form.typing.dateline_habit is not None):
        raise top.fail(
            f"[typing] dateline is {form.typing.dateline.value!r}, and [typing.blocks] "
            f"{'does not say' if typed else 'says'} how a dateline is typed",
            "dateline",
            'dateline = "text" and dateline = { first = 0, rest = 0 } belong together.',
        )


def _check_moved_words(form: Form, top: Table) -> None:
    """Refuse fields that do not show what [typing] moves to them: each word once, on the first sheet."""
    typing = form.typing
    moved = {
        "number": typing.number is NumberStands.FIELD,
        "place": typing.dateline is DatelineStands.FIELDS,
        "date": typing.dateline is DatelineStands.FIELDS,
    }
    for word, wanted in moved.items():
        asking = [field for field in form.fields if word in field.asked]
        on_first = sum(field.sheets.include(1) for field in asking)
        if not wanted and asking:
            raise top.fail(
                f"the field {asking[0].id!r} asks for the {word}, which [typing] does not move to "
                "fields",
                "filled_by",
                'Write number = "field" or dateline = "fields" in [typing].',
            )
        if wanted and on_first != 1:
            raise _shown_otherwise(word, on_first, top)


def _shown_otherwise(word: str, fields: int, top: Table) -> PublishError:
    return top.fail(
        f"[typing] moves the {word} to a field of the first sheet, and {fields or 'none'} "
        f"{'show' if fields else 'shows'} it",
        "filled_by",
        f'Write filled_by = "{word}" in one field, or leave the {word} where it is.',
    )


def _check_signs(field: Field, form: Form, top: Table) -> None:
    """Refuse signs in a field that the form's machine does not type."""
    typing = form.typing
    has = typing.signs.typed + " " if typing.signs else field.signs
    if typing.letters is Letters.CAPITALS:
        has = "".join(sign for sign in has if sign == sign.upper())
    for sign in field.signs:
        if sign not in has:
            raise top.fail(
                f"the field {field.id!r} has the sign {sign!r}, which the form does not type",
                "filled_by",
            )
