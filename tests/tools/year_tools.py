"""Masters that are confirmed and go on: cells typed into, findings, locks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cli_tools import ROOT, Command
from random_fillings import put_setting as put_in
from workbook_tools import MAIN, Value, Xlsx


def put(path: Path, id_: str, head: str, value: Value) -> None:
    book = Xlsx(path)
    book.put(book.find(id_, head), value)
    book.save(path)


def put_in_record(path: Path, id_: str, head: str, value: Value) -> None:
    """Type into the row of an id in 確定記録."""
    book = Xlsx(path)
    table = book.tables["確定記録表"]
    row = next(r for r in table.rows if book.value(table.sheet, table.address("番号", r)) == id_)
    book.put((table.sheet, table.address(head, row)), value)
    book.save(path)


def codes(aso: Command, path: Path, *more: str) -> set[str]:
    return {issue["code"] for issue in aso("check", path, "--json", *more).json["issues"]}


def found(aso: Command, path: Path, code: str) -> list[str]:
    issues = aso("check", path, "--json").json["issues"]
    return [issue["message"] for issue in issues if issue["code"] == code]


def is_locked(book: Xlsx, place: tuple[str, str]) -> bool:
    look = book.xml("xl/styles.xml").find(f"{MAIN}cellXfs")
    assert look is not None
    number = int(book.cells(place[0])[place[1]].get("s", "0"))
    protection = look[number].find(f"{MAIN}protection")
    return protection is None or protection.get("locked") != "0"


def put_setting(path: Path, key: str, value: str) -> None:
    book = Xlsx(path)
    put_in(book, key, value)
    book.save(path)


def started(*args: str | Path) -> subprocess.Popen[bytes]:
    """Return the command line running in a process of its own."""
    command = [sys.executable, "-m", "aso_xl", *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
