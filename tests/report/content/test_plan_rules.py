"""Documents say by which rules of the plan their figures came about, so that a reader can recompute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from plan_ledgers import ledger_of_plan
from test_any_plan import rows_of
from test_plan_numbers import made, table

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import (
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Notes,
    Paragraph,
)
from aso_xl.report.content.printed import literal, places
from aso_xl.report.content.sections.by_part import part_names

ANNUAL, VERIFICATION = ReportKind.ANNUAL, ReportKind.VERIFICATION


def annual(name: str) -> Document:
    return made(ledger_of_plan(name), ANNUAL)


def line(document: Document, name: str, of: str) -> Mapping[str, str]:
    """Return the row of a table whose 指標 is ``of``: text by heading, without line breaks."""
    found = next(row for row in rows_of(table(document, name)) if row["指標"].strip() == of)
    return {head.replace("\n", ""): text.replace("\n", " ") for head, text in found.items()}


def notes(document: Document, name: str) -> tuple[str, ...]:
    return next(b.lines for b in document.blocks() if isinstance(b, Notes) and b.name == name)


def terms(document: Document) -> Mapping[str, str]:
    return {word.text: text.text for word, text in table(document, "terms").rows}


def chart(document: Document, name: str) -> Chart:
    return next(b for b in document.blocks() if isinstance(b, Chart) and b.name == name)


def with_plan(name: str, **changes: object) -> Ledger:
    ledger = ledger_of_plan(name)
    return replace(ledger, plan=replace(ledger.plan, **changes))  # type: ignore[arg-type]


# 年度ごとの目標値


def test_the_target_of_the_year_is_judged_and_the_final_one_stands_beside() -> None:
    found = line(made(ledger_of_plan("midori"), VERIFICATION), "list_1", "社会増減")
    assert (found["目標値"], found["評価年度の目標"]) == ("△2,000人以上", "△2,700人以上")
    assert (found["達成状況"], found["進捗率"]) == ("達成 (最終は未達成)", "116.9%")


def test_where_the_final_target_is_judged_that_of_the_year_stands_beside() -> None:
    document = made(with_plan("midori", judged_against="final"), VERIFICATION)
    found = line(document, "list_1", "社会増減")
    assert (found["達成状況"], found["進捗率"]) == ("未達成 (年度の目標は達成)", "68.8%")
    assert "目標値に対する判定です" in "".join(notes(document, "list_reading"))


def test_a_target_that_comes_later_is_printed_with_its_year() -> None:
    found = line(made(ledger_of_plan("kawabe"), VERIFICATION), "list_2", "児童生徒の不登校の割合")
    assert found["評価年度の目標"] == "2.3%未満 (R7)"


def test_lists_print_the_judged_target_above_the_other() -> None:
    document = annual("midori")
    for name in ("near", "list_2"):
        found = line(document, name, "農地の集積率")
        assert found["目標値"] == "R5 44.5%以上 (最終 50.0%)", name
    assert line(document, "late", "農地の集積率")["目標値と実績値"].endswith("(最終 50.0%) 43.6%")
    assert line(document, "changed", "社会増減")["目標値"] == (
        "R4 △2,900人以上→ R5 △2,700人以上 (最終 △2,000人)"
    )


def test_the_evaluation_says_target_and_verdict_of_the_year_and_of_the_end() -> None:
    first = next(b for b in annual("midori").blocks() if isinstance(b, EvaluationTable))
    assert first.headlines[0].statement.split("\n") == [
        "社会増減を△2,000人まで改善する。",
        "(R5の目標 △2,700人以上)",
    ]
    assert first.headlines[0].result == "達成\n(最終は未達成)"


def test_the_appendix_has_the_targets_of_all_years() -> None:
    for kind in (ANNUAL, VERIFICATION):
        found = line(made(ledger_of_plan("midori"), kind), "targets", "観光消費額")
        assert [found[f"R{n}"] for n in (3, 4, 5, 6)] == [
            *("－", "3,300億円以上", "3,500億円以上", "3,800億円以上")
        ]
        assert found["最終の目標値(年度)"] == "4,000億円以上(R6)"


def test_a_course_shows_the_targets_by_year_beside_the_final_one() -> None:
    shown = chart(annual("midori"), "chart_course_1_H1")
    series = {each.name: each.values for each in shown.series}
    assert shown.categories == ("R1", "R2", "R3", "R4", "R5", "R6", "R7")
    assert series["年度の目標"] == (
        *(None, None),
        *map(Decimal, ("-3200", "-2900", "-2700", "-2300", "-2000")),
    )
    assert "年度の目標は、R3は△3,200人" in shown.description


# 合わせた値


def test_a_sum_says_how_it_came_about() -> None:
    document = made(ledger_of_plan("midori"), VERIFICATION)
    assert line(document, "list_1", "移住した人の数")["実績値"] == "830人※1"
    assert "※1 移住した人の数は、R3 230人+R4 310人+R5 290人の合計です。" in notes(
        document, "listnotes_1"
    )
    found = line(annual("midori"), "list_1", "移住した人の数")
    assert (found["R4"], found["R5"], found["評価値"]) == ("310人", "290人", "830人※1")


def test_a_mean_a_maximum_and_what_is_unpublished_are_footnoted() -> None:
    found = notes(made(ledger_of_plan("kawabe"), VERIFICATION), "listnotes_1")
    assert found[2:4] == (
        "※3 合同企業説明会の参加者(延べ)は、R6は未公表のため、R4 32人+R5 90人の合計です。",
        "※4 工業用地の問い合わせ(最多の年)は、R4 18件、R5 31件、R6 22件の最大です。",
    )


def test_an_unfinished_sum_says_how_far_it_is() -> None:
    found = notes(made(ledger_of_plan("midori"), VERIFICATION), "listnotes_2")
    assert found[3] == (
        "※4 起業した人の数: 令和5年度は集計中のため、まだ判定できません。"
        "これまでの合計は48人(R4 48人)です。"
    )


def test_the_course_of_a_sum_grows_with_the_years() -> None:
    shown = chart(annual("kawabe"), "chart_course_1_H1")
    assert shown.caption == "1-H1 町内の新規雇用者数の推移(各年度までの合計)"
    assert [each.name for each in shown.series] == ["実績値", "目標値"], "no baseline is printed"
    assert shown.series[0].values[:4] == (*map(Decimal, ("41", "96", "156")), None)


def test_an_indicator_that_is_not_asked_is_a_dash_with_a_footnote() -> None:
    document = annual("midori")
    found = line(document, "list_2", "相談会の参加者の満足度")
    assert (found["R4"], found["R5"], found["評価値"]) == ("81.5%", "－", "－※5")
    assert found["達成状況"] == "－"
    assert "※5 相談会の参加者の満足度は、R4まで評価する指標です。" in notes(document, "yearnotes_2")
    assert (
        "Ⅱ-⑦ 相談会の参加者の満足度(この年度には評価しない指標)"
        in notes(document, "trendnotes_2")[0]
    )
    over = {row["基本目標"]: row["項目数"] for row in rows_of(table(document, "over"))}
    assert over["政策目標Ⅱ 仕事をつくる"] == "5", "it is not counted"


# いくつかの値で 1 つの指標


def test_several_values_are_one_row_with_each_of_them_below_in_brackets() -> None:
    found = rows_of(table(made(ledger_of_plan("midori"), VERIFICATION), "list_1"))[1:4]
    shown = [(row["番号"], row["指標"], row["達成状況"], row["評価区分"]) for row in found]
    assert shown == [
        ("－", "健康寿命", "未達成", "－"),
        ("Ⅰ-②", "　うち 男性", "(達成)", "(A)"),
        ("Ⅰ-③", "　うち 女性", "(未達成)", "－"),
    ]


def test_a_list_names_several_values_once_with_what_each_lacks() -> None:
    found = line(annual("kawabe"), "near", "学力調査の正答率(小6)")
    assert found == {
        "番号": "2-01-1・ 2-01-2",
        "指標": "学力調査の正答率(小6)",
        "目標値": "国語 66.0%以上 算数 62.0%以上",
        "実績値": "国語 66.2% 算数 60.4%",
        "進捗率": "100.3% 97.4%",
        "目標までの差": "国語 達成 算数 あと1.6ポイント",
        "達成時の達成率": "50.0%",
    }


def test_the_evaluation_prints_several_values_as_one() -> None:
    first = next(b for b in annual("midori").blocks() if isinstance(b, EvaluationTable))
    assert first.headlines[1].statement.split("\n") == [
        "健康寿命",
        "男性の健康寿命を延伸する。",
        "女性の健康寿命を延伸する。",
    ]
    assert first.headlines[1].result == "未達成"
    assert "※「健康寿命」は、1項目と数えます(男性 達成、女性 未達成)。" in notes(
        annual("midori"), "evalnotes_1"
    )


def test_where_all_values_stand_alike_that_is_said_once() -> None:
    ledger = ledger_of_plan("midori")
    row = ledger.rows["1-H3"]
    better = {**row.cells, "R5": replace(row.cells["R5"], value=84.6)}
    ledger = replace(ledger, rows={**ledger.rows, "1-H3": replace(row, cells=better)})
    assert notes(made(ledger, ANNUAL), "evalnotes_1")[0] == (
        "※「健康寿命」は、1項目と数えます(いずれも達成)。"
    )


def test_a_figure_below_a_merged_title_is_told_by_title_and_kind() -> None:
    found = places(annual("midori"))
    assert found["grades_1_kpi_2"].label == (
        "表「評価区分ごとの項目数(令和5年度)」 政策目標Ⅰ 人を呼びこむ KPI B"
    )


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (("健康寿命(男性)", "健康寿命(女性)"), ("男性", "女性")),
        (("正答率(小6・国語)", "正答率(小6・算数)"), ("国語", "算数")),
        (("男性の健康寿命", "女性の健康寿命"), ("男性", "女性")),
        (("不登校率(小1)", "不登校率(小2)"), ("小1", "小2")),
        (("出生数", "死亡数"), ("出生数", "死亡数")),
        (("割合(全体)", "割合"), ("割合(全体)", "割合")),
    ],
)
def test_what_tells_names_apart(names: tuple[str, ...], parts: tuple[str, ...]) -> None:
    assert part_names(names) == parts


# 評価区分


def test_grades_are_counted_in_table_chart_and_sentence() -> None:
    document = annual("midori")
    rows = rows_of(table(document, "grades"))
    assert [tuple(row.values())[1:] for row in rows if row["基本目標"] == "合計"] == [
        ("数値目標", "4", "2", "0", "1", "1"),
        ("KPI", "11", "4", "2", "4", "1"),
    ]
    drawn = {each.name: each.values for each in chart(document, "chart_grades").series}
    assert drawn["A"] == (1, 3, 1, 1) and drawn["区分なし"] == (1, 0, 0, 1)
    said = [literal(b.text) for b in document.blocks() if isinstance(b, Paragraph)]
    assert "評価区分は、数値目標では、KPIではでした。" in said, "its figures are named places"


def test_bars_of_progress_are_told_apart_by_grade_as_many_whatever_the_figures() -> None:
    shown = chart(annual("midori"), "chart_progress_2")
    assert [(each.name, each.look) for each in shown.series] == [
        ("A", "grade_1"),
        ("B", "grade_2"),
        ("C", "grade_last"),
    ]
    assert shown.series[0].values == (None, None, None)
    assert "100%が評価年度の目標" in shown.description


def test_departments_and_the_page_for_citizens_count_by_grade() -> None:
    ledger = ledger_of_plan("kawabe")
    whole = rows_of(table(made(ledger, ReportKind.DEPARTMENTS), "dept"))[-1]
    assert [whole[grade] for grade in "◎○△×"] == ["3", "6", "1", "2"]
    goals = rows_of(table(made(ledger, ReportKind.DIGEST), "over"))
    assert [goals[-1][grade] for grade in "◎○△×"] == ["2", "5", "1", "1"]
    assert "順調" not in goals[0]


def test_what_is_late_is_missed_with_a_low_grade() -> None:
    document = annual("kawabe")
    assert [row["指標"] for row in rows_of(table(document, "late"))] == [
        "合同企業説明会の参加者(延べ)",
        "町内の新規雇用者数",
        "誘致した企業の数",
    ]
    assert "評価区分\n(進捗率)" in [column.title for column in table(document, "late").columns]


# 印字する文字・順位・率


def test_a_text_stands_for_the_target_and_its_number_only_in_the_appendix() -> None:
    document = annual("midori")
    for block in document.blocks():
        if isinstance(block, DataTable) and not block.name.startswith("list"):
            texts = [cell.text for row in block.rows for cell in row]
            assert not any("79.83" in text for text in texts), block.name
    parts = [row for row in rows_of(table(document, "list_1")) if row["指標"] == "　うち 男性"]
    assert parts[0]["目標値"] == "延伸\n(79.83歳超)"
    assert line(document, "list_1", "移住した人の数")["基準値"] == "新規"
    course = chart(document, "chart_course_1_H2")
    assert [each.name for each in course.series] == ["実績値", "基準値"]
    assert "目標値は延伸(R7)" in course.description


def test_ranks_are_within_their_target() -> None:
    found = line(annual("midori"), "list_1", "都道府県魅力度の順位")
    assert found["目標値"] == "R5 12位以内 (最終 8位)"
    assert (
        "「以内」は、目標の順位か、それより上位であれば達成です。"
        in (terms(annual("midori"))["達成・未達成"])
    )


def test_the_words_of_a_plan_say_its_rules() -> None:
    words = terms(annual("kawabe"))
    assert words["進捗率"].startswith(
        "実績値÷目標値(少ないほどよい指標は、目標値÷実績値)です。小数第2位を四捨五入します。"
    )
    assert "小数第2位を四捨五入します" in words["達成率"]
    assert "◎: 100%以上、○: 80%以上、△: 60%以上、×: それ未満" in words["評価区分"]
    assert "進み具合" not in words
    assert words["合計・平均・最大"].startswith("年度ごとの値を合わせて判定する指標では、")
    words = terms(annual("midori"))
    assert words["進捗率"].startswith("(実績値−基準値)÷(評価年度の目標−基準値)です。")
    assert words["達成・未達成"].startswith("評価年度の実績値が、評価年度の目標")
    assert "「健康寿命」は、複数の値からなる1つの指標です" in words["あわせて1項目とする指標"]


def test_a_grade_by_another_measure_than_progress_says_how_it_is_computed() -> None:
    grades = tuple(replace(grade, of="ratio") for grade in ledger_of_plan("midori").plan.grades)
    found = notes(made(with_plan("midori", grades=grades), VERIFICATION), "list_reading")
    assert (
        "※評価区分は、実績値÷評価年度の目標(少ないほどよい指標は、評価年度の目標÷実績値)で決まります"
        "(A: 100%以上、B: 80%以上、C: それ未満)。端数を処理する前の値で比べます。"
    ) in found
    grades = tuple(replace(grade, of="pace") for grade in grades)
    words = terms(made(with_plan("midori", grades=grades), ANNUAL))["評価区分"]
    assert words.startswith(
        "評価区分は、進捗率÷経過割合(経過割合は、基準年度から目標年度までのうち、"
    )


def test_reading_notes_say_the_rules_where_no_words_are_explained() -> None:
    found = notes(made(ledger_of_plan("kawabe"), VERIFICATION), "list_reading")
    assert found[1].startswith("※進捗率=実績値÷目標値(少ないほどよい指標は、目標値÷実績値)。")
    assert "小数第2位を四捨五入しています(達成率も同じです)。" in found[1]
