"""How the series of a chart look: told apart by lightness, pattern and outline, not by colour alone.

Every verdict stays what it is in a black-and-white print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..content.blocks import SeriesLook

FONT: Final = "BIZ UDPゴシック"
INK, PAPER, NAVY, RED = "262626", "FFFFFF", "1F4E79", "9C1C12"
BLUE, SKY, BROWN = "7FA8D1", "CFDFF0", "8C5A2B"
DARK, GREY, LINE = "595959", "7F7F7F", "D9D9D9"
_EMU_PER_POINT: Final = 12700


def solid(colour: str) -> str:
    """Return a fill of one colour."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def pattern(name: str, colour: str) -> str:
    """Return a fill of a pattern in one colour on paper."""
    return (
        f'<a:pattFill prst="{name}"><a:fgClr><a:srgbClr val="{colour}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{PAPER}"/></a:bgClr></a:pattFill>'
    )


def line(colour: str, points: float = 0.75, dash: str = "solid") -> str:
    """Return an outline or line."""
    width = round(points * _EMU_PER_POINT)
    return f'<a:ln w="{width}">{solid(colour)}<a:prstDash val="{dash}"/></a:ln>'


NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"
BLANK_PAPER: Final = f"<c:spPr>{solid(PAPER)}{NO_LINE}</c:spPr>"
"""What lies behind labels that lines may cross."""


@dataclass(frozen=True)
class Bar:
    """A bar's fill and outline, the colour of its label, and what lies behind the label.

    ``stripes`` is the colour of a bar that is cut.
    """

    fill: str
    outline: str
    ink: str = INK
    behind: str = "<a:noFill/>"
    stripes: str = GREY


@dataclass(frozen=True)
class Course:
    """A line; its marker with size in points and fill; the colour of its outline and labels."""

    line: str
    marker: str
    size: int
    fill: str
    colour: str


_ON_PAPER: Final = solid(PAPER)

BARS: Final[Mapping[SeriesLook, Bar]] = {
    "achieved": Bar(solid(NAVY), line(NAVY), ink=PAPER, stripes=NAVY),
    "missed": Bar(solid("F6D5B8"), line(BROWN), stripes=BROWN),
    "blank": Bar(solid(PAPER), line(GREY, dash="sysDash")),
    "unpublished": Bar(pattern("ltUpDiag", GREY), line(GREY), behind=_ON_PAPER),
    "excluded": Bar(pattern("pct10", GREY), line(GREY), behind=_ON_PAPER),
    "actual": Bar(solid(NAVY), line(NAVY), ink=PAPER),
    "baseline": Bar(solid(LINE), line(GREY)),
    "target": Bar(solid(PAPER), line(INK, dash="dash")),
    "yearly": Bar(solid(PAPER), line(RED, dash="dash")),
    "grade_1": Bar(solid(NAVY), line(NAVY), ink=PAPER),
    "grade_2": Bar(solid(BLUE), line(NAVY)),
    "grade_3": Bar(solid(SKY), line(NAVY)),
    "grade_4": Bar(pattern("pct20", NAVY), line(NAVY), behind=_ON_PAPER),
    "grade_5": Bar(pattern("ltHorz", BROWN), line(BROWN), behind=_ON_PAPER),
    "grade_6": Bar(pattern("smGrid", BROWN), line(BROWN), behind=_ON_PAPER),
    "grade_7": Bar(pattern("ltVert", BROWN), line(BROWN), behind=_ON_PAPER),
    "grade_last": Bar(pattern("dkDnDiag", BROWN), line(BROWN), behind=_ON_PAPER),
}
"""The better a grade, the darker it is; the last one is striped whatever its number."""

COURSES: Final[Mapping[SeriesLook, Course]] = {
    "actual": Course(line(NAVY, 2.25), "circle", 7, NAVY, NAVY),
    "target": Course(line(RED, 1.5, "dash"), "square", 5, PAPER, RED),
    "yearly": Course(line(RED, 0.75, "sysDot"), "triangle", 7, PAPER, RED),
    "baseline": Course(line(DARK, 1, "sysDot"), "diamond", 6, PAPER, DARK),
}
OTHER_COURSE: Final = Course(line(DARK, 1), "triangle", 6, DARK, DARK)


ONE_LINE: Final = ' wrap="none"'
"""Of labels: a figure is never broken."""


def text(points: float, colour: str = INK, *, bold: bool = False, body: str = "") -> str:
    """Return a c:txPr: size, colour and both typefaces, said wherever text is shown."""
    body = f"<a:bodyPr{body}/><a:lstStyle/>"
    return (
        f"<c:txPr>{body}<a:p><a:pPr>{run(points, colour, bold=bold)}</a:pPr>{_END}</a:p></c:txPr>"
    )


_END: Final = '<a:endParaRPr lang="ja-JP"/>'


def run(points: float, colour: str = INK, *, bold: bool = False, name: str = "defRPr") -> str:
    """Return run properties (``defRPr`` of a paragraph, ``rPr`` of a run)."""
    return (
        f'<a:{name} lang="ja-JP" sz="{round(points * 100)}" b="{int(bold)}">{solid(colour)}'
        f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/></a:{name}>'
    )


def _show(value: int) -> str:
    others = ("CatName", "SerName", "Percent", "BubbleSize")
    return f'<c:showLegendKey val="0"/><c:showVal val="{value}"/>' + "".join(
        f'<c:show{name} val="0"/>' for name in others
    )


SHOW_VALUE, SHOW_NONE = _show(1), _show(0)
