"""What hinders those who have a document or a workbook read aloud: the rules, once for every file.

They are those of the accessibility checkers of Word and Excel, and a few that these cannot judge. A
finding says place and reason; a file that reads well has none.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

from docx.oxml.ns import qn
from lxml import etree
from openpyxl.utils.cell import range_boundaries
from workbook_tools import MAIN, Xlsx

CONTRAST: Final = 4.5
"""Of text on what is behind it (WCAG 2, level AA)."""

_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_VAGUE: Final = re.compile(
    r"(こちら|ここ|リンク|詳細|https?://.*|.*\.(md|html?|docx|xlsx|png|svg))"
)
"""Words of a link that do not say where it goes."""
_NO_TEXT: Final = re.compile(r"(グラフ|図|Chart|Picture|Image) ?\d*|.*\.(png|svg|jpe?g|emf)", re.I)
"""Alternative texts that programs make up."""
_BLANKS: Final = re.compile(r"[ \u3000\t]{3,}")
_SCREEN: Final = 20
"""Rows that are seen without scrolling: what ends above needs no headings that stay."""
_STOCK_SHEET: Final = re.compile(r"(Sheet|シート)\d+")
_STOCK_TABLE: Final = re.compile(r"(Table|テーブル)\d+")
_RED_ALONE: Final = re.compile(r"\[(Red|赤|Color ?3)\](?!.*[-△▲(])", re.I)


_WORD_OF_COLOUR: Final = {
    r"(OR\()?[A-Z]+\d+=\"[^\"]+\"(,[A-Z]+\d+=\"[^\"]+\")*\)?": "the cell says the word",
    r"COUNTIF\(指摘キー,.*": "検証結果 lists the cell with the finding",
    r"AND\(ISTEXT\(.*": "the column 判定 says 要確認",
    r"[A-Z]+\$\d+=評価年度": "the sheet says above: 評価年度: R8",
    r"\(?\$?[A-Z]+\d+=\$?[A-Z]+\d+": "the same text as above, paler",
    r"ISERROR\(.*": "a gap of a chart",
    r".*(=0|=\"\")\)*(,\$[A-Z]+\d+<>\"定性\"\))?": "blank where the prompt says 必ず書きます",
    r".*COUNTIFS?\(.*>1\)": "the same id or name twice; the check of the definition names it",
}
"""Formulas of conditional colours, and where a word says the same as the colour.

