"""提出票 on its way: read back, told of, confirmed, merged, changed afterwards."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from cli_tools import Command, digest
from exchange_tools import Town, sheet_rows, signed, typed
from openpyxl import load_workbook
from workbook_tools import Value, Xlsx

from aso_xl.domain.checks import check
from aso_xl.domain.slip import Slip
from aso_xl.exchange.merge_files import MergeResult, merge_files
from aso_xl.exchange.receipts import receipts_of
from aso_xl.exchange.send_back import send_back
from aso_xl.exchange.status import status
from aso_xl.workbook.read.reading import read

R9 = ("1-01-1", "R9")
WHOLE: dict[tuple[str, str], Value] = {R9: 101, ("1-H1", "R9"): 1260, ("1-01-2", "R9"): "未公表"}
TANAKA: dict[str, Value] = {"状態": "課長確認済", "確認者": "田中", "確認日": "2027/9/25"}


def state(town: Town, department: str = "農政課") -> str:
    found = {d.name: d.state for d in status(town.master, [town.inbox]).departments}
    return found[department].value


def send(town: Town, edits: dict[tuple[str, str], Value], at: int = 0, **said: Value) -> Path:
    """Return 農政課's workbook with a slip, saved so many minutes after others."""
    path = signed(town.send("農政課", edits), **said)
    os.utime(path, (when := 1_700_000_000 + 60 * at, when))
    return path


def rows_of_slips(town: Town) -> list[tuple[object, ...]]:
    return [row[1:7] for row in sheet_rows(town.master, "変更履歴") if row[1] == "提出票"]


def confirmed_only(town: Town) -> MergeResult:
    return merge_files(town.master, [town.inbox], confirmed_only=True)


def test_it_goes_out_with_every_workbook_and_says_nothing_yet(town: Town) -> None:
    for each in town.made.workbooks:
        book = load_workbook(each.path)
        assert book.sheetnames[:2] == ["お願い", "提出票"]
        assert (read(each.path).slip, read(each.path).oddities) == (Slip(), ())
        sheet = book["提出票"]
        assert sheet.protection.sheet
        inputs = [cell.coordinate for row in sheet for cell in row if not cell.protection.locked]
        assert inputs == ["B7", "B8", "B9", "B10"]
        [choice] = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
        assert (str(choice.sqref), choice.formula1) == ("B7", '"入力中,課長確認済"')
    assert read(town.master).slip is None


@pytest.mark.parametrize(
    ("edits", "said", "wanted"),
    [
        ({}, {}, "empty"),
        ({R9: 101}, {}, "partial"),
        ({R9: 101}, TANAKA, "partial"),
        (WHOLE, {}, "waiting"),
        (WHOLE, {"連絡事項": "確かめました"}, "waiting"),
        (WHOLE, {"状態": "確認しました"}, "waiting"),
        (WHOLE, TANAKA, "confirmed"),
        ({**WHOLE, R9: "多数"}, TANAKA, "errors"),
    ],
)
def test_what_is_to_be_done_next_is_the_state(
    town: Town, edits: dict[tuple[str, str], Value], said: dict[str, Value], wanted: str
) -> None:
    send(town, edits, **said)
    assert state(town) == wanted


def test_who_has_nothing_to_change_confirms_by_the_slip_alone(town: Town) -> None:
    signed(town.send("福祉課", {}), **TANAKA)
    assert state(town, "福祉課") == "confirmed"
    town.merge()
    assert state(town, "福祉課") == "merged"


def test_what_is_merged_as_it_is_now_is_merged(aso: Command, town: Town) -> None:
    send(town, WHOLE, **TANAKA)
    town.merge()
    [mine] = [d for d in status(town.master, [town.inbox]).departments if d.name == "農政課"]
    assert (mine.state, mine.slip) == ("merged", Slip(True, "田中", dt.date(2027, 9, 25)))
    assert mine.merged[:10] == f"{dt.date.today():%Y-%m-%d}"
    before = digest(town.master)
    again = town.merge()
    assert (again.output, digest(town.master)) == (None, before)
    send(town, {**WHOLE, ("1-01-1", "remark"): "書き足し"}, **TANAKA)
    assert state(town) == "confirmed"


def test_what_is_in_question_is_not_merged(town: Town) -> None:
    typed(town.master, {R9: 99}, town.master)
    send(town, WHOLE, **TANAKA)
    assert len(town.merge().open_conflicts) == 1
    assert state(town) == "confirmed"


