"""What the reports say where there is little to say: no figures, no round, nothing near or late."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import R7, R8, R10, indicator, ledger_of, plan_of
from test_kinds_words import annual, ledger, notes, rows, sentences

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import DataTable
from aso_xl.report.content.documents import report


def test_where_all_is_unpublished_there_is_no_other_rate() -> None:
    made = ledger_of(plan_of(indicator()), {"1-01-1": {"R8": "未公表"}})
    said = "達成率は0.0%(未公表の1項目のほかに、数えた項目はありません)でした。"
    assert said in sentences(annual(made))[2]


def test_where_nothing_is_counted_there_is_no_rate() -> None:
    made = ledger_of(plan_of(indicator()), {"1-01-1": {"R8": "対象外"}})
    assert sentences(annual(made))[2] == (
        "令和8年度の評価では、重要業績評価指標(KPI)に、判定の対象となる項目はありませんでした。"
    )


def test_a_round_that_nobody_has_filled_in_is_not_a_fall() -> None:
    found = annual(ledger(), R10)
    assert not any("前回" in said for said in (*sentences(found), *notes(found)))
    assert not any(b.name == "changed" for b in found.blocks() if isinstance(b, DataTable))


def test_nothing_near_and_nothing_late_is_said_in_whole_sentences() -> None:
    made = ledger_of(plan_of(indicator()), {"1-01-1": {"R8": 120}})
    found = annual(made)
    said = sentences(found)
    assert (
        "未達成の指標のうち、進捗率が80%以上のもの(進捗率を定義できない指標は、"
        "目標値との差が目標値の5%以内のもの)はありません。"
    ) in said
    assert "進み具合が「遅れ」「やや遅れ」の指標はありません。" in said
    tables = {block.name for block in found.blocks() if isinstance(block, DataTable)}
    assert not tables & {"near", "late", "changed"}
    assert sentences(report(made, R8, ReportKind.DIGEST))[2] == (
        "あと少しの指標は0件、「遅れ」は0件、「やや遅れ」は0件です(数値目標を含みます)。"
    )


def test_late_figures_are_footnoted_with_the_years_they_are_of() -> None:
    """Published two years late: in R8 the figure of R6 is asked for; 未公表, so that of R5 counts."""
    late = indicator(lag=2, baseline_year=R8 + -4, target_year=R8)
    made = ledger_of(plan_of(late), {"1-01-1": {"R7": 110, "R8": "未公表"}})
    assert "※1 従事者数は、R6は未公表のため、R5の値(R5は110人、R6は未公表)です。" in notes(
        annual(made)
    )
    plan = replace(plan_of(late), period=(R7, R10))
    made = ledger_of(plan, {"1-01-1": {"R7": 120, "R8": 119}})
    assert "※1 従事者数は、公表が遅れるため、R6の値(R5は120人、R6は119人)です。" in notes(
        annual(made)
    )
    assert rows(annual(made), "near")[0][3] == "119人\n(R6)"
    assert rows(annual(made), "changed")[0][3:] == [
        "120人\n(R5の値で達成)",
        "119人\n(R6の値で未達成)",
    ]


def qualitative(*others: object) -> Ledger:
    typed_one = indicator(None, None, "定性", statement="計画を作る")
    plan = plan_of(typed_one, *others)  # type: ignore[arg-type]
    return ledger_of(plan, {"1-01-1": {"R8": "未達成"}, "1-01-2": {"R8": 10}})


@pytest.mark.parametrize("kind", ReportKind)
def test_a_plan_without_figures_has_no_words_about_them(kind: ReportKind) -> None:
    found = report(qualitative(), R8, kind)
    printed = " ".join((*sentences(found), *notes(found)))
    assert not any(word in printed for word in ("None", "進捗率", "進み具合", "あと少し"))


def test_a_missed_verdict_is_not_left_unsaid() -> None:
    found = annual(qualitative(indicator("0", "100", id="1-01-2")))
    assert any(n.endswith("進み具合のない指標: 1-01-1 従事者数") for n in notes(found))
    assert (
        "数値で測らない指標は、入力された判定によります。"
        in dict(rows(found, "terms"))["達成・未達成"]
    )
