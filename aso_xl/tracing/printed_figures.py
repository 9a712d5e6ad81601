"""Every figure that a document prints, in its order: where it stands, what it says, of what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from ..domain.numerals import format_number
from ..report.content.blocks import (
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    LinkedText,
    NoteLine,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Piece,
    Reference,
    Styled,
    TableOfContents,
    Underlined,
)
from ..report.content.origins import Origin
from ..report.content.printed import row_head, row_name
from ..report.reissue.cover_words import word_of

SENTENCE, TABLE, VERDICTS, CHART, NOTE = "文", "表", "評価表", "図", "注"
WORD: Final = "ひな形"
_AROUND: Final = 14
"""Letters of a sentence that are shown before its figure."""


@dataclass(frozen=True)
class PrintedFigure:
    """A figure in a document: the headings above it, the block, row and column in which it stands.

    ``name`` is the one by which re-issuing finds it, ``within`` that of its row or sentence; a cell of words from
    the workbook has no name. Without an ``origin`` nobody knows where it comes from.
    """

    heading: str
    place: str
    row: str
    item: str
    text: str
    origin: Origin | None
    name: str = ""
    within: str = ""

    @property
    def label(self) -> str:
        """Return where it stands, in words."""
        return " ".join(filter(None, (self.place, self.row, self.item)))


def printed_figures(document: Document) -> Iterator[PrintedFigure]:
    """Yield the figures of all blocks: named ones, words from cells, what is drawn, and notes."""
    above: dict[int, str] = {}
    for block in document.blocks():
        if isinstance(block, Heading | EvaluationTable):
            level, text = (
                (block.level, block.text) if isinstance(block, Heading) else (2, block.title)
            )
            above = {each: words for each, words in above.items() if each < level}
            above[level] = " ".join(text.split())
        yield from _figures(block, " › ".join(above.values()))


def printed_words(document: Document, name: str) -> Iterator[PrintedFigure]:
    """Yield the figure that a base document prints in a place of this name, if it is one."""
    if origin := document.origins.get(word := word_of(name)):
        text = document.words[word]
        yield PrintedFigure("", WORD, f"{{{{{word}}}}}", "", text, origin, name)


def _figures(block: Block, heading: str) -> Iterator[PrintedFigure]:
    match block:
        case Paragraph(text, _, name):
            if not isinstance(text, str):
                yield from _in_sentence(text, heading, name)
        case EvaluationTable():
            yield from _in_evaluation(block, heading)
        case DataTable():
            yield from _in_table(block, heading)
        case Chart():
            yield from _in_chart(block, heading)
        case Notes(lines, name):
            for line in lines:
                if _has_digit(line):
                    origin = line.origin if isinstance(line, NoteLine) else None
                    yield PrintedFigure(heading, NOTE, "", "", line, origin, name)
        case Heading() | Picture() | TableOfContents() | PageBreak():
            return
        case _:
            assert_never(block)


def _in_sentence(pieces: tuple[Piece, ...], heading: str, within: str) -> Iterator[PrintedFigure]:
    said = ""
    for piece in pieces:
        match piece:
            case Figure(name, text):
                if text:
                    before = f"{said[-_AROUND:]}[ ]"
                    about = (heading, SENTENCE, before, "", text, piece.origin, name, within)
                    yield PrintedFigure(*about)
                said += text
            case Reference():
                said += "…"
            case Styled(text=text) | LinkedText(text=text) | Underlined(text=text):
                said += text
            case str():
                said += piece
            case _:
                assert_never(piece)


def _in_evaluation(table: EvaluationTable, heading: str) -> Iterator[PrintedFigure]:
    for line in table.headlines:
        statement = " ".join(line.statement.split())
        yield PrintedFigure(
            heading, VERDICTS, statement, "結果", line.result, line.origin, line.figure
        )
    if table.kpi_line is not None:
        yield PrintedFigure(
            heading, VERDICTS, "KPI", "達成率", table.kpi_line, table.origin, table.figure
        )


def _in_table(table: DataTable, heading: str) -> Iterator[PrintedFigure]:
    place = f"{TABLE}「{table.caption}」"
    titles = [" ".join(column.title.split()) for column in table.columns]
    keys = table.keys or ("",) * len(table.rows)
    for key, row in zip(keys, table.rows, strict=True):
        head, within = row_head(row), row_name(table, key) if key else table.name
        for title, cell in zip(titles, row, strict=True):
            if cell.text and (cell.figure or cell.origin):
                yield PrintedFigure(
                    heading, place, head, title, cell.text, cell.origin, cell.figure, within
                )


def _in_chart(chart: Chart, heading: str) -> Iterator[PrintedFigure]:
    place = f"{CHART}「{chart.caption}」"
    origins = chart.origins or (None,) * len(chart.categories)
    for at, (category, origin) in enumerate(zip(chart.categories, origins, strict=True)):
        drawn = [
            f"{series.name} {format_number(value, chart.decimals, chart.unit)}"
            for series in chart.series
            if (value := series.values[at]) is not None
        ]
        if drawn:
            yield PrintedFigure(heading, place, category, "", "、".join(drawn), origin, chart.name)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
