"""What else lies in the folder: said per file, and the others go on."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path
from threading import Event, Thread

from bad_files import OLE, PNG, stamp
from cli_tools import Command, is_one_sentence
from exchange_tools import Made, Town, make, typed
from openpyxl import load_workbook
from workbook_tools import Formula, Xlsx

from aso_xl.exchange.split import split

GOOD = {("1-01-1", "R9"): 101}


def failures(town: Town) -> dict[str, str]:
    outcome = town.merge()
    assert town.value("1-01-1", "R9") == 101, "the good one went on"
    return {each.file: each.failed for each in outcome.files if each.failed}


def test_every_bad_file_is_said_and_the_others_go_on(
    town: Town, made: Made, sample_path: Path
) -> None:
    town.send("農政課", GOOD, "良い.xlsx")
    good = made.split.workbooks[0].path
    (town.inbox / "絵.xlsx").write_bytes(PNG)
    (town.inbox / "半分.xlsx").write_bytes(good.read_bytes()[:9000])
    (town.inbox / "鍵.xlsx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    (town.inbox / "空.xlsx").write_bytes(b"")
    shutil.copy(sample_path, town.inbox / "別の戦略.xlsx")
    shutil.copy(made.master, town.inbox / "マスターの写し.xlsx")
    stamp("<t>1</t>", "<t>0</t>")(good, town.inbox / "古い様式.xlsx")
    (town.inbox / "~$良い.xlsx").write_bytes(b"lock")
    (town.inbox / "メモ.txt").write_text("メモ")
    found = failures(town)
    assert {name: word for name, word in WORDS.items() if word not in found.get(name, "")} == {}
    assert set(found) == set(WORDS)
    assert all(is_one_sentence(sentence) for sentence in found.values())
    outcome = town.merge()
    assert (outcome.inbox.locks, outcome.inbox.others) == (1, 1)


WORDS = {
    "絵.xlsx": "読めません",
    "半分.xlsx": "読めません",
    "鍵.xlsx": "暗号化",
    "空.xlsx": "空のファイル",
    "別の戦略.xlsx": "別の総合戦略",
    "マスターの写し.xlsx": "配布したブックではありません",
    "古い様式.xlsx": "古い様式",
}


def test_another_years_workbook_is_refused(town: Town) -> None:
    town.send("農政課", GOOD)
    typed(town.master, {("評価年度", "内容"): "R8"}, town.master)
    last_year = split(town.master).workbooks[0].path
    typed(town.master, {("評価年度", "内容"): "R9"}, town.master)
    typed(last_year, {("1-01-1", "R8"): 77}, town.inbox / "昨年.xlsx")
    found = failures(town)
    assert set(found) == {"昨年.xlsx"}
    assert "令和8年度" in found["昨年.xlsx"]
    assert town.value("1-01-1", "R8") == 95


def test_a_second_split_is_merged_against_what_it_was_sent(town: Town) -> None:
    town.send("農政課", GOOD)
    town.merge()
    again = split(town.master).workbooks[0].path
    typed(again, {("1-01-1", "R9"): 105}, town.inbox / "二度目.xlsx")
    outcome = town.merge()
    assert (outcome.open_conflicts, town.value("1-01-1", "R9")) == ((), 105)


def test_the_same_file_twice_is_one(town: Town) -> None:
    first = town.send("農政課", GOOD)
    shutil.copy(first, town.inbox / "写し.xlsx")
    outcome = town.merge()
    assert sum(each.submission is not None for each in outcome.files) == 1
    assert outcome.files[1].notes == ("R9_農政課.xlsx と同じ内容です。",)


def test_a_macro_workbook_is_read_and_never_run(town: Town) -> None:
    path = town.send("農政課", GOOD)
    book = Xlsx(path)
    kinds = book.parts["[Content_Types].xml"]
    sheet, macro = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    kinds = kinds.replace(b"vnd.openxmlformats-officedocument." + sheet, b"vnd." + macro)
    book.parts["[Content_Types].xml"] = kinds
    book.parts["xl/vbaProject.bin"] = OLE
    path.unlink()
    book.save(path.with_suffix(".xlsm"))
    assert failures(town) == {}


def test_a_formula_in_an_input_cell_gives_its_value_and_is_said(town: Town) -> None:
    town.send("農政課", {("1-01-1", "R9"): Formula("100+1", "101")})
    outcome = town.merge()
    assert town.value("1-01-1", "R9") == 101
    assert any("数式" in note for note in outcome.files[0].notes)


def test_a_formula_without_its_value_is_no_blank(town: Town) -> None:
    town.send("農政課", {("1-01-1", "R8"): Formula("100+1")})
    outcome = town.merge()
    assert town.value("1-01-1", "R8") == 95
    assert [(r.id, r.round) for r in outcome.rejected] == [("1-01-1", "R8")]


def test_a_sheet_that_the_department_added_is_said(town: Town) -> None:
    path = town.send("農政課", GOOD)
    book = load_workbook(path)
    book.create_sheet("メモ")["A1"] = "書きました"
    book["基本目標1"].title = "うちの課"
    book.save(path)
    [each] = town.merge().files
    assert each.notes == (
        "シート「メモ」は配布したものではありません。中身は取り込みません。",
        "メモ A1 に表の外の記入があります:「書きました」。取り込みません。",
    )
    assert town.value("1-01-1", "R9") == 101


def test_links_to_other_workbooks_are_said(town: Town) -> None:
    path = town.send("農政課", GOOD)
    book = Xlsx(path)
    book.parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    book.save(path)
    assert any("ほかのブック" in note for note in town.merge().files[0].notes)


def test_a_file_that_changes_while_it_is_read_is_left_for_later(town: Town) -> None:
    path, done = town.send("農政課", GOOD), Event()

    def save_again_and_again() -> None:
        for time in count(1_700_000_000):
            if done.is_set():
                return
            os.utime(path, (time, time))

    writer = Thread(target=save_again_and_again)
    writer.start()
    try:
        outcome = town.merge()
    finally:
        done.set()
        writer.join()
    assert ["途中で変更" in (each.failed or "") for each in outcome.files] == [True]
    assert town.value("1-01-1", "R9") is None


def test_a_changed_definition_is_said_and_merged_by_id(town: Town) -> None:
    town.send("農政課", GOOD)
    book = Xlsx(town.master)
    name = "xl/sharedStrings.xml"
    book.parts[name] = book.parts[name].replace("従事者数".encode(), "担い手の数".encode())
    book.save(town.master)
    outcome = town.merge()
    assert town.value("1-01-1", "R9") == 101
    assert "定義が変わっています" in outcome.files[0].notes[0]


def test_a_folder_of_two_thousand_files(town: Town) -> None:
    town.send("農政課", GOOD)
    for number in range(2000):
        (town.inbox / f"{number}.xlsx").write_bytes(b"PK")
    outcome = town.merge()
    assert len(outcome.files) == 2001
    assert town.value("1-01-1", "R9") == 101


def test_a_missing_place_is_one_sentence(aso: Command, town: Town) -> None:
    done = aso("merge", town.master, town.inbox / "ない")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


def test_the_master_in_the_folder_is_not_read_as_a_submission(town: Town) -> None:
    town.send("農政課", GOOD)
    outcome = town.merge(town.master.parent)
    assert not [each for each in outcome.files if each.path.name == town.master.name]


def test_two_towns_do_not_mix(tmp_path: Path, town: Town) -> None:
    """A workbook made from another master of the plan brings only what was typed in it."""
    other = tmp_path / "他"
    other.mkdir()
    theirs = make(other)
    typed(theirs.split.workbooks[0].path, GOOD, town.inbox / "他.xlsx")
    assert failures(town) == {}
