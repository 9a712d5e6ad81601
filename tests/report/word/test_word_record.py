"""What a document says of its origin: custom properties that Word shows and keeps."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
from base_tools import empty, saved
from cli_tools import changed
from lxml import etree
from word_tools import data_of, document, everything, part

RECORD = {"総合戦略": "aso-3", "評価年度": "R8", "指紋": "0123456789abcdef"}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
VALUE = f"{{{OFFICE}/docPropsVTypes}}lpwstr"


def record(data: bytes) -> dict[str, str | None]:
    root = part(data, "docProps/custom.xml")
    return {each.get("name", ""): each.findtext(VALUE) for each in root}


def test_the_record_is_kept_as_custom_properties() -> None:
    data = data_of(everything())
    assert record(data) == RECORD
    root = part(data, "docProps/custom.xml")
    assert root.tag == f"{{{OFFICE}/custom-properties}}Properties"
    assert [each.get("pid") for each in root] == ["2", "3", "4"]
    assert {each.get("fmtid") for each in root} == {"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"}


def test_the_package_knows_the_part_once() -> None:
    data = data_of(everything())
    relations = [
        (r.get("Type"), r.get("Target"))
        for r in part(data, "_rels/.rels")
        if "custom" in (r.get("Type") or "")
    ]
    assert relations == [(f"{OFFICE}/relationships/custom-properties", "docProps/custom.xml")]
    kinds = {o.get("PartName"): o.get("ContentType") for o in part(data, "[Content_Types].xml")}
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    assert kinds["/docProps/custom.xml"] == kind


def test_without_a_record_there_is_no_part() -> None:
    with zipfile.ZipFile(BytesIO(data_of(document()))) as package:
        assert "docProps/custom.xml" not in package.namelist()


def test_properties_of_the_base_document_stay_and_old_records_go(tmp_path: Path) -> None:
    path = tmp_path / "去年.docx"
    path.write_bytes(data_of(document(record={"文書番号": "企財第1号", "指紋": "f" * 16})))
    word = docx.Document(str(path))
    word.add_paragraph("{{本文}}")
    data = data_of(everything(), saved(word, path))
    assert record(data) == {"文書番号": "企財第1号", **RECORD}
    assert [each.get("pid") for each in part(data, "docProps/custom.xml")] == ["2", "3", "4", "5"]
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.namelist().count("docProps/custom.xml") == 1


def test_any_text_can_be_recorded() -> None:
    data = data_of(document(record={"ブック": "a&b<c>\n\x00.xlsx", "種類": ""}))
    assert record(data) == {"ブック": "a&b<c> .xlsx", "種類": ""}


def test_a_base_without_the_properties_part_gets_one(tmp_path: Path) -> None:
    word = empty()
    word.add_paragraph("{{本文}}")
    data = data_of(document(record=RECORD), saved(word, tmp_path / "a.docx"))
    assert record(data) == RECORD
    assert etree.tostring(part(data, "docProps/custom.xml")).count(b"<vt:lpwstr>") == 3


def test_a_comment_among_the_properties_of_the_base_document_is_none_of_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "去年.docx"
    word = docx.Document(BytesIO(data_of(document(record={"文書番号": "企財第1号"}))))
    word.add_paragraph("{{本文}}")
    word.save(str(path))
    commented = changed(
        *(path, tmp_path / "今年.docx"),
        {
            "docProps/custom.xml": lambda xml: xml.replace(
                b"</Properties>", b"<!--x--></Properties>"
            )
        },
    )
    data = data_of(everything(), commented)
    root = part(data, "docProps/custom.xml")
    names = {each.get("name"): each.get("pid") for each in root.iterchildren("*")}
    assert names == {"文書番号": "2", "総合戦略": "3", "評価年度": "4", "指紋": "5"}
