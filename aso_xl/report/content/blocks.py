"""What a report holds, in order, without a word about how it looks.

Whoever writes a report builds a `Document`; whoever prints it needs nothing else.
Looks belong to the base document, which staff may replace.

What re-issuing renews is named: figures in a sentence or a cell, notes, tables, charts. A name is
unique within a document, of ASCII letters, digits and ``_``, at most 34 characters, and the same
for the same figure in every run; it becomes a bookmark (`MARK` + name). Everything else is prose,
which belongs to staff once they have changed it; `naming` names it by its place.

Whatever prints a figure says its ``origin``. Origins are no part of what a block says: two blocks
that print the same are equal.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from .origins import Origin

MARK: Final = "_aso_"
"""How the bookmarks of named places begin: Word hides names that start with an underscore."""


@dataclass(frozen=True)
class Figure:
    """A figure within a sentence."""

    name: str
    text: str
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Reference:
    """A cross-reference to a captioned table or chart by its name; prints 「表 3」."""

    name: str


@dataclass(frozen=True)
class Styled:
    """Words in a character style of the base document."""

    text: str
    style: str


@dataclass(frozen=True)
class LinkedText:
    """Words that lead to a named heading of the document (``#name``), or to a file beside it."""

    text: str
    target: str


@dataclass(frozen=True)
class Underlined:
    """Words that a revision changed, underlined as official papers have it."""

    text: str


Piece: TypeAlias = str | Figure | Reference | Styled | LinkedText | Underlined
Text: TypeAlias = str | tuple[Piece, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; it stays with what follows, and stands in the contents."""

    text: str
    level: int = 1
    name: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in a paragraph style of the base document, named as Word stores it.

    With ``numbers`` it is an item of the numbered list of that name.
    """

    text: Text
    style: str = "Body Text"
    name: str = ""
    numbers: str = ""


class NoteLine(str):
    """A line of notes that says where its figures come from; else a text like any other."""

    origin: Origin

    def __new__(cls, text: str, origin: Origin) -> "NoteLine":
        """Return the text with its origin."""
        line = super().__new__(cls, text)
        line.origin = origin
        return line


@dataclass(frozen=True)
class Notes:
    """Small notes under a table, one paragraph a line; with a name they are renewed as a whole.

    Named notes without a line keep their place, unseen. A line with figures is a `NoteLine`.
    """

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class HeadlineRow:
    """One 数値目標: its statement and its result in words, which ``figure`` names."""

    statement: str
    result: str
    figure: str = ""
    is_achieved: bool = False
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class EvaluationTable:
    """The evaluation of one 基本目標: its line, its 数値目標 and the KPI line, if any.

    The title is printed as a heading of level 2 and stays with its table. ``figure`` names the
    KPI line, whose ``origin`` it is.
    """

    title: str
    headlines: tuple[HeadlineRow, ...]
    kpi_line: str | None
    figure: str = ""
    origin: Origin | None = field(default=None, compare=False, repr=False)


Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True)
class TableColumn:
    """A column; widths are shares of the text width, in any unit."""

    title: str
    width: int
    align: Align = "left"


@dataclass(frozen=True)
class TableCell:
    """A cell; with `merge` it continues the cell above and its text is not printed.

    ``figure`` names its text as a figure; without a name it is prose. ``pieces`` are the text with
    its looks and links, where it has any.
    """

    text: str
    bold: bool = False
    merge: bool = False
    figure: str = ""
    pieces: tuple[Piece, ...] = ()
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class DataTable:
    """A table whose header row repeats on every page, captioned 「表 n　caption」.

    Every row has one cell per column. The description is read aloud by screen readers. With a
    ``name`` re-issuing finds the table; with ``keys``, one a row, its rows come and go: the row of
    key k is marked by the name ``{name}_{k}``. ``row_height`` is the least height of its rows in
    millimetres, where there must be room to write.
    """

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    description: str = ""
    name: str = ""
    keys: tuple[str, ...] = ()
    row_height: int = 0


ResultLook: TypeAlias = Literal["achieved", "missed", "blank", "unpublished", "excluded"]
GradeLook: TypeAlias = Literal[
    "grade_1", "grade_2", "grade_3", "grade_4", "grade_5", "grade_6", "grade_7", "grade_last"
]
CourseLook: TypeAlias = Literal["actual", "baseline", "target", "yearly"]
SeriesLook: TypeAlias = ResultLook | GradeLook | CourseLook


@dataclass(frozen=True)
class Series:
    """The values of a chart under one name, one a category; None leaves a gap."""

    name: str
    values: tuple[Decimal | None, ...]
    look: SeriesLook


ChartKind = Literal["counts", "progress", "course"]


@dataclass(frozen=True)
class Chart:
    """A chart with its data, captioned 「図 n　caption」 below it.

    ``counts``: items per category, stacked bars · ``progress``: one bar a category, in percent,
    a series a verdict · ``course``: lines over the rounds. ``unit`` is what values are in, ``height``
    in millimetres. The description is its alternative text. ``origins`` are those of the
    categories, one each.
    """

    name: str
    caption: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    description: str
    unit: str = ""
    decimals: int = 0
    height: int = 70
    origins: tuple[Origin | None, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Picture:
    """A picture (PNG), captioned 「図 n　caption」 below it; the description is read aloud."""

    image: bytes
    caption: str
    description: str


@dataclass(frozen=True)
class TableOfContents:
    """The table of contents: the headings of the levels 1 to ``depth`` that follow it."""

    title: str = "目次"
    depth: int = 2


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block: TypeAlias = (
    Heading
    | Paragraph
    | Notes
    | EvaluationTable
    | DataTable
    | Chart
    | Picture
    | TableOfContents
    | PageBreak
)


@dataclass(frozen=True)
class Section:
    """A part of a report, by the name under which a base document can give it a place.

    ``landscape`` turns its pages; ``new_page`` starts it on a page of its own.
    """

    name: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """A whole report.

    Title, author and keywords are document properties. Banner lines (下書き, 記入例(架空の値))
    stand boxed at the top of the first page and in the header of every page. ``record`` is what
    the document says about its origin, kept as custom properties; ``words`` are what base
    documents may print anywhere by name (評価年度, 市町村, …), ``origins`` where those that are
    figures come from.
    """

    title: str
    author: str
    sections: tuple[Section, ...]
    banner: tuple[str, ...] = ()
    keywords: str = ""
    record: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)

    def only(self, sections: Collection[str]) -> "Document":
        """Return the report of the sections of these names; all of them if there are no names."""
        if not sections:
            return self
        return replace(self, sections=tuple(s for s in self.sections if s.name in sections))

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all sections, in order."""
        for section in self.sections:
            yield from section.blocks
