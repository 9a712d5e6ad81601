"""What a report prints in its named places: name → text, and words by which staff find the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..blocks import (
    Block,
    Cell,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Text,
)
from ..markup import clean

Kind = Literal["figure", "notes", "table", "row", "chart"]
_SHOWN: Final = 12
"""Letters of a sentence that are shown on either side of its figure."""


@dataclass(frozen=True)
class Place:
    """A named place: the text printed there and its label (「表「…」 1-01-1 実績値」).

    ``within`` names the row or table that it stands in. ``strong`` says whether the text is
    emphasised; None: that never depends on the figures. Notes have ``lines``, a paragraph each.
    """

    name: str
    text: str
    label: str
    kind: Kind
    within: str = ""
    strong: bool | None = None
    lines: tuple[str, ...] = ()


def places(document: Document) -> Mapping[str, Place]:
    """Return every named place of the document by name, in its order."""
    found: dict[str, Place] = {}
    heading = ""
    for block in document.blocks():
        if isinstance(block, Heading | EvaluationTable):
            heading = block.text if isinstance(block, Heading) else block.title
        found.update((place.name, place) for place in _places(block, heading))
    return found


def row_name(table: DataTable, key: str) -> str:
    """Return the name of the row of a key."""
    return f"{table.name}_{key}"


def row_text(row: Sequence[Cell]) -> str:
    """Return a row as it is told to staff: its cells on one line."""
    return " / ".join(" ".join(cell.text.split()) for cell in row if cell.text.strip())


def _places(block: Block, heading: str) -> Iterator[Place]:
    match block:
        case Paragraph(text):
            yield from _in_sentence(text, heading)
        case Notes(lines, name) if name:
            said = tuple(map(clean, lines))
            yield Place(name, "\n".join(said), f"「{heading}」の注", "notes", lines=said)
        case EvaluationTable():
            yield from _in_evaluation(block)
        case DataTable():
            yield from _in_table(block)
        case Chart(name, caption):
            yield Place(name, block.description, f"図「{caption}」", "chart")


def _in_sentence(text: Text, heading: str) -> Iterator[Place]:
    if isinstance(text, str):
        return
    said = [p.text if isinstance(p, Figure) else p if isinstance(p, str) else "" for p in text]
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
            strong = line.result == ACHIEVED
            yield Place(line.figure, clean(line.result), label, "figure", strong=strong)
    if table.figure and table.kpi_line is not None:
        label = f"「{table.title}」 KPI"
        yield Place(table.figure, clean(table.kpi_line), label, "figure")


def _in_table(table: DataTable) -> Iterator[Place]:
    where = f"表「{table.caption}」"
    if table.name:
        yield Place(table.name, "", where, "table")
    keys = table.keys or ("",) * len(table.rows)
    for key, row in zip(keys, table.rows, strict=True):
        within, head = table.name, _head(row)
        if key:
            within = row_name(table, key)
            yield Place(within, row_text(row), f"{where}の行 {head}", "row", table.name)
        for column, cell in zip(table.columns, row, strict=True):
            if cell.figure:
                label = f"{where} {head} {column.title}"
                text = clean(cell.text)
                yield Place(cell.figure, text, label, "figure", within, cell.bold)


def _head(row: Sequence[Cell]) -> str:
    """Return the words that tell a row from the others: its first text that is no figure."""
    texts = [cell.text for cell in row if cell.text and not cell.figure and not cell.merge]
    return _cut(texts[0]) if texts else ""


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 2 * _SHOWN else text[: 2 * _SHOWN - 1] + "…"


ACHIEVED: Final = "達成"
