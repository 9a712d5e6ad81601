"""Rows of keyed tables: they come, go and move; those that stay keep staff's order and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..content.blocks import DataTable, TableCell
from ..content.printed import Place, cell_name, prose_columns, row_name
from ..word.markup import clean
from .bookmark_index import Bookmark, Bookmarks
from .cells import cell_at, cell_text, cells_of, columns_of, is_merged, set_cell_text
from .changes import Change, Kept
from .element_names import TBL, TR, VAL, Element, R, w
from .merged_cells import Groups
from .row_making import RowMaker
from .runs import run_text
from .sentences import state_of
from .widths import as_in

Known = Mapping[str, Place]
Row = tuple[TableCell, ...]


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
        yield from self._prose(known)
        gone, moved = list(self._gone(known)), list(self._moved())
        if not (gone or moved or self.new):
            return
        groups = Groups(self.table, self.element, self._keyed())
        maker = RowMaker(self.table, self.element, self.marks, strong)
        yield from self._arrange(known, maker, gone[0][1] if gone else None, follow=bool(moved))
        yield from moved
        for name, tr in gone:
            label = f"表「{self.table.caption}」の行 {next(iter(_texts(tr)), '')}"
            yield Change(name, label, " / ".join(_texts(tr)), "")
            self.element.remove(tr)
        groups.restore(self._keyed())
        self._describe()

    def _prose(self, known: Known) -> Iterator[Change]:
        """Renew the words from the workbook that staff have left as they were printed."""
        assert self.element is not None
        columns, prose = columns_of(self.table, self.element), sorted(prose_columns(self.table))
        for key, tr in self.present.items():
            row = row_name(self.table, key)
            for j in prose:
                cell = cell_at(tr, columns.get(j))
                if cell is not None and not is_merged(cell):
                    yield from self._words(cell, known[cell_name(row, self.table.columns[j].title)])

    def _words(self, cell: Element, place: Place) -> Iterator[Change]:
        said, old = cell_text(cell), self._memory.get(place.name)
        state = state_of(said, old.text if old else None, place.text)
        if state == "old":
            after = as_in(said, place.text)
            set_cell_text(cell, after)
            yield Change(place.name, place.label, said, after)
        elif state == "both":
            yield Kept(place.name, place.label, said, place.text)

    def _describe(self) -> None:
        """Tell screen readers of the rows there are now."""
        assert self.element is not None
        for told in self.element.iterfind(f"{w('tblPr')}/{w('tblDescription')}"):
            told.set(VAL, " ".join(clean(self.table.description).split()))

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
