"""The packaged base document: committed as built, and fit for a Japanese city office."""

import pytest
from build_base.package import build
from docx.oxml.ns import qn
from lxml import etree
from packages import unpacked

from aso_xl.report.base.open import PACKAGED
from aso_xl.report.content.place_names import BLOCKS, WORDS
from aso_xl.report.content.style_names import ALL

PARTS = unpacked(PACKAGED.read_bytes())
STYLES = etree.fromstring(PARTS["word/styles.xml"])
DOCUMENT = etree.fromstring(PARTS["word/document.xml"])
SETTINGS = etree.fromstring(PARTS["word/settings.xml"])

STYLED = ("w:pStyle", "w:rStyle", "w:tblStyle")


def style(name: str) -> etree._Element:
    wanted = name.casefold()
    for element in STYLES.iterchildren(qn("w:style")):
        if value(element, "w:name").casefold() == wanted:
            return element
    raise LookupError(name)


def value(parent: etree._Element, tag: str, attribute: str = "w:val") -> str:
    element = next(parent.iter(qn(tag)))
    return element.get(qn(attribute), "")


def resolved(name: str, tag: str, attribute: str) -> str:
    """Return a property as Word resolves it: style, the styles it builds on, the defaults."""
    ids = {s.get(qn("w:styleId")): s for s in STYLES.iterchildren(qn("w:style"))}
    element: etree._Element | None = style(name)
    while element is not None:
        for found in element.iter(qn(tag)):
            return found.get(qn(attribute), "")
        based_on = element.find(qn("w:basedOn"))
        element = None if based_on is None else ids[based_on.get(qn("w:val"))]
    return value(next(STYLES.iter(qn("w:docDefaults"))), tag, attribute)


def test_the_packaged_file_is_what_the_builder_makes() -> None:
    assert unpacked(build()) == PARTS
    assert build() == build()


def test_every_required_style_is_there_with_its_kind() -> None:
    kinds = {name: style(name).get(qn("w:type")) for name in ALL}
    assert kinds == dict(ALL)


@pytest.mark.parametrize("script", ["w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"])
def test_fonts_are_named_for_every_script(script: str) -> None:
    gothic = {
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Caption",
        "Title",
        "TOC Heading",
        "表見出し",
        "評価見出し",
        "お知らせ",
    }
    for name, kind in ALL.items():
        if kind == "paragraph":
            font = "BIZ UDPゴシック" if name in gothic | {"Header"} else "游明朝"
            assert resolved(name, "w:rFonts", script) == font, name


def test_no_theme_font_overrides_a_named_one() -> None:
    for xml in PARTS.values():
        assert b"asciiTheme" not in xml
        assert b"eastAsiaTheme" not in xml
    assert "BIZ UDPゴシック".encode() in PARTS["word/theme/theme1.xml"]


def test_fonts_have_stand_ins() -> None:
    fonts = etree.fromstring(PARTS["word/fontTable.xml"])
    stand_ins = {font.get(qn("w:name")): value(font, "w:altName") for font in fonts}
    assert stand_ins == {"游明朝": "ＭＳ 明朝", "BIZ UDPゴシック": "ＭＳ Ｐゴシック"}


def test_sizes() -> None:
    sizes = {
        "Body Text": 21,
        "表本文": 18,
        "表数値": 18,
        "表見出し": 18,
        "評価本文": 20,
        "表注記": 17,
    }
    for name, half_points in sizes.items():
        assert int(resolved(name, "w:sz", "w:val")) == half_points, name


def test_body_text_is_japanese_justified_and_indented_by_one_character() -> None:
    assert resolved("Body Text", "w:lang", "w:eastAsia") == "ja-JP"
    assert resolved("Body Text", "w:ind", "w:firstLineChars") == "100"
    assert resolved("Body Text", "w:jc", "w:val") == "both"
    assert next(STYLES.iter(qn("w:pPrDefault"))).find(".//" + qn("w:kinsoku")) is not None


