"""Workbooks built once a session, the command line called in this process, and who runs where.

The workbooks are shared: a test that changes one copies it first.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_tools import Command, Done
from exchange_tools import Made, Town, make, town_in
from hypothesis import settings
from workbook_tools import Xlsx

from aso_xl.cli.main import main
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

LIVE = (
    "tests/live_calc/",
    "tests/excel/addin/test_launcher.py",
    "tests/excel/install/test_wine.py",
)
"""Tests with a running office, screen or Windows: one after the other, on one worker."""
OFFICES = {"libreoffice", "wine", "network"}
LONG = (
    "tests/test_damage.py",
    "tests/test_docs_commands.py",
    "tests/test_docs_json.py",
    "tests/test_guard.py",
    "tests/test_ooxml_validator.py",
    "tests/cli/test_cli.py",
    "tests/cli/test_cli_reissue.py",
    "tests/cli/test_cli_report.py",
    "tests/cli/test_console.py",
    "tests/cli/test_counted_alike.py",
    "tests/cli/test_processes.py",
    "tests/cli/test_whole_way.py",
    "tests/defining/test_definition_workbook.py",
    "tests/defining/test_draft.py",
    "tests/defining/test_hostile_books.py",
    "tests/defining/test_round_trip.py",
    "tests/exchange/test_exchange_cli.py",
    "tests/exchange/test_merge_files.py",
    "tests/exchange/test_merging_at_once.py",
    "tests/exchange/test_past_figures.py",
    "tests/exchange/test_returned.py",
    "tests/exchange/test_send_back.py",
    "tests/exchange/test_sharing_properties.py",
    "tests/exchange/test_soak.py",
    "tests/exchange/test_split.py",
    "tests/exchange/test_tables_lost.py",
    "tests/files/test_history.py",
    "tests/files/test_lock.py",
    "tests/files/test_output.py",
    "tests/strategies/test_definition_slips.py",
    "tests/excel/addin/test_button_workbook.py",
    "tests/excel/bundle/",
    "tests/excel/icons/test_dropped_document.py",
    "tests/excel/icons/test_dropped_sharing.py",
    "tests/report/base/test_packages.py",
    "tests/report/reissue/test_reissue_golden.py",
    "tests/report/reissue/test_reissue_office.py",
    "tests/report/reissue/test_reissue_properties.py",
    "tests/workbook/read/test_corpus.py",
    "tests/workbook/read/test_reading.py",
    "tests/workbook/read/test_reading_fuzz.py",
    "tests/workbook/read/test_reading_hostile.py",
    "tests/workbook/read/test_reading_looks.py",
    "tests/workbook/read/test_tables_found.py",
    "tests/workbook/write/test_writing_programs.py",
)
"""Tests with many processes, many workbooks or many random inputs."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return 0 where single files are asked for: workers would only cost their start."""
    return 0 if config.args and all(".py" in arg for arg in config.args) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file together, for what they share, and all live ones; name the slow."""
    for item in items:
        file = item.nodeid.split("::")[0]
        item.add_marker(pytest.mark.xdist_group("live" if file.startswith(LIVE) else file))
        if file.startswith(LONG) or OFFICES & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.slow)


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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the small plan's master with its split."""
    return make(tmp_path_factory.mktemp("sharing"))


@pytest.fixture
def town(tmp_path: Path, made: Made) -> Town:
    """Return a town whose departments have their workbooks."""
    return town_in(tmp_path, made)


@pytest.fixture
def wrong_path(sample_path: Path, tmp_path: Path) -> Path:
    """Return the sample with one error: text for a figure."""
    book = Xlsx(sample_path)
    book.put(book.find("1-01-1", "R9"), "多数")
    return book.save(tmp_path / "誤り.xlsx")
