"""The XML of the base document, as people read and change it, zipped: the same bytes every time."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree

BASE: Final = Path(__file__).parents[2] / "aso_xl" / "report" / "base"
XML: Final = BASE / "document"
PACKAGED: Final = BASE / "base.docx"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_FIRST: Final = "[Content_Types].xml"


def build() -> bytes:
    """Return base.docx: every file under ``document``, without the blanks between elements."""
    files = {p.relative_to(XML).as_posix(): p for p in XML.rglob("*") if p.is_file()}
    names = sorted(files, key=lambda name: (name != _FIRST, name))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            item = zipfile.ZipInfo(name, _EPOCH)
            item.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(item, _dense(files[name].read_bytes()))
    return buffer.getvalue()


def _dense(xml: bytes) -> bytes:
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
    return etree.tostring(
        etree.fromstring(xml, parser), xml_declaration=True, encoding="UTF-8", standalone=True
    )
