"""The looks of our own sheets, put into a workbook's styles behind those that are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from ...office.part_xml import local_name
from ..build.styles import FONT, HEAD_FILL, INPUT_FILL, LINK_BLUE, ODD, RULE_GREY
from .sheet_cells import MAIN
from .workbook_part import KINDS, WORKBOOK

_TEXT: Final = "49"
"""The number format of text (@)."""
_SIDES: Final = ("left", "right", "top", "bottom")
BEFORE_MARKS: Final = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
)
"""What stands before the conditional formats in the order of the schema."""


@dataclass(frozen=True)
class Looks:
    """Cell formats by their number in the workbook's styles; ``open`` is a conditional one."""

    head: str
    text: str
    number: str
    input: str
    input_text: str
    link: str
    line: str
    open: str


def add_looks(copy: PackageCopy) -> Looks:
    """Return the looks of our own sheets; those that the workbook has already are used again."""
    part = next(p for kind, p in copy.links(WORKBOOK).values() if kind == f"{KINDS}/styles")
    styles = _Styles(copy.xml(part))
    looks = Looks(
        head=styles.look(fill=HEAD_FILL, bold=True, horizontal="center", vertical="center"),
        text=styles.look(horizontal="left"),
        number=styles.look(horizontal="right"),
        input=styles.look(fill=INPUT_FILL, locked=False, horizontal="left"),
        input_text=styles.look(fill=INPUT_FILL, locked=False, horizontal="left", format=_TEXT),
        link=styles.look(horizontal="left", is_link=True),
        line=styles.line(),
        open=styles.mark(ODD["bg_color"]),
    )
    if styles.grown:
        copy.set_xml(part, styles.root)
    return looks


class _Styles:
    """The XML of a workbook's styles, and whether something was added to it."""

    def __init__(self, root: etree._Element) -> None:
        self.root, self.grown = root, False

    def look(
        self,
        *,
        horizontal: str,
        vertical: str = "top",
        fill: str = "",
        bold: bool = False,
        locked: bool = True,
        format: str = "0",
        is_link: bool = False,
    ) -> str:
        """Return the number of a boxed, wrapped cell format."""
        font = self._font(bold, is_link=is_link)
        used = {"fontId": font, "fillId": self._fill(fill), "borderId": self._box()}
        applied = ("Font", "Fill", "Border", "Alignment", "Protection")
        attributes = {
            "numFmtId": format,
            **used,
            "xfId": "0",
            **{f"apply{a}": "1" for a in applied},
        }
        xf = _element("xf", **attributes)
        xf.append(_element("alignment", horizontal=horizontal, vertical=vertical, wrapText="1"))
        xf.append(_element("protection", locked=str(int(locked))))
        return self._number("cellXfs", xf)

    def line(self) -> str:
        """Return the number of the format of a line of text that runs over the cells beside it."""
        used = {"fontId": self._font(bold=False), "fillId": "0", "borderId": "0"}
        return self._number(
            "cellXfs", _element("xf", numFmtId="0", **used, xfId="0", applyFont="1")
        )

    def mark(self, colour: str) -> str:
        """Return the number of a conditional format that fills the cell."""
        mark = _element("dxf")
        pattern = etree.SubElement(etree.SubElement(mark, f"{MAIN}fill"), f"{MAIN}patternFill")
        pattern.append(_element("bgColor", rgb=_rgb(colour)))
        if self.root.find(f"{MAIN}dxfs") is None:
            before = [c for c in self.root if local_name(c) in BEFORE_MARKS]
            before[-1].addnext(_element("dxfs", count="0"))
        return self._number("dxfs", mark)

    def _font(self, bold: bool, *, is_link: bool = False) -> str:
        font = _element("font")
        if bold:
            font.append(_element("b"))
        if is_link:
            font.append(_element("u"))
        colour = {"rgb": _rgb(LINK_BLUE)} if is_link else {"theme": "1"}
        font.extend([_element("sz", val="10"), _element("color", **colour)])
        font.extend([_element("name", val=FONT), _element("family", val="2")])
        return self._number("fonts", font)

    def _fill(self, colour: str) -> str:
        if not colour:
            return "0"
        fill = _element("fill")
        pattern = etree.SubElement(fill, f"{MAIN}patternFill", patternType="solid")
        pattern.append(_element("fgColor", rgb=_rgb(colour)))
        pattern.append(_element("bgColor", indexed="64"))
        return self._number("fills", fill)

    def _box(self) -> str:
        border = _element("border")
        for side in _SIDES:
            line = etree.SubElement(border, f"{MAIN}{side}", style="thin")
            line.append(_element("color", rgb=_rgb(RULE_GREY)))
        border.append(_element("diagonal"))
        return self._number("borders", border)

    def _number(self, kind: str, wanted: etree._Element) -> str:
        """Return where such an element stands among its kind, adding it if there is none."""
        group = next(self.root.iterchildren(f"{MAIN}{kind}"))
        for number, present in enumerate(group):
            if _same(present, wanted):
                return str(number)
        group.append(wanted)
        group.set("count", str(len(group)))
        self.grown = True
        return str(len(group) - 1)


def _element(name: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{MAIN}{name}", attributes)


def _rgb(colour: str) -> str:
    return f"FF{colour.lstrip('#')}"


def _same(one: etree._Element, other: etree._Element) -> bool:
    return (
        one.tag == other.tag
        and sorted(one.items()) == sorted(other.items())
        and len(one) == len(other)
        and all(map(_same, one, other))
    )
