"""export --csv: the files hold what the JSON holds, and text stays text in Excel."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from cli_tools import Command

from aso_xl import frames
from aso_xl.cli.csv_files import as_text, to_csv


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_files_hold_what_the_json_holds(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "csv"
    done = aso("export", sample_path, "--csv", folder, "--json")
    data = done.json
    assert done.code == 0
    assert sorted(p.name for p in folder.iterdir()) == [
        *("actuals.csv", "departments.csv", "goals.csv", "indicators.csv"),
        *("measures.csv", "summary.csv"),
    ]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in folder.iterdir())
    indicators = rows(folder / "indicators.csv")
    assert [r["番号"] for r in indicators] == [i["id"] for i in data["indicators"]]
    assert [r["目標値"] or None for r in indicators] == [i["target"] for i in data["indicators"]]
    actuals = {(r["番号"], r["評価年度"]): r for r in rows(folder / "actuals.csv")}
    for each in data["indicators"]:
        for round_, actual in each["actuals"].items():
            row = actuals[each["id"], round_]
            assert (row["実績値"] or None, row["記号"] or None) == (actual["value"], actual["mark"])
            assert row["セル"] == actual["cell"]


def test_csv_files_never_overwrite(aso: Command, second_path: Path, tmp_path: Path) -> None:
    (tmp_path / "summary.csv").write_text("大事な表", encoding="utf-8")
    assert aso("export", second_path, "--csv", tmp_path).code == 0
    assert (tmp_path / "summary.csv").read_text(encoding="utf-8") == "大事な表"
    assert sorted(p.name for p in tmp_path.iterdir() if " (2)" in p.name) == [
        f"{name} (2).csv"
        for name in ("actuals", "departments", "goals", "indicators", "measures", "summary")
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+81-967", "'+81-967"),
        ("-減", "'-減"),
        ("@観光課", "'@観光課"),
        ("＝SUM(A1)", "'＝SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("1-01-1", "1-01-1"),
        ("007", "007"),
        ("4/25", "4/25"),
        ("2026-04-01", "2026-04-01"),
        ("-10", "-10"),
        ("-1,020.5", "-1,020.5"),
        ("-10人", "-10人"),
        ("－１０％", "－１０％"),
        ("+5", "+5"),
        ("-", "-"),
        ("－", "－"),
        ("−10", "−10"),
        ("▲10", "▲10"),
        ("-1+1", "'-1+1"),
        ("-1-2", "'-1-2"),
        ("-A1", "'-A1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("\u200b=1", "'\u200b=1"),
        ("＠観光課", "'＠観光課"),
        ("1-H1", "1-H1"),
        ("R8", "R8"),
        ("目標=100", "目標=100"),
        ("△10", "△10"),
        ("", ""),
    ],
)
def test_text_stays_text(text: str, shown: str) -> None:
    assert as_text(text) == shown


def test_numbers_stay_numbers() -> None:
    table = frames._frame([{"value": Decimal("-10.50"), "total": -3, "mark": None, "id": "1-01-1"}])
    lines = to_csv(table).decode("utf-8-sig").split("\r\n")
    assert lines == ["実績値,項目数,記号,番号", "-10.50,-3,,1-01-1", ""]
