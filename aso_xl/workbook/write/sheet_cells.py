"""The cells of a worksheet's own XML: changed in place, made where they do not exist yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lxml import etree

from ...errors import OutputError
from ...office.addresses import Corners, address_of, corners_of, place_of
from ..escapes import encoded

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAX_TEXT: Final = 32_767
"""Characters (UTF-16 units) that a cell of Excel holds; with more, Excel calls a file damaged."""
_USUAL_WIDTH: Final = 8.43

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_CONTENT: Final = (f"{MAIN}f", f"{MAIN}v", f"{MAIN}is")

Value = str | Decimal | None


@dataclass(frozen=True)
class Formula:
    """A formula, without ``=``, and the text that it shows until it is calculated."""

    text: str
    shown: str


def fill(cell: etree._Element, value: Value | Formula) -> None:
    """Put a value into a cell element, its look kept: text stays text whatever it begins with.

    Line ends become those of cells; what XML cannot carry, or would read back as something else, is
    written as Excel does (``_x0001_``).
    Raise OutputError for what no cell can hold.
    """
    for child in cell.findall("*"):
        if child.tag in _CONTENT:
            cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, "")
    if isinstance(value, str) and value:
        cell.set("t", "inlineStr")
        holder = etree.Element(f"{MAIN}is")
        text = etree.SubElement(holder, f"{MAIN}t", {_SPACE: "preserve"})
        text.text = _written(value)
        cell.insert(0, holder)
    elif isinstance(value, Decimal):
        number = etree.Element(f"{MAIN}v")
        number.text = _number(value)
        cell.insert(0, number)
    elif isinstance(value, Formula):
        cell.set("t", "str")
        formula, shown = etree.Element(f"{MAIN}f"), etree.Element(f"{MAIN}v")
        formula.text, shown.text = value.text, _written(value.shown)
        cell.insert(0, formula)
        formula.addnext(shown)


def shown(value: Value | Formula) -> str:
    """Return what a cell shows, as far as the room for it goes."""
    return value.shown if isinstance(value, Formula) else str("" if value is None else value)


def can_hold(value: Value) -> bool:
    """Return whether a cell can hold the value."""
    try:
        fill(etree.Element(f"{MAIN}c"), value)
    except OutputError:
        return False
    return True


class SheetCells:
    """The cells of one worksheet, by address. Raise OutputError where it is no worksheet.

    ``freed`` collects the addresses whose formula gave way to a value.
    """

    def __init__(self, root: etree._Element) -> None:
        data = root.find(f"{MAIN}sheetData")
        if data is None:
            raise OutputError(
                "セルのないシート(グラフシートなど)には書き込めません。元のブックを確かめてください。"
            )
        self.root, self._data = root, data
        self._rows = dict(_numbered(data, f"{MAIN}row", int))
        self._cells: dict[int, dict[int, etree._Element]] = {}
        self.freed: set[str] = set()

    def put(self, address: str, value: Value | Formula) -> etree._Element | None:
        """Return the cell with a value put into it; a formula there gives way.

        None where there is no cell and none is needed.
        """
        row, column = place_of(address)
        cell = self._existing(row, column)
        if cell is None:
            if value is None or value == "":
                return None
            cell = self._made(row, column)
        self._free(cell, address)
        fill(cell, value)
        return cell

    def cell(self, address: str) -> etree._Element:
        """Return the cell, made where it does not exist yet."""
        row, column = place_of(address)
        cell = self._existing(row, column)
        return self._made(row, column) if cell is None else cell

    def width(self, column: int) -> float | None:
        """Return how wide a column is, the usual width where nothing says so; None if hidden."""
        columns = self._columns(column)
        if columns is None:
            return _USUAL_WIDTH
        is_hidden = columns.get("hidden") in ("1", "true")
        return None if is_hidden else float(columns.get("width", _USUAL_WIDTH))

    def set_height(self, number: int, points: float) -> None:
        """Give a row, where there is one, the height that its texts need."""
        if (row := self._rows.get(number)) is not None:
            row.attrib.pop("customHeight", "")
            row.set("ht", f"{points:g}")

    def show(self, address: str, value: str | Decimal) -> None:
        """Set what a formula cell shows until it is calculated; other cells are left alone."""
        cell = self._existing(*place_of(address))
        formula = None if cell is None else cell.find(f"{MAIN}f")
        if cell is None or formula is None:
            return
        for child in cell.findall(f"{MAIN}v"):
            cell.remove(child)
        for name in ("t", "vm"):
            cell.attrib.pop(name, "")
        shown = etree.Element(f"{MAIN}v")
        formula.addnext(shown)
        if isinstance(value, str):
            cell.set("t", "str")
            shown.text = _written(value)
        else:
            shown.text = _number(value)

    def _existing(self, row: int, column: int) -> etree._Element | None:
        return self._in_row(row).get(column)

    def _in_row(self, row: int) -> dict[int, etree._Element]:
        if row not in self._cells:
            element = self._rows.get(row)
            found = [] if element is None else _numbered(element, f"{MAIN}c", _column)
            self._cells[row] = dict(found)
        return self._cells[row]

    def _made(self, row: int, column: int) -> etree._Element:
        """Make a cell in its place, with the look of its row or column."""
        if row not in self._rows:
            self._rows[row] = _inserted(self._data, f"{MAIN}row", {"r": str(row)}, row, self._rows)
        element = self._rows[row]
        element.attrib.pop("spans", "")  # a hint only, wrong from now on
        attributes = {"r": address_of(row, column)}
        if look := self._look(element, column):
            attributes["s"] = look
        cells = self._in_row(row)
        cells[column] = _inserted(element, f"{MAIN}c", attributes, column, cells)
        self._stretch(row, column)
        return cells[column]

    def _look(self, row: etree._Element, column: int) -> str | None:
        if row.get("customFormat") in ("1", "true"):
            return row.get("s")
        columns = self._columns(column)
        return None if columns is None else columns.get("style")

    def _columns(self, column: int) -> etree._Element | None:
        """Return what is said of the columns to which one belongs."""
        for columns in self.root.iterfind(f"{MAIN}cols/{MAIN}col"):
            if int(columns.get("min", "0")) <= column <= int(columns.get("max", "0")):
                return columns
        return None

    def _stretch(self, row: int, column: int) -> None:
        """Let the used range of the sheet, where it is given, hold the cell."""
        dimension = self.root.find(f"{MAIN}dimension")
        if dimension is None:
            return
        try:
            used = corners_of(dimension.get("ref", "A1"))
        except ValueError:  # only a hint
            self.root.remove(dimension)
            return
        first = (min(used.left, column), min(used.top, row))
        last = (max(used.right, column), max(used.bottom, row))
        dimension.set("ref", Corners(*first, *last).address)

    def _free(self, cell: etree._Element, address: str) -> None:
        """Note that the cell's formula goes; cells that share it get a formula of their own."""
        formula = cell.find(f"{MAIN}f")
        if formula is None:
            return
        self.freed.add(address)
        if formula.get("t") != "shared" or not formula.text:
            return
        from openpyxl.formula.translate import Translator

        source = Translator(f"={formula.text}", origin=address)
        for other in self._data.iter(f"{MAIN}f"):
            owner = other.getparent()
            shares = other.get("t") == "shared" and other.get("si") == formula.get("si")
            if shares and not other.text and owner is not None:
                other.text = source.translate_formula(str(owner.get("r")))[1:]
                for name in ("t", "si", "ref"):
                    other.attrib.pop(name, "")


