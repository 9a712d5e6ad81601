"""What is wrong with a .docx package before any of it is used, and the words that staff know it by."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final, NamedTuple, assert_never

from lxml import etree

from .part_xml import parsed
from .safe_package import OldFile, immense_words, is_immense, old_file

MAX_UNPACKED: Final = 128 * 2**20
"""Of all parts together: photographs come to this, letters do not."""

MAX_XML: Final = 24 * 2**20
"""Of one part that is parsed; a parsed part takes several times its size in memory."""

MAX_TAGS: Final = 800_000
"""Of one part that is parsed: thousands of pages."""

RESAVE: Final = "Word で開き、「Word 文書(*.docx)」で保存し直してください。"
_XML: Final = (".xml", ".rels")
_STRICT: Final = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_DOCTYPES: Final = tuple(
    "<!DOCTYPE".encode(encoding)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
"""Looked for in the bytes: other libraries parse these parts, whole, where ``xml_stream``, by which
workbooks are read, refuses a document type as it comes to it."""
_NAMES: Final = (
    (re.compile(r"(^|/)_rels/"), "部品のつながり"),
    (re.compile(r"^\[Content_Types\]"), "部品の種類の一覧"),
    (re.compile(r"^docProps/"), "文書のプロパティ"),
    (re.compile(r"^word/document\d*\.xml"), "本文"),
    (re.compile(r"^word/settings"), "文書の設定"),
    (re.compile(r"^word/styles"), "スタイル"),
    (re.compile(r"^word/header"), "ヘッダー"),
    (re.compile(r"^word/footer"), "フッター"),
    (re.compile(r"^word/(foot|end)notes"), "脚注"),
    (re.compile(r"^word/charts/"), "グラフ"),
    (re.compile(r"^word/numbering"), "箇条書きの番号"),
    (re.compile(r"^word/fontTable"), "フォントの一覧"),
    (re.compile(r"^word/theme/"), "テーマ"),
    (re.compile(r"^customXml/"), "この道具の控え"),
)


class Fault(NamedTuple):
    """What is wrong (the end of a sentence that begins with the document) and what to do."""

    finding: str
    remedy: str


def named_part(part: str) -> str:
    """Return a part as staff know it, with its name: 「スタイル(word/styles.xml)」."""
    return next((f"{word}({part})" for sign, word in _NAMES if sign.search(part)), part)


def damaged(part: str) -> Fault:
    """Return the fault of a part that is missing or no XML."""
    return Fault(
        f"の{named_part(part)}が壊れています",
        "Word で開けるときは「Word 文書(*.docx)」で保存し直し、"
        "開けないときは壊れる前の文書を使ってください。",
    )


def too_much(part: str) -> Fault:
    """Return the fault of a part whose tree would fill the memory."""
    return Fault(f"の{named_part(part)}が大きすぎるため、開けません", "文書を分けてください。")


def doctype(part: str) -> Fault:
    """Return the fault of a part with a document type, which Office forbids."""
    return Fault(
        f"の{named_part(part)}に Word が書かない記述(DOCTYPE)があるため、安全のため使いません",
        RESAVE,
    )


def fault_of(data: bytes) -> Fault | None:
    """Return why a document is not to be opened, if so: no package, too large, Strict, or with a
    document type.

    Of pictures nothing is asked: they are never parsed. Raise BadZipFile and its like for what is
    no package.
    """
    kind = old_file(data)
    match kind:
        case OldFile.ENCRYPTED:
            return Fault(
                "はパスワードで保護されています",
                "Word で開いてパスワードを外し、「Word 文書(*.docx)」で保存し直してください。",
            )
        case OldFile.OLD:
            return Fault(
                "は古い形式(.doc)の文書か、パスワードで保護された文書です",
                "Word で開いてパスワードがあれば外し、「Word 文書(*.docx)」で保存し直してください。",
            )
        case None:
            pass
        case _:
            assert_never(kind)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = package.infolist()
        if is_immense(infos, MAX_UNPACKED):
            return Fault(immense_words(MAX_UNPACKED), "画像を減らしてください。")
        for info in infos:
            if info.filename.casefold().endswith(_XML):
                if info.file_size > MAX_XML:
                    return Fault(
                        f"の{named_part(info.filename)}が大きすぎるため、安全のため開きません"
                        f"(上限 {MAX_XML >> 20}MB)",
                        "文書を分けるか、元の文書を確かめてください。",
                    )
                data = package.read(info)
                if data.count(b"<") > MAX_TAGS:
                    return too_much(info.filename)
                if fault := _fault_of_xml(info.filename, data):
                    return fault
    return None


def damaged_part(data: bytes) -> str:
    """Return the first part that should be XML and is not; "" if all are."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            if info.filename.casefold().endswith(_XML):
                try:
                    parsed(package.read(info))
                except (etree.XMLSyntaxError, ValueError):
                    return info.filename
    return ""


def _fault_of_xml(part: str, data: bytes) -> Fault | None:
    if any(sign in data for sign in _DOCTYPES):
        return doctype(part)
    if part == "_rels/.rels" and _STRICT in data:
        return Fault(
            "は「Strict Open XML 文書」の形式です",
            "Word で開き、名前を付けて保存で「Word 文書(*.docx)」を選んで保存し直してください。",
        )
    return None
