"""Which paragraphs and tables of a document each block of its report is made of, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, assert_never

from ..base.bookmark_writer import REFERENCE
from ..content.blocks import (
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Section,
    TableOfContents,
)
from .bookmark_index import paragraph_of
from .edited_document import OpenedDocument
from .element_names import (
    ANCHORS,
    ID,
    NAME,
    P_PR,
    P_STYLE,
    SECTION,
    START,
    TBL,
    VAL,
    Element,
    P,
    R,
    w,
)
from .runs import run_text

_LEVELS: Final = {f"heading {level}": level for level in (1, 2, 3)}


class Beside(NamedTuple):
    """A point of the document: right after an element, or right before it."""

    element: Element
    is_after: bool


def name_of(block: Block) -> str:
    """Return the name of a block as a place; "" if it never comes or goes."""
    match block:
        case Heading(name=name) | Paragraph(name=name) | Notes(name=name):
            return name
        case DataTable(name=name) | Chart(name=name):
            return name
        case EvaluationTable() | Picture() | TableOfContents() | PageBreak():
            return ""
        case _:
            assert_never(block)


class Outline:
    """The blocks of a document as they stand; what is inserted belongs to it at once."""

    def __init__(self, opened: OpenedDocument) -> None:
        self._marks = opened.marks
        self._levels = {opened.style(name): level for name, level in _LEVELS.items()}
        self._captions = dict(_captions(opened.root))
        self._inserted: dict[str, Element] = {}

    def elements(self, name: str, *, is_table: bool) -> list[Element]:
        """Return what a named block is made of, its caption with it, in order; [] if it is gone."""
        if name not in self._marks:
            return []
        mark, caption = self._marks[name], self._captions.get(name)
        captions = [caption] if caption is not None else []
        if is_table:
            return [*captions, *[*mark.start.iterancestors(TBL)][:1]]
        return [*mark.paragraphs, *captions]

    def place_for(self, document: Document, section: Section, block: Block) -> Beside | None:
        """Return where a block belongs: after the one before it, else before the next; or None."""
        at = section.blocks.index(block)
        for before in reversed(section.blocks[:at]):
            if found := self._ends(before):
                return Beside(found[-1], is_after=True)
        for after in section.blocks[at:]:
            if found := self._ends(after):
                return Beside(found[0], is_after=False)
        sections = document.sections[: document.sections.index(section)]
        for before in (b for each in reversed(sections) for b in reversed(each.blocks)):
            if found := self._ends(before):
                return Beside(found[-1], is_after=True)
        return None

    def insert(self, beside: Beside, blocks: Iterable[Block], elements: list[Element]) -> None:
        """Put what blocks are made of in a place."""
        last = beside.element
        for element in elements:
            last.addnext(element) if beside.is_after else last.addprevious(element)
            last = element if beside.is_after else last
        self._inserted.update((name_of(block), elements[-1]) for block in blocks)

    def remove(self, name: str, *, is_table: bool = False) -> None:
        """Take out what a named block is made of; section ends and anchors of others stay."""
        for element in self.elements(name, is_table=is_table):
            _take_out(element)

    def level(self, paragraph: Element) -> int:
        """Return the level of a heading, 0 for any other paragraph."""
        style = paragraph.find(f"{P_PR}/{P_STYLE}")
        return 0 if style is None else self._levels.get(style.get(VAL) or "", 0)

    def is_empty(self, heading: Element) -> bool:
        """Return whether nothing stands under a heading before the next of its level or above."""
        for element in heading.itersiblings(P, TBL, w("sdt")):
            level = self.level(element) if element.tag == P else 0
            if level or element.tag != P or _prints(element):
                return 0 < level <= self.level(heading)
        return True

    def _ends(self, block: Block) -> list[Element]:
        """Return the elements of a block of the report, as far as they are known; [] if it is gone."""
        if isinstance(block, EvaluationTable):
            names = (block.figure, *(line.figure for line in block.headlines))
            return next(filter(None, (self.elements(n, is_table=True) for n in names)), [])
        name = name_of(block)
        if name in self._inserted:
            return [self._inserted[name]]
        return self.elements(name, is_table=isinstance(block, DataTable))


def _captions(root: Element) -> Iterator[tuple[str, Element]]:
    for start in root.iter(START):
        name, paragraph = start.get(NAME) or "", paragraph_of(start)
        if name.startswith(REFERENCE) and paragraph is not None:
            yield name.removeprefix(REFERENCE), paragraph


def _prints(paragraph: Element) -> bool:
    shown = (w("drawing"), w("pict"), w("object"))
    return any(map(run_text, paragraph.iter(R))) or next(paragraph.iter(*shown), None) is not None


def _take_out(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    for anchor in _loose_anchors(element):
        element.addprevious(anchor)
    if element.find(f"{P_PR}/{SECTION}") is None:
        parent.remove(element)
    else:
        for child in [child for child in element if child.tag != P_PR]:
            element.remove(child)


def _loose_anchors(element: Element) -> list[Element]:
    """Return the starts and ends in an element whose counterparts stand elsewhere."""
    anchors = list(element.iter(*ANCHORS))
    kinds = [(each.tag.removesuffix("Start").removesuffix("End"), each.get(ID)) for each in anchors]
    numbers = Counter(kinds)
    return [each for each, kind in zip(anchors, kinds, strict=True) if numbers[kind] == 1]
