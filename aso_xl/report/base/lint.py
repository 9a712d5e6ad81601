"""What is wrong with a base document, all at once, before anything is made with it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from docx.document import Document as WordDocument

from ..content.place_names import (
    BLOCKS,
    BODY,
    FRONT,
    SECTIONS,
    SPECIMEN,
    WORDS,
    alone,
    loose_braces,
    places,
    suggestion,
    written,
)
from ..content.style_names import ALL, shown_as
from .looks import style_ids
from .text import Spot, spots, text_of

Code: TypeAlias = Literal[
    "no-places", "unknown", "braces", "not-alone", "misplaced", "twice", "style"
]


@dataclass(frozen=True)
class BaseFinding:
    """One thing to put right: a stable code, where it stands, and finding with remedy."""

    code: Code
    place: str
    message: str


_GUIDE: Final = "使える名前は、標準のひな形(aso-xl base -o ファイル名.docx)の見本にあります。"


def lint(
    word: WordDocument,
    wanted: Mapping[str, str] = ALL,
    sections: Collection[str] = tuple(SECTIONS),
    words: Collection[str] = (),
) -> tuple[BaseFinding, ...]:
    """Return all findings: places in the order they stand, then missing styles (name → kind).

    At least one of the ``sections`` or {{本文}} must have a place; ``words`` are known besides
    the fixed ones. What follows {{見本}} is not looked at.
    """
    seen: dict[str, str] = {}
    known = (*BLOCKS, *WORDS, *words)
    found = [finding for spot in read_spots(word) for finding in _in_spot(spot, known, seen)]
    if not {BODY, *sections} - FRONT & seen.keys():
        found.insert(0, _NO_PLACES)
    return (*found, *_styles(word, wanted))


def read_spots(word: WordDocument) -> Iterator[Spot]:
    """Yield the paragraphs that count: none of the specimen, each text box once."""
    over = False
    for spot in spots(word):
        mark = spot.top and alone(text_of(spot.paragraph)) == SPECIMEN
        over = mark or (over and spot.in_body)
        if not over and not spot.shadow:
            yield spot


def left_out(word: WordDocument) -> list[str]:
    """Return the sections that reports will not show: no place of theirs and no {{本文}}."""
    found = {alone(text_of(spot.paragraph)) for spot in read_spots(word) if spot.top}
    return [] if BODY in found else [name for name in SECTIONS if name not in found]


_NO_PLACES: Final = BaseFinding(
    "no-places",
    "本文",
    "報告書の本文を差し込む場所がありません。"
    f"差し込みたい所に段落を作り、「{written(BODY)}」とだけ書いてください。",
)


def _in_spot(spot: Spot, known: Collection[str], seen: dict[str, str]) -> Iterator[BaseFinding]:
    text = text_of(spot.paragraph)
    for place in places(text):
        name, where = place.name, spot.place
        if name not in known:
            yield BaseFinding("unknown", where, _unknown(place.written, suggestion(name, known)))
        if name not in BLOCKS:
            continue
        if not spot.top:
            yield BaseFinding("misplaced", where, _MISPLACED.format(place.written))
        elif alone(text) != name:
            yield BaseFinding("not-alone", where, _NOT_ALONE.format(place.written))
        if name in seen:
            yield BaseFinding("twice", where, _TWICE.format(place.written, seen[name]))
        seen.setdefault(name, where)
    if piece := loose_braces(text):
        yield BaseFinding("braces", spot.place, _BRACES.format(piece, written(BODY)))


def _unknown(typed: str, likely: str) -> str:
    remedy = f"「{written(likely)}」のことですか。" if likely else _GUIDE
    return f"「{typed}」という差し込み場所はありません。{remedy}"


_MISPLACED: Final = (
    "「{}」はここには置けません。表、テキストボックス、ヘッダー、フッターなどの外に段落を作り、"
    "そこに移してください。"
)
_NOT_ALONE: Final = "「{}」と同じ段落にほかの文字があります。ほかの文字を別の段落に移してください。"
_TWICE: Final = "「{}」は{}にもあります。一つだけ残してください。"
_BRACES: Final = "「{}」の波かっこが足りません。「{}」のように、前後に二つずつ書いてください。"


def _styles(word: WordDocument, wanted: Mapping[str, str]) -> Iterator[BaseFinding]:
    found = style_ids(word, wanted)
    missing = [_style(name, kind) for name, kind in wanted.items() if name not in found]
    if missing:
        yield BaseFinding(
            "style",
            "スタイル",
            f"{'、'.join(missing)}がありません。"
            "標準のひな形(aso-xl base -o ファイル名.docx)からコピーしてください。",
        )


def _style(name: str, kind: str) -> str:
    told = {"table": "(表のスタイル)", "character": "(文字のスタイル)"}
    return f"「{shown_as(name)}」{told.get(kind, '')}"
