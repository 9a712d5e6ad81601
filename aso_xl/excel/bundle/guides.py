"""The guides of ``docs/`` as Word documents, for those who read no Markdown and have no internet."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ...report.content.blocks import Block, Document, Section, TableOfContents
from ...report.content.markdown import Page, blocks_of, title_of

FOLDER: Final = "手引"
GUIDES: Final[Mapping[str, str]] = {
    "secretariat.md": "事務局の手引.docx",
    "department.md": "担当課の手引.docx",
    "it.md": "情報担当の手引.docx",
    "word.md": "Word文書の手引.docx",
    "findings.md": "指摘の一覧.docx",
    "rules.md": "判定のきまり.docx",
}
"""Page → document: the three guides, and the pages to which they lead."""
_SHORT: Final = frozenset({"department.md"})
"""Pages of one sheet of paper: they have no contents."""


def put_guides(docs: Path, folder: Path, author: str) -> None:
    """Write the guides into a folder, which is made. Raise OSError where a page is missing."""
    from ...report.word.word import write

    folder.mkdir()
    for name, document in GUIDES.items():
        stream = io.BytesIO()
        write(guide(docs, name, author), stream)
        (folder / document).write_bytes(stream.getvalue())


def guide(docs: Path, name: str, author: str) -> Document:
    """Return the document of a page."""
    text = (docs / name).read_text(encoding="utf-8")
    blocks: tuple[Block, ...] = blocks_of(Page(text, _link, lambda source: _image(docs / source)))
    if name not in _SHORT:
        blocks = (blocks[0], TableOfContents(depth=1), *blocks[1:])
    return Document(title_of(text), author, (Section("手引", blocks),))


def _link(target: str) -> str:
    """Return the document to which a link leads; "" where it is not among the guides."""
    return GUIDES.get(target.partition("#")[0], "")


def _image(path: Path) -> bytes:
    """Return the image of a picture; of a drawing (.svg), which Word cannot show, its .png."""
    return path.with_suffix(".png").read_bytes()
