"""Documents that cannot be renewed: one clear sentence, the file untouched."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from builders import R8, R9, ledger_of, third
from cli_tools import changed, digest
from packages import unpacked
from reissue_tools import made, report

from aso_xl.domain.ledger import Ledger
from aso_xl.errors import DocumentFileError
from aso_xl.office.document_faults import MAX_UNPACKED
from aso_xl.office.safe_package import MAX_PARTS
from aso_xl.report.content.fingerprint import fingerprint
from aso_xl.report.reissue.belongs import round_of, state_of
from aso_xl.report.reissue.open_document import lock_of, open_document

BOOK = Path("book.xlsx")
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(report(), tmp_path / "令和8年度報告書.docx")


def plain(target: Path) -> None:
    word = docx.Document()
    word.add_paragraph("ふつうの文書")
    word.save(str(target))


def bomb(target: Path) -> None:
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/media/image1.bin", "w") as stream,
    ):
        for _ in range(MAX_UNPACKED // 2**20 + 1):
            stream.write(bytes(2**20))


def many(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as package:
        for number in range(MAX_PARTS + 1):
            package.writestr(f"word/{number}.xml", b"")


def raw(data: bytes) -> Callable[[Path], None]:
    return lambda target: target.write_bytes(data) and None


def without_bookmarks(target: Path) -> None:
    """Make a document of ours that has passed through a program which drops bookmarks."""
    in_part("word/document.xml", lambda data: re.sub(rb"<w:bookmark[^>]*>", b"", data))(target)


def in_part(name: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    def make(target: Path) -> None:
        source = made(report(), target.with_name("made.docx"))
        changed(source, target, {name: change})

    return make


DOCTYPE = b'<!DOCTYPE w:document [<!ENTITY a "aaaa">]>'


def with_doctype(data: bytes) -> bytes:
    return data.replace(b"<w:document", DOCTYPE + b"<w:document", 1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (plain, "から作った文書ではありません"),
        (bomb, "大きすぎる"),
        (many, "大きすぎる"),
        (raw(b""), "読めません"),
        (raw(b"PK\x03\x04 damaged"), "読めません"),
        (raw(OLE), r"古い形式\(.doc\)の文書か、パスワードで保護された文書です"),
        (raw(OLE + "EncryptedPackage".encode("utf-16-le")), "はパスワードで保護されています"),
        (without_bookmarks, "すべて失われています"),
        (raw("ただの文".encode()), "読めません"),
        (in_part("word/document.xml", lambda data: data[: len(data) // 2]), "本文.*壊れて"),
        (in_part("word/document.xml", lambda data: None), "本文.*壊れて"),
        (in_part("_rels/.rels", lambda data: None), "読めません"),
        (in_part("[Content_Types].xml", lambda data: None), "部品の種類の一覧.*壊れて"),
        (in_part("docProps/custom.xml", lambda data: b"<damaged"), "プロパティ.*壊れて"),
        (in_part("word/document.xml", with_doctype), "本文.*DOCTYPE"),
        (lambda target: target.mkdir(), "フォルダー"),
        (lambda target: None, "見つかりません"),
    ],
)
def test_what_is_no_document_of_ours(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    target = tmp_path / "文書.docx"
    make(target)
    before = target.read_bytes() if target.is_file() else None
    with pytest.raises(DocumentFileError, match=words) as stopped:
        open_document(target)
    assert "文書.docx" in str(stopped.value)
    assert before is None or target.read_bytes() == before


def test_only_word_documents_are_opened(path: Path) -> None:
    with pytest.raises(DocumentFileError, match="Word 文書"):
        open_document(path.rename(path.with_suffix(".xlsx")))


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("令和8年度報告書.docx", "~$8年度報告書.docx"),
        ("12345678.docx", "~$345678.docx"),
        ("1234567.docx", "~$234567.docx"),
        ("123456.docx", "~$123456.docx"),
        ("a.docx", "~$a.docx"),
        ("令和8年度報告書.docx", "~$令和8年度報告書.docx"),
        ("a.docx", ".~lock.a.docx#"),
    ],
)
def test_open_in_word(path: Path, name: str, lock: str) -> None:
    path = path.rename(path.with_name(name))
    assert lock_of(path) is None
    assert open_document(path)
    before = digest(path)
    path.with_name(lock).write_bytes(b"x")
    with pytest.raises(DocumentFileError, match="閉じてから") as stopped:
        open_document(path)
    assert lock in str(stopped.value)
    assert digest(path) == before


def test_the_lock_of_another_document_is_none(path: Path) -> None:
    path.with_name("~$別の文書.docx").write_bytes(b"x")
    assert open_document(path).name == path.name


def test_without_permission(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word on Windows keeps others from reading: the same error as for a missing right."""

    def refuse(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DocumentFileError, match="Word で開いているときは閉じ"):
        open_document(path)


def test_nothing_changes_when_nothing_is_renewed(path: Path) -> None:
    opened = open_document(path)
    assert opened.record["種類"] == "検証"
    done = path.with_name("同じ.docx")
    done.write_bytes(opened.saved())
    assert unpacked(done) == unpacked(path)


def ledger() -> Ledger:
    return ledger_of(third())


def test_the_round_is_the_documents_own(tmp_path: Path) -> None:
    opened = open_document(
        made(report(record={"総合戦略": "aso-3", "評価年度": "R9"}), tmp_path / "a.docx")
    )
    assert round_of(opened, ledger(), BOOK) == R9
    assert round_of(opened, ledger(), BOOK, R9) == R9
    with pytest.raises(DocumentFileError, match="--round R8"):
        round_of(opened, ledger(), BOOK, R8)


def test_a_document_without_a_record(tmp_path: Path) -> None:
    path = made(report(), tmp_path / "a.docx")
    bare = changed(
        path, tmp_path / "b.docx", {"docProps/custom.xml": lambda data: b"<Properties/>"}
    )
    opened = open_document(bare)
    assert opened.record == {}
    assert round_of(opened, ledger(), BOOK) == third().round
    assert round_of(opened, ledger(), BOOK, R9) == R9
    assert state_of(opened, ledger(), R8) == "unknown"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"総合戦略": "aso-2"}, "同じ総合戦略"),
        ({"総合戦略": "aso-3", "市町村": "熊本市"}, "同じ市町村"),
        ({"総合戦略": "aso-3", "評価年度": "R20"}, "評価年度「R20」"),
        ({"総合戦略": "aso-3", "評価年度": "いつか"}, "評価年度「いつか」"),
    ],
)
def test_a_workbook_of_something_else(tmp_path: Path, record: dict[str, str], words: str) -> None:
    opened = open_document(made(report(record=record), tmp_path / "文書.docx"))
    with pytest.raises(DocumentFileError, match=words):
        round_of(opened, ledger(), BOOK)


def test_the_fingerprint_of_the_record(tmp_path: Path) -> None:
    found = fingerprint(ledger(), R8)
    opened = open_document(made(report(record={"指紋": found}), tmp_path / "a.docx"))
    assert state_of(opened, ledger(), R8) == "same"
    assert state_of(opened, ledger(), R9) == "changed"
    other = ledger()
    renamed = replace(other, settings=replace(other.settings, heading="別"))
    assert state_of(opened, renamed, R8) == "changed"
