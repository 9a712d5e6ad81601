"""Confirming a round on the command line: what it writes, refuses, takes back and restores."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from cli_tools import Command
from exchange_tools import Town
from golden_texts import text_of
from lxml import etree
from workbook_tools import MAIN, Value, Xlsx
from year_tools import codes, found, is_locked, put, put_in_record, put_setting

from aso_xl.domain.settings import ReportKind
from aso_xl.files.history import history
from aso_xl.workbook.read.reading import read

CHANGED, CORRECTED = "confirmed-changed", "corrected"


CHANGED_PARTS = {
    *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
    *("xl/styles.xml", "xl/sharedStrings.xml"),
}
"""What a new sheet and other locks change besides the sheets."""


@pytest.fixture
def closed(master: Path, aso: Command) -> Path:
    assert aso("close", master, "--by", "企画 田中").code == 0
    return master


def test_what_close_says(master: Path, aso: Command) -> None:
    before = master.read_bytes()
    done = aso("close", master, "--by", " 企画\u3000田中 ", "--json")
    payload = done.json
    evaluated = aso("evaluate", master, "--json").json
    assert done.code == 0
    assert (payload["round"], payload["by"], payload["indicators"]) == ("R9", "企画 田中", 67)
    assert payload["counts"] == {key: evaluated[key] for key in ("goals", "overall")}
    assert payload["output"] == str(master) and payload["conflicts"] == 0
    assert payload["issue_counts"] == {"error": 0, "warning": 1, "info": 2}
    assert [kept.read_bytes() for kept in history(master)] == [before]


def test_record_can_be_read_in_its_sheet(closed: Path) -> None:
    book = Xlsx(closed)
    table = book.tables["確定記録表"]
    rows = [
        {head: book.value(table.sheet, table.address(head, row)) for head in table.columns}
        for row in table.rows
    ]
    assert table.sheet == "確定記録" and {row["年度"] for row in rows} == {"R9"}
    kinds = [row["区分"] for row in rows]
    assert kinds[0] == "確定" and kinds.count("KPI") == 60
    assert (kinds.count("合計"), kinds.count("基本目標"), kinds.count("数値目標")) == (2, 12, 7)
    assert kinds.count("施策") == 68
    kpi = next(row for row in rows if row["番号"] == "1-01-1")
    assert (kpi["判定"], kpi["判定方法"], kpi["確定者"]) == ("達成", "以上", "企画 田中")
    protection = book.sheet("確定記録").find(f"{MAIN}sheetProtection")
    assert protection is not None and protection.get("autoFilter") == "0"
    assert book.value("確定記録", "A1") == "記入例(架空の値)"


def test_summary_shows_the_counts_as_confirmed(master: Path, aso: Command) -> None:
    def shown() -> list[object]:
        book = Xlsx(master)
        table = book.tables["集計_年度"]
        row = next(
            r for r in table.rows if book.value(table.sheet, table.address("年度", r)) == "R9"
        )
        heads = ("状態", "KPI", "KPI達成", "KPI達成率")
        return [book.value(table.sheet, table.address(head, row)) for head in heads]

    assert aso("close", master, "--by", "田中").code == 0
    assert shown() == ["確定", 59, 26, Decimal("44.0")]
    assert aso("close", master, "--reopen", "--reason", "差し戻し").code == 0
    assert shown() == ["いまの判定", 59, 26, Decimal("44.0")]


def test_cells_of_the_round_are_locked(master: Path, aso: Command) -> None:
    before = Xlsx(master)
    places = [before.find("1-01-1", "R9"), before.find("1-01", "取組")]
    earlier = before.find("1-01-1", "R8")
    pending = before.find("4-16-1", "R9")  # 集計中
    assert not any(is_locked(before, place) for place in (*places, earlier, pending))
    assert aso("close", master, "--by", "田中").code == 0
    after = Xlsx(master)
    assert [is_locked(after, place) for place in places] == [True, True]
    assert [is_locked(after, place) for place in (earlier, pending)] == [False, False]
    assert after.value(*places[0]) == before.value(*places[0])
    done = aso("close", master, "--reopen", "--reason", "差し戻し")
    assert done.code == 0 and "また入力できます" in done.out
    assert not any(is_locked(Xlsx(master), place) for place in places)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_document_stays_that_of_the_day(master: Path, aso: Command, kind: ReportKind) -> None:
    then = text_of(read(master), kind)
    assert aso("close", master, "--by", "田中").code == 0
    assert text_of(read(master), kind) == then
    put(master, "1-01-1", "R9", 1)
    put(master, "1-01", "取組", "後で書き換えた文")
    put_setting(master, "見出し", "別の見出し")
    assert text_of(read(master), kind) == then


def test_confirmed_round_in_a_later_one(closed: Path, aso: Command, tmp_path: Path) -> None:
    ledger = read(closed)
    text = ledger.measures["1-01"].cells["efforts"].text
    put_setting(closed, "評価年度", "R10")
    put(closed, "1-01", "取組", "R10の取組")
    then = aso("evaluate", closed, "--round", "R9", "--json").json
    assert then["round"] == "R9"
    made = aso("report", closed, "--round", "R9", "-o", tmp_path / "R9.docx")
    assert made.code == 0 and "令和9年度の確定の記録(" in made.out
    from docx import Document

    cells = {
        cell.text
        for table in Document(str(tmp_path / "R9.docx")).tables
        for row in table._tbl.tr_lst
        for cell in row.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    }
    assert text in cells and "R10の取組" not in cells
    compared = aso("check", tmp_path / "R9.docx", "--against", closed, "--json").json
    assert (compared["fingerprint"], compared["stale"]) == ("same", [])


def test_round_without_a_record_prints_no_texts(master: Path, aso: Command, tmp_path: Path) -> None:
    done = aso("report", master, "--round", "R8", "--with-blanks", "-o", tmp_path / "R8.docx")
    assert "備考や取組などの文は令和9年度のものです" in done.out
    assert "備考や取組などの文は" not in aso("report", master, "-o", tmp_path / "R9.docx").out


def test_figure_that_differs_is_an_error_until_a_reason_is_given(
    closed: Path, aso: Command
) -> None:
    before = read(closed).rows["1-01-1"].cells["R9"].text
    put(closed, "1-01-1", "R9", 99)
    [message] = found(aso, closed, CHANGED)
    assert f"確定したときは {before}人 でしたが、99人 に変わっています。" in message
    assert aso("report", closed, "--json").code == 1
    put_in_record(closed, "1-01-1", "訂正理由", "県の集計誤り")
    assert CHANGED not in codes(aso, closed)
    [message] = found(aso, closed, CORRECTED)
    assert f"{before}人 を 99人 に訂正しています(県の集計誤り)" in message
    [correction] = read(closed).corrections
    assert (correction.id, str(correction.round), correction.reason) == (
        *("1-01-1", "R9"),
        "県の集計誤り",
    )
    assert aso("evaluate", closed, "--json").json["overall"]["achieved"] == 26


def test_figure_that_was_still_to_come_needs_no_reason(closed: Path, aso: Command) -> None:
    put(closed, "4-16-1", "R9", 55)
    assert codes(aso, closed) & {CHANGED, CORRECTED} == set()


def test_text_changed_afterwards_is_said(closed: Path, aso: Command) -> None:
    put(closed, "1-01", "取組", "後で書き換えた文")
    [message] = found(aso, closed, "confirmed-text")
    assert "取組が、確定したときの文と違います" in message


@pytest.mark.parametrize(
    ("id_", "head", "value", "said"),
    [
        ("1-01-1", "実績値", 7, "実績値が「7」になっています"),
        ("1-01-1", "判定", "未達成", "判定が「未達成」になっています(記録では「達成」)"),
        ("1-01", "記入", "別の文", "記入が「別の文」になっています"),
    ],
)
def test_record_edited_by_hand_is_found_and_restored(
    closed: Path, aso: Command, id_: str, head: str, value: Value, said: str
) -> None:
    put_in_record(closed, "1-01-2", "訂正理由", "理由")
    put_in_record(closed, id_, head, value)
    [message] = found(aso, closed, "record-edited")
    assert said in message and message.startswith("確定記録 ")
    assert aso("report", closed, "--json").code == 1
    done = aso("close", closed, "--restore", "--json")
    assert (done.code, done.json["sheet"], done.json["restored"]) == (0, True, [])
    assert "record-edited" not in codes(aso, closed)
    again = aso("close", closed, "--restore", "--json").json
    assert (again["sheet"], again["output"]) == (False, None)
    reasons = [line["訂正理由"].text for line in read(closed).record_lines or ()]
    assert reasons.count("理由") == 1


def without_sheet(path: Path, name: str) -> None:
    """Take a sheet out of a workbook as Excel does."""
    book = Xlsx(path)
    sheets = next(book.workbook.iter(f"{MAIN}sheets"))
    sheet = next(each for each in sheets if each.get("name") == name)
    sheets.remove(sheet)
    book.save(path)


def test_deleted_record_sheet_is_found_and_restored(closed: Path, aso: Command) -> None:
    lines = read(closed).record_lines
    without_sheet(closed, "確定記録")
    assert "record-sheet-missing" in codes(aso, closed)
    assert aso("close", closed, "--restore", "--json").json["sheet"] is True
    assert codes(aso, closed) & {"record-sheet-missing", "record-edited"} == set()
    restored = read(closed).record_lines
    assert restored is not None and lines is not None and len(restored) == len(lines)


def forget_record(path: Path) -> None:
    """Damage what the hidden sheet holds of R9."""
    book = Xlsx(path)
    for at, cell in book.cells("_aso_xl").items():
        if at.startswith("A") and book.value("_aso_xl", at) == "confirmed R9":
            text = cell.getparent()
            assert text is not None
            for each in text:
                if each.get("r") == f"B{at[1:]}":
                    for t in each.iter(f"{MAIN}t"):
                        t.text = "壊"
    book.save(path)


def test_lost_record_comes_back_from_the_history(closed: Path, aso: Command) -> None:
    whole = closed.read_bytes()
    put(closed, "1-01-2", "R8", 5)
    (closed.parent / "履歴" / "評価 2026-01-01 000000.xlsx").write_bytes(whole)
    forget_record(closed)
    [message] = found(aso, closed, "record-lost")
    assert "(R9)" in message
    done = aso("close", closed, "--restore", "--json")
    assert [each["round"] for each in done.json["restored"]] == ["R9"]
    assert codes(aso, closed) & {"record-lost", "record-edited"} == set()
    assert read(closed).records.keys() == {read(closed).settings.round}


def test_lost_record_that_is_nowhere(closed: Path, aso: Command) -> None:
    forget_record(closed)
    done = aso("close", closed, "--restore")
    assert done.code == 2
    assert "令和9年度の確定の記録が、「履歴」フォルダーのブックにもありません" in done.err


def test_reopening_leaves_a_trace(closed: Path, aso: Command) -> None:
    done = aso(
        "close", closed, "--reopen", "--reason", " 会議で\n差し戻し ", "--by", "佐藤", "--json"
    )
    assert done.json == {
        **{"round": "R9", "reopened": True, "reason": "会議で 差し戻し"},
        "output": str(closed),
    }
    ledger = read(closed)
    assert ledger.records == {} and ledger.reopened[0].reason == "会議で 差し戻し"
    [line] = ledger.record_lines or ()
    assert (line["区分"].text, line["説明"].text) == ("確定の取り消し", "会議で 差し戻し")
    assert codes(aso, closed) & {"record-lost", "record-edited", "record-sheet-missing"} == set()
    assert aso("close", closed, "--by", "田中").code == 0
    kinds = [line["区分"].text for line in read(closed).record_lines or ()]
    assert (kinds.count("確定"), kinds.count("確定の取り消し")) == (1, 1)
    assert len(history(closed)) == 3


REFUSED = [
    (("--by", ""), "確定する人の名前"),
    (("--by", "あ" * 61), "60文字まで"),
    (("--round", "R10", "--by", "田中"), "評価年度(令和9年度)より後"),
    (("--round", "R99", "--by", "田中"), "より後です"),
    (("--round", "らいねん", "--by", "田中"), "年度として読めません"),
    (("--reopen", "--reason", "誤り"), "令和9年度は確定していません"),
    (("--reopen",), "理由を --reason に"),
    (("--reason", "誤り"), "--reopen と一緒に"),
    (("--restore",), "確定した年度がありません"),
    (("--restore", "--reopen"), "一緒に使えません"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_is_refused(master: Path, aso: Command, words: tuple[str, ...], said: str) -> None:
    before = master.read_bytes()
    done = aso("close", master, *words)
    assert (done.code, done.out) == (2, "") and said in done.err
    assert master.read_bytes() == before and history(master) == []


def test_close_twice(closed: Path, aso: Command) -> None:
    done = aso("close", closed, "--by", "佐藤")
    assert done.code == 2 and "企画 田中 が確定しています" in done.err


def test_errors_stop_it(wrong_path: Path, aso: Command) -> None:
    before = wrong_path.read_bytes()
    done = aso("close", wrong_path, "--by", "田中")
    assert done.code == 1 and "エラーが1件残っているため" in done.out and "多数" in done.out
    payload = aso("close", wrong_path, "--by", "田中", "--json").json
    assert (payload["output"], payload["counts"], payload["at"]) == (None, None, None)
    assert payload["issue_counts"]["error"] == 1
    assert wrong_path.read_bytes() == before


def test_open_conflicts_stop_it(town: Town, aso: Command) -> None:
    figure = ("1-01-1", "R9")
    town.send("農政課", {figure: 101})
    town.send("農政課", {figure: 102}, "もう一つ.xlsx")
    assert len(town.merge().open_conflicts) == 2
    done = aso("close", town.master, "--by", "田中", "--json")
    assert (done.code, done.json["conflicts"], done.json["output"]) == (1, 2, None)
    assert "もう一度統合してください" in aso("close", town.master, "--by", "田中").out


def test_part_of_a_department_is_refused(town: Town, aso: Command) -> None:
    done = aso("close", town.sent("農政課"), "--by", "田中")
    assert done.code == 2 and "課に配布したブックです" in done.err


@pytest.mark.parametrize("round_", ["R2", "R5"])
def test_a_year_that_is_no_round_is_not_confirmed(master: Path, aso: Command, round_: str) -> None:
    before = master.read_bytes()
    done = aso("close", master, "--round", round_, "--by", "田中")
    assert done.code == 2 and f"評価年度「{round_}」はありません" in done.err
    assert master.read_bytes() == before


def test_earlier_round_of_an_old_master(master: Path, aso: Command) -> None:
    done = aso("close", master, "--round", "R8", "--by", "田中")
    assert done.code == 0 and "後の年度のものなので、記録していません" in done.out
    [record] = read(master).records.values()
    assert (str(record.round), record.has_texts) == ("R8", False)
    assert all("remark" not in written for written in record.rows.values())
    assert aso("close", master, "--by", "田中").code == 0
    assert list(map(str, read(master).records)) == ["R8", "R9"]
    done = aso("close", master, "--round", "R8", "--reopen", "--reason", "誤り")
    assert done.code == 2 and "令和9年度が確定しているため" in done.err


def test_export_of_the_record(closed: Path, aso: Command) -> None:
    exported = aso("export", closed, "--json").json["records"]
    assert list(exported) == ["R9"] and exported["R9"]["by"] == "企画 田中"
    indicator = exported["R9"]["indicators"]["4-16-1"]
    assert (indicator["value"], indicator["mark"]) == (None, "集計中")
    assert exported["R9"]["counts"]["overall"]["achieved"] == 26


def test_nothing_else_of_the_package_changes(master: Path, aso: Command) -> None:
    before = Xlsx(master)
    assert aso("close", master, "--by", "田中").code == 0
    after = Xlsx(master)
    assert before.parts.keys() <= after.parts.keys()
    changed = {n for n in before.parts if before.parts[n] != after.parts[n]}
    assert {n for n in changed if not n.startswith("xl/worksheets/")} <= CHANGED_PARTS
    for name in before.sheet_parts:
        if name == "_aso_xl":
            continue
        one, other = before.sheet(name), after.sheet(name)
        table = before.tables["集計_年度"]
        rows = {table.address(head, row) for head in table.columns for row in table.rows}
        for cell in (*one.iter(f"{MAIN}c"), *other.iter(f"{MAIN}c")):
            cell.attrib.pop("s", None)
            if name == table.sheet and cell.get("r") in rows:  # the counts are confirmed now
                cell.attrib.pop("t", None)
                for value in cell.findall(f"{MAIN}v"):
                    cell.remove(value)
        assert etree.tostring(one, method="c14n") == etree.tostring(other, method="c14n")
