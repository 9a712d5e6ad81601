"""The rows of the sheet 設定: what is read from a cell, and what holds where nothing is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from builders import second, third

from aso_xl.domain.settings import (
    Courses,
    Pace,
    PaceLevel,
    ReportKind,
    Settings,
    keys,
    read,
    rows,
    value_in,
)

PLAN = third()
ROUND = str(PLAN.rounds[1])


def test_a_new_workbook_reads_back_as_its_defaults() -> None:
    shown = {row.setting.key: row.usual(PLAN) for row in rows()}
    texts = {key: str(value) for key, value in shown.items() if value is not None}
    found, wrong = read(PLAN, texts)
    assert wrong == ()
    assert found == Settings(
        PLAN.round,
        kind=ReportKind.ANNUAL,
        heading=f"{PLAN.short_title}の検証",
        paragraphs=("", "", ""),
        stated_kpi_total=PLAN.stated_kpi_total,
    )
    assert {row.setting.key: row.usual(second()) for row in rows()}["文書の種類"] == "検証"


def test_without_any_row_every_default_holds() -> None:
    assert read(PLAN, {}) == (Settings(PLAN.round, paragraphs=("", "", "")), ())


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        (("round",), ROUND, PLAN.rounds[1]),
        (("exclude_unpublished",), "分母から除く", True),
        (("exclude_unpublished",), "分母 から除く", True),
        (("use_earlier",), "判定しない", False),
        (("pace", "slow"), "もう少し", "もう少し"),
        (("pace", "on_track_share"), "９０％", Decimal("0.9")),
        (("pace", "slow_share"), "0", Decimal(0)),
        (("kind",), "概要版", ReportKind.DIGEST),
        (("heading",), "検証", "検証"),
        (("base_document",), "ひな形.docx", "ひな形.docx"),
        (("near_percent",), "75.5", Decimal("75.5")),
        (("courses",), "すべて", Courses.ALL),
        (("stated_kpi_total",), "52", 52),
    ],
)
def test_what_is_read(path: tuple[str, ...], text: str, value: Any) -> None:
    found, wrong = read(PLAN, {keys(*path)[0]: text})
    row = next(row for row in rows() if row.path == path)
    assert (value_in(found, row), wrong) == (value, ())
    assert row.setting.kind.read(str(row.setting.kind.shown(value)), PLAN) == value


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (("round",), ("", "来年", "R2", "9")),
        (("exclude_unpublished",), ("", "除く")),
        (("use_earlier",), ("", "はい")),
        (("pace", "late"), ("",)),
        (("pace", "on_track_share"), ("", "1", "0.8", "-5", "多め")),
        (("pace", "slow_share"), ("", "0.5", "二")),
        (("kind",), ("", "年報")),
        (("near_percent",), ("0.8", "-1", "少し")),
        (("courses",), ("", "全部")),
        (("stated_kpi_total",), ("-1", "約50")),
    ],
)
def test_what_is_wrong_is_named_and_its_default_holds(
    path: tuple[str, ...], texts: tuple[str, ...]
) -> None:
    usual = Settings(PLAN.round, paragraphs=("", "", ""))
    for text in texts:
        assert read(PLAN, {keys(*path)[0]: text}) == (usual, keys(*path))


@pytest.mark.parametrize("path", [("heading",), ("paragraphs",), ("appendix_heading",)])
def test_a_blank_text_is_not_wrong(path: tuple[str, ...]) -> None:
    found, wrong = read(PLAN, dict.fromkeys(keys(*path), ""))
    assert (found.appendix_heading, wrong) == ("資料 指標の達成状況一覧", ())


def test_three_rows_are_the_paragraphs() -> None:
    found, _ = read(PLAN, {"前文1": "一", "前文3": "三"})
    assert found.paragraphs == ("一", "", "三")
    assert keys("paragraphs") == ("前文1", "前文2", "前文3")


def test_the_words_of_the_pace_are_explained_with_their_thresholds() -> None:
    pace = Pace(on_track="順調です", on_track_share=Decimal("0.9"), slow_share=Decimal("0.555"))
    assert pace.describe() == (
        "進み具合は、進捗率を評価年度までの経過割合と比べたものです"
        "(順調です: 経過割合の90%以上、やや遅れ: 55.5%以上、遅れ: それ未満)。"
    )


def test_a_plan_with_kpis_under_some_goals_has_the_report_with_charts() -> None:
    usual = {row.setting.key: row.usual for row in rows()}["文書の種類"]
    some = replace(PLAN.goals[0], measures=())
    assert usual(replace(PLAN, goals=(some, *PLAN.goals[1:]))) == "年次評価"
    assert usual(replace(PLAN, goals=(some,))) == "検証"


def test_the_thresholds_are_those_of_the_strategy_unless_others_are_set() -> None:
    usual = Settings(PLAN.round)
    assert (usual.pace.on_track_share, usual.pace.slow_share) == (1, Decimal("0.5"))
    assert usual.near_percent == 80


def test_unpublished_figures_count_and_earlier_ones_are_judged_unless_it_is_set_otherwise() -> None:
    usual = Settings(PLAN.round)
    assert (usual.exclude_unpublished, usual.use_earlier, usual.wide_brackets) == (
        False,
        True,
        False,
    )


def test_a_level_is_said_in_the_words_of_the_workbook() -> None:
    pace = Pace(on_track="順調です", slow="もう少し", late="まだ")
    words = [pace.grade(level).word for level in PaceLevel]
    assert words == ["達成", "順調です", "もう少し", "まだ"]
    assert [pace.grade(level).level for level in PaceLevel] == [*PaceLevel]


BEFORE = {
    *("評価年度", "未公表の扱い", "未公表のときの判定", "順調の名称", "やや遅れの名称"),
    *("遅れの名称", "順調の基準(%)", "やや遅れの基準(%)", "見出し", "前文1", "前文2", "前文3"),
    *("資料の見出し", "Word文書のひな形", "本文に書いたKPI項目数"),
}
"""What stands in 設定 of the first workbooks that were handed out."""


def test_a_row_of_settings_that_came_later_is_not_missed_in_workbooks_of_before() -> None:
    assert {row.setting.key for row in rows() if not row.setting.optional} == BEFORE


def test_only_what_may_be_left_out_may_be_blank() -> None:
    every = [row.setting for row in rows()]
    _, wrong = read(PLAN, {setting.key: "" for setting in every})
    free = {setting.key for setting in every} - {*wrong}
    assert free == {
        *("見出し", "前文1", "前文2", "前文3", "資料の見出し", "Word文書のひな形"),
        *(
            "あと少しの基準(%)",
            "本文に書いたKPI項目数",
            "提出期限",
            "差戻しの期限",
            "問い合わせ先",
            "返送先",
        ),
        *("督促の件名", "督促の文"),
        "基準値の訂正理由",
    }


def test_figures_are_no_sample_and_nobody_is_listed_unless_it_is_said() -> None:
    usual = Settings(PLAN.round)
    assert (usual.sample, usual.departments) == (False, ())


def test_every_field_of_the_settings_is_a_row_or_comes_from_elsewhere() -> None:
    paths = {row.path[0] for row in rows()}
    assert {*Settings.__dataclass_fields__} - paths == {"departments", "sample"}
    assert {row.path[1] for row in rows() if row.path[0] == "pace"} == {*Pace.__dataclass_fields__}
    assert len({row.setting.key for row in rows()}) == len(rows())
