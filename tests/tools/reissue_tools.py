"""Documents for the tests of re-issuing: made, edited as staff would, renewed, compared."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from lxml import etree

from aso_xl.report.content.blocks import (
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    HeadlineRow,
    Notes,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
)
from aso_xl.report.content.naming import named
from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.reissue.open_document import open_document
from aso_xl.report.reissue.renewal import renew
from aso_xl.report.word.word import write

MEMORY = "customXml/item1.xml"
COLUMNS = (
    TableColumn("番号", 15),
    TableColumn("施策", 40),
    TableColumn("実績値", 20),
    TableColumn("要因", 60),
)
RECORD = {"総合戦略": "t", "市町村": "阿蘇市", "評価年度": "R8", "種類": "検証", "ブック": "a.xlsx"}

Line = tuple[str, str, str]
"""A row: key, 施策, actual."""

LINES: tuple[Line, ...] = (
    ("1_01_1", "1 農業", "94人"),
    ("1_01_2", "1 農業", "1,241億\n5,500万円"),
    ("1_02_1", "2 林業", "－"),
)


def table(lines: Sequence[Line] = LINES) -> DataTable:
    """Return a keyed table whose second column is merged within a 施策; the last is prose."""
    before, rows = "", []
    for key, group, actual in lines:
        rows.append(
            (
                TableCell(key.replace("_", "-")),
                TableCell(group, merge=group == before),
                TableCell(actual, bold=actual == "達成", figure=f"late_{key}_actual"),
                TableCell(f"{key}の要因"),
            )
        )
        before = group
    keys = tuple(key for key, _, _ in lines)
    return DataTable("遅れている指標", COLUMNS, tuple(rows), f"{len(rows)}件", "late", keys)


def report(
    lines: Sequence[Line] = LINES,
    *,
    result: str = "未達成",
    share: str = "36.3%",
    notes: Sequence[str] = ("※うち未公表 1項目", "※うち未入力 2項目"),
    banner: Sequence[str] = (),
    record: Mapping[str, str] | None = None,
) -> Document:
    """Return a report with a place of every kind but a chart."""
    rate = Paragraph(("達成率は", Figure("over_rate", share), "です。今後も取り組みます。"))
    goal = EvaluationTable(
        "(基本目標1) 仕事をつくる",
        (HeadlineRow("転入者数を増やす。", result, "eval_1H1", result == "達成"),),
        f"(目標達成) 4項目/11項目 (達成率) {share}",
        "eval_1_kpi",
    )
    blocks = (Heading("概要"), rate, goal, Notes(tuple(notes), "evalnotes_1"), table(lines))
    return named(
        Document(
            "検証",
            "阿蘇市",
            (Section("評価", blocks),),
            tuple(banner),
            record={**RECORD, "指紋": "0" * 16, **(record or {})},
        )
    )


def made(document: Document, path: Path) -> Path:
    """Return the path of a freshly made document."""
    with path.open("wb") as stream:
        write(document, stream)
    return path


def edited(path: Path, change: Callable[[WordDocument], object]) -> Path:
    """Change a document by python-docx, as a person in Word would, and return its path."""
    word = docx.Document(str(path))
    change(word)
    word.save(str(path))
    return path


def renewed(path: Path, document: Document) -> tuple[Renewal, Path]:
    """Return what was renewed, and the renewed document beside the old one."""
    opened = open_document(path)
    found = renew(opened, document)
    target = path.with_name(f"{path.stem}_new.docx")
    target.write_bytes(opened.saved())
    return found, target


def texts(path: Path) -> list[str]:
    """Return every paragraph of the body in order, those of tables too."""
    word = docx.Document(str(path))
    return [_text(p) for p in word.element.body.iter(_w("p"))]


def printed(path: Path) -> list[str]:
    """Return the paragraphs that print something."""
    return list(filter(None, texts(path)))


def rows(path: Path, number: int = -1) -> list[list[str]]:
    """Return the texts of a table, a list per row."""
    tables = docx.Document(str(path)).tables
    return [
        [" ".join(_text(p) for p in tc.iter(_w("p"))) for tc in tr.iter(_w("tc"))]
        for tr in tables[number]._tbl.iter(_w("tr"))
    ]


def merges(path: Path) -> list[list[str]]:
    """Return the vertical merges of the last table, a list per row."""
    found = docx.Document(str(path)).tables[-1]._tbl.iter(_w("tr"))
    return [[m.get(_w("val"), "continue") for m in tr.iter(_w("vMerge"))] for tr in found]


def numbered_parts(data: bytes) -> list[str]:
    """Return the names of all parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def without_text(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return every element of a part with its attributes, but no text."""
    return [(str(e.tag), dict(e.attrib)) for e in etree.fromstring(data).iter()]


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _text(paragraph: etree._Element) -> str:
    signs = {_w("br"): "\n", _w("tab"): "\t"}
    found = paragraph.iter(_w("t"), _w("br"), _w("tab"))
    return "".join(signs.get(str(e.tag)) or e.text or "" for e in found)


def text_of_body(data: bytes) -> list[str]:
    """Return what the paragraphs of a document say, tables included, one each, blanks left out."""
    root = docx.Document(io.BytesIO(data)).element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    texts = ("".join(t.text or "" for t in p.iter(f"{w}t")) for p in root.iter(f"{w}p"))
    return [text for text in texts if text]
