"""Opening a base document, packaged or staff's own: its looks stay, its body goes."""

import zipfile
import zlib
from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from aso_xl.errors import BaseDocumentError
from aso_xl.report.style_names import shown_as

PACKAGED: Final = Path(__file__).with_name("base.docx")
MAX_UNPACKED: Final = 64 * 1024 * 1024
"""A base document may hold this many bytes once unpacked: far more than any letterhead."""

_A4_TEXT_WIDTH: Final = 9240
_UNREADABLE: Final = (
    AttributeError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    XMLSyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
)


def open_base(base: Path | None) -> WordDocument:
    """Return the base document with an empty body; headers, footers and page set-up are kept.

    Raise BaseDocumentError if it cannot be read or is no .docx file.
    """
    path = base or PACKAGED
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BaseDocumentError(
            f"ひな形「{path.name}」を開けません。ファイルの場所と、ほかで開いていないかを"
            "確かめてください。"
        ) from error
    try:
        _refuse_bomb(data, path)
        word = docx.Document(BytesIO(data))
        _clear_body(word)
    except _UNREADABLE as error:
        raise BaseDocumentError(
            f"ひな形「{path.name}」はWord文書(.docx)として読めません。"
            "Wordで開き、種類「Word文書(*.docx)」で保存し直してください。"
        ) from error
    return word


def style_ids(word: WordDocument, wanted: Mapping[str, str], base: Path | None) -> dict[str, str]:
    """Return style name → id for all wanted styles (name → kind).

    Names of built-in styles differ in case between programs, so case is ignored.
    Raise BaseDocumentError that names every missing style.
    """
    present = {
        (style.get(qn("w:type")), name.get(qn("w:val"), "").casefold()): style.get(qn("w:styleId"))
        for style in word.styles.element.iterchildren(qn("w:style"))
        for name in style.iterchildren(qn("w:name"))
    }
    found = {name: present.get((kind, name.casefold())) for name, kind in wanted.items()}
    missing = [shown_as(name) for name, style_id in found.items() if not style_id]
    if missing:
        raise BaseDocumentError(
            f"ひな形「{(base or PACKAGED).name}」にスタイル「{'」「'.join(missing)}」がありません。"
            "標準のひな形からコピーするか、標準のひな形を作り直して使ってください。"
        )
    return {name: style_id for name, style_id in found.items() if style_id}


def text_width(word: WordDocument, *, turned: bool = False) -> int:
    """Return the width between the margins, in twips; that of our A4 page if not stated.

    With `turned`, of the same page with width and height exchanged and the margins kept.
    """
    page = word.sections[-1]
    width = page.page_height if turned else page.page_width
    if width is None or page.left_margin is None or page.right_margin is None:
        return _A4_TEXT_WIDTH
    return (width - page.left_margin - page.right_margin - (page.gutter or 0)) // 635


def _refuse_bomb(data: bytes, path: Path) -> None:
    with zipfile.ZipFile(BytesIO(data)) as package:
        size = sum(item.file_size for item in package.infolist())
    if size > MAX_UNPACKED:
        raise BaseDocumentError(
            f"ひな形「{path.name}」が大きすぎます(展開後の上限は{MAX_UNPACKED >> 20}MB)。"
            "画像を減らしてください。"
        )


def _clear_body(word: WordDocument) -> None:
    """Remove all but the last section's set-up, which inherits the headers of those before."""
    body = word.element.body
    sections = body.xpath("./w:p/w:pPr/w:sectPr | ./w:sectPr")
    last = body.get_or_add_sectPr()
    for tag in ("w:headerReference", "w:footerReference"):
        inherited = {
            ref.get(qn("w:type")): ref for s in sections for ref in s.iterchildren(qn(tag))
        }
        for kept in list(last.iterchildren(qn(tag))):
            last.remove(kept)
        for number, reference in enumerate(inherited.values()):
            last.insert(number, deepcopy(reference))
    for child in list(body):
        if child is not last:
            body.remove(child)
