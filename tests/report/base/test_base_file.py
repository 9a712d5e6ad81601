"""Staff's own base document: its looks and its text are kept, its faults are named."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Twips

from aso_xl.errors import BaseDocumentError
from aso_xl.office import document_faults as package_faults
from aso_xl.report.base.open import PACKAGED, open_base
from aso_xl.report.content.blocks import (
    DataTable,
    Document,
    Heading,
    Paragraph,
    Section,
    TableColumn,
)
from aso_xl.report.content.style_names import REQUIRED, shown_as
from aso_xl.report.word.word import write

REPORT = Document(
    "検証",
    "",
    (Section("評価", (Heading("章"), DataTable("", (TableColumn("番号", 1),), ()))),),
    ("下書き",),
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the packaged base with a header and wider margins, as staff would make it."""
    word = docx.Document(str(PACKAGED))
    word.sections[0].header.paragraphs[0].text = "阿蘇市"
    word.sections[0].left_margin = Twips(2268)
    path = tmp_path / "ひな形.docx"
    word.save(str(path))
    return path


def report(base: Path, document: Document = REPORT) -> WordDocument:
    stream = BytesIO()
    write(document, stream, base)
    return docx.Document(stream)


def repack(base: Path, **replaced: tuple[str, str]) -> None:
    """Replace text in parts of the base, keyed by the part's stem."""
    with zipfile.ZipFile(base) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(base, "w") as package:
        for name, data in parts.items():
            old, new = replaced.get(Path(name).stem, ("", ""))
            package.writestr(name, data.replace(old.encode(), new.encode()) if old else data)


def header_texts(word: WordDocument) -> list[str]:
    return [p.text for p in word.sections[0].header.paragraphs]


def test_the_specimen_goes_and_header_footer_and_margins_stay(base: Path) -> None:
    word = report(base)
    assert [p.text for p in word.paragraphs] == ["下書き", "章", ""]
    assert header_texts(word) == ["阿蘇市", "下書き"]
    assert "PAGE" in word.sections[0].footer.part.blob.decode()
    grid = word.tables[0]._tbl.tblGrid
    width = sum(int(column.get(qn("w:w"), "")) for column in grid)
    assert width == 11906 - 2268 - 1333


def test_looks_come_from_the_base(base: Path) -> None:
    repack(base, styles=("游明朝", "ＭＳ 明朝"))
    xml = report(base).part.blob.decode()
    assert "rFonts" not in xml
    assert "w:sz " not in xml


def test_styles_are_found_by_name_whatever_their_id_and_case(base: Path) -> None:
    repack(base, styles=('"Heading1"', '"10"'), document=('"Heading1"', '"10"'))
    repack(base, styles=('"heading 1"', '"Heading 1"'))
    word = report(base)
    assert word.paragraphs[1]._p.pPr.pStyle.val == "10"


def test_headers_of_an_earlier_section_are_inherited(base: Path) -> None:
    word = docx.Document(str(base))
    word.add_section(WD_SECTION.NEW_PAGE)
    word.save(str(base))
    assert len(report(base).sections) == 1
    assert header_texts(report(base)) == ["阿蘇市", "下書き"]


def test_banner_stands_in_the_headers_of_all_sections(base: Path) -> None:
    word = docx.Document(str(base))
    word.paragraphs[0].insert_paragraph_before("表紙")
    second = word.add_section(WD_SECTION.NEW_PAGE)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "後半"
    body = word.element.body
    first = body.xpath("./w:p[w:pPr/w:sectPr]")[0]
    body.insert(1, first)
    word.save(str(base))
    made = report(base)
    headers = [[p.text for p in s.header.paragraphs] for s in made.sections]
    assert headers == [["阿蘇市", "下書き"], ["後半", "下書き"]]


