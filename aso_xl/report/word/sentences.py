"""Sentences → runs: figures marked, words in a style, links."""

from typing import Final, assert_never

from ..content.blocks import MARK, Figure, LinkedText, Piece, Reference, Styled, Text, Underlined
from ..content.style_names import LINK
from ..markup import attribute, run
from .captions import reference
from .frame import Frame

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sentence(text: Text, frame: Frame) -> str:
    """Return the runs of a text."""
    if isinstance(text, str):
        return run(text)
    return "".join(_piece(piece, frame) for piece in text)


def _piece(piece: Piece, frame: Frame) -> str:
    match piece:
        case Figure(name, text):
            return frame.marks.around(name, run(text))
        case Reference(name):
            return reference(name)
        case Styled(text, style):
            return run(text, frame.styles[style])
        case LinkedText(text, target):
            return _link(run(text, frame.styles[LINK]), target, frame)
        case Underlined(text):
            return run(text, underlined=True)
        case str():
            return run(piece)
        case _:
            assert_never(piece)


def _link(runs: str, target: str, frame: Frame) -> str:
    if target.startswith("#"):
        leads = f'w:anchor="{attribute(MARK + target[1:])}"'
    else:
        leads = f'xmlns:r="{_OFFICE}" r:id="{frame.relation(target)}"'
    return f'<w:hyperlink {leads} w:history="1">{runs}</w:hyperlink>'