A colour whose formula is not here tells something to those alone who see it.
"""


# --- Word


def document_findings(source: Path | bytes) -> list[str]:
    """Return what hinders reading a Word document aloud."""
    with zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as package:
        parts = {n: package.read(n) for n in package.namelist() if n.endswith(".xml")}
    document = etree.fromstring(parts["word/document.xml"])
    styles = etree.fromstring(parts["word/styles.xml"])
    names = _style_names(styles)
    body = document.find(qn("w:body"))
    return [
        *_properties(parts),
        *_language(styles),
        *_headings(body, names),
        *_pictures(document),
        *(said for table in body.iter(qn("w:tbl")) for said in _word_table(table)),
        *_spacing(body),
        *_links(document),
        *_word_contrast(styles),
    ]


def _properties(parts: dict[str, bytes]) -> Iterator[str]:
    core = etree.fromstring(parts["docProps/core.xml"])
    for name, what in (("title", "題名"), ("creator", "作成者")):
        if not (core.findtext(f"{_CORE}{name}") or "").strip():
            yield f"文書のプロパティ: {what}がない"


def _language(styles: etree._Element) -> Iterator[str]:
    lang = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if lang is None or lang.get(qn("w:eastAsia")) != "ja-JP":
        yield "既定のスタイル: 言語が日本語でない"


def _style_names(styles: etree._Element) -> dict[str, str]:
    found = {}
    for style in styles.iterchildren(qn("w:style")):
        name = style.find(qn("w:name"))
        found[style.get(qn("w:styleId"))] = "" if name is None else name.get(qn("w:val"), "")
    return found


def _headings(body: etree._Element, names: dict[str, str]) -> Iterator[str]:
    """Yield headings that are empty or skip a level; and a document that has none, nor a title."""
    level = 0
    seen = False
    for paragraph in body.iter(qn("w:p")):
        name = _style(paragraph, names).casefold()
        seen |= name == "title"
        if not (found := re.fullmatch(r"heading (\d)", name)):
            continue
        seen, text, now = True, _text(paragraph), int(found[1])
        if not text.strip():
            yield "見出し: 空の見出しがある"
        if now > level + 1:
            yield f"見出し「{text}」: レベル {now} の前にレベル {now - 1} がない"
        level = now
    if not seen:
        yield "見出し: 一つもない"


def _style(paragraph: etree._Element, names: dict[str, str]) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else names.get(style.get(qn("w:val"), ""), "")


def _pictures(document: etree._Element) -> Iterator[str]:
    for drawing in document.iter(qn("w:drawing")):
        told = next(drawing.iter(qn("wp:docPr"))).get("descr", "").strip()
        if len(told) < 5 or _NO_TEXT.fullmatch(told):
            yield f"図: 代替テキストがない({told!r})"
        if drawing.find(qn("wp:anchor")) is not None:
            yield f"図「{told[:20]}」: 文字列の中に置かれていない"
    for tag in ("w:pict", "w:object"):
        if next(document.iter(qn(tag)), None) is not None:
            yield f"図: 古い形式の図({tag})がある"


def _word_table(table: etree._Element) -> Iterator[str]:
    looks = table.find(qn("w:tblPr"))
    told = {tag: looks.find(qn(f"w:{tag}")) for tag in ("tblCaption", "tblDescription")}
    caption = "" if told["tblCaption"] is None else told["tblCaption"].get(qn("w:val"), "")
    place = f"表「{caption}」"
    for tag, what in (("tblCaption", "題名"), ("tblDescription", "説明")):
        found = told[tag]
        if found is None or not found.get(qn("w:val"), "").strip():
            yield f"{place}: 代替テキストの{what}がない"
    rows = table.findall(qn("w:tr"))
    head = rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    look = looks.find(qn("w:tblLook"))
    labelled = look is not None and look.get(qn("w:firstColumn")) == "1"
    if not head and not labelled:
        yield f"{place}: 見出しの行も見出しの列もない"
    if head and any(not _text(cell).strip() for cell in rows[0].iter(qn("w:tc"))):
        yield f"{place}: 空の見出しがある"
    if table.find(f".//{qn('w:tc')}//{qn('w:tbl')}") is not None:
        yield f"{place}: 表の中に表がある"
    if next(table.iter(qn("w:gridSpan"), qn("w:hMerge")), None) is not None:
        yield f"{place}: 横に結合したセルがある"
    widths = {len(row.findall(qn("w:tc"))) for row in rows}
    if widths != {len(list(table.find(qn("w:tblGrid"))))}:
        yield f"{place}: セルの数が行によって違う"
    yield from (f"{place}: {said}" for said in _merged(rows))


def _merged(rows: list[etree._Element]) -> Iterator[str]:
    """Yield cells that hide a text, and merges that are no labels on the left of their rows."""
    for number, row in enumerate(rows, 1):
        merged = []
        for cell in row.findall(qn("w:tc")):
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            merged.append(merge is not None)
            if merge is not None and merge.get(qn("w:val")) != "restart" and _text(cell).strip():
                yield f"{number} 行目: 結合したセルに文字が隠れている"
        if all(merged):
            yield f"{number} 行目: すべてのセルが結合されている"


def _spacing(body: etree._Element) -> Iterator[str]:
    """Yield blank paragraphs that make room; one a point high must stand below a table."""
    for paragraph in body.iter(qn("w:p")):
        if _BLANKS.search(_text(paragraph)):
            yield f"段落「{_text(paragraph)[:20]}」: 空白を並べて間をあけている"
    children = list(body)
    for before, each in pairwise([None, *children]):
        if each.tag != qn("w:p") or not _is_blank(each):
            continue
        if each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            continue
        line = each.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        is_thin = line is not None and int(line.get(qn("w:line"), "240")) <= 20
        if not is_thin:
            yield "段落: 間をあけるための空の段落がある"
        elif before is not None and before.tag == qn("w:p") and _is_blank(before):
            yield "段落: 空の段落が続いている"


def _is_blank(paragraph: etree._Element) -> bool:
    shown = (qn("w:drawing"), qn("w:fldChar"), qn("w:fldSimple"), qn("w:br"))
    return not _text(paragraph).strip() and next(paragraph.iter(*shown), None) is None


def _links(document: etree._Element) -> Iterator[str]:
    for link in document.iter(qn("w:hyperlink")):
        if not (text := _text(link).strip()) or _VAGUE.fullmatch(text):
            yield f"リンク「{text}」: 行き先がわからない"


def _text(element: etree._Element) -> str:
    pieces = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    found = element.iter(qn("w:t"), *pieces)
    return "".join(pieces.get(each.tag, each.text or "") for each in found)


def _word_contrast(styles: etree._Element) -> Iterator[str]:
    for style in styles.iterchildren(qn("w:style")):
        name = style.find(qn("w:name")).get(qn("w:val"), "")
        for scope in (style, *style.findall(qn("w:tblStylePr"))):
            ink, paper = scope.find(f"{qn('w:rPr')}/{qn('w:color')}"), _shade(scope)
            ink = "000000" if ink is None else ink.get(qn("w:val"), "auto")
            if contrast(ink, paper) < CONTRAST:
                yield f"スタイル「{name}」: 文字と地の色が近い({ink}・{paper})"


def _shade(scope: etree._Element) -> str:
    for place in ("w:pPr", "w:tcPr", "w:rPr"):
        shade = scope.find(f"{qn(place)}/{qn('w:shd')}")
        if shade is not None:
            return str(shade.get(qn("w:fill"), "auto"))
    return "auto"


# --- Excel


def workbook_findings(path: Path) -> list[str]:
    """Return what hinders reading a workbook aloud."""
    book = Xlsx(path)
    shown = [name for name in book.sheet_parts if _is_shown(book, name)]
    return [
        *_book_properties(book),
        *(said for sheet in shown for said in _sheet(book, sheet)),
        *_looks(book),
    ]


def _is_shown(book: Xlsx, name: str) -> bool:
    sheet = next(s for s in book.workbook.iter(f"{MAIN}sheet") if s.get("name") == name)
    return sheet.get("state", "visible") == "visible"


def _book_properties(book: Xlsx) -> Iterator[str]:
    core = book.xml("docProps/core.xml")
    if not (core.findtext(f"{_CORE}title") or "").strip():
        yield "ブックのプロパティ: 題名がない"


def _sheet(book: Xlsx, sheet: str) -> Iterator[str]:
    if _STOCK_SHEET.fullmatch(sheet):
        yield f"{sheet}: シートの名前が中身を示さない"
    first = book.value(sheet, "A1")
    if not isinstance(first, str) or not first.strip():
        yield f"{sheet}: A1 に何のシートかが書かれていない"
    tables = [table for table in book.tables.values() if table.sheet == sheet]
    yield from (f"{sheet}: {said}" for said in _drawings(book, sheet))
    yield from (f"{sheet}: {said}" for said in _cell_links(book, sheet))
    yield from (f"{sheet}: {said}" for said in _colours_alone(book, sheet))
    for table in tables:
        root = book.xml(table.part)
        place = f"{sheet}: 表「{table.name}」"
        if _STOCK_TABLE.fullmatch(table.name):
            yield f"{place}の名前が中身を示さない"
        if root.get("headerRowCount") == "0" or not all(map(str.strip, table.columns)):
            yield f"{place}に見出しのない列がある"
    for merge in book.sheet(sheet).iter(f"{MAIN}mergeCell"):
        left, top, right, bottom = range_boundaries(merge.get("ref", ""))
        if top != bottom:
            yield f"{sheet}: {merge.get('ref')} が縦に結合されている"
        for table in tables:
            apart = right < table.left or left > table.right or bottom < table.top
            if not apart and top <= table.bottom:
                yield f"{sheet}: 表「{table.name}」に結合したセルがある"
    filtered = book.sheet(sheet).find(f"{MAIN}autoFilter")
    heads = {table.top for table in tables}
    if filtered is not None:
        heads.add(range_boundaries(filtered.get("ref", ""))[1])
    if len(heads) == 1 and (filtered is not None or tables[0].bottom > _SCREEN):
        yield from _frozen(book, sheet, *heads)


def _frozen(book: Xlsx, sheet: str, head: int) -> Iterator[str]:
    pane = next(book.sheet(sheet).iter(f"{MAIN}pane"), None)
    if pane is None or int(float(pane.get("ySplit", "0"))) != head:
        yield f"{sheet}: 見出しの行({head} 行目)が固定されていない"


def _drawings(book: Xlsx, sheet: str) -> Iterator[str]:
    for kind, part in book.links(book.sheet_parts[sheet]).values():
        if not kind.endswith("/drawing"):
            continue
        for each in book.xml(part).iter(f"{_DRAWN}cNvPr"):
            told = each.get("descr", "").strip()
            if len(told) < 5 or _NO_TEXT.fullmatch(told):
                yield f"「{each.get('name')}」に代替テキストがない"


def _cell_links(book: Xlsx, sheet: str) -> Iterator[str]:
    for link in book.sheet(sheet).iter(f"{MAIN}hyperlink"):
        at = link.get("ref", "").partition(":")[0]
        text = str(book.value(sheet, at) or "").strip()
        if not text or _VAGUE.fullmatch(text):
            yield f"{at} のリンク「{text}」: 行き先がわからない"


def _colours_alone(book: Xlsx, sheet: str) -> Iterator[str]:
    looks = [*book.xml("xl/styles.xml").iter(f"{MAIN}dxf")]
    for rule in book.sheet(sheet).iter(f"{MAIN}cfRule"):
        look = looks[int(rule.get("dxfId", "0"))]
        if look.find(f"{MAIN}font") is None and look.find(f"{MAIN}fill") is None:
            continue  # how a number is written, no colour
        formula = rule.findtext(f"{MAIN}formula") or ""
        if rule.get("type") == "cellIs" and re.fullmatch(r'"[^"]+"', formula):
            continue
        if not any(re.fullmatch(known, formula) for known in _WORD_OF_COLOUR):
            yield f"条件付き書式 {formula}: 色と同じことを示す語がない"


def _looks(book: Xlsx) -> Iterator[str]:
    styles = book.xml("xl/styles.xml")
    for code in styles.iter(f"{MAIN}numFmt"):
        if _RED_ALONE.search(code.get("formatCode", "")):
            yield f"表示形式 {code.get('formatCode')}: 負の数が色だけでわかる"
    fonts, fills = styles.find(f"{MAIN}fonts"), styles.find(f"{MAIN}fills")
    for look in styles.find(f"{MAIN}cellXfs"):
        ink = _colour(fonts[int(look.get("fontId", "0"))].find(f"{MAIN}color"), "000000")
        paper = fills[int(look.get("fillId", "0"))].find(f"{MAIN}patternFill/{MAIN}fgColor")
        if contrast(ink, ground := _colour(paper, "FFFFFF")) < CONTRAST:
            yield f"セルの書式: 文字と地の色が近い({ink}・{ground})"
    for look in styles.iter(f"{MAIN}dxf"):
        ink, paper = (look.find(f".//{MAIN}{tag}") for tag in ("color", "bgColor"))
        if ink is None or paper is None:
            continue
        if contrast(a := _colour(ink, "000000"), b := _colour(paper, "FFFFFF")) < CONTRAST:
            yield f"条件付き書式: 文字と地の色が近い({a}・{b})"


def _colour(element: etree._Element | None, usual: str) -> str:
    return usual if element is None else (element.get("rgb") or usual)[-6:]


# --- colours


def contrast(ink: str, paper: str) -> float:
    """Return the contrast of two colours, RRGGBB or ``auto`` (black on white), from 1 to 21."""
    light, dark = sorted((_light(ink, "000000"), _light(paper, "FFFFFF")), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(colour: str, usual: str) -> float:
    digits = colour if re.fullmatch("[0-9A-Fa-f]{6}", colour) else usual
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