def _column(address: str) -> int:
    return place_of(address)[1]


def _numbered(
    parent: etree._Element, tag: str, number_of: Callable[[str], int]
) -> Iterator[tuple[int, etree._Element]]:
    """Yield rows or cells with their number; one that does not say it follows the one before."""
    number = 0
    for child in parent.iterchildren(tag):
        stored = child.get("r")
        number = number + 1 if stored is None else number_of(stored)
        yield number, child


def _inserted(
    parent: etree._Element,
    tag: str,
    attributes: dict[str, str],
    number: int,
    present: dict[int, etree._Element],
) -> etree._Element:
    """Return a new row or cell, put before the first one of a higher number."""
    element = etree.Element(tag, attributes)
    later = [n for n in present if n > number]
    if later:
        present[min(later)].addprevious(element)
    elif present:
        present[max(present)].addnext(element)
    else:
        parent.insert(0, element)
    return element


def _written(text: str) -> str:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_TEXT:
        raise OutputError(
            f"「{text[:20]}…」は1つのセルに入る長さ({MAX_TEXT:,}文字)を超えています。"
            "文章を短くしてください。"
        )
    return encoded(text)


def _number(value: Decimal) -> str:
    size = abs(float(value)) if value.is_finite() else float("inf")
    if size == float("inf"):
        raise OutputError(f"{value} は数値としてセルに入りません。値を確かめてください。")
    return str(value) if size else "0"
