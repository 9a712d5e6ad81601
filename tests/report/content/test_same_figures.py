"""A figure that stands under two numbers is listed once, under both; counts stay those of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from builders import R7, R8, R9, indicator, ledger_of, third

from aso_xl.domain.outlook import changes, late, near, without_pace
from aso_xl.domain.plan import Actual, Goal, Indicator, Measure, Plan, Same
from aso_xl.domain.settings import ReportKind, Settings
from aso_xl.domain.summary import Summary, summarize
from aso_xl.report.content.blocks import Chart, DataTable, Document, Figure, Notes, Paragraph
from aso_xl.report.content.documents import report
from aso_xl.report.content.sections.glossary import glossary

TWINS = ("2-H4", "2-02-1")
BOTH = "2-H4・\n2-02-1"


def evaluated(values: Mapping[str, str], plan: Plan | None = None, round_=R9) -> Summary:  # type: ignore[no-untyped-def]
    found = {id_: {round_: Actual(Decimal(value))} for id_, value in values.items()}
    return summarize(plan or third(), found, round_, Settings(round_))


def ids(achievements: object) -> list[tuple[str, ...]]:
    return [tuple(i.id for i in a.indicators) for a in achievements]  # type: ignore[attr-defined]


def test_near_names_both_numbers_and_the_rate_of_the_kpi() -> None:
    """6,260,264 → 6,500,000: 6,470,000 has done 87.4 % of the way."""
    summary = evaluated(dict.fromkeys(TWINS, "6470000"))
    (found,) = near(summary, Settings(R9))
    assert ids([found.achievement]) == [TWINS]
    count = summary.goals[1].kpi
    assert found.rate == Decimal(1000 // count.total).scaleb(-1)


def test_late_names_both_numbers() -> None:
    assert ids(late(evaluated(dict.fromkeys(TWINS, "6270000")))) == [TWINS]


@pytest.mark.parametrize(
    ("before", "now", "gained", "lost"),
    [
        (("1", "1"), ("6500000", "6500000"), [TWINS], []),
        (("6500000", "6500000"), ("1", "1"), [], [TWINS]),
        (("1", "6500000"), ("6500000", "6500000"), [TWINS[:1]], []),
        (("1", "2"), ("6500000", "6500000"), [TWINS[:1], TWINS[1:]], []),
        (("6500000", "6500000"), ("2", "1"), [], [TWINS[:1], TWINS[1:]]),
    ],
)
def test_what_changed_names_both_numbers_where_they_changed_alike(
    before: tuple[str, str],
    now: tuple[str, str],
    gained: list[tuple[str, ...]],
    lost: list[tuple[str, ...]],
) -> None:
    was = evaluated(dict(zip(TWINS, before, strict=True)), round_=R8)
    found = changes(was, evaluated(dict(zip(TWINS, now, strict=True))))
    assert found
    assert ids(s.now for s in found.gained) == gained
    assert ids(s.now for s in found.lost) == lost
    assert found.kpi and found.headline
    assert (found.kpi.total, found.headline.total) == (1, 1)


def test_different_values_are_listed_each_by_itself() -> None:
    found = late(evaluated({"2-H4": "6270000", "2-02-1": "6280000"}))
    assert ids(found) == [("2-H4",), ("2-02-1",)]


def test_figures_without_a_pace_name_both_numbers_too() -> None:
    kept = {"baseline": Decimal(100), "target": Decimal(100)}
    plan = third()
    goals = tuple(_with(goal, kept) for goal in plan.goals)
    summary = evaluated(dict.fromkeys(TWINS, "90"), replace(plan, goals=goals))
    assert ids(without_pace(summary)) == [TWINS]


def _with(goal: Goal, change: Mapping[str, object]) -> Goal:
    def changed(own: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(replace(i, **change) if i.id in TWINS else i for i in own)  # type: ignore[arg-type]

    measures = tuple(replace(m, kpis=changed(m.kpis)) for m in goal.measures)
    return replace(goal, headlines=changed(goal.headlines), measures=measures)


def test_relations_that_share_a_number_are_one_figure() -> None:
    relations = (Same(("1-01-1", "1-01-3")), Same(("1-01-4", "1-01-2")), Same(("1-01-3", "1-01-2")))
    own = tuple(indicator(id=f"1-01-{n}") for n in range(1, 6))
    goal = Goal(1, "仕事", measures=(Measure(1, 1, "農業", own),))
    plan = replace(third(), goals=(goal,), relations=relations)
    assert plan.same_figures() == (("1-01-1", "1-01-2", "1-01-3", "1-01-4"),)


def made(kind: ReportKind, value: str) -> Document:
    typed = {id_: {str(R8): 6260264.0, str(R9): float(value)} for id_ in TWINS}
    ledger = ledger_of(third(), typed)
    return report(replace(ledger, settings=replace(ledger.settings, round=R9)), R9, kind)


def said(document: Document) -> dict[str, str]:
    texts = (b.text for b in document.blocks() if isinstance(b, Paragraph))
    pieces = (piece for text in texts if not isinstance(text, str) for piece in text)
    return {piece.name: piece.text for piece in pieces if isinstance(piece, Figure)}


def rows(document: Document, name: str) -> list[list[str]]:
    tables = {b.name: b for b in document.blocks() if isinstance(b, DataTable)}
    return [[cell.text for cell in row] for row in tables[name].rows]


@pytest.mark.parametrize("kind", [ReportKind.ANNUAL, ReportKind.DIGEST])
def test_lists_of_documents_and_their_counts_take_it_once(kind: ReportKind) -> None:
    near_by = made(kind, "6490000")
    table, column = ("near", 0) if kind is ReportKind.ANNUAL else ("outlook", 1)
    assert [row[column] for row in rows(near_by, table)] == [BOTH]
    assert said(near_by)["say_near"] == "1件"
    far = made(kind, "6265000")
    assert said(far)["say_late"] == "1件"
    gained = made(kind, "6500000")
    assert said(gained)["say_gained"] == "1件(数値目標1件、KPI1件、うち1件は両方)"


def test_the_words_of_both_rows_stand_behind_a_late_figure() -> None:
    (row,) = rows(made(ReportKind.ANNUAL, "6265000"), "late")
    assert row[:2] == [BOTH, "阿蘇市の年間観光客入込数"]
    assert row[4:] == ["記録の集計", "文"]


def test_departments_say_that_two_numbers_are_one_figure() -> None:
    document = made(ReportKind.DEPARTMENTS, "6265000")
    (notes,) = (b for b in document.blocks() if isinstance(b, Notes) and b.name == "dept_notes")
    assert "※2-H4と2-02-1は同じ数値です。それぞれの番号で1項目と数えています。" in notes.lines


def ranked(rule: str = "以下") -> Plan:
    own = indicator("15", "10", rule, unit="位", name="全国順位")
    goal = Goal(1, "仕事", measures=(Measure(1, 1, "農業", (own,)),))
    return replace(third(), goals=(goal,), relations=())


def test_a_document_never_says_that_a_rank_is_to_be_low() -> None:
    """Target, what is missing, chart and explanation of 10位以下 say 以内 and 上昇."""
    plan = ranked()
    ledger = ledger_of(plan, {"1-01-1": {str(R7): 15.0, str(R8): 14.0, str(R9): 11.0}})
    document = report(
        replace(ledger, settings=replace(ledger.settings, round=R9)), R9, ReportKind.ANNUAL
    )
    (row,) = rows(document, "near")
    assert row[2:6] == ["10位以内", "11位", "80.0%", "あと1位分の上昇"]
    charts = [b for b in document.blocks() if isinstance(b, Chart)]
    assert not [c for c in charts if "以下" in c.description]
    terms = {
        row[0].text: row[1].text
        for b in glossary(ledger)
        if isinstance(b, DataTable)
        for row in b.rows
    }
    assert "順位は、数が小さいほど上位です。" in terms["達成・未達成"]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (third(), "100%で目標値に届きます(「未満」の目標は、100%を超えると達成です)。"),
        (ranked("未満"), "100%で目標値に届きます(「より上位」の目標は、100%を超えると達成です)。"),
        (ranked(), "100%で目標値に届きます。"),
    ],
)
def test_at_100_percent_a_strict_target_is_not_achieved(plan: Plan, words: str) -> None:
    terms = {
        row[0].text: row[1].text
        for b in glossary(ledger_of(plan))
        if isinstance(b, DataTable)
        for row in b.rows
    }
    assert words in terms["進捗率"]
