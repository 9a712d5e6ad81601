"""Comments of a workbook: notes and threads; a damaged part has none and refuses nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from aso_xl.domain.ledger import Remark
from aso_xl.workbook.read.file.comments import comments_of
from aso_xl.workbook.read.file.package import Package
from aso_xl.workbook.read.file.workbook_file import open_book

THREAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="L11" id="{1}"><text>\xe7\xa2\xba\xe8\xaa\x8d</text></threadedComment>
<threadedComment ref="L11" id="{2}" parentId="{1}"><text>OK</text></threadedComment>
</ThreadedComments>"""


@pytest.fixture
def noted(sample_path: Path, tmp_path: Path) -> Path:
    book = load_workbook(sample_path)
    book["基本目標1"]["L11"].comment = Comment("[スレッド]", "tc={1}")
    book["基本目標1"]["L12"].comment = Comment("去年の\n数字です", "田中")
    path = tmp_path / "noted.xlsx"
    book.save(path)
    return path


def changed(path: Path, change: dict[str, bytes], links: bytes = b"") -> Package:
    """Return the package with parts replaced, and links added beside those to comments."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = change.pop(name, old.read(name))
            if b"relationships/comments" in data and name.endswith(".rels"):
                data = data.replace(b"</Relationships>", links + b"</Relationships>")
            new.writestr(name, data)
        for name, data in change.items():
            new.writestr(name, data)
    return Package(out.getvalue(), "noted.xlsx")


def test_notes(noted: Path) -> None:
    assert open_book(noted).comments() == (
        Remark("基本目標1", "L11", "[スレッド]", is_comment=True),
        Remark("基本目標1", "L12", "去年の 数字です", is_comment=True),
    )


def test_a_thread_is_said_once_with_its_answers(noted: Path) -> None:
    kind = b"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = b'<Relationship Id="rIdT" Type="' + kind + b'" Target="../threadedComments/t1.xml"/>'
    package = changed(noted, {"xl/threadedComments/t1.xml": THREAD}, link)
    assert [(r.address, r.text) for r in comments_of(package)] == [
        ("L11", "確認 / OK"),
        ("L12", "去年の 数字です"),
    ]


@pytest.mark.parametrize("data", [b"", b"<comments", b'<!DOCTYPE x [<!ENTITY a "b">]><a>&a;</a>'])
def test_damaged_comments_are_none(noted: Path, data: bytes) -> None:
    with zipfile.ZipFile(noted) as package:
        part = next(n for n in package.namelist() if "comment" in n and n.endswith(".xml"))
    assert comments_of(changed(noted, {part: data})) == ()
