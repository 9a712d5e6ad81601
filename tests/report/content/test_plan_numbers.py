"""Goals, measures, groups and indicators are called as the plan prints them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan_ledgers import ledger_of_plan

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Goal, Plan
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import Chart, DataTable, Document, EvaluationTable, Heading
from aso_xl.report.content.documents import report


def made(ledger: Ledger, kind: ReportKind) -> Document:
    return report(ledger, ledger.settings.round, kind)


def headings(document: Document) -> list[str]:
    return [b.text for b in document.blocks() if isinstance(b, Heading)]


def table(document: Document, name: str) -> DataTable:
    return next(b for b in document.blocks() if isinstance(b, DataTable) and b.name == name)


def column(table: DataTable, title: str) -> list[str]:
    at = [each.title for each in table.columns].index(title)
    return [row[at].text for row in table.rows]


def test_headings_number_goals_as_the_plan_does() -> None:
    document = made(ledger_of_plan("midori"), ReportKind.ANNUAL)
    assert headings(document).count("(政策目標Ⅰ) 人を呼びこむ") == 3  # 推移, 施策, 資料
    assert [b.title for b in document.blocks() if isinstance(b, EvaluationTable)] == [
        "(政策目標Ⅰ) 人を呼びこむ",
        "(政策目標Ⅱ) 仕事をつくる",
    ]
    assert column(table(document, "over"), "基本目標") == [
        "政策目標Ⅰ 人を呼びこむ",
        "政策目標Ⅱ 仕事をつくる",
        "合計",
    ]
    chart = next(b for b in document.blocks() if isinstance(b, Chart) and b.kind == "counts")
    assert chart.categories == ("政策目標Ⅰ", "政策目標Ⅱ")


def test_a_label_that_says_kihon_mokuhyo_is_not_said_twice() -> None:
    ledger = ledger_of_plan("kawabe")
    goals = tuple(replace(g, label=f"基本目標{'ⅠⅡ'[g.number - 1]}") for g in ledger.plan.goals)
    document = made(replace(ledger, plan=replace(ledger.plan, goals=goals)), ReportKind.ANNUAL)
    assert column(table(document, "over"), "基本目標")[0] == "Ⅰ まちに仕事をつくる"
    assert "(基本目標Ⅰ) まちに仕事をつくる" in headings(document)


def test_measures_stand_under_their_group_with_their_number() -> None:
    document = made(ledger_of_plan("midori"), ReportKind.ANNUAL)
    found = headings(document)
    start = found.index("施策の取組と今後の方向")
    assert found[start : start + 5] == [
        "施策の取組と今後の方向",
        "(政策目標Ⅰ) 人を呼びこむ",
        "ア 移住の促進",
        "イ 観光",
        "(政策目標Ⅱ) 仕事をつくる",
    ]
    assert column(table(document, "measures_1"), "施策") == ["(1) 移住の相談", "(2) 空き家の活用"]
    other = table(document, "measures_1_2")
    assert other.caption == "政策目標Ⅰ イ 観光 施策の取組・課題・今後の方向"
    assert column(other, "施策") == ["(1) 観光の魅力づくり"]


def test_the_appendix_says_group_and_measure_and_whose_a_kpi_of_a_goal_is() -> None:
    document = made(ledger_of_plan("midori"), ReportKind.VERIFICATION)
    assert list(dict.fromkeys(column(table(document, "list_1"), "施策"))) == [
        "数値目標",
        "基本目標のKPI",
        "ア 移住の促進\n(1) 移住の相談",
        "ア 移住の促進\n(2) 空き家の活用",
        "イ 観光\n(1) 観光の魅力づくり",
    ]


@pytest.mark.parametrize("kind", ReportKind)
def test_indicators_have_the_same_number_in_every_list(kind: ReportKind) -> None:
    """Numbers that begin anew in each goal stand behind that of the goal."""
    ledger = ledger_of_plan("midori")
    numbers = set(ledger.plan.printed_numbers.values())
    assert {"Ⅰ-①", "Ⅱ-①"} <= numbers
    for block in made(ledger, kind).blocks():
        if isinstance(block, DataTable) and "番号" in [c.title for c in block.columns]:
            shown = {part for text in column(block, "番号") for part in text.split("・\n")}
            assert shown <= {*numbers, "－"}, "－ of what its values have numbers for"


def labelled(plan: Plan, *labels: str) -> dict[str, str]:
    """Return the printed numbers of the KPIs of goal 1 with these labels; all others have none."""
    given = iter(labels)
    goals = tuple(
        replace(
            goal,
            headlines=tuple(replace(i, label="") for i in goal.headlines),
            own_kpis=tuple(replace(i, label=next(given, "")) for i in goal.own_kpis),
            measures=tuple(
                replace(m, kpis=tuple(replace(i, label=next(given, "")) for i in m.kpis))
                for m in goal.measures
            ),
        )
        for goal in plan.goals
    )
    numbers = replace(plan, goals=goals).printed_numbers
    return {id_: number for id_, number in numbers.items() if id_ != number}


def test_the_shortest_number_of_which_no_two_are_alike_is_printed() -> None:
    plan = ledger_of_plan("midori").plan
    assert labelled(plan, "①", "②") == {"1-K1": "①", "1-01-1": "②"}
    assert labelled(plan, "③", "①", "②", "①") == {
        "1-K1": "③",
        "1-01-1": "(1)①",
        "1-01-2": "(1)②",
        "1-02-1": "(2)①",
    }
    assert (
        labelled(plan, "", "①", "", "", "①")
        == {
            # 施策(1)は二つの見出しの下にあり、基本目標まで書いても同じになるので、番号は変えない
        }
    )


@pytest.mark.parametrize(
    ("label", "mark"),
    [("", "1"), ("基本目標Ⅰ", "Ⅰ"), ("政策の柱 Ⅱ", "Ⅱ"), ("(3)", "(3)"), ("第一の柱", "第一の柱")],
)
def test_a_goal_is_told_from_others_by_what_stands_behind_the_words(label: str, mark: str) -> None:
    assert Goal(1, "仕事", label=label).mark == mark
