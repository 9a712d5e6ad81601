"""Files that are no workbook, or a hostile one: one sentence and exit code 2, nothing changed."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bad_files import BAD, GOAL_1, PNG, with_prolog
from cli_tools import Command, as_nobody, changed, digest, is_one_sentence, needs_root

COMMANDS = ("check", "evaluate", "report", "export")


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_one_sentence(
    aso: Command, second_path: Path, sample_path: Path, tmp_path: Path, kind: str
) -> None:
    make, words = BAD[kind]
    path = tmp_path / "届いた ブック (2).xlsx"
    make(sample_path, path)
    before = digest(path) if path.is_file() else None
    done = aso("check", path, "--json")
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert path.name in done.err
    assert is_one_sentence(done.err)
    assert before == (digest(path) if path.is_file() else None)
    assert {p.name for p in tmp_path.iterdir()} <= {path.name}


def test_a_sheet_without_its_part_is_a_finding(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    path = changed(sample_path, tmp_path / "a.xlsx", {GOAL_1: lambda data: None})
    done = aso("check", path, "--json")
    assert (done.code, done.err) == (1, "")
    [error] = [i for i in done.json["issues"] if i["code"] == "sheet-missing"]
    assert (error["severity"], error["sheet"]) == ("error", "基本目標1")


def test_a_stray_cell_in_the_last_row_costs_nothing(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    """The table of goal 1 was turned into a range, and someone typed at the end of the sheet."""

    def stray(data: bytes) -> bytes:
        row = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        data = re.sub(rb"<tableParts.*?</tableParts>", b"", data, flags=re.DOTALL)
        return data.replace(b"</sheetData>", row)

    path = changed(sample_path, tmp_path / "a.xlsx", {GOAL_1: stray})
    done = aso("evaluate", path, "--json")
    assert done.json["goals"][0]["kpi"]["total"] == 16


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_so(aso: Command, tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(PNG)
    done = aso(command, path)
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert list(tmp_path.iterdir()) == [path]


def test_a_comment_before_the_root_is_no_harm(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    harmless = with_prolog("<!-- made by hand -->\n<?note x?>")
    path = changed(sample_path, tmp_path / "a.xlsx", {GOAL_1: harmless})
    assert aso("check", path).code == 0


@pytest.mark.parametrize(
    "name", ["評価 ブック(第3期).xlsx", "a'b & 50%.xlsx", "ﾃｽﾄ①.xlsx", "-x.xlsx"]
)
def test_names_may_be_anything(aso: Command, sample_path: Path, tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(sample_path, tmp_path / name))
    before = digest(path)
    assert aso("check", path).code == 0
    assert aso("report", path, "-o", tmp_path / "報告 書").code == 0
    assert digest(path) == before
    assert len(list((tmp_path / "報告 書").iterdir())) == 1


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user can enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@needs_root
def test_a_locked_workbook_is_one_sentence(second_path: Path, open_folder: Path) -> None:
    path = Path(shutil.copy(second_path, open_folder / "評価.xlsx"))
    path.chmod(0o600)
    done = as_nobody(["check", str(second_path)], ["check", str(path)])
    assert (done.code, done.out) == (2, "")
    assert "開いているときは閉じ" in done.err
    assert is_one_sentence(done.err)


@needs_root
def test_a_folder_that_may_not_be_written_is_one_sentence(
    second_path: Path, open_folder: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(second_path, open_folder / "評価.xlsx"))
    path.chmod(0o644)
    done = as_nobody(
        ["report", str(path), "-o", str(tmp_path)],
        ["report", str(path), "-o", str(open_folder / "out")],
    )
    assert (done.code, done.out) == (2, "")
    assert "書き込めません" in done.err
    assert is_one_sentence(done.err)
    assert list(open_folder.iterdir()) == [path]
