"""How re-issuing grows: a document of ten times the rows, a third of them changed, come or gone.

Run: ``python tests/benchmarks/reissue.py``; the goal is at most 12 times the time.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "report")]

from reissue_tools import Line, made, report  # noqa: E402

from aso_xl.report.reissue.opened import open_document  # noqa: E402
from aso_xl.report.reissue.renewal import renew  # noqa: E402

ROUNDS = 3


def lines(count: int, turn: int) -> list[Line]:
    """Return rows of which some differ from those of another turn: a figure, or the row itself."""
    found = []
    for number in range(count):
        if number % 9 != turn:
            actual = f"{number + (turn if number % 3 == 0 else 0)}人"
            found.append((f"1_{number // 4}_{number}", f"施策 {number // 4}", actual))
    return found


def seconds(count: int, folder: Path) -> tuple[float, int]:
    """Return the best time of a renewal, opening and saving included, and how many were renewed."""
    path = made(report(lines(count, 1)), folder / f"{count}.docx")
    document = report(lines(count, 2), share="50.0%")
    best, renewed = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        opened = open_document(path)
        renewed = len(renew(opened, document).renewed)
        opened.saved()
        best = min(best, time.perf_counter() - start)
    return best, renewed


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, few = seconds(680, Path(folder))
        large, many = seconds(6800, Path(folder))
    print(f"680 rows: {small:.3f} s ({few} renewed)")
    print(f"6,800 rows: {large:.3f} s ({many} renewed)")
    print(f"ratio: {large / small:.1f} (goal: at most 12)")


if __name__ == "__main__":
    main()
