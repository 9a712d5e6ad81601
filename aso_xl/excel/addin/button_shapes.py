"""Form buttons as Excel keeps them: shapes in a legacy VML drawing, placed by columns and pixels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

WIDTH, GAP, HEIGHT, MARGIN = 96, 8, 28, 2
ROW_POINTS: Final = (HEIGHT + 2 * MARGIN) * 0.75
"""The height of a row that holds buttons, in points."""

SHAPES_PER_BLOCK: Final = 1024
_POINTS_PER_PIXEL: Final = 0.75
DEFAULT_PIXELS: Final = 64
_IDMAP: Final = re.compile(rb'(<o:idmap\b[^>]*\bdata=")([^"]*)(")')
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f" o:connecttype="rect"/>'
    '<o:lock v:ext="edit" shapetype="t"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t201" alt="{caption}"'
    ' style="position:absolute;margin-left:{left:g}pt;margin-top:{top:g}pt;'
    'width:{width:g}pt;height:{height:g}pt;z-index:{order};mso-wrap-style:tight"'
    ' o:button="t" fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto">'
    '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/>'
    '<o:lock v:ext="edit" rotation="t"/>'
    '<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
    '<font face="Meiryo UI" size="200" color="#000000">{caption}</font></div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Anchor>{anchor}</x:Anchor>'
    "<x:PrintObject>False</x:PrintObject><x:AutoFill>False</x:AutoFill>"
    "<x:FmlaMacro>[0]!{macro}</x:FmlaMacro><x:TextHAlign>Center</x:TextHAlign>"
    "<x:TextVAlign>Center</x:TextVAlign></x:ClientData></v:shape>"
)
_NAMESPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


@dataclass(frozen=True)
class Button:
    """What stands on a button and the VBA Sub that it calls."""

    caption: str
    macro: str


@dataclass(frozen=True)
class ButtonPlace:
    """The left end of a row of buttons: column and row from 0, and how far down that row is."""

    column: int
    row: int
    top_points: float
    widths: Sequence[int]
    """The widths of the sheet's first columns in pixels; those beyond have Excel's default."""

    def spot(self, pixels: int) -> tuple[int, int]:
        """Return the column that many pixels right of the left end, and the pixels into it."""
        column = self.column
        while pixels >= self._width(column):
            pixels -= self._width(column)
            column += 1
        return column, pixels

    @property
    def left(self) -> int:
        return sum(self._width(column) for column in range(self.column))

    def _width(self, column: int) -> int:
        return self.widths[column] if column < len(self.widths) else DEFAULT_PIXELS


def drawing(buttons: Sequence[Button], place: ButtonPlace, block: int) -> bytes:
    """Return a VML drawing that holds the buttons side by side.

    ``block`` numbers its shapes (1024 to a block) and must be used by no other drawing of the
    workbook. The result is ASCII: captions are character references.
    """
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    shapes = _shapes(buttons, place, block)
    return f"<xml {_NAMESPACES}>{layout}{_SHAPE_TYPE}{shapes}</xml>".encode("ascii")


def added(drawing: bytes, buttons: Sequence[Button], place: ButtonPlace, block: int) -> bytes:
    """Return a sheet's VML drawing (of comments, say) with the buttons added at its end.

    It is spliced as text: what Excel writes into VML is not always well-formed XML.
    """
    shape_type = "" if b'"_x0000_t201"' in drawing else _SHAPE_TYPE
    inner = f"{shape_type}{_shapes(buttons, place, block)}".encode("ascii")
    head, end, tail = drawing.rpartition(b"</xml>")
    widened = _IDMAP.sub(rb"\g<1>\g<2>,%d\g<3>" % block, head, count=1)
    return widened + inner + end + tail


def blocks(drawing: bytes) -> set[int]:
    """Return the shape id blocks that a VML drawing uses."""
    return {
        int(number)
        for match in _IDMAP.finditer(drawing)
        for number in match[2].split(b",")
        if number.strip().isdigit()
    }


def _shapes(buttons: Sequence[Button], place: ButtonPlace, block: int) -> str:
    starts = accumulate([0, *[WIDTH + GAP] * (len(buttons) - 1)])
    return "".join(
        _shape(button, place, start, block * SHAPES_PER_BLOCK + number, number)
        for number, (button, start) in enumerate(zip(buttons, starts, strict=True), start=1)
    )


def _shape(button: Button, place: ButtonPlace, start: int, shape: int, order: int) -> str:
    left, into_left = place.spot(start)
    right, into_right = place.spot(start + WIDTH)
    row = place.row
    anchor = (left, into_left, row, MARGIN, right, into_right, row, MARGIN + HEIGHT)
    return _SHAPE.format(
        id=shape,
        order=order,
        caption=button.caption.encode("ascii", "xmlcharrefreplace").decode("ascii"),
        macro=button.macro,
        anchor=", ".join(map(str, anchor)),
        left=(place.left + start) * _POINTS_PER_PIXEL,
        top=place.top_points + MARGIN * _POINTS_PER_PIXEL,
        width=WIDTH * _POINTS_PER_PIXEL,
        height=HEIGHT * _POINTS_PER_PIXEL,
    )
