"""What came of split, status, merge, diff and undo, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..console import Align, cut, grid, pad, paragraphs
from ..exchange.cell_values import shown
from ..job_words import merge_counts, merge_errors, merge_remarks, merge_sheets, place, split_made
from ..workbook.layout import CAME_HEAD, CONFLICTS, NOW_HEAD, SENT_HEAD

if TYPE_CHECKING:
    from ..exchange.diff import Comparison
    from ..exchange.merge_files import MergeResult
    from ..exchange.split import Split
    from ..exchange.status import Status
    from ..jobs import Undone

_STATUS_HEADS: Final = (
    *("担当課", "依頼", "入力済み", "施策", "エラー", "状態", "提出日時", "提出ファイル"),
)
_STATUS_ALIGNS: Final[tuple[Align, ...]] = ("left", *("right",) * 4, "left", "left", "left")
_MOST: Final = 20
"""Changes listed one by one in the terminal; the sheets hold them all."""


def split_lines(made: Split) -> Iterator[str]:
    """Yield the workbooks that were made, and what no department has."""
    yield split_made(made)
    for each in made.workbooks:
        counts = f"指標 {len(each.part.indicators)}、施策 {len(each.part.measures)}"
        yield f"  {pad(each.part.department, 20)}  {pad(counts, 18)}  {each.path.name}"
    yield from (f"  {note}" for note in made.notes)
    if made.unassigned:
        yield "  担当課が決まっていない指標は、未割当のブックに入れました。"
        yield f"    {'、'.join(made.unassigned)}"


def status_lines(status: Status, master: Path) -> Iterator[str]:
    """Yield a table of the departments, and what could not be used."""
    from ..exchange.status import LABELS, State

    yield f"{master.name}({status.round.label}の評価)の回収状況"
    rows = [
        (
            *(d.name, str(d.asked), str(d.filled), f"{d.measures_filled}/{d.measures}"),
            *(str(d.errors), LABELS[d.state], d.submitted, cut(d.file or "", 40)),
        )
        for d in status.departments
    ]
    yield from grid([_STATUS_HEADS, *rows], _STATUS_ALIGNS)
    missing = sum(d.state is State.MISSING for d in status.departments)
    yield f"  {len(status.departments)}課のうち、未提出は {missing}課です。"
    if status.deadlines:
        yield f"  期限は {'、'.join(status.deadlines)} です。"
    yield from (f"  {each.failed}" for each in status.failed)
    yield from (f"  {note}" for note in status.notes)


def merge_lines(result: MergeResult) -> Iterator[str]:
    """Yield what was read, taken in, left open and refused, and where it was saved."""
    yield from paragraphs(_merge_lines(result), 4)


def _merge_lines(result: MergeResult) -> Iterator[str]:
    yield f"{sum(each.submission is not None for each in result.files)}件のブックを読みました。"
    yield from (f"  {line}" for line in merge_remarks(result))
    yield merge_counts(result)
    yield merge_errors(result)
    for a in result.merged.applied[:_MOST]:
        yield f"  {place(a.key)}: {shown(a.before)} → {shown(a.after)}({a.file})"
        for issue in result.flags.get((a.key, a.file), ()):
            yield f"    {issue.finding}{issue.remedy}"
    for c in result.open_conflicts[:_MOST]:
        yield (
            f"  {CONFLICTS} {place(c.key)}: {SENT_HEAD} {shown(c.base)}、"
            f"{NOW_HEAD} {shown(c.master)}、{CAME_HEAD} {shown(c.submitted)}({c.file})"
        )
    for r in result.rejected[:_MOST]:
        where = " ".join(filter(None, (r.id, r.label, r.round)))
        yield f"  受け付けず {where}: {shown(r.value)}({r.file})。{r.reason}。"
    if result.output is None:
        yield "マスターに変更はありません。"
        return
    yield f"{result.output} に保存しました。"
    yield from (f"  {line}" for line in merge_sheets(result))


def diff_lines(comparison: Comparison, one: Path, other: Path) -> Iterator[str]:
    """Yield what two workbooks say differently, and what stands in one of them only."""
    from ..exchange.diff import KINDS

    yield from (f"A: {one}", f"B: {other}", f"違い {len(comparison.differences)}件")
    lines = (
        f"  {KINDS[d.kind]} {' '.join(filter(None, (d.id, d.label, d.round)))}: "
        f"{shown(d.one)} → {shown(d.other)}"
        for d in comparison.differences
    )
    yield from paragraphs(lines, 4)
    yield from paragraphs((f"  {note}" for note in comparison.notes), 4)
    for ids, name in ((comparison.only_one, "A"), (comparison.only_other, "B")):
        if ids:
            yield from paragraphs([f"  {name} だけにあるもの: {'、'.join(ids)}"], 4)


def undo_lines(undone: Undone, master: Path) -> Iterator[str]:
    """Yield what was brought back, and where what stood there is kept."""
    yield f"{master} を {undone.restored.kept.name} の状態に戻しました。"
    yield (
        f"  戻す前のブックは {undone.kept} にあります。"
        "もう一度 undo を行うと、そのブックに戻ります。"
    )
