"""The tab of ribbon.xml drawn as a picture: no Excel is here to take one of."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from lxml import etree

_UI: Final = "{http://schemas.microsoft.com/office/2006/01/customui}"
_SIGNS: Final = {
    "check": "✓",
    "calculate": "Σ",
    "report": "W",
    "new": "＋",
    "split": "→",
    "status": "≡",
    "merge": "←",
    "return": "↩",
    "close": "鍵",
    "next": "⇒",
}
"""What stands for Excel's own images, which are not ours to draw."""

_BUTTON, _HEIGHT, _TOP, _EDGE = 92, 150, 40, 16
_FONT: Final = "BIZ UDPGothic, Meiryo UI, Yu Gothic UI, IPAexGothic, sans-serif"


def picture(ribbon: bytes) -> bytes:
    """Return the first tab of a ribbon as SVG: its label, its groups, the labels of the buttons."""
    tab = next(etree.fromstring(ribbon).iter(f"{_UI}tab"))
    groups = list(tab.iter(f"{_UI}group"))
    width = _EDGE * (len(groups) + 1) + _BUTTON * len(list(tab.iter(f"{_UI}button")))
    parts = [*_tab(str(tab.get("label")), width)]
    left = _EDGE
    for group in groups:
        buttons = list(group.iter(f"{_UI}button"))
        parts += _group(str(group.get("label")), buttons, left)
        left += _BUTTON * len(buttons) + _EDGE
    size = f'width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONT}">'
    return "\n".join([head, *parts, "</svg>\n"]).encode()


def _tab(label: str, width: int) -> Iterator[str]:
    yield f'<rect width="{width}" height="{_HEIGHT}" fill="#f3f2f1"/>'
    yield f'<rect y="32" width="{width}" height="{_HEIGHT - 32}" fill="#fff" stroke="#d2d0ce"/>'
    yield _text(label, 56, 21, 14, "#217346", bold=True)
    yield '<rect x="24" y="28" width="64" height="3" fill="#217346"/>'


def _group(label: str, buttons: list[etree._Element], left: int) -> Iterator[str]:
    right = left + _BUTTON * len(buttons)
    for number, button in enumerate(buttons):
        middle = left + _BUTTON * number + _BUTTON // 2
        box = f'x="{middle - 18}" y="{_TOP + 8}" width="36" height="36" rx="4"'
        yield f'<rect {box} fill="#e8f1fa" stroke="#1f4e79"/>'
        yield _text(_SIGNS[str(button.get("tag"))], middle, _TOP + 33, 20, "#1f4e79")
        yield _text(str(button.get("label")), middle, _TOP + 66, 13, "#201f1e")
    yield _text(label, (left + right) // 2, _HEIGHT - 10, 12, "#605e5c")
    edge = right + _EDGE // 2
    yield f'<path d="M{edge} {_TOP + 4}V{_HEIGHT - 8}" stroke="#d2d0ce"/>'


def _text(text: str, x: int, y: int, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x}" y="{y}" font-size="{size}" fill="{colour}"{weight}'
    return f'<text {place} text-anchor="middle">{escape(text)}</text>'
