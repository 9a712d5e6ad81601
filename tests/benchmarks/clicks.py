"""From a click to its result on the open sample, in a live LibreOffice; imports included.

Run: ``python tests/benchmarks/clicks.py``; the goal is 0.5 s. ``process`` is what a user waits for:
Python started by the launcher's command, until it ends. ``job`` is the button's function alone. Each
crossing to the spreadsheet is one call over a pipe here, and at least one COM call in Excel; what
LibreOffice takes to look through all words for struck-out ones, Excel knows of a block of cells.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "tools")]

import xlwings  # noqa: E402
from live_calc import stand_in  # noqa: E402
from live_calc.calls import CALLS  # noqa: E402
from live_calc.engine import attach, detach  # noqa: E402
from live_calc.process import Office, missing  # noqa: E402

from aso_xl.excel.buttons.press import press  # noqa: E402

TIMES, GOAL = 5, 0.5
CLICKS = {"入力チェック": "check", "集計": "calculate", "Word文書": "report"}
MARKED = "Font.Strikethrough"


def clicks(office: Office, folder: Path) -> None:
    """Click each button once to warm up, then five times; say the medians."""
    app = attach(office.context, office.pid)
    book = app.books.open(shutil.copy(ROOT / "workbooks" / "sample.xlsx", folder))
    for label, name in CLICKS.items():
        process = median(
            [_process(office, folder, name, book.fullname) for _ in range(TIMES + 1)][1:]
        )
        jobs, marked = zip(*[_job(name, book) for _ in range(TIMES + 1)][1:], strict=True)
        print(
            f"{label}: process {process:.2f} s (goal {GOAL}), job {median(jobs):.2f} s, of it "
            f"{median(marked):.2f} s looking for struck-out words; "
            f"{CALLS.count} crossings, {CALLS.names['BookApi.SaveCopyAs']} saved copies"
        )
    book.close()
    detach(app)


def _process(office: Office, folder: Path, name: str, book: str) -> float:
    """Return the seconds of a click from the start of its process to its end."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "ASO_LIVE_OFFICE": office.address,
        "ASO_LIVE_RECORD": str(folder / "record"),
        "ASO_XL_BOOK": book,
    }
    command = [sys.executable, stand_in.__file__, "-I", "-m", "aso_xl.excel.launch", name, "0"]
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def _job(name: str, book: xlwings.Book) -> tuple[float, float]:
    """Return the seconds of a button's function, and those spent looking for struck-out words."""
    CALLS.reset()
    start = time.perf_counter()
    assert press(name, book) == 0, book.app.impl.alerts[-1].prompt
    return time.perf_counter() - start, CALLS.spent[MARKED]


def main() -> None:
    if lacking := missing():
        sys.exit(lacking)
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        os.environ["LOCALAPPDATA"] = folder
        clicks(office, Path(folder))


if __name__ == "__main__":
    main()
