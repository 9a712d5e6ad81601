"""A setting that is declared once is built, read, sent to departments, compared and asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, make_dataclass
from pathlib import Path

import pytest
import test_docs_tables
from exchange_tools import PLAN
from openpyxl import load_workbook
from random_fillings import put_setting
from workbook_tools import Xlsx

from aso_xl.domain import settings
from aso_xl.domain.setting_declaration import Setting, Words, row
from aso_xl.exchange.diff import compare
from aso_xl.exchange.split import split
from aso_xl.strategies import definition
from aso_xl.workbook.build.template import build
from aso_xl.workbook.handout import RECORD, unpacked
from aso_xl.workbook.read.reading import read

KEY, USUAL, TYPED = "文責", "企画財政課", "総務課"
ADDED = make_dataclass(
    "Settings",
    [
        (
            "responsible",
            str,
            field(
                default=USUAL,
                metadata=row(
                    Setting(KEY, "文責の課です。", Words(), "文責", must=True, optional=True)
                ),
            ),
        )
    ],
    bases=(settings.Settings,),
    frozen=True,
)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Return a master that was made before there was the setting."""
    path = tmp_path / "前.xlsx"
    path.write_bytes(build(definition.load(str(PLAN))))
    return path


@pytest.fixture
def newer(older: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Declare the setting; return a master that has it."""
    monkeypatch.setattr(settings, "Settings", ADDED)
    path = older.with_name("後.xlsx")
    path.write_bytes(build(definition.load(str(PLAN))))
    yield path


def chosen(path: Path, value: str) -> Path:
    book = Xlsx(path)
    put_setting(book, KEY, value)
    return book.save(path.with_name(f"{value or '空欄'}.xlsx"))


def responsible(path: Path) -> str:
    return str(getattr(read(path).settings, "responsible"))  # noqa: B009


def test_it_is_built_with_its_default_and_its_name(newer: Path) -> None:
    book = load_workbook(newer)
    place = book.defined_names["文責"].attr_text.replace("$", "").partition("!")[2]
    sheet = book["設定"]
    cells = sheet[f"A{place[1:]}:C{place[1:]}"][0]
    assert [cell.value for cell in cells] == [KEY, USUAL, "文責の課です。"]
    prompts = [v.promptTitle for v in sheet.data_validations.dataValidation if place in v.sqref]
    assert prompts == [KEY]


def test_it_is_read_and_workbooks_without_it_have_its_default(older: Path, newer: Path) -> None:
    assert (responsible(newer), responsible(chosen(newer, TYPED))) == (USUAL, TYPED)
    assert (responsible(older), read(older).oddities) == (USUAL, ())
    blank = read(chosen(newer, ""))
    assert [(odd.kind.code, odd.detail) for odd in blank.oddities] == [
        ("setting-invalid", f"{KEY}「」")
    ]


def test_it_travels_with_a_split(newer: Path) -> None:
    for each in split(chosen(newer, TYPED)).workbooks:
        ledger = read(each.path)
        assert unpacked(ledger.record[RECORD]).settings[KEY] == TYPED
        assert responsible(each.path) == TYPED


def test_it_is_compared(newer: Path) -> None:
    found = compare(newer, chosen(newer, TYPED)).differences
    assert [(d.kind, d.label, d.one, d.other) for d in found] == [("setting", KEY, USUAL, TYPED)]


@pytest.mark.usefixtures("newer")
def test_it_is_asked_for_in_the_docs() -> None:
    with pytest.raises(AssertionError, match=KEY):
        test_docs_tables.test_every_setting_is_in_the_docs()
