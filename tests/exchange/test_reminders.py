"""Who is late, by how many days, and the mails to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from cli_tools import Command
from exchange_tools import PLAN, Town, rename, signed
from workbook_tools import Value, Xlsx

from aso_xl.exchange.reminders import late_ones, lines, situation, write
from aso_xl.exchange.split import split
from aso_xl.exchange.standing import Deadline, Standing, State
from aso_xl.exchange.status import Status, status
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build

R9 = ("1-01-1", "R9")
WHOLE: dict[tuple[str, str], Value] = {R9: 101, ("1-H1", "R9"): 1260, ("1-01-2", "R9"): "未公表"}
DUE = dt.date(2027, 9, 30)


def town_of(folder: Path, **settings: str) -> Town:
    """Return a town whose 設定 says so, with its workbooks sent out."""
    definition = load(str(PLAN))
    entries = {**definition.entries, "settings": settings}
    master = folder / "マスター.xlsx"
    master.write_bytes(build(replace(definition, entries=entries)))
    inbox = folder / "回収"
    inbox.mkdir()
    return Town(master, split(master), inbox)


def standing(town: Town, today: dt.date) -> Status:
    return status(town.master, [town.inbox], today=today)


def test_days_late_are_counted_until_nothing_more_is_asked(tmp_path: Path) -> None:
    town = town_of(tmp_path, 提出期限="2027-09-30")
    town.send("観光課", {})
    signed(town.send("農政課", WHOLE), 状態="課長確認済", 確認者="田中", 確認日="2027/10/1")
    for days, late in ((0, 0), (1, 1), (40, 40)):
        found = standing(town, DUE + dt.timedelta(days=days))
        assert {d.name: d.late for d in found.departments} == {
            **{"農政課": 0, "観光課": late, "福祉課": late, "未割当": late}
        }
        assert [d.name for d in found.late] == (["観光課", "福祉課"] if late else [])
        assert {(d.deadline.text, d.deadline.day) for d in found.departments} == {
            ("9月30日(木)", DUE)
        }


@pytest.mark.parametrize(
    ("text", "late", "notes"),
    [
        ("9月30日(木)", 1, 0),
        ("令和9年9月末", 1, 0),
        ("年度内", None, 1),
        ("", None, 0),
    ],
)
def test_a_deadline_is_counted_from_where_its_words_name_a_day(
    tmp_path: Path, text: str, late: int | None, notes: int
) -> None:
    town = town_of(tmp_path, **({"提出期限": text} if text else {}))
    [other] = [d for d in standing(town, DUE + dt.timedelta(1)).departments if d.name == "福祉課"]
    assert other.late == late
    found = standing(town, DUE + dt.timedelta(1))
    assert sum("日にちとして読めない" in note for note in found.notes) == notes
    assert [d.name for d in late_ones(found)] == ["農政課", "観光課", "福祉課"]


def test_a_mail_is_ready_to_be_pasted_into_windows(tmp_path: Path) -> None:
    said = {"提出期限": "2027-09-30", "問い合わせ先": "企画課 内線12", "返送先": "企画課あてメール"}
    town = town_of(tmp_path, **said)
    town.send("農政課", {R9: 101})
    made = write(standing(town, DUE + dt.timedelta(3)), tmp_path / "督促")
    assert made.folder == tmp_path / "督促"
    names = {name: path.name for name, path in made.texts.items()}
    assert names == {n: f"督促_R9_{n}.txt" for n in ("農政課", "観光課", "福祉課")}
    raw = made.texts["農政課"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.decode("utf-8-sig").split("\r\n") == [
        "件名: 【お願い】総合戦略 令和9年度の評価の提出について",
        "",
        "農政課 ご担当者様",
        "お世話になっております。架空の総合戦略の令和9年度の評価について、9月30日(木)までのご提出を"
        "お願いしております。",
        "届いたブックに、未入力が 2件 あります。",
        "お忙しいところ恐れ入りますが、ご確認のうえ、企画課あてメールへご返送くださいますよう"
        "お願いいたします。行き違いでご提出済みの場合は、ご容赦ください。",
        "問い合わせ先: 企画課 内線12",
        "",
    ]
    assert made.notes[-1].startswith("未割当の指標には、督促の文を作りません。")


def test_words_of_staff_are_filled_and_unknown_gaps_are_told(tmp_path: Path) -> None:
    words = {"督促の件名": "{評価年度}\n{ 担当課 }", "督促の文": "{遅れ}の遅れ\n{期日}{}{ {担当課}"}
    town = town_of(tmp_path, 提出期限="2027-09-30", **words)
    found = standing(town, DUE + dt.timedelta(3))
    [one, *_] = found.late
    assert [*lines(found, one)] == ["件名: 令和9年度 農政課", "", "3日の遅れ", "{期日}{}{ 農政課"]
    notes = write(found, tmp_path / "督促").notes
    assert notes[0].startswith(
        "設定の「督促の文」の {期日} は置き換えられません。使える語は 担当課・"
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.MISSING, "ブックがまだ届いておりません。"),
        (State.UNTOUCHED, "届いたブックは、お送りしたときのままです。"),
        (State.EMPTY, "届いたブックに、R9の記入がありません。"),
        (State.PARTIAL, "届いたブックに、未入力が 3件 あります。"),
        (
            State.ERRORS,
            "届いたブックに、入力チェックのエラーが 2件 あります。未入力が 3件 あります。",
        ),
        (State.RETURNED, "2027-10-05 に差し戻したブックが、まだ届いておりません。"),
        (State.WAITING, "届いたブックの「提出票」が、課長確認済になっておりません。"),
    ],
)
def test_a_mail_says_what_is_still_asked(state: State, words: str) -> None:
    each = Standing("農政課", "a.xlsx", 2, 4, 2, state, measures=1, deadline=Deadline())
    each = replace(each, returned="2027-10-05")
    assert situation(each, "R9") == words


def test_what_was_written_before_is_not_written_over(aso: Command, tmp_path: Path) -> None:
    town = town_of(tmp_path, 提出期限="2020-09-30")
    folder = tmp_path / "各課" / "督促"
    first = aso("status", town.master, town.inbox, "--reminders", folder, "--json")
    texts = {d["name"]: d["reminder"] for d in first.json["departments"]}
    assert texts == {
        **{n: str(folder / f"督促_R9_{n}.txt") for n in ("農政課", "観光課", "福祉課")},
        "未割当": None,
    }
    late = {(d["late"] > 2000, d["due"]) for d in first.json["departments"]}
    assert late == {(True, "2020-09-30")}
    second = aso("status", town.master, town.inbox, "--reminders", folder)
    day = f"督促_R9_{dt.date.today():%Y-%m-%d}"
    assert f"{folder / day} に、期限を過ぎた 3課への督促の文を作りました。" in second.out
    assert len([*folder.glob("*.txt")]) == len([*(folder / day).glob("*.txt")]) == 3
    done = aso("status", town.master, town.inbox, "--reminders", folder / "一つ.txt")
    assert (done.code, "ファイル名です" in done.err) == (2, True)


def test_nobody_is_late_before_the_deadline(aso: Command, tmp_path: Path) -> None:
    town = town_of(tmp_path, 提出期限="2099-09-30")
    done = aso("status", town.master, town.inbox, "--reminders", tmp_path / "督促")
    assert "期限を過ぎた課はありません。督促の文は作りませんでした。" in done.out
    assert not (tmp_path / "督促").exists()


def test_a_department_that_is_called_otherwise_now_is_told(tmp_path: Path) -> None:
    """Its workbook counts under the new name; the mail goes there, and the old name is said."""
    town = town_of(tmp_path, 提出期限="2027-09-30")
    town.send("農政課", {R9: 101})
    rename(town.master, "農政課", "農林課")
    found = standing(town, DUE + dt.timedelta(1))
    mine = {d.name: d for d in found.departments}
    assert "農政課" not in mine
    assert (mine["農林課"].state, mine["農林課"].formerly) == ("partial", "農政課")
    assert found.notes == (
        "R9_農政課.xlsx: 「農政課」に配ったブックです。"
        "マスターの担当課は「農林課」に変わっているので、そのブックとして数えました。",
    )
    notes = write(found, tmp_path / "督促").notes
    assert "農林課: 配ったときの名前は「農政課」です。あて先を確かめてください。" in notes


def test_a_department_that_is_in_no_list_is_told(tmp_path: Path) -> None:
    town = town_of(tmp_path, 提出期限="2027-09-30")
    rename(town.master, "農政課", "農林課")
    notes = write(standing(town, DUE + dt.timedelta(1)), tmp_path / "督促").notes
    assert "農林課: 「設定」の担当課の一覧にありません。あて先を確かめてください。" in notes


def test_a_department_whose_rows_went_to_several_is_no_renamed_one(tmp_path: Path) -> None:
    town = town_of(tmp_path)
    town.send("農政課", {R9: 101})
    master = Xlsx(town.master)
    for id_, name in (("1-01-1", "A課"), ("1-H1", "B課"), ("1-01-2", "C課"), ("1-01", "D課")):
        master.put(assigned(master, id_), name)
    master.save(town.master)
    found = {d.name: d.formerly for d in standing(town, DUE).departments}
    assert found["農政課"] == "" and set(found.values()) == {""}


def assigned(book: Xlsx, id_: str) -> tuple[str, str]:
    """Return the cell of 担当割 in which a row's department stands."""
    table = book.tables["担当割表"]
    rows = (r for r in table.rows if book.value(table.sheet, table.address("番号", r)) == id_)
    return table.sheet, table.address("担当課", next(rows))
