"""Drawing 照会, in which the secretariat writes what it asks the departments.

Like 担当割 it is not protected: rows may be pasted, sorted and taken away.
"""

from __future__ import annotations

from typing import Any, Final

from ...domain.field_declaration import Field
from ...domain.questions import ABOUT, ANSWERED, FIELDS, NOT_SENT, STATE, WAITING
from ..layout import QUESTIONS, QUESTIONS_TABLE
from ..question_formulas import HEADS, HELP, IDS_NAME, ROWS, formulas
from .content import Contents
from .page import page, table, title
from .styles import DOUBT, GOOD, WAIT, Styles, height

_HEADER: Final = 4


def draw(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw the sheet, with room for questions."""
    sheet = book.add_worksheet(QUESTIONS)
    for column, field in enumerate(FIELDS):
        sheet.set_column(column, column, field.width, styles("plain"))
    title(sheet, styles, contents, QUESTIONS, 4)
    sheet.merge_range(2, 0, 2, len(FIELDS) - 1, HELP, styles("wrap"))
    sheet.set_row(2, height([(HELP, sum(field.width for field in FIELDS))]))
    table(sheet, styles, _HEADER, 0, ROWS, QUESTIONS_TABLE, HEADS)
    first, last = _HEADER + 1, _HEADER + ROWS
    looks = {field.key: _look(styles, field) for field in FIELDS}
    for row in range(first, last + 1):
        given = formulas(row + 1, is_assigned=True)
        for column, field in enumerate(FIELDS):
            if field.key in given:
                sheet.write_formula(row, column, given[field.key], looks[field.key], "")
            else:
                sheet.write_blank(row, column, None, looks[field.key])
    for column, field in enumerate(FIELDS):
        if field.is_typed:
            sheet.data_validation(first, column, last, column, _rule(field))
    state = [field.key for field in FIELDS].index(STATE)
    for word, look in ((NOT_SENT, WAIT), (WAITING, DOUBT), (ANSWERED, GOOD)):
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        options["format"] = styles.conditional(look)
        sheet.conditional_format(first, state, last, state, options)
    sheet.freeze_panes(first, 0)
    page(sheet, contents, QUESTIONS, protected=False)
    sheet.repeat_rows(_HEADER)


def _look(styles: Styles, field: Field) -> Any:
    return styles(field.look, num_format="@") if field.key == ABOUT else styles(field.look)


def _rule(field: Field) -> dict[str, Any]:
    told = {"input_title": field.head, "input_message": field.prompt}
    if field.key != ABOUT:
        return {"validate": "any", **told}
    return {
        "validate": "list",
        "source": f"={IDS_NAME}",
        "error_type": "warning",
        "error_title": "番号を確かめてください",
        "error_message": "「担当割」にない番号です。基本目標について尋ねるときは、このまま進めます。",
        **told,
    }
