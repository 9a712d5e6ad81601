"""A workbook per department: what is in it, what is open, what it is called, what it carries."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from cli_tools import Command, digest
from exchange_tools import PLAN, Made, Town, sheet_rows, signed, typed
from openpyxl import load_workbook
from paths import MADE_UP
from random_fillings import put_setting
from workbook_tools import Value, Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.checks import check
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.words import UNASSIGNED
from aso_xl.exchange.cell_values import values_of
from aso_xl.exchange.merge_files import merge_files
from aso_xl.exchange.split import file_names, split
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build
from aso_xl.workbook.handout import RECORD, Handout, unpacked
from aso_xl.workbook.read.reading import read

PARTS = {
    "農政課": (("1-H1", "1-01-1", "1-01-2"), ("1-01",)),
    "観光課": (("1-01-2", "2-H1", "2-01-1"), ("1-01", "2-01")),
    "福祉課": ((), ("1-01",)),
    UNASSIGNED: (("1-H2",), ("1-02",)),
}


def test_each_department_gets_its_own_and_nothing_is_left_out(made: Made) -> None:
    found = {w.part.department: (w.part.indicators, w.part.measures) for w in made.split.workbooks}
    assert found == PARTS
    assert list(found)[-1] == UNASSIGNED
    assert made.split.unassigned == ("1-H2",)
    for each in made.split.workbooks:
        ledger = read(each.path)
        assert (tuple(ledger.rows), tuple(ledger.measures)) == PARTS[each.part.department]
        assert ledger.oddities == ()


def test_it_carries_what_was_sent(made: Made) -> None:
    master = read(made.master)
    for each in made.split.workbooks:
        ledger = read(each.path)
        handout = unpacked(ledger.record[RECORD])
        assert (handout.split, handout.department) == (made.split.id, each.part.department)
        assert (handout.round, handout.deadline) == ("R9", "9月30日(水)")
        assert handout.whole == master.plan.fingerprint != ledger.plan.fingerprint
        values = values_of(ledger)
        assert values == {key: values_of(master)[key] for key in values}
        sent = {(i, f): v for i, row in handout.values.items() for f, v in row.items()}
        assert sent == {
            (key.id, key.field): value for key, value in values.items() if value is not None
        }


def test_the_first_sheet_says_who_when_and_until_when(made: Made) -> None:
    path = made.split.workbooks[0].path
    assert load_workbook(path).active.title == read(path).sheets[0] == "お願い"
    said = {row[0]: row[1] for row in sheet_rows(path, "お願い")}
    assert said["担当課"] == "農政課"
    assert said["評価年度"] == "令和9年度"
    assert said["提出期限"] == "9月30日(水)"
    assert said["返送先"] == "このブックを送ってきた課(事務局)"
    assert str(said["4 返送する"]).startswith(
        "保存して、9月30日(水)までに、送ってきた課へ返送します。"
    )


def test_input_cells_are_open_and_the_rest_is_locked(made: Made) -> None:
    book = load_workbook(made.split.workbooks[0].path)
    ledger = read(made.split.workbooks[0].path)
    for row in (*ledger.rows.values(), *ledger.measures.values()):
        sheet = book[row.sheet]
        assert sheet.protection.sheet
        inputs = {"R9", "remark", "department", "efforts", "problems", "direction"}
        inputs |= {"R8"} if "R8" in row.cells and row.cells["R8"].text == "未公表" else set()
        locked = {f: sheet[c.address].protection.locked for f, c in row.cells.items()}
        assert locked == {f: f not in inputs for f in locked}
    cells = [c for row in book["設定"].iter_rows() for c in row]
    assert book["設定"].protection.sheet
    assert all(c.protection.locked for c in cells)


def test_formulas_are_live_and_show_what_the_master_shows(made: Made) -> None:
    master, own = Xlsx(made.master), Xlsx(made.split.workbooks[0].path)
    for id_ in ("1-H1", "1-01-1", "1-01-2"):
        for head in ("評価値", "判定", "進捗率", "進み具合"):
            place = own.find(id_, head)
            assert own.value(*place) == master.value(*master.find(id_, head))
            assert (place[1] in own.formulas(place[0])) == (
                master.find(id_, head)[1] in master.formulas(master.find(id_, head)[0])
            )


def test_again_writes_over_nothing(town: Town, tmp_path: Path) -> None:
    first = split(town.master)
    filled = typed(first.workbooks[0].path, {("1-01-1", "R9"): 5}, first.workbooks[0].path)
    before = digest(filled)
    second = split(town.master)
    day = f"配布_R9_{dt.date.today():%Y-%m-%d}"
    assert (first.folder.name, second.folder.name) == (day, f"{day} (2)")
    assert (first.notes, second.notes) == ((), ())
    assert digest(filled) == before


def test_two_splits_never_share_a_folder(town: Town, tmp_path: Path) -> None:
    """Asked for a folder with an earlier split, the new one gets a dated folder in it, and says so."""
    wanted, day = tmp_path / "各課", f"配布_R9_{dt.date.today():%Y-%m-%d}"
    wanted.mkdir()
    (wanted / "お知らせ.txt").write_text("課の皆さまへ", "utf-8")
    shutil.copy(town.master, wanted / "控え.xlsx")
    (wanted / "壊れ.xlsx").write_bytes(b"x")
    made = [split(town.master, wanted) for _ in range(3)]
    assert [each.folder for each in made] == [wanted, wanted / day, wanted / f"{day} (2)"]
    names = [{w.path.name for w in each.workbooks} for each in made]
    assert names[0] == names[1] == names[2]
    assert made[0].notes == ()
    assert made[1].notes == (
        f"{wanted} には前に配ったブックがあるため、その中の {day} に分けて作りました。",
    )


def test_file_names_are_safe_and_never_collide() -> None:
    long = "長" * 300
    names = [
        "a/b",
        "a\\b",
        "A:B",
        "CON",
        "観光課.",
        "観光課",
        "ＡＢＣ課",
        "abc課",
        long,
        f"{long}二",
    ]
    found = list(file_names(names, "R9"))
    assert len({name.casefold() for name in found}) == len(names)
    assert found[:3] == ["R9_a_b.xlsx", "R9_a_b (2).xlsx", "R9_A_B (3).xlsx"]
    assert found[7] == "R9_abc課 (2).xlsx"
    assert all(len(name.encode()) < 255 for name in found)
    assert not any(set('/\\:*?"<>|') & set(name) for name in found)


@pytest.mark.parametrize("strategy", ["second", str(MADE_UP)])
def test_any_plan_comes_home_unchanged(tmp_path: Path, strategy: str) -> None:
    """Also one whose texts begin with = + @ -, and one that has counts in place of KPIs."""
    master = tmp_path / "master.xlsx"
    master.write_bytes(build(load(strategy)))
    made = split(master)
    ids = [i for each in made.workbooks for i in each.part.indicators]
    assert sorted(ids) == sorted(read(master).plan.by_id)
    outcome = merge_files(master, [made.folder])
    assert [each.failed for each in outcome.files] == [None] * len(made.workbooks)
    assert (outcome.merged.applied, outcome.rejected, outcome.output) == ((), (), None)


def test_the_record_survives_or_says_that_it_is_damaged() -> None:
    handout = Handout("1", "=課\n", "R9", "f" * 16, "", {"1-H1": {"R8": None, "remark": "=…😀"}})
    assert unpacked(handout.packed()) == handout
    assert handout.packed().replace("-", "").replace("_", "").isalnum()
    for damaged in ("", "x", handout.packed()[:-9], "!" + handout.packed()):
        with pytest.raises(ValueError, match="記録"):
            unpacked(damaged)


def test_a_departments_workbook_is_no_master(aso: Command, made: Made) -> None:
    done = aso("split", made.split.workbooks[0].path)
    assert done.code == 2
    assert "マスター" in done.err


def test_json_and_words(aso: Command, town: Town, tmp_path: Path) -> None:
    done = aso("split", town.master, "-o", tmp_path / "課", "--deadline", "月末", "--json")
    assert done.code == 0
    assert set(done.json) == {"split", "round", "folder", "workbooks", "unassigned", "notes"}
    assert [w["department"] for w in done.json["workbooks"]] == list(PARTS)
    assert all(Path(w["file"]).is_file() for w in done.json["workbooks"])
    assert "1-H2" in aso("split", town.master).out


@needs_libreoffice
def test_it_comes_home_from_other_programs(town: Town, tmp_path: Path) -> None:
    """Saved by LibreOffice and by openpyxl: nothing changed but what was typed."""
    edits = {("1-01-1", "R9"): 101, ("1-01-1", "remark"): "=二行\n目 "}
    paths = {"lo": town.send("農政課", edits, "lo.xlsx")}
    saved = recalculated(paths, tmp_path / "office")["lo"]
    shutil.copy(saved, town.inbox / "lo.xlsx")
    book = load_workbook(town.inbox / "lo.xlsx")
    book.save(town.inbox / "lo.xlsx")
    outcome = town.merge()
    assert {((a.key.id, a.key.field), a.after) for a in outcome.merged.applied} == {
        (("1-01-1", "R9"), 101),
        (("1-01-1", "remark"), "=二行\n目 "),
    }
    assert (outcome.open_conflicts, outcome.rejected) == ((), ())


def test_the_first_sheet_says_what_stands_in_the_settings(tmp_path: Path) -> None:
    """``--deadline`` goes over the one in 設定; a date is written out."""
    given = {
        "提出期限": "2027-09-30",
        "問い合わせ先": "企画課 内線12",
        "返送先": "企画課あてメール",
    }
    master = tmp_path / "master.xlsx"
    made = load(str(PLAN))
    master.write_bytes(build(replace(made, entries={**made.entries, "settings": given})))
    for deadline, shown in (("", "9月30日(木)"), ("月末", "月末")):
        path = split(master, deadline=deadline).workbooks[0].path
        said = {row[0]: row[1] for row in sheet_rows(path, "お願い")}
        assert [said[key] for key in given] == [shown, *[*given.values()][1:]]
        assert f"{shown}までに、企画課あてメール へ返送します。" in str(said["4 返送する"])
        assert unpacked(read(path).record[RECORD]).deadline == shown
        [outcome] = merge_files(master, [path]).files
        assert (outcome.failed, outcome.notes) == (None, ())


def request(path: Path) -> tuple[dict[str, object], dict[str, tuple[object, dict[str, str]]]]:
    """Return what お願い says by label, and 状況 and the links (by word) of every item by id."""
    sheet = load_workbook(path, data_only=True)["お願い"]
    rows = list(sheet.iter_rows())
    items = {
        str(row[0].value): (
            row[-1].value,
            {str(cell.value): cell.hyperlink.location for cell in row[2:-1] if cell.hyperlink},
        )
        for row in rows
        if row[3].hyperlink
    }
    return {str(row[0].value): row[1].value for row in rows}, items


def test_every_item_is_linked_to_its_cells_and_counted(made: Made, tmp_path: Path) -> None:
    """Also to the figure of an earlier year that is still to come."""
    words = {"備考(要因・出典)": "remark", "取組": "efforts", "課題": "problems"}
    words |= {"備考": "remark", "今後の方向": "direction", "R9の値": "R9", "R8の値": "R8"}
    early = set()
    for each in made.split.workbooks:
        ledger = read(each.path)
        said, items = request(each.path)
        assert tuple(items) == (*each.part.indicators, *each.part.measures)
        for id_, (shown, links) in items.items():
            row = ledger.rows.get(id_) or ledger.measures[id_]
            is_text = id_ in ledger.measures
            wanted = ["efforts", "problems", "direction"] if is_text else ["R9", "remark"]
            if "R8" in row.cells and row.cells["R8"].text == "未公表":
                wanted.insert(1, "R8")
                early.add(id_)
            places = [f"'{row.cells[k].sheet}'!{row.cells[k].address}" for k in wanted]
            assert ([words[word] for word in links], [*links.values()]) == (wanted, places)
            asked = wanted if is_text else ["R9"]
            is_blank = any(row.cells[key].is_blank for key in asked)
            assert shown == ("未入力" if is_blank else "入力済み")
        blank = sum(shown == "未入力" for shown, _ in items.values())
        assert said["残り"] == f"未入力 {blank}"
        squares = 20 * (len(items) - blank) // len(items)
        bar = "■" * squares + "□" * (20 - squares)
        assert said["進み具合"] == f"{bar}　入力済み {len(items) - blank}/{len(items)}"
        numbers = (("指標", len(each.part.indicators)), ("施策", len(each.part.measures)))
        asked_ = "・".join(f"{word}{number}" for word, number in numbers if number)
        assert f"■ 入力していただくもの　{asked_}" in said
    assert early, "the plan has a figure that is still to come"


def test_the_year_before_stands_beside_what_is_asked(made: Made) -> None:
    sheet = load_workbook(made.split.workbooks[0].path)["お願い"]
    rows = list(sheet.iter_rows(values_only=True))
    [head] = [row for row in rows if row[0] == "番号"]
    assert head[2] == "前年(R8)"
    before = {row[0]: row[2] for row in rows}
    assert (before["1-01-1"], before["1-H1"]) == ("95人", "1,250.05億円")


@needs_libreoffice
def test_what_is_blank_is_counted_while_one_types(made: Made, tmp_path: Path) -> None:
    """On the first sheet, as a bar too, and on 提出票, which says what is to be done next."""
    texts = ("efforts", "problems", "direction")
    signs: list[dict[str, Value]] = [
        {},
        {"状態": "課長確認済"},
        {"状態": "課長確認済", "確認者": "田中", "確認日": "2027/9/25"},
    ]
    todo = ("課長の確認を受けてください", "確認者と確認日を書いてください", "このまま返送できます")
    paths, wanted = {}, {}
    for number, each in enumerate(made.split.workbooks):
        part = each.part
        figures = {(id_, "R9"): 7 for id_ in part.indicators}
        blank = {(id_, "efforts"): " " for id_ in part.measures}
        whole = {(id_, field): "文" for id_ in part.measures for field in texts}
        paths[f"{number}"] = typed(each.path, {**figures, **blank}, tmp_path / f"{number}.xlsx")
        next_ = "未入力があります" if part.measures else todo[0]
        wanted[f"{number}"] = (part, len(part.measures), next_)
        name, path = f"{number}-whole", tmp_path / f"{number}-whole.xlsx"
        typed(each.path, {**figures, **whole}, path)
        paths[name] = signed(path, **signs[number % 3])
        wanted[name] = (part, 0, todo[number % 3])
    for name, path in recalculated(paths, tmp_path / "office").items():
        said, _ = request(path)
        part, left, next_ = wanted[name]
        number = len(part.indicators) + len(part.measures)
        done = number - left
        squares = 20 * done // number
        bar = "■" * squares + "□" * (20 - squares)
        assert said["残り"] == f"未入力 {left}"
        assert said["進み具合"] == f"{bar}　入力済み {done}/{number}"
        slip = load_workbook(path, data_only=True)["提出票"]
        assert (slip["B4"].value, slip["C4"].value) == (f"未入力 {left}", next_)


def test_years_not_asked_for_are_closed_but_for_what_is_still_to_come(tmp_path: Path) -> None:
    """A figure of R8 that is published only now finds its cell open."""
    master = tmp_path / "master.xlsx"
    master.write_bytes(build(load(str(PLAN))))
    typed(master, {("1-01-1", "R8"): "未公表", ("1-H1", "R8"): "対象外"}, master)
    [path] = [w.path for w in split(master).workbooks if w.part.department == "農政課"]
    book, rows = load_workbook(path), read(path).rows
    for row in rows.values():
        cells = {r: book[row.sheet][row.cells[r].address] for r in ("R8", "R9")}
        is_closed = {r: cell.protection.locked for r, cell in cells.items()}
        assert is_closed == {"R8": cells["R8"].value not in ("未公表", "集計中"), "R9": False}
    assert {rows[id_].cells["R8"].text for id_ in ("1-01-1", "1-H1")} == {"未公表", "対象外"}


def test_a_department_is_spared_what_only_the_secretariat_can_change(tmp_path: Path) -> None:
    master = tmp_path / "master.xlsx"
    master.write_bytes(build(load(str(PLAN))))
    book = Xlsx(master)
    put_setting(book, "前文1", None)
    book.save(master)
    ours = {i.code for i in check(read(master), FiscalYear.parse("R9"))}
    assert {"department-missing", "paragraph-empty"} <= ours
    for each in split(master).workbooks:
        theirs = {i.code for i in check(read(each.path), FiscalYear.parse("R9"))}
        assert theirs & {"department-missing", "paragraph-empty", "department-unknown"} == set()
