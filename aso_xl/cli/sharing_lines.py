"""What came of split, status, merge, diff and undo, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..console import Align, cut, grid, pad, paragraphs
from ..exchange.cell_values import shown
from ..job_words import (
    merge_counts,
    merge_errors,
    merge_remarks,
    merge_sheets,
    place,
    reminders_made,
    split_made,
    status_remarks,
)
from ..workbook.layout import CAME_HEAD, CONFLICTS, NOW_HEAD, SENT_HEAD

if TYPE_CHECKING:
    from ..exchange.diff import Comparison
    from ..exchange.merge_files import MergeResult
    from ..exchange.reminders import Reminders
    from ..exchange.split import Split
    from ..exchange.standing import Standing
    from ..exchange.status import Status
    from ..jobs.masters import Undone

_STATUS_HEADS: Final = (
    *("担当課", "状態", "遅れ", "入力済み", "施策", "エラー"),
    *("提出日時", "確認", "統合・差戻し", "提出ファイル"),
)
_STATUS_ALIGNS: Final[tuple[Align, ...]] = ("left", "left", *("right",) * 4, *("left",) * 4)
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
    """Yield the board of the departments, and what could not be used."""
    from ..exchange.board import tally

    yield f"{master.name}({status.round.label}の評価)の回収状況"
    yield from grid([_STATUS_HEADS, *map(_standing, status.departments)], _STATUS_ALIGNS)
    yield f"  {tally(status)}"
    if status.deadlines:
        yield f"  期限は {'、'.join(status.deadlines)} です。"
    yield from (f"  {each.failed}" for each in status.failed)
    yield from paragraphs((f"  {note}" for note in status.notes), 4)
    yield from paragraphs((f"  {line}" for line in status_remarks(status)), 4)


def _standing(each: Standing) -> tuple[str, ...]:
    from ..exchange.standing import LABELS

    slip = each.slip
    signed = " ".join((slip.by, str(slip.on or ""))).strip() if slip and slip.is_confirmed else ""
    return (
        *(each.name, LABELS[each.state], f"{each.late}日" if each.late else ""),
        *(f"{each.filled}/{each.asked}", f"{each.measures_filled}/{each.measures}"),
        *(
            str(each.errors),
            each.submitted,
            signed,
            each.returned or each.merged,
            cut(each.file or "", 40),
        ),
    )


def reminder_lines(made: Reminders) -> Iterator[str]:
    """Yield where the mails to those who are late are, and what is to be known of them."""
    yield reminders_made(made)
    yield from (f"  {path.name}" for path in made.texts.values())
    yield from paragraphs((f"  {note}" for note in made.notes), 4)


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