def test_only_what_is_confirmed_is_merged(aso: Command, town: Town) -> None:
    """The rest is told, and leaves no trace: also a value that is not theirs to change."""
    send(town, WHOLE, **TANAKA)
    town.send("観光課", {("2-01-1", "R9"): 1500, ("2-01-1", "目標値"): 9})
    done = aso("merge", town.master, town.inbox, "--confirmed-only", "--json")
    assert (done.code, {a["department"] for a in done.json["applied"]}) == (0, {"農政課"})
    assert done.json["rejected"] == []
    notes = {Path(f["file"]).name: f["notes"] for f in done.json["files"]}
    assert notes["R9_観光課.xlsx"] == ["課長確認済でないため、取り込みません。"]
    assert notes["R9_農政課.xlsx"] == []
    assert "受け付けなかった変更" not in load_workbook(town.master).sheetnames
    assert [state(town, name) for name in ("農政課", "観光課")] == ["merged", "errors"]


def test_a_workbook_without_a_slip_is_not_merged_as_confirmed(town: Town) -> None:
    """Whoever deletes the sheet is told; the figures are read as ever."""
    book = load_workbook(send(town, WHOLE, **TANAKA))
    del book["提出票"]
    book.save(town.inbox / "R9_農政課.xlsx")
    [each] = confirmed_only(town).files
    assert each.notes[-1] == "「提出票」がなく、課長の確認がわからないため、取り込みません。"
    assert any("提出票が見つかりません" in note for note in each.notes)
    assert (each.failed, state(town)) == (None, "waiting")
    assert len(town.merge().merged.applied) == 3
    assert state(town) == "waiting"


def test_rows_that_are_gone_and_words_typed_freely_are_told(town: Town) -> None:
    path = send(town, WHOLE, 状態="確認OK", 確認日="きのう", 連絡事項="=1+1 は式ではない")
    codes = [i.code for i in check(read(path), read(path).settings.round)]
    assert codes.count("slip-unclear") == 2
    book = load_workbook(path)
    book["提出票"]["A7"].value = None
    book.save(path)
    ledger = read(path)
    [missing] = [o for o in ledger.oddities if o.kind.code == "slip-missing"]
    assert (missing.detail, ledger.slip) == ("状態の行", Slip(message="=1+1 は式ではない"))
    assert state(town) == "waiting"


def test_a_slip_by_another_name_and_with_a_real_date_is_read(town: Town) -> None:
    book = load_workbook(send(town, WHOLE))
    sheet = book["提出票"]
    sheet.title = "課長へ"
    sheet["B7"], sheet["B8"], sheet["B9"] = "課長確認済", "田中", dt.datetime(2027, 9, 25)
    book.save(town.inbox / "R9_農政課.xlsx")
    assert read(town.inbox / "R9_農政課.xlsx").slip == Slip(True, "田中", dt.date(2027, 9, 25))
    assert town.merge().files[0].notes == ()


def test_the_history_says_who_confirmed_what(town: Town) -> None:
    send(town, {R9: 101}, 連絡事項="途中です")
    town.merge()
    send(town, WHOLE, **TANAKA, 連絡事項="途中です")
    town.merge()
    place = ("R9_農政課.xlsx",)
    assert rows_of_slips(town) == [
        ("提出票", "連絡事項", "R9", None, "途中です", *place),
        ("提出票", "状態", "R9", "入力中", "課長確認済(田中 2027-09-25)", *place),
    ]


def test_what_changed_after_it_was_confirmed_is_told(aso: Command, town: Town) -> None:
    """Against what was merged: the same day of confirmation is suspicious, a later one is said."""
    send(town, WHOLE, **TANAKA)
    town.merge()
    changed = {**WHOLE, R9: 105, ("1-01-1", "remark"): "後から"}
    send(town, changed, **TANAKA)
    remark = {"indicator": "1-01-1", "field": "remark", "round": None}
    wanted = {
        "department": "農政課",
        "file": "R9_農政課.xlsx",
        "confirmed": {"by": "田中", "on": "2027-09-25"},
        "confirmed_again": False,
        "changes": [
            {"indicator": "1-01-1", "field": "actual", "round": "R9", "from": "101", "to": "105"},
            {**remark, "from": "=備考", "to": "後から"},
        ],
    }
    for command in ("status", "merge"):
        assert aso(command, town.master, town.inbox, "--json").json["after_confirmation"] == [
            wanted
        ]
    said = "課長確認済(田中 2027-09-25)の後に 2件 変わっています(1-01-1 実績値 R9: 101 → 105、"
    for command in ("status", "merge"):  # until it is confirmed anew, also when it is merged
        out = aso(command, town.master, town.inbox).out
        assert "".join(said.split()) in "".join(out.split())
    send(town, changed, **{**TANAKA, "確認日": "2027/9/28"})
    [again] = town.merge().afterwards
    assert (again.is_confirmed_again, again.before.on) == (True, dt.date(2027, 9, 25))
    assert status(town.master, [town.inbox]).afterwards == ()


