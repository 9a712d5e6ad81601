"""Where blocks stand in a document, and what it holds for them outside of its body."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from ..base.bookmark_writer import BookmarkWriter
from ..content.blocks import Chart, Picture


def _nothing(*_about: object) -> str:
    return ""


def _no_list(_name: str) -> int:
    return 0


@dataclass(frozen=True)
class Frame:
    """Where blocks stand: style name → id of the base document, text width in twips.

    All share the marks of their document. ``draw`` returns the drawing of a chart in a width,
    ``show`` that of a picture, ``relation`` the id of the document's relation to a file, ``number``
    that of a numbered list by its name.
    """

    styles: dict[str, str]
    width: int
    marks: BookmarkWriter = field(default_factory=BookmarkWriter)
    draw: Callable[[Chart, int], str] = _nothing
    show: Callable[[Picture, int], str] = _nothing
    relation: Callable[[str], str] = _nothing
    number: Callable[[str], int] = _no_list

    def of_width(self, width: int) -> "Frame":
        """Return the same in another text width."""
        return replace(self, width=width)

    def share(self, shares: Sequence[int]) -> list[int]:
        """Return column widths in twips that add up to exactly the text width."""
        whole = sum(shares)
        edges = [self.width * edge // whole for edge in accumulate(shares, initial=0)]
        return [right - left for left, right in pairwise(edges)]
