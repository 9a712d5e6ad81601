"""Drawing お願い, the first sheet of a department's workbook: who, what, until when, where to.

It names only what is in the workbook. What is still blank is counted by formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...domain import words
from ...domain.field_declaration import Field
from ...domain.fields import ID, goal_fields, indicator_fields, measure_fields, notes
from ...domain.numerals import FiscalYear
from ...domain.plan import Indicator
from ...domain.text import trimmed
from ..handout import Handout
from ..layout import REQUEST, table_name
from .content import Contents
from .page import A4, page, title
from .paper import Rows
from .styles import DOUBT, GOOD, Styles, height
from .table_places import Placed, Places

DONE: Final = "入力済み"
_WIDTHS: Final = (14, 62, 18, 12)
_WORDS: Final = ("指標", "施策", "基本目標")
_HEADS: Final = ("番号", "指標・施策", "入力するところ", "状況")


@dataclass(frozen=True)
class _Item:
    """Something to be filled in: where its first cell is, and which of its cells may not be blank."""

    id: str
    name: str
    sheet: str
    cell: str
    blanks: tuple[str, ...]
    is_blank: bool


def draw(sheet: Any, styles: Styles, contents: Contents, handout: Handout, places: Places) -> None:
    """Draw the sheet, when the tables to which it leads are drawn."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles("plain"))
    round_ = FiscalYear.parse(handout.round)
    title(sheet, styles, contents, f"{round_.label}の評価　入力のお願い", 2)
    indicators = tuple(_indicators(contents, places, handout.round))
    measures, goals = tuple(_measures(contents, places)), tuple(_goals(contents, places))
    items = (*indicators, *measures, *goals)
    rows = Rows(sheet)
    row = _about(rows, styles, _who(contents, handout), 3)
    count_row, row = row, row + 1
    row = _section(sheet, styles, "お願いすること", row + 1)
    row = _about(rows, styles, _steps(contents, handout, measures), row)
    asked = _asked(len(indicators), len(measures), len(goals))
    row = _section(sheet, styles, f"入力していただくもの　{asked}", row + 1)
    header = row
    for column, head in enumerate(_HEADS):
        sheet.write_string(row, column, head, styles("head"))
    for at, item in enumerate(items, start=row + 1):
        rows.set(at, height([(item.name, _WIDTHS[1])]) + 3)
        _item(sheet, styles, item, at)
    parts, top = [], header + 1
    for word, own in zip(_WORDS, (indicators, measures, goals), strict=True):
        parts.append((word, top, own))
        top += len(own)
    rows.set(count_row, 28)
    _count(sheet, styles, count_row, [part for part in parts if part[2]])
    last = header + len(items)
    _colour(sheet, styles, (header + 1, 3, last, 3))
    page(sheet, contents, REQUEST, landscape=False)
    rows.print_to(last, header, _WIDTHS, A4.upright)


def _who(contents: Contents, handout: Handout) -> Sequence[tuple[str, str]]:
    own = contents.settings
    return (
        ("担当課", handout.department),
        ("評価年度", FiscalYear.parse(handout.round).label),
        ("提出期限", handout.deadline or "送付のときの連絡のとおり"),
        ("問い合わせ先", own.contact or "このブックを送った課"),
        ("返送先", own.send_to or "このブックを送った課"),
    )


def _steps(
    contents: Contents, handout: Handout, measures: Sequence[_Item]
) -> Sequence[tuple[str, str]]:
    texts = "施策には、その年度の取組などの文章を書きます。" if measures else ""
    back = contents.settings.send_to or "送った課"
    until = f"{handout.deadline}までに" if handout.deadline else "期限までに"
    return (
        (
            "1 入力する",
            f"下の一覧の「入力欄へ」を押し、色のついた欄に{handout.round}の値と備考を入力します。{texts}",
        ),
        (
            "2 確かめる",
            f"この上の「{words.BLANK}」が 0 になったことと、入力欄の横の判定を確かめます。"
            "数字がないときは 未公表・集計中・対象外 と入力します。",
        ),
        (
            "3 返送する",
            f"保存して、{until} {back} へ返送します。ファイル名は変わってもかまいません。",
        ),
    )


def _asked(*numbers: int) -> str:
    """Return 「指標10・施策3」, without what is none."""
    found = zip(_WORDS, numbers, strict=True)
    return "・".join(f"{word}{number}" for word, number in found if number)


def _about(rows: Rows, styles: Styles, lines: Sequence[tuple[str, str]], row: int) -> int:
    """Write lines of a label and a text over the other columns; return the next row."""
    sheet = rows.sheet
    for label, text in lines:
        rows.set(row, height([(text, sum(_WIDTHS[1:]))]) + 5)
        sheet.write_string(row, 0, label, styles("label"))
        sheet.merge_range(row, 1, row, len(_WIDTHS) - 1, text, styles("text"))
        row += 1
    return row


