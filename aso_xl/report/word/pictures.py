"""Pictures in a document that python-docx holds."""

from __future__ import annotations

import io
from typing import Final

from docx.document import Document as WordDocument

from ..charts.drawing import EMU_PER_MM
from ..content.blocks import Picture
from ..markup import W, attribute

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EMU_PER_PIXEL: Final = 9525
"""At 96 pixels an inch: no picture is shown larger than it is on the screen."""
_TALLEST: Final = 90 * EMU_PER_MM


def picture_xml(word: WordDocument, picture: Picture, number: int, width_emu: int) -> str:
    """Return the w:drawing, in line with the text, of a picture that is added to the package.

    ``number`` must be the only such in the document; the picture is at most as wide as given, in
    EMU, and less than half as high as a page. It stands within a run and declares its own prefixes.
    """
    relation, image = word.part.get_or_add_image(io.BytesIO(picture.image))
    tall = min(image.px_height * _EMU_PER_PIXEL, _TALLEST)
    wide = min(width_emu, tall * image.px_width // image.px_height)
    size = f'cx="{wide}" cy="{wide * image.px_height // image.px_width}"'
    about = f'id="{number}" name="図 {number}" descr="{attribute(picture.description)}"'
    return (
        f'<w:drawing xmlns:w="{W}"><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
        ' distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {about}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main">'
        f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="図 {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_OFFICE}" r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
