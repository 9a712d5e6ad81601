"""A sheet that is wholly ours (競合, 変更履歴, 回収状況): drawn as XML, added or drawn anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from lxml import etree

from ...domain.ledger import Area
from ...errors import OutputError
from ...office.addresses import address_of, letters_of
from ...office.part_xml import local_name, parsed
from ..build.styles import height
from .own_sheet_styles import Looks
from .sheet_cells import MAIN, Formula, Value, fill, shown
from .workbook_part import KINDS

_LONGEST_LIST: Final = 255
_WORKSHEET: Final = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
    *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"),
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter"),
    *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags"),
    *("drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects"),
    *("controls", "AlternateContent", "webPublishItems", "tableParts", "extLst"),
)
"""The children of a worksheet in the order of the schema."""

_OURS: Final = frozenset({"dimension", "sheetData", "sheetProtection", "dataValidations"})
_OF_ITS_LAYOUT: Final = frozenset({"sheetViews", "cols"})
_DIGITS: Final = re.compile(r"\d+")
OPEN: Final = "{open}"
"""Where in a line above the table the number of open rows stands."""
_OF_OLD_ROWS: Final = frozenset(
    {"protectedRanges", "autoFilter", "sortState", "mergeCells", "hyperlinks", "rowBreaks"}
)


@dataclass(frozen=True)
class Open:
    """Which rows still wait for staff: ``condition`` is a formula with {heading} for its cells.

    It comes to 0 where a row is done. The cell under ``head`` is marked in the others; ``count`` is
    how many there are as the sheet is drawn.
    """

    condition: str
    head: str
    count: int


Row = tuple[Value | Formula, ...]


@dataclass(frozen=True)
class OwnSheet:
    """A sheet that is wholly ours: headings, rows below, as one Excel table under ``lines`` of text.

    In a line ``{open}`` is the number of rows that are ``open``, which Excel keeps up to date.
    ``inputs`` are headings of the columns that staff fill: open and coloured, the rest is locked
    (without a password) where it ``is_protected``. What is typed under headings ``as_text`` stays
    text (1-01-1 is no date). ``links`` are headings of columns of links, ``hidden`` of those that
    nobody needs to see. ``choices`` are the values that a column's drop-down list allows.
    ``present`` is the sheet on which the table stands now, known by its headings where it has lost
    its name; None leaves it to the table's name. ``is_moved`` says that it has other columns, or
    stands in another row, than there: widths and view are drawn anew too.
    """

    name: str
    table: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    inputs: tuple[str, ...] = ()
    as_text: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    is_protected: bool = True
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    present: str | None = None
    lines: tuple[str, ...] = ()
    open: Open | None = None
    is_moved: bool = False

    @property
    def top(self) -> int:
        """Return the row of the headings."""
        return 1 + len(self.lines)

    @property
    def last_row(self) -> int:
        """Return the last row of the table, which has a row even where there is nothing to say."""
        return self.top + max(1, len(self.rows))

    @property
    def area(self) -> str:
        return f"A{self.top}:{letters_of(len(self.heads))}{self.last_row}"

    def column(self, head: str) -> str:
        """Return the letters of the column with that heading."""
        return letters_of(self.heads.index(head) + 1)


def placed(sheet: OwnSheet, area: Area | None) -> OwnSheet:
    """Return the sheet where its table stands now; as it is where there is none."""
    if area is None:
        return sheet
    width = area.last_column - area.first_column + 1
    moved = (area.first_row, width) != (sheet.top, len(sheet.heads))
    return replace(sheet, present=area.sheet, is_moved=moved)


def drawn(sheet: OwnSheet, looks: Looks) -> etree._Element:
    """Return the XML of the sheet, without its table part."""
    root = _root("worksheet")
    properties = _add(root, "sheetPr")
    _add(properties, "pageSetUpPr", fitToPage="1")
    _add(root, "dimension", ref=f"A1:{letters_of(len(sheet.heads))}{sheet.last_row}")
    view = _add(_add(root, "sheetViews"), "sheetView", workbookViewId="0")
    split, first = str(sheet.top), f"A{sheet.top + 1}"
    _add(view, "pane", ySplit=split, topLeftCell=first, activePane="bottomLeft", state="frozen")
    begin = _first_input(sheet)
    _add(view, "selection", pane="bottomLeft", activeCell=begin, sqref=begin)
    _add(root, "sheetFormatPr", defaultRowHeight="15")
    columns = _add(root, "cols")
    for number, (head, width) in enumerate(zip(sheet.heads, sheet.widths, strict=True), start=1):
        at = str(number)
        column = _add(columns, "col", min=at, max=at, width=f"{width:g}", customWidth="1")
        if head in sheet.hidden:
            column.set("hidden", "1")
    _rows(_add(root, "sheetData"), sheet, looks)
    opened = ("formatColumns", "formatRows", "sort", "autoFilter")
    if sheet.is_protected:
        _add(root, "sheetProtection", sheet="1", **dict.fromkeys(opened, "0"))
    _mark(root, sheet, looks)
    _choices(root, sheet)
    margins = {"left": "0.5", "right": "0.5", "top": "0.6", "bottom": "0.6"}
    _add(root, "pageMargins", **margins, header="0.3", footer="0.3")
    _add(root, "pageSetup", paperSize="9", fitToHeight="0", orientation="landscape")
    footer = _add(_add(root, "headerFooter"), "oddFooter")
    footer.text = f"&L&8{sheet.name.replace('&', '&&')}&R&8&P / &N"
    return root


def renewed(
    old: etree._Element, fresh: etree._Element, *, is_moved: bool = False
) -> etree._Element:
    """Return the sheet as it was, with our rows anew: page, drawings and marks of staff stay.

    So do widths and view, unless the table stands elsewhere now (``is_moved``).
    """
    ours = _OURS | _OF_ITS_LAYOUT if is_moved else _OURS
    marks = {_mark_of(child) for child in fresh if local_name(child) == _MARK}
    for child in list(old):
        is_our_mark = local_name(child) == _MARK and _mark_of(child) in marks
        if local_name(child) in ours | _OF_OLD_ROWS or is_our_mark:
            old.remove(child)
    for child in [child for child in fresh if local_name(child) in ours | {_MARK}]:
        place_child(old, child)
    return old


_MARK: Final = "conditionalFormatting"


def _mark_of(mark: etree._Element) -> str:
    """Return the formulas of a conditional format without the rows that it is for."""
    return _DIGITS.sub("", "".join(f.text or "" for f in mark.iter(f"{MAIN}formula")))


def place_child(root: etree._Element, child: etree._Element) -> None:
    """Put a child into a worksheet where the schema wants it."""
    rank = _WORKSHEET.index(local_name(child))
    later = [c for c in root if local_name(c) in _WORKSHEET[rank + 1 :]]
    root.insert(root.index(later[0]) if later else len(root), child)


def table_xml(sheet: OwnSheet, name: str, number: int) -> etree._Element:
    """Return the XML of the sheet's table under a name and id that no other table has."""
    root = _root("table")
    names = {"id": str(number), "name": name, "displayName": name}
    for key, value in {**names, "ref": sheet.area, "totalsRowShown": "0"}.items():
        root.set(key, value)
    _add(root, "autoFilter", ref=sheet.area)
    columns = _add(root, "tableColumns", count=str(len(sheet.heads)))
    for at, head in enumerate(sheet.heads, start=1):
        _add(columns, "tableColumn", id=str(at)).set("name", head)
    shown = ("showFirstColumn", "showLastColumn", "showRowStripes", "showColumnStripes")
    _add(root, "tableStyleInfo", **dict.fromkeys(shown, "0"))
    return root


