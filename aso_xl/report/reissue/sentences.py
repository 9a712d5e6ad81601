"""Prose that the report prints from the workbook: renewed as long as staff have not changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import Final, Literal, assert_never

from ..base.bookmark_writer import REFERENCE
from ..content.blocks import (
    MARK,
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    LinkedText,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Piece,
    Reference,
    Styled,
    TableOfContents,
    Text,
    Underlined,
)
from ..content.naming import is_prose
from ..content.printed import Place, refers, shown
from ..word.captions import REFERS
from .bookmark_index import Bookmark, Bookmarks
from .changes import Change, Kept
from .edited_document import OpenedDocument
from .element_names import ANCHORS, CODE, END, FIELD, ID, NAME, SIMPLE_FIELD, START, Element, w
from .new_blocks import Scribe
from .outline import name_of
from .runs import run_text
from .texts import set_lines, set_text, text_of
from .widths import Widths, as_in, narrow

State = Literal["right", "old", "theirs", "both"]
_KIND: Final = w("fldCharType")


def state_of(printed: str, remembered: str | None, wanted: str) -> State:
    """Return how the words in a document stand to those last printed and those wanted now.

    ``right``: as wanted · ``old``: as last printed · ``theirs``: changed by staff alone, or nobody
    knows · ``both``: changed by staff and in the workbook.
    """
    printed, wanted = plain(printed), plain(wanted)
    if printed == wanted:
        return "right"
    if remembered is None or plain(remembered) == wanted:
        return "theirs"
    return "old" if plain(remembered) == printed else "both"


def says(mark: Bookmark, text: str, figures: Set[Element]) -> bool:
    """Return whether a place still says what was printed there."""
    return plain(_words_of(mark, figures)) == plain(text)


def figure_runs(marks: Bookmarks) -> Set[Element]:
    """Return the runs of all places but prose: a sentence is compared without its figures."""
    places = (mark for name in marks if not is_prose(name) for mark in marks.all(name))
    return {run for mark in places for run in mark.runs}


def renew_prose(
    opened: OpenedDocument, document: Document, known: Mapping[str, Place], usual: Widths
) -> Iterator[Change]:
    """Renew headings, sentences and notes of the report that staff have left as they were.

    Their numbers are as wide as those that stood there, else as the ``usual`` ones.
    """
    figures = figure_runs(opened.marks)
    scribe: Scribe | None = None
    for block in document.blocks():
        name = name_of(block)
        if not is_prose(name) or name not in opened.marks or name not in opened.memory:
            continue
        mark, place = opened.marks[name], known[name]
        printed = _words_of(mark, figures)
        state = state_of(printed, opened.memory[name].text, place.text)
        if state == "old":
            scribe = scribe or Scribe(opened, document)
            shaped = _shaped(block, text_of(mark), usual)
            state = "old" if _set(mark, shaped, scribe) else "both"
        if state in ("old", "both"):
            kind = Change if state == "old" else Kept
            yield kind(name, place.label, shown(printed), shown(place.text))
    if scribe:
        opened.reindex()


def _words_of(mark: Bookmark, figures: Set[Element]) -> str:
    """Return what a place says, but of a figure nothing, and of a reference to what it refers."""
    return text_of(mark) if len(mark.paragraphs) > 1 else "".join(_words(mark, figures))


def _shaped(block: Block, shown: str, usual: Widths) -> Block:
    """Return a block of prose in the width of what stands in its place."""
    match block:
        case Heading(text):
            return replace(block, text=as_in(shown, text, usual))
        case Notes(lines):
            return replace(block, lines=tuple(as_in(shown, line, usual) for line in lines))
        case Paragraph(str(text)):
            return replace(block, text=as_in(shown, text, usual))
        case Paragraph(text):
            return replace(block, text=tuple(_piece(shown, piece, usual) for piece in text))
        case (
            EvaluationTable() | DataTable() | Chart() | Picture() | TableOfContents() | PageBreak()
        ):
            return block
        case _:
            assert_never(block)


def _piece(shown: str, piece: Piece, usual: Widths) -> Piece:
    match piece:
        case str():
            return as_in(shown, piece, usual)
        case Figure(_, text) | Styled(text) | LinkedText(text) | Underlined(text):
            return replace(piece, text=as_in(shown, text, usual))
        case Reference():
            return piece
        case _:
            assert_never(piece)


def _set(mark: Bookmark, block: Block, scribe: Scribe) -> bool:
    """Put what a block says in a place; return False where its marks are too tangled for that.

    A sentence of words alone keeps the formatting of its first run.
    """
    match block:
        case Notes(lines):
            set_lines(mark, lines)
        case Heading(text):
            set_text(mark, text)
        case Paragraph(str(text)) if not _has_figures(mark):
            set_text(mark, text)
        case Paragraph(text):
            return _rewrite(mark, text, scribe)
        case (
            EvaluationTable() | DataTable() | Chart() | Picture() | TableOfContents() | PageBreak()
        ):
            pass
        case _:
            assert_never(block)
    return True


def _has_figures(mark: Bookmark) -> bool:
    """Return whether places of ours stand within one: they go with the words around them."""
    starts = (each for paragraph in mark.paragraphs for each in paragraph.iter(START))
    return any(s is not mark.start and (s.get(NAME) or "").startswith(MARK) for s in starts)


def plain(text: str) -> str:
    """Return a text without blanks and line ends, which programs change, its figures half-width."""
    return "".join(narrow(text).split())


def _words(mark: Bookmark, figures: Set[Element]) -> Iterator[str]:
    """Yield the pieces of a sentence; what a field shows is left out."""
    depth, simple = 0, None
    for run in mark.shown:
        parent = run.getparent()
        if parent is not None and parent.tag == SIMPLE_FIELD:
            if parent is not simple:
                yield _reference(parent.get(w("instr")) or "")
            simple = parent
            continue
        for child in run:
            kind = child.get(_KIND) if child.tag == FIELD else ""
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            if child.tag == CODE:
                yield _reference(child.text or "")
        if depth == 0 and run not in figures:
            yield run_text(run)


def _reference(code: str) -> str:
    found = REFERS.match(code)
    return refers(found[1].removeprefix(REFERENCE)) if found else ""


def _rewrite(mark: Bookmark, text: Text, scribe: Scribe) -> bool:
    """Write a sentence anew between the ends of its mark; anchors of others stay before it."""
    paragraph = mark.start.getparent()
    if paragraph is None or mark.end.getparent() is not paragraph:
        return False
    between = list(paragraph)[paragraph.index(mark.start) + 1 : paragraph.index(mark.end)]
    ours = {e.get(ID) for e in between if e.tag == START and (e.get(NAME) or "").startswith(MARK)}
    for element in between:
        is_anchor = element.tag in ANCHORS
        if not is_anchor or (element.tag in (START, END) and element.get(ID) in ours):
            paragraph.remove(element)
    for run in scribe.runs(text):
        mark.end.addprevious(run)
    return True
