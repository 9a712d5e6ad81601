"""Drafts from a strategy's own file: what is sure is filled in, guesses are marked, nothing invented."""

import csv
from decimal import Decimal

import docx
import openpyxl
import pytest
from defining_tools import saved
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from strategy_words import one_table_a_goal, pillars, printed, third_pages, year_columns

from aso_xl.defining import any_definition, sheets
from aso_xl.defining.draft.drafter import draft
from aso_xl.domain.numerals import FiscalYear
from aso_xl.errors import DefinitionError
from aso_xl.strategies.definition import load

THIRD = load("third").plan


def facts(own):
    """Return what must be right of an indicator: place, name, unit, values, years, rule."""
    return (
        *(own.goal, own.measure, own.kind, own.name, own.unit, own.baseline, own.target),
        *(own.baseline_year, own.target_year, own.rule, own.lag),
    )


def drafted(source, tmp_path):
    """Return the draft of a file and the plan of the definition workbook made from it."""
    made = draft(source)
    path = tmp_path / "下書き.xlsx"
    saved(path, made.book)
    return made, any_definition.examine(str(path))


def right(plan):
    wanted = {facts(own) for own in THIRD.indicators()}
    return len(wanted & {facts(own) for own in plan.indicators()})


def test_the_third_strategy_in_word(tmp_path):
    made, read = drafted(third_pages(THIRD, tmp_path / "戦略.docx"), tmp_path)
    plan = read.definition.plan
    assert read.found == []
    assert right(plan) == 67
    assert len(list(plan.indicators())) == 67
    assert [own.id for own in plan.indicators()] == [own.id for own in THIRD.indicators()]
    assert {m.id: m.name for m in plan.measures.values()} == {
        m.id: m.name for m in THIRD.measures.values()
    }
    assert [goal.title for goal in plan.goals] == [goal.title for goal in THIRD.goals]
    assert (plan.title, plan.short_title, plan.municipality) == (
        *(THIRD.title, THIRD.short_title, THIRD.municipality),
    )
    assert plan.period == THIRD.period
    late = plan.by_id["1-H1"]
    assert (late.money, late.source) == (True, THIRD.by_id["1-H1"].source)
    assert made.unread == []


def test_nothing_is_invented(tmp_path):
    _, read = drafted(third_pages(THIRD, tmp_path / "戦略.docx"), tmp_path)
    plan = read.definition.plan
    assert {own.department for own in plan.indicators()} == {""}
    assert {own.statement for own in plan.indicators()} == {""}
    assert (plan.departments, plan.relations, plan.stated_kpi_total) == ((), (), None)


