"""Building a definition workbook: its sheets with prompts, choices and live marks."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ..domain import words
from ..workbook.build.styles import LABEL_FILL, ODD, WRONG, Styles, height
from . import sheets
from .book import BLANK, Book, BookCell, BookRow, Found
from .draft.items import NotTaken
from .guide import LINES
from .sheets import Column

CREATED: Final = dt.datetime(2025, 9, 1)
FINDINGS, UNREAD = "指摘", "読み取れなかったもの"
HEAD_ROW: Final = 3
SPARE: Final = 60
"""Empty rows below the last one, laid out for typing."""
_USUAL: Final = 20.0
"""Points: rows of one line are left as they are."""
_MORE: Final = 5000
"""Rows down to which choices and marks reach: a whole table may be pasted."""
_ROUNDS: Final = 6
"""Columns for targets by round, at least; their headings are typed."""
_SUBTITLES: Final = {
    sheets.GOALS: "基本目標ごとに 1 行、その下に施策を 1 行ずつ書きます。施策の行にも基本目標の番号を書きます。",
    sheets.INDICATORS: (
        "数値は戦略の印字のとおりに書けます(1,020人、△10、6.5%未満、－)。表をまるごと貼り付けられます。"
        "年度ごとの目標値は、右端の列の見出しに年度(R8 など)を書いて入れます。"
    ),
    sheets.RELATIONS: "計算で決まる値、2 か所にある値、内訳、いくつかの値で 1 つの指標。なければ空のままにします。",
    sheets.GRADES: "A・B・C や ◎・○・△ で評価する計画だけ、よいものから順に書きます。なければ空のままにします。",
    sheets.FIELDS: "値のほかに尋ねるもの(決算額、有識者の意見、方向性など)。なければ空のままにします。",
    sheets.REVISIONS: (
        "計画の途中で目標値などを改めたときに、指標ごとに 1 行書きます。「指標」シートの値は"
        "策定のときのまま残します。なければ空のままにします。"
    ),
    sheets.ENTRIES: "新しい評価ブックに、はじめから入れておく値です。",
    sheets.REPAIRS: "原文が傷んでいた所と、その読みの記録です(計算には使いません)。",
}
_NEXT_STEP: Final = (
    "書けたら保存して閉じ、このファイルを右クリックして「送る」→「総合戦略 評価ブックを作る」です。"
)
_NEEDED: Final = "必ず書きます。"
Comments = Mapping[tuple[str, str], str]


def build(book: Book, found: Iterable[Found] = (), unread: Sequence[NotTaken] = ()) -> bytes:
    """Return a definition workbook of what a book holds, as the bytes of an .xlsx.

    Findings are listed on the first sheet and written into their cells. ``unread`` is what a draft
    did not understand. Hints of entries stand as comments in coloured cells.
    """
    raw = io.BytesIO()
    made = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False})
    title = str(book.plan.get("title", BLANK).value or "総合戦略")
    made.set_properties({"title": f"{title} 定義", "created": CREATED, "comments": ""})
    _Build(made, book, tuple(found), unread).draw()
    made.close()
    return raw.getvalue()


class _Build:
    def __init__(
        self, made: Any, book: Book, found: tuple[Found, ...], unread: Sequence[NotTaken]
    ) -> None:
        self.made, self.book, self.styles = made, book, Styles(made)
        self.found, self.unread = found, unread
        self.comments: dict[tuple[str, str], list[str]] = {}
        for each in found:
            if each.sheet and each.cell:
                self.comments.setdefault((each.sheet, each.cell), []).append(each.message)

    def draw(self) -> None:
        if self.found:
            self._findings()
        self._plan()
        for title in sheets.SHEETS[1:]:
            self._table(title)
        for title in (sheets.ENTRIES, sheets.REPAIRS):
            if self.book.of(title):
                self._table(title)
        self._guide()
        if self.unread:
            self._list(
                UNREAD,
                "読み取れなかったもの: 必要なら、ほかのシートに書き写してください。",
                ("場所", "書かれていたもの", "読み取れなかった理由"),
                (28, 84, 50),
                [(each.place, each.text, each.reason) for each in self.unread],
            )

    def _sheet(self, name: str, title: str, subtitle: str) -> Any:
        sheet = self.made.add_worksheet(name)
        sheet.set_row(0, 27)
        sheet.write_string(0, 0, title, self.styles("title"))
        sheet.write_string(1, 0, subtitle, self.styles("subtitle"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer(f"&L&8{name}&R&8&P / &N")
        return sheet

    def _guide(self) -> None:
        sheet = self._sheet(sheets.GUIDE, "定義ブックの書き方", _NEXT_STEP)
        sheet.set_column(0, 0, 24, self.styles("plain"))
        sheet.set_column(1, 1, 44, self.styles("plain"))
        sheet.set_column(2, 2, 66, self.styles("plain"))
        row = HEAD_ROW
        for heading, lines in LINES:
            for column in range(3):
                sheet.write_blank(row, column, None, self.styles("section"))
            sheet.write_string(row, 0, heading, self.styles("section"))
            row += 1
            for line in lines:
                sheet.set_row(row, 18 * max(1, -(-len(line[2]) // 40)) + 4)
                for column, text in enumerate(line):
                    look = self.styles("label" if column == 0 else "text")
                    sheet.write_string(row, column, text, look)
                row += 1
            row += 1
        sheet.set_portrait()

    def _plan(self) -> None:
        sheet = self._sheet(sheets.PLAN, "総合戦略", "色のついた欄に書きます。")
        for column, width in enumerate((22, 60, 60)):
            sheet.set_column(column, column, width, self.styles("plain"))
        for column, head in enumerate(("項目", "内容", "説明")):
            sheet.write_string(HEAD_ROW, column, head, self.styles("head"))
        row = HEAD_ROW + 1
        for each in sheets.PLAN_ROWS:
            sheet.set_row(row, 21)
            sheet.write_string(row, 0, each.head, self.styles("label"))
            self._write(sheet, sheets.PLAN, row, 1, self.book.plan.get(each.key, BLANK))
            help_ = _prompt(each)
            if each.choices:
                help_ += f"({'・'.join(each.choices.values())})"
            sheet.write_string(row, 2, help_, self.styles("text", font_color="#404040"))
            sheet.data_validation(row, 1, row, 1, _validation(each))
            if each.is_needed:
                self._mark(sheet, row, 1, row, f"=LEN(TRIM($B${row + 1}))=0", WRONG)
            row += 1
        row += 1
        sheet.write_string(row, 0, sheets.DEPARTMENTS, self.styles("head"))
        sheet.write_string(
            row, 1, "担当課の欄で選べる名前。1 行に 1 つ書きます。", self.styles("subtitle")
        )
        names = [*self.book.departments, *[BLANK] * 30]
        for entry in names:
            row += 1
            self._write(sheet, sheets.PLAN, row, 0, entry)
        sheet.freeze_panes(HEAD_ROW + 1, 1)

    def _table(self, title: str) -> None:
        sheet = self._sheet(title, title, _SUBTITLES[title])
        columns = [*sheets.COLUMNS[title]]
        if title == sheets.INDICATORS:
            columns += self._targets()
        rows = self.book.of(title)
        sheet.set_row(HEAD_ROW, 34)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width, self.styles("plain"))
            head = self.styles("head" if column.head else "input")
            sheet.write_string(HEAD_ROW, number, column.head, head)
        for place, row in enumerate([*rows, *[BookRow()] * SPARE], start=HEAD_ROW + 1):
            shown = [(str(row[c.key].value), c.width) for c in columns if not row[c.key].is_blank]
            if (tall := height(shown)) > _USUAL:
                sheet.set_row(place, tall)
            for number, column in enumerate(columns):
                self._write(sheet, title, place, number, row[column.key], column)
        last = max(_MORE, HEAD_ROW + len(rows) + SPARE)
        for number, column in enumerate(columns):
            if column.head:
                rule = _validation(column)
                sheet.data_validation(HEAD_ROW + 1, number, last, number, rule)
        for number, formula, look in _marks(title, columns):
            self._mark(sheet, HEAD_ROW + 1, number, last, formula, look)
        filled = HEAD_ROW + max(1, len(rows))
        sheet.autofilter(HEAD_ROW, 0, filled + SPARE, len(sheets.COLUMNS[title]) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(columns))}{last}"})
        sheet.freeze_panes(HEAD_ROW + 1, 6 if title == sheets.INDICATORS else 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(0, 0, filled + 5, len(columns) - 1)

    def _targets(self) -> list[Column]:
        known = [
            Column(key, round_, 11, f"{round_}の目標値", "figure")
            for key, round_ in self.book.target_keys()
        ]
        blank = max(2, _ROUNDS - len(known))
        return known + [Column(f"blank{n}", "", 9, "", "figure") for n in range(blank)]

    def _mark(
        self, sheet: Any, first: int, column: int, last: int, rule: str, look: Mapping[str, Any]
    ) -> None:
        made = {"type": "formula", "criteria": rule, "format": self.styles.conditional(look)}
        sheet.conditional_format(first, column, last, column, made)

    def _write(
        self,
        sheet: Any,
        title: str,
        row: int,
        number: int,
        entry: BookCell,
        column: Column | None = None,
    ) -> None:
        """Write a typed value as it is; colour it and say why where something is found or guessed."""
        more: dict[str, Any] = {"num_format": "@"}
        said = self.comments.get((title, entry.cell), []) if entry.cell else []
        if said:
            more |= WRONG
        elif entry.hint:
            more |= ODD
        is_short = column and (column.choices or column.kind in ("whole", "flag", "year"))
        if is_short:
            more |= {"align": "center", "indent": 0}
        elif column and column.kind == "figure":
            more |= {"align": "right", "indent": 0}
        look = self.styles("input", **more)
        if entry.is_blank:
            sheet.write_blank(row, number, None, look)
        elif isinstance(entry.value, str):
            sheet.write_string(row, number, entry.value, look)
        elif entry.value is not None:
            sheet.write_number(row, number, entry.value, look)
        else:
            sheet.write_blank(row, number, None, look)
        if said or entry.hint:
            text = "\n".join(filter(None, [*said, entry.hint]))
            sheet.write_comment(row, number, text[:2000], {"x_scale": 2, "author": "aso_xl"})

    def _findings(self) -> None:
        sheet = self._sheet(FINDINGS, "指摘", f"直すところが {len(self.found)} か所あります。")
        for column, (head, width) in enumerate(
            (("シート", 18), ("元のセル", 10), ("項目", 26), ("内容", 90))
        ):
            sheet.set_column(column, column, width, self.styles("plain"))
            sheet.write_string(HEAD_ROW, column, head, self.styles("head"))
        for row, each in enumerate(self.found, start=HEAD_ROW + 1):
            texts = (each.sheet or words.WHOLE_BOOK, each.cell or "", each.entry, each.message)
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self.styles("text"))
        sheet.freeze_panes(HEAD_ROW + 1, 0)

    def _list(
        self,
        name: str,
        subtitle: str,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[str]],
    ) -> None:
        sheet = self._sheet(name, name, subtitle)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width, self.styles("plain"))
            sheet.write_string(HEAD_ROW, column, head, self.styles("head"))
        for row, texts in enumerate(rows, start=HEAD_ROW + 1):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text[:2000], self.styles("text"))
        sheet.freeze_panes(HEAD_ROW + 1, 0)


def _prompt(column: Column) -> str:
    """Return what is said beside a cell; that it is red while it is blank is said in words too."""
    return f"{_NEEDED}{column.prompt}" if column.is_needed else column.prompt


def _validation(column: Column) -> dict[str, Any]:
    """Return the prompt of a column, and its drop-down; other words are kept and found later."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.head[:32],
        "input_message": _prompt(column)[:255],
    }
    words = [sheets.YES] if column.kind == "flag" else list(column.choices.values())
    if words:
        rule |= {
            "validate": "list",
            "source": words,
            "error_type": "warning",
            "error_title": "選択肢にありません",
            "error_message": f"{'・'.join(words)} から選んでください。"[:255],
        }
    return rule


