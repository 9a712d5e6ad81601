"""The guides in Word: they say what the pages say, lead where these lead, and can be read aloud."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from paths import ROOT
from read_aloud import document_findings
from word_tools import by_libreoffice, data_of, fields, page_texts, part
from workbook_tools import needs_libreoffice

from aso_xl.excel.bundle.guides import GUIDES, guide, put_guides
from aso_xl.report.content.blocks import DataTable, Heading, LinkedText, Paragraph, Picture, Styled
from aso_xl.report.content.markdown import Page, blocks_of, slug

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("guides") / "手引"
    put_guides(DOCS, made, "阿蘇市")
    return made


def test_every_guide_is_written_and_can_be_read_aloud(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == set(GUIDES.values())
    assert {path.name: document_findings(path) for path in folder.iterdir()} == {
        name: [] for name in GUIDES.values()
    }


@pytest.mark.parametrize("page", GUIDES)
def test_a_guide_says_what_its_page_says(folder: Path, page: str) -> None:
    """All words of the page stand in the document in their order; nothing of Markdown does."""
    text = (DOCS / page).read_text(encoding="utf-8")
    text = re.sub(r"^\|.*\|\n\|[-|]+\|\n(?=\| !\[)", "", text, flags=re.M)  # heads of pictures
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^(#+|-|\d+\.) |^```|^\|[-|: ]+\|$|\\(?=\|)|[*`|]", "", text, flags=re.M)
    body = part((folder / GUIDES[page]).read_bytes()).find(qn("w:body"))
    shown = "".join(t.text or "" for t in body.iter(qn("w:t")))
    place = 0
    for word in re.findall(r"[^\s\W]+", text):
        place = shown.find(word, place)
        assert place >= 0, word
    assert not re.search(r"\*\*|```|\]\(|\|-", shown)


def test_links_lead_to_headings_and_to_the_other_guides(folder: Path) -> None:
    data = (folder / "事務局の手引.docx").read_bytes()
    root = part(data)
    marks = {mark.get(qn("w:name")) for mark in root.iter(qn("w:bookmarkStart"))}
    links = [*root.iter(qn("w:hyperlink"))]
    inside = [link.get(qn("w:anchor")) for link in links if link.get(qn("w:anchor"))]
    assert len(inside) > 15 and set(inside) <= marks
    with zipfile.ZipFile(BytesIO(data)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    files = set(re.findall(r'Target="([^"]+)" TargetMode="External"', relations))
    asked = re.findall(r"\]\(([\w-]+\.md)", (DOCS / "secretariat.md").read_text(encoding="utf-8"))
    assert files == {GUIDES[page] for page in asked if page in GUIDES}
    assert files <= {path.name for path in folder.iterdir()}


def test_lists_are_lists_and_each_counts_from_one(folder: Path) -> None:
    document = Document(str(folder / "担当課の手引.docx"))
    numbers = [
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"
    ]
    steps = re.findall(r"^\d+\. ", (DOCS / "department.md").read_text(encoding="utf-8"), re.M)
    assert len(numbers) == len(steps) > 4 and len(set(numbers)) == 1
    numbering = document.part.numbering_part.element
    [own] = [n for n in numbering.num_lst if n.numId == numbers[0]]
    assert own.lvlOverride_lst[0].startOverride.val == 1
    assert sum(p.style.name == "List Bullet" for p in document.paragraphs) >= 4


def test_pictures_are_shown_with_their_captions(folder: Path) -> None:
    data = (folder / "事務局の手引.docx").read_bytes()
    told = [each.get("descr") for each in part(data).iter(qn("wp:docPr"))]
    alts = re.findall(r"!\[(.*?)\]", (DOCS / "secretariat.md").read_text(encoding="utf-8"))
    assert told == [f"{alt}の図" for alt in alts]
    assert [code for code, _ in fields(data) if code.startswith("SEQ")] == [
        r"SEQ 図 \* ARABIC"
    ] * len(told)


@needs_libreoffice
@pytest.mark.libreoffice
def test_that_of_departments_is_one_page(folder: Path, tmp_path: Path) -> None:
    [printed] = by_libreoffice([folder / "担当課の手引.docx"], tmp_path, "pdf")
    assert len(page_texts(printed)) == 1


# --- the part of Markdown that is read


def of(text: str) -> list[object]:
    page = Page(text, {"b.md#x": "b.docx"}.get, lambda source: source.encode())  # type: ignore[arg-type]
    return list(blocks_of(page))


def test_marks_within_a_line() -> None:
    [paragraph] = of("**太字** と `1|2` と [語](b.md#x)、[外](c.md)。\n続き")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == (
        *(Styled("太字", "Strong"), " と ", Styled("1|2", "入力する文字"), " と "),
        *(LinkedText("語", "b.docx"), "、", "外", "。続き"),
    )


def test_headings_and_links_to_them() -> None:
    title, heading, paragraph = of("# 題\n\n## 1. 設定 (A)\n\n[設定](#1-設定-a)へ")
    assert isinstance(title, Paragraph) and (title.text, title.style) == ("題", "Title")
    assert heading == Heading("1. 設定 (A)", 1, "head_1")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == (LinkedText("設定", "#head_1"), "へ")
    with pytest.raises(ValueError, match="ない見出し"):
        of("[語](#ない見出し)")
    assert slug("3. 配る") == "3-配る"


def test_what_stands_below_an_item_belongs_to_it() -> None:
    blocks = of(
        "1. 一\n\n   | 左 | 右 |\n   |---|---|\n   | a\\|b | `c` |\n\n   下\n2. 二\n\n- 点\n"
    )
    kinds = [type(block).__name__ for block in blocks]
    assert kinds == ["Paragraph", "DataTable", "Paragraph", "Paragraph", "Paragraph"]
    first, table, below, second, item = blocks
    assert isinstance(table, DataTable) and isinstance(first, Paragraph)
    assert [cell.text for cell in table.rows[0]] == ["a|b", "c"]
    assert isinstance(second, Paragraph) and isinstance(item, Paragraph)
    assert first.numbers == second.numbers == "list_1"
    assert (below.text, item.style, item.numbers) == ("下", "List Bullet", "")  # type: ignore[attr-defined]


def test_lines_to_be_typed_and_pictures() -> None:
    typed, picture = of("```\naso-xl check a.xlsx\n# 一\n```\n\n![図](images/a.png)")
    assert isinstance(typed, Paragraph)
    assert (typed.text, typed.style) == ("aso-xl check a.xlsx\n# 一", "記入例")
    assert picture == Picture(b"images/a.png", "図", "図の図")


def test_a_guide_is_the_same_each_time() -> None:
    assert guide(DOCS, "it.md", "市") == guide(DOCS, "it.md", "市")
    assert data_of(guide(DOCS, "it.md", "市"))
