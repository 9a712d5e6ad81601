"""What a strategy says of itself: its name, municipality and period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ...domain.text import narrow
from ..book import BookCell
from .source import joined
from .table_headings import years_in

_TITLE: Final = re.compile(
    r"(第\s*[0-9一二三四五六]+\s*(?:期|次))?\s*(\S*?(?:市|町|村|区|県|都|府|道))\S*総合戦略"
)
_PLACE: Final = re.compile(
    r"^([^\s、。第期]{1,8}?[市町村区県])(?=まち|・|版|の|総合|地方|デジタル|人口|未来|創生)"
)
_YEAR: Final = r"(?:(?:令和|平成|[RH])\s*[元0-9]{1,2}|20[0-9]{2})\s*(?:\([^)]*\))?\s*(?:年度?)?(?:\s*[0-9]{1,2}\s*月)?"
_RANGE: Final = re.compile(rf"({_YEAR})\s*(?:\([^)]*\))?\s*(?:[~～〜∼―-]|から)\s*({_YEAR})")
_NEAR: Final = 6
"""Lines after 計画期間 within which the years stand."""
_LONGEST: Final = 60


def facts(texts: Iterable[str]) -> Iterator[tuple[str, BookCell]]:
    """Yield entries of 総合戦略 by their keys, each with where it was taken from."""
    lines = list(texts)
    yield from _names(lines)
    yield from _period(lines)


def _names(lines: list[str]) -> Iterator[tuple[str, BookCell]]:
    short = (text for text in lines if len(text) < _LONGEST)
    titles = Counter(joined(narrow(found[0])) for text in short if (found := _TITLE.search(text)))
    if not titles:
        return
    title = titles.most_common(1)[0][0]
    yield "title", BookCell(title, hint="文書の中で最も多い名称です")
    if found := _TITLE.match(title):
        term = found[1] or ""
        yield "short_title", BookCell(f"{term}総合戦略", hint="名称から作りました")
        if place := _PLACE.match(title.removeprefix(term)):
            yield "municipality", BookCell(place[1], hint="名称から取りました")


def _period(lines: list[str]) -> Iterator[tuple[str, BookCell]]:
    near = 0
    for text in lines:
        near = _NEAR if re.search("計画期間|戦略の期間|対象期間|計画の期間", text) else near - 1
        found = _RANGE.search(narrow(text)) if near > 0 else None
        if not found:
            continue
        years = [years_in(found[1])[:1], years_in(found[2])[:1]]
        if not all(years):
            continue
        first, last = years[0][0], years[1][0]
        if re.search("年[^度]*月", found[2]) and "4月" in "".join(found[1].split()):
            last = last + -1  # from April to March of the year after
        yield "period", BookCell(f"{first}～{last}", hint=f"元の文: {' '.join(text.split())}")
        said = "計画期間から。前の年度の評価などを加えるときは直してください"
        yield "rounds", BookCell(f"{first}～{last}", hint=said)
        made = f"plan-{first}-{last}".lower()
        yield "id", BookCell(made, hint="仮の番号です。例: aso-3。使い始めたら変えません")
        yield "round", BookCell(str(first), hint="計画期間の初年度にしました")
        return
