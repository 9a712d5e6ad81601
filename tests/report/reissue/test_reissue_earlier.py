"""Documents made before the tables had the years as columns: renewed and compared like today's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from paths import TESTS
from reissue_tools import text_of_body

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.documents import report
from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.reissue.edited_document import OpenedDocument
from aso_xl.report.reissue.renewal import renew
from aso_xl.workbook.read.reading import read

SHAPES = TESTS / "data" / "shapes"
KINDS = (ReportKind.VERIFICATION, ReportKind.ANNUAL, ReportKind.DIGEST, ReportKind.DEPARTMENTS)
"""Those that there were then."""


@pytest.fixture(scope="module")
def sample(sample_path: Path) -> Ledger:
    """Return the workbook with a figure that has changed since."""
    ledger = read(sample_path)
    row = ledger.rows["1-01-1"]
    cells = {**row.cells, "R9": replace(row.cells["R9"], value=95)}
    return replace(ledger, rows={**ledger.rows, "1-01-1": replace(row, cells=cells)})


def earlier(kind: ReportKind) -> bytes:
    return (SHAPES / f"before_year_columns_{kind.value}.docx").read_bytes()


def renewed(data: bytes, ledger: Ledger, kind: ReportKind) -> tuple[Renewal, bytes]:
    opened = OpenedDocument(data, "文書.docx")
    wanted = report(ledger, ledger.settings.round, kind, draft=True, blanks=1)
    return renew(opened, wanted), opened.saved()


@pytest.mark.parametrize("kind", KINDS)
def test_an_earlier_document_says_what_one_of_today_says(sample: Ledger, kind: ReportKind) -> None:
    found, data = renewed(earlier(kind), sample, kind)
    assert found.kept == () and found.missing == () and found.left == ()
    again, _ = renewed(data, sample, kind)
    assert (again.renewed, again.missing, again.left) == ((), (), ())
    said = text_of_body(data)
    assert any("25項目" in text or text == "25" or "95人" in text for text in said)
    if kind is ReportKind.ANNUAL:
        assert {"要因", "R7", "R8", "R9", "KPIの結果"} <= set(said)
    assert len(again.renewed) == 0 < len(found.renewed)
