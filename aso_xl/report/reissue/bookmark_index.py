"""Where the named places stand in a document that people and programs have edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple

from ..content.blocks import MARK
from .element_names import END, ID, NAME, START, Element, P, R
from .runs import is_deleted, run_text

_FULL_STOP: Final = "。"
_SEEN: Final = (P, R, START, END)


class _Point(NamedTuple):
    """A start or end of a place, how many runs stand before it, and the number of its paragraph."""

    anchor: Element
    runs: int
    paragraph: int


@dataclass(frozen=True)
class Bookmark:
    """A named place: its bookmark and, in order, the paragraphs and all runs that it spans."""

    name: str
    start: Element
    end: Element
    paragraphs: tuple[Element, ...]
    runs: tuple[Element, ...]

    @property
    def shown(self) -> tuple[Element, ...]:
        """Return the runs that are printed, without those whose deletion is tracked."""
        return tuple(run for run in self.runs if not is_deleted(run))

    @property
    def is_deleted(self) -> bool:
        """Return whether everything that stood here has been deleted with changes tracked."""
        return bool(self.runs) and not self.shown


class Bookmarks:
    """The named places of one part, found in one pass; a bookmark without an end is none."""

    def __init__(self, root: Element) -> None:
        self._runs: list[Element] = []
        self._paragraphs: list[Element] = []
        self._numbers: dict[Element, int] = {}
        self._by_name: dict[str, list[Bookmark]] = {}
        self._taken: set[str] = set()
        self._numbering = count(1)
        self._doubled: list[tuple[Element, Element]] = []
        self._index(root)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __getitem__(self, name: str) -> Bookmark:
        """Return the first place of a name. Raise KeyError."""
        return self._by_name[name][0]

    def all(self, name: str) -> Iterable[Bookmark]:
        """Return every place of a name: a careless copy may have doubled it."""
        return self._by_name.get(name, ())

    def free_id(self) -> str:
        """Return an id that no bookmark has."""
        free = next(n for n in map(str, self._numbering) if n not in self._taken)
        self._taken.add(free)
        return free

    def mend(self) -> None:
        """Make one of two starts of a place: LibreOffice writes one twice and ends the second."""
        for first, second in self._doubled:
            parent = second.getparent()
            if parent is not None:
                first.set(ID, second.get(ID) or "")
                parent.remove(second)
        self._doubled.clear()

    def _index(self, root: Element) -> None:
        begun: dict[str, _Point] = {}
        first: dict[str, _Point] = {}
        for element in root.iter(*_SEEN):
            if element.tag == R:
                self._runs.append(element)
            elif element.tag == P:
                self._numbers[element] = len(self._paragraphs)
                self._paragraphs.append(element)
            elif element.tag == START:
                self._taken.add(element.get(ID) or "")
                name = element.get(NAME) or ""
                if name.startswith(MARK):
                    point = begun[element.get(ID) or ""] = self._point(element, ahead=True)
                    first.setdefault(name, point)
            elif found := begun.pop(element.get(ID) or "", None):
                start = first.pop(found.anchor.get(NAME) or "", found)
                if start is not found:
                    self._doubled.append((start.anchor, found.anchor))
                self._add(start, self._point(element, ahead=False))

    def _point(self, anchor: Element, *, ahead: bool) -> _Point:
        """Return where an anchor stands; between paragraphs, in the one ahead or the one behind."""
        paragraph = paragraph_of(anchor)
        between = len(self._paragraphs) - (0 if ahead else 1)
        number = between if paragraph is None else self._numbers[paragraph]
        return _Point(anchor, len(self._runs), number)

    def _add(self, start: _Point, end: _Point) -> None:
        runs = (*self._runs[start.runs : end.runs], *_left_behind(start.anchor, end.anchor))
        spanned = trimmed(self._paragraphs[start.paragraph : end.paragraph + 1], runs)
        if spanned:
            name = (start.anchor.get(NAME) or "").removeprefix(MARK)
            self._by_name.setdefault(name, []).append(
                Bookmark(name, start.anchor, end.anchor, spanned, runs)
            )


def trimmed(paragraphs: list[Element], runs: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return the paragraphs without those at either end in which nothing of the place stands.

    Programs move an end to the start of the next paragraph, and a start to the end of the last.
    """
    with_runs = {paragraph_of(run) for run in runs}
    filled = [number for number, each in enumerate(paragraphs) if each in with_runs]
    if not filled:
        return tuple(paragraphs[:1])
    return tuple(paragraphs[filled[0] : filled[-1] + 1])


def _left_behind(start: Element, end: Element) -> tuple[Element, ...]:
    """Return the full stop behind a mark of whole paragraphs: saving again, LibreOffice may end the
    mark one character early.
    """
    behind = tuple(end.itersiblings(R))
    is_whole = next(start.itersiblings(R, preceding=True), None) is None
    return behind if is_whole and "".join(map(run_text, behind)) == _FULL_STOP else ()


def paragraph_of(element: Element) -> Element | None:
    """Return the paragraph that an element stands in; None outside of any."""
    return next(element.iterancestors(P), None)
