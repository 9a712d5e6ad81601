"""The pandas tables agree with the counts that summary.py makes without pandas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from paths import ROOT

from aso_xl import frames
from aso_xl.domain.achievement import COUNTED
from aso_xl.domain.departments import departments
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.summary import Count, Summary, summarize
from aso_xl.domain.words import UNASSIGNED
from aso_xl.workbook.read.reading import read


@pytest.fixture(params=["sample_path", "second_path", "template_path"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    path: Path = request.getfixturevalue(request.param)
    return read(path)


def evaluated(ledger: Ledger, round_: FiscalYear) -> Summary:
    return summarize(ledger.plan, ledger.actuals, round_, ledger.settings)


def as_row(count: Count) -> dict[str, object]:
    return {
        "total": count.total,
        **{result.value: getattr(count, result.value) for result in COUNTED},
        "rate": count.rate,
    }


@pytest.mark.parametrize("exclude", [False, True])
def test_counts_agree_with_the_summary(ledger: Ledger, exclude: bool) -> None:
    settings = replace(ledger.settings, exclude_unpublished=exclude)
    ledger = replace(ledger, settings=settings)
    for round_ in ledger.plan.rounds:
        summary = evaluated(ledger, round_)
        table = frames.counts(summary)
        for each in summary.goals:
            number = each.goal.number
            assert table.loc[(number, "kpi")].to_dict() == as_row(each.kpi)
            assert table.loc[(number, "headline")].to_dict() == as_row(each.headline)
        assert table.loc[("全体", "kpi")].to_dict() == as_row(summary.kpi)
        assert table.loc[("全体", "headline")].to_dict() == as_row(summary.headline)


def test_departments_cross_with_results(ledger: Ledger) -> None:
    summary = evaluated(ledger, ledger.settings.round)
    table = frames.departments(ledger, summary)
    counted = [g.headline for g in summary.goals]
    counted += [g.kpi for g in summary.goals if not g.goal.kpi_counts]
    whole = sum(counted, Count())
    assert table["total"].sum() == whole.total
    for result in COUNTED:
        assert table[result.value].sum() == getattr(whole, result.value)
    printed = {each.name: each.count for each in departments(ledger, summary)}
    assert list(table.index) == list(printed)
    assert {name: as_row(count) for name, count in printed.items()} == table.to_dict("index")


def test_an_indicator_without_a_department_says_so(template_path: Path) -> None:
    ledger = read(template_path)
    table = frames.departments(ledger, evaluated(ledger, ledger.settings.round))
    assert list(table.index)[-1] == "未割当" == UNASSIGNED


def test_values_stay_exact(sample_path: Path) -> None:
    table = frames.actuals(read(sample_path)).set_index(["id", "round"])
    assert table.loc[("3-01-1", "R9"), "value"] == Decimal("6.48")
    assert table.loc[("4-07-1", "R9"), "value"] is None
    assert table.loc[("4-07-1", "R9"), "mark"] == "対象外"


def test_a_row_per_indicator(ledger: Ledger) -> None:
    table = frames.indicators(ledger)
    assert list(table["id"]) == [i.id for i in ledger.plan.indicators()]
    assert list(frames.goals(ledger)["goal"]) == [goal.number for goal in ledger.plan.goals]


def test_a_row_per_indicator_and_round(sample_path: Path) -> None:
    ledger = read(sample_path)
    table = frames.tables(sample_path)["rounds"]
    rounds = [r for r in ledger.plan.rounds if r <= ledger.settings.round]
    assert list(table["round"].unique()) == list(map(str, rounds))
    for round_ in rounds:
        here = table[table["round"] == str(round_)].drop(columns="round").reset_index(drop=True)
        pd.testing.assert_frame_equal(here, frames.results(ledger, evaluated(ledger, round_)))


def test_every_table_and_column_is_documented(sample_path: Path) -> None:
    words = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    for name, table in frames.tables(sample_path).items():
        section = words.partition(f"\n### `{name}`")[2].partition("\n### ")[0]
        columns = {"fields.キー" if c.startswith("fields.") else c for c in table.columns}
        assert {column for column in columns if f"`{column}`" not in section} == set(), name


def test_types_are_those_that_are_documented(sample_path: Path) -> None:
    found = frames.tables(sample_path)
    kinds = {
        (name, column): {type(value) for value in table[column] if value is not None}
        for name, table in found.items()
        for column in table.columns
    }
    assert kinds["rounds", "value"] == kinds["rounds", "progress"] == {Decimal}
    assert kinds["rounds", "value_year"] == kinds["indicators", "target_year"] == {FiscalYear}
    assert kinds["summary", "total"] == {int} and kinds["summary", "rate"] == {Decimal}
    assert kinds["rounds", "counted"] == {bool} and kinds["actuals", "mark"] == {str}
