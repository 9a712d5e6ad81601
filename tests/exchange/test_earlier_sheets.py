"""競合 and 受け付けなかった変更 as earlier versions drew them: read, obeyed, drawn as of now."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from exchange_tools import Town, sheet_rows, typed
from openpyxl import load_workbook

from aso_xl.exchange.three_way import Conflict
from aso_xl.workbook.write.own_sheet import OwnSheet
from aso_xl.workbook.write.writing import apply

R9: Final = ("1-01-1", "R9")
CONFLICT_HEADS: Final = (
    *("指標", "項目", "年度", "送付時", "マスター", "提出", "課", "ファイル"),
    *("採用", "別の値", "配布"),
)
REJECTED_HEADS: Final = ("指標", "項目", "年度", "値", "課", "ファイル", "理由")


def with_sheet(master: Path, name: str, heads: tuple[str, ...], *rows: tuple[object, ...]) -> None:
    """Draw a sheet as it was drawn before: headings in the first row."""
    widths = (20.0,) * len(heads)
    sheet = OwnSheet(name, f"{name}表", heads, rows, widths)  # type: ignore[arg-type]
    master.write_bytes(apply(master.read_bytes(), [], sheets=[sheet]))


def with_conflict(town: Town, choice: str | None, other: Decimal | None = None) -> None:
    """A master of 99 to which 101 came, as the version before left it."""
    typed(town.master, {R9: 99}, town.master)
    town.send("農政課", {R9: 101})
    values = ("(空欄)", Decimal(99), Decimal(101))
    names = ("農政課", "R9_農政課.xlsx", choice, other, town.made.id)
    row = ("1-01-1 従事者数", "実績値", "R9", *values, *names)
    with_sheet(town.master, "競合", CONFLICT_HEADS, row)


@pytest.mark.parametrize(
    ("choice", "other", "value"),
    [("マスター", None, 99), ("提出", None, 101), ("別の値", Decimal(103), 103)],
)
def test_a_decision_in_the_words_of_before_is_obeyed(
    town: Town, choice: str, other: Decimal | None, value: int
) -> None:
    with_conflict(town, choice, other)
    outcome = town.merge()
    assert (outcome.open_conflicts, town.value(*R9)) == ((), value)
    assert (town.merge().open_conflicts, town.value(*R9)) == ((), value)


def test_an_open_conflict_of_before_is_listed_in_the_words_of_now(town: Town) -> None:
    with_conflict(town, None)
    [left] = town.merge().open_conflicts
    assert (left.base, left.master, left.submitted, left.choice) == (None, 99, 101, "")
    heads, row = sheet_rows(town.master, "競合")
    shown = dict(zip(heads, row, strict=True))
    assert shown == {
        **{"指標": "1-01-1 従事者数", "項目": "実績値", "年度": "R9", "単位": "人"},
        **{"配ったときの値": "(空欄)", "いまの値": 99, "届いた値": 101},
        **{"採用": None, "別の値": None, "課": "農政課", "ファイル": "R9_農政課.xlsx"},
        "配布": town.made.id,
    }
    sheet = load_workbook(town.master)["競合"]
    assert sheet.freeze_panes == "A4"
    assert sheet.column_dimensions["D"].width == 8
    assert [table.ref for table in sheet.tables.values()] == ["A3:L4"]
    assert town.merge().output is None


def test_a_refused_change_that_is_listed_already_is_not_listed_again(town: Town) -> None:
    path = town.send("農政課", {("1-01-1", "目標値"): 1})
    [refused] = town.merge(path).rejected
    [heads, row] = sheet_rows(town.master, "受け付けなかった変更")
    before = dict(zip(heads, row, strict=True))
    assert before["単位"] == "人"
    with_sheet(
        town.master,
        "受け付けなかった変更",
        REJECTED_HEADS,
        tuple(Decimal(1) if head == "値" else before[head] for head in REJECTED_HEADS),
    )
    assert town.merge(path).rejected == (refused,)
    assert dict(zip(*sheet_rows(town.master, "受け付けなかった変更"), strict=True)) in (
        before,
        {head: before[head] for head in REJECTED_HEADS},
    )


def test_what_is_left_to_decide_is_counted_and_marked(town: Town) -> None:
    typed(town.master, {R9: 99, ("1-H1", "R9"): 1250}, town.master)
    town.send("農政課", {R9: 101, ("1-H1", "R9"): 1260})
    outcome = town.merge()
    assert [isinstance(each, Conflict) for each in outcome.open_conflicts] == [True, True]
    shown = load_workbook(town.master, data_only=True)["競合"]
    assert "「採用」を選び" in shown["A1"].value
    assert shown["A2"].value == "まだ選んでいないもの: 2件"
    sheet = load_workbook(town.master)["競合"]
    assert [sheet.cell(3, column).value for column in (4, 8, 9)] == ["単位", "採用", "別の値"]
    assert sheet["D4"].value == "億円"
    formula = '($A$4:$A$5<>"")*(($H$4:$H$5="")+($H$4:$H$5="別の値")*($I$4:$I$5=""))'
    assert sheet["A2"].value == f'="まだ選んでいないもの: "&SUMPRODUCT({formula})&"件"'
    [(area, [rule])] = [(str(m.sqref), m.rules) for m in sheet.conditional_formatting]
    assert (area, rule.formula) == ("H4:H5", ['($A4<>"")*(($H4="")+($H4="別の値")*($I4=""))'])
    assert rule.dxf.fill.bgColor.rgb == "FFFFC266"
