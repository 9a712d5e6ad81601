"""Comments beside places of a document, as Word keeps them: an internal edition's alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from ...office.part_xml import parsed, part_of
from ..content.blocks import MARK
from ..markup import W, attribute, run

AUTHOR: Final = "根拠"
_PART: Final = "/word/comments%d.xml"
_START, _END, _ID, _NAME = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:id", "w:name"))


def add_comments(word: WordDocument, comments: Mapping[str, Sequence[str]]) -> None:
    """Put a comment beside every named place of the body that has lines.

    The text and the bookmarks stay as they are, and what a base document has of comments.
    """
    body, root = word.element.body, _taken_out(word)
    ends = {end.get(_ID): end for end in body.iter(_END)}
    numbers = count(1 + max((int(each.get(_ID) or 0) for each in root), default=-1))
    when = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    for start in list(body.iter(_START)):
        lines = comments.get((start.get(_NAME) or "").removeprefix(MARK))
        end = ends.get(start.get(_ID))
        if lines and end is not None:
            number = str(next(numbers))
            _put_around(start, end, number)
            root.append(_comment(lines, number, when))
    part = Part(
        word.part.package.next_partname(_PART),
        CONTENT_TYPE.WML_COMMENTS,
        part_of(root),
        word.part.package,
    )
    word.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)


def _taken_out(word: WordDocument) -> Any:
    """Return the root of the comments that there are, whose part is taken out; an empty one for none."""
    for id_, relation in list(word.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.COMMENTS and not relation.is_external:
            word.part.rels.pop(id_)
            return parsed(relation.target_part.blob)
    return parsed(f'<w:comments xmlns:w="{W}"/>')


def _put_around(start: Any, end: Any, number: str) -> None:
    """Mark the range of a comment around a bookmark, with the sign that refers to it behind."""
    start.addprevious(_element("w:commentRangeStart", number))
    reference = OxmlElement("w:r")
    reference.append(_element("w:commentReference", number))
    end.addnext(reference)
    end.addnext(_element("w:commentRangeEnd", number))


def _element(tag: str, number: str) -> Any:
    return OxmlElement(tag, {_ID: number})


def _comment(lines: Sequence[str], number: str, when: str) -> Any:
    about = f'w:id="{number}" w:author="{attribute(AUTHOR)}" w:date="{when}" w:initials="根"'
    body = "".join(f"<w:p>{run(line)}</w:p>" for line in lines)
    return parsed(f'<w:comment xmlns:w="{W}" {about}>{body}</w:comment>')
