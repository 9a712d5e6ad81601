"""The master of the next strategy, made after the one before: by the command, from real workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_tools import Command
from golden_texts import text_of
from next_plans import next_tables, next_text
from reissue_tools import printed
from workbook_tools import Xlsx
from year_tools import put, put_setting

from aso_xl.defining.toml_text import toml_text
from aso_xl.domain.settings import ReportKind
from aso_xl.strategies.revised_tables import indicator_tables
from aso_xl.workbook.read.reading import read

Tables = dict[str, object]


@pytest.fixture
def closed(master: Path, aso: Command) -> Path:
    assert aso("close", master, "--by", "田中").code == 0
    return master


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    path = tmp_path / "次.toml"
    path.write_text(next_text(), encoding="utf-8")
    return path


def listed(path: Path) -> dict[str, dict[str, object]]:
    """Return the rows of 前期の実績 by the number of the new indicator."""
    book = Xlsx(path)
    table = book.tables["前期の実績表"]
    assert table.sheet == "前期の実績"
    rows = (
        {head: book.value(table.sheet, table.address(head, row)) for head in table.columns}
        for row in table.rows
    )
    return {str(row["新しい番号"] or row["前期の番号"]): row for row in rows}


def test_baselines_are_the_last_confirmed_values(
    closed: Path, definition: Path, aso: Command, tmp_path: Path
) -> None:
    made = tmp_path / "新.xlsx"
    before = closed.read_bytes()
    done = aso("template", "--strategy", definition, "--after", closed, "-o", made)
    assert done.code == 0, done.err
    assert closed.read_bytes() == before
    assert "基準値の案として入れました" in done.out and "まだ確定していません" in done.out
    new, old = read(made), read(closed)
    kpi = new.plan.by_id["1-01-1"]
    assert (kpi.baseline, kpi.baseline_year) == (
        old.actuals["1-01-1"][old.settings.round].value,
        old.settings.round,
    )
    assert kpi.note == "基準値は、第3期総合戦略のR9の実績(1-01-1)による案です。"
    late = new.plan.by_id["1-H1"]  # two years late
    assert str(late.baseline_year) == "R7" and late.note.startswith("基準値はR4")
    rows = listed(made)
    assert rows.keys() == new.plan.by_id.keys()
    assert rows["1-01-1"] == {
        **{"新しい番号": "1-01-1", "新しい指標": "有害鳥獣捕獲従事者数", "単位": "人"},
        **{"前期の番号": "1-01-1", "前期の指標": "有害鳥獣捕獲従事者数"},
        **{"前期の最後の実績": "121人", "実績の年度": "R9", "前期の判定": "達成"},
        **{"新しい基準値": "121人", "扱い": "基準値にしました(案)"},
    }
    found = aso("check", made, "--json").json["issues"]
    assert {each["code"] for each in found} <= {
        *("blank", "department-missing", "paragraph-empty", "measure-text-empty"),
    }


def test_a_written_baseline_stays(closed: Path, aso: Command, tmp_path: Path) -> None:
    raw = next_tables()
    for table in indicator_tables(raw):
        if table["id"] == "1-01-1":
            table["baseline"] = "118"
        if table["id"] == "1-01-2":
            table |= {"name": "農業者の数", "was": ["1-01-5"]}
    raw["goals"][0]["measures"][8]["kpis"].pop(1)
    definition, made = tmp_path / "次.toml", tmp_path / "新.xlsx"
    definition.write_text(toml_text(raw, {}), encoding="utf-8")
    done = aso("template", "--strategy", definition, "--after", closed, "-o", made, "--json")
    by_id = {each["id"]: each for each in done.json["successors"]}
    assert by_id["1-01-1"] == {
        **{"id": "1-01-1", "was": "1-01-1", "value": "121", "year": "R9"},
        **{"result": "achieved", "baseline": "118", "treatment": "stated"},
    }
    assert by_id["1-01-2"]["was"] == "1-01-5" and by_id["1-01-2"]["treatment"] == "units"
    assert {"1-01-2", "1-09-2"} <= {*done.json["ended"]}
    gone = listed(made)["1-09-2"]
    assert gone["扱い"] == "続く指標が新しい総合戦略にありません"
    assert (gone["実績の年度"], gone["前期の判定"]) == ("R9", "未達成")
    assert gone["前期の最後の実績"] == "735人"
    assert str(read(made).plan.by_id["1-01-1"].baseline) == "118"


def test_the_verification_is_that_of_the_record(
    closed: Path, definition: Path, aso: Command, tmp_path: Path
) -> None:
    then = text_of(read(closed), ReportKind.VERIFICATION)
    put(closed, "1-01-1", "R10", 1)
    put_setting(closed, "評価年度", "R10")
    out = tmp_path / "out"
    out.mkdir()
    done = aso("template", "--strategy", definition, "--after", closed, "-o", out, "--json")
    verification = Path(done.json["verification"])
    assert {p.name for p in out.iterdir()} == {"次の総合戦略.xlsx", verification.name}
    said = [line.partition(": ")[2] for line in then.splitlines() if line.startswith("Body Text")]
    assert said and set(said) <= {*printed(verification)}


def test_after_the_last_round_next_names_the_command(
    master: Path, definition: Path, aso: Command, tmp_path: Path
) -> None:
    put_setting(master, "評価年度", "R11")
    book = Xlsx(master)
    for id_ in read(master).rows:
        book.put(book.find(id_, "R11"), "集計中")
    book.save(master)
    assert aso("close", master, "--by", "田中").code == 0
    done = aso("next", master)
    assert done.code == 2 and "template --strategy 次の定義 --after このブック" in done.err
    report = aso("report", master, "--kind", "検証", "-o", tmp_path / "検証.docx")
    assert report.code == 0 and "令和11年度の確定の記録(" in report.out
    made = aso("template", "--strategy", definition, "--after", master, "-o", tmp_path, "--json")
    assert (made.code, made.json["round"], made.json["notes"]) == (0, "R11", [])
    assert made.json["successors"][1]["year"] == "R9"  # the last with a number


def other(change: Callable[[Tables], object]) -> str:
    raw = next_tables()
    change(raw["plan"])
    return toml_text(raw, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            other(lambda plan: plan.update(municipality="別の市")),
            "阿蘇市のブックで、定義は別の市の",
        ),
        (other(lambda plan: plan.update(id="aso-3")), "計画の途中の見直しは revise"),
        (
            other(lambda plan: plan.update(period=["R8", "R15"])),
            "「次の総合戦略」(R8～R15)より前の総合戦略ではありません",
        ),
    ],
)
def test_what_it_cannot_follow_on(
    closed: Path, aso: Command, tmp_path: Path, text: str, said: str
) -> None:
    definition = tmp_path / "次.toml"
    definition.write_text(text, encoding="utf-8")
    done = aso("template", "--strategy", definition, "--after", closed, "-o", tmp_path / "新.xlsx")
    assert done.code == 2 and said in done.err
    assert not (tmp_path / "新.xlsx").exists()


def test_a_workbook_without_a_confirmed_round(
    master: Path, definition: Path, aso: Command, tmp_path: Path
) -> None:
    about = ("template", "--strategy", definition, "--after", master, "-o", tmp_path / "新.xlsx")
    done = aso(*about)
    assert done.code == 2 and "確定した年度がありません" in done.err
    assert aso(*about, "--sample").code == 2
    missing = aso("template", "--strategy", definition, "--after", tmp_path / "ない.xlsx")
    assert missing.code == 2 and "ない.xlsx が見つかりません" in missing.err
