"""Looks of the sheets: one place for colours, fonts and number formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from unicodedata import east_asian_width

from ...domain.plan import Indicator
from ...domain.sentences import AGGREGATES

FONT: Final = "BIZ UDPゴシック"
NAVY, RULE_GREY = "#1F4E79", "#A6A6A6"
HEAD_FILL, LABEL_FILL, INPUT_FILL, ROUND_FILL = "#DDE8F3", "#F3F6FA", "#FFFBE6", "#FFF0B3"
LINK_BLUE: Final = "#0B5CAD"
ROUND_HEAD: Final = {"bg_color": "#FFD34F", "font_color": "#5B2C00", "bold": True}
GOOD, BAD, DOUBT, WAIT = (
    {"bg_color": "#DDF0E0", "font_color": "#1B5E33", "bold": True},
    {"bg_color": "#F9DFDD", "font_color": "#9C1C12"},
    {"bg_color": "#F6B26B", "font_color": "#5B2C00", "bold": True},
    {"bg_color": "#EDEDED", "font_color": "#595959"},
)
FAIR: Final = {"bg_color": "#E3EEF8", "font_color": "#1F4E79", "bold": True}
POOR: Final = {"bg_color": "#FDEFD9", "font_color": "#7A4B00"}
"""Of grades between the best, which look as 達成, and the worst, which look as 未達成."""
WRONG: Final = {"bg_color": "#F4A6A0", "font_color": "#7A0F08", "bold": True}
ODD: Final = {"bg_color": "#FFC266", "font_color": "#5B2C00"}

TALLEST: Final = 409.0
"""Points: no row of Excel is taller."""

_BASE: Final[Mapping[str, Any]] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_BOX: Final[Mapping[str, Any]] = {"border": 1, "border_color": RULE_GREY}
_LABEL: Final[Mapping[str, Any]] = {
    "bg_color": LABEL_FILL,
    "text_wrap": True,
    "align": "left",
    "indent": 1,
}
_LINK: Final[Mapping[str, Any]] = {"font_color": LINK_BLUE, "underline": 1}
_INPUT: Final[Mapping[str, Any]] = {"bg_color": INPUT_FILL, "locked": False}

STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "plain": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "title": {"font_size": 16, "bold": True, "font_color": NAVY},
    "subtitle": {"font_size": 10, "font_color": "#404040"},
    "sample": {"font_size": 12, "bold": True, "font_color": "#9C1C12"},
    "section": {
        "font_size": 12,
        "bold": True,
        "font_color": NAVY,
        "bottom": 2,
        "bottom_color": NAVY,
    },
    "link": {**_LINK, "valign": "top"},
    "head": {**_BOX, "bold": True, "bg_color": HEAD_FILL, "text_wrap": True, "align": "center"},
    "text": {**_BOX, "text_wrap": True, "align": "left", "indent": 1},
    "centre": {**_BOX, "align": "center"},
    "closed": {**_BOX, "align": "center", **WAIT},
    "unit": {**_BOX, "align": "center", "shrink": True},
    "id": {**_BOX, "align": "center", "bg_color": LABEL_FILL, "shrink": True},
    "label": {**_BOX, **_LABEL},
    "label_link": {**_BOX, **_LABEL, **_LINK},
    "cell_link": {**_BOX, **_LINK, "align": "center", "shrink": True},
    "verdict": {**_BOX, "align": "center", "bold": True},
    "number": {**_BOX, "align": "right", "num_format": "#,##0", "shrink": True},
    "percent": {**_BOX, "align": "right", "num_format": '0.0"%";△0.0"%"', "shrink": True},
    "input": {**_BOX, **_INPUT, "text_wrap": True, "align": "left", "indent": 1},
    "choice": {**_BOX, **_INPUT, "align": "center", "shrink": True},
    "input_number": {**_BOX, **_INPUT, "align": "right", "num_format": "#,##0", "shrink": True},
    "legend_input": {**_BOX, "bg_color": INPUT_FILL, "align": "center", "shrink": True},
    "legend_round": {**_BOX, "bg_color": ROUND_FILL, "align": "center", "shrink": True},
}


def number_format(indicator: Indicator) -> str:
    """Return the number format of an indicator's values, △ for negative ones.

    Decimals beyond its own are shown when they are there. The unit has a column.
    """
    return unit_format("", indicator.decimals)


def judged_format(indicator: Indicator) -> str:
    """Return the number format of the value that is judged: 「合計 830」 where values are joined."""
    word = AGGREGATES.get(indicator.aggregate)
    return unit_format("", indicator.decimals, before=f"{word} " if word else "")


def unit_format(unit: str, decimals: int = 0, before: str = "") -> str:
    """Return the number format of so many decimals, with the unit behind and △ before negatives."""
    digits = "#,##0" + (f".{'0' * decimals}##" if decimals else "")
    behind = '"' + unit.replace('"', "") + '"' if unit else ""
    word = f'"{before}"' if before else ""
    return f"{word}{digits}{behind};{word}△{digits}{behind}"


def pixels(width: float) -> int:
    """Return how wide a column of so many characters is on the screen at 100 %."""
    return int(width * 7 + 5)


def height(texts: Iterable[tuple[str, float]], *, least: int = 1, line: float = 13.5) -> float:
    """Return the row height that shows every (text, column width) whole, as far as Excel's rows go;
    Japanese counts double.
    """
    lines = least
    for text, width in texts:
        needed = 0
        for part in text.split("\n"):
            size = sum(2 if east_asian_width(c) in "WFA" else 1 for c in part)
            needed += max(1, -int(-size // max(1.0, width - 3)))
        lines = max(lines, needed)
    return min(lines * line + 5, TALLEST)


class Styles:
    """Formats of one XlsxWriter workbook, made once per look."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, name: str, **more: Any) -> Any:
        """Return the format called ``name``, with ``more`` properties on top."""
        properties = {**_BASE, **STYLES[name], **more}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def conditional(self, properties: Mapping[str, Any]) -> Any:
        """Return a format for a conditional colour: only what differs from the cell's own."""
        key = (("conditional", True), *sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(properties))
        return self._made[key]