def _section(sheet: Any, styles: Styles, text: str, row: int) -> int:
    for column in range(len(_WIDTHS)):
        sheet.write_blank(row, column, None, styles("section"))
    sheet.write_string(row, 0, f"■ {text}", styles("section"))
    return row + 1


def _indicators(contents: Contents, places: Places, round_: str) -> Iterator[_Item]:
    plan = contents.plan
    head = next(f.head for f in indicator_fields(plan, "kpi") if f.key == round_)
    key = next(f.head for f in indicator_fields(plan, "kpi") if f.key == ID)
    year = FiscalYear.parse(round_)

    def item(indicator: Indicator, index: int, name: str, table: Placed) -> _Item:
        value = contents.typed(indicator, year)
        blank = _cell_of(name, head, key, indicator.id)
        is_blank = not trimmed(str(value if value is not None else ""))
        at = table.cell(index, head)
        return _Item(indicator.id, indicator.name, table.sheet, at, (blank,), is_blank)

    for goal in plan.goals:
        for kind, found in (("headline", goal.headlines), ("kpi", goal.kpis)):
            name = table_name(kind, goal.number)
            for index, indicator in enumerate(found):
                yield item(indicator, index, name, places.tables[name])


def _measures(contents: Contents, places: Places) -> Iterator[_Item]:
    fields = measure_fields(contents.plan)
    for goal in contents.plan.goals:
        rows = [(measure.id, measure.name) for measure in goal.measures]
        yield from _texts(contents, places, table_name("measures", goal.number), fields, rows)


def _goals(contents: Contents, places: Places) -> Iterator[_Item]:
    fields = goal_fields(contents.plan)
    for goal in contents.plan.goals if fields else ():
        name, rows = table_name("texts", goal.number), [(goal.id, goal.title)]
        yield from _texts(contents, places, name, fields, rows)


def _texts(
    contents: Contents,
    places: Places,
    table: str,
    fields: Sequence[Field],
    rows: Sequence[tuple[str, str]],
) -> Iterator[_Item]:
    """Yield the rows of a table in which texts are written: ids and names."""
    key = next(f.head for f in fields if f.key == ID)
    asked = [field for field in notes(fields) if field.printed]

    for index, (id_, name) in enumerate(rows if asked else ()):
        values = [contents.written(field, id_) for field in asked]
        blanks = tuple(_cell_of(table, field.head, key, id_) for field in asked)
        is_blank = any(not trimmed(str(v if v is not None else "")) for v in values)
        placed = places.tables[table]
        at = placed.cell(index, asked[0].head)
        yield _Item(id_, name, placed.sheet, at, blanks, is_blank)


def _cell_of(table: str, head: str, key: str, id_: str) -> str:
    """Return a reference to a cell by id and heading, wherever sorting puts its row."""
    return f'INDEX({table}[{head}],MATCH("{id_}",{table}[{key}],0))'


def _item(sheet: Any, styles: Styles, item: _Item, row: int) -> None:
    sheet.write_string(row, 0, item.id, styles("id"))
    sheet.write_string(row, 1, item.name, styles("text"))
    link = f"internal:'{item.sheet}'!{item.cell}"
    sheet.write_url(row, 2, link, styles("label_link"), "入力欄へ", f"{item.sheet} {item.cell}")
    blanks = ",".join(f"LEN(TRIM({cell}))=0" for cell in item.blanks)
    formula = f'=IFERROR(IF(OR({blanks}),"{words.BLANK}","{DONE}"),"{words.DOUBTFUL}")'
    shown = words.BLANK if item.is_blank else DONE
    sheet.write_formula(row, 3, formula, styles("verdict"), shown)


def _count(
    sheet: Any, styles: Styles, row: int, parts: Sequence[tuple[str, int, Sequence[_Item]]]
) -> None:
    """Write how much is still blank, in all and of indicators and 施策."""
    counts = [f'COUNTIF($D${top + 1}:$D${top + len(items)},"<>{DONE}")' for _, top, items in parts]
    blank = [sum(item.is_blank for item in items) for _, _, items in parts]
    each = '&"・"&'.join(
        f'"{word} "&{count}' for (word, _, _), count in zip(parts, counts, strict=True)
    )
    shown = "・".join(f"{word} {number}" for (word, _, _), number in zip(parts, blank, strict=True))
    look, small = styles("text", bold=True, font_size=14), styles("centre")
    sheet.write_string(row, 0, "残り", styles("label"))
    total = f"{words.BLANK} {sum(blank)}"
    sheet.write_formula(row, 1, f'="{words.BLANK} "&({"+".join(counts)})', look, total)
    sheet.merge_range(row, 2, row, 3, "", small)
    sheet.write_formula(row, 2, f"={each}", small, shown)


def _colour(sheet: Any, styles: Styles, area: tuple[int, int, int, int]) -> None:
    for word, look in ((words.BLANK, DOUBT), (words.DOUBTFUL, DOUBT), (DONE, GOOD)):
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        sheet.conditional_format(*area, {**options, "format": styles.conditional(look)})
