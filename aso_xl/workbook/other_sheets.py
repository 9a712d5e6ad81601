"""Drawing the sheets that are not a goal's: 使い方, 設定, 検証結果 and the hidden record."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ..plan import Mark
from . import layout
from .content import Contents
from .goal_sheet import PROTECTION
from .layout import (
    DEPARTMENT_HEAD,
    DEPARTMENT_ROWS,
    DEPARTMENTS_TABLE,
    ERROR_WORD,
    FINDING_HEADS,
    FINDINGS,
    FINDINGS_TABLE,
    GUIDE,
    SAMPLE_WORDS,
    SCHEMA,
    SETTING_HEADS,
    SETTINGS,
    SETTINGS_TABLE,
    STAMP,
    WARNING_WORD,
    Setting,
    goal_sheet,
    settings_rows,
)
from .styles import ODD, WRONG, Styles

CHUNK = 8000
MAX_FINDINGS = 5000


def page(
    sheet: Any, contents: Contents, name: str, *, landscape: bool = True, protected: bool = True
) -> None:
    """Set up a sheet for A4, one page wide, and protect it without a password."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{contents.plan.short_title}　{name}&R&8&P / &N")
    if protected:
        sheet.protect("", PROTECTION)
    sheet.hide_gridlines(2)
    if contents.sample:
        sheet.set_header(f"&R&10{SAMPLE_WORDS}")


def title(sheet: Any, styles: Styles, contents: Contents, text: str, sample_column: int) -> None:
    """Write a sheet's title row, with the mark of made-up figures where they are."""
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, text, styles("title"))
    sheet.write_string(1, 0, contents.plan.title, styles("subtitle"))
    if contents.sample:
        sheet.write_string(0, sample_column, SAMPLE_WORDS, styles("sample"))