def test_latin_words_and_numbers_break_as_in_english() -> None:
    """As Word writes it in Japan; LibreOffice breaks Latin letters and digits of Japanese anywhere."""
    assert resolved("Body Text", "w:lang", "w:val") == "en-US"


def test_headings_are_for_the_navigation_pane_and_stay_with_what_follows() -> None:
    for level in (1, 2, 3):
        heading = style(f"heading {level}")
        assert value(heading, "w:outlineLvl") == str(level - 1)
        assert value(heading, "w:color") == "000000"
        assert heading.find(".//" + qn("w:keepNext")) is not None
    assert style("heading 1").find(".//" + qn("w:pBdr")) is not None


def test_charts_stay_with_their_captions_and_captions_leave_what_follows() -> None:
    assert value(style("図"), "w:jc") == "center"
    assert style("図").find(".//" + qn("w:keepNext")) is not None
    assert style("caption").find(".//" + qn("w:keepNext")) is None


def test_entries_of_the_contents_leave_room_for_page_numbers_at_the_margin() -> None:
    for level in (1, 2):
        entry = style(f"toc {level}")
        assert value(entry, "w:tab", "w:pos") == str(44 * 210)
        assert (value(entry, "w:tab"), value(entry, "w:tab", "w:leader")) == ("right", "dot")


def test_the_body_is_the_place_of_the_report_and_a_specimen_that_names_all_places() -> None:
    body = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in DOCUMENT.iter(qn("w:p"))]
    assert body[:2] == ["{{本文}}", "{{見本}}"]
    assert {f"{{{{{name}}}}}" for name in (*BLOCKS, *WORDS)} <= set(body[2:])
    assert "報告書には出ません" in body[3]


def test_the_specimen_shows_every_style() -> None:
    shown = {e.get(qn("w:val")) for e in DOCUMENT.iter(*map(qn, STYLED))}
    assert {style(name).get(qn("w:styleId")) for name in ALL} - shown == {"Header"}


def test_tables_shade_their_labels_and_rule_their_lines() -> None:
    for name, shaded in (("評価表", "firstCol"), ("一覧表", "firstRow")):
        assert value(style(name), "w:tblStylePr", "w:type") == shaded
        assert value(style(name), "w:shd", "w:fill") != ""
        assert value(style(name), "w:insideH") == "single"


def test_page_is_a4_upright_on_a_grid() -> None:
    section = next(DOCUMENT.iter(qn("w:sectPr")))
    assert value(section, "w:pgSz", "w:w") == "11906"
    assert value(section, "w:pgSz", "w:h") == "16838"
    margins = [int(value(section, "w:pgMar", f"w:{side}")) for side in ("left", "right")]
    assert 11906 - sum(margins) == 44 * 210
    assert value(section, "w:docGrid", "w:type") == "lines"
    height = 16838 - sum(int(value(section, "w:pgMar", f"w:{s}")) for s in ("top", "bottom"))
    assert height == 39 * int(value(section, "w:docGrid", "w:linePitch"))


def test_footer_numbers_the_pages() -> None:
    footer = etree.fromstring(PARTS["word/footer1.xml"])
    assert value(footer, "w:fldSimple", "w:instr").strip() == "PAGE"
    assert "".join(t.text or "" for t in footer.iter(qn("w:t"))) == "- 1 -"
    references = [r.get(qn("w:type")) for r in DOCUMENT.iter(qn("w:footerReference"))]
    assert references == ["default"]


def test_settings_are_those_of_a_japanese_document_of_today() -> None:
    modes = {s.get(qn("w:name")): s.get(qn("w:val")) for s in SETTINGS.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"
    assert value(SETTINGS, "w:characterSpacingControl") == "compressPunctuation"
    assert value(SETTINGS, "w:themeFontLang", "w:eastAsia") == "ja-JP"


def test_nothing_of_somebody_else_is_in_it() -> None:
    assert not [name for name in PARTS if "thumbnail" in name]
    assert b"python-docx" not in b"".join(PARTS.values())
