"""Base documents as staff would make them, and reports in which a section is one line."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from aso_xl.report.base.open import PACKAGED, open_base
from aso_xl.report.base.places import close_slots, open_slots
from aso_xl.report.content.blocks import Document, Section
from aso_xl.report.content.style_names import REQUIRED
from aso_xl.report.markup import paragraph, run, standalone

WORDS = {
    "総合戦略": "第3期総合戦略",
    "市町村": "阿蘇市",
    "評価年度": "令和8年度",
    "達成率": "36.3%",
}
REPORT = Document(
    "検証",
    "阿蘇市",
    tuple(Section(name, ()) for name in ("表題", "概要", "評価", "資料")),
    words=WORDS,
)


def empty() -> WordDocument:
    """Return the packaged base without its body."""
    word = docx.Document(str(PACKAGED))
    for child in list(word.element.body)[:-1]:
        word.element.body.remove(child)
    return word


def based_on(folder: Path, *lines: str) -> Path:
    """Return a base document whose body is these paragraphs."""
    word = empty()
    for line in lines:
        word.add_paragraph(line)
    return saved(word, folder / "ひな形.docx")


def saved(word: WordDocument, path: Path) -> Path:
    word.save(str(path))
    return path


def report(base: Path | None, document: Document = REPORT) -> WordDocument:
    """Return the report on a base document; of each section the line 〈name〉 is written."""
    word = open_base(base, REQUIRED, document)
    slots = open_slots(word, document)
    for slot in slots:
        for section in slot.sections:
            line = paragraph("BodyText", run(f"〈{section.name}〉"))
            slot.anchor.addprevious(parse_xml(standalone(line)))
    close_slots(word, slots)
    stream = BytesIO()
    word.save(stream)
    return docx.Document(stream)


def lines(word: WordDocument) -> list[str]:
    """Return the body: text of paragraphs, 「|」 before a page break, 「§」 after a section's end."""
    found = []
    for child in word.element.body.iterchildren(qn("w:p"), qn("w:tbl")):
        text = "".join(t.text or "" for t in child.iter(qn("w:t")))
        if child.tag == qn("w:tbl"):
            text = f"[{text}]"
        if child.xpath('.//w:br[@w:type="page"] | ./w:pPr/w:pageBreakBefore'):
            text = f"|{text}"
        found.append(text + "§" * len(child.xpath("./w:pPr/w:sectPr")))
    return found
