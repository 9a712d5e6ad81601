"""次の総合戦略: a new master that begins where the records of the plan before ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.plan import Indicator, Plan
from ..domain.shown import show, show_baseline
from ..domain.succession import Ended, Succession, Successor, succession
from ..errors import AsoError, DefinitionError
from ..exchange.cell_values import Value
from ..exchange.split import master_of
from ..strategies.definition import Definition, examine_tables
from ..strategies.revised_tables import indicator_tables
from ..workbook.build.template import build
from ..workbook.write.own_sheet import OwnSheet
from ..workbook.write.writing import apply

SHEET, TABLE = "前期の実績", "前期の実績表"
HEADS: Final = (
    *("新しい番号", "新しい指標", "単位", "前期の番号", "前期の指標"),
    *("前期の最後の実績", "実績の年度", "前期の判定", "新しい基準値", "扱い"),
)
BEGUN, ENDED = "前期にない指標です", "続く指標が新しい総合戦略にありません"
_WIDTHS: Final = (11, 34, 8, 11, 34, 16, 11, 18, 16, 44)


@dataclass(frozen=True)
class NextStrategy:
    """The master of a new plan, and what of the plan before (of ``before``) goes on in it.

    ``notes`` are sentences on what staff have to know.
    """

    definition: Definition
    package: bytes
    before: Ledger
    succession: Succession
    notes: tuple[str, ...]


def next_strategy(definition: Definition, master: Path) -> NextStrategy:
    """Return the master of a new plan after the one of a workbook.

    Baselines that the definition leaves empty are the last confirmed values, as a proposal that a
    sheet lists. Raise AsoError for a workbook that the plan cannot follow on, DefinitionError where
    a value cannot be a baseline.
    """
    ledger = master_of(master)
    _refuse(ledger, definition.plan, master.name)
    last = max(ledger.records)
    found = succession(definition.plan, ledger, last)
    filled = _filled(definition, found, ledger.plan)
    sheet = OwnSheet(
        SHEET,
        TABLE,
        HEADS,
        tuple(_rows(found, filled.plan)),
        _WIDTHS,
        lines=(
            f"{ledger.plan.title}({last.label}の確定の記録)から続く指標です。",
            "定義に基準値が書かれていない指標には、前期の最後の実績を案として入れました。"
            "総合戦略で決めた値と違うときは、定義に書いて作り直してください。",
        ),
    )
    package = apply(build(filled), (), (), [sheet], definition.plan.short_title)
    return NextStrategy(filled, package, ledger, found, tuple(_notes(ledger, last)))


def _refuse(ledger: Ledger, new: Plan, name: str) -> None:
    """Raise AsoError for a workbook of another municipality, of no earlier plan, or without records."""
    old = ledger.plan
    if old.municipality != new.municipality:
        raise AsoError(
            f"{name} は{old.municipality}のブックで、定義は{new.municipality}のものです。"
            "同じ市町村の、前の総合戦略のブックを指定してください。"
        )
    if old.id == new.id:
        raise AsoError(
            f"{name} は、同じ総合戦略(番号 {new.id})のブックです。計画の途中の見直しは revise で行います。"
            "次の総合戦略なら、定義の番号(id)を別のものにしてください。"
        )
    if new.period[0] <= old.period[0]:
        raise AsoError(
            f"{name} の「{old.short_title}」({old.period[0]}～{old.period[1]})は、"
            f"「{new.short_title}」({new.period[0]}～{new.period[1]})より前の総合戦略ではありません。"
            "前の総合戦略のブックを指定してください。"
        )
    if not ledger.records:
        raise AsoError(
            f"{name} には、確定した年度がありません。年度の確定を行ってから、もう一度作ってください。"
        )


def _filled(definition: Definition, found: Succession, old: Plan) -> Definition:
    """Return the definition with the offered values as baselines, each with a note that says so."""
    raw = json.loads(definition.text)
    offered = {each.new.id: each for each in found.offered}
    for table in indicator_tables(raw):
        if each := offered.get(table["id"]):
            table.update(_baseline(each, old))
    made, findings = examine_tables(raw, definition.entries, definition.plan.short_title)
    if findings:
        raise DefinitionError(findings=findings)
    return made


def _baseline(each: Successor, old: Plan) -> Iterator[tuple[str, str]]:
    assert each.last and each.old
    note = f"基準値は、{old.short_title}の{each.last.year}の実績({each.old.id})による案です。"
    yield "baseline", format(each.last.value, "f")
    yield "baseline_year", str(each.last.year)
    yield "note", each.new.note + note


def _rows(found: Succession, new: Plan) -> Iterator[tuple[Value, ...]]:
    for each in found.successors:
        now, old = new.by_id[each.new.id], each.old
        yield (
            *(now.id, now.name, now.unit or None),
            *((old.id, old.name) if old else (None, None)),
            *_last(now, each),
            *(show_baseline(now) or None, each.treatment.value),
        )
    nothing = (None,) * 5
    for own in found.begun:
        baseline = show_baseline(own) or None
        yield (own.id, own.name, own.unit or None, *nothing, baseline, BEGUN)
    for gone in found.ended:
        old = gone.old
        yield (None, None, old.unit or None, old.id, old.name, *_last(old, gone), None, ENDED)


def _last(shown: Indicator, each: Successor | Ended) -> tuple[Value, Value, Value]:
    """Return the last value as an indicator shows it, its year, and how it was judged."""
    verdict = each.judged.verdict if each.judged else None
    if each.last is None:
        return None, None, verdict
    return show(shown, each.last.value), str(each.last.year), verdict


def _notes(ledger: Ledger, last: FiscalYear) -> Iterator[str]:
    """Yield that the last round of the plan before is not confirmed yet, where that is so."""
    final = ledger.plan.rounds[-1]
    if last != final:
        yield (
            f"「{ledger.plan.short_title}」の最後の評価年度({final.label})は、まだ確定していません。"
            f"{last.label}の記録によりました。"
        )
