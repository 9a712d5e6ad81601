"""Merged cells of a keyed table, put right after rows came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from ..content.blocks import DataTable, TableCell
from .cells import cell_at, cell_text, columns_of, is_merged, set_cell_text
from .element_names import TC_PR, TR, V_MERGE, VAL, Element, R, new, w
from .runs import empty

Rows = Mapping[Element, tuple[TableCell, ...]]
_BEFORE_MERGE = frozenset(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge")))


class Groups:
    """The merged columns of a table, and what their cells said before any row changed."""

    def __init__(self, table: DataTable, element: Element, rows: Rows) -> None:
        self._element = element
        self._columns = columns_of(table, element)
        merged = {j for row in table.rows for j, cell in enumerate(row) if cell.merge}
        merged |= {j for tr in rows for j in self._columns if self._is_merged(j, tr)}
        self._columns = {j: at for j, at in self._columns.items() if j in merged}
        self._said = {j: dict(self._read(j, rows)) for j in self._columns}

    def restore(self, rows: Rows) -> None:
        """Merge the cells of neighbouring rows of one group; its words are staff's if they changed."""
        for column in self._columns:
            for _, group in groupby(self._cells(column, rows), key=lambda found: found[1]):
                self._join(column, list(group), rows)

    def _cells(self, column: int, rows: Rows) -> Iterator[tuple[Element, object]]:
        """Yield every row of the table with its group; a row of staff's own is one by itself."""
        for tr in self._element.iterchildren(TR):
            yield tr, (rows[tr][column].text if tr in rows else tr)

    def _cell(self, column: int, tr: Element) -> Element | None:
        return cell_at(tr, self._columns[column])

    def _is_merged(self, column: int, tr: Element) -> bool:
        cell = self._cell(column, tr)
        return cell is not None and is_merged(cell)

    def _read(self, column: int, rows: Rows) -> Iterator[tuple[Element, str]]:
        text = ""
        for tr in self._element.iterchildren(TR):
            cell = self._cell(column, tr)
            if cell is not None:
                text = text if _continues(cell) else cell_text(cell)
            if tr in rows:
                yield tr, text

    def _join(self, column: int, group: list[tuple[Element, object]], rows: Rows) -> None:
        cells = [cell for tr, _ in group if (cell := self._cell(column, tr)) is not None]
        if group[0][0] not in rows or not cells:
            return
        said = (self._said[column].get(tr, "") for tr, _ in group)
        text = next(filter(None, said), rows[group[0][0]][column].text)
        _merge(cells[0], "restart" if len(cells) > 1 else "")
        if cell_text(cells[0]) != text:
            set_cell_text(cells[0], text)
        for cell in cells[1:]:
            _merge(cell, "continue")
            empty(list(cell.iter(R)))


def _continues(cell: Element) -> bool:
    merge = cell.find(f"{TC_PR}/{V_MERGE}")
    return merge is not None and merge.get(VAL, "continue") == "continue"


def _merge(cell: Element, kind: str) -> None:
    properties = cell.find(TC_PR)
    if properties is None:
        properties = new(TC_PR)
        cell.insert(0, properties)
    for old in properties.findall(V_MERGE):
        properties.remove(old)
    if kind:
        at = sum(child.tag in _BEFORE_MERGE for child in properties)
        properties.insert(at, new(V_MERGE, val=kind))
