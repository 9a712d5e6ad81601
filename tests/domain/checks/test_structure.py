"""The workbook itself: what the reader noticed, and definition cells that were changed."""

from dataclasses import replace

import pytest
from builders import (
    R8,
    indicator,
    issues_of,
    ledger_of,
    places,
    plan_of,
    plausible,
    second,
    stored,
    third,
)

from aso_xl.domain.catalogue import (
    COLUMN_RENAMED,
    HIDDEN_ROW,
    LINK_EXTERNAL,
    MERGED_CELL,
    RAISED_TEXT,
    STRUCK_CELL,
    STRUCK_TEXT,
    STRUCTURE,
    TABLE_DOUBLED,
    IssueKind,
)
from aso_xl.domain.cells import Cell, Row
from aso_xl.domain.checks import Severity, check
from aso_xl.domain.checks.structure import table_findings
from aso_xl.domain.ledger import IN_A_COPY, UNKNOWN_HEADING, Oddity, Unread

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
    assert [found.to_json()[key] for key in ("sheet", "cell", "indicator")] == [None] * 3


@pytest.mark.parametrize("detail", ["", "有害鳥獣捕獲従事者数", "基本目標1", "A9"])
def test_a_notice_does_not_repeat_its_place_in_brackets(detail: str) -> None:
    oddity = Oddity(MERGED_CELL, "基本目標1", "A9", "1-01-1", detail)
    (found,) = issues_of(third(), plausible(third()), oddity)
    assert found.finding == MERGED_CELL.finding.format(detail="")


STRUCK = stored("増えた", flaw=STRUCK_TEXT, left_out="減った")


@pytest.mark.parametrize(
    ("id_", "field", "cell", "name"),
    [
        ("1-01-1", "remark", "N6", "有害鳥獣捕獲従事者数"),
        ("1-01-1", "department", "O6", "有害鳥獣捕獲従事者数"),
        ("1-03", "efforts", "B29", third().measures["1-03"].name),
    ],
)
def test_the_look_of_a_text_is_mentioned_with_whose_it_is(id_, field, cell, name):
    typed = plausible(third())
    found = issues_of(third(), {**typed, id_: {**typed.get(id_, {}), field: STRUCK}})
    assert [(i.code, i.cell, i.indicator, i.name) for i in found if i.kind == STRUCK_TEXT] == [
        ("struck-text", cell, id_, name)
    ]


@pytest.mark.parametrize("kind", [RAISED_TEXT, STRUCK_CELL])
def test_the_look_of_a_figure_is_mentioned_once(kind: IssueKind) -> None:
    figure = stored(94, flaw=kind, left_out="①")
    found = issues_of(third(), {**plausible(third()), "1-01-1": {"R7": 94, "R8": figure}})
    assert places(found) == [(kind.code, "J6")]


@pytest.mark.parametrize(("id_", "said"), [("9-99-9", "9-99-9"), ("", None)])
def test_looks_are_mentioned_in_rows_of_no_indicator_too(id_: str, said: str | None) -> None:
    cells = {"R8": Cell("基本目標1", "J60", 5, flaw=RAISED_TEXT, left_out="①")}
    ledger = ledger_of(third(), plausible(third()), strays=(Row(id_, "基本目標1", 60, cells),))
    found = check(ledger, R8)
    assert [(i.code, i.cell, i.indicator) for i in found] == [("raised-text", "J60", said)]


def test_looks_are_mentioned_in_the_settings_and_the_list_of_departments() -> None:
    look = {"flaw": STRUCK_TEXT, "left_out": "旧"}
    ledger = ledger_of(third(), plausible(third()))
    setting = Cell("設定", "B12", "市", **look)
    department = Cell("設定", "A45", "観光課", **look)
    ledger = replace(
        ledger,
        setting_cells={**ledger.setting_cells, "市町村": setting},
        department_cells=(Cell("設定", "A44", "農政課"), department),
    )
    assert places(check(ledger, R8)) == [("struck-text", "B12"), ("struck-text", "A45")]


