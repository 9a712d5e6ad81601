"""The rows of the sheet 改訂: what a revision of the strategy changed, put to its indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from . import sheets
from .book import BookCell, BookRow
from .cell_values import text_of
from .figures import Printed, read_printed

_FIGURES: Final = ("baseline", "target")

Say = Callable[[str, BookCell, str, str], None]


class RevisionRows:
    """Puts revisions to the tables of ``indicators``; ``places`` are the rows by entry."""

    def __init__(self, indicators: dict[str, dict[str, Any]], say: Say) -> None:
        self.indicators, self._say = indicators, say
        self.places: dict[str, tuple[str, BookRow]] = {}

    def put(self, rows: Iterable[tuple[BookRow, dict[str, Any]]]) -> None:
        """Put each row to the indicator that it names; complain of one that names none."""
        for row, written in rows:
            id_ = written.pop("id", "")
            if (indicator := self.indicators.get(id_)) is None:
                if not row["id"].flaw:
                    message = f"「{sheets.INDICATORS}」にある番号を書いてください"
                    self._say(sheets.REVISIONS, row["id"], id_, message)
                continue
            self._figures(row, written, id_, indicator.get("unit", ""))
            revised = indicator.setdefault("revised", [])
            revised.append(written)
            for which in (f"の {len(revised)} 番目", written.get("from")):
                self.places[f"{id_} revised {which}"] = (sheets.REVISIONS, row)

    def _figures(self, row: BookRow, written: dict[str, Any], id_: str, unit: str) -> None:
        """Put printed figures as numbers, with the rule, year and words they bring."""
        for key in _FIGURES:
            text = text_of(row[key]) if written.pop(key, None) is not None else ""
            if not text:
                continue
            figure = read_printed(text, unit)
            if message := _problem(figure, key, unit):
                self._say(sheets.REVISIONS, row[key], id_, message)
                continue
            written[key] = figure.value
            if figure.rule:
                written.setdefault("rule", figure.rule)
            if figure.year:
                written.setdefault(f"{key}_year", figure.year)


def _problem(figure: Printed, key: str, unit: str) -> str:
    if figure.problem:
        return figure.problem
    if figure.value is None:
        head = next(each.head for each in sheets.REVISION_COLUMNS if each.key == key)
        return f"{head}「{figure.word}」は数値で書いてください"
    if figure.unit and unit and figure.unit != unit:
        return f"単位「{figure.unit}」が、指標の単位「{unit}」と違います。直してください"
    return ""
