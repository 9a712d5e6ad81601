"""From a click to its result: the buttons' own functions on the open sample, in a live LibreOffice.

Run: ``python tests/benchmarks/clicks.py``; the goal is 0.5 s for a check. Each crossing to the
spreadsheet is one call over a pipe here, and at least one COM call in Excel.
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

from live_calc.calls import CALLS  # noqa: E402
from live_calc.engine import attach, detach  # noqa: E402
from live_calc.process import Office, missing  # noqa: E402

from aso_xl.excel.buttons.press import press  # noqa: E402

TIMES, GOAL = 5, 0.5
CLICKS = {"入力チェック": "check", "集計": "calculate", "Word文書": "report"}


def clicks(office: Office, folder: Path) -> None:
    """Click each button once to warm up, then five times; say the median."""
    app = attach(office.context, office.pid)
    book = app.books.open(shutil.copy(ROOT / "workbooks" / "sample.xlsx", folder))
    for label, name in CLICKS.items():
        taken = []
        for _ in range(TIMES + 1):
            CALLS.reset()
            start = time.perf_counter()
            assert press(name, book) == 0, app.impl.alerts[-1].prompt
            taken.append(time.perf_counter() - start)
        print(
            f"{label}: median {median(taken[1:]):.2f} s of {TIMES} (goal {GOAL}), "
            f"{CALLS.count} crossings, {CALLS.names['BookApi.SaveCopyAs']} saved copies"
        )
    book.close()
    detach(app)


def start() -> None:
    """Say what a process takes until a button's job could begin: Python, our imports, xlwings."""
    script = (
        "from aso_xl.excel import launch; from contextlib import suppress\n"
        "import sys; sys.argv[1:] = ['check', '0']\nwith suppress(Exception): launch.main()\n"
        "import aso_xl.excel.buttons.workbook"
    )
    taken = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=False)
        taken.append(time.perf_counter() - begun)
    print(f"from the start of a process to its first job: median {median(taken[1:]):.2f} s")


def main() -> None:
    start()
    if lacking := missing():
        sys.exit(lacking)
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        os.environ["LOCALAPPDATA"] = folder
        clicks(office, Path(folder))


if __name__ == "__main__":
    main()
