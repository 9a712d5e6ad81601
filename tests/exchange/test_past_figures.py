"""A past figure that changed since it was sent, or since the last merge, is said at its cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from exchange_tools import Town, typed
from workbook_tools import Value, Xlsx

from aso_xl.domain.checks import check
from aso_xl.exchange.cell_values import Key
from aso_xl.exchange.past_changes import PastChange
from aso_xl.exchange.receipts import RECEIVED
from aso_xl.exchange.split import split
from aso_xl.workbook.layout import STAMP
from aso_xl.workbook.past_figures import PAST
from aso_xl.workbook.read.reading import read

CELL = ("1-01-1", "R8")
REMARK = ("1-01-1", "備考(要因・出典)")
TODAY = f"{dt.date.today():%Y-%m-%d}"


def said(path: Path) -> list[tuple[str | None, str]]:
    """Return cell and finding of every past figure that is said to have changed."""
    ledger = read(path)
    found = check(ledger, ledger.settings.round)
    return [(i.cell, i.finding) for i in found if i.code == "past-changed"]


def with_past(town: Town, value: Value) -> Town:
    """Return the town with a figure for R8 in the master, sent to its departments."""
    typed(town.master, {CELL: value}, town.master)
    return Town(town.master, split(town.master, town.inbox.parent / "二回目"), town.inbox)


@pytest.mark.parametrize(
    ("sent", "now", "before", "after"),
    [
        (100, 101, "100", "101"),
        (100, None, "100", "空欄"),
        (100, "未公表", "100", "未公表"),
        (99.5, "約百", "99.5", "約百"),
        ("対象外", 5, "対象外", "5"),
        ("未公表", None, "未公表", "空欄"),
        ("未公表", "対象外", "未公表", "対象外"),
    ],
)
def test_a_returned_workbook(town: Town, sent: Value, now: Value, before: str, after: str) -> None:
    town = with_past(town, sent)
    path = town.send("農政課", {CELL: now})
    cell = Xlsx(path).find(*CELL)[1]
    day = f"{town.made.id[:4]}-{town.made.id[4:6]}-{town.made.id[6:8]}"
    changed = f"{day}の配布のときは {before} でしたが、{after} に変わっています。"
    assert said(path) == [(cell, f"評価年度より前の値です。{changed}")]


@pytest.mark.parametrize(
    ("sent", "now"),
    [(100, "１００"), (100, 100), (None, 7), ("未公表", 7), ("集計中", 7), (1241.55, "1241.55")],
)
def test_what_is_the_same_or_only_now_known_is_not_said(
    town: Town, sent: Value, now: Value
) -> None:
    town = with_past(town, sent)
    assert said(town.sent("農政課")) == []
    assert said(town.send("農政課", {CELL: now})) == []


def test_the_figure_of_the_evaluated_round_is_no_past_one(town: Town) -> None:
    town = with_past(town, 100)
    assert said(town.send("農政課", {("1-01-1", "R9"): 3})) == []


def test_a_master_is_compared_with_what_its_last_merge_left(town: Town) -> None:
    town = with_past(town, 100)
    assert said(town.master) == []  # no merge yet: nothing is known
    file = town.send("農政課", {REMARK: "備考"})
    assert town.merge(file).past == ()
    assert said(town.master) == []
    typed(town.master, {CELL: 120}, town.master)
    cell = Xlsx(town.master).find(*CELL)[1]
    changed = f"{TODAY}の統合のときは 100 でしたが、120 に変わっています。"
    assert said(town.master) == [(cell, f"評価年度より前の値です。{changed}")]
    [note] = split(town.master, town.inbox.parent / "三回目").notes
    assert f"基本目標1 {cell}(1-01-1 従事者数、R8)" in note and "100 でしたが、120" in note


def test_the_next_merge_tells_a_correction_once_and_knows_it(town: Town) -> None:
    town = with_past(town, 100)
    town.merge(town.send("農政課", {REMARK: "備考"}))
    typed(town.master, {CELL: 120}, town.master)
    other = town.send("観光課", {})
    told = town.merge(other)
    assert told.past == (PastChange(Key(*CELL), 100, 120, None),)  # type: ignore[arg-type]
    assert told.output == town.master
    assert said(town.master) == []
    before = town.master.read_bytes()
    again = town.merge(other)
    assert (again.past, again.output) == ((), None)
    assert town.master.read_bytes() == before


def test_a_figure_that_a_merge_changes_is_known_afterwards(town: Town) -> None:
    town = with_past(town, 100)
    town.merge(town.send("農政課", {CELL: 130}))
    assert said(town.master) == []
    assert read(town.master).past.figures["1-01-1"] == {"R8": 130}  # type: ignore[union-attr]


def test_the_record_takes_its_own_rows_again(town: Town) -> None:
    town = with_past(town, 100)
    for number in range(3):
        town.merge(town.send("農政課", {CELL: 130 + number, REMARK: f"備考{number}"}))
    rows = read(town.master).record_rows
    ours = (PAST, RECEIVED)
    assert [len(rows[key]) for key in ours] == [1, 1]
    last = max(row for key in rows if key not in ours for row in rows[key])
    assert sorted(rows[key][0] for key in ours) == [last + 1, last + 2]


@pytest.mark.parametrize("damage", ["", "x", "eJwDAAAAAAE", 12, "長" * 9000])
def test_a_damaged_record_is_silent_and_made_anew(town: Town, damage: Value) -> None:
    town = with_past(town, 100)
    town.merge(town.send("農政課", {REMARK: "備考"}))
    book = Xlsx(town.master)
    [row] = read(town.master).record_rows[PAST]
    book.put((STAMP, f"B{row}"), damage)
    book.save(town.master)
    typed(town.master, {CELL: 120}, town.master)
    assert said(town.master) == []
    town.merge(town.send("農政課", {REMARK: "別の備考"}))
    assert read(town.master).past.figures["1-01-1"] == {"R8": 120}  # type: ignore[union-attr]
