"""Rows of keyed tables: they come, go and move; those that stay keep staff's order and words.

A new row has the looks of one beside it; merged cells are put right after rows came and went.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ..content.blocks import MARK, DataTable, TableCell
from ..content.printed import Place, cell_name, prose_columns, row_name
from ..markup import clean
from .bookmark_index import Bookmark, Bookmarks
from .changes import Change, Kept
from .element_names import (
    END,
    P_PR,
    R_PR,
    START,
    TBL,
    TC,
    TC_PR,
    TR,
    TR_PR,
    V_MERGE,
    VAL,
    Element,
    P,
    R,
    new,
    w,
)
from .runs import Emphasis, copied_properties, emphasise, empty, fill, run_text
from .sentences import state_of
from .table_cells import (
    cell_at,
    cell_text,
    cells_of,
    columns_of,
    has_underlines,
    is_merged,
    set_cell_text,
    underline,
)
from .widths import as_in

Known = Mapping[str, Place]
Row = tuple[TableCell, ...]
Rows = Mapping[Element, Row]
_HEADER = w("tblHeader")
_BEFORE_MERGE = frozenset(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge")))


class KeyedTable:
    """A keyed table of the report and its like in a document, with what was last printed there."""

    def __init__(
        self, table: DataTable, marks: Bookmarks, names: Mapping[Element, list[str]], memory: Known
    ) -> None:
        """Find the table by its name, else by one of its rows; ``names`` are those in each row."""
        self.table, self.marks, self._names, self._memory = table, marks, names, memory
        self.rows = dict(zip(table.keys, table.rows, strict=True))
        self.present = {key: tr for key in self.rows if (tr := self._find(key)) is not None}
        self.new = {k for k in self.rows.keys() - self.present if row_name(table, k) not in memory}
        anchors = [marks[table.name].start] if table.name in marks else [*self.present.values()]
        self.element = next(anchors[0].iterancestors(TBL), None) if anchors else None

    def renew(self, known: Known, strong: str) -> Iterator[Change]:
        """Renew the prose, let rows come, go and move, and yield each change.

        ``strong`` is the style id of emphasis, if any.
        """
        if self.element is None:
            return
        yield from self._headings(known)
        yield from self._prose(known)
        gone, moved = list(self._gone(known)), list(self._moved())
        if not (gone or moved or self.new):
            return
        groups = MergedColumns(self.table, self.element, self._keyed())
        maker = RowMaker(self.table, self.element, self.marks, strong)
        yield from self._arrange(known, maker, gone[0][1] if gone else None, follow=bool(moved))
        yield from moved
        for name, tr in gone:
            label = f"表「{self.table.caption}」の行 {next(iter(_texts(tr)), '')}"
            yield Change(name, label, " / ".join(_texts(tr)), "")
            self.element.remove(tr)
        groups.restore(self._keyed())
        self._describe()

    def _headings(self, known: Known) -> Iterator[Change]:
        """Renew the headings that have other words now and staff have left as they were printed."""
        assert self.element is not None
        header = next(self.element.iterchildren(TR), None)
        place, old = known[self.table.name], self._memory.get(self.table.name)
        if header is None or old is None or old.text == place.text:
            return
        free = list(cells_of(header))
        pairs = list(zip(old.text.split("\t"), place.text.split("\t"), strict=False))
        for before, after in pairs if old.text.count("\t") == place.text.count("\t") else ():
            cell = next((each for each in free if cell_text(each) == before.strip()), None)
            if cell is not None:
                free.remove(cell)
                if before != after:
                    set_cell_text(cell, after)
                    yield Change(place.name, f"{place.label}の見出し", before, after)

    def _prose(self, known: Known) -> Iterator[Change]:
        """Renew the words from the workbook that staff have left as they were printed."""
        assert self.element is not None
        columns, prose = columns_of(self.table, self.element), sorted(prose_columns(self.table))
        for key, tr in self.present.items():
            row = row_name(self.table, key)
            for j in prose:
                cell = cell_at(tr, columns.get(j))
                if cell is not None and not is_merged(cell):
                    place = known[cell_name(row, self.table.columns[j].title)]
                    yield from self._words(cell, place, self.rows[key][j])

    def _words(self, cell: Element, place: Place, wanted: TableCell) -> Iterator[Change]:
        printed, old = cell_text(cell), self._memory.get(place.name)
        state = state_of(printed, old.text if old else None, place.text)
        if state == "old":
            after = as_in(printed, place.text)
            set_cell_text(cell, after)
            if has_underlines(self.table):
                underline(cell, wanted)
            yield Change(place.name, place.label, printed, after)
        elif state == "both":
            yield Kept(place.name, place.label, printed, place.text)

    def _describe(self) -> None:
        """Tell screen readers of the rows there are now."""
        assert self.element is not None
        for description in self.element.iterfind(f"{w('tblPr')}/{w('tblDescription')}"):
            description.set(VAL, " ".join(clean(self.table.description).split()))

    def _find(self, key: str) -> Element | None:
        figures = [cell.figure for cell in self.rows[key] if cell.figure]
        found = (
            row_of(self.marks[n]) for n in (row_name(self.table, key), *figures) if n in self.marks
        )
        return next((tr for tr in found if tr is not None), None)

    def _keyed(self) -> dict[Element, Row]:
        return {tr: self.rows[key] for key, tr in self.present.items()}

    def _gone(self, known: Known) -> Iterator[tuple[str, Element]]:
        """Yield the rows of ours that the report has no longer, by name."""
        assert self.element is not None
        kept = set(self.present.values())
        for tr in self.element.iterchildren(TR):
            names = [n for n in self._names.get(tr, ()) if n.startswith(f"{self.table.name}_")]
            if names and tr not in kept and not any(name in known for name in names):
                yield min(names, key=len), tr

    def _moved(self) -> Iterator[Change]:
        """Yield the change of the report's order of rows, unless they stand in one of staff's."""
        assert self.element is not None
        keys = {tr: key for key, tr in self.present.items()}
        here = [keys[tr] for tr in self.element.iterchildren(TR) if tr in keys]
        names = {row_name(self.table, key): key for key in here}
        printed = [names[name] for name in self._memory if name in names]
        if here == printed != list(self.present):
            label = f"表「{self.table.caption}」の行の順"
            orders = (
                "、".join(self.rows[key][0].text for key in each) for each in (here, self.present)
            )
            yield Change(self.table.name, label, *orders)

    def _arrange(
        self, known: Known, maker: RowMaker, model: Element | None, *, follow: bool
    ) -> Iterator[Change]:
        """Insert the rows that are new, each after the one that the report has before it.

        Those that staff have taken out stay out. With ``follow`` all rows are put in the order of
        the report.
        """
        assert self.element is not None
        here = set(self.present.values())
        standing = self.element.iterchildren(TR) if follow else self.present.values()
        first = next((tr for tr in standing if tr in here and tr.getparent() is self.element), None)
        last: Element | None = None
        for key, row in self.rows.items():
            tr, is_new = self.present.get(key), key in self.new
            if is_new:
                beside = last if last is not None else first
                tr = self.present[key] = maker.row(key, row, model if beside is None else beside)
                place = known[row_name(self.table, key)]
                yield Change(place.name, place.label, "", place.text)
            if tr is not None and (is_new or (follow and tr is not first)):
                _put(tr, self.element, last, first)
            if tr is not None and tr.getparent() is self.element:
                last = tr


def _put(tr: Element, table: Element, before: Element | None, after: Element | None) -> None:
    if before is not None:
        before.addnext(tr)
    elif after is not None:
        after.addprevious(tr)
    else:
        table.append(tr)


def names_by_row(marks: Bookmarks) -> dict[Element, list[str]]:
    """Return the names of the places in each table row."""
    found: dict[Element, list[str]] = {}
    for name in marks:
        for mark in marks.all(name):
            tr = row_of(mark)
            if tr is not None:
                found.setdefault(tr, []).append(name)
    return found


def row_of(mark: Bookmark) -> Element | None:
    """Return the table row that a place stands in."""
    return next(mark.start.iterancestors(TR), None)


def _texts(tr: Element) -> list[str]:
    texts = (" ".join("".join(map(run_text, tc.iter(R))).split()) for tc in cells_of(tr))
    return [text for text in texts if text]


class RowMaker:
    """Makes rows for a table of a document whose columns staff may have moved or taken out."""

    def __init__(self, table: DataTable, element: Element, marks: Bookmarks, strong: str) -> None:
        self.table, self.marks, self.strong = table, marks, strong
        self.header = next(element.iterchildren(TR), None)
        self.columns = columns_of(table, element)

    def row(self, key: str, cells: Sequence[TableCell], model: Element | None) -> Element:
        """Return a new row with the texts of ``cells`` and its marks; the header is the last model."""
        model = self.header if model is None else model
        row = new(TR)
        if model is None:
            return row
        for properties in model.iterchildren(TR_PR, w("tblPrEx")):
            row.append(copied_properties(properties, _HEADER))
        places = {self.columns[j]: cell for j, cell in enumerate(cells) if j in self.columns}
        for number, old in enumerate(cells_of(model)):
            row.append(self._cell(old, places.get(number, TableCell(""))))
        self._mark(next(row.iter(P)), row_name(self.table, key))
        return row

    def _cell(self, model: Element, cell: TableCell) -> Element:
        fresh, paragraph, run = new(TC), new(P), new(R)
        for properties in model.iterchildren(TC_PR):
            fresh.append(copied_properties(properties, V_MERGE))
        first = next(model.iter(P), None)
        if first is not None:
            paragraph.extend(copied_properties(p) for p in first.iterchildren(P_PR))
            looks = (look for each in first.iter(R) for look in each.iterchildren(R_PR))
            run.extend(copied_properties(look) for look in list(looks)[:1])
        fresh.append(paragraph)
        if cell.text:
            paragraph.append(run)
            fill(run, cell.text)
            if self.strong:
                emphasise(run, Emphasis(self.strong, cell.bold))
        if has_underlines(self.table):
            underline(fresh, cell)
        if cell.figure:
            self._mark(paragraph, cell.figure)
        return fresh

    def _mark(self, paragraph: Element, name: str) -> None:
        """Lay a bookmark around what stands in a paragraph."""
        number = self.marks.free_id()
        at = 1 if paragraph.find(P_PR) is not None else 0
        paragraph.insert(at, new(START, id=number, name=MARK + name))
        paragraph.append(new(END, id=number))


class MergedColumns:
    """The merged columns of a table, and what their cells said before any row changed."""

    def __init__(self, table: DataTable, element: Element, rows: Rows) -> None:
        self._element = element
        self._columns = columns_of(table, element)
        merged = {j for row in table.rows for j, cell in enumerate(row) if cell.merge}
        merged |= {j for tr in rows for j in self._columns if self._is_merged(j, tr)}
        self._columns = {j: at for j, at in self._columns.items() if j in merged}
        self._printed = {j: dict(self._read(j, rows)) for j in self._columns}

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
        printed = (self._printed[column].get(tr, "") for tr, _ in group)
        text = next(filter(None, printed), rows[group[0][0]][column].text)
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
