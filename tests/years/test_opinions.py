"""What is typed in the fields of the third strategy comes through a whole year, into its documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from cli_tools import Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_tools import Xlsx
from year_tools import codes, put, put_setting

from aso_xl.domain.settings import COPIED_TEXTS

TEXTS = st.text("住民の声をもっと聞いてほしい。ABC12△", min_size=1, max_size=30)
CHOICES = ["拡充", "継続", "改善", "縮小", "廃止"]
COUNCIL = ("地域計画会議の意見", "意見への対応")


def texts_of(path: Path) -> list[str]:
    """Return the texts of the cells of a document's tables."""
    return [cell.text for t in docx.Document(str(path)).tables for r in t.rows for cell in r.cells]


def document(aso: Command, master: Path, round_: str, kind: str) -> list[str]:
    path = master.with_name(f"{round_}_{kind}.docx")
    path.unlink(missing_ok=True)
    done = aso("report", master, "--round", round_, "--kind", kind, "--with-blanks", "-o", path)
    assert done.code == 0, done.err
    return texts_of(path)


def through_a_year(
    aso: Command, master: Path, opinion: str, answer: str, review: str, course: str, spent: int
) -> None:
    """Type, send out, take in, confirm and go on; look at the documents of both years."""
    for id_ in ("基本目標1", "1-01"):
        put(master, id_, "地域計画会議の意見", f"{opinion}{id_}")
        put(master, id_, "意見への対応", f"{answer}{id_}")
    put(master, "1-01", "事務局評価", f"評{review}")
    parts, returned = master.with_name("配布"), master.with_name("提出")
    assert aso("split", master, "-o", parts).code == 0
    [part] = parts.glob("*A課(例)*.xlsx")
    book = Xlsx(part)
    assert not {head for t in book.tables.values() for head in t.columns} & {*COUNCIL, "事務局評価"}
    returned.mkdir()
    part = Path(shutil.move(part, returned))
    put(part, "1-01", "方向性", course)
    put(part, "1-01", "決算額", spent)
    assert aso("merge", master, returned).code == 0
    written = (opinion, answer)
    typed = {f"評{review}", course, f"{spent:,}千円"}
    typed |= {f"{text}{id_}" for text in written for id_ in ("基本目標1", "1-01")}
    annual = document(aso, master, "R9", "年次評価")
    assert typed <= set(annual)
    assert aso("close", master, "--by", "田中").code == 0
    assert aso("next", master).code == 0
    book = Xlsx(master)
    for id_, head in (("基本目標1", COUNCIL[0]), ("1-01", COUNCIL[1]), ("1-01", "決算額")):
        sheet, cell = book.find(id_, head)
        assert book.value(sheet, cell) is None, "what was said belongs to its round"
    put(master, "基本目標1", "地域計画会議の意見", "次の年の意見")
    assert document(aso, master, "R9", "年次評価") == annual
    listed = document(aso, master, "R9", "意見と対応の一覧")
    assert {f"{text}{id_}" for text in written for id_ in ("基本目標1", "1-01")} <= set(listed)
    assert "次の年の意見" not in listed
    later = document(aso, master, "R10", "意見と対応の一覧")
    assert "次の年の意見" in later and f"{opinion}基本目標1" not in later


@pytest.mark.slow
@settings(
    max_examples=2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from(CHOICES), st.integers(0, 10**7))
def test_a_filled_field_comes_through_a_whole_year(
    sample_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    aso: Command,
    opinion: str,
    answer: str,
    review: str,
    course: str,
    spent: int,
) -> None:
    folder = tmp_path_factory.mktemp("year")
    master = Path(shutil.copy(sample_path, folder / "評価.xlsx"))
    put(master, "4-36-1", "R9", 47)
    through_a_year(aso, master, f"意{opinion}", f"答{answer}", review, course, spent)


def test_opinions_begin_empty_where_other_texts_are_copied(master: Path, aso: Command) -> None:
    put_setting(master, "次年度の文", COPIED_TEXTS)
    assert aso("close", master, "--by", "田中").code == 0
    assert aso("next", master).code == 0
    book = Xlsx(master)
    assert str(book.value(*book.find("1-01", "取組"))).startswith("【前回のまま】")
    assert str(book.value(*book.find("1-01", "事務局評価"))).startswith("【前回のまま】")
    for id_, head in (("基本目標1", COUNCIL[0]), ("基本目標1", COUNCIL[1]), ("1-05", COUNCIL[0])):
        assert book.value(*book.find(id_, head)) is None


def test_empty_fields_are_asked_of_nobody(sample_path: Path, tmp_path: Path, aso: Command) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    before = codes(aso, master)
    book = Xlsx(master)
    for table in [t for t in book.tables.values() if t.sheet.startswith("施策")]:
        for head in {*COUNCIL, "事務局評価", "方向性", "決算額"} & {*table.columns}:
            for row in table.rows:
                book.put((table.sheet, table.address(head, row)), None)
    book.save(master)
    assert codes(aso, master) == before
