"""新旧対照表: what a revision of the strategy changed, side by side, the changed parts underlined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ....domain.amending import Amendment, PlanRevision, revision_for, revisions_of
from ....domain.clauses import WHOLE, Clause, clauses_of
from ....domain.fields import REVISED, RULE, TARGET
from ....domain.ledger import Ledger
from ....domain.numerals import FiscalYear
from ....domain.plan import KIND_LABELS, Goal, Indicator, Measure, Plan
from ..blocks import Block, DataTable, NoteLine, Notes, Paragraph, TableCell, Underlined
from ..origins import OfCells, OfRules, Origin
from ..underlining import differing
from .lists import ListColumn, list_table
from .names import key
from .wording import UNWRITTEN

NEW, GONE = "（新設）", "（削除）"
NEVER: Final = "この総合戦略は、まだ改訂されていません。"
_NOTES: Final = (
    "備考1　改訂した部分は、下線の部分です。",
    "備考2　改訂のない基本目標、施策、指標は、記載を省略しています。",
)
_COUNTED: Final = "数値目標", "KPI", "施策", "基本目標"


def amendments(ledger: Ledger, round_: FiscalYear, made_on: str) -> Iterator[Block]:
    """Yield the table of the revision that belongs to a round, with what was changed in numbers."""
    revision = revision_for(ledger, round_)
    if revision is None:
        yield Paragraph(NEVER)
        return
    if made_on:
        yield Paragraph(f"{ledger.plan.municipality}　{made_on}")
    yield Paragraph(_lead(revision))
    yield _table(ledger.plan, revision)
    lines = (*_NOTES, *_others(ledger, revision))
    yield Notes(tuple(NoteLine(line, OfRules()) for line in lines), f"amend_{revision.since}_notes")


def is_revised(ledger: Ledger) -> bool:
    """Return whether the workbook knows of a revision."""
    return bool(revisions_of(ledger))


def title_of(ledger: Ledger, round_: FiscalYear) -> str:
    """Return what stands above the table: 「新旧対照表(令和9年度から適用)」."""
    revision = revision_for(ledger, round_)
    return "新旧対照表" + (f"({revision.since.label}から適用)" if revision else "")


def _lead(revision: PlanRevision) -> str:
    """Return how many of each kind were changed, and from when on it holds."""
    kinds = [_kind(each.after or each.before) for each in revision.amendments]
    counts = [f"{kind}{kinds.count(kind)}件" for kind in _COUNTED if kind in kinds]
    new = sum(each.before is None for each in revision.amendments)
    gone = sum(each.after is None for each in revision.amendments)
    among = [f"新設{new}件"] * bool(new) + [f"削除{gone}件"] * bool(gone)
    what = "、".join(counts) + (f"(うち{'、'.join(among)})" if among else "")
    about = f"改訂したのは、{what}です。" if counts else ""
    return (
        f"「{revision.after.title}」を次のように改訂し、"
        f"{revision.since.label}の評価から適用します。{about}"
    )


def _kind(clause: Clause | None) -> str:
    match clause:
        case Indicator(kind=kind):
            return KIND_LABELS[kind]
        case Measure():
            return "施策"
        case Goal():
            return "基本目標"
        case Plan() | None:
            return WHOLE


def _table(plan: Plan, revision: PlanRevision) -> DataTable:
    def both(each: Amendment) -> tuple[TableCell, ...]:
        return tuple(replace(cell, origin=_of(plan, each)) for cell in _both(each))

    return list_table(
        f"新旧対照表({revision.since.label}から適用)",
        (
            ListColumn("区分", 24, "left", lambda each: TableCell(_place(each, revision))),
            ListColumn("改訂後", 44, "left", lambda each: both(each)[1]),
            ListColumn("改訂前", 44, "left", lambda each: both(each)[0]),
            ListColumn("理由", 32, "left", lambda each: TableCell(each.reason or UNWRITTEN)),
        ),
        revision.amendments,
        "改訂したところの、改訂後と改訂前の記載、改訂の理由。",
        f"amend_{revision.since}",
        tuple(_key(each, revision) for each in revision.amendments),
    )


def _of(plan: Plan, amendment: Amendment) -> Origin:
    """Return the origin of what is said of a clause: its cells, else the definition alone."""
    id_ = amendment.id
    if isinstance(amendment.after, Indicator) and id_ in plan.by_id:
        return OfCells(tuple((id_, field) for field in (TARGET, RULE, REVISED)))
    return OfRules()


def _both(amendment: Amendment) -> tuple[TableCell, TableCell]:
    """Return the cells 改訂前 and 改訂後; what is new or gone is underlined as a whole."""
    old, new = "\n".join(amendment.old), "\n".join(amendment.new)
    if amendment.before is None:
        return TableCell(NEW), TableCell(new, pieces=(Underlined(new),))
    if amendment.after is None:
        return TableCell(old, pieces=(Underlined(old),)), TableCell(GONE)
    gone, came = differing(old, new)
    return TableCell(old, pieces=gone), TableCell(new, pieces=came)


def _place(amendment: Amendment, revision: PlanRevision) -> str:
    """Return where in the strategy it stands: 「基本目標1」 over 「施策3」 and 「KPI」."""
    clause = amendment.after or amendment.before
    plan = revision.after if amendment.after else revision.before
    match clause:
        case Indicator():
            measure = plan.measure_of(clause)
            above = [f"施策{measure.printed_number}"] if measure else []
            goal = next(each for each in plan.goals if each.number == clause.goal)
            return "\n".join((goal.printed_number, *above, KIND_LABELS[clause.kind]))
        case Measure():
            goal = next(each for each in plan.goals if each.number == clause.goal)
            return f"{goal.printed_number}\n施策{clause.printed_number}"
        case Goal():
            return clause.printed_number
        case Plan() | None:
            return WHOLE


def _key(amendment: Amendment, revision: PlanRevision) -> str:
    """Return the key of a row; what is gone may have left its number to another."""
    match amendment.after or amendment.before:
        case Goal(number=number):
            own = f"goal_{number}"
        case Plan() | None:
            own = "plan"
        case _:
            own = key(amendment.id)
    is_taken = amendment.after is None and amendment.id in clauses_of(revision.after)
    return f"{own}_old" if is_taken else own


def _others(ledger: Ledger, revision: PlanRevision) -> tuple[str, ...]:
    others = [each.since.label for each in revisions_of(ledger) if each.since != revision.since]
    return (f"備考3　ほかに、{'、'.join(others)}からの改訂があります。",) if others else ()
