"""Building a master workbook from a definition: macro-free, with its results shown at once."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...strategies.definition import Definition
from ..handout import Handout
from ..layout import REQUEST, SLIP, SUMMARY, has_indicators, has_texts
from . import (
    assignment_sheet,
    before_sheet,
    findings_sheet,
    goal_sheet,
    guide_sheet,
    measure_sheet,
    question_sheet,
    request_sheet,
    settings_sheet,
    slip_sheet,
    stamp,
)
from .content import Contents
from .styles import Styles
from .summary_sheet import summary
from .table_places import Places

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10, "font_scheme": False},
}
"""Columns are measured in digits of the default font: one that every computer has in this width."""

CREATED: Final = dt.datetime(2025, 9, 1)
_EMPTY_TEXT: Final = re.compile(rb"<c((?: [rs]=\"\w+\")+)>(<f>[^<]*</f>)<v></v>")


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes formulas as they are.

    XlsxWriter searches each for a hundred functions newer than Excel 2007: half of the time a long
    sheet takes, and we use none.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _Book(xlsxwriter.Workbook):  # type: ignore[misc]
    worksheet_class = _Sheet


def build(
    definition: Definition,
    *,
    sample: bool = False,
    handout: Handout | None = None,
    as_typed: bool = False,
) -> bytes:
    """Return the workbook, as the bytes of an .xlsx: the same for the same definition.

    Every formula cell carries the value that Python computes for it. With ``sample`` every sheet
    is marked 記入例(架空の値). With ``handout`` it is a department's part, which says so. Entries
    that are ``as_typed`` (those of a part are) go into the cells as they are.
    """
    contents = Contents(definition, sample, handout, as_typed or handout is not None)
    raw = io.BytesIO()
    book = _Book(raw, _OPTIONS)
    plan = definition.plan
    book.set_properties(
        {"title": plan.title, "author": plan.municipality, "created": CREATED, "comments": ""}
    )
    book.set_calc_mode("auto")
    styles = Styles(book)
    request = book.add_worksheet(REQUEST) if handout else None
    slip = book.add_worksheet(SLIP) if handout else None
    guide_sheet.draw(book, styles, contents)
    settings_sheet.draw(book, styles, contents)
    if not handout and assignment_sheet.lines(contents):
        assignment_sheet.draw(book, styles, contents)
    for goal in plan.goals:
        if has_indicators(goal):
            goal_sheet.draw(book, styles, contents, goal)
        if has_texts(plan, goal):
            measure_sheet.draw(book, styles, contents, goal)
    if handout:
        before_sheet.draw(book, styles, contents)
    if not handout or any(map(has_indicators, plan.goals)):
        summary(book, book.add_worksheet(SUMMARY), styles, contents)
    findings_sheet.draw(book, styles, contents)
    if not handout and assignment_sheet.lines(contents):
        question_sheet.draw(book, styles, contents)
    stamp.write(book, contents)
    if handout:
        left = request_sheet.draw(request, styles, contents, handout, Places(book))
        slip_sheet.draw(slip, styles, contents, handout, left)
    book.close()
    return _finished(raw.getvalue())


def _finished(package: bytes) -> bytes:
    """Return the package with what XlsxWriter has no option for added to its finished XML.

    The IME is off in number cells and on in text cells; an empty cached text is typed as text.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                data = _finished_sheet(data)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()


def _finished_sheet(xml: bytes) -> bytes:
    """Return a sheet's XML: rewritten as text, since the tree of a long sheet takes its tenfold."""
    xml = _EMPTY_TEXT.sub(rb'<c\1 t="str">\2<v></v>', xml)
    xml = xml.replace(b"<dataValidation type=", b'<dataValidation imeMode="off" type=')
    return xml.replace(
        b"<dataValidation allowBlank=", b'<dataValidation imeMode="hiragana" allowBlank='
    )
