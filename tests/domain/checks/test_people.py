"""What people still have to write."""

from dataclasses import replace

import pytest
from builders import R8, TEXTS, issues_of, ledger_of, places, plausible, second, third

from aso_xl.domain.cells import Cell
from aso_xl.domain.checks import Severity, check
from aso_xl.domain.plan import PlanField


def about(id_, **fields):
    typed = plausible(third())
    found = issues_of(third(), {**typed, id_: {**typed.get(id_, {}), **fields}})
    return [(i.code, i.cell, i.severity) for i in found]


@pytest.mark.parametrize("blank", [None, "", "　"])
def test_a_missing_department(blank):
    assert about("1-01-1", department=blank) == [("department-missing", "O6", Severity.WARNING)]


@pytest.mark.parametrize("name", ["観光", "農政課", "観光課、農政課"])
def test_an_unknown_department(name):
    assert about("1-01-1", department=name) == [("department-unknown", "O6", Severity.WARNING)]


def test_the_closest_department_is_offered():
    (found,) = issues_of(
        third(), {**plausible(third()), "1-01-1": {"R8": 94, "department": "観光"}}
    )
    assert "「観光課」" in found.remedy


@pytest.mark.parametrize(
    "names", ["観光課", "農政課", "観光課、農政課", "観光課／農政課", "まち・ひと課"]
)
def test_known_departments(names):
    ledger = ledger_of(third(), {**plausible(third()), "1-01-1": {"R8": 94, "department": names}})
    known = replace(ledger.settings, departments=("観光課", "農政課", "まち・ひと課"))
    assert check(replace(ledger, settings=known), R8) == ()


def test_a_plan_without_departments_asks_for_none():
    ledger = ledger_of(
        second(), {i.id: {"R7": "達成", "department": None} for i in second().indicators()}
    )
    found = check(
        replace(ledger, settings=replace(ledger.settings, departments=())), second().round
    )
    assert places(found) == [("stated-total-mismatch", None)]


@pytest.mark.parametrize(
    ("id_", "value", "expected"),
    [
        ("1-01-1", 100, [("remark-missing", "N6", Severity.WARNING)]),
        ("1-01-1", 120, []),
        ("3-H1", 100, []),
        ("3-H1", 99, [("remark-missing", "N5", Severity.WARNING)]),
        ("1-01-1", "未公表", [("remark-missing", "N6", Severity.WARNING)]),
        ("1-01-1", "集計中", [("pending", "J6", Severity.INFO)]),
        ("1-01-1", "対象外", []),
        ("1-01-1", "百", [("unknown-mark", "J6", Severity.ERROR)]),
    ],
)
def test_a_missed_indicator_needs_its_reason(id_, value, expected):
    assert about(id_, R8=value, remark=None) == expected


def test_a_workbook_without_the_columns_of_people_asks_for_nothing_in_them():
    ledger = ledger_of(third(), {**plausible(third()), "1-01-1": {"R8": 1}})
    bare = {
        id_: replace(row, cells={k: v for k, v in row.cells.items() if k not in dropped})
        for rows, dropped in ((ledger.rows, {"remark", "department"}), (ledger.measures, TEXTS))
        for id_, row in rows.items()
    }
    ledger = replace(
        ledger,
        rows={id_: bare[id_] for id_ in ledger.rows},
        measures={id_: bare[id_] for id_ in ledger.measures},
        setting_cells={},
        settings=replace(ledger.settings, heading="", paragraphs=()),
    )
    assert places(check(ledger, R8), "digit-slip") == []


def texts(heading, *paragraphs):
    ledger = ledger_of(third(), plausible(third()))
    settings = replace(ledger.settings, heading=heading, paragraphs=paragraphs)
    cells = {"見出し": Cell("設定", "B7"), "前文1": Cell("設定", "B8"), "前文2": Cell("設定", "B9")}
    return places(check(replace(ledger, settings=settings, setting_cells=cells), R8))


def test_an_empty_heading_or_opening():
    assert texts("", "文") == [("paragraph-empty", "B7")]
    assert texts("検証", "", " ") == [("paragraph-empty", "B8")]
    assert texts("検証", "", "文") == []


def test_measure_texts_are_counted_per_goal():
    texts = {"efforts": "文", "problems": None, "direction": None}
    typed = {**plausible(third()), "1-03": {**texts, "efforts": None}, "1-10": texts}
    (found,) = issues_of(third(), typed)
    assert (found.code, found.severity) == ("measure-text-empty", Severity.INFO)
    assert (found.sheet, found.cell) == ("基本目標1", "B29")
    assert "2 あります" in found.finding


def test_blank_fields_of_the_plan_itself_are_no_measure_texts():
    plan = replace(third(), fields=(PlanField("cost", "決算額", "measure", is_printed=True),))
    found = issues_of(plan, {**plausible(third()), "1-03": {"cost": None}})
    assert "measure-text-empty" not in dict(places(found))
