"""The workbook 根拠一覧: a row for every printed figure, and one for every indicator, with links."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from ..domain.cells import Cell
from ..domain.settings import SAMPLE_WORDS
from ..exchange.list_workbook import A3, List, PlaceLink, Row, Value, write
from .cell_words import by_sheet, first_in_words
from .evidence import Basis, Evidence, IndicatorEvidence, Tracer

FIGURES, INDICATORS = "根拠一覧", "指標ごとの根拠"
_BASIS: Final = (
    "シート",
    "セル",
    "資料",
    "担当課",
    "届いたファイル",
    "届いた日時",
    "判定方法",
    "計算",
)
_BASIS_WIDTHS: Final = (11, 22, 20, 12, 18, 12, 9, 54)
_PLACE, _PLACE_WIDTHS = ("文書", "見出し", "場所", "行", "項目", "印字"), (10, 22, 24, 20, 11, 18)
CURRENT: Final = "いまのブック"
INDICATOR_HEADS: Final = ("番号", "指標", "評価値", "判定", *_BASIS)
INDICATOR_WIDTHS: Final = (9, 34, 16, 12, *_BASIS_WIDTHS)


def write_evidence(
    stream: BinaryIO,
    about: str,
    evidence: Iterable[Evidence],
    indicators: Iterable[IndicatorEvidence],
    workbook: str,
) -> None:
    """Write the workbook; ``about`` stands under its titles, ``workbook`` is how links name it.

    A document's figures that are others by now stand beside what the workbook says.
    """
    every = tuple(evidence)
    compared = any(each.current is not None for each in every)
    heads = (*_PLACE, *(CURRENT,) * compared, *_BASIS)
    widths = (*_PLACE_WIDTHS, *(18,) * compared, *_BASIS_WIDTHS)
    rows = (_row(each, workbook, compared=compared) for each in every)
    lists = (
        List(FIGURES, about, heads, widths, rows, A3),
        List(
            INDICATORS,
            about,
            INDICATOR_HEADS,
            INDICATOR_WIDTHS,
            (_indicator(each, workbook) for each in indicators),
            A3,
        ),
    )
    write(stream, *lists)


def about(tracer: Tracer, workbook: Path) -> str:
    """Return the line under the titles: which workbook, which round, confirmed when and by whom."""
    line = f"{workbook.name}　{tracer.round.label}の評価"
    record = tracer.ledger.records.get(tracer.round)
    if record:
        line += f"　確定 {record.at} {record.by}(値は確定記録のもの)"
    return f"{line}　{SAMPLE_WORDS}" if tracer.made_of.settings.sample else line


def as_linked(workbook: Path, target: Path) -> str:
    """Return how a file at ``target`` names the workbook in links: by the way from its folder."""
    folder = target.resolve().parent
    try:
        return os.path.relpath(workbook.resolve(), folder)
    except ValueError:  # on another drive
        return str(workbook.resolve())


def _row(evidence: Evidence, workbook: str, *, compared: bool) -> Row:
    figure = evidence.figure
    where = (evidence.document, figure.heading, figure.place, figure.row, figure.item)
    current = (evidence.current or "",) * compared
    return (*where, figure.text, *current, *_basis(evidence.basis, workbook))


def _indicator(each: IndicatorEvidence, workbook: str) -> Row:
    achievement = each.achievement
    name = achievement.indicator.name
    return (each.number, name, each.value, achievement.verdict, *_basis(each.basis, workbook))


def _basis(basis: Basis, workbook: str) -> Sequence[Value]:
    return (
        "、".join(by_sheet(basis.cells)),
        _link(basis.cells, workbook),
        *(basis.source, basis.department, basis.file, basis.at, basis.rule, basis.arithmetic),
    )


def _link(cells: Sequence[Cell], workbook: str) -> Value:
    """Return the cells, leading to the first of them."""
    if not cells:
        return ""
    sheets = by_sheet(cells)
    words = first_in_words(cells, with_sheets=len(sheets) > 1)
    if "#" in workbook:  # what follows it would be taken for a place
        return words
    first = next(iter(sheets.values()))[0]
    sheet = cells[0].sheet.replace("'", "''")
    return PlaceLink(words, f"external:{workbook}#'{sheet}'!{first}")
