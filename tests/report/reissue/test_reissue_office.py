"""A whole report saved by LibreOffice, then compared, renewed, saved again and compared again."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_tools import Command
from reissue_tools import printed
from word_tools import converted
from workbook_tools import Xlsx, needs_libreoffice

from aso_xl.workbook.read.reading import read


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
    assert {"list_1_01_1_R9", "eval_1_kpi", "chart_counts", "late_1_01_1"} <= names
    again = aso(
        "check", converted(Path(done.json["output"]), tmp_path / "2"), "--against", newer, "--json"
    )
    assert (again.code, again.json["stale"], again.json["missing"]) == (0, [], [])


@pytest.mark.libreoffice
@needs_libreoffice
def test_charts_and_headings_come_into_a_report_saved_by_libreoffice(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    """All but the contents, which LibreOffice makes its own, is as in a report made anew."""
    book = Xlsx(sample_path)
    for indicator in read(sample_path).plan.indicators():
        for round_ in ("R7", "R8", "R9") if indicator.goal == 2 else ():
            book.put(book.find(indicator.id, round_), None)
    less, old, fresh = book.save(tmp_path / "少.xlsx"), tmp_path / "旧.docx", tmp_path / "新.docx"
    assert aso("report", less, "--kind", "年次評価", "-o", old).code == 0
    assert aso("report", sample_path, "--kind", "年次評価", "-o", fresh).code == 0
    saved = converted(old, tmp_path)
    done = aso("report", sample_path, "--update", saved, "--json")
    assert (done.json["missing"], done.json["left"], done.json["kept"]) == ([], [], [])
    (remark,) = done.json["remarks"]
    assert "F9" in remark
    assert after_the_contents(Path(done.json["output"])) == after_the_contents(fresh)


def after_the_contents(path: Path) -> list[str]:
    """Return what is printed from the heading that stands in the contents first."""
    lines = list(filter(None, (line.strip() for line in printed(path))))
    first = lines[lines.index("目次") + 1]
    return lines[len(lines) - lines[::-1].index(first) - 1 :]
