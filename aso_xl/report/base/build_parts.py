"""The parts of the packaged base document that hold no styles: page, footer, settings, fonts.

Fonts are named outright everywhere; the theme repeats them for charts and for Word's menus.
"""

from typing import Final

from ..word.markup import W
from .build_styles import GOTHIC, MINCHO

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_COMPAT_URI: Final = "http://schemas.microsoft.com/office/word"

SECTION: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1640" w:right="1333" w:bottom="1518" w:left="1333"'
    ' w:header="794" w:footer="737" w:gutter="0"/>'
    '<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="380"/></w:sectPr>'
)
"""A4 upright: 44 characters of 10.5 points by 36 lines of 19 points."""

_CONTENT_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in (
            ("word/document.xml", f"{_WORD_TYPE}.document.main+xml"),
            ("word/styles.xml", f"{_WORD_TYPE}.styles+xml"),
            ("word/settings.xml", f"{_WORD_TYPE}.settings+xml"),
            ("word/fontTable.xml", f"{_WORD_TYPE}.fontTable+xml"),
            ("word/footer1.xml", f"{_WORD_TYPE}.footer+xml"),
            ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
            (
                "docProps/core.xml",
                "application/vnd.openxmlformats-package.core-properties+xml",
            ),
        )
    )
    + "</Types>"
)


def _relations(*relations: tuple[str, str]) -> str:
    """Return a .rels part; ids are rId1, rId2, … in the order given."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


_WORD: Final = f"{_OFFICE}/relationships"
_PACKAGE_RELATIONS: Final = _relations(
    (f"{_WORD}/officeDocument", "word/document.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)
_DOCUMENT_RELATIONS: Final = _relations(
    (f"{_WORD}/styles", "styles.xml"),
    (f"{_WORD}/settings", "settings.xml"),
    (f"{_WORD}/fontTable", "fontTable.xml"),
    (f"{_WORD}/theme", "theme/theme1.xml"),
    (f"{_WORD}/footer", "footer1.xml"),
)

_CORE: Final = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>報告書のひな形</dc:title><dc:language>ja-JP</dc:language>"
    "</cp:coreProperties>"
)

_FOOTER: Final = (
    f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">- </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> -</w:t></w:r></w:p></w:ftr>'
)

_SETTINGS: Final = (
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="840"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotExpandShiftReturn/>"
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_COMPAT_URI}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    + '</w:compat><w:themeFontLang w:val="ja-JP" w:eastAsia="ja-JP"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
    ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
    ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
"""doNotExpandShiftReturn: a justified line before a line break is not stretched."""


def _font(name: str, stand_in: str, panose: str, family: str) -> str:
    """Return a font whose stand-in Word takes where the font itself is not installed."""
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{stand_in}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="80"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )


_FONT_TABLE: Final = (
    f'<w:fonts xmlns:w="{W}">'
    + _font(MINCHO, "ＭＳ 明朝", "02020400000000000000", "roman")
    + _font(GOTHIC, "ＭＳ Ｐゴシック", "020B0400000000000000", "swiss")
    + "</w:fonts>"
)

_COLOURS: Final = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F3B57",
    "lt2": "E9EEF4",
    "accent1": "1F4E79",
    "accent2": "7F7F7F",
    "accent3": "5B8C5A",
    "accent4": "B07D2B",
    "accent5": "8C4A4A",
    "accent6": "5A5A8C",
    "hlink": "0563C1",
    "folHlink": "6B4A8C",
}
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE: Final = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def _theme_font(tag: str, name: str) -> str:
    faces = f'<a:latin typeface="{name}"/><a:ea typeface="{name}"/><a:cs typeface=""/>'
    return f"<a:{tag}>{faces}</a:{tag}>"


_THEME: Final = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="報告書">'
    '<a:themeElements><a:clrScheme name="報告書">'
    + "".join(f'<a:{tag}><a:srgbClr val="{rgb}"/></a:{tag}>' for tag, rgb in _COLOURS.items())
    + '</a:clrScheme><a:fontScheme name="報告書">'
    + _theme_font("majorFont", GOTHIC)
    + _theme_font("minorFont", MINCHO)
    + '</a:fontScheme><a:fmtScheme name="報告書">'
    f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)

PARTS: Final = {
    "[Content_Types].xml": _CONTENT_TYPES,
    "_rels/.rels": _PACKAGE_RELATIONS,
    "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
    "docProps/core.xml": _CORE,
    "word/settings.xml": _SETTINGS,
    "word/fontTable.xml": _FONT_TABLE,
    "word/footer1.xml": _FOOTER,
    "word/theme/theme1.xml": _THEME,
}
"""Part name → XML without its declaration; styles and body are added by the builder."""
