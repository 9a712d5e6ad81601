"""Brackets in sentences, narrow or wide as 設定 says; tables stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cli_tools import Command
from random_fillings import put_setting
from workbook_tools import Xlsx

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import Block, Document, Figure, Heading, Notes, Paragraph
from aso_xl.report.content.documents import report
from aso_xl.workbook.read.reading import read

NARROW = str.maketrans("（）", "()")


@pytest.fixture(scope="module")
def ledger(sample_path: Path) -> Ledger:
    return read(sample_path)


def made(ledger: Ledger, kind: ReportKind, *, wide: bool) -> Document:
    settings = replace(ledger.settings, wide_brackets=wide)
    return report(replace(ledger, settings=settings), settings.round, kind)


def texts(block: Block) -> Iterator[str]:
    """Yield what a block says in sentences."""
    match block:
        case Paragraph(text=str(text)) | Heading(text=text):
            yield text
        case Paragraph(text=tuple(parts)):
            yield from (part for part in parts if isinstance(part, str))
            yield from (part.text for part in parts if isinstance(part, Figure))
        case Notes():
            yield from block.lines


@pytest.mark.parametrize("kind", [kind for kind in ReportKind if not kind.is_of_plan])
def test_sentences_have_wide_brackets_and_say_the_same(ledger: Ledger, kind: ReportKind) -> None:
    narrow, wide = (list(made(ledger, kind, wide=w).blocks()) for w in (False, True))
    said = [[text for block in blocks for text in texts(block)] for blocks in (narrow, wide)]
    assert any("(" in text for text in said[0])
    assert not any(set(text) & set("()") for text in said[1])
    assert said[0] == [text.translate(NARROW) for text in said[1]]
    tables = [[b for b in blocks if not [*texts(b)]] for blocks in (narrow, wide)]
    assert tables[0] == tables[1]


def test_a_document_with_wide_brackets_is_as_its_workbook(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    book = Xlsx(sample_path)
    put_setting(book, "本文のかっこ", "全角")
    path = book.save(tmp_path / "全角.xlsx")
    assert read(path).settings.wide_brackets
    assert aso("report", path, "-o", tmp_path / "全角.docx").code == 0
    done = aso("check", tmp_path / "全角.docx", "--against", path, "--json")
    assert (done.code, done.json["stale"]) == (0, [])
