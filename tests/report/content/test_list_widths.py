"""Columns of lists: figures stand on one line where prose has room to give."""

from __future__ import annotations

from aso_xl.report.content.blocks import DataTable, TableCell
from aso_xl.report.content.sections.heights import cell_width
from aso_xl.report.content.sections.lists import ListColumn, list_table


def widths(*columns: tuple[str, int, str, bool]) -> list[int]:
    """Return the widths of columns: text of the only cell, width asked for, alignment, short."""
    made: DataTable = list_table(
        "表",
        [ListColumn(t, w, a, lambda _, t=t: TableCell(t), s) for t, w, a, s in columns],  # type: ignore[arg-type, misc]
        ["行"],
        "表。",
        "t",
        ("k",),
    )
    return [column.width for column in made.columns]


LONG = "担い手への農地集積・集約化を進める取組の状況"


def test_what_fits_stays_as_it_is() -> None:
    asked = [("12人", 20, "right", False), (LONG, 60, "left", False)]
    assert widths(*asked) == [20, 60]


def test_figures_grow_by_what_prose_gives_and_the_whole_stays() -> None:
    made = widths(("6,533,190人", 18, "right", False), (LONG, 60, "left", False))
    assert made[0] >= cell_width("6,533,190人") > 18
    assert sum(made) == 78


def test_short_words_on_the_left_grow_and_prose_does_not() -> None:
    line = "1-07-1 5,268.3ha 未達成"
    assert widths((line, 36, "left", True), (LONG, 60, "left", False))[0] >= cell_width(line)
    assert widths((line, 36, "left", False), (LONG, 60, "left", False)) == [36, 60]


def test_narrow_prose_keeps_its_width_and_what_is_too_long_breaks() -> None:
    assert widths(("6,533,190人以上", 18, "right", False), ("A課", 15, "left", False)) == [18, 15]
    endless = "1" * 90
    assert widths((endless, 18, "right", False), (LONG, 60, "left", False)) == [18, 60]


def test_the_longest_line_of_a_cell_counts() -> None:
    folded = widths(("1,241億\n5,500万円", 18, "right", False), (LONG, 60, "left", False))
    assert folded[0] == max(18, -(-cell_width("5,500万円") // 1))
