"""Thirty departments merged, as a whole process, against openpyxl's loading of the 31 workbooks.

python tests/benchmarks/merging.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from aso_xl.exchange.split import split
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply

DEPARTMENTS = tuple(f"{number:02d}課" for number in range(1, 31))
LOAD = (
    "import sys, openpyxl\nfor path in sys.argv[1:]: openpyxl.load_workbook(path, data_only=True)"
)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(*command: object) -> None:
    subprocess.run([str(c) for c in command], check=False, capture_output=True)


def collection(folder: Path) -> tuple[Path, list[Path]]:
    """Return a master of thirty departments and what came back: every figure of a round typed."""
    made = load("third", sample=True)
    ids = list(made.plan.by_id)
    owners = {id_: DEPARTMENTS[number % len(DEPARTMENTS)] for number, id_ in enumerate(ids)}
    settings = {**made.entries["settings"], "課": list(DEPARTMENTS)}
    entries = {**made.entries, "departments": owners, "settings": settings, "measures": {}}
    master = folder / "master.xlsx"
    master.write_bytes(build(replace(made, entries=entries), sample=True))
    back = [each.path for each in split(master, folder / "back").workbooks]
    for path in back:
        rows = read(path).rows.values()
        cells = [row.cells[field] for row in rows for field in ("R9", "remark")]
        typed: tuple[Decimal, str] = (Decimal(33), "文")
        changes = [CellEdit(c.sheet, c.address, typed[n % 2]) for n, c in enumerate(cells)]
        path.write_bytes(apply(path.read_bytes(), changes))
    return master, back


def merging(folder: Path, times: int = 5) -> None:
    """Whole processes in turn; the best of each."""
    master, back = collection(folder)
    ours, theirs = [], []
    for number in range(times):
        out = folder / f"out{number}.xlsx"
        command = [sys.executable, "-m", "aso_xl", "merge", master, back[0].parent, "-o", out]
        ours.append(seconds(lambda c=command: run(*c)))  # type: ignore[misc]
        assert out.exists()
        theirs.append(
            seconds(lambda: run(sys.executable, "-W", "ignore", "-c", LOAD, master, *back))
        )
    print(
        f"merge {len(back)} departments: aso-xl {min(ours):.2f} s, openpyxl loading alone "
        f"{min(theirs):.2f} s, ratio {min(ours) / min(theirs):.2f} (goal 2.0)"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        merging(Path(name))