def test_what_is_typed_again_after_it_was_confirmed_is_told_until_it_is_confirmed(
    town: Town,
) -> None:
    send(town, WHOLE, **TANAKA)
    town.merge()
    send(town, {**WHOLE, ("1-01-1", "remark"): "後から"}, 状態="入力中", 確認者="田中")
    for _ in range(2):
        [later] = town.merge().afterwards
        assert (later.before.by, len(later.changes), later.is_confirmed_again) == ("田中", 1, False)
    assert state(town) == "waiting"


def test_two_files_of_a_department_are_compared_before_any_merge(town: Town) -> None:
    send(town, WHOLE, 0, **TANAKA).rename(town.inbox / "一回目.xlsx")
    send(town, {**WHOLE, R9: 105}, 1, **{**TANAKA, "確認日": "2027/9/28"})
    [later] = status(town.master, [town.inbox]).afterwards
    assert (later.file, later.is_confirmed_again) == ("R9_農政課.xlsx", True)
    assert [(key.id, old, new) for key, old, new in later.changes] == [("1-01-1", 101, 105)]


def test_what_was_not_confirmed_before_may_change(town: Town) -> None:
    send(town, {R9: 101})
    town.merge()
    send(town, WHOLE, **TANAKA)
    assert town.merge().afterwards == ()


def test_what_is_sent_back_is_waited_for_and_confirmed_anew(aso: Command, town: Town) -> None:
    """What the chief has signed goes out unsigned; the message stays, and so does what was typed."""
    send(town, {**WHOLE, R9: "多数"}, **TANAKA, 連絡事項="急ぎです")
    town.merge()
    made = send_back(town.master, [town.inbox], deadline="10月9日")
    [back] = [each for each in made.workbooks if each.department == "農政課"]
    found = {d.name: d for d in status(town.master, [town.inbox]).departments}
    today = f"{dt.date.today():%Y-%m-%d}"
    assert (found["農政課"].state, found["農政課"].returned) == ("returned", today)
    assert (found["福祉課"].state, found["福祉課"].returned) == ("missing", "")
    assert read(back.path).slip == Slip(message="急ぎです")
    json = aso("status", town.master, town.inbox, "--json").json["departments"][0]
    assert (json["state"], json["returned"], json["merged"]) == ("returned", today, json["merged"])
    home = typed(back.path, {R9: 101}, town.inbox / "直しました.xlsx")
    assert state(town) == "waiting"
    signed(home, **{**TANAKA, "確認日": "2027/10/8"})
    assert state(town) == "confirmed"
    assert town.merge().afterwards == ()
    assert state(town) == "merged"


def test_the_first_workbook_mended_is_as_good_as_the_one_sent_back(town: Town) -> None:
    send(town, {**WHOLE, R9: "多数"}, **TANAKA)
    send_back(town.master, [town.inbox])
    assert state(town) == "returned"
    path = send(town, WHOLE)
    os.utime(path, (later := dt.datetime.now().timestamp() + 120, later))
    assert state(town) == "waiting"


def test_what_was_sent_back_in_another_round_is_not_waited_for(town: Town) -> None:
    send(town, {**WHOLE, R9: "多数"}, **TANAKA)
    send_back(town.master, [town.inbox])
    book = Xlsx(town.master)
    table = book.tables["変更履歴表"]
    for row in table.rows:
        if book.value(table.sheet, table.address("項目", row)) == "差戻し":
            book.put((table.sheet, table.address("年度", row)), "R8")
    book.save(town.master)
    assert state(town) == "errors"


@pytest.mark.parametrize("damage", ["x", "eJyrVipJLS5RsgIAEz0DSQ", ""])
def test_a_damaged_record_of_what_came_is_none(town: Town, damage: str) -> None:
    send(town, WHOLE, **TANAKA)
    town.merge()
    assert [*receipts_of(read(town.master))]
    book = Xlsx(town.master)
    [row] = read(town.master).record_rows["received"]
    book.put(("_aso_xl", f"B{row}"), damage)
    book.save(town.master)
    assert receipts_of(read(town.master)) == {}
    assert state(town) == "confirmed"
    assert town.merge().output == town.master
    assert state(town) == "merged"
