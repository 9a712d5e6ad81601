"""What the reports say of a small plan whose every figure was worked out by hand.

R8 is evaluated: half of the years from R6 to R10 have passed, so 順調 begins at 50.0 % of the way
and やや遅れ at 25.0 %. R7 is the round before; 4 of the 9 KPIs were judged in both.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import R7, R8, R10, FiscalYear, indicator, ledger_of, plan_of

from aso_xl.domain import fields as words
from aso_xl.domain.cells import CellValue
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import Courses, Pace, ReportKind
from aso_xl.report.content.blocks import Chart, DataTable, Document, Figure, Notes, Paragraph
from aso_xl.report.content.documents import report

RISING, FALLING, SHARE = ("94", "120", "以上"), ("1030", "1000", "以下"), ("0", "100", "以上")
FLOOR = ("108", "100", "以上")
SAID: tuple[tuple[tuple[str, str, str], CellValue, CellValue], ...] = (
    (RISING, 100, 120),  # 1: gained
    (RISING, 120, None),  # 2: lost, not entered
    (RISING, 120, 115),  # 3: lost; 21/26 of the way is 80.7 %
    (FALLING, 1030, 1020),  # 4: 10/30 of the way is 33.3 %, やや遅れ
    (SHARE, None, 10),  # 5: 10.0 %, 遅れ
    (SHARE, None, "未公表"),  # 6: nothing to be judged
    (FLOOR, None, 99),  # 7: to be kept; lacks 1 % of its target
    (SHARE, 30, "未公表"),  # 8: judged by R7, 30.0 %, やや遅れ
    (SHARE, None, "対象外"),  # 9: not counted
)


def ledger(**settings: object) -> Ledger:
    kpis = [indicator(*how, id=f"1-01-{n}") for n, (how, _, _) in enumerate(SAID, start=1)]
    typed: dict[str, dict[str, CellValue]] = {
        f"1-01-{n}": {"R7": before, "R8": now} for n, (_, before, now) in enumerate(SAID, start=1)
    }
    typed["1-01-1"][words.DEPARTMENT] = "税務課"
    typed["1-01-4"][words.REMARK] = ""
    typed["1-01-5"][words.REMARK] = "農地が足りない"
    typed["1-01"] = {words.DIRECTION: "農地を探す"}
    made = ledger_of(replace(plan_of(*kpis), period=(R7, R10)), typed)
    return replace(made, settings=replace(made.settings, **settings))  # type: ignore[arg-type]


def annual(made: Ledger, round_: FiscalYear = R8) -> Document:
    return report(made, round_, ReportKind.ANNUAL)


def sentences(document: Document) -> list[str]:
    """Return the paragraphs; of a cross-reference, the name it refers to."""
    return [said(b) for b in document.blocks() if isinstance(b, Paragraph)]


def said(paragraph: Paragraph) -> str:
    if isinstance(paragraph.text, str):
        return paragraph.text
    parts = (
        part
        if isinstance(part, str)
        else part.text
        if isinstance(part, Figure)
        else f"[{part.name}]"
        for part in paragraph.text
    )
    return "".join(parts)


def rows(document: Document, name: str) -> list[list[str]]:
    (table,) = (b for b in document.blocks() if isinstance(b, DataTable) and b.name == name)
    return [[cell.text for cell in row] for row in table.rows]


def notes(document: Document) -> list[str]:
    return [line for b in document.blocks() if isinstance(b, Notes) for line in b.lines]


@pytest.mark.parametrize(
    ("exclude", "rates"),
    [
        (False, "8項目(未入力1項目を含む)のうち1項目が目標を達成し、達成率は12.5%"
                "(未公表の1項目を除いた7項目では14.2%)でした。"),
        (True, "7項目(未入力1項目を含む)のうち1項目が目標を達成し、達成率は14.2%"
               "(未公表の1項目を含めた8項目では12.5%)でした。"),
    ],
)  # fmt: skip
def test_the_whole_is_said_with_both_denominators(*, exclude: bool, rates: str) -> None:
    made = ledger(exclude_unpublished=exclude)
    found = annual(made)
    told = f"令和8年度の評価では、重要業績評価指標(KPI){rates}"
    assert told in sentences(found)
    assert sentences(report(made, R8, ReportKind.DIGEST))[1].startswith(told)
    goal = rates[rates.index("(未公表") + 1 : -len(")でした。")]
    assert f"※基本目標1の達成率は、{goal}です。" in notes(found)


def test_what_changed_is_said_with_the_rates_as_printed() -> None:
    found = sentences(annual(ledger()))
    assert (
        "前回(令和7年度)と比べると、両年度とも判定したKPI4項目では、"
        "達成は1項目のままです。達成率は25.0%のままです。なお、前回は4項目が未入力です。"
    ) in found
    assert (
        "新たに達成となった指標は1件、達成ではなくなった指標は1件です。"
        "内訳は、[changed]のとおりです。"
    ) in found
    assert rows(annual(ledger()), "changed") == [
        ["1-01-1", "従事者数", "120人以上", "100人(未達成)", "120人(達成)"],
        ["1-01-3", "従事者数", "120人以上", "120人(達成)", "115人(未達成)"],
    ]


def test_the_table_of_goals_holds_both_rounds() -> None:
    counts = ["8", "1", "5", "1", "1", "12.5%", "4", "1→1", "±0.0"]
    assert rows(annual(ledger()), "over") == [["1 仕事をつくる", *counts], ["合計", *counts]]


def test_the_near_ones_with_what_they_lack_and_the_rate_there_would_be() -> None:
    found = annual(ledger())
    assert rows(found, "near") == [
        ["1-01-7", "従事者数", "100人以上", "99人", "－", "あと1人", "25.0%"],
        ["1-01-3", "従事者数", "120人以上", "115人", "80.7%", "あと5人", "25.0%"],
    ]
    assert (
        "未達成の指標のうち、進捗率が80%以上のもの(進捗率を定義できない指標は、"
        "目標値との差が目標値の5%以内のもの)を、[near]に示します。該当する指標は2件です。"
    ) in sentences(found)


def test_the_late_ones_with_the_words_of_their_departments() -> None:
    found = annual(ledger())
    assert rows(found, "late") == [
        ["1-01-5", "従事者数", "100人以上\n10人", "遅れ\n(10.0%)", "農地が足りない", "農地を探す"],
        ["1-01-8", "従事者数", "100人以上\n30人\n(R7)", "やや遅れ\n(30.0%)", "記録の集計", "農地を探す"],
        ["1-01-4", "従事者数", "1,000人以下\n1,020人", "やや遅れ\n(33.3%)", "（未記入）", "農地を探す"],
    ]  # fmt: skip
    assert (
        "進み具合が「遅れ」の指標は1件、「やや遅れ」の指標は2件です。"
        "要因と今後の方向は、担当課が記入したとおりに[late]に示します(要因が未記入の指標1件)。"
    ) in sentences(found)
    assert "※評価年度と異なる年度の実績値には、その年度をかっこ書きで示します。" in notes(found)
    assert (
        "※未達成で、進捗率や経過割合を定義できないため進み具合のない指標: "
        "1-01-7 従事者数(目標値100人以上、実績値99人)"
    ) in notes(found)


def test_the_digest_says_the_same_in_short() -> None:
    head, lead, outlook = sentences(
        report(ledger(), R8, ReportKind.DIGEST, made_on="令和8年5月1日")
    )
    assert head == "阿蘇市　令和8年5月1日"
    assert lead.endswith(
        "でした。前回(令和7年度)と比べると、"
        "新たに達成となった指標は1件、達成ではなくなった指標は1件です。"
    )
    assert (
        outlook == "あと少しの指標は2件、「遅れ」は1件、「やや遅れ」は2件です(数値目標を含みます)。"
    )
    assert notes(report(ledger(), R8, ReportKind.DIGEST)) == [
        "※「その他」は、未公表・未入力など、進み具合のないものです。"
        "※対象外の1項目は、項目数に含めていません。※うち1項目は、未公表のため直近の公表値で判定しています。"
    ]


def test_a_digest_counts_by_how_it_goes_and_names_as_many_near_as_late() -> None:
    found = report(ledger(), R8, ReportKind.DIGEST)
    [goal, whole] = rows(found, "over")
    heads = [
        c.title
        for b in found.blocks()
        if isinstance(b, DataTable) and b.name == "over"
        for c in b.columns
    ]
    assert heads[:7] == ["基本目標", "項目数", "達成", "順調", "やや遅れ", "遅れ", "その他"]
    assert [sum(map(int, row[2:7])) for row in (goal, whole)] == [int(goal[1]), int(whole[1])]
    words_ = [row[0] for row in rows(found, "outlook")]
    assert words_ == sorted(words_) and words_.count("あと少し") == words_.count("遅れている") > 0


def test_departments_with_results_and_goals() -> None:
    found = report(ledger(), R8, ReportKind.DEPARTMENTS)
    assert rows(found, "dept") == [
        ["観光課", "7", "0", "5", "1", "1", "1", "0.0%"],
        ["税務課", "1", "1", "0", "0", "0", "0", "100.0%"],
        ["合計", "8", "1", "5", "1", "1", "1", "12.5%"],
    ]
    assert "KPI8項目のうち1項目が目標を達成しました。担当課ごとの状況は、[dept]のとおりです。" in (
        sentences(found)
    )


def test_departments_by_goal_add_up() -> None:
    """Two goals: 税務課 has one KPI in each, 観光課 none in the second."""
    first = plan_of(indicator(id="1-01-1"), indicator(id="1-01-2")).goals[0]
    other = plan_of(indicator(id="2-01-1", goal=2)).goals[0]
    second = replace(other, number=2, measures=(replace(other.measures[0], goal=2),))
    plan = replace(plan_of(indicator()), goals=(first, second))
    names = {"1-01-1": "観光課", "1-01-2": "税務課", "2-01-1": "税務課"}
    typed = {id_: {words.DEPARTMENT: name, "R8": 120} for id_, name in names.items()}
    typed["1-01-2"]["R8"] = 100
    found = report(ledger_of(plan, typed), R8, ReportKind.DEPARTMENTS)
    assert rows(found, "deptgoal") == [
        ["観光課", "1/1", "－", "1/1"],
        ["税務課", "0/1", "1/1", "1/2"],
        ["合計", "1/2", "1/1", "2/3"],
    ]


def test_words_are_defined_with_the_thresholds_in_force() -> None:
    pace = Pace(slow="注意", on_track_share=Decimal("0.925"))
    made = ledger(pace=pace, near_percent=Decimal("90.5"), use_earlier=False)
    terms = dict(rows(annual(made), "terms"))
    assert list(terms) == [
        *("達成・未達成", "達成(現時点で維持)", "達成率", "進捗率", "進み具合", "あと少し"),
        *("未公表", "集計中", "対象外", "未入力"),
    ]
    assert (
        "小数第2位以下を切り捨てます。未公表・集計中の項目は項目数に含めます。" in terms["達成率"]
    )
    assert "(実績値−基準値)÷(目標値−基準値)" in terms["進捗率"]
    assert "(順調: 経過割合の92.5%以上、注意: 50%以上、遅れ: それ未満)" in terms["進み具合"]
    assert "進捗率が90.5%以上のもの" in terms["あと少し"]
    assert terms["未公表"].endswith("公表されるまで判定しません。")
    without = dict(rows(annual(ledger(exclude_unpublished=True)), "terms"))
    assert "未公表・集計中の項目は項目数に含めません。" in without["達成率"]


def test_neighbouring_charts_are_referred_to_as_from_and_to() -> None:
    found = annual(ledger(courses=Courses.ALL))
    (lead,) = (s for s in sentences(found) if s.startswith("進捗率は、"))
    assert lead.endswith(
        "KPIの進捗率は[chart_progress_1]に示します。"
        "指標の推移は[chart_course_1_01_1]～[chart_course_1_01_8]に示します。"
    )
    charts = [b.name for b in found.blocks() if isinstance(b, Chart) and b.kind == "course"]
    assert (charts[0], charts[-1]) == ("chart_course_1_01_1", "chart_course_1_01_8")


def test_the_head_of_the_digest_says_whom_to_ask_where_that_is_set() -> None:
    made = ledger(contact="企画財政課 内線123")
    head = sentences(report(made, R8, ReportKind.DIGEST, made_on="令和8年5月1日"))[0]
    assert head == "阿蘇市　令和8年5月1日　問い合わせ先: 企画財政課 内線123"
