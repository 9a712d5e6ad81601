"""Rows of keyed tables: they come and go; those that stay keep their order and staff's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..blocks import Cell, DataTable
from ..markup import clean
from .changes import Change
from .groups import Groups
from .marks import Mark, Marks
from .printed import Place, row_name
from .row_making import RowMaker, cells_of
from .runs import run_text
from .tags import TBL, TR, VAL, Element, R, w

Row = tuple[Cell, ...]


class KeyedTable:
    """A keyed table of the report and its like in a document."""

    def __init__(self, table: DataTable, marks: Marks, names: Mapping[Element, list[str]]) -> None:
        """Find the table by its name, else by one of its rows; ``names`` are those in each row."""
        self.table, self.marks, self._names = table, marks, names
        self.rows = dict(zip(table.keys, table.rows, strict=True))
        self.present = {key: tr for key in self.rows if (tr := self._find(key)) is not None}
        anchors = [marks[table.name].start] if table.name in marks else [*self.present.values()]
        self.element = next(anchors[0].iterancestors(TBL), None) if anchors else None

    def renew(self, known: Mapping[str, Place], strong: str) -> Iterator[Change]:
        """Let rows come and go, and yield each. ``strong`` is the style id of emphasis, if any."""
        if self.element is None:
            return
        gone = list(self._gone(known))
        if not gone and self.present.keys() == self.rows.keys():
            return
        groups = Groups(self.table, self.element, self._keyed())
        maker = RowMaker(self.table, self.element, self.marks, strong)
        yield from self._add(known, maker, gone[0][1] if gone else None)
        for name, tr in gone:
            label = f"表「{self.table.caption}」の行 {next(iter(_texts(tr)), '')}"
            yield Change(name, label, " / ".join(_texts(tr)), "")
            self.element.remove(tr)
        groups.restore(self._keyed())
        self._describe()

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

    def _gone(self, known: Mapping[str, Place]) -> Iterator[tuple[str, Element]]:
        """Yield the rows of ours that the report has no longer, by name."""
        assert self.element is not None
        kept = set(self.present.values())
        for tr in self.element.iterchildren(TR):
            names = [n for n in self._names.get(tr, ()) if n.startswith(f"{self.table.name}_")]
            if names and tr not in kept and not any(name in known for name in names):
                yield min(names, key=len), tr

    def _add(
        self, known: Mapping[str, Place], maker: RowMaker, model: Element | None
    ) -> Iterator[Change]:
        """Insert the rows that are not there, each after the one that the report has before it."""
        assert self.element is not None
        here = [tr for tr in self.present.values() if tr.getparent() is self.element]
        first, last = (here[0] if here else None), None
        for key, row in self.rows.items():
            tr = self.present.get(key)
            if tr is None:
                beside = last if last is not None else first
                tr = self.present[key] = maker.row(key, row, model if beside is None else beside)
                _put(tr, self.element, last, first)
                place = known[row_name(self.table, key)]
                yield Change(place.name, place.label, "", place.text)
            if tr.getparent() is self.element:
                last = tr


def _put(tr: Element, table: Element, before: Element | None, after: Element | None) -> None:
    if before is not None:
        before.addnext(tr)
    elif after is not None:
        after.addprevious(tr)
    else:
        table.append(tr)


def names_by_row(marks: Marks) -> dict[Element, list[str]]:
    """Return the names of the places in each table row."""
    found: dict[Element, list[str]] = {}
    for name in marks:
        for mark in marks.all(name):
            tr = row_of(mark)
            if tr is not None:
                found.setdefault(tr, []).append(name)
    return found


def row_of(mark: Mark) -> Element | None:
    """Return the table row that a place stands in."""
    return next(mark.start.iterancestors(TR), None)


def _texts(tr: Element) -> list[str]:
    texts = (" ".join("".join(map(run_text, tc.iter(R))).split()) for tc in cells_of(tr))
    return [text for text in texts if text]
