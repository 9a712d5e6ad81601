"""A whole year of a town, played with the real files and programs.

Run: ``python tests/soak/whole_year.py FOLDER`` (thirty departments). The figures are asked for, confirmed, sent back
twice, questioned, answered, merged, decided, commented, printed, confirmed and carried on; what
people typed is looked for at the end, value by value, and the board is right at every step.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "tools")]

from cli_tools import Done  # noqa: E402
from exchange_tools import answer, asked, decide, signed, typed  # noqa: E402
from random_fillings import put_setting  # noqa: E402
from word_tools import part  # noqa: E402
from workbook_tools import Value, Xlsx, recalculated  # noqa: E402

from aso_xl.cli.main import main as main_of  # noqa: E402

ROUND, NEXT = "R8", "R9"
DUE = dt.date(2026, 9, 30)
TEXT = "不明です"
CHIEF = {"状態": "課長確認済", "確認者": "課長 田中", "確認日": "2026/9/25"}


class Town(NamedTuple):
    """The departments by what they do: who is prompt, waits for the chief, is half way, slips,
    sends back what it got, or nothing.
    """

    prompt: tuple[str, ...]
    waiting: tuple[str, ...]
    partial: tuple[str, ...]
    wrong: tuple[str, ...]
    untouched: tuple[str, ...]
    missing: tuple[str, ...]

    @classmethod
    def of(cls, *counts: int) -> Town:
        """Return so many departments of each sort."""
        names = (f"第{number}課" for number in range(1, sum(counts) + 1))
        return cls(*(tuple(islice(names, count)) for count in counts))

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(self))

    @property
    def resaved(self) -> tuple[str, ...]:
        """Return those that work with LibreOffice: it saves the workbooks that they return."""
        return self.prompt[:3]


WHOLE = Town.of(14, 5, 5, 2, 1, 3)
"""Thirty departments."""
SMALL = Town.of(6, 1, 1, 2, 1, 2)
"""As few as do everything."""


@dataclass(frozen=True)
class Typed:
    """What somebody typed: about an id, in a field, in which file."""

    about: str
    field: str
    value: Value
    file: str


@dataclass
class Year:
    """The town: its master, what it sends out, what comes back, and everything that was typed."""

    folder: Path
    town: Town = WHOLE
    typed: list[Typed] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(1))

    @property
    def master(self) -> Path:
        return self.folder / "マスター.xlsx"

    @property
    def inbox(self) -> Path:
        return self.folder / "提出"

    def run(self) -> None:
        """Play the year. Raise AssertionError where something is lost or untrue."""
        self.begin()
        self.first_returns()
        self.confirmed_ones_are_merged()
        self.sent_back_once()
        self.sent_back_twice()
        self.everything_is_merged()
        self.contradictions_are_mended()
        self.council()
        self.carried_on()
        self.all_is_there()

    def exported(self, path: Path) -> Any:
        """Return what a workbook holds; it may have errors."""
        return self.run_aso("export", path, "--json").json

    def aso(self, *args: str | Path, code: int = 0) -> Any:
        """Return the JSON of a command that must end with ``code``."""
        done = self.run_aso(*args, "--json")
        assert done.code == code, (args, done.code, done.out[-500:], done.err)
        return json.loads(done.out)

    def run_aso(self, *args: str | Path) -> Done:
        """Run a command in this process: its start is what most of a short one takes."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main_of([str(arg) for arg in args])
        return Done(code, out.getvalue(), err.getvalue())

    @cached_property
    def indicators(self) -> dict[str, Any]:
        return {each["id"]: each for each in self.exported(self.master)["indicators"]}

    # --- the secretariat asks

    def begin(self) -> None:
        """Make the master, say who has what, send it out."""
        self.inbox.mkdir()
        assert self.run_aso("template", "-o", self.master).code == 0
        book = Xlsx(self.master)
        table = book.tables["担当割表"]
        for number, row in enumerate(table.rows):
            department = self.town.all[number % len(self.town.all)]
            book.put((table.sheet, table.address("担当課", row)), department)
            self.owners[str(book.value(table.sheet, table.address("番号", row)))] = department
        put_setting(book, "提出期限", str(DUE))
        listed = book.tables["担当課表"]
        for department, row in zip(self.town.all, listed.rows, strict=False):
            book.put((listed.sheet, listed.address("担当課", row)), department)
        book.save(self.master)
        made = self.aso("split", self.master, "-o", self.folder / "配布")
        assert len(made["workbooks"]) == len(self.town.all)
        self.board(dict.fromkeys(self.town.all, "missing"))

    def sent(self, department: str) -> Path:
        return self.folder / "配布" / f"{ROUND}_{department}.xlsx"

    def board(self, expected: dict[str, str]) -> Any:
        """Look at the board: every department in the state that is expected, and late by its days."""
        board = self.run_aso("status", self.master, self.inbox, "--json").json
        states = {each["name"]: each["state"] for each in board["departments"]}
        assert {name: states.get(name) for name in expected} == expected
        done = ("confirmed", "merged", "complete")
        days = (dt.date.today() - DUE).days
        late = {each["name"]: each["late"] for each in board["departments"]}
        for name, state in expected.items():
            assert late[name] == (0 if state in done else days), (name, state, late[name])
        return board

    # --- the departments type

    def fill(self, department: str, source: Path, share: float = 1.0, name: str = "") -> Path:
        """Return the workbook of a department as it comes back: a share of its blank cells typed in."""
        mine = self.exported(source)
        blank = [each for each in mine["indicators"] if each["actuals"][ROUND]["value"] is None]
        cells = [(each["id"], ROUND) for each in blank]
        figures = {cell: self.figure(cell[0]) for cell in cells[: round(len(cells) * share)]}
        edits: dict[tuple[str, str], Value] = dict(figures)
        edits |= {(id_, "remark"): f"{department}の要因 {id_}" for id_, _ in figures}
        for id_ in (id_ for id_, _ in _measures(mine) if self.owners[id_] == department):
            edits |= {(id_, key): f"{department}の{key} {id_}" for key in ("efforts", "problems")}
        return self.type(source, edits, self.inbox / (name or source.name))

    def figure(self, id_: str) -> Value:
        """Return a figure near the target of an indicator, of as many places as it has."""
        each = self.indicators[id_]
        target = Decimal(each["target"] or 1)
        start = Decimal(each["baseline"] or target)
        value = start + (target - start) * Decimal(self.random.choice(("0.5", "0.9", "1", "1.1")))
        return value.quantize(Decimal(1).scaleb(min(0, int(target.as_tuple().exponent))))

    def type(self, source: Path, edits: dict[tuple[str, str], Value], path: Path) -> Path:
        """Type into a workbook, and remember what and where."""
        self.typed += [Typed(*at, value, path.name) for at, value in edits.items()]
        return typed(source, edits, path)

    def resave(self, paths: list[Path]) -> None:
        """Let LibreOffice save workbooks in their places."""
        with tempfile.TemporaryDirectory(prefix="whole-year") as folder:
            files = {path.name: Path(shutil.copy(path, folder)) for path in paths}
            for name, saved in recalculated(files, Path(folder)).items():
                shutil.copy(saved, self.inbox / name)

    def first_returns(self) -> None:
        """Some are done, some wait for their chief, some are half way, two are wrong."""
        for department in (*self.town.prompt, *self.town.waiting, *self.town.wrong):
            self.fill(department, self.sent(department))
        for department in self.town.partial:
            self.fill(department, self.sent(department), 0.5)
        for department in self.town.wrong:
            path = self.inbox / self.sent(department).name
            id_ = self.exported(path)["indicators"][0]["id"]
            self.typed = [t for t in self.typed if (t.about, t.field) != (id_, ROUND)]
            self.type(path, {(id_, ROUND): TEXT}, path)
        for department in (*self.town.prompt, *self.town.wrong):
            signed(self.inbox / self.sent(department).name, **CHIEF)
        shutil.copy(self.sent(self.town.untouched[0]), self.inbox)
        self.resave([self.inbox / self.sent(department).name for department in self.town.resaved])
        self.board(self.first_states())
        done = self.run_aso("status", self.master, self.inbox, "--reminders", self.folder / "督促")
        assert "Traceback" not in done.err
        letters = [path.name for path in (self.folder / "督促").glob("*.txt")]
        late = (
            *self.town.waiting,
            *self.town.partial,
            *self.town.wrong,
            *self.town.untouched,
            *self.town.missing,
        )
        assert len(letters) == len(late)
        assert all(any(name in letter for letter in letters) for name in late)

    def first_states(self) -> dict[str, str]:
        return {
            **dict.fromkeys(self.town.prompt, "confirmed"),
            **dict.fromkeys(self.town.waiting, "waiting"),
            **dict.fromkeys(self.town.partial, "partial"),
            **dict.fromkeys(self.town.wrong, "errors"),
            **dict.fromkeys(self.town.untouched, "empty"),
            **dict.fromkeys(self.town.missing, "missing"),
        }

    def confirmed_ones_are_merged(self) -> None:
        """Only what a chief has confirmed comes in; one of those is changed afterwards, and told."""
        self.run_aso("merge", self.master, self.inbox, "--confirmed-only")
        states = self.first_states()
        self.board(states | dict.fromkeys(self.town.prompt, "merged"))
        values = self.values()
        for each in self.typed:
            is_in = any(name in each.file for name in _names(self.town.prompt))
            assert (values[each.about, each.field] is not None) == is_in or any(
                name in each.file for name in _names(self.town.wrong)
            ), each
        changed = self.inbox / self.sent(self.town.prompt[5]).name
        id_ = self.exported(changed)["indicators"][0]["id"]
        self.type(changed, {(id_, "remark"): "確認の後に書き足しました"}, changed)
        told = self.run_aso("status", self.master, self.inbox)
        assert changed.name in told.out and "確認" in told.out

    # --- the secretariat asks back

    def sent_back_once(self) -> None:
        """The workbooks with findings or questions go back; most are answered and come home."""
        asked(
            self.master,
            *(
                (self.id_of(department), f"{department}に尋ねます")
                for department in self.town.prompt[:4]
            ),
            ("9-99-9", "ない指標のこと"),
        )
        out = self.folder / "差戻し1"
        self.run_aso("return", self.master, self.inbox, "-o", out)
        went = {department for department in self.town.all if self.back(out, department)}
        assert {*self.town.prompt[:4], *self.town.wrong} <= went
        self.board(dict.fromkeys((*self.town.prompt[:4], *self.town.wrong), "returned"))
        for department in self.town.prompt[:3]:
            back = self.back(out, department)
            assert back is not None
            home = self.inbox / f"回答_{department}.xlsx"
            self.answer(department, back, home)
            signed(home, **CHIEF)
        for department in self.town.wrong[:1]:
            back = self.back(out, department)
            assert back is not None
            home = self.inbox / f"訂正_{department}.xlsx"
            id_ = self.id_of(department)
            self.type(back, {(id_, ROUND): self.figure(id_)}, home)
            signed(home, **CHIEF)
        self.run_aso("merge", self.master, self.inbox, "--confirmed-only")
        self.board(dict.fromkeys((*self.town.prompt[:3], *self.town.wrong[:1]), "merged"))

    def sent_back_twice(self) -> None:
        """What is still open goes back once more; all of it is answered."""
        asked(self.master, (self.id_of(self.town.prompt[0]), "もう一つ尋ねます"))
        out = self.folder / "差戻し2"
        self.run_aso("return", self.master, self.inbox, "-o", out)
        for department in (self.town.prompt[0], self.town.prompt[3]):
            back = self.back(out, department)
            assert back is not None
            home = self.inbox / f"回答2_{department}.xlsx"
            self.answer(department, back, home)
            signed(home, **CHIEF)
        back = self.back(out, self.town.wrong[1])
        assert back is not None
        id_ = self.id_of(self.town.wrong[1])
        home = self.inbox / f"訂正2_{self.town.wrong[1]}.xlsx"
        self.type(back, {(id_, ROUND): self.figure(id_)}, home)
        signed(home, **CHIEF)

    def id_of(self, department: str) -> str:
        """Return the first indicator of a department."""
        return str(self.exported(self.sent(department))["indicators"][0]["id"])

    def back(self, folder: Path, department: str) -> Path | None:
        """Return the workbook that went back to a department."""
        return next(iter(sorted(folder.rglob(f"*_{department}*.xlsx"))), None)

    def answer(self, department: str, source: Path, path: Path) -> None:
        """Answer every question of a workbook that came back."""
        book = Xlsx(source)
        table = book.tables["照会表"]
        numbers = [
            str(book.value(table.sheet, table.address("照会番号", row)) or "")
            for row in table.rows
            if not book.value(table.sheet, table.address("回答", row))
        ]
        answers = {
            number: f"{department}の回答 {number} {path.stem}" for number in numbers if number
        }
        assert answers, (department, source)
        answer(source, answers, path)
        self.typed += [Typed(number, "回答", text, path.name) for number, text in answers.items()]

    # --- the rest comes, and everything is merged

    def everything_is_merged(self) -> None:
        """The late ones come; what contradicts the master is decided."""
        for department in self.town.partial:
            self.fill(department, self.inbox / self.sent(department).name)
        for department in (*self.town.untouched, *self.town.missing):
            self.fill(department, self.sent(department))
        for department in (
            *self.town.waiting,
            *self.town.partial,
            *self.town.untouched,
            *self.town.missing,
        ):
            path = signed(self.inbox / self.sent(department).name, **CHIEF)
            later = path.stat().st_mtime + 3600
            os.utime(path, (later, later))
        id_ = self.id_of(self.town.missing[0])
        self.type(self.master, {(id_, "remark"): "事務局が書きました"}, self.master)
        merged = self.run_aso("merge", self.master, self.inbox, "--json").json
        contested = {each["indicator"] for each in merged["conflicts"]}
        assert contested == {id_, self.id_of(self.town.prompt[5])}
        decide(self.master, ("届いた値", None), ("届いた値", None))
        self.run_aso("merge", self.master, self.inbox)
        self.board(dict.fromkeys(self.town.all, "merged"))
        again = self.aso("merge", self.master, self.inbox)
        assert again["output"] is None

    def contradictions_are_mended(self) -> None:
        """What departments said otherwise of the same thing is asked by telephone and typed."""
        held = self.values()
        arrivals = Decimal(held["2-H1", ROUND]) - Decimal(held["2-H2", ROUND])
        visitors = Decimal(held["2-02-1", ROUND])
        edits: dict[tuple[str, str], Value] = {("2-H3", ROUND): arrivals, ("2-H4", ROUND): visitors}
        self.type(self.master, edits, self.master)
        counts = self.aso("check", self.master)["counts"]
        assert counts["error"] == 0

    def council(self) -> None:
        """The council's opinions are typed, printed, and listed with their answers."""
        said: dict[tuple[str, str], Value] = {
            ("基本目標1", "地域計画会議の意見"): "担い手の数だけでなく、質も見てほしい",
            ("基本目標1", "意見への対応"): "次の評価から、研修の修了者を備考に書く",
            ("1-01", "地域計画会議の意見"): "若い人に届く知らせ方を考えてほしい",
            ("1-01", "意見への対応"): "動画を作る",
            ("1-01", "事務局評価"): "おおむね順調である",
        }
        self.type(self.master, said, self.master)
        for kind, needed in (
            ("年次評価", said),
            ("意見と対応の一覧", [at for at in said if at[1] != "事務局評価"]),
            ("会議資料", ()),
        ):
            path = self.folder / f"{kind}.docx"
            self.aso("report", self.master, "--kind", kind, "-o", path)
            text = "".join(str(run) for run in part(path.read_bytes()).itertext())
            assert all(str(said[at]) in text for at in needed), kind
            self.aso("check", path, "--against", self.master)

    def carried_on(self) -> None:
        """The round is confirmed and the next begins; a workbook of the old one is told as such."""
        closed = self.aso("close", self.master, "--by", "企画財政課 阿蘇")
        assert closed["round"] == ROUND
        assert closed["indicators"] == len(self.indicators)
        assert self.aso("next", self.master)["round"] == NEXT
        late = self.folder / "遅れ"
        late.mkdir()
        typed(
            self.sent(self.town.missing[1]),
            {(self.id_of(self.town.missing[1]), "remark"): "遅すぎました"},
            late / "遅れ.xlsx",
        )
        told = self.run_aso("merge", self.master, late)
        assert "確定" in told.out + told.err
        made = self.aso("split", self.master, "-o", self.folder / "配布2")
        assert len(made["workbooks"]) == len(self.town.all)
        empty = self.folder / "提出2"
        empty.mkdir()
        board = self.run_aso("status", self.master, empty, "--json").json
        assert board["round"] == NEXT
        assert {each["state"] for each in board["departments"]} == {"missing"}
        self.typed.append(
            Typed(self.id_of(self.town.missing[1]), "remark", "遅すぎました", "遅れ.xlsx")
        )

    # --- accounting

    def values(self) -> dict[tuple[str, str], Any]:
        """Return what the master holds by id and field."""
        found: dict[tuple[str, str], Any] = {}
        exported = self.exported(self.master)
        for each in exported["indicators"]:
            figure = each["actuals"][ROUND]
            found[each["id"], ROUND] = figure["value"] or figure["mark"]
            found |= {(each["id"], key): value for key, value in each["fields"].items()}
        for id_, each in _measures(exported):
            found |= {(id_, key): value for key, value in each["fields"].items()}
        return found

    def all_is_there(self) -> None:
        """Every typed value stands in a row of the master about what it was typed for."""
        rows = [{*row, *(text.partition(" ")[0] for text in row)} for row in self.rows()]
        for each in self.typed:
            assert any(_holds(row, each) for row in rows), each

    def rows(self) -> Iterator[list[str]]:
        """Yield what stands in each row of every sheet of the master."""
        book = Xlsx(self.master)
        for sheet in book.sheet_parts:
            by_row: dict[str, list[str]] = {}
            for address in book.cells(sheet):
                value = book.value(sheet, address)
                row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                by_row.setdefault(row, []).append(shown(value))
            yield from by_row.values()


def _measures(exported: Any) -> Iterator[tuple[str, Any]]:
    """Yield the 施策 of an export with their numbers as the sheets have them."""
    for goal in exported["goals"]:
        for each in goal["measures"]:
            yield f"{goal['number']}-{each['number']:02d}", each


def _names(departments: tuple[str, ...]) -> list[str]:
    return [f"_{department}." for department in departments]


def _holds(row: set[str], each: Typed) -> bool:
    """Return whether a row is about what was typed for, and has it: a record joins texts in a cell."""
    if each.about not in row:
        return False
    what = shown(each.value)
    return any(what in text for text in row) if isinstance(each.value, str) else what in row


def shown(value: Value) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def main() -> int:
    """Play the year in a new folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    Year(folder).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
