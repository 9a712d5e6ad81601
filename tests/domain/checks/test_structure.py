"""The workbook itself: what the reader noticed, and definition cells that were changed."""

from dataclasses import replace

import pytest
from builders import issues_of, ledger_of, places, plausible, second, stored, third

from aso_xl.domain.catalogue import HIDDEN_ROW, LINK_EXTERNAL, STRUCTURE, IssueKind
from aso_xl.domain.checks import Severity, check
from aso_xl.domain.ledger import Oddity

NOTICED = [kind for kind in STRUCTURE.kinds if kind.gaps == {"detail"}]


@pytest.mark.parametrize("kind", NOTICED, ids=lambda kind: kind.code)
def test_what_the_reader_noticed_becomes_an_issue_at_its_place(kind: IssueKind) -> None:
    oddity = Oddity(kind, "基本目標1", "A9", "1-01-1", "くわしく")
    (found,) = (i for i in issues_of(third(), plausible(third()), oddity) if i.kind == kind)
    assert found.severity is kind.severity
    assert (found.sheet, found.cell, found.indicator) == ("基本目標1", "A9", "1-01-1")
    assert "くわしく" in found.finding
    assert "有害鳥獣捕獲従事者数" in found.message


def test_a_notice_without_a_place_is_about_the_workbook():
    (found,) = (i for i in issues_of(second(), {}, Oddity(LINK_EXTERNAL)) if "link" in i.code)
    assert found.message.startswith("ブック全体: ")
    assert found.to_json()["cell"] is None


CHANGED = [
    ("1-01-1", "baseline", 95, "F6"),
    ("1-01-1", "baseline", None, "F6"),
    ("1-01-1", "target", "130人", "H6"),
    ("1-01-1", "unit", "名", "C6"),
    ("1-01-1", "rule", "以下", "D6"),
    ("1-01-1", "name", "有害鳥獣捕獲者数", "B6"),
    ("1-01-1", "baseline_year", "R5", "E6"),
    ("1-01-1", "target_year", "来年", "G6"),
    ("1-01-1", "target", stored("#REF!", is_error=True), "H6"),
]


@pytest.mark.parametrize(("id_", "field", "value", "cell"), CHANGED)
def test_a_changed_definition_cell_is_an_error(id_, field, value, cell):
    found = issues_of(third(), {**plausible(third()), id_: {"R8": 100, field: value}})
    assert [(i.code, i.cell) for i in found if i.indicator == id_] == [("definition-changed", cell)]


def test_both_values_are_shown():
    typed = {**plausible(third()), "1-01-1": {"R8": 100, "target": 130}}
    (found,) = (i for i in issues_of(third(), typed) if i.code == "definition-changed")
    assert "130" in found.finding
    assert "120人" in found.finding


@pytest.mark.parametrize(
    ("id_", "field", "value"),
    [
        ("1-01-1", "baseline", "94人"),
        ("1-01-1", "baseline", 94.0),
        ("1-07-1", "baseline", 4965),
        ("1-H1", "baseline", "1,241億5,500万円"),
        ("1-01-1", "name", "有害鳥獣\n捕獲従事者数 "),
        ("1-01-1", "unit", " 人"),
        ("1-01-1", "baseline_year", "令和6年度"),
        ("3-01-1", "unit", "％"),
    ],
)
def test_another_way_to_write_the_same_is_no_change(id_, field, value):
    typed = plausible(third())
    found = issues_of(third(), {**typed, id_: {**typed[id_], field: value}})
    assert [i.code for i in found if i.indicator == id_] == []


@pytest.mark.parametrize("empty", [None, "", "－"])
def test_a_qualitative_indicator_has_no_figures_to_change(empty):
    typed = {"1-H1": {"R7": "達成", "baseline": empty, "target": empty, "unit": empty}}
    assert "definition-changed" not in dict(places(issues_of(second(), typed)))


def test_a_hidden_row_is_noticed_once():
    ledger = ledger_of(third(), plausible(third()))
    hidden = replace(ledger.rows["1-01-1"], hidden=True)
    rows = {**ledger.rows, "1-01-1": hidden}
    for oddities in ((), (Oddity(HIDDEN_ROW, "基本目標1", "A6", "1-01-1"),)):
        found = check(replace(ledger, rows=rows, oddities=oddities), third().round)
        assert [(i.code, i.severity) for i in found] == [("hidden-row", Severity.WARNING)]
