"""Packages as other programs leave them: what is not read cannot refuse, what is damaged is named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from base_tools import based_on
from cli_tools import changed
from fuzz import documents
from reissue_tools import made, report
from test_base_file import REPORT

from aso_xl.errors import BaseDocumentError, DocumentFileError
from aso_xl.office import document_faults as package_faults
from aso_xl.report.reissue.open_document import open_document
from aso_xl.report.reissue.renewal import renew
from aso_xl.report.word.word import write

RELS = "word/_rels/document.xml.rels"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
DOCTYPE = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
STRICT = (
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def linked(target: str) -> Callable[[bytes], bytes]:
    """Return what adds a relationship to a picture that leads to ``target``."""
    link = f'<Relationship Id="rId900" Type="{IMAGE}" Target="{target}"/></Relationships>'
    return lambda rels: rels.replace(b"</Relationships>", link.encode())


def typed(data: bytes) -> bytes:
    """Return XML with a document type and an entity."""
    return re.sub(rb"^(<\?xml[^>]*\?>)?", rb'\1<!DOCTYPE z [<!ENTITY a "aaa">]>', data, count=1)


def letterhead(folder: Path, **parts: Callable[[bytes], bytes | None]) -> Path:
    return changed(based_on(folder, "{{本文}}"), folder / "レターヘッド.docx", parts)


def written_on(base: Path) -> dict[str, bytes]:
    """Return the parts of a report in the looks of a base document."""
    stream = io.BytesIO()
    write(REPORT, stream, base)
    with zipfile.ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("target", ["NULL", "../NULL", "#_top", "media/ない.png", "/word/nowhere"])
def test_a_relationship_to_nothing_stays_as_it_stood(tmp_path: Path, target: str) -> None:
    parts = written_on(letterhead(tmp_path, **{RELS: linked(target)}))
    (link,) = re.findall(r'<Relationship [^>]*Id="rId900"[^>]*>', parts[RELS].decode())
    assert f'Target="{target}"' in link
    assert "TargetMode" not in link
    assert "rId900" not in parts["word/document.xml"].decode()


@pytest.mark.parametrize("kind", ["core-properties", "custom-properties"])
@pytest.mark.parametrize("target", ["docProps/none.xml", "NULL", "#_top"])
@pytest.mark.parametrize("mode", ["Internal", "External"])
def test_a_letterhead_without_its_properties_gets_our_own(
    tmp_path: Path, kind: str, target: str, mode: str
) -> None:
    def astray(rels: bytes) -> bytes:
        others = re.sub(rf"<Relationship [^>]*/{kind}\"[^>]*>", "", rels.decode())
        known = re.search(rf'Type="([^"]*/){kind}"', rels.decode())
        space = known[1] if known else IMAGE.removesuffix("image")
        link = f'Type="{space}{kind}" Target="{target}" TargetMode="{mode}"'
        return others.replace(
            "</Relationships>", f'<Relationship Id="rId99" {link}/></Relationships>'
        ).encode()

    parts = written_on(letterhead(tmp_path, **{"_rels/.rels": astray}))
    links = re.findall(rf"<Relationship [^>]*/{kind}\"[^>]*>", parts["_rels/.rels"].decode())
    assert len(links) == (kind == "core-properties"), "what has no record has no other properties"
    assert all('Target="docProps/core.xml"' in link for link in links)
    assert REPORT.title in parts["docProps/core.xml"].decode()


@pytest.mark.parametrize("kind", ["styles", "settings"])
def test_a_letterhead_whose_looks_lie_elsewhere_is_refused(tmp_path: Path, kind: str) -> None:
    def elsewhere(rels: bytes) -> bytes:
        return re.sub(
            rb'(<Relationship [^>]*/%s"[^>]*?)/?>' % kind.encode(),
            rb'\1 TargetMode="External"/>',
            rels,
        )

    with pytest.raises(BaseDocumentError, match=r"「レターヘッド\.docx」"):
        written_on(letterhead(tmp_path, **{RELS: elsewhere}))


def test_a_picture_with_a_document_type_is_kept_byte_for_byte(tmp_path: Path) -> None:
    svg = b'<?xml version="1.0"?>' + DOCTYPE + b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    declared = b'<Default Extension="svg" ContentType="image/svg+xml"/></Types>'
    base = letterhead(
        tmp_path,
        **{
            RELS: linked("media/image9.svg"),
            "[Content_Types].xml": lambda data: data.replace(b"</Types>", declared),
        },
    )
    with zipfile.ZipFile(base, "a") as package:
        package.writestr("word/media/image9.svg", svg)
    assert written_on(base)["word/media/image9.svg"] == svg


@pytest.mark.parametrize("part", ["word/theme/theme1.xml", "word/fontTable.xml"])
def test_a_damaged_part_that_is_not_read_is_passed_on(tmp_path: Path, part: str) -> None:
    base = letterhead(tmp_path, **{part: lambda data: data[:100]})
    assert len(written_on(base)[part]) == 100


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("word/theme/theme1.xml", "テーマ"),
        ("word/fontTable.xml", "フォントの一覧"),
        ("word/settings.xml", "文書の設定"),
        ("word/styles.xml", "スタイル"),
    ],
)
def test_a_document_type_does_not_pass_into_a_report(tmp_path: Path, part: str, word: str) -> None:
    base = letterhead(tmp_path, **{part: typed})
    said = rf"「レターヘッド.docx」の{word}\({part}\)に.*DOCTYPE.*保存し直して"
    with pytest.raises(BaseDocumentError, match=said):
        written_on(base)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_nor_one_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    wide = "<!DOCTYPE z><a/>".encode(encoding)
    with pytest.raises(BaseDocumentError, match="DOCTYPE"):
        written_on(letterhead(tmp_path, **{"word/fontTable.xml": lambda data: wide}))


def test_strict_documents_are_to_be_saved_as_others(tmp_path: Path) -> None:
    strict = {"_rels/.rels": lambda data: data.replace(*STRICT)}
    with pytest.raises(BaseDocumentError, match=r"Strict Open XML.*「Word 文書\(\*.docx\)」"):
        written_on(letterhead(tmp_path, **strict))
    document = changed(made(report(), tmp_path / "a.docx"), tmp_path / "文書.docx", strict)
    with pytest.raises(DocumentFileError, match=r"文書.docx は「Strict.*「Word 文書\(\*.docx\)」"):
        open_document(document)


@pytest.mark.parametrize(
    "part",
    ["word/settings.xml", "word/styles.xml", "word/footer1.xml", RELS, "docProps/custom.xml"],
)
@pytest.mark.parametrize("damage", [documents.truncated, documents.deep, documents.long])
def test_a_damaged_part_of_a_document_is_named(
    tmp_path: Path, part: str, damage: documents.Damage
) -> None:
    """Cut in half, 5,000 elements deep, an attribute of 15 MB."""
    chance = documents.Random(3)
    source = made(report(lines=()), tmp_path / "a.docx")
    path = changed(source, tmp_path / "文書.docx", {part: lambda data: damage(data, chance)})
    with pytest.raises(DocumentFileError, match=rf"^文書.docx の.*\({re.escape(part)}\)が壊れて"):
        renew(open_document(path), report(banner=("下書き",), result="達成"))


@pytest.mark.parametrize("part", ["word/settings.xml", "word/styles.xml"])
def test_a_part_of_another_kind_is_named(tmp_path: Path, part: str) -> None:
    with pytest.raises(BaseDocumentError, match=rf"「レターヘッド\.docx」の.*\({part}\)が壊れて"):
        written_on(letterhead(tmp_path, **{part: lambda data: b"<a/>"}))


def test_a_part_of_endless_paragraphs_is_not_parsed(tmp_path: Path) -> None:
    many = b"<w:body>" + b"<w:p/>" * 900_000
    parts = {"word/document.xml": lambda data: data.replace(b"<w:body>", many)}
    with pytest.raises(BaseDocumentError, match=r"の本文\(word/document.xml\)が大きすぎる"):
        written_on(letterhead(tmp_path, **parts))
    document = changed(made(report(), tmp_path / "a.docx"), tmp_path / "文書.docx", parts)
    with pytest.raises(DocumentFileError, match=r"^文書.docx の本文.*が大きすぎる"):
        open_document(document)


def test_a_part_that_unpacks_to_too_much_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(report(), tmp_path / "文書.docx")
    monkeypatch.setattr(package_faults, "MAX_XML", 1000)
    with pytest.raises(DocumentFileError, match=r"文書.docx の.*大きすぎる"):
        open_document(path)
    with pytest.raises(BaseDocumentError, match="大きすぎる"):
        written_on(path)


def test_a_few_damaged_documents_end_in_sentences(tmp_path: Path) -> None:
    """A short run of the script; by hand it tries hundreds."""
    assert list(documents.tried(6, 11, tmp_path)) == []