def test_guesses_bear_their_source(tmp_path):
    made, _ = drafted(third_pages(THIRD, tmp_path / "戦略.docx"), tmp_path)
    workbook = openpyxl.load_workbook(tmp_path / "下書き.xlsx")
    sheet = workbook["指標"]
    comments = {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    rows = {row[5].value: row for row in sheet.iter_rows(min_row=5)}
    year = rows["農業産出額(推計額、畜産を除く)"][8]
    assert (year.value, "R 5数値を基準値" in comments[year.coordinate]) == ("R5", True)
    assert sum("元の文" in e.hint for e in made.book.plan.values()) == 1
    sure = rows["認定農業者数"]
    assert [cell.comment for cell in sure] == [None] * len(sure)
    assert (sure[7].value, sure[6].value, sure[11].value) == ("425人", "人", "以上")


DAMAGED = """目次
3\t1. 基本目標1 仕事をつくる
(基本目標1) 仕事をつくる
数値目標\t基準値(R 4) (R 6 計算)\t目標値(R 8) (R 10計算)\t
市町村内総生産*\t1,241億5,500万円\t1,300億円\t

資料:熊本県推計人□調査

1. 基本目標1 仕事をつくる
- (1) 畜産業の振興
No.\t1
施策名\t有効的な施設の 活用
施策内容\t利用率を考慮した施設整理を実施します。
重要業績評\t重要業績評価指標(KPI) 基準値(R6) 目標値(R10)\t\t目標値(R10)
施設利用者の割合 (1週間当たり)\t\t30.4%\t33.0%

No.\t2
施策名\t指導者 \tの育成
重要業績評価指標(KPI) 基準値(R6) 目標値(R10)
研修会への参加や指導研\t修\t68□\t80回

重要業績証価指揮(KPI)\t\t其淮値(P6)\t日煙値(P10)

重要業績評価指標(KPI)\t基準値(R6)\t目標値(R10)
ごみの量\t935 g\t931g
啓発活動数\t370\t400

6.7%
"""


def test_damaged_text_is_read_as_far_as_it_goes(tmp_path):
    source = tmp_path / "戦略.txt"
    source.write_text(DAMAGED, encoding="utf-8")
    made, read = drafted(source, tmp_path)
    plan = read.definition.plan
    said = {
        own.id: (own.name, str(own.baseline), str(own.target), own.unit, str(own.baseline_year))
        for own in plan.indicators()
    }
    assert said == {
        "1-H1": ("市町村内総生産", "1241.55", "1300", "億円", "R4"),
        "1-01-1": ("施設利用者の割合(1週間当たり)", "30.4", "33.0", "%", "R6"),
        "1-02-1": ("研修会への参加や指導研修", "68", "80", "回", "R6"),
        "1-02-2": ("ごみの量", "935", "931", "g", "R6"),
        "1-02-3": ("啓発活動数", "370", "400", "", "R6"),
    }
    assert plan.measures["1-02"].name == "指導者の育成"
    rows = made.book.of(sheets.INDICATORS)
    hints = {row["name"].value: {k for k, e in row.cells.items() if e.hint} for row in rows}
    assert {"name", "baseline"} <= hints["研修会への参加や指導研修"]
    assert "unit" in hints["啓発活動数"]
    assert "source" in hints["市町村内総生産"]
    torn = ("22行目", "重要業績証価指揮(KPI) | 其淮値(P6) | 日煙値(P10)")
    assert [(each.place, each.text) for each in made.unread] == [torn, ("28行目", "6.7%")]
    assert "数値ではありません" in made.unread[0].reason
    assert made.unread[1].reason == "表の外に数だけがあり、どの指標の値かわかりません。"


def test_a_column_per_year_with_headings_over_two_rows(tmp_path):
    made, read = drafted(year_columns(tmp_path / "戦略.docx"), tmp_path)
    plan = read.definition.plan
    assert (plan.goals[0].label, plan.goals[0].title) == ("基本目標Ⅰ", "しごとをつくる")
    by = plan.by_id
    years = tuple(FiscalYear(y) for y in (2020, 2022, 2019, 2024))
    own = by["1-H2"]
    assert (own.name, own.unit, own.baseline, own.target) == ("事業所数", "社", 1200, 1230)
    assert (own.baseline_year, own.target_year) == years[2:]
    assert own.targets == ((years[0], Decimal(1210)), (years[1], Decimal(1220)))
    money = by["1-01-1"]
    assert (money.unit, str(money.baseline), str(money.target)) == ("億円", "1.2", "1.5")
    assert money.department == "農政課"
    signed = by["1-01-2"]
    assert (signed.baseline, signed.target, signed.signed) == (-5, 5, True)
    assert made.unread == []


def test_one_table_a_goal_with_merged_cells(tmp_path):
    _, read = drafted(one_table_a_goal(tmp_path / "戦略.docx"), tmp_path)
    plan = read.definition.plan
    said = {
        own.id: (own.name, str(own.baseline), str(own.target), own.unit, own.rule.label)
        for own in plan.indicators()
    }
    assert said == {
        "1-01-1": ("農家数", "94", "100", "戸", "以上"),
        "1-01-2": ("魅力度", "15", "10", "位", "以内"),
        "1-02-1": ("店舗数", "None", "5", "店", "以上"),
        "2-01-1": ("入込客数", "12", "12", "千人", "超"),
        "2-01-2": ("満足度", "None", "75.0", "%", "以上"),
    }
    assert plan.by_id["1-01-1"].baseline_year == FiscalYear.parse("R5")
    assert plan.by_id["2-01-1"].printed_target == "増加"
    assert [m.name for m in plan.measures.values()] == ["農業", "商業", "観光"]
    assert [m.label for m in plan.measures.values()] == ["(1)", "(2)", ""]


def test_goals_by_another_word_with_targets_for_every_year(tmp_path):
    made, read = drafted(pillars(tmp_path / "戦略.docx"), tmp_path)
    plan = read.definition.plan
    assert [(goal.label, goal.title) for goal in plan.goals] == [
        *(("政策の柱Ⅰ", "海のめぐみで働く"), ("政策の柱Ⅱ", "安心して暮らす"))
    ]
    assert [(m.id, m.label, m.name, len(m.kpis)) for m in plan.measures.values()] == [
        ("1-01", "施策の方向1", "漁業と農業の担い手づくり", 3),
        ("1-02", "施策の方向2", "観光の振興", 4),
        ("1-03", "施策の方向3", "起業の支援", 0),
        ("2-01", "施策の方向1", "子育ての支援", 2),
        ("2-02", "施策の方向2", "地域の交通", 1),
    ]
    said = {
        own.name: (
            *(own.id, str(own.baseline), str(own.target), own.unit, own.rule.label),
            [str(value) for _, value in own.targets],
        )
        for own in plan.indicators()
    }
    assert said == {
        "町内就業者数": ("1-H1", "3905", "4000", "人", "以上", []),
        "一人当たり町民所得": ("1-H2", "2412", "2600", "千円", "以上", []),
        "転出超過数": ("1-H3", "-64", "-20", "人", "以上", []),
        "新規漁業就業者数（累計）": ("1-01-1", "4", "15", "人", "以上", ["6", "8", "10", "12"]),
        "直売所販売額": (
            "1-01-2",
            "1.23",
            "1.4",
            "億円",
            "以上",
            ["1.25", "1.28", "1.3", "1.35"],
        ),
        "有害鳥獣による被害額": (
            "1-01-3",
            "312",
            "250",
            "万円",
            "以下",
            ["300", "290", "280", "270"],
        ),
        "観光入込客数": ("1-02-1", "185", "220", "千人", "以上", ["190", "195", "200", "210"]),
        "県内魅力度ランキング": ("1-02-2", "12", "7", "位", "以内", ["11", "10", "9", "8"]),
        "体験プログラムの参加者": ("1-02-3", "None", "90", "人", "以上", ["50", "60", "70", "80"]),
        "道の駅の改修": ("1-02-4", "None", "None", "", "定性", []),
        "健康寿命（男性）": ("2-H1", "79.41", "79.41", "歳", "超", []),
        "健康寿命（女性）": ("2-H2", "83.87", "83.87", "歳", "超", []),
        "合計特殊出生率": ("2-H3", "1.38", "1.50", "", "以上", []),
        "待機児童数": ("2-01-1", "3", "0", "人", "以下", ["0", "0", "0", "0"]),
        "乳幼児健診の受診率": (
            "2-01-2",
            "97.2",
            "98.5",
            "%",
            "以上",
            ["97.5", "97.8", "98.0", "98.2"],
        ),
        "デマンド交通の利用者": (
            "2-02-1",
            "2140",
            "2600",
            "人",
            "以上",
            ["2200", "2300", "2400", "2500"],
        ),
    }
    assert [each.text.partition(" ")[0] for each in made.unread] == ["免許返納者への支援件数"]
    assert [(f.cell, "検証に印字する文" in f.message) for f in read.found if f.cell != "B5"] == [
        ("X14", True)
    ]
    assert plan.departments == ("産業課", "観光課", "福祉課", "総務課")
    assert "年度ごとの目標値" in made.book.plan["judged_against"].hint


HEADS = ("基本目標", "施策", "種類", "指標", "単位", "基準値(R6)", "目標値(R10)", "担当課")


def flat_rows():
    yield HEADS
    for own in THIRD.indicators():
        goal = THIRD.goals[own.goal - 1]
        named = {m.number: m.name for m in goal.measures}
        measure = f"{own.measure} {named.get(own.measure)}"
        figures = (printed(own, "baseline"), printed(own, "target"))
        place = (f"基本目標{goal.number} {goal.title}", measure if own.measure else "")
        kind = "数値目標" if own.kind == "headline" else "KPI"
        yield (*place, kind, own.name, own.unit, *figures, "企画課")


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp932"])
def test_a_csv_of_all_indicators(codec, tmp_path):
    source = tmp_path / "一覧.csv"
    with source.open("w", encoding=codec, newline="") as stream:
        csv.writer(stream).writerows(flat_rows())
    _, read = drafted(source, tmp_path)
    plan = read.definition.plan
    same = [own for own in THIRD.indicators() if str(own.baseline_year) == "R6"]
    same = [own for own in same if str(own.target_year) == "R10"]
    assert right(plan) == len(same) == 64
    assert len(list(plan.indicators())) == 67
    assert {own.department for own in plan.indicators()} == {"企画課"}


def test_a_workbook_with_titles_and_merged_cells(tmp_path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["基本目標1 仕事をつくる"])
    sheet.append([])
    sheet.append(["施策", "KPI", "基準値(R6)", "目標値(R10)"])
    sheet.append(["1 農業の振興", "農家数", "94人", "100人"])
    sheet.append([None, "面積", 24.5, 30])
    sheet.append(["2 林業の振興", "林家数", "5人", "6人"])
    sheet.merge_cells("A4:A5")
    source = tmp_path / "一覧.xlsx"
    workbook.save(source)
    _, read = drafted(source, tmp_path)
    assert [(i.id, i.name, str(i.baseline)) for i in read.definition.plan.indicators()] == [
        *(("1-01-1", "農家数", "94"), ("1-01-2", "面積", "24.5"), ("1-02-1", "林家数", "5"))
    ]


def test_what_is_in_no_goal_or_cannot_be_read_is_listed(tmp_path, aso):
    word = docx.Document()
    for rows in (
        [("KPI", "基準値(R6)", "目標値(R10)"), ("迷子の指標", "1人", "2人")],
        [
            ("KPI", "基準値(R6)", "目標値(R10)"),
            ("二つの値", "1人・2件", "2人"),
            ("農家", "3人", "5人"),
        ],
    ):
        table = word.add_table(len(rows), 3)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        word.add_paragraph("基本目標1 仕事をつくる")
    source = tmp_path / "戦略.docx"
    word.save(str(source))
    made = aso("definition", "draft", source, "-o", tmp_path / "下書き.xlsx", "--json").json
    assert [(each["text"], each["reason"]) for each in made["unread"]] == [
        (
            "迷子の指標 | 1人 | 2人",
            "前に基本目標の見出しがなく、どの基本目標の指標かわかりません。",
        ),
        (
            "二つの値 | 1人・2件 | 2人",
            "「1人・2件」には数値が2つあります。1つの欄には1つの数値を書いてください。",
        ),
    ]
    assert made["totals"] == {"goals": 1, "headlines": 0, "measures": 0, "kpis": 1}
    sheet = openpyxl.load_workbook(tmp_path / "下書き.xlsx")["読み取れなかったもの"]
    assert "二つの値" in sheet["B6"].value
    assert "数値が2つ" in sheet["C6"].value


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.txt", b"\n\n  \n\x0c\n", "画像だけの PDF"),
        ("文.txt", "第1章 はじめに\n人口が減っています。\n".encode(), "表がありません"),
        ("表.txt", "第1章\t1\n人口\t8,214人\n".encode(), "表が見つかりません"),
        ("戦略.pdf", b"%PDF-1.7", "PDF の表は読めません"),
        ("古い.doc", b"\xd0\xcf\x11\xe0", ".docx で保存し直してください"),
        ("壊れた.docx", b"PK\x03\x04", "Word 文書"),
        ("図.png", b"\x89PNG", "読めるのは"),
        ("図.txt", b"\x89PNG\0\0", "文字のファイルではありません"),
    ],
)
def test_what_cannot_be_drafted_is_one_sentence(name, content, words, tmp_path, aso):
    source = tmp_path / name
    source.write_bytes(content)
    done = aso("definition", "draft", source, "-o", tmp_path / "下書き.xlsx")
    assert done.code == 2
    assert words in done.err
    assert not (tmp_path / "下書き.xlsx").exists()


def test_a_word_file_without_tables(tmp_path):
    word = docx.Document()
    word.add_paragraph("基本目標1 仕事をつくる")
    word.save(str(tmp_path / "戦略.docx"))
    with pytest.raises(DefinitionError, match="表がありません"):
        draft(tmp_path / "戦略.docx")


def test_deleted_and_hidden_words_are_no_part_of_a_figure(tmp_path):
    source = third_pages(THIRD, tmp_path / "戦略.docx")
    word = docx.Document(str(source))
    cell = word.tables[1].rows[1].cells[1]
    run = cell.paragraphs[0].runs[0]._r
    deleted = parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>9</w:t></w:r></w:del>'
    )
    run.addprevious(deleted)
    word.save(str(source))
    assert right(drafted(source, tmp_path)[1].definition.plan) == 67
