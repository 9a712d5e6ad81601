"""Who answers for what: counts per 担当課 that add up to those of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from builders import indicator, ledger_of, plan_of

from aso_xl import ledger as words
from aso_xl.departments import UNASSIGNED, Department, departments, repeated
from aso_xl.entry import actuals
from aso_xl.ledger import Ledger
from aso_xl.plan import Same
from aso_xl.summary import Count, summarize
from aso_xl.workbook.reading import read


def found(ledger: Ledger) -> dict[str, Department]:
    round_ = ledger.settings.round
    summary = summarize(ledger.plan, actuals(ledger), round_, ledger.settings)
    return {each.name: each for each in departments(ledger, summary)}


def named(names: Mapping[str, str | None]) -> Ledger:
    """Return a ledger of KPIs with these 担当課, all at 120 of 120."""
    plan = plan_of(*(indicator(id=id_) for id_ in names))
    typed = {id_: {words.DEPARTMENT: name, "R8": 120} for id_, name in names.items()}
    return ledger_of(plan, typed)


def test_departments_of_one_cell_count_as_one_and_the_unassigned_come_last() -> None:
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
        "観光課": 1,
        "税務課": 1,
        "観光課、農政課": 2,
        UNASSIGNED: 1,
    }
    first, *_, last = made
    assert (first, last) == ("観光課", UNASSIGNED)


def test_a_department_of_the_settings_without_indicators_is_not_shown() -> None:
    assert list(found(named({"1-01-1": "税務課"}))) == ["税務課"]


@pytest.mark.parametrize("exclude", [False, True])
def test_the_counts_add_up_to_those_of_the_whole(sample_path: Path, *, exclude: bool) -> None:
    ledger = read(sample_path)
    ledger = replace(ledger, settings=replace(ledger.settings, exclude_unpublished=exclude))
    summary = summarize(ledger.plan, actuals(ledger), ledger.settings.round, ledger.settings)
    made = departments(ledger, summary)
    assert sum((each.count for each in made), Count()) == summary.kpi + summary.headline
    for goal in summary.goals:
        parts = [each.goals[goal.goal.number] for each in made if goal.goal.number in each.goals]
        assert sum(parts, Count()) == goal.kpi + goal.headline
    listed = [a.indicator.id for each in made for a in each.achievements]
    assert sorted(listed) == sorted(i.id for i in ledger.plan.indicators())


def test_a_figure_that_stands_twice_is_listed_twice_and_counted_once() -> None:
    kpis = [indicator(id=id_) for id_ in ("1-01-1", "1-01-2")]
    plan = plan_of(*kpis, relations=(Same(("1-01-1", "1-01-2")),))
    ledger = ledger_of(plan, {kpi.id: {"R8": 120} for kpi in kpis})
    assert repeated(ledger) == {"1-01-2"}
    (only,) = found(ledger).values()
    assert [a.indicator.id for a in only.achievements] == ["1-01-1", "1-01-2"]
    assert (only.count.total, only.goals[1].achieved) == (1, 1)
