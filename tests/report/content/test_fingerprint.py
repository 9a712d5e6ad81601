"""The fingerprint: blind to what programs do to a file, alert to everything that may be printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import R8, R9, ledger_of, plausible, third
from openpyxl import load_workbook
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Goal, KpiCounts
from aso_xl.domain.rule import Rule
from aso_xl.domain.settings import Pace
from aso_xl.report.content.fingerprint import fingerprint
from aso_xl.workbook.read.reading import read


def ledger(**typed: Any) -> Ledger:
    """Return the third plan's ledger with one cell of 1-01-1 or of 施策 1-01 changed."""
    figures = plausible(third())
    figures["1-01-1"].update(typed)
    return ledger_of(third(), figures)


PLAIN = fingerprint(ledger(), R8)


def test_sixteen_letters() -> None:
    assert len(PLAIN) == 16
    assert int(PLAIN, 16) >= 0


def test_the_order_of_rows_and_cells_makes_no_difference() -> None:
    plain = ledger()
    turned = {
        id_: replace(row, cells=dict(reversed(row.cells.items())))
        for id_, row in reversed(plain.rows.items())
    }
    measures = dict(reversed(plain.measures.items()))
    assert fingerprint(replace(plain, rows=turned, measures=measures), R8) == PLAIN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (5, 5.0),
        (5, "5"),
        (5, "５"),
        (0.3, 0.1 + 0.2),
        (1234, "1,234人"),
        (None, "  "),
        ("未公表", " 未公表 "),
        ("多数", "多数 "),
    ],
)
def test_the_same_figure_written_otherwise(one: object, other: object) -> None:
    assert fingerprint(ledger(R8=one), R8) == fingerprint(ledger(R8=other), R8)


def test_line_ends_and_trailing_blanks_make_no_difference() -> None:
    texts = {"remark": "一\n二"}, {"remark": "一 \r\n二\n"}, {"remark": "一_x000D_\n二"}
    assert len({fingerprint(ledger(**text), R8) for text in texts}) == 1


CHANGED = {
    "figure": ledger(R8=95),
    "figure of an earlier round": ledger(R7=95),
    "decimal": ledger(R8=94.5),
    "mark": ledger(R8="未公表"),
    "another mark": ledger(R8="集計中"),
    "excluded": ledger(R8="対象外"),
    "blank": ledger(R8=None),
    "zero": ledger(R8=0),
    "text for a figure": ledger(R8="多数"),
    "other text for a figure": ledger(R8="少数"),
    "remark": ledger(remark="別の備考"),
    "department": ledger(department="別の課"),
}


def test_every_change_of_a_cell_tells() -> None:
    found = {name: fingerprint(each, R8) for name, each in CHANGED.items()}
    assert len({PLAIN, *found.values()}) == len(found) + 1


def test_texts_of_a_measure_tell() -> None:
    texts = {"1-01": {"efforts": "取り組んだ"}}
    assert fingerprint(ledger_of(third(), plausible(third()) | texts), R8) != PLAIN
    assert fingerprint(ledger_of(third(), plausible(third())), R8) == PLAIN


@pytest.mark.parametrize(
    "change",
    [
        {"exclude_unpublished": True},
        {"use_earlier": False},
        {"pace": Pace(late="大幅な遅れ")},
        {"pace": Pace(slow_share=Decimal("0.4"))},
        {"heading": "別の見出し"},
        {"paragraphs": ("別の文",)},
        {"appendix_heading": "別紙"},
        {"sample": True},
    ],
    ids=str,
)
def test_settings_that_matter_tell(change: dict[str, Any]) -> None:
    plain = ledger()
    assert fingerprint(replace(plain, settings=replace(plain.settings, **change)), R8) != PLAIN


def test_settings_that_do_not_matter_do_not() -> None:
    plain = ledger()
    settings = replace(plain.settings, base_document="ひな形.docx", round=R9)
    assert fingerprint(replace(plain, settings=settings), R8) == PLAIN


def test_the_round_tells() -> None:
    assert fingerprint(ledger(), R9) != PLAIN


@pytest.mark.parametrize(
    "change",
    [
        {"target": Decimal(130)},
        {"rule": Rule.AT_MOST},
        {"unit": "人/年"},
        {"name": "別"},
        {"kind": "headline"},
    ],
    ids=str,
)
def test_the_definition_tells(change: dict[str, Any]) -> None:
    plan = third()
    first, *others = plan.goals
    measure, *measures = first.measures
    kpi = replace(measure.kpis[0], **change)
    measure = replace(measure, kpis=(kpi, *measure.kpis[1:]))
    goals = (replace(first, measures=(measure, *measures)), *others)
    assert fingerprint(replace(ledger(), plan=replace(plan, goals=goals)), R8) != PLAIN


def test_typed_counts_tell_and_the_letters_of_the_definition_file_do_not() -> None:
    goals = (Goal(1, "題", kpi_counts=KpiCounts(11, 4)), Goal(1, "題", kpi_counts=KpiCounts(11, 5)))
    plans = [replace(third(), goals=(goal,)) for goal in goals]
    found = {fingerprint(ledger_of(plan), R8) for plan in plans}
    assert len(found) == 2
    assert fingerprint(ledger_of(replace(plans[0], fingerprint="別")), R8) in found


def test_saved_again_by_another_program(sample_path: Path, tmp_path: Path) -> None:
    book = load_workbook(sample_path)
    book["基本目標1"].column_dimensions["B"].width = 60
    book.save(tmp_path / "again.xlsx")
    plain, again = read(sample_path), read(tmp_path / "again.xlsx")
    assert fingerprint(again, R9) == fingerprint(plain, R9)


def test_one_cell_of_a_file(sample_path: Path, tmp_path: Path) -> None:
    book = Xlsx(sample_path)
    book.put(book.find("1-01-1", "R9"), 97)
    changed = read(book.save(tmp_path / "changed.xlsx"))
    assert fingerprint(changed, R9) != fingerprint(read(sample_path), R9)


@pytest.mark.libreoffice
@needs_libreoffice
def test_saved_again_by_libreoffice(sample_path: Path, tmp_path: Path) -> None:
    again = recalculated({"sample": sample_path}, tmp_path)["sample"]
    assert fingerprint(read(again), R9) == fingerprint(read(sample_path), R9)
