"""Who answers for what: counts per 担当課 that add up to those of the whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from builders import indicator, ledger_of, plan_of

from aso_xl import frames
from aso_xl.domain import fields as words
from aso_xl.domain.checks import check
from aso_xl.domain.departments import (
    Department,
    all_departments,
    departments,
    label,
    listed,
    measure_owners,
    names_in,
    owners,
    repeated,
    shared,
)
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Goal, Same
from aso_xl.domain.summary import Count, summarize
from aso_xl.domain.words import UNASSIGNED
from aso_xl.exchange.shares import shares_of
from aso_xl.strategies import definition
from aso_xl.workbook.read.reading import read


def found(ledger: Ledger) -> dict[str, Department]:
    round_ = ledger.settings.round
    summary = summarize(ledger.plan, ledger.actuals, round_, ledger.settings)
    return {each.name: each for each in departments(ledger, summary)}


def named(names: Mapping[str, str | None]) -> Ledger:
    """Return a ledger of KPIs with these 担当課, all at 120 of 120."""
    plan = plan_of(*(indicator(id=id_) for id_ in names))
    typed = {id_: {words.DEPARTMENT: name, "R8": 120} for id_, name in names.items()}
    return ledger_of(plan, typed)


def test_an_indicator_of_two_departments_is_in_both_and_the_unassigned_come_last() -> None:
    made = found(
        named(
            {
                "1-01-1": None,
                "1-01-2": "税務課",
                "1-01-3": "観光課、 農政課",
                "1-01-4": "観光課／農政課",
                "1-01-5": "観光課",
            }
        )
    )
    assert {name: each.count.achieved for name, each in made.items()} == {
        "観光課": 3,
        "税務課": 1,
        "農政課": 2,
        UNASSIGNED: 1,
    }
    first, *_, last = made
    assert (first, last) == ("観光課", UNASSIGNED)


def test_a_department_of_the_settings_without_indicators_is_not_shown() -> None:
    assert list(found(named({"1-01-1": "税務課"}))) == ["税務課"]


def test_whose_an_indicator_is_its_row_says_and_without_the_column_the_plan() -> None:
    of_plan = indicator(department="農政課")
    ledger = ledger_of(plan_of(of_plan), {"1-01-1": {words.DEPARTMENT: "観光課"}})
    assert owners(ledger, of_plan) == ("観光課",)
    blank = ledger_of(plan_of(of_plan), {"1-01-1": {words.DEPARTMENT: None}})
    assert owners(blank, of_plan) == ()
    row = ledger.rows["1-01-1"]
    without = {key: cell for key, cell in row.cells.items() if key != words.DEPARTMENT}
    for rows in ({}, {"1-01-1": replace(row, cells=without)}):
        assert owners(replace(ledger, rows=rows), of_plan) == ("農政課",)
    assert owners(replace(ledger, rows={}), indicator()) == ()


def test_whose_a_measure_is_its_row_says_and_without_one_nobody() -> None:
    ledger = ledger_of(plan_of(indicator()), {"1-01": {words.DEPARTMENT: "観光課"}})
    assert measure_owners(ledger, "1-01") == ("観光課",)
    assert measure_owners(replace(ledger, measures={}), "1-01") == ()
    assert (label(("観光課", "農政課")), label(())) == ("観光課、農政課", UNASSIGNED)


def test_a_goal_without_indicators_has_no_column_among_all_departments() -> None:
    plan = plan_of(indicator())
    plan = replace(plan, goals=(*plan.goals, Goal(2, "ひとを育てる")))
    summary = summarize(plan, {}, plan.round, ledger_of(plan).settings)
    assert [*all_departments(summary).goals] == [1]


KNOWN = ("観光課", "がん対策課", "まち・ひと課", "葛\U000e0100城課", "税務課/収納係")


@pytest.mark.parametrize(
    "written",
    [
        *("観光課、がん対策課", "観光課，がん対策課", "観光課,がん対策課", "観光課/がん対策課"),
        *("観光課／がん対策課", "観光課・がん対策課", "観光課･がん対策課", "観光課 がん対策課"),
        *("観光課\nがん対策課", "観光課、 がん対策課、", "観光課､がん対策課", "観光課＆がん対策課"),
        *("観光課；がん対策課", "観光課\u3000がん対策課", "観光課、観光課、がん対策課"),
        unicodedata.normalize("NFD", "観光課、がん対策課"),
        "観\u200b光課\u00a0、\ufeffがん対策課\u2003",
    ],
)
def test_several_departments_are_the_same_however_they_are_written(written: str) -> None:
    assert names_in(written, KNOWN) == ("観光課", "がん対策課")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("まち・ひと課", ("まち・ひと課",)),
        ("税務課/収納係", ("税務課/収納係",)),
        ("葛城課", ("葛\U000e0100城課",)),
        ("商工・観光課", ("商工・観光課",)),
        ("観光課・農政課", ("観光課・農政課",)),
        ("観光課、農政課", ("観光課", "農政課")),
        ("観光　係", ("観光 係",)),
    ],
)
def test_a_name_is_taken_apart_only_where_that_is_sure(
    written: str, names: tuple[str, ...]
) -> None:
    assert names_in(written, KNOWN) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("観光課・まち・ひと課", ("観光課", "まち・ひと課")),
        ("まち・ひと課・観光課・", ("まち・ひと課", "観光課")),
        ("まち・ひと課、観光課", ("まち・ひと課", "観光課")),
        ("まち課", ("まち課",)),
        ("まち・ひと課・臨時の課", ("まち・ひと課・臨時の課",)),
        ("まち・ひと課・まち・ひと", ("まち・ひと課・まち・ひと",)),
    ],
)
def test_a_name_with_a_dot_of_its_own_is_found_among_others(
    written: str, names: tuple[str, ...]
) -> None:
    """The longest known names are taken: ひと課 is one too."""
    assert names_in(written, (*KNOWN, "まち", "ひと課")) == names


@pytest.mark.parametrize(
    "written", ["", " ", "－", "―", "未割当", "未設定", "未\u200b割当", "、", "\u200b"]
)
def test_nobody_is_one_word(written: str) -> None:
    assert names_in(written, KNOWN) == ()
    assert label(names_in(written, KNOWN)) == "未割当"


def test_the_list_of_the_settings_names_each_department_once() -> None:
    names = [
        "観光課 ",
        unicodedata.normalize("NFD", "がん対策課"),
        "がん対策課",
        "\u200b",
        "観光　課",
    ]
    assert listed(names) == ("観光課", "がん対策課", "観光 課")


def test_word_csv_split_and_check_say_the_same_of_whose_a_row_is() -> None:
    ledger = named(
        {
            "1-01-1": "がん対策課、観光課",
            "1-01-2": unicodedata.normalize("NFD", "がん対策課，観光課"),
            "1-01-3": "が\u200bん対策課／観光課 ",
            "1-01-4": "未設定",
            "1-01-5": "がん対策課",
        }
    )
    settings = replace(ledger.settings, departments=("観光課", "がん対策課"))
    ledger = replace(ledger, settings=settings)
    counts = {"観光課": 3, "がん対策課": 4, "未割当": 1}
    assert {name: each.count.total for name, each in found(ledger).items()} == counts
    assert shared(ledger) == ("1-01-1", "1-01-2", "1-01-3")
    round_ = ledger.settings.round
    summary = summarize(ledger.plan, ledger.actuals, round_, ledger.settings)
    assert frames.departments(ledger, summary)["total"].to_dict() == counts
    assert all_departments(summary).count.total == 5
    both = "がん対策課、観光課"
    assert list(frames.indicators(ledger)["department"]) == [*[both] * 3, None, "がん対策課"]
    shares = {part.department: part.indicators for part in shares_of(ledger)}
    assert shares == {
        "がん対策課": ("1-01-1", "1-01-2", "1-01-3", "1-01-5"),
        "観光課": ("1-01-1", "1-01-2", "1-01-3"),
        "未割当": ("1-01-4",),
    }
    people = [i for i in check(ledger, round_) if i.code.startswith("department")]
    assert [(i.code, i.indicator) for i in people] == [("department-missing", "1-01-4")]
    assert owners(ledger, ledger.plan.by_id["1-01-4"]) == ()


def test_what_is_not_surveyed_counts_alike_everywhere() -> None:
    plan = plan_of(*(indicator(id=f"1-01-{n}") for n in (1, 2, 3)))
    typed = {"1-01-1": {"R8": 120}, "1-01-2": {"R8": "対象外"}, "1-01-3": {"R8": "未公表"}}
    ledger = ledger_of(plan, typed)
    summary = summarize(plan, ledger.actuals, plan.round, ledger.settings)
    (printed,) = found(ledger).values()
    row = frames.departments(ledger, summary).loc["観光課"].to_dict()
    whole = frames.counts(summary).loc[(1, "kpi")].to_dict()
    assert row == whole
    assert (row["total"], row["excluded"], row["rate"]) == (2, 1, printed.count.rate)


@pytest.mark.parametrize("exclude", [False, True])
def test_the_counts_add_up_to_those_of_the_whole(sample_path: Path, *, exclude: bool) -> None:
    ledger = read(sample_path)
    ledger = replace(ledger, settings=replace(ledger.settings, exclude_unpublished=exclude))
    summary = summarize(ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings)
    made, whole = departments(ledger, summary), all_departments(summary)
    assert sum((each.count for each in made), Count()) == summary.kpi + summary.headline
    assert whole.count == summary.kpi + summary.headline
    for goal in summary.goals:
        parts = [each.goals[goal.goal.number] for each in made if goal.goal.number in each.goals]
        assert sum(parts, Count()) == goal.kpi + goal.headline == whole.goals[goal.goal.number]
    listed = [a.indicator.id for each in made for a in each.achievements]
    assert sorted(listed) == sorted(i.id for i in ledger.plan.indicators())


def test_a_figure_that_stands_twice_is_listed_twice_and_counted_once() -> None:
    kpis = [indicator(id=id_) for id_ in ("1-01-1", "1-01-2")]
    plan = plan_of(*kpis, relations=(Same(("1-01-1", "1-01-2")),))
    ledger = ledger_of(plan, {kpi.id: {"R8": 120} for kpi in kpis})
    assert repeated(ledger) == {"1-01-2"}
    (only,) = found(ledger).values()
    summary = summarize(plan, ledger.actuals, plan.round, ledger.settings)
    assert all_departments(summary) == replace(only, name="合計")
    assert [a.indicator.id for a in only.achievements] == ["1-01-1", "1-01-2"]
    assert (only.count.total, only.goals[1].achieved) == (1, 1)


def test_goals_known_by_counts_only_add_nothing_to_the_whole() -> None:
    plan = definition.load("second").plan
    ledger = ledger_of(plan, {})
    summary = summarize(plan, ledger.actuals, plan.round, ledger.settings)
    whole = all_departments(summary)
    assert summary.kpi.total == 52
    assert whole.count == summary.headline
    assert whole.goals == {each.goal.number: each.headline for each in summary.goals}
