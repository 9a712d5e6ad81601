"""What an icon or 「送る」 starts, on real workbooks, with dialogs that are noted down."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cli_tools import Command
from docx import Document
from paths import PLANS, ROOT
from year_tools import put, put_setting

from aso_xl.domain import checks
from aso_xl.domain.checks import Severity
from aso_xl.excel.dropped import main
from aso_xl.excel.text_files import findings
from aso_xl.workbook.read.reading import read

HOSTILE = "R8 & 50% (2) it's 観光課.xlsx"


@dataclass
class Notes:
    """Dialogs that answer as told and keep what was said, asked and opened."""

    answer: bool = False
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)

    def say(self, text: str, *, grave: bool = False) -> None:
        self.said.append(text)

    def ask(self, text: str) -> bool:
        self.asked.append(text)
        return self.answer

    def open(self, path: Path) -> None:
        self.opened.append(path)


@pytest.fixture
def workbook(tmp_path: Path, sample_path: Path) -> Path:
    """Return the sample under a hostile name."""
    return Path(shutil.copyfile(sample_path, tmp_path / HOSTILE))


def test_findings_are_opened_as_a_text_that_notepad_reads(workbook: Path) -> None:
    before, talk = workbook.read_bytes(), Notes()
    code = main(["check", str(workbook)], talk)
    ledger = read(workbook)
    issues = checks.check(ledger, ledger.settings.round)
    assert issues
    assert code == int(any(issue.severity is Severity.ERROR for issue in issues))
    (text,) = talk.opened
    assert text == workbook.parent / "outputs" / "R8 & 50% (2) it's 観光課_入力チェック.txt"
    content = text.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == len(list(findings("x", issues)))
    assert all(" ".join(issue.message.split()) in content.decode("utf-8-sig") for issue in issues)
    assert workbook.read_bytes() == before


def test_a_second_check_replaces_nothing(workbook: Path) -> None:
    talk = Notes()
    main(["check", str(workbook)], talk)
    main(["check", str(workbook)], talk)
    assert [path.name for path in talk.opened] == [
        "R8 & 50% (2) it's 観光課_入力チェック.txt",
        "R8 & 50% (2) it's 観光課_入力チェック (2).txt",
    ]


def test_the_gravest_findings_come_first(wrong_path: Path) -> None:
    ledger = read(wrong_path)
    found = list(findings("名", checks.check(ledger, ledger.settings.round)))
    assert found[0] == "入力チェックの結果: 名"
    heads = [line for line in found if line.startswith("【")]
    assert heads == [h for h in ("【エラー】", "【警告】", "【情報】") if h in heads]
    assert heads[0] == "【エラー】"


def test_the_document_is_made_beside_the_workbook_and_opened(
    tmp_path: Path, second_path: Path
) -> None:
    path = Path(shutil.copyfile(second_path, tmp_path / HOSTILE))
    talk = Notes()
    assert main(["report", str(path)], talk) == 0
    (document,) = talk.opened
    assert document.parent == tmp_path / "outputs"
    assert document.suffix == ".docx"
    assert len(Document(str(document)).tables) >= 1
    assert (talk.said, talk.asked) == ([], [])


def test_errors_open_their_list_and_offer_a_draft(wrong_path: Path) -> None:
    talk = Notes(answer=False)
    assert main(["report", str(wrong_path)], talk) == 1
    assert [path.suffix for path in talk.opened] == [".txt"]
    assert len(talk.asked) == 1
    talk = Notes(answer=True)
    assert main(["report", str(wrong_path)], talk) == 1
    assert [path.suffix for path in talk.opened] == [".txt", ".docx"]
    assert "下書き" in talk.opened[1].name


def test_what_was_revised_is_made_whatever_is_typed(aso: Command, tmp_path: Path) -> None:
    """No figure stands in 新旧対照表: neither errors nor blanks are asked about."""
    master = tmp_path / "かわべ.xlsx"
    assert aso("template", "--strategy", PLANS / "kawabe.toml", "-o", master).code == 0
    put(master, "1-01-1", "R6", "百人")
    put_setting(master, "文書の種類", "新旧対照表")
    talk = Notes()
    assert (main(["report", str(master)], talk), talk.asked, talk.said) == (0, [], [])
    assert [path.name for path in talk.opened] == ["かわべ_新旧対照表_R6.docx"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, workbook: Path) -> None:
    bad = tmp_path / "写真.xlsx"
    bad.write_bytes(b"no workbook")
    talk = Notes()
    assert (
        main(["check", str(bad), str(tmp_path / "ない.xlsx"), str(tmp_path), str(workbook)], talk)
        == 2
    )
    assert len(talk.said) == 3
    assert "写真.xlsx" in talk.said[0]
    assert len(talk.opened) == 1


@pytest.mark.parametrize("arguments", [[], ["check"], ["report"], ["erase", "a.xlsx"]])
def test_started_without_a_file_it_says_how(arguments: list[str]) -> None:
    talk = Notes()
    assert main(arguments, talk) == 2
    assert "送る" in talk.said[0]


def test_the_very_command_of_the_shortcut(workbook: Path) -> None:
    """Isolated as the shortcut starts it: nothing beside the workbook is imported."""
    (workbook.parent / "openpyxl.py").write_text("raise SystemExit(99)", encoding="ascii")
    root = ROOT
    start = f"import sys; sys.path.insert(0, {str(root)!r}); import runpy; sys.argv[0] = 'x'; "
    start += "runpy.run_module('aso_xl.excel.dropped', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-I", "-c", start, "check", str(workbook)],
        cwd=workbook.parent,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1)
    assert "入力チェック.txt" in done.stderr


@pytest.mark.parametrize("answer", [False, True])
def test_figures_not_entered_make_a_draft_unless_staff_want_it_final(
    workbook: Path, *, answer: bool
) -> None:
    talk = Notes(answer=answer)
    assert main(["report", str(workbook)], talk) == 0
    (question,) = talk.asked
    assert "未入力が1項目あります" in question
    (document,) = talk.opened
    assert ("下書き" in document.name) != answer
