"""The sheets that a revision leaves in the new master: 改訂の内容 and 引き継げなかった値."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..defining.overview import KIND_WORDS, in_words
from ..domain.amending import reason_of
from ..exchange.cell_values import Value
from ..workbook.layout import LEFT, LEFT_TABLE, NOTE_HEADS, REVISION, REVISION_TABLE
from ..workbook.write.own_sheet import OwnSheet
from ..workbook.write.sheet_cells import can_hold
from .left_behind import LeftBehind
from .revised_plan import RevisedPlan

Rows = tuple[tuple[Value, ...], ...]

_ABOUT: Final = ("総合戦略の改訂で変わったものです。新しい改訂から順に並べています。",)
_HOW_TO_MEND: Final = (
    "総合戦略を改訂したときに、新しいブックに置く所がなかった値です。「理由」を確かめ、必要な値は元のシートに"
    "自分で入力してください。前のブックは「履歴」フォルダーにあります。",
)
_BEGINNING: Final = 1000


def revision_rows(revised: RevisedPlan, at: str) -> Rows:
    """Return the rows of 改訂の内容."""
    found = list(in_words(revised.changes, *revised.compared))
    return tuple(
        (
            *(at, str(revised.since), KIND_WORDS[kind], each.of, each.name),
            *(each.value or None, each.before or None, each.after or None),
            reason_of(revised.plan.by_id.get(each.of), revised.since) or revised.reason or None,
        )
        for kind in KIND_WORDS
        for each in found
        if each.kind == kind
    )


def left_rows(left: Iterable[LeftBehind], at: str) -> Rows:
    """Return the rows of 引き継げなかった値."""
    return tuple(
        (
            *(at, each.sheet, each.cell, each.id or None, each.label or None, each.round),
            *(_listed(each.value), each.reason),
        )
        for each in left
    )


def sheets(revisions: Rows, left: Rows) -> Iterator[OwnSheet]:
    """Yield the sheets that have something to say."""
    widths: tuple[int, ...]
    if revisions:
        heads, widths = NOTE_HEADS[REVISION_TABLE], (19, 8, 13, 12, 30, 16, 30, 30, 30)
        yield OwnSheet(REVISION, REVISION_TABLE, heads, revisions, widths, lines=_ABOUT)
    if left:
        heads, widths = NOTE_HEADS[LEFT_TABLE], (19, 16, 9, 10, 14, 8, 34, 46)
        yield OwnSheet(LEFT, LEFT_TABLE, heads, left, widths, lines=_HOW_TO_MEND)


def _listed(value: Value) -> Value:
    """Return a value as a list shows it; of what no cell can hold, its first letters."""
    return value if can_hold(value) else f"{str(value)[:_BEGINNING]}…"
