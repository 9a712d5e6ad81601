"""Drawing 担当割: every indicator and 施策 with its 担当課 in one column, into which a list is pasted.

The goals' sheets show it by formula. The sheet is not protected: pasting, sorting and filtering work
as anywhere, and what they make of the cells' looks does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...domain.departments import SEPARATOR
from ...domain.fields import DEPARTMENT, measure_fields
from ...domain.plan import Goal
from ...domain.setting_declaration import Typed
from ...office.addresses import letters_of
from ..layout import ASSIGNMENT_HEADS, ASSIGNMENTS, ASSIGNMENTS_TABLE
from ..question_formulas import ASSIGNED, DEPARTMENTS_NAME, IDS_NAME
from .canvas import Canvas, Entry
from .content import Contents
from .page import A4, page, table, title
from .paper import Rows
from .prompts import department_list
from .styles import BAD, DOUBT, WAIT, Styles, height

UNSET, UNLISTED, AS_KPIS = "未設定", "一覧にない課", "KPIと同じ"
_WIDTHS: Final = (10, 10, 56, 26, 16)
_HEADER: Final = 5
_HELP: Final = (
    "担当課の列に、課の一覧をまとめて貼り付けられます。いくつかの課が受け持つときは「、」で区切ります。"
    "各シートの担当課は、ここから自動で入ります。"
)


@dataclass(frozen=True)
class _Assigned:
    """A row of the sheet; a 施策 that is blank goes where its KPIs go (``follows``)."""

    id: str
    kind: str
    name: str
    department: str
    follows: bool = False


def lines(contents: Contents) -> tuple[_Assigned, ...]:
    """Return the rows, goal by goal: 数値目標, its own KPIs, then every 施策 with its KPIs."""
    return tuple(line for goal in contents.plan.goals for line in _of_goal(contents, goal))


def _of_goal(contents: Contents, goal: Goal) -> Iterator[_Assigned]:
    field = next(f for f in measure_fields(contents.plan) if f.key == DEPARTMENT)
    for indicator in goal.headlines:
        yield _Assigned(indicator.id, "数値目標", indicator.name, contents.department(indicator))
    for kpi in goal.own_kpis:
        yield _Assigned(kpi.id, "KPI", kpi.name, contents.department(kpi))
    for measure in goal.measures:
        written = str(contents.written(field, measure.id) or "")
        yield _Assigned(measure.id, "施策", measure.name, written, bool(measure.kpis))
        for kpi in measure.kpis:
            yield _Assigned(kpi.id, "KPI", kpi.name, contents.department(kpi))


def shown(canvas: Canvas, value: Typed, id_cell: str) -> Entry:
    """Return the cell of a goal's sheet that shows what stands here for the id in a cell."""
    formula = f'=IFERROR(INDEX({DEPARTMENTS_NAME},MATCH({id_cell},{IDS_NAME},0))&"","")'
    look = canvas.styles("centre", text_wrap=True)
    return Entry(str(value or ""), look, formula=formula, wraps=True)


def draw(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw the sheet, and name its two columns for the formulas."""
    sheet, found = book.add_worksheet(ASSIGNMENTS), lines(contents)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles("plain"))
    title(sheet, styles, contents, ASSIGNMENTS, 3)
    sheet.merge_range(2, 0, 2, len(_WIDTHS) - 1, _HELP, styles("wrap"))
    rows = Rows(sheet)
    rows.set(2, height([(_HELP, sum(_WIDTHS))], least=2))
    table(sheet, styles, _HEADER, 0, len(found), ASSIGNMENTS_TABLE, ASSIGNMENT_HEADS)
    first, last = _HEADER + 1, _HEADER + len(found)
    for row, line in enumerate(found, start=first):
        rows.set(row, height([(line.name, _WIDTHS[2])]))
        _line(sheet, styles, contents, line, row)
    sheet.data_validation(first, 3, last, 3, department_list())
    for name, column in ASSIGNED.items():
        letter = letters_of(column + 1)
        book.define_name(name, f"='{ASSIGNMENTS}'!${letter}${first + 1}:${letter}${last + 1}")
    _count(sheet, styles, [_mark(line, contents.departments) for line in found], first, last)
    for word, look in ((UNSET, DOUBT), (UNLISTED, BAD), (AS_KPIS, WAIT)):
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        look = styles.conditional(look)
        sheet.conditional_format(first, 4, last, 4, {**options, "format": look})
    sheet.freeze_panes(_HEADER + 1, 0)
    page(sheet, contents, ASSIGNMENTS, landscape=False, protected=False)
    rows.print_to(last, _HEADER, _WIDTHS, A4.upright)


def _line(sheet: Any, styles: Styles, contents: Contents, line: _Assigned, row: int) -> None:
    sheet.write_string(row, 0, line.id, styles("id"))
    sheet.write_string(row, 1, line.kind, styles("centre"))
    sheet.write_string(row, 2, line.name, styles("text" if line.kind != "施策" else "label"))
    look = styles("input")
    if line.department:
        sheet.write_string(row, 3, line.department, look)
    else:
        sheet.write_blank(row, 3, None, look)
    shown = _mark(line, contents.departments)
    sheet.write_formula(row, 4, _check(line, row), styles("verdict"), shown)


def _check(line: _Assigned, row: int) -> str:
    """Return the formula that says what is missing: every name must stand in the list of 設定."""
    cell, between = f"D{row + 1}", SEPARATOR
    found = (
        f'SUMPRODUCT((LEN(担当課一覧)>0)*ISNUMBER(FIND("{between}"&担当課一覧&"{between}",'
        f'"{between}"&{cell}&"{between}")))'
    )
    wanted = f'LEN({cell})-LEN(SUBSTITUTE({cell},"{between}",""))+1'
    blank = AS_KPIS if line.follows else UNSET
    return f'=IF(TRIM({cell})="","{blank}",IF({found}>={wanted},"","{UNLISTED}"))'


def _mark(line: _Assigned, departments: Sequence[str]) -> str:
    """Return what the formula comes to."""
    if not line.department.strip():
        return AS_KPIS if line.follows else UNSET
    names = line.department.split(SEPARATOR)
    return "" if set(names) <= set(departments) else UNLISTED


def _count(sheet: Any, styles: Styles, marks: Sequence[str], first: int, last: int) -> None:
    """Write how many are left, above the table."""
    words = (UNSET, UNLISTED)
    area = f"$E${first + 1}:$E${last + 1}"
    parts = '&"件、'.join(f'{word} "&COUNTIF({area},"{word}")' for word in words)
    shown = "、".join(f"{word} {marks.count(word)}件" for word in words)
    sheet.write_formula(3, 0, f'="{parts}&"件"', styles("subtitle", bold=True), shown)
