"""Every workbook the project makes, opened part by part, and copies changed as staff do."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited_packages import Edit, Edited
from openpyxl import load_workbook
from paths import MADE_UP
from rich_workbook import rich
from workbook_tools import Xlsx

from aso_xl.domain.ledger import Ledger
from aso_xl.strategies import definition
from aso_xl.workbook.build import template
from aso_xl.workbook.read.reading import read


@pytest.fixture(scope="session")
def made_up_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of the made-up plan, whose texts begin with = + @ and -."""
    path = tmp_path_factory.mktemp("made_up") / "made_up.xlsx"
    path.write_bytes(template.build(definition.load(str(MADE_UP))))
    return path


@pytest.fixture(params=["template_path", "second_path", "sample_path", "made_up_path"])
def book(request: pytest.FixtureRequest) -> Xlsx:
    """Return each workbook in turn."""
    return Xlsx(request.getfixturevalue(request.param))


@pytest.fixture
def edited(sample_path: Path, tmp_path: Path) -> Edited:
    """Return a function that reads a copy of the sample in which something was changed."""

    def change(edit: Edit) -> Ledger:
        book = load_workbook(sample_path)
        edit(book)
        book.save(tmp_path / "edited.xlsx")
        return read(tmp_path / "edited.xlsx")

    return change


@pytest.fixture(scope="session")
def untouched(sample_path: Path) -> Ledger:
    """Return the ledger of the sample as it is."""
    return read(sample_path)


@pytest.fixture(scope="session")
def rich_book(tmp_path_factory: pytest.TempPathFactory) -> Xlsx:
    """Return the workbook of ``rich`` part by part."""
    path = tmp_path_factory.mktemp("rich") / "rich.xlsx"
    path.write_bytes(rich())
    return Xlsx(path)