def _rows(data: etree._Element, sheet: OwnSheet, looks: Looks) -> None:
    looks_of = {
        number: looks.link if head in sheet.links else _input(head, sheet, looks)
        for number, head in enumerate(sheet.heads)
        if head in (*sheet.inputs, *sheet.links)
    }
    for number, line in enumerate(sheet.lines, start=1):
        _row(data, number, [(line, looks.line)])
        if OPEN in line and sheet.open:
            _live(data[-1][0], line, sheet, sheet.open)
    _row(data, sheet.top, [(head, looks.head) for head in sheet.heads])
    blank: Row = (None,) * len(sheet.heads)
    for number, values in enumerate(sheet.rows or (blank,), start=sheet.top + 1):
        cells = [
            (value, looks_of.get(at) or _closed(value, looks)) for at, value in enumerate(values)
        ]
        row = _row(data, number, cells)
        texts = [(shown(v), w) for v, w in zip(values, sheet.widths, strict=True)]
        row.set("ht", f"{height(texts):g}")


def _input(head: str, sheet: OwnSheet, looks: Looks) -> str:
    return looks.input_text if head in sheet.as_text else looks.input


def _closed(value: Value | Formula, looks: Looks) -> str:
    return looks.number if isinstance(value, Decimal) else looks.text