def _marks(title: str, columns: Sequence[Column]) -> Iterable[tuple[int, str, Mapping[str, Any]]]:
    """Yield live marks: what is missing in a row that is begun (red), what stands twice (orange)."""
    first = HEAD_ROW + 2
    last = xl_col_to_name(len(columns) - 1)
    at = {column.key: number for number, column in enumerate(columns)}
    begun = f"COUNTA($A{first}:${last}{first})>0"

    def cell(key: str) -> str:
        return str(xl_rowcol_to_cell(first - 1, at[key], col_abs=True))

    for column in columns:
        if column.is_needed:
            blank = f"LEN(TRIM({cell(column.key)}))=0"
            rule = f"=AND({begun},{blank})"
            if column.key == "target":
                rule = f'=AND({begun},{blank},{cell("rule")}<>"定性")'
            yield at[column.key], rule, WRONG
    down = HEAD_ROW + 2, _MORE + 1

    def count(*keys: str) -> str:
        parts = []
        for key in keys:
            name = xl_col_to_name(at[key])
            parts.append(f"${name}${down[0]}:${name}${down[1]},{cell(key)}")
        return f"COUNTIFS({','.join(parts)})>1"

    if title == sheets.INDICATORS:
        yield at["id"], f'=AND({cell("id")}<>"",{count("id")})', ODD
        rule = f'=AND({cell("name")}<>"",{count("goal", "measure", "name")})'
        yield at["name"], rule, ODD
        blank = f'AND({cell("goal")}="",{cell("id")}="")'
        yield at["goal"], f"=AND({begun},{blank})", WRONG
        unknown = f"AND({cell('goal')}<>\"\",COUNTIF('{sheets.GOALS}'!$A:$A,{cell('goal')})=0)"
        yield at["goal"], f"={unknown}", WRONG
    elif title == sheets.GOALS:
        for number in range(len(columns)):
            is_goal = f'AND({cell("goal")}<>"",{cell("measure")}="")'
            yield number, f"={is_goal}", {"bold": True, "bg_color": LABEL_FILL}
        same = f'AND({cell("measure")}<>"",{count("goal", "measure")})'
        yield at["measure"], f"={same}", ODD
    elif title == sheets.FIELDS:
        yield at["key"], f'=AND({cell("key")}<>"",{count("key")})', ODD
    elif title == sheets.GRADES:
        yield at["name"], f'=AND({cell("name")}<>"",{count("name")})', ODD
