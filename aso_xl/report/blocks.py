"""What a report holds, in order, without a word about how it looks.

Whoever writes a report builds a `Document`; whoever prints it needs nothing else.
Looks belong to the base document, which staff may replace.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; it stays with what follows."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in a paragraph style of the base document, named as Word stores it."""

    text: str
    style: str = "Body Text"


@dataclass(frozen=True)
class Notes:
    """Small notes under a table, one paragraph a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class HeadlineRow:
    """One 数値目標: its statement and its result (達成, 未達成, …)."""

    statement: str
    result: str


@dataclass(frozen=True)
class EvaluationTable:
    """The evaluation of one 基本目標: its line, its 数値目標 and the KPI line, if any.

    The title is printed as a heading of level 2 and stays with its table.
    """

    title: str
    headlines: tuple[HeadlineRow, ...]
    kpi_line: str | None


@dataclass(frozen=True)
class Column:
    """A column; widths are shares of the text width, in any unit."""

    title: str
    width: int
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Cell:
    """A cell; with `merge` it continues the cell above and its text is not printed."""

    text: str
    bold: bool = False
    merge: bool = False


@dataclass(frozen=True)
class DataTable:
    """A table whose header row repeats on every page.

    Every row has one cell per column. The description is read aloud by screen readers.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    description: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page; with `turned`, it and all the rest on landscape pages."""

    turned: bool = False


Block: TypeAlias = Heading | Paragraph | Notes | EvaluationTable | DataTable | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole report.

    Title, author and keywords are document properties. Banner lines (下書き, 記入例(架空の値))
    stand boxed at the top of the first page and in the header of every page.
    """

    title: str
    author: str
    blocks: tuple[Block, ...]
    banner: tuple[str, ...] = ()
    keywords: str = ""
