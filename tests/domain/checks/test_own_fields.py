"""Fields that a plan adds: choices, numbers, and blanks that documents print."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import R8, R9, indicator, issues_of, ledger_of, plan_of
from hypothesis import given, settings
from hypothesis import strategies as st

from aso_xl.domain.cells import CellValue
from aso_xl.domain.checks import Issue, check
from aso_xl.domain.plan import PlanField

COST = PlanField("cost", "決算額", "measure", "number", "千円")
COURSE = PlanField("course", "方向性", "indicator", "choice", choices=("拡充", "継続", "見直し"))
NOTE = PlanField("note", "意見", "indicator")
WRITTEN = {"R8": 100, "remark": "要因"}


def found(field: PlanField, id_: str, value: CellValue, **more: object) -> list[Issue]:
    """Return the findings of a plan with one field, in which a value stands."""
    own = replace(plan_of(indicator(**more)), fields=(field,))
    issues = issues_of(own, {"1-01-1": WRITTEN, id_: {**WRITTEN, field.key: value}})
    return [each for each in issues if each.code not in ("blank", "not-asked")]


@pytest.mark.parametrize("value", ["拡充", " 継続 ", "見直\nし", None, ""])
def test_a_choice_of_the_list_is_taken(value: CellValue) -> None:
    assert found(COURSE, "1-01-1", value) == []


@pytest.mark.parametrize("value", ["廃止", "拡充・継続", 1, "拡充。"])
def test_a_choice_that_is_not_on_the_list_is_named_with_the_list(value: CellValue) -> None:
    [issue] = found(COURSE, "1-01-1", value)
    assert (issue.code, issue.indicator, issue.name) == ("not-a-choice", "1-01-1", "従事者数")
    assert issue.cell and issue.sheet == "基本目標1"
    assert issue.finding == (
        f"「方向性」に「{value}」と書かれていますが、選択肢にありません(拡充・継続・見直し)。"
    )


@pytest.mark.parametrize("value", [1200, 0, 12.5, "1,200", "1,200千円", "△5", None])
def test_a_number_is_taken_as_people_write_it(value: CellValue) -> None:
    assert found(COST, "1-01", value) == []


@pytest.mark.parametrize("value", ["約1,200", "未定", "1,200万円ほど", "－"])
def test_a_text_in_a_field_of_numbers_is_named(value: CellValue) -> None:
    [issue] = found(COST, "1-01", value)
    assert (issue.code, issue.indicator, issue.name) == ("field-not-a-number", "1-01", "農業")
    assert f"「決算額」に「{value}」" in issue.finding
    assert issue.remedy == "数字だけで入力してください(単位は千円)。"


def test_what_is_written_of_a_goal_is_checked_too() -> None:
    [issue] = found(replace(COURSE, at="goal"), "基本目標1", "廃止")
    assert (issue.code, issue.indicator, issue.name) == (
        "not-a-choice",
        "基本目標1",
        "仕事をつくる",
    )
    assert found(replace(COURSE, at="goal"), "基本目標1", "継続") == []


def test_without_a_unit_none_is_named() -> None:
    [issue] = found(replace(COST, unit=""), "1-01", "未定")
    assert issue.remedy == "数字だけで入力してください。"


@pytest.mark.parametrize(
    ("field", "id_", "of"),
    [
        (COST, "1-01", "施策"),
        (NOTE, "1-01-1", "指標"),
        (replace(NOTE, at="goal"), "基本目標1", "基本目標"),
    ],
)
def test_a_blank_that_is_printed_is_asked_for(field: PlanField, id_: str, of: str) -> None:
    printed = replace(field, is_printed=True)
    [issue] = found(printed, id_, None)
    assert (issue.code, issue.sheet) == ("field-empty", "基本目標1")
    assert issue.finding == f"文書に印字する「{field.name}」が空の{of}が 1 あります。"
    assert found(printed, id_, 5 if field is COST else "よい") == []
    assert found(field, id_, None) == []


def test_blanks_are_counted_at_the_first_of_a_goal() -> None:
    kpis = [indicator(id=f"1-01-{n}") for n in (1, 2, 3)]
    own = replace(plan_of(*kpis), fields=(replace(NOTE, is_printed=True),))
    typed = {kpi.id: {**WRITTEN, "note": "" if n else "よい"} for n, kpi in enumerate(kpis)}
    [issue] = [each for each in issues_of(own, typed) if each.code == "field-empty"]
    assert "が空の指標が 2 あります" in issue.finding
    assert issue.cell and issue.cell.endswith("6")


@pytest.mark.parametrize("field", [COST, COURSE, replace(NOTE, at="goal")])
def test_a_column_that_is_gone_is_no_blank(field: PlanField) -> None:
    """The reader names it as missing."""
    own = replace(plan_of(indicator()), fields=(replace(field, is_printed=True),))
    assert [i.code for i in issues_of(own, {"1-01-1": WRITTEN})] == []


@pytest.mark.parametrize("field", [COST, COURSE, replace(NOTE, at="goal")])
def test_a_row_that_is_gone_is_no_blank_either(field: PlanField) -> None:
    own = replace(plan_of(indicator()), fields=(replace(field, is_printed=True),))
    bare = ledger_of(own, {}, rows={}, measures={}, goals={})
    assert [i.code for i in check(bare, R8) if i.code.startswith(("field", "not-a"))] == []


def test_what_is_not_asked_in_the_round_needs_no_text() -> None:
    assert found(replace(NOTE, is_printed=True), "1-01-1", None, since=R9) == []


@settings(deadline=None)
@given(st.text(max_size=8))
def test_any_text_that_is_no_choice_is_named(text: str) -> None:
    issues = found(COURSE, "1-01-1", f"別の{text}")
    assert [each.code for each in issues] == ["not-a-choice"]
