"""Numbers of captions, references to them and the contents, after blocks or headings changed."""

from __future__ import annotations

from typing import Final

from ..base.bookmark_writer import BookmarkWriter
from ..content.style_names import CONTENTS_ENTRY
from ..word import captions, contents
from .edited_document import OpenedDocument
from .element_names import CODE, ID, SIMPLE_FIELD, START

_HEADINGS: Final = ("Heading 1", "Heading 2")


def renew_fields(opened: OpenedDocument, *, headings: bool) -> tuple[str, ...]:
    """Make the fields show what Word would compute; return what is left to do in Word.

    ``headings`` says whether they changed, so that the contents have to.
    """
    fields = list(opened.body.iter(CODE, SIMPLE_FIELD))
    captions.number(fields, strict=False)
    if not headings:
        return ()
    if not contents.clear(fields):
        return ("見出しの一覧(目次)は、Word で目次を選び F9 キーを押して更新してください。",)
    styles = {n: style for n in (*_HEADINGS, *CONTENTS_ENTRY) if (style := opened.style(n))}
    taken = [
        int(number) for s in opened.root.iter(START) if (number := s.get(ID) or "").isdecimal()
    ]
    contents.fill(opened.body, fields, styles, BookmarkWriter(max(taken, default=0)))
    opened.reindex()
    return ()