def _row(
    data: etree._Element, number: int, cells: list[tuple[Value | Formula, str]]
) -> etree._Element:
    """Return the row, added with its cells."""
    row = _add(data, "row", r=str(number))
    for column, (value, look) in enumerate(cells, start=1):
        fill(_add(row, "c", r=address_of(number, column), s=look), value)
    return row


def _live(cell: etree._Element, line: str, sheet: OwnSheet, open_: Open) -> None:
    """Put a line into a cell as a formula that counts the open rows, and what it shows now."""
    fill(cell, None)
    before, _, after = line.partition(OPEN)
    rows = {h: f"${c}${sheet.top + 1}:${c}${sheet.last_row}" for h, c in _columns(sheet).items()}
    count = f"SUMPRODUCT({open_.condition.format_map(rows)})"
    _add(cell, "f").text = f'"{before}"&{count}&"{after}"'
    _add(cell, "v").text = line.replace(OPEN, str(open_.count))
    cell.set("t", "str")


def _columns(sheet: OwnSheet) -> dict[str, str]:
    return {head: sheet.column(head) for head in sheet.heads}


def _first_input(sheet: OwnSheet) -> str:
    return f"{sheet.column(sheet.inputs[0]) if sheet.inputs else 'A'}{sheet.top + 1}"


def _mark(root: etree._Element, sheet: OwnSheet, looks: Looks) -> None:
    if not sheet.open:
        return
    column, first = sheet.column(sheet.open.head), sheet.top + 1
    mark = _add(root, _MARK, sqref=f"{column}{first}:{column}{sheet.last_row}")
    rule = _add(mark, "cfRule", type="expression", dxfId=looks.open, priority="1")
    cells = {head: f"${letters}{first}" for head, letters in _columns(sheet).items()}
    _add(rule, "formula").text = sheet.open.condition.format_map(cells)


def _choices(root: etree._Element, sheet: OwnSheet) -> None:
    rules = list(_rules(sheet))
    if rules:
        _add(root, "dataValidations", count=str(len(rules))).extend(rules)


def _rules(sheet: OwnSheet) -> Iterator[etree._Element]:
    for head, words in sheet.choices.items():
        listed = ",".join(words)
        if len(listed) > _LONGEST_LIST or any("," in word for word in words):
            raise OutputError(
                f"「{head}」の選択肢が長すぎるか、「,」を含んでいます。短くしてください。"
            )
        column = sheet.column(head)
        rule = etree.Element(f"{MAIN}dataValidation", type="list", allowBlank="1")
        rule.set("showErrorMessage", "1")
        rule.set("errorTitle", head)
        rule.set("error", f"{'・'.join(words)} から選んでください。"[:_LONGEST_LIST])
        rule.set("sqref", f"{column}{sheet.top + 1}:{column}{sheet.last_row}")
        text = listed.replace('"', '""')
        _add(rule, "formula1").text = f'"{text}"'
        yield rule


def _root(name: str) -> etree._Element:
    return parsed(f'<{name} xmlns="{MAIN.strip("{}")}" xmlns:r="{KINDS}"/>')


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{MAIN}{name}", attributes)
