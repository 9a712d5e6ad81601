"""Tables → WordprocessingML strings, row by row: time grows linearly with the rows."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from ..content import style_names as names
from ..content.blocks import DataTable, EvaluationTable, HeadlineRow, TableCell
from ..markup import attribute, paragraph, run
from .frame import Frame
from .sentences import sentence

EVALUATION_WIDTHS: Final = (15, 65, 20)
KEPT_ROWS: Final = 8
"""Rows up to this number stay on one page; Word gives up on much longer chains."""

_CELL_STYLES: Final = {
    "left": names.CELL_TEXT,
    "center": names.CELL_CENTER,
    "right": names.CELL_NUMBER,
}
_TWIPS: Final = 1440 / 25.4
"""In a millimetre."""
_MERGE_START, _MERGE_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def evaluation_table(table: EvaluationTable, frame: Frame, *, keep: bool = False) -> str:
    """Return the table of one 基本目標, all its rows held on one page; "" without any row.

    ``keep`` holds it on the page of what follows as well.
    """
    count = len(table.headlines)
    merges = [_MERGE_START] + [_MERGE_ON] * (count - 1) if count > 1 else [""] * count
    lines = [
        ("" if merge == _MERGE_ON else "数値目標", run(line.statement), _result(line, frame), merge)
        for line, merge in zip(table.headlines, merges, strict=True)
    ]
    told = f"数値目標{count}件の結果"
    if table.kpi_line is not None:
        lines.append(("KPI", frame.marks.around(table.figure, run(table.kpi_line)), "", ""))
        told += "と、KPIの結果"
    if not lines:
        return ""
    widths = frame.share(EVALUATION_WIDTHS)
    rows = [_evaluation_row(frame, widths, line, keep=True) for line in lines[:-1]]
    rows.append(_evaluation_row(frame, widths, lines[-1], keep=keep))
    look = _look(frame, names.EVALUATION, f"{table.title} 評価表", told)
    return _table(look, widths, rows)


def data_table(table: DataTable, frame: Frame, *, keep: bool = False) -> str:
    """Return the table with its header row first, marked to repeat on every page.

    ``keep`` holds its last row on the page of what follows.

    Raise ValueError if a row has not one cell per column, or keys are given but not one a row.
    """
    widths = frame.share([column.width for column in table.columns])
    columns = [
        (width, frame.styles[_CELL_STYLES[column.align]])
        for width, column in zip(widths, table.columns, strict=True)
    ]
    rows = [_header_row(table, widths, frame)]
    above = False
    followers = (*table.rows[1:], None)[: len(table.rows)]
    keeps = [True] * len(table.rows) if table.row_height else kept_with_next(table.rows)
    keeps[-1:] = [keep] * len(keeps[-1:])
    for row, below, kept, name in zip(table.rows, followers, keeps, _row_names(table), strict=True):
        merges = _merge_marks(row, below, above=above)
        contents = _contents(row, merges, name, frame)
        cells = [
            _cell(width, paragraph(style, content, keep=kept), merge)
            for content, merge, (width, style) in zip(contents, merges, columns, strict=True)
        ]
        rows.append(_row(cells, height=table.row_height))
        above = True
    title = table.caption or f"{'・'.join(column.title for column in table.columns)}の表"
    look = _look(frame, names.LISTING, title, table.description, header=True)
    return _table(look, widths, rows)


def kept_with_next(rows: Sequence[Sequence[TableCell]]) -> list[bool]:
    """Return, row by row, whether it must stay on the page of the row below.

    A table of up to `KEPT_ROWS` rows stays whole, and so do rows joined by a merged cell; a longer
    group may break, but not so that a single row of it is left alone.
    """
    if len(rows) <= KEPT_ROWS:
        return [True] * (len(rows) - 1) + [False] * bool(rows)
    joined = [any(cell.merge for cell in row) and number > 0 for number, row in enumerate(rows)]
    starts = [number for number, is_joined in enumerate(joined) if not is_joined]
    keeps: list[bool] = []
    for start, end in pairwise([*starts, len(rows)]):
        size = end - start
        edges = {0, size - 2}
        keeps += [n < size - 1 and (size <= KEPT_ROWS or n in edges) for n in range(size)]
    return keeps


def _result(line: HeadlineRow, frame: Frame) -> str:
    strong = frame.styles[names.STRONG] if line.is_achieved else ""
    return frame.marks.around(line.figure, run(line.result, strong))


def _evaluation_row(
    frame: Frame, widths: Sequence[int], line: tuple[str, str, str, str], *, keep: bool
) -> str:
    """Return the row of a line: label, runs of statement and result, merge of the label."""
    label, statement, result, merge = line
    style = frame.styles
    contents = (
        paragraph(style[names.VERDICT_HEAD], run(label), keep=keep),
        paragraph(style[names.VERDICT_TEXT], statement, keep=keep),
        paragraph(style[names.VERDICT], result, keep=keep),
    )
    return _row(_cell(*cell) for cell in zip(widths, contents, (merge, "", ""), strict=True))


def _header_row(table: DataTable, widths: Sequence[int], frame: Frame) -> str:
    style = frame.styles[names.CELL_HEAD]
    titles = [run(column.title) for column in table.columns]
    titles[:1] = [frame.marks.around(table.name, title) for title in titles[:1]]
    cells = [
        _cell(width, paragraph(style, title, keep=True))
        for width, title in zip(widths, titles, strict=True)
    ]
    return _row(cells, header=True)


def _row_names(table: DataTable) -> Sequence[str]:
    """Return the name of each row; "" for all without keys."""
    if table.keys:
        return [f"{table.name}_{key}" for key in table.keys]
    return [""] * len(table.rows)


def _merge_marks(
    row: Sequence[TableCell], below: Sequence[TableCell] | None, *, above: bool
) -> list[str]:
    continued = [cell.merge for cell in below] if below else [False] * len(row)
    return [
        _MERGE_ON if cell.merge and above else _MERGE_START if under else ""
        for cell, under in zip(row, continued, strict=True)
    ]


def _contents(
    row: Sequence[TableCell], merges: Sequence[str], name: str, frame: Frame
) -> list[str]:
    """Return the runs of the cells of a row; the mark of the row is in its first cell."""
    strong, marks = frame.styles[names.STRONG], frame.marks
    contents = []
    for cell, merge in zip(row, merges, strict=True):
        text = "" if merge == _MERGE_ON else run(cell.text, strong if cell.bold else "")
        text = sentence(cell.pieces, frame) if cell.pieces else text
        contents.append(marks.around(cell.figure, text))
    contents[:1] = [marks.around(name, content) for content in contents[:1]]
    return contents


def _cell(width: int, content: str, merge: str = "") -> str:
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{merge}</w:tcPr>{content}</w:tc>"


def _row(cells: Iterable[str], *, header: bool = False, height: int = 0) -> str:
    """Return a row of cells, at least ``height`` millimetres high."""
    tall = f'<w:trHeight w:val="{round(height * _TWIPS)}" w:hRule="atLeast"/>' if height else ""
    repeat = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _look(frame: Frame, style: str, title: str, description: str, *, header: bool = False) -> str:
    flags = 'w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
    if not header:
        flags = 'w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1"'
    told = "".join(
        f'<w:{tag} w:val="{attribute(text)}"/>'
        for tag, text in (("tblCaption", title), ("tblDescription", description))
        if text
    )
    return (
        f'<w:tblPr><w:tblStyle w:val="{frame.styles[style]}"/>'
        f'<w:tblW w:w="{frame.width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {flags} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{told}</w:tblPr>'
    )


def _table(look: str, widths: Sequence[int], rows: Sequence[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
