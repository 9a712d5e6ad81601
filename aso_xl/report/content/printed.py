"""What a report prints in its named places: name → text, and words by which staff find the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, assert_never

from ..markup import clean
from .blocks import (
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    LinkedText,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Piece,
    Reference,
    Styled,
    TableCell,
    TableOfContents,
    Text,
    Underlined,
)
from .naming import is_prose

Kind = Literal["heading", "prose", "figure", "notes", "table", "row", "cell", "chart"]
BLOCKS: Final = frozenset({"heading", "prose", "notes", "table", "chart"})
"""Kinds of places that are whole blocks."""

_REFERENCE: Final = re.compile("\ue000.*?\ue001")
_SHOWN: Final = 12
"""Letters of a sentence that are shown on either side of its figure."""


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: the text printed there and its label (「表「…」 1-01-1 実績値」).

    ``within`` names the row or table that it stands in. ``strong`` says whether the text is
    emphasised; None: that never depends on the figures. Notes have ``lines``, a paragraph each,
    charts a ``height`` in mm. The text of a table is its headings. A ``cell`` is prose in a keyed
    table; no bookmark has its name.
    """

    name: str
    text: str
    label: str
    kind: Kind
    within: str = ""
    strong: bool | None = None
    lines: tuple[str, ...] = ()
    height: int = 0


def places(document: Document, *, figures: bool = True) -> Mapping[str, Place]:
    """Return every named place of the document by name, in its order; the figures of its tables,
    most of them all, only on request.
    """
    found: dict[str, Place] = {}
    heading = ""
    for block in document.blocks():
        if isinstance(block, Heading | EvaluationTable):
            heading = block.text if isinstance(block, Heading) else block.title
        found.update((place.name, place) for place in _places(block, heading, figures))
    return found


def literal(text: Text) -> str:
    """Return what a sentence says without its figures; of a reference, to what it refers."""
    if isinstance(text, str):
        return clean(text)
    return clean("".join(map(_literal, text)))


def _literal(piece: Piece) -> str:
    match piece:
        case str():
            return piece
        case Figure():
            return ""
        case Reference(name):
            return refers(name)
        case Styled(text) | LinkedText(text) | Underlined(text):
            return text
        case _:
            assert_never(piece)


def refers(name: str) -> str:
    """Return what stands for a reference to a caption in the `literal` text of a sentence."""
    return f"\ue000{name}\ue001"


def shown(text: str) -> str:
    """Return a literal text as it is told to staff."""
    return _REFERENCE.sub("…", text)


def row_name(table: DataTable, key: str) -> str:
    """Return the name of the row of a key."""
    return f"{table.name}_{key}"


def cell_name(row: str, title: str) -> str:
    """Return the name of a cell of prose: its row and the heading of its column."""
    return f"{row}/{' '.join(title.split())}"


def row_text(row: Sequence[TableCell]) -> str:
    """Return a row as it is told to staff: its cells on one line."""
    return " / ".join(" ".join(cell.text.split()) for cell in row if cell.text.strip())


def prose_columns(table: DataTable) -> frozenset[int]:
    """Return the columns of a keyed table in which prose stands: no figures, no merged cells."""
    merged = {j for row in table.rows for j, cell in enumerate(row) if cell.merge or cell.figure}
    return frozenset(range(len(table.columns))) - merged


def _places(block: Block, heading: str, figures: bool) -> Iterator[Place]:
    match block:
        case Heading(text, _, name):
            if name:
                yield Place(name, clean(text), f"見出し「{_cut(text)}」", "heading")
        case Paragraph(text, _, name):
            if name:
                said = literal(text)
                yield Place(name, said, f"「{heading}」の文「{_cut(shown(said))}」", "prose")
            yield from _in_sentence(text, heading)
        case Notes(lines, name):
            if name:
                own = tuple(line for each in lines for line in clean(each).split("\n"))
                kind: Kind = "prose" if is_prose(name) else "notes"
                yield Place(name, "\n".join(own), f"「{heading}」の注", kind, lines=own)
        case EvaluationTable():
            yield from _in_evaluation(block)
        case DataTable():
            yield from _in_table(block, figures)
        case Chart(name, caption):
            told, height = block.description, block.height
            yield Place(name, told, f"図「{caption}」", "chart", height=height)
        case Picture() | TableOfContents() | PageBreak():
            return
        case _:
            assert_never(block)


def _in_sentence(text: Text, heading: str) -> Iterator[Place]:
    if isinstance(text, str):
        return
    said = [p if isinstance(p, str) else "…" if isinstance(p, Reference) else p.text for p in text]
    for at, part in enumerate(text):
        if isinstance(part, Figure):
            before = "".join(said[:at])[-_SHOWN:]
            after = "".join(said[at + 1 :])[:_SHOWN]
            label = f"「{heading}」の文「{before}[ ]{after}」"
            yield Place(part.name, clean(part.text), label, "figure")


def _in_evaluation(table: EvaluationTable) -> Iterator[Place]:
    for line in table.headlines:
        if line.figure:
            label = f"「{table.title}」 数値目標「{_cut(line.statement)}」の結果"
            yield Place(line.figure, clean(line.result), label, "figure", strong=line.is_achieved)
    if table.figure and table.kpi_line is not None:
        label = f"「{table.title}」 KPI"
        yield Place(table.figure, clean(table.kpi_line), label, "figure")


def _in_table(table: DataTable, figures: bool) -> Iterator[Place]:
    where = f"表「{table.caption}」"
    if table.name:
        heads = "\t".join(clean(column.title) for column in table.columns)
        yield Place(table.name, heads, where, "table")
    prose = prose_columns(table)
    titles = [" ".join(column.title.split()) for column in table.columns]
    for key, row in zip(table.keys or ("",) * len(table.rows), table.rows, strict=True):
        within, head = table.name, row_head(row)
        if key:
            within = row_name(table, key)
            yield Place(within, row_text(row), f"{where}の行 {head}", "row", table.name)
        for j, (title, cell) in enumerate(zip(titles, row, strict=True)):
            label = f"{where} {head} {title}"
            if cell.figure and figures:
                yield Place(
                    cell.figure, clean(cell.text), label, "figure", within, strong=cell.bold
                )
            elif key and j in prose:
                name = cell_name(within, title)
                yield Place(name, clean(cell.text), label, "cell", within)


def row_head(row: Sequence[TableCell]) -> str:
    """Return the words that tell a row from the others: its first text that is no figure.

    Of a row whose first cell continues the one above, what stands there as well.
    """
    texts = [cell.text for cell in row if cell.text and not cell.figure and not cell.merge]
    above = [cell.text for cell in row[:1] if cell.merge]
    return " ".join(map(_cut, (*above, *texts[:1])))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 2 * _SHOWN else text[: 2 * _SHOWN - 1] + "…"
