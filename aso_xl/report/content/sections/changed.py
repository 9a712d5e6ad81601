"""What changed since the round before: in a sentence, and indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ....domain.ledger import Ledger
from ....domain.outlook import Changes, CountChange, Shift
from ....domain.plan import KIND_LABELS, Plan
from ..blocks import Block, Figure, Heading, Notes, Paragraph, Reference, TableCell
from ..origins import Aspect, OfChange, OfCount, OfIndicators, Origin, of
from .by_part import by_part
from .corrections import corrected_before
from .lists import ListColumn, list_table, more_for_two, number_width
from .names import row_key
from .wording import dated_target, numbers_of, percent, targets_cell, value_and_verdict

_TARGET: Final[tuple[Aspect, ...]] = ("target",)
_VALUE: Final[tuple[Aspect, ...]] = ("actual", "result")


def compared(changes: Changes, *, rates: bool = True) -> Iterator[str | Figure]:
    """Yield how the counts, and the ``rates``, of what was judged in both rounds moved."""
    yield f"前回({changes.round.label})と比べると、"
    if changes.kpi:
        yield "両年度とも判定したKPI"
        yield Figure("say_kpi_both", f"{changes.kpi.total}項目", OfChange("items", changes.kpi))
        yield "では、達成は"
        yield Figure("say_kpi_moved", moved(changes.kpi), OfChange("achieved", changes.kpi))
        yield "。"
        if rates and (moved_rate := _rate_moved(changes.kpi)):
            yield "達成率は"
            yield Figure("say_rate_moved", moved_rate, OfChange("points", changes.kpi))
            yield "。"
    if changes.headline:
        yield "同じく数値目標" if changes.kpi else "両年度とも判定した数値目標"
        items = OfChange("items", changes.headline)
        yield Figure("say_headline_both", f"{changes.headline.total}項目", items)
        yield "では、" if changes.kpi else "では、達成は"
        achieved = OfChange("achieved", changes.headline)
        yield Figure("say_headline_moved", moved(changes.headline), achieved)
        yield "。"
    if changes.blank:
        yield "なお、前回は"
        origin = OfCount("items", lambda: changes.blanks)
        yield Figure("say_blank_before", f"{changes.blank}項目", origin)
        yield "が未入力です。"


def moved(change: CountChange) -> str:
    """Return how many were achieved before and are now: 「1項目から3項目に2項目増えました」."""
    before, now = change.before.achieved, change.now.achieved
    if before == now:
        return f"{now}項目のままです"
    verb = "増えました" if now > before else "減りました"
    return f"{before}項目から{now}項目に{abs(now - before)}項目{verb}"


def _rate_moved(change: CountChange) -> str:
    if change.points is None:
        return ""
    before, now = percent(change.before.rate), percent(change.now.rate)
    if change.points == 0:
        return f"{now}のままです"
    verb = "上がりました" if change.points > 0 else "下がりました"
    return f"{before}から{now}に{abs(change.points)}ポイント{verb}"


def shifted(changes: Changes) -> Iterator[str | Figure]:
    """Yield how many indicators became 達成 and how many are no longer, in a sentence."""
    if not (changes.gained or changes.lost):
        yield "前回から達成状況が変わった指標はありません。"
        return
    yield "新たに達成となった指標は"
    yield Figure("say_gained", _counted(changes, changes.gained), _of(changes, changes.gained))
    yield "、達成ではなくなった指標は"
    yield Figure("say_lost", _counted(changes, changes.lost), _of(changes, changes.lost))
    yield "です。"


def _of(changes: Changes, shifts: Sequence[Shift]) -> Origin:
    """Return the origin of how many indicators are judged otherwise than before."""
    every = changes.kpi or changes.headline
    if not shifts and every:
        return OfChange("items", every)
    return OfIndicators(tuple(a for s in shifts for a in (s.before, s.now)), ("result",))


def _counted(changes: Changes, shifts: Sequence[Shift]) -> str:
    """Return how many figures, each once, and how many of them are 数値目標 and KPIs.

    「12件(数値目標1件、KPI12件、うち1件は両方)」; of one kind alone 「2件」.
    """
    kinds = [{indicator.kind for indicator in shift.now.indicators} for shift in shifts]
    if not (shifts and changes.headline and changes.kpi):
        return f"{len(shifts)}件"
    parts = [
        f"{KIND_LABELS[kind]}{number}件"
        for kind in KIND_LABELS
        if (number := sum(kind in each for each in kinds))
    ]
    both = sum(len(each) > 1 for each in kinds)
    parts += [f"うち{both}件は両方"] if both else []
    return f"{len(shifts)}件({'、'.join(parts)})"


def changed(ledger: Ledger, changes: Changes) -> Iterator[Block]:
    """Yield the indicators that became 達成 or are no longer."""
    yield Heading("前回から変わった指標", 2)
    shifts = (*changes.gained, *changes.lost)
    corrected = Notes(corrected_before(ledger, changes.round), "changed_corrected")
    if not shifts:
        yield Paragraph(tuple(shifted(changes)))
        yield corrected
        return
    yield Paragraph((*shifted(changes), "内訳は、", Reference("changed"), "のとおりです。"))
    yield list_table(
        f"前回({changes.round.label})から達成状況が変わった指標",
        _columns(ledger.plan, shifts),
        shifts,
        "新たに達成となった指標、次いで達成ではなくなった指標の、目標値と、前回と今回の実績値。",
        "changed",
        tuple(row_key(shift.now) for shift in shifts),
    )
    yield corrected


def _targets(shift: Shift) -> str:
    """Return the target, that of the round before as well where that is another."""
    now = targets_cell(shift.now)
    aims = [[part.judged_as for part in each.parts] for each in (shift.before, shift.now)]
    if aims[0] == aims[1]:
        return now
    before = by_part(shift.before, lambda part: dated_target(part, part.judged_as), "\n")
    return f"{before}→\n{now}"


def _columns(plan: Plan, shifts: Sequence[Shift]) -> tuple[ListColumn[Shift], ...]:
    width = number_width(shift.now for shift in shifts)
    return (
        ListColumn("番号", width, "center", lambda s: TableCell(numbers_of(plan, s.now))),
        ListColumn(
            "指標", 50 - more_for_two(plan), "left", lambda s: TableCell(s.now.indicator.name)
        ),
        ListColumn(
            *("目標値", 34 + more_for_two(plan), "right"),
            lambda s: _figure(s, "target", _targets(s), OfIndicators((s.before, s.now), _TARGET)),
        ),
        ListColumn(
            *("前回", 36, "right"),
            lambda s: _figure(s, "before", value_and_verdict(s.before), of(s.before, *_VALUE)),
        ),
        ListColumn(
            *("今回", 36, "right"),
            lambda s: _figure(s, "now", value_and_verdict(s.now), of(s.now, *_VALUE)),
        ),
    )


def _figure(shift: Shift, field: str, text: str, origin: Origin) -> TableCell:
    return TableCell(text, figure=f"changed_{row_key(shift.now)}_{field}", origin=origin)
