"""Reading texts of cells in XML: shared strings, and those that stand in the cells themselves."""

from __future__ import annotations

from typing import Final

from ...office.xml_stream import TooMuch, tags
from ..escapes import decoded
from .cell_looks import font_mark
from .rich_text import FontEffect, Run
from .stored_cells import Text

MOST_TEXTS: Final = 1_000_000
TEXT_TAGS: Final = tags("si", "t", "r", "rPr", "strike", "vertAlign", "rPh")


class TextBuilder:
    """Builds one text from its elements; phonetics (ふりがな) are no part of it."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._runs: list[Run] = []
        self._mark: FontEffect | None = None
        self._pieces: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "t":
                self._in_text = not self._phonetic
            case "r":
                self._mark = None
            case "rPr":
                self._mark = FontEffect.NONE
            case "strike" | "vertAlign":
                mark = font_mark(tag, attributes)
                if mark and self._mark is not FontEffect.STRUCK:
                    self._mark = mark
            case "rPh":
                self._phonetic = True

    def end(self, tag: str) -> None:
        match tag:
            case "t" if self._in_text:
                self._in_text = False
                self._runs.append(Run("".join(self._pieces), self._mark))
                self._pieces = []
            case "r":
                self._mark = None
            case "rPh":
                self._phonetic = False

    def text(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)

    def built(self) -> Text:
        """Return the text; its runs only where one has a font that matters, or hides the cell's."""
        runs = self._runs
        if len(runs) == 1 and runs[0].mark is None:
            return decoded(runs[0].text)
        if all(run.mark is None for run in runs):
            return decoded("".join(run.text for run in runs))
        return tuple(Run(decoded(run.text), run.mark) for run in runs)


class SharedTexts:
    """Takes in the part of the shared strings; ``texts`` are then those by their number."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self._one = TextBuilder()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = TEXT_TAGS.get(name, "")
        if tag == "si":
            self._one.clear()
        elif tag:
            self._one.start(tag, attributes)

    def end(self, name: str) -> None:
        tag = TEXT_TAGS.get(name, "")
        if tag == "si":
            if len(self.texts) >= MOST_TEXTS:
                raise TooMuch
            self.texts.append(self._one.built())
        elif tag:
            self._one.end(tag)

    def text(self, data: str) -> None:
        self._one.text(data)
