"""Builds base.docx, the packaged base document: `python -m aso_xl.report.base_document`.

Its body shows every style at work; a report replaces it. Staff copy this file, change its
styles, header and footer in Word, and give it as their own base document.
"""

import zipfile
from io import BytesIO
from typing import Final

from aso_xl.report import style_names as names
from aso_xl.report.base_file import PACKAGED
from aso_xl.report.base_parts import PARTS, SECTION
from aso_xl.report.base_styles import PARAGRAPH_STYLES, styles_xml
from aso_xl.report.blocks import (
    Cell,
    Column,
    DataTable,
    Document,
    EvaluationTable,
    Heading,
    HeadlineRow,
    Notes,
    Paragraph,
)
from aso_xl.report.body_xml import body_xml
from aso_xl.report.markup import W
from aso_xl.report.table_xml import Frame

TEXT_WIDTH: Final = 9240
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)

SPECIMEN: Final = Document(
    title="報告書のひな形",
    author="",
    banner=("お知らせ(下書き・記入例の表示)",),
    blocks=(
        Heading("見出し 1"),
        Paragraph(
            "このファイルは報告書のひな形です。スタイル、ヘッダー、フッター、ページ設定を変えて"
            "保存すると、報告書に反映されます。この本文は報告書には出ません。"
        ),
        EvaluationTable(
            "見出し 2: 評価表の題名",
            (HeadlineRow("数値目標の文(評価本文)", "達成"), HeadlineRow("数値目標の文", "未達成")),
            "KPIの結果",
        ),
        Notes(("※ 表の注記(表注記)",)),
        Heading("見出し 3", 3),
        DataTable(
            "図表番号: 一覧表の題名",
            (Column("表見出し", 2), Column("表中央", 1, "center"), Column("表数値", 1, "right")),
            ((Cell("表本文"), Cell("表中央"), Cell("1,234")),),
        ),
    ),
)


def style_ids() -> dict[str, str]:
    """Return style name → id of the packaged base document."""
    by_name = {style.name.casefold(): style.id for style in PARAGRAPH_STYLES}
    others = {
        names.STRONG: "Strong",
        names.EVALUATION: "AsoEvaluation",
        names.LISTING: "AsoListing",
    }
    return {name: others.get(name) or by_name[name.casefold()] for name in names.REQUIRED}


def document_xml() -> str:
    """Return document.xml: the specimen of all styles on our A4 page."""
    body = "".join(body_xml(SPECIMEN, Frame(style_ids(), TEXT_WIDTH)))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    spaces = f'xmlns:w="{W}" xmlns:r="{relations}"'
    return f"<w:document {spaces}><w:body>{body}{SECTION}</w:body></w:document>"


def build() -> bytes:
    """Return base.docx, the same bytes at every call."""
    parts = {**PARTS, "word/document.xml": document_xml(), "word/styles.xml": styles_xml()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, xml in parts.items():
            item = zipfile.ZipInfo(name, _EPOCH)
            item.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(item, _XML + xml)
    return buffer.getvalue()


if __name__ == "__main__":
    PACKAGED.write_bytes(build())
