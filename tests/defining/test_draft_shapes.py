"""Shapes in which strategies lay out goals, 施策 and figures: each as a small Word file."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from aso_xl.defining import any_definition
from aso_xl.defining.build import build
from aso_xl.defining.draft.drafter import draft

HEADS = ("KPI", "基準値(R6)", "目標値(R11)")
UNDER_TITLE = "1-H1 1000 1100 人, 1-01-1 100 120 戸"
FARMERS, FORESTERS = ("農家数", "100戸", "120戸"), ("林家数", "50戸", "60戸")


def table(word, *rows):
    made = word.add_table(len(rows), max(map(len, rows)))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    return made


def with_measures(*headings, goal="基本目標1 しごと", style=None):
    """Return a strategy of one goal whose 施策 stand in lines, each with a table of KPIs below."""
    word = docx.Document()
    word.add_paragraph(goal)
    for heading, row in zip(headings, (FARMERS, FORESTERS), strict=False):
        word.add_paragraph(heading, style=style)
        table(word, HEADS, row)
    return word


def in_a_box(word, text):
    """Put a text into a text box, as Word keeps it for itself and for programs before it."""
    box = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    space += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    space += ' xmlns:v="urn:schemas-microsoft-com:vml"'
    word.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} {space}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
            f"{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )


def boxed():
    word = docx.Document()
    in_a_box(word, "基本目標1 しごと")
    word.add_paragraph("施策1 農業")
    table(word, HEADS, FARMERS)
    return word


def bars():
    word = docx.Document()
    table(word, ("基本目標1 しごと",))
    word.add_paragraph("①農業の振興")
    word.add_paragraph("【KPI】")
    table(word, HEADS, FARMERS)
    return word


def titled(*title):
    """Return a strategy whose tables of KPIs bear the 施策 in their own first row, after 数値目標."""
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("【数値目標】")
    table(word, ("指標名", "現状値(R6)", "目標値(R11)"), ("人口", "1,000人", "1,100人"))
    word.add_paragraph("")
    made = table(word, title, ("担当課：農林課",), HEADS, FARMERS)
    made.cell(0, len(title) - 1).merge(made.cell(0, 2))
    made.cell(1, 0).merge(made.cell(1, 2))
    return word


def kinds():
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    heads = ("区分", "指標", "基準値", "目標値", "担当課")
    headline = ("数値目標", "就業者数", "1000人(R6)", "1100人(R11)", "商工課")
    table(word, heads, headline, ("KPI", "農家数", "100戸(R6)", "120戸(R11)", "農政課"))
    return word


def lying():
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("施策1 農業")
    table(word, ("指標名", "農家数"), ("基準値(R6)", "100戸"), ("目標値(R11)", "120戸"))
    return word


def nested():
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    outer = table(word, ("施策名", "農業の振興"), ("取組内容", "支援します。"), ("KPI", ""))
    table(outer.cell(2, 1), HEADS, FARMERS)
    return word


def words_for_figures():
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("施策1 農業")
    rows = (
        ("計画", "未策定", "策定"),
        ("割合", "80%", "80%以上を維持"),
        ("参加", "新規", "5年間で100人"),
    )
    table(word, HEADS, *rows)
    return word


def moves():
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("■数値目標")
    word.add_paragraph("・町内就業者数：3,905人（R5）→4,000人（R11）")
    word.add_paragraph("(1) 農業")
    word.add_paragraph("農業を続けられるようにします。")
    word.add_paragraph("【重要業績評価指標（KPI）】")
    word.add_paragraph("○ 新規就農者数 4人 → 15人以上")
    word.add_paragraph("(2) 林業")
    word.add_paragraph("KPI1：林道の整備 － ⇒ 5km")
    table(
        word,
        ("KPI", "現状値(R5)→目標値(R11)"),
        ("林家数", "50戸→60戸"),
        ("木材", "1,000m3 → 1,200m3"),
    )
    return word


@pytest.mark.parametrize(
    ("word", "measures", "said"),
    [
        (with_measures("(1) 農業", "(2) 林業"), ["(1) 農業", "(2) 林業"], "1-01-1 100 120 戸"),
        (with_measures("1-1 農業", "1-2 林業"), ["1-1 農業", "1-2 林業"], "1-01-1 100 120 戸"),
        (with_measures("ア 農業", "イ 林業"), ["ア 農業", "イ 林業"], "1-01-1 100 120 戸"),
        (
            with_measures("農業", "林業", style="List Number"),
            ["1 農業", "2 林業"],
            "1-01-1 100 120 戸",
        ),
        (with_measures("農業", style="Heading 3"), [" 農業"], "1-01-1 100 120 戸"),
        (
            with_measures("具体的施策(1) 農業", goal="戦略の柱Ⅰ しごと"),
            ["具体的施策(1) 農業"],
            "1-01-1 100 120 戸",
        ),
        (boxed(), [" 農業"], "1-01-1 100 120 戸"),
        (bars(), ["① 農業の振興"], "1-01-1 100 120 戸"),
        (titled("施策１　農業"), [" 農業"], UNDER_TITLE),
        (titled("【施策1】農業"), [" 農業"], UNDER_TITLE),
        (titled("（１）農業"), ["(1) 農業"], UNDER_TITLE),
        (titled("施策1", "農業"), [" 農業"], UNDER_TITLE),
        (titled("施策名", "施策1 農業"), [" 農業"], UNDER_TITLE),
        (titled("施策名", "農業"), [" 農業"], UNDER_TITLE),
        (kinds(), [], "1-H1 1000 1100 人, 1-K1 100 120 戸"),
        (lying(), [" 農業"], "1-01-1 100 120 戸"),
        (
            moves(),
            ["(1) 農業", "(2) 林業"],
            "1-H1 3905 4000 人, 1-01-1 4 15 人, 1-02-1 None 5 km, 1-02-2 50 60 戸, 1-02-3 1000 1200 m3",
        ),
        (nested(), [" 農業の振興"], "1-01-1 100 120 戸"),
        (
            words_for_figures(),
            [" 農業"],
            "1-01-1 未策定 策定 , 1-01-2 80 80 %, 1-01-3 新規 100 人",
        ),
    ],
)
def test_goals_measures_and_figures_are_found(word, measures, said, tmp_path):
    source, path = tmp_path / "戦略.docx", tmp_path / "定義.xlsx"
    word.save(str(source))
    made = draft(source)
    path.write_bytes(build(made.book, unread=made.unread))
    plan = any_definition.examine(str(path)).definition.plan
    (goal,) = plan.goals
    assert goal.title == "しごと"
    assert [f"{m.label} {m.name}" for m in goal.measures] == measures
    figures = ", ".join(
        f"{i.id} {i.baseline or i.printed_baseline or None} {i.target or i.printed_target} {i.unit}"
        for i in plan.indicators()
    )
    assert figures.startswith(said)
    assert made.unread == []


def test_headings_of_the_same_look_are_measures_without_a_kpi(tmp_path):
    word = docx.Document()
    word.add_heading("基本目標1 しごと", 1)
    word.add_heading("基本的方向", 2)
    word.add_paragraph("(1) 担い手への集積を進めます")
    word.add_heading("数値目標", 2)
    for name, row in (("農業", FARMERS), ("水産業", ()), ("林業", FORESTERS)):
        word.add_heading(name, 2)
        if row:
            table(word, HEADS, row)
    word.save(str(tmp_path / "戦略.docx"))
    made = draft(tmp_path / "戦略.docx")
    rows = [row for row in made.book.of("基本目標と施策") if not row["measure"].is_blank]
    assert [(row["measure"].value, row["name"].value) for row in rows] == [
        *((1, "農業"), (2, "水産業"), (3, "林業"))
    ]
    assert all("番号は、書かれた順" in row["measure"].hint for row in rows)


def test_numbers_that_go_on_are_measures_without_a_kpi(tmp_path):
    word = with_measures("(1) 農業", "(2) 林業")
    word.add_paragraph("①苗を配ります")
    word.add_paragraph("(3) 水産業")
    word.add_paragraph("(5) 行政の推進")
    word.save(str(tmp_path / "戦略.docx"))
    rows = draft(tmp_path / "戦略.docx").book.of("基本目標と施策")
    assert [row["label"].value for row in rows] == [None, "(1)", "(2)", "(3)"]


def test_a_target_over_the_years_is_guessed_to_be_a_sum(tmp_path):
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("施策1 農業")
    table(word, HEADS, ("相談", "6件", "5年間で40件"), ("研修", "2回", "10回(累計)"))
    word.save(str(tmp_path / "戦略.docx"))
    one, other = draft(tmp_path / "戦略.docx").book.of("指標")
    assert (one["aggregate"].value, one["cumulative"].value) == ("合計", None)
    assert "5年間で40件" in one["aggregate"].hint
    assert (other["aggregate"].value, other["cumulative"].value) == (None, "○")


def test_a_total_over_the_years_in_a_name_is_guessed_to_be_a_sum(tmp_path):
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("施策1 農業")
    rows = (("相談件数（５年間の合計）", "6件", "40件"), ("計画期間中の合計就農者数", "2人", "9人"))
    table(word, HEADS, *rows, ("合計特殊出生率", "1.4", "1.6"))
    word.save(str(tmp_path / "戦略.docx"))
    first, second, other = draft(tmp_path / "戦略.docx").book.of("指標")
    assert first["aggregate"].value == second["aggregate"].value == "合計"
    assert first["aggregate"].hint.startswith("名称に「5年間の合計」とあるため")
    assert other["aggregate"].is_blank


DEPARTMENT_ROWS = {
    "a row of two cells": ("担当課", "農政課"),
    "a row in one": ("担当課：農政課", "担当課：農政課"),
    "with brackets": ("所管課（主なもの）", "農政課"),
}


@pytest.mark.parametrize("row", DEPARTMENT_ROWS.values(), ids=[*DEPARTMENT_ROWS])
@pytest.mark.parametrize("is_above", [True, False])
def test_the_department_of_a_measure_is_that_of_its_figures(row, is_above, tmp_path):
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("施策1 農業")
    rows = [row, *([HEADS, FARMERS] if is_above else [])]
    table(word, *(rows if is_above else [HEADS, FARMERS, (*row, "")]))
    word.add_paragraph("施策2 林業")
    table(word, HEADS, ("林家数", "5戸", "6戸"))
    word.save(str(tmp_path / "戦略.docx"))
    book = draft(tmp_path / "戦略.docx").book
    one, other = book.of("指標")
    assert (one["department"].value, other["department"].value) == ("農政課", None)
    assert [each.value for each in book.departments] == ["農政課"]


def test_the_department_of_a_line_and_one_of_its_own(tmp_path):
    word = docx.Document()
    for text in ("基本目標1 しごと", "施策1 農業", "【担当課】：農政課、観光課"):
        word.add_paragraph(text)
    table(word, (*HEADS, "担当"), (*FARMERS, ""), ("林家数", "5戸", "6戸", "林務課"))
    word.save(str(tmp_path / "戦略.docx"))
    book = draft(tmp_path / "戦略.docx").book
    assert [row["department"].value for row in book.of("指標")] == ["農政課、観光課", "林務課"]
    assert [each.value for each in book.departments] == ["農政課", "観光課", "林務課"]


PROSE = (
    "施策1の推進により、担い手を育てる",
    "施策1 については、関係機関と連携して進めます",
    "(1) 農地の集積を進め、担い手を育成します",
    "(1) 農地の集積を図り、",
    "① 担い手の育成に取り組む。また、販路を広げる",
)


@pytest.mark.parametrize("text", PROSE)
def test_a_sentence_is_no_heading_of_a_measure(text, tmp_path):
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("施策3 農業をつなぐ")
    table(word, (text, text), HEADS, FARMERS)
    word.save(str(tmp_path / "戦略.docx"))
    book = draft(tmp_path / "戦略.docx").book
    assert [row["name"].value for row in book.of("基本目標と施策")] == ["しごと", "農業をつなぐ"]
    assert [row["measure"].value for row in book.of("指標")] == [3]


def test_headings_that_say_what_is_done_are_headings_still(tmp_path):
    word = with_measures("(1) 安心して暮らせるまちをつくる", "(2) 農業を支援する")
    word.save(str(tmp_path / "戦略.docx"))
    rows = draft(tmp_path / "戦略.docx").book.of("基本目標と施策")
    assert [row["label"].value for row in rows] == [None, "(1)", "(2)"]


def test_what_a_draft_has_nothing_of_is_said(tmp_path, aso):
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    table(word, ("数値目標", *HEADS[1:]), FARMERS)
    word.save(str(tmp_path / "戦略.docx"))
    made = aso("definition", "draft", tmp_path / "戦略.docx", "-o", tmp_path / "a.xlsx", "--json")
    assert [text.partition("。")[0] for text in made.json["warnings"]] == [
        "施策が 1 つも見つかりませんでした",
        "KPI が 1 つも見つかりませんでした",
    ]
    shown = aso("definition", "draft", tmp_path / "戦略.docx", "-o", tmp_path / "b.xlsx").out
    assert "警告: KPI が 1 つも見つかりませんでした" in shown
    word.add_paragraph("施策1 農業")
    table(word, ("KPI", *HEADS[1:]), FARMERS)
    word.save(str(tmp_path / "戦略.docx"))
    made = aso("definition", "draft", tmp_path / "戦略.docx", "-o", tmp_path / "c.xlsx", "--json")
    assert made.json["warnings"] == []


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("令和7年度(2025年度)～令和11年度(2029年度)", "R7～R11"),
        ("令和7（2025）年度から令和11（2029）年度までの5年間", "R7～R11"),
        ("2025年度～2029年度", "R7～R11"),
        ("R7-R11", "R7～R11"),
        ("令和7年4月から令和12年3月まで", "R7～R11"),
    ],
)
def test_the_period_in_its_ways(line, period, tmp_path):
    word = with_measures("(1) 農業")
    word.add_paragraph("計画期間")
    word.add_paragraph(line)
    word.save(str(tmp_path / "戦略.docx"))
    assert draft(tmp_path / "戦略.docx").book.plan["period"].value == period


def test_a_note_with_a_year_that_is_none_gives_no_year(tmp_path):
    word = docx.Document()
    word.add_paragraph("基本目標1 しごと")
    word.add_paragraph("施策1 農業")
    table(word, HEADS, ("農家数※", "100戸", "120戸"))
    word.add_paragraph("※ : 令和0年度の数値を基準とする")
    word.save(str(tmp_path / "戦略.docx"))
    [row] = draft(tmp_path / "戦略.docx").book.of("指標")
    assert row["note"].value == "令和0年度の数値を基準とする"
    assert row["baseline_year"].value is None
