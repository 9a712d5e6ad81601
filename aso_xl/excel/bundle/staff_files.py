"""What staff find in the bundle: a blank workbook, one with example figures, 使い方, the guides."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from ...jobs.masters import PLAN
from ...report.content.blocks import DataTable, Document, Heading, Section, TableCell, TableColumn
from ...workbook.build.guide_sheet import GuideSection, of_master
from .guides import FOLDER, put_guides

TEMPLATE, SAMPLE, GUIDE = "template.xlsx", "sample.xlsx", "使い方.docx"
STAFF_FILES: Final = (TEMPLATE, SAMPLE, GUIDE)


def put_staff_files(folder: Path, docs: Path) -> None:
    """Write the three files into a folder, and the guides of ``docs`` into one of their own."""
    from ...defining.buildable import buildable
    from ...report.word.word import write
    from ...workbook.build.template import build

    plain = buildable(PLAN)
    (folder / TEMPLATE).write_bytes(build(plain))
    (folder / SAMPLE).write_bytes(build(buildable(PLAN, sample=True), sample=True))
    stream = BytesIO()
    title = f"{plain.plan.short_title}　評価ブックの使い方"
    write(_page(title, plain.plan.municipality, of_master(plain.plan)), stream)
    (folder / GUIDE).write_bytes(stream.getvalue())
    put_guides(docs, folder / FOLDER, plain.plan.municipality)


def _page(title: str, author: str, guide: Sequence[GuideSection]) -> Document:
    blocks = (Heading(title), *(block for section in guide for block in _blocks(section)))
    return Document(title, author, (Section("使い方", blocks),))


def _blocks(section: GuideSection) -> tuple[Heading | DataTable, ...]:
    heading = section.heading.removeprefix("■ ")
    heads: Sequence[tuple[str, int]] = (("項目", 22), ("内容", 78))
    texts: list[tuple[str, ...]] = [(line.label, line.text) for line in section.lines]
    if section.has_buttons:
        heads = (("順", 5), ("項目", 11), ("すること", 68), ("ボタン", 16))
        texts = [
            (str(number), line.label, line.text, line.words)
            for number, line in enumerate(section.lines, start=1)
        ]
    columns = tuple(TableColumn(title, width) for title, width in heads)
    rows = tuple(tuple(map(TableCell, row)) for row in texts)
    return Heading(heading, 2), DataTable("", columns, rows, description=heading)
