"""Workbooks built once a session, and the command line called in this process.

The workbooks are shared: a test that changes one copies it first.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_tools import Command, Done
from workbook_tools import Xlsx

from aso_xl.cli.main import main
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build


def _built(folder: Path, name: str, strategy: str, *, sample: bool = False) -> Path:
    path = folder / name
    path.write_bytes(build(load(strategy, sample=sample), sample=sample))
    return path


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the third term's workbook with made-up figures."""
    return _built(tmp_path_factory.mktemp("sample"), "sample.xlsx", "third", sample=True)


@pytest.fixture(scope="session")
def template_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the third term's empty workbook."""
    return _built(tmp_path_factory.mktemp("template"), "template.xlsx", "third")


@pytest.fixture(scope="session")
def second_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the second term's workbook, as published."""
    return _built(tmp_path_factory.mktemp("second"), "second_term.xlsx", "second")


@pytest.fixture
def aso(capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command line here: arguments → exit code, stdout, stderr."""

    def run(*args: str | Path) -> Done:
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture
def wrong_path(sample_path: Path, tmp_path: Path) -> Path:
    """Return the sample with one error: text for a figure."""
    book = Xlsx(sample_path)
    book.put(book.find("1-01-1", "R9"), "多数")
    return book.save(tmp_path / "誤り.xlsx")