def test_banner_stands_in_first_and_even_page_headers_too(base: Path) -> None:
    word = docx.Document(str(base))
    word.sections[0].different_first_page_header_footer = True
    word.settings.odd_and_even_pages_header_footer = True
    word.save(str(base))
    section = report(base).sections[0]
    assert [p.text for p in section.first_page_header.paragraphs] == ["下書き"]
    assert [p.text for p in section.even_page_header.paragraphs] == ["下書き"]


def test_all_missing_styles_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "市の様式.docx"
    word = docx.Document()
    word.add_paragraph("{{本文}}")
    for name in ("Strong", "Header"):
        word.styles[name].delete()
    word.save(str(path))
    blocks = (Paragraph("文", "市の本文"), Heading("節", 4))
    with pytest.raises(BaseDocumentError) as failure:
        report(path, Document("", "", (Section("評価", blocks),)))
    missing = set(REQUIRED) - {"Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption"}
    for name in (*missing, "市の本文", "市の様式.docx"):
        assert shown_as(name) in str(failure.value)
    assert "見出し 1" not in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_style_of_another_kind_is_missing(base: Path) -> None:
    old = '<w:style w:type="table" w:customStyle="1" w:styleId="AsoListing">'
    repack(base, styles=(old, old.replace("table", "character")))
    with pytest.raises(BaseDocumentError, match="「一覧表」"):
        open_base(base, REQUIRED, REPORT)


def broken_files(folder: Path) -> dict[str, Path]:
    """Return files that are no .docx, by what is wrong with them."""
    whole = PACKAGED.read_bytes()
    with zipfile.ZipFile(folder / "zip.docx", "w") as package:
        package.writestr("a.txt", "a")
    (folder / "text.docx").write_text("ひな形", encoding="utf-8")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "truncated.docx").write_bytes(whole[: len(whole) // 2])
    (folder / "damaged.docx").write_bytes(whole[:900] + bytes(200) + whole[1100:])
    (folder / "template.docx").write_bytes(whole)
    repack(folder / "template.docx", **{"[Content_Types]": ("document.main", "template.main")})
    (folder / "bodyless.docx").write_bytes(whole)
    repack(folder / "bodyless.docx", document=("w:body", "w:bodi"))
    (folder / "malformed.docx").write_bytes(whole)
    repack(folder / "malformed.docx", styles=("</w:styles>", ""))
    return {path.stem: path for path in folder.glob("*.docx")}


@pytest.mark.parametrize(
    "fault",
    ["zip", "text", "empty", "truncated", "damaged", "template", "bodyless"],
)
def test_what_is_no_docx_is_told_so(tmp_path: Path, fault: str) -> None:
    with pytest.raises(BaseDocumentError, match=f"「{fault}.docx」はWord文書"):
        open_base(broken_files(tmp_path)[fault], REQUIRED, REPORT)


@pytest.mark.parametrize(
    ("behind", "why"),
    [
        ("EncryptedPackage", "ひな形.docx」はパスワードで保護されています"),
        (
            "WordDocument",
            r"ひな形.docx」は古い形式\(.doc\)の文書か、パスワードで保護された文書です",
        ),
    ],
)
def test_a_locked_or_old_base_is_told_so(tmp_path: Path, behind: str, why: str) -> None:
    path = tmp_path / "ひな形.docx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + behind.encode("utf-16-le"))
    with pytest.raises(BaseDocumentError, match=why):
        open_base(path, REQUIRED, REPORT)


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaseDocumentError, match=r"のスタイル\(word/styles.xml\)が壊れています"):
        open_base(broken_files(tmp_path)["malformed"], REQUIRED, REPORT)


def test_a_missing_base_or_a_folder_is_told_so(tmp_path: Path) -> None:
    for path, why in ((tmp_path, "フォルダーです"), (tmp_path / "ない.docx", "見つかりません")):
        with pytest.raises(BaseDocumentError, match=why):
            open_base(path, REQUIRED, REPORT)


def test_a_package_that_unpacks_too_large_is_refused(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_faults, "MAX_UNPACKED", 1024)
    with pytest.raises(BaseDocumentError, match="大きすぎる"):
        open_base(base, REQUIRED, REPORT)