UNREAD = Unread(Cell("基本目標1 (2)", "J6", 120), "1-01-1", "R8", IN_A_COPY, "基本目標1 J6")


def test_what_is_typed_and_not_read_is_an_error_that_names_where_it_belongs() -> None:
    (found,) = check(ledger_of(third(), plausible(third()), unread=(UNREAD,)), R8)
    assert (found.code, found.severity) == ("value-unread", Severity.ERROR)
    assert (found.sheet, found.cell, found.indicator) == ("基本目標1 (2)", "J6", "1-01-1")
    assert found.finding == "「120」を読み取っていません(同じ表がもう 1 つあります)。"
    assert "正しい値を元の欄(基本目標1 J6)に写し" in found.remedy


def test_what_is_not_read_may_be_of_no_indicator_and_belong_nowhere() -> None:
    unread = replace(UNREAD, id="", reason=UNKNOWN_HEADING, instead="")
    (found,) = check(ledger_of(third(), plausible(third()), unread=(unread,)), R8)
    assert found.indicator is None
    assert "正しい値を元の欄に写し" in found.remedy


def test_who_takes_values_without_findings_says_which_tables_and_values_are_left() -> None:
    said = [Oddity(TABLE_DOUBLED, detail="甲"), Oddity(COLUMN_RENAMED, detail="乙")]
    oddities = (said[0], Oddity(LINK_EXTERNAL), said[1])
    found = table_findings(ledger_of(third(), oddities=oddities, unread=(UNREAD,)))
    assert len(found) == 3
    for message, word in zip(found, ("(甲)", "(乙)", "「120」"), strict=True):
        assert word in message


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


def test_what_was_emptied_is_shown_as_blank() -> None:
    typed = {**plausible(third()), "1-01-1": {"R8": 94, "name": " "}}
    (found,) = (i for i in issues_of(third(), typed) if i.code == "definition-changed")
    assert "空欄" in found.finding
    assert "有害鳥獣捕獲従事者数" in found.finding


def test_a_definition_is_looked_through_to_its_end_whatever_row_is_missing() -> None:
    ledger = ledger_of(third(), {**plausible(third()), "4-13-1": {"R8": 1, "unit": "個"}})
    rows = {id_: row for id_, row in ledger.rows.items() if id_ != "1-H1"}
    found = check(replace(ledger, rows=rows), R8)
    assert [i.indicator for i in found if i.code == "definition-changed"] == ["4-13-1"]


@pytest.mark.parametrize(
    ("unit", "typed", "changed"),
    [
        ("", "－", False),
        ("", None, False),
        ("", "人", True),
        ("人", None, True),
        ("人", "－", True),
    ],
)
def test_an_empty_unit_is_one_only_where_the_plan_has_none(unit, typed, changed):
    plan = plan_of(indicator(unit=unit))
    found = places(issues_of(plan, {"1-01-1": {"R8": 100, "unit": typed}}))
    assert found == ([("definition-changed", "C5")] if changed else [])


RANK = indicator("12", "10", "以下", unit="位")


@pytest.mark.parametrize(
    ("field", "value", "codes"),
    [
        ("rule", "以内", []),
        ("rule", "以下", []),
        ("rule", "未満", ["definition-changed"]),
        ("unit", "以下", ["definition-changed"]),
    ],
)
def test_the_rule_of_a_rank_may_be_written_as_it_is_printed_or_as_it_is_called(field, value, codes):
    found = issues_of(plan_of(RANK), {"1-01-1": {"R8": 11, field: value}})
    assert [i.code for i in found] == codes


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


def test_a_hidden_row_is_noticed_beside_what_else_is_odd_about_it() -> None:
    merged = Oddity(MERGED_CELL, "基本目標1", "J6", "1-01-1")
    ledger = ledger_of(third(), plausible(third()), oddities=(merged,))
    hidden = replace(ledger.rows["1-01-1"], hidden=True)
    found = check(replace(ledger, rows={**ledger.rows, "1-01-1": hidden}), R8)
    assert [i.code for i in found] == ["merged-cell", "hidden-row"]
