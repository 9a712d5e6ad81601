"""Builds base.docx, the packaged base document: `python -m aso_xl.report.base.build`.

Its body is {{本文}}; the specimen that follows shows staff the places and the styles they may use,
and never stands in a report. Staff copy this file, change it in Word, and give it as their own.
"""

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from ..content import style_names as names
from ..content.blocks import Cell, Column, DataTable, EvaluationTable, HeadlineRow
from ..content.place_names import BLOCKS, BODY, SPECIMEN, WORDS, written
from ..word.markup import W, paragraph, run
from ..word.table_xml import Frame, data_table, evaluation_table
from .build_parts import PARTS, SECTION
from .build_styles import PARAGRAPH_STYLES, TEXT_WIDTH, styles_xml
from .open import PACKAGED

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)

_GUIDE: Final = (
    f"「{written(SPECIMEN)}」の段落から後ろは見本で、報告書には出ません。報告書の本文は"
    f"「{written(BODY)}」の所に入ります。前後に書いた表紙、あいさつ、図などはそのまま残ります。",
    "スタイル、ヘッダー、フッター、ページ設定を変えて保存すると、報告書に反映されます。"
    "差し込む場所は、Wordでふつうの文字として打ちます。直すところがないかは"
    "「aso-xl base ファイル名.docx」で確かめられます。",
)
_BLOCKS_CAPTION: Final = "段落に単独で書く場所(一つの文書に一度)"
_WORDS_CAPTION: Final = "文の中、ヘッダー、フッター、表、テキストボックスにも書ける場所"
_LEVELS: Final = ("Heading 1", "Heading 2", "Heading 3")


def style_ids() -> dict[str, str]:
    """Return style name → id of the packaged base document."""
    by_name = {style.name.casefold(): style.id for style in PARAGRAPH_STYLES}
    others = {
        names.STRONG: "Strong",
        names.EVALUATION: "AsoEvaluation",
        names.LISTING: "AsoListing",
    }
    return {name: others.get(name) or by_name[name.casefold()] for name in names.ALL}


def document_xml() -> str:
    """Return document.xml: {{本文}}, then the specimen, on our A4 page."""
    body = "".join(_body(Frame(style_ids(), TEXT_WIDTH)))
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


def _body(frame: Frame) -> Iterator[str]:
    def line(style: str, text: str, *, new_page: bool = False) -> str:
        return paragraph(frame.styles[style], run(text), new_page=new_page)

    yield line(names.BODY, written(BODY))
    yield line(names.BODY, written(SPECIMEN), new_page=True)
    yield line(names.TITLE, "表題: ひな形の見本")
    yield from (line(names.BODY, text) for text in _GUIDE)
    for caption, places in ((_BLOCKS_CAPTION, BLOCKS), (_WORDS_CAPTION, WORDS)):
        yield line(names.CAPTION, caption)
        yield _places(caption, places, frame)
    yield line(names.CONTENTS, "目次の見出し")
    for entry in names.CONTENTS_ENTRY:
        yield line(entry, f"{names.shown_as(entry)}\t1")
    for level in _LEVELS:
        yield line(level, names.shown_as(level))
    yield line(names.BODY, "本文。文字の大きさや字下げは、スタイルで変えてください。")
    yield line(names.BANNER, "お知らせ(下書き・記入例の表示)")
    yield evaluation_table(_EVALUATION, frame)
    yield line(names.NOTE, "※ 表の注記(表注記)")
    yield line(names.FIGURE, "図(グラフの段落)")
    yield line(names.CAPTION, "図表番号(表の上、図の下)")
    yield data_table(_LISTING, frame)
    yield line(names.NOTE, "")


def _places(caption: str, places: Mapping[str, str], frame: Frame) -> str:
    columns = (Column("書き方", 1), Column("入るもの", 3))
    rows = tuple((Cell(written(name)), Cell(what)) for name, what in places.items())
    return data_table(DataTable(caption, columns, rows), frame)


_EVALUATION: Final = EvaluationTable(
    "評価表",
    (HeadlineRow("数値目標の文(評価本文)", "達成"), HeadlineRow("数値目標の文", "未達成")),
    "KPIの結果",
)
_LISTING: Final = DataTable(
    "一覧表",
    (Column("表見出し", 2), Column("表中央", 1, "center"), Column("表数値", 1, "right")),
    ((Cell("表本文"), Cell("表中央"), Cell("1,234")),),
)


if __name__ == "__main__":
    PACKAGED.write_bytes(build())