def guide(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw 使い方: the year's work in order, the colours, the words."""
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 5, styles("plain"))
    sheet.set_column(1, 1, 24, styles("plain"))
    sheet.set_column(2, 2, 88, styles("plain"))
    title(sheet, styles, contents, f"{contents.plan.short_title}　評価ブック", 2)
    row = 3
    for heading, lines in _guide_text(contents):
        for column in range(3):
            sheet.write_blank(row, column, None, styles("section"))
        sheet.write_string(row, 0, heading, styles("section"))
        row += 1
        for number, (label, text, target) in enumerate(lines, start=1):
            sheet.set_row(row, 16 * (1 + len(text) // 62) + 6)
            sheet.write_string(row, 0, str(number), styles("id"))
            if target:
                sheet.write_url(row, 1, f"internal:'{target}'!A1", styles("link"), label)
            else:
                sheet.write_string(row, 1, label, styles("label"))
            sheet.write_string(row, 2, text, styles("text"))
            row += 1
        row += 1
    page(sheet, contents, GUIDE, landscape=False)


GuideLine = tuple[str, str, str]


def _guide_text(contents: Contents) -> list[tuple[str, list[GuideLine]]]:
    marks = "・".join(m.value for m in Mark)
    first = goal_sheet(contents.plan.goals[0])
    last = goal_sheet(contents.plan.goals[-1])
    return [
        (
            "■ 作業の流れ",
            [
                ("設定", "評価年度を選び、担当課の一覧とWord文書の文章を確かめます。", SETTINGS),
                (
                    f"{first}～{last}",
                    "色のついた欄に、評価年度の実績値と備考(要因・出典)を入力します。"
                    "判定・進捗率は入力と同時に表示されます。",
                    first,
                ),
                ("集計", "基本目標ごとの達成数と達成率を確かめます。", layout.SUMMARY),
                (
                    "検証結果",
                    "入力チェックの結果が一覧になります。誤りを直してから文書を作ります。",
                    FINDINGS,
                ),
                ("Word文書の作成", "検証の表と資料を、Word文書として作ります。", ""),
            ],
        ),
        (
            "■ 入力のきまり",
            [
                (
                    "数値",
                    "数字だけを入力します。単位は自動で表示されます。48%は 48 と入力します。",
                    "",
                ),
                ("負の数", "-10 と入力すると △10 と表示されます。", ""),
                (
                    marks,
                    "数値がないときに入力します。未公表=まだ公表されていない、集計中=集計している途中、"
                    "対象外=その年度は調査しない。空欄は未入力として扱います。",
                    "",
                ),
                ("公表が遅れる指標", "入力欄を選ぶと、何年前の値を入れるかが表示されます。", ""),
                (
                    "色のない欄",
                    "保護されています(パスワードなし)。定義を変えるときは担当者へ連絡してください。",
                    "",
                ),
            ],
        ),
        (
            "■ 用語",
            [
                (
                    "判定",
                    "評価年度の値が目標値を満たすかどうかです。途中の年度も最終の目標値で判定します。",
                    "",
                ),
                (
                    "進捗率",
                    "(実績値−基準値)÷(目標値−基準値)です。小数第2位以下は切り捨てます。",
                    "",
                ),
                ("進み具合", "進捗率を、目標年度までの経過割合と比べたものです。", ""),
                ("達成率", "達成したKPIの数÷KPIの項目数です。小数第2位以下は切り捨てます。", ""),
            ],
        ),
    ]


def settings(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw 設定: the table of settings, and beside it the list of departments."""
    sheet = book.add_worksheet(SETTINGS)
    for column, width in enumerate((26, 64, 62)):
        sheet.set_column(column, column, width, styles("plain"))
    title(sheet, styles, contents, "設定", 2)
    rows = settings_rows(contents.plan)
    _table(sheet, styles, 3, 0, len(rows), SETTINGS_TABLE, SETTING_HEADS)
    for row, setting in enumerate(rows, start=4):
        _setting(book, sheet, styles, contents, row, setting)
    _departments(book, sheet, styles, contents, len(rows) + 5)
    sheet.freeze_panes(4, 1)
    page(sheet, contents, SETTINGS)
    sheet.fit_to_pages(1, 1)


def _departments(book: Any, sheet: Any, styles: Styles, contents: Contents, row: int) -> None:
    sheet.write_string(row, 0, "■ 担当課の一覧", styles("section"))
    sheet.write_string(
        row, 1, "担当課の欄で選べる名前です。増えたときは下に書き足します。", styles("subtitle")
    )
    _table(sheet, styles, row + 1, 0, DEPARTMENT_ROWS, DEPARTMENTS_TABLE, (DEPARTMENT_HEAD,))
    first = row + 2
    names = (*contents.departments, *[""] * DEPARTMENT_ROWS)
    for index, name in enumerate(names[:DEPARTMENT_ROWS]):
        sheet.set_row(first + index, 18)
        if name:
            sheet.write_string(first + index, 0, name, styles("input"))
        else:
            sheet.write_blank(first + index, 0, None, styles("input"))
    top = f"'{SETTINGS}'!$A${first + 1}"
    filled = f"MAX(1,COUNTA({top}:$A${first + DEPARTMENT_ROWS}))"
    book.define_name("担当課一覧", f"=OFFSET({top},0,0,{filled},1)")


def _table(
    sheet: Any, styles: Styles, row: int, column: int, rows: int, name: str, heads: tuple[str, ...]
) -> None:
    sheet.set_row(row, 22)
    options = {
        "name": name,
        "style": None,
        "autofilter": False,
        "columns": [{"header": head, "header_format": styles("head")} for head in heads],
    }
    sheet.add_table(row, column, row + rows, column + len(heads) - 1, options)


def _setting(
    book: Any, sheet: Any, styles: Styles, contents: Contents, row: int, setting: Setting
) -> None:
    value = contents.setting_values[setting.key]
    sheet.set_row(row, 66 if setting.long else 22)
    sheet.write_string(row, 0, setting.key, styles("label"))
    sheet.write_string(row, 2, setting.help, styles("text", font_color="#404040"))
    look = styles("input", align="left", num_format="General" if setting.number else "@")
    if value is None:
        sheet.write_blank(row, 1, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, 1, value, look)
    else:
        sheet.write_number(row, 1, value, look)
    if setting.name:
        place = xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        book.define_name(setting.name, f"='{SETTINGS}'!{place}")
    sheet.data_validation(row, 1, row, 1, _setting_rule(setting))


def _setting_rule(setting: Setting) -> dict[str, Any]:
    rule: dict[str, Any] = {"input_title": setting.key[:32], "input_message": setting.help}
    if setting.choices:
        rule |= {
            "validate": "list",
            "source": list(setting.choices),
            "error_title": "選択肢にありません",
            "error_message": "一覧から選んでください。",
        }
    elif setting.number:
        rule |= {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "数値ではありません",
            "error_message": "0以上の数字を入力してください。",
        }
    else:
        rule |= {"validate": "any"}
    return rule


def findings(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw 検証結果: an empty table that the check fills, unprotected so that it can.

    The hidden column 照合キー says which cell a finding is of; the goals' sheets colour by it.
    """
    sheet = book.add_worksheet(FINDINGS)
    for column, width in enumerate((9, 22, 36, 62, 62)):
        sheet.set_column(column, column, width, styles("wrap"))
    for word, look in ((ERROR_WORD, WRONG), (WARNING_WORD, ODD)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        sheet.conditional_format(
            4, 0, 3 + MAX_FINDINGS, 0, {**rule, "format": styles.conditional(look)}
        )
    key = len(FINDING_HEADS) - 1
    sheet.set_column(key, key, 10, styles("plain"), {"hidden": True})
    book.define_name("指摘キー", f"='{FINDINGS}'!$F$5:$F${4 + MAX_FINDINGS}")
    title(sheet, styles, contents, "検証結果", 3)
    sheet.write_string(
        2, 0, "入力チェックを行うと、ここに指摘の一覧が表示されます。", styles("subtitle")
    )
    _table(sheet, styles, 3, 0, 1, FINDINGS_TABLE, FINDING_HEADS)
    for column in range(len(FINDING_HEADS)):
        sheet.write_blank(4, column, None, styles("wrap"))
    sheet.freeze_panes(4, 0)
    page(sheet, contents, FINDINGS, protected=False)


def stamp(book: Any, contents: Contents) -> None:
    """Write the hidden record: schema, definition and fingerprint, and helpers of the formulas."""
    sheet, plan = book.add_worksheet(STAMP), contents.plan
    text = contents.definition.text
    parts = [text[i : i + CHUNK] for i in range(0, len(text), CHUNK)]
    record = [
        ("schema", str(SCHEMA)),
        ("plan", plan.id),
        ("fingerprint", plan.fingerprint),
        ("sample", "1" if contents.sample else "0"),
        *(("definition", part) for part in parts),
    ]
    for row, (key, value) in enumerate(record):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    for row, year in enumerate(plan.rounds):
        sheet.write_string(row, 3, str(year))
        sheet.write_number(row, 4, year.year)
    years = f"'{STAMP}'!$D$1:$D${len(plan.rounds)}"
    west = f"'{STAMP}'!$E$1:$E${len(plan.rounds)}"
    at = plan.rounds.index(contents.round)
    sheet.write_formula(0, 6, f"=MATCH(評価年度,{years},0)", None, at + 1)
    sheet.write_formula(1, 6, f"=INDEX({west},評価列)", None, contents.round.year)
    book.define_name("評価列", f"='{STAMP}'!$G$1")
    book.define_name("評価西暦", f"='{STAMP}'!$G$2")
    sheet.protect()
    sheet.very_hidden()
