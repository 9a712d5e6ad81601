"""The looks of cells in a workbook's styles, as far as they tell what a cell means."""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple

from ....office.xml_stream import Done, tags
from .number_formats import BUILT_IN, GENERAL, is_date, is_duration
from .texts import FontEffect, font_mark

_TAGS: Final = tags(
    "numFmt", "fonts", "font", "strike", "vertAlign", "cellXfs", "xf", "cellStyles", "dxfs"
)


class Look(NamedTuple):
    """A cell's number format, and the mark of its font."""

    number_format: str = GENERAL
    mark: FontEffect = FontEffect.NONE

    @property
    def is_plain(self) -> bool:
        return self.number_format == GENERAL and self.mark is FontEffect.NONE

    @property
    def is_date(self) -> bool:
        return is_date(self.number_format)

    @property
    def is_duration(self) -> bool:
        return is_duration(self.number_format)


PLAIN: Final = Look()


class LooksReader:
    """Takes in the part of the styles; ``looks`` are then those of cells by their number."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._fonts: list[FontEffect] = []
        self._cells: list[tuple[str, str]] = []
        self._within = ""
        self._same: dict[tuple[str, str], tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _TAGS.get(name):
            case "xf" if self._within == "cellXfs":
                key = (attributes.get("numFmtId", "0"), attributes.get("fontId", "0"))
                self._cells.append(self._same.setdefault(key, key))
            case "font" if self._within == "fonts":
                self._fonts.append(FontEffect.NONE)
            case ("strike" | "vertAlign") as tag if self._within == "fonts" and self._fonts:
                mark = font_mark(tag, attributes)
                if mark and self._fonts[-1] is not FontEffect.STRUCK:
                    self._fonts[-1] = mark
            case "numFmt" if not self._within:
                self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case ("fonts" | "cellXfs") as tag:
                self._within = tag
            case "cellStyles" | "dxfs":
                raise Done

    def end(self, name: str) -> None:
        if _TAGS.get(name) == self._within:
            self._within = ""

    def text(self, data: str) -> None:
        pass

    @cached_property
    def looks(self) -> list[Look]:
        made = {key: self._look(*key) for key in self._same}
        return [made[key] for key in self._cells]

    def _look(self, format_id: str, font_id: str) -> Look:
        known = self._formats.get(format_id)
        if known is None:
            known = BUILT_IN.get(int(format_id) if format_id.isdecimal() else 0, GENERAL)
        font = int(font_id) if font_id.isdecimal() else 0
        mark = self._fonts[font] if font < len(self._fonts) else FontEffect.NONE
        return Look(known or GENERAL, mark)
