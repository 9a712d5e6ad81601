"""styles.xml of the packaged base document: what a city office prints for a council.

Sizes are half-points, distances twips (1/20 point). Line heights in tables are exact, so that
they look the same whichever font stands in: 游明朝 is far taller than ＭＳ 明朝.
"""

from dataclasses import dataclass
from typing import Final

from ..content import style_names as names
from ..word.markup import W

MINCHO: Final = "游明朝"
GOTHIC: Final = "BIZ UDPゴシック"
RULE: Final = "404040"
SHADE: Final = "E9EEF4"
TEXT_WIDTH: Final = 9240
"""Between the margins of our A4 page: 44 characters of 10.5 points, in twips."""

_BOLD: Final = "<w:b/><w:bCs/>"
_KEEP: Final = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True)
class ParagraphStyle:
    """A paragraph style: properties are XML in the order of the schema."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    next: str = ""
    builtin: bool = False

    def xml(self) -> str:
        """Return the w:style element."""
        custom = "" if self.builtin else ' w:customStyle="1"'
        follows = f'<w:next w:val="{self.next}"/>' if self.next else ""
        return (
            f'<w:style w:type="paragraph"{custom} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="{self.based_on}"/>{follows}'
            f'<w:uiPriority w:val="1"/><w:qFormat/><w:pPr>{self.paragraph}</w:pPr>'
            f"<w:rPr>{self.run}</w:rPr></w:style>"
        )


def fonts(name: str) -> str:
    """Return a w:rFonts that names the font for every script: eastAsia alone is not enough."""
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _heading(level: int, half_points: int, spacing: str, border: str = "") -> ParagraphStyle:
    return ParagraphStyle(
        id=f"Heading{level}",
        name=f"heading {level}",
        paragraph=f'{_KEEP}{border}<w:snapToGrid w:val="0"/><w:spacing {spacing}/>'
        f'<w:outlineLvl w:val="{level - 1}"/>',
        run=fonts(GOTHIC) + _BOLD + '<w:color w:val="000000"/>' + _size(half_points),
        next="BodyText",
        builtin=True,
    )


def _cell(
    id: str, name: str, align: str, run: str = "", based_on: str = "AsoCell"
) -> ParagraphStyle:
    return ParagraphStyle(id, name, f'<w:jc w:val="{align}"/>', run, based_on)


def _contents_entry(level: int, place: str) -> ParagraphStyle:
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    name = names.CONTENTS_ENTRY[level - 1]
    return ParagraphStyle(f"TOC{level}", name, tabs + place, next="Normal", builtin=True)


def _box(sides: tuple[str, ...], size: int, space: int = 0) -> str:
    line = f'w:val="single" w:sz="{size}" w:space="{space}" w:color="{RULE}"'
    return "".join(f"<w:{side} {line}/>" for side in sides)


_SIDES: Final = ("top", "left", "bottom", "right")

PARAGRAPH_STYLES: Final = (
    _heading(
        1,
        28,
        'w:before="120" w:after="240"',
        f"<w:pBdr>{_box(('bottom',), 6, 4)}</w:pBdr>",
    ),
    _heading(2, 22, 'w:before="280" w:after="90"'),
    _heading(3, 21, 'w:before="240" w:after="60"'),
    ParagraphStyle(
        "BodyText",
        names.BODY,
        '<w:ind w:firstLineChars="100" w:firstLine="210"/><w:jc w:val="both"/>',
        builtin=True,
    ),
    ParagraphStyle(
        "Caption",
        "caption",
        '<w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:before="200" w:after="80"/>',
        fonts(GOTHIC) + _size(20),
        next="BodyText",
        builtin=True,
    ),
    ParagraphStyle(
        "AsoFigure",
        names.FIGURE,
        f'{_KEEP}<w:snapToGrid w:val="0"/><w:spacing w:before="240"/><w:jc w:val="center"/>',
        next="Caption",
    ),
    ParagraphStyle(
        "Title",
        names.TITLE,
        '<w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:before="240" w:after="360"/>'
        '<w:jc w:val="center"/>',
        fonts(GOTHIC) + _BOLD + _size(36),
        next="BodyText",
        builtin=True,
    ),
    ParagraphStyle(
        "TOCHeading",
        names.CONTENTS,
        f'{_KEEP}<w:snapToGrid w:val="0"/><w:spacing w:before="240" w:after="160"/>',
        fonts(GOTHIC) + _BOLD + _size(28),
        next="BodyText",
        builtin=True,
    ),
    _contents_entry(1, '<w:spacing w:before="60"/>'),
    _contents_entry(2, '<w:ind w:leftChars="100" w:left="210"/>'),
    ParagraphStyle(
        "Header",
        "header",
        '<w:snapToGrid w:val="0"/><w:jc w:val="right"/>',
        fonts(GOTHIC) + _size(18),
        builtin=True,
    ),
    ParagraphStyle(
        "Footer",
        "footer",
        '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>',
        _size(20),
        builtin=True,
    ),
    ParagraphStyle(
        "AsoCell",
        names.CELL_TEXT,
        '<w:snapToGrid w:val="0"/><w:spacing w:line="260" w:lineRule="exact"/>',
        _size(18),
    ),
    _cell("AsoCellHead", names.CELL_HEAD, "center", fonts(GOTHIC)),
    _cell("AsoCellNumber", names.CELL_NUMBER, "right"),
    _cell("AsoCellCenter", names.CELL_CENTER, "center"),
    ParagraphStyle(
        "AsoVerdictText",
        names.VERDICT_TEXT,
        '<w:snapToGrid w:val="0"/><w:spacing w:line="300" w:lineRule="exact"/>',
        _size(20),
    ),
    _cell("AsoVerdictHead", names.VERDICT_HEAD, "center", fonts(GOTHIC), "AsoVerdictText"),
    _cell("AsoVerdict", names.VERDICT, "center", based_on="AsoVerdictText"),
    ParagraphStyle(
        "AsoNote",
        names.NOTE,
        '<w:snapToGrid w:val="0"/><w:spacing w:before="80" w:line="260" w:lineRule="exact"/>'
        '<w:ind w:leftChars="100" w:left="170" w:hangingChars="100" w:hanging="170"/>'
        "<w:contextualSpacing/>",
        _size(17),
    ),
    ParagraphStyle(
        "AsoBanner",
        names.BANNER,
        f"{_KEEP}<w:pBdr>{_box(_SIDES, 8, 6)}</w:pBdr>"
        '<w:snapToGrid w:val="0"/><w:spacing w:after="360" w:line="360" w:lineRule="exact"/>'
        '<w:ind w:left="160" w:right="160"/>'
        '<w:contextualSpacing/><w:jc w:val="center"/>',
        fonts(GOTHIC) + _BOLD + _size(24),
    ),
)


def _table(id: str, name: str, padding: tuple[int, int], shaded: str) -> str:
    """Return a table style with thin rules inside, stronger ones around, and shaded labels."""
    lines = _box(_SIDES, 8) + _box(("insideH", "insideV"), 4)
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in zip(_SIDES, padding * 2, strict=True)
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="2"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
        f'</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr><w:tblStylePr w:type="{shaded}"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr></w:style>'
    )


_DEFAULTS: Final = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(MINCHO)}{_size(21)}"
    '<w:lang w:val="ja-JP" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr><w:kinsoku/><w:overflowPunct/>"
    '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
)
_BASIC: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    f'<w:style w:type="character" w:styleId="Strong"><w:name w:val="{names.STRONG}"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="1"/><w:qFormat/>'
    f"<w:rPr>{fonts(GOTHIC)}{_BOLD}</w:rPr></w:style>"
)


def styles_xml() -> str:
    """Return styles.xml whole."""
    tables = _table("AsoEvaluation", names.EVALUATION, (85, 100), "firstCol") + _table(
        "AsoListing", names.LISTING, (40, 57), "firstRow"
    )
    paragraphs = "".join(style.xml() for style in PARAGRAPH_STYLES)
    return f'<w:styles xmlns:w="{W}">{_DEFAULTS}{_BASIC}{paragraphs}{tables}</w:styles>'
