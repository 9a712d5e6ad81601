"""A whole report saved by LibreOffice, then compared, renewed, saved again and compared again."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_tools import Command
from reissue_tools import converted
from workbook_tools import Xlsx, needs_libreoffice


@pytest.mark.libreoffice
@needs_libreoffice
def test_a_whole_report_travels(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    made = tmp_path / "報告.docx"
    assert aso("report", sample_path, "--kind", "年次評価", "-o", made).code == 0
    saved = converted(made, tmp_path)
    fresh = aso("check", saved, "--against", sample_path, "--json")
    assert (fresh.json["stale"], fresh.json["missing"], fresh.json["left"]) == ([], [], [])
    assert fresh.json["fingerprint"] == "same"
    book = Xlsx(sample_path)
    book.put(book.find("1-01-1", "R9"), 100)
    newer = book.save(tmp_path / "新しい.xlsx")
    done = aso("report", newer, "--update", saved, "--json")
    names = {each["name"] for each in done.json["renewed"]}
    assert {"list_1_01_1_actual", "eval_1_kpi", "chart_counts", "late_1_01_1"} <= names
    again = aso(
        "check", converted(Path(done.json["output"]), tmp_path / "2"), "--against", newer, "--json"
    )
    assert (again.code, again.json["stale"], again.json["missing"]) == (0, [], [])
