"""One LibreOffice for the session; books of a test are closed after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings

from .calls import CALLS, Calls
from .engine import attach, detach
from .process import Office, missing


@pytest.fixture(autouse=True)
def log_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the log of failures out of the user's folders."""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """Return a running office without a window."""
    if lacking := missing():
        pytest.skip(lacking)
    with Office() as running:
        yield running


@pytest.fixture
def app(office: Office) -> Iterator[xlwings.App]:
    """Return the live application, without open books and with nothing recorded."""
    live = attach(office.context, office.pid)
    CALLS.reset()
    yield live
    CALLS.reset()
    for book in list(live.books):
        book.close()
    detach(live)


@pytest.fixture
def calls(app: xlwings.App) -> Calls:
    """Return the counter of what crosses to the spreadsheet."""
    return CALLS


Opener = Callable[[Path], xlwings.Book]


@pytest.fixture
def opened(app: xlwings.App, tmp_path: Path) -> Opener:
    """Return a function that opens a copy of a workbook, so that the shared file stays as it is."""

    def open_copy(path: Path, name: str | None = None) -> xlwings.Book:
        copy = tmp_path / (name or path.name)
        shutil.copyfile(path, copy)
        return app.books.open(copy)

    return open_copy


@pytest.fixture
def sample(opened: Opener, sample_path: Path) -> xlwings.Book:
    """Return the sample workbook, open in the live spreadsheet."""
    return opened(sample_path)
