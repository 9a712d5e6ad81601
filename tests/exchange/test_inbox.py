"""What lies in a folder of returned workbooks: what is read, passed over, and what is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_tools import Command
from exchange_tools import Town, sheet_rows

from aso_xl.exchange import inbox
from aso_xl.exchange.status import status

GOOD = {("1-01-1", "R9"): 101}
LEFT = ("~$R9_農政課.xlsx", "._R9_農政課.xlsx", ".~lock.R9_農政課.xlsx#", "~WRL0001.tmp", "a.tmp")
WHY = (
    *("リンク先 が見つかりません", "リンクが輪になっています", "普通のファイルではありません"),
    *("フォルダーです", "フォルダーへのリンク"),
)
posix = pytest.mark.skipif(os.name == "nt", reason="files of this kind are not made on Windows")


def failures(town: Town) -> dict[str, str]:
    outcome = town.merge()
    assert town.value("1-01-1", "R9") == 101, "the good one went on"
    assert outcome.has_findings
    return {each.file: each.failed for each in outcome.files if each.failed}


def test_what_programs_leave_beside_a_workbook_is_passed_over(town: Town) -> None:
    town.send("農政課", GOOD)
    folders = [town.inbox, town.inbox / "__MACOSX"]
    folders[1].mkdir()
    for name in (*LEFT, ".DS_Store", "Thumbs.db", "desktop.ini"):
        (town.inbox / name).write_bytes(bytes(4096))
    (folders[1] / "._R9_農政課.xlsx").write_bytes(bytes(4096))
    (town.inbox / "提出.zip").write_bytes(b"PK")
    outcome = town.merge()
    assert [each.file for each in outcome.files] == ["R9_農政課.xlsx"]
    assert (outcome.inbox.locks, outcome.inbox.others) == (8, 1)
    assert [path.name for path in outcome.inbox.passed] == ["提出.zip"]
    assert not outcome.has_findings


@posix
def test_what_is_no_file_is_told_by_name_and_the_others_go_on(town: Town) -> None:
    town.send("農政課", GOOD)
    (town.inbox / "農政課.xlsx").symlink_to(town.inbox / "どこにもない.xlsx")
    (town.inbox / "輪.xlsx").symlink_to(town.inbox / "輪.xlsx")
    os.mkfifo(town.inbox / "管.xlsx")
    (town.inbox / "装置.xlsx").symlink_to("/dev/zero")
    (town.inbox / "箱.xlsx").mkdir()
    shutil.copy(town.sent("観光課"), town.inbox / "箱.xlsx" / "観光課.xlsx")
    (town.inbox / "よその棚").symlink_to(town.made.folder)
    told = failures(town)
    assert {name: [word for word in WHY if word in said] for name, said in told.items()} == {
        "農政課.xlsx": ["リンク先 が見つかりません"],
        "輪.xlsx": ["リンクが輪になっています"],
        "管.xlsx": ["普通のファイルではありません"],
        "装置.xlsx": ["普通のファイルではありません"],
        "箱.xlsx": ["フォルダーです"],
        "よその棚": ["フォルダーへのリンク"],
    }
    assert all(name in sentence for name, sentence in told.items())
    assert "観光課.xlsx" in [each.file for each in town.merge().files]


def test_files_of_one_name_are_told_apart() -> None:
    paths = [
        Path("/a/x/提出.xlsx"),
        Path("/a/y/提出.xlsx"),
        Path("/b/x/提出.xlsx"),
        Path("/b/n.xlsx"),
    ]
    assert list(inbox.names(paths).values()) == [
        *("a/x/提出.xlsx", "y/提出.xlsx", "b/x/提出.xlsx", "n.xlsx"),
    ]


@posix
def test_a_name_in_the_old_encoding_of_windows(aso: Command, town: Town, tmp_path: Path) -> None:
    path = town.send("農政課", GOOD)
    path.rename(town.inbox / os.fsdecode("農政課.xlsx".encode("cp932")))
    [each] = town.merge().files
    assert each.file == "農政課.xlsx"
    assert sheet_rows(town.master, "変更履歴")[1][6] == "農政課.xlsx"
    assert status(town.master, [town.inbox]).departments[0].file == "農政課.xlsx"
    done = aso("status", town.master, town.inbox, "--json", "-o", tmp_path / "状況.xlsx")
    assert done.json["departments"][0]["file"] == "農政課.xlsx"
    assert sheet_rows(tmp_path / "状況.xlsx", "回収状況")[4][13] == "農政課.xlsx"
    assert (
        aso("merge", town.master, town.inbox, "--json").json["files"][0]["department"] == "農政課"
    )


@posix
def test_without_the_right_to_read_the_reason_is_told(town: Town, tmp_path: Path) -> None:
    """As somebody who may not read one submission, one folder, the master."""
    town.send("農政課", GOOD)
    closed = town.send("観光課", {("2-01-1", "R9"): 1500})
    closed.chmod(0)
    shelf = town.inbox / "棚"
    shelf.mkdir(mode=0)
    done = as_another(town, "merge", town.master, town.inbox, "-o", tmp_path / "新.xlsx")
    assert "R9_観光課.xlsx を開けません" in done.stdout and "棚 を開けません" in done.stdout
    assert "1-01-1 実績値 R9: (空欄) → 101" in done.stdout
    assert done.returncode == 1
    town.master.chmod(0)
    done = as_another(town, "merge", town.master, town.inbox, "-o", tmp_path / "新.xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "マスター.xlsx を開けません" in done.stderr
    assert "空き容量" not in done.stderr


def as_another(town: Town, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Return the run of a command by a user without special rights."""
    for folder in (town.inbox, *town.inbox.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path(folder.anchor):
            folder.chmod(folder.stat().st_mode | 0o007)
    prefix = (
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    )
    command = [*prefix, sys.executable, "-m", "aso_xl", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
