"""Which Excel and which workbook a click is for. Two Excels cannot run here; their shapes can."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from paths import ROOT

from aso_xl.errors import WorkbookError
from aso_xl.excel.launch import UNUSED, app_of, book_of, main


@dataclass(frozen=True)
class Book:
    fullname: str

    @property
    def api(self) -> SimpleNamespace:
        return SimpleNamespace(FullName=self.fullname)

    @property
    def name(self) -> str:
        return self.fullname.rpartition("\\")[2]


class Books(list[Book]):
    @property
    def active(self) -> Book | None:
        return self[-1] if self else None


@dataclass
class App:
    hwnd: int
    books: Books = field(default_factory=Books)


class Apps(list[App]):
    @property
    def active(self) -> App | None:
        return self[0] if self else None


FIRST, SECOND = App(1001), App(2002)
HOSTILE = "C:\\共有\\R8 & 50% (2) it's.xlsx"


def test_the_window_that_was_clicked_is_found_among_two() -> None:
    assert app_of(Apps([FIRST, SECOND]), "2002") is SECOND
    assert app_of(Apps([FIRST, SECOND]), "1001") is FIRST


def test_an_unknown_window_is_the_active_one_and_none_is_none() -> None:
    assert app_of(Apps([FIRST, SECOND]), "0") is FIRST
    assert app_of(Apps(), "1001") is None


def test_the_book_is_the_one_that_was_clicked_whatever_its_name() -> None:
    wanted, other = Book(HOSTILE), Book("C:\\ほか.xlsx")
    assert book_of(App(1, Books([wanted, other])), HOSTILE) is wanted


def test_without_a_name_the_active_book_is_meant() -> None:
    first, active = Book("C:\\a.xlsx"), Book("C:\\b.xlsx")
    assert book_of(App(1, Books([first, active])), "") is active


def test_without_an_open_book_the_remedy_is_said() -> None:
    with pytest.raises(WorkbookError, match="開いているブックがありません"):
        book_of(App(1), HOSTILE)


@pytest.mark.parametrize("arguments", [[], ["delete-everything", "1"], ["check; calc", "1"]])
def test_an_unknown_action_is_refused_before_anything_is_touched(arguments: list[str]) -> None:
    assert main(arguments) == 3


LOADED = """
import sys
from aso_xl.excel import launch
launch.main()
import xlwings
from aso_xl.actions import ACTIONS, function
from aso_xl.excel.buttons import press
function(ACTIONS["check"].button)
print(*(name for name, module in sys.modules.items() if module is not None))
"""


def test_a_click_loads_nothing_that_it_has_no_use_for() -> None:
    """Most of a click is loading: what writes workbooks and reads files is for others."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "no such action"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    loaded = {*done.stdout.split()}
    assert {"xlwings", "aso_xl.excel.buttons.workbook", "aso_xl.domain.checks"} <= loaded
    idle = {*UNUSED, "xlsxwriter", "openpyxl", "lxml", "docx", "zipfile", "aso_xl.report.make"}
    assert not loaded & idle
