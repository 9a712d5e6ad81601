"""Going on to the next round: what is cleared, kept, opened and shown; late returns; old masters."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_tools import Command
from exchange_tools import PLAN, Made, Town, typed
from lxml import etree
from openpyxl.utils.cell import rows_from_range
from paths import TESTS
from workbook_tools import MAIN, Xlsx
from year_tools import codes, found, is_locked, put, put_setting

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import BLANK_TEXTS, COPIED_TEXTS
from aso_xl.exchange.split import split
from aso_xl.files.history import history
from aso_xl.workbook.layout import CHANGES, CONFLICTS
from aso_xl.workbook.read.reading import read

R10 = FiscalYear(2028)


def advance(aso: Command, master: Path) -> None:
    assert aso("close", master, "--by", "田中").code == 0
    done = aso("next", master)
    assert done.code == 0, done.err


def test_what_next_says_and_does(master: Path, aso: Command) -> None:
    before = read(master)
    assert aso("close", master, "--by", "田中").code == 0
    closed = master.read_bytes()
    done = aso("next", master, "--json")
    assert done.json == {
        **{"round": "R10", "output": str(master), "copied": 0},
        "notes": ["「設定」の前文が前年のままです。"],
    }
    assert history(master)[0].read_bytes() == closed
    after = read(master)
    assert after.settings.round == R10
    assert after.actuals == before.actuals
    assert all(row.cells["remark"].is_blank for row in after.rows.values())
    assert after.measures["1-01"].cells["efforts"].is_blank
    assert after.rows["1-01-1"].cells["department"] == before.rows["1-01-1"].cells["department"]
    assert after.records[before.settings.round].measures["1-01"]["efforts"] == (
        before.measures["1-01"].cells["efforts"].text
    )


def test_cells_of_the_next_round_are_open_and_those_before_locked(
    master: Path, aso: Command
) -> None:
    advance(aso, master)
    book = Xlsx(master)
    opened = [book.find("1-01-1", "R10"), book.find("1-01", "取組")]
    opened.append(book.find("1-01-1", "備考(要因・出典)"))
    assert not any(is_locked(book, place) for place in opened)
    assert is_locked(book, book.find("1-01-1", "R9"))


def prompt_at(path: Path, id_: str, head: str) -> str:
    book = Xlsx(path)
    sheet, address = book.find(id_, head)
    rules = [r for r in book.validations(sheet) if address in str(r.get("sqref")).split()]
    [rule] = rules
    return str(rule.get("prompt"))


def test_text_of_the_year_before_is_shown_beside(master: Path, aso: Command) -> None:
    long = "前年に行ったこと。" * 60
    put(master, "1-02", "取組", long)
    text = read(master).measures["1-01"].cells["efforts"].text
    advance(aso, master)
    assert prompt_at(master, "1-01", "取組") == f"前年(R9)の取組: {text}"
    cut = prompt_at(master, "1-02", "取組")
    assert len(cut) == 255 and cut.endswith("…(全文は「確定記録」)")
    remark = prompt_at(master, "1-H1", "備考(要因・出典)")
    assert remark.startswith("前年(R9)の備考: ")


def test_rules_of_other_cells_stay(master: Path, aso: Command) -> None:
    def rules(sheet: str) -> dict[str, tuple[str, ...]]:
        """Return what may be typed in each cell."""
        found: dict[str, tuple[str, ...]] = {}
        for rule in Xlsx(master).validations(sheet):
            said = (str(rule.get("type")), *(str(each.text) for each in rule))
            for area in str(rule.get("sqref")).split():
                for row in rows_from_range(area):
                    found |= dict.fromkeys(row, said)
        return found

    before = {sheet: rules(sheet) for sheet in ("基本目標1", "施策1")}
    advance(aso, master)
    assert {sheet: rules(sheet) for sheet in before} == before
    assert "custom" in {kind for kind, *_ in before["基本目標1"].values()}


@pytest.mark.parametrize("copies", [BLANK_TEXTS, COPIED_TEXTS])
def test_texts_begin_as_the_setting_says(master: Path, aso: Command, copies: str) -> None:
    put_setting(master, "次年度の文", copies)
    text = read(master).measures["1-01"].cells["efforts"].text
    advance(aso, master)
    now = read(master).measures["1-01"].cells["efforts"].text
    messages = found(aso, master, "text-copied")
    if copies == BLANK_TEXTS:
        assert (now, messages) == ("", [])
        return
    assert now == f"【前回のまま】{text}"
    count = len(messages)
    assert any("1-01 " in message and "取組が前回のままです" in message for message in messages)
    put(master, "1-01", "取組", text)  # kept on purpose
    assert len(found(aso, master, "text-copied")) == count - 1
    put(master, "1-01", "課題", "新しい課題")
    assert len(found(aso, master, "text-copied")) == count - 2


def test_copies_are_copied_once(master: Path, aso: Command) -> None:
    put_setting(master, "次年度の文", COPIED_TEXTS)
    advance(aso, master)
    for id_ in read(master).rows:
        put(master, id_, "R10", "集計中")
    assert aso("close", master, "--by", "田中").code == 0
    assert aso("next", master).code == 0
    now = read(master).measures["1-01"].cells["efforts"].text
    assert now.count("【前回のまま】") == 1


def test_reports_of_both_rounds_have_their_own_texts(
    master: Path, aso: Command, tmp_path: Path
) -> None:
    from docx import Document

    text = read(master).measures["1-01"].cells["efforts"].text
    advance(aso, master)
    put(master, "1-01", "取組", "R10に行ったこと")
    said = {}
    for round_ in ("R9", "R10"):
        path = tmp_path / f"{round_}.docx"
        done = aso("report", master, "--round", round_, "--with-blanks", "-o", path)
        assert done.code == 0, done.out
        xml = Document(str(path)).element.xml
        said[round_] = (text in xml, "R10に行ったこと" in xml)
    assert said == {"R9": (True, False), "R10": (False, True)}


def test_next_without_close(master: Path, aso: Command) -> None:
    before = master.read_bytes()
    done = aso("next", master)
    assert done.code == 2 and "令和9年度は、まだ確定していません" in done.err
    assert master.read_bytes() == before and history(master) == []


def test_next_twice(master: Path, aso: Command) -> None:
    advance(aso, master)
    done = aso("next", master)
    assert done.code == 2 and "令和10年度は、まだ確定していません" in done.err


def test_after_the_last_round(master: Path, aso: Command) -> None:
    put_setting(master, "評価年度", "R11")
    for id_ in read(master).rows:
        put(master, id_, "R11", "集計中")
    assert aso("close", master, "--by", "田中").code == 0
    done = aso("next", master)
    assert done.code == 2
    assert "最後の評価年度です" in done.err and "延長" in done.err and "次の総合戦略" in done.err


def test_text_changed_after_the_confirmation_is_not_lost(master: Path, aso: Command) -> None:
    assert aso("close", master, "--by", "田中").code == 0
    put(master, "1-01", "取組", "確定の後に書いた文")
    before = master.read_bytes()
    done = aso("next", master)
    assert done.code == 2 and "確定したときと違う文が1件" in done.err
    assert master.read_bytes() == before


def test_reopening_after_next(master: Path, aso: Command) -> None:
    advance(aso, master)
    done = aso("close", master, "--round", "R9", "--reopen", "--reason", "誤り")
    assert done.code == 2 and "令和10年度に進んでいるため" in done.err
    assert aso("undo", master).code == 0
    assert aso("close", master, "--reopen", "--reason", "誤り").code == 0


def test_sheets_and_looks_of_staff_stay(master: Path, aso: Command) -> None:
    advance(aso, master)
    after = Xlsx(master)
    before = Xlsx(history(master)[1])
    assert before.parts.keys() <= after.parts.keys()
    assert [*before.sheet_parts, "確定記録"] == [*after.sheet_parts]
    for name in ("使い方", "担当割", "検証結果", "集計"):
        one, other = before.sheet(name), after.sheet(name)
        for cell in (*one.iter(f"{MAIN}c"), *other.iter(f"{MAIN}c")):
            for child in cell.findall(f"{MAIN}v"):
                cell.remove(child)
            cell.attrib.pop("t", None)
        assert etree.tostring(one, method="c14n") == etree.tostring(other, method="c14n")


def test_what_is_shown_before_calculation_is_of_the_next_round(master: Path, aso: Command) -> None:
    advance(aso, master)
    book = Xlsx(master)
    shown = [
        book.value(sheet, at)
        for sheet in ("基本目標1", "施策1")
        for at, formula in book.formulas(sheet).items()
        if "評価年度: " in formula
    ]
    assert shown == ["評価年度: R10"] * 2
    stamp = [book.value("_aso_xl", at) for at in ("G1", "G2")]
    assert stamp == [read(master).plan.rounds.index(R10) + 1, 2028]


def test_hidden_column_of_a_long_plan_is_shown(aso: Command, tmp_path: Path) -> None:
    rounds = ", ".join(f'"R{number}"' for number in range(4, 13))
    text = PLAN.read_text(encoding="utf-8").replace('["R8", "R9"]', f"[{rounds}]", 1)
    text = text.replace('period = ["R8", "R11"]', 'period = ["R4", "R12"]')
    text = text.replace('round = "R9"', 'round = "R8"')
    (tmp_path / "長い.toml").write_text(text, encoding="utf-8")
    master = tmp_path / "長い.xlsx"
    done = aso("template", "--strategy", tmp_path / "長い.toml", "-o", master)
    assert done.code == 0, done.err
    every = list(map(str, read(master).plan.rounds))
    assert [r for r in every if _is_hidden(master, r)] == ["R4", "R11", "R12"]
    for now in ("R8", "R9", "R10", "R11"):
        assert _is_hidden(master, now) is False
        advance(aso, master)
    assert [r for r in every if _is_hidden(master, r)] == ["R4"]


def _is_hidden(path: Path, head: str) -> bool:
    from openpyxl.utils.cell import coordinate_to_tuple

    book = Xlsx(path)
    sheet, address = book.find("1-01-1", head)
    column = coordinate_to_tuple(address)[1]
    for entry in book.sheet(sheet).iter(f"{MAIN}col"):
        if int(entry.get("min", "0")) <= column <= int(entry.get("max", "0")):
            return entry.get("hidden") == "1"
    return False


# --- sharing in the next round


@pytest.fixture
def town(tmp_path: Path, made: Made) -> Town:
    """Return a town that is asked for its first round."""
    master = Path(shutil.copy(made.master, tmp_path / "マスター.xlsx"))
    put_setting(master, "評価年度", "R8")
    inbox = tmp_path / "回収"
    inbox.mkdir()
    return Town(master, split(master), inbox)


@pytest.fixture
def later(town: Town, aso: Command) -> Town:
    """Return the town after its first round was confirmed and the next one begun."""
    put_setting(town.master, "次年度の文", COPIED_TEXTS)
    typed(town.master, {("1-01", "取組"): "R8の取組"}, town.master)
    advance(aso, town.master)
    return town


def test_late_return_is_told_and_listed_and_never_merged(later: Town, aso: Command) -> None:
    later.send("農政課", {("1-01-1", "R8"): 101, ("1-01", "取組"): "遅れて届いた取組"})
    before = read(later.master)
    done = aso("merge", later.master, later.inbox, "--json")
    assert done.code == 1
    rejected = {(r["indicator"], r["field"], r["value"]) for r in done.json["rejected"]}
    assert rejected == {("1-01-1", "実績値", "101"), ("1-01", "取組", "遅れて届いた取組")}
    assert all("に確定しています" in r["reason"] for r in done.json["rejected"])
    assert done.json["applied"] == [] and "failed" not in done.json["files"][0]
    [note, *_] = done.json["files"][0]["notes"]
    assert note == "確定した令和8年度の評価のブックです。取り込みません。"
    after = read(later.master)
    assert after.actuals == before.actuals
    assert {n["値"] for n in after.notes["受け付けなかった変更表"]} == {101, "遅れて届いた取組"}
    states = aso("status", later.master, later.inbox, "--json").json["departments"]
    assert {d["state"] for d in states} == {"missing"}


def test_return_of_a_round_that_is_confirmed_but_not_left(town: Town, aso: Command) -> None:
    assert aso("close", town.master, "--by", "田中").code == 0
    town.send("農政課", {("1-01-1", "R8"): 101})
    result = town.merge()
    assert result.merged.applied == () and len(result.rejected) == 1
    done = aso("split", town.master)
    assert done.code == 2 and "次年度へ進んでから配ってください" in done.err


def test_next_round_is_split_and_merged_at_once(later: Town, aso: Command) -> None:
    folder = later.master.parent / "配布2"
    assert aso("split", later.master, "-o", folder).code == 0
    part = folder / "R9_農政課.xlsx"
    book = Xlsx(part)
    assert "前年の記入" in book.sheet_parts
    table = book.tables["前年の記入表"]
    rows = [
        [book.value(table.sheet, table.address(head, row)) for head in table.columns]
        for row in table.rows
    ]
    assert rows == [
        ["1-01-1", "従事者数", "備考", "=備考"],
        ["1-01", "農業", "取組", "R8の取組"],
    ]
    assert prompt_at(part, "1-01", "取組") == "前年(R8)の取組: R8の取組"
    assert book.value(*book.find("1-01", "取組")) == "【前回のまま】R8の取組"
    inbox = later.master.parent / "回収2"
    inbox.mkdir()
    edits = {("1-01-1", "R9"): 102, ("1-01", "取組"): "新しい取組"}
    typed(part, edits, inbox / part.name)
    done = aso("merge", later.master, inbox, "--json")
    assert {(a["indicator"], a["to"]) for a in done.json["applied"]} == {
        ("1-01-1", "102"),
        ("1-01", "新しい取組"),
    }
    assert done.json["rejected"] == [] and done.json["conflicts"] == []
    assert not [n for f in done.json["files"] for n in f["notes"]]
    assert CONFLICTS not in read(later.master).sheets and CHANGES in read(later.master).sheets


# --- masters of earlier versions


SHAPES = TESTS / "data" / "shapes"


def test_old_master_with_errors_and_conflicts_is_not_closed(aso: Command, tmp_path: Path) -> None:
    path = Path(shutil.copy(SHAPES / "merged.xlsx", tmp_path))
    before = path.read_bytes()
    done = aso("close", path, "--by", "田中", "--json")
    assert (done.code, done.json["conflicts"], path.read_bytes() == before) == (1, 2, True)


@pytest.mark.parametrize(
    ("name", "goes_on"),
    [("sample.xlsx", True), ("master.xlsx", False), ("second_term.xlsx", False)],
)
def test_old_master_is_closed_and_goes_on(
    name: str, goes_on: bool, aso: Command, tmp_path: Path
) -> None:
    path = Path(shutil.copy(SHAPES / name, tmp_path / name))
    ledger = read(path)
    now = ledger.settings.round
    assert aso("close", path, "--by", "田中").code == 0
    kept = read(path).records[now]
    assert {i: a.result for i, a in kept.summary.achievements.items()} == {
        each["id"]: each["result"]
        for each in aso("evaluate", SHAPES / name, "--json").json["indicators"]
    }
    later = [r for r in ledger.plan.rounds if r > now]
    done = aso("next", path)
    assert (done.code, bool(later)) == (0 if goes_on else 2, goes_on), done.err
    if goes_on:
        after = read(path)
        assert after.settings.round == min(later) and after.actuals == ledger.actuals
        assert codes(aso, path) & {"record-edited", "record-lost", "confirmed-changed"} == set()
