"""The checks as a whole: nothing in a correct workbook, everything at once in a wrong one."""

import string

import pytest
from builders import (
    R7,
    R8,
    R11,
    issues_of,
    ledger_of,
    places,
    plausible,
    second,
    stored,
    third,
)

from aso_xl.domain.catalogue import (
    CATALOGUE,
    LINK_EXTERNAL,
    MERGED_CELL,
    SETTINGS_MISSING,
    STRUCK_TEXT,
)
from aso_xl.domain.checks import Severity, check, counts
from aso_xl.domain.ledger import Ledger, Oddity


@pytest.mark.parametrize("round_", [R7, R8, R11])
def test_a_correct_workbook_is_silent(round_):
    assert issues_of(third(), plausible(third(), round_), round_=round_) == ()


def test_an_untouched_workbook_only_waits_for_input():
    ledger = ledger_of(
        third(), {i.id: {"remark": None, "department": None} for i in third().indicators()}
    )
    found = check(ledger, R8)
    assert {i.code for i in found} == {"blank", "department-missing"}
    assert counts(found) == {"error": 0, "warning": 134, "info": 0}


def test_a_ledger_with_nothing_in_it_is_no_crash():
    ledger = ledger_of(second())
    assert places(check(Ledger(second(), ledger.settings), R7)) == [("stated-total-mismatch", None)]


def test_everything_is_found_at_once_in_the_order_of_the_sheets():
    typed = {
        **plausible(third()),
        "4-H1": {"R8": "?"},
        "2-02-3": {"R7": 700_000, "R8": True},
        "2-02-2": {"R7": 630_000, "R8": 630_000},
        "1-H1": {"R8": 1250, "unit": "円"},
        "1-01-1": {"R7": -1, "R8": "１００"},
        "1-03": {"efforts": None},
    }
    found = issues_of(third(), typed, Oddity(SETTINGS_MISSING, "設定"))
    assert [(i.code, i.indicator, i.round and str(i.round)) for i in found] == [
        ("settings-missing", None, None),
        ("measure-text-empty", None, None),
        ("definition-changed", "1-H1", None),
        ("negative", "1-01-1", "R7"),
        ("numeral-read", "1-01-1", "R8"),
        ("part-exceeds-whole", "2-02-3", "R7"),
        ("boolean", "2-02-3", "R8"),
        ("unknown-mark", "4-H1", "R8"),
    ]
    assert counts(found) == {"error": 6, "warning": 0, "info": 2}


def test_findings_on_a_sheet_come_before_those_of_its_indicators_and_of_measures_after_them():
    last = third().goals[3].kpis[-1].id
    typed = {
        **plausible(third()),
        "2-H1": {"R8": "?"},
        last: {"R8": "?"},
        "4-01": {"efforts": stored("文", flaw=STRUCK_TEXT, left_out="旧")},
    }
    oddities = (
        Oddity(MERGED_CELL, "基本目標3", "A9"),
        Oddity(MERGED_CELL, "基本目標2", "A9"),
        Oddity(SETTINGS_MISSING, "設定"),
        Oddity(LINK_EXTERNAL),
    )
    found = issues_of(third(), typed, *oddities)
    assert [(i.code, i.sheet, i.indicator) for i in found] == [
        ("settings-missing", "設定", None),
        ("link-external", None, None),
        ("merged-cell", "基本目標2", None),
        ("unknown-mark", "基本目標2", "2-H1"),
        ("merged-cell", "基本目標3", None),
        ("unknown-mark", "基本目標4", last),
        ("struck-text", "基本目標4", "4-01"),
    ]


def test_a_department_is_spared_what_only_the_secretariat_can_change():
    typed = {**plausible(third()), "1-01-1": {"R8": "?", "department": None}}
    handout = ledger_of(third(), typed, is_handout=True)
    assert places(check(handout, R8)) == [("unknown-mark", "J6")]
    assert places(issues_of(third(), typed)) == [
        ("department-missing", "O6"),
        ("unknown-mark", "J6"),
    ]


def test_json_has_the_fixed_shape():
    (found,) = issues_of(third(), {**plausible(third()), "1-01-1": {"R8": "約120人"}})
    shape = found.to_json()
    assert list(shape) == [
        *("code", "severity", "sheet", "cell", "indicator", "round", "value", "message")
    ]
    assert shape["message"] == (
        "基本目標1 J6(1-01-1 有害鳥獣捕獲従事者数、R8): 「約120人」は数値として読めません。"
        "120 の意味でしたら、数字だけで 120 と入力してください。"
    )
    assert (shape["severity"], shape["round"], shape["value"]) == ("error", "R8", "約120人")


def test_braces_and_long_texts_stay_text():
    (found,) = issues_of(
        third(), {**plausible(third()), "1-01-1": {"R8": "{0}{value}\n" + "あ" * 500}}
    )
    assert "{0}{value} あ" in found.finding
    assert len(found.message) < 150


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_is_complete(code):
    kind = CATALOGUE[code]
    assert set(code) <= set(string.ascii_lowercase + string.digits + "-")
    assert kind.severity in Severity
    assert kind.title
    assert kind.finding.endswith("。")
    assert kind.remedy.endswith("。")
