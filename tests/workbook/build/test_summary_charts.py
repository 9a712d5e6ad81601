"""The charts of 集計: what they are drawn from, what they show at first, how they are read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries
from random_fillings import choices, name_place
from workbook_tools import MAIN, REL, Error, Value, Xlsx

from aso_xl.strategies import definition
from aso_xl.workbook.build import template
from aso_xl.workbook.build.course_block import CHOICES, CHOSEN
from aso_xl.workbook.build.summary_sheet import WORDS
from aso_xl.workbook.layout import SUMMARY

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(scope="module")
def sample(sample_path: Path) -> Xlsx:
    return Xlsx(sample_path)


def charts(book: Xlsx) -> list[tuple[str, etree._Element]]:
    """Return description and XML of the charts of 集計, from top to bottom."""
    drawings = [p for _, p in book.links(book.sheet_parts[SUMMARY]).values() if "drawing" in p]
    links = book.links(drawings[0])
    found = []
    for anchor in book.xml(drawings[0]):
        description = next(anchor.iter(f"{XDR}cNvPr")).get("descr", "")
        chart = next(anchor.iter(f"{C}chart")).get(f"{REL}id", "")
        found.append((description, book.xml(links[chart][1])))
    return found


def named(book: Xlsx, words: str) -> etree._Element:
    return next(chart for description, chart in charts(book) if words in description)


def cells(book: Xlsx, formula: str) -> Iterator[Value]:
    """Yield the values of a range as a chart names it."""
    sheet, area = formula.replace("$", "").split("!")
    left, top, right, bottom = range_boundaries(area)
    for row in range(top or 0, (bottom or 0) + 1):
        for column in range(left or 0, (right or 0) + 1):
            yield book.value(sheet.strip("'"), f"{get_column_letter(column)}{row}")


def points(reference: etree._Element) -> dict[int, str]:
    return {int(p.get("idx", "")): p[0].text or "" for p in reference.iter(f"{C}pt")}


def test_goals_are_shown_in_one_chart_and_each_goal_with_kpis_in_another(sample: Xlsx) -> None:
    assert [description for description, _ in charts(sample)] == [
        "基本目標ごとのKPIの項目数を、達成・未達成・未入力・要確認・未公表・集計中・対象外に分けて積み上げた横棒グラフ",
        "年度ごとに、KPIの項目数を、達成と達成以外に分けて積み上げた横棒グラフ",
        "選んだ指標の実績値、基準値、目標値を、値の年度ごとに示す折れ線グラフ。"
        "縦軸は0から始まるとは限らない",
        *(
            f"基本目標{n}のKPIごとの進捗率を示す横棒グラフ。目標の100%は破線の枠。"
            "目盛りの外まで続く棒は縞"
            for n in (1, 2, 3, 4)
        ),
    ]


def test_what_is_not_there_is_not_drawn(second_path: Path) -> None:
    """The second term has neither KPIs nor figures: counts only."""
    book = Xlsx(second_path)
    assert len(charts(book)) == 1
    assert name_place(book, CHOSEN) is None and name_place(book, CHOICES) is None
    assert book.sheet(SUMMARY).find(f"{MAIN}rowBreaks") is None


def test_every_cache_is_what_stands_in_the_cells(sample: Xlsx) -> None:
    """What is no number is a gap, in the cells as in the cache."""
    counted = 0
    for _, chart in charts(sample):
        for reference in chart.iter(f"{C}strRef", f"{C}numRef"):
            shown = points(reference)
            for index, value in enumerate(cells(sample, reference[0].text or "")):
                if reference.tag == f"{C}strRef":
                    assert shown.get(index, "") == value
                elif isinstance(value, Decimal):
                    assert Decimal(f"{float(shown[index]):.15g}") == value
                    counted += 1
                else:
                    assert value in ("", "－", Error("#N/A")) and index not in shown
    assert counted > 7 * 4 + 50


def test_counts_of_the_rounds_are_those_of_their_table(sample: Xlsx) -> None:
    table = sample.tables["集計_年度"]
    series = list(named(sample, "年度ごと").iter(f"{C}ser"))
    assert [points(s.find(f"{C}tx"))[0] for s in series] == ["KPI達成", "KPI達成以外"]  # type: ignore[arg-type]
    for each, head in zip(series, ("KPI達成", "KPI達成以外"), strict=True):
        column = table.address(head, 0).rstrip("0")
        area = f"{SUMMARY}!${column}${table.top + 1}:${column}${table.bottom}"
        assert [f.text for f in each.iterfind(f"{C}val//{C}f")] == [area]
    assert [points(s.find(f"{C}val")) for s in series] == [{2: "26"}, {2: "33"}]  # type: ignore[arg-type]


def test_counts_are_the_columns_of_the_table(sample: Xlsx) -> None:
    table = sample.tables["集計_KPI"]
    series = list(named(sample, "積み上げた").iter(f"{C}ser"))
    assert [points(s.find(f"{C}tx"))[0] for s in series] == list(WORDS)  # type: ignore[arg-type]
    for each, word in zip(series, WORDS, strict=True):
        column = table.address(word, 0).rstrip("0")
        area = f"{SUMMARY}!${column}${table.top + 1}:${column}${table.bottom - 1}"
        assert [f.text for f in each.iterfind(f"{C}val//{C}f")] == [area]
        assert [f.get("formatCode") for f in each.iterfind(f"{C}dLbls/{C}numFmt")] == ["0;;"]


def test_words_differ_in_more_than_colour(sample: Xlsx) -> None:
    looks = [s.find(f"{C}spPr") for s in named(sample, "積み上げた").iter(f"{C}ser")]
    patterns = [f.get("prst") for look in looks for f in look.iter(f"{A}pattFill")]  # type: ignore[union-attr]
    assert len(patterns) == len(set(patterns)) == 4
    markers = [m.get("val") for m in named(sample, "折れ線").iter(f"{C}symbol")]
    dashes = [
        d.get("val") for d in named(sample, "折れ線").iterfind(f".//{C}ser/{C}spPr//{A}prstDash")
    ]
    assert len(set(markers)) == len(set(dashes)) == 3


def progress_of(book: Xlsx, goal: int) -> dict[str, list[Value]]:
    """Return the cells of each series of a goal's chart of progress."""
    series = list(named(book, f"基本目標{goal}のKPIごと").iter(f"{C}ser"))
    names = [s.findtext(f"{C}tx//{C}v") for s in series]
    areas = [s.findtext(f"{C}val//{C}f") or "" for s in series]
    return {str(n): list(cells(book, area)) for n, area in zip(names, areas, strict=True)}


@pytest.mark.parametrize("goal", [1, 2, 3, 4])
def test_progress_is_that_of_the_goals_own_table(sample: Xlsx, goal: int) -> None:
    table, chart = sample.tables[f"KPI_{goal}"], named(sample, f"基本目標{goal}のKPIごと")
    column = table.address("指標", 0).rstrip("0")
    area = f"{table.sheet}!${column}${table.top + 1}:${column}${table.bottom}"
    assert {f.text for f in chart.iterfind(f".//{C}cat//{C}f")} == {area}
    within, beyond, target = progress_of(sample, goal).values()
    shown = [sample.value(table.sheet, table.address("進捗率", row)) for row in table.rows]
    drawn = [a if isinstance(a, Decimal) else b for a, b in zip(within, beyond, strict=True)]
    assert drawn == [value if isinstance(value, Decimal) else "" for value in shown]
    assert all(-100 <= value <= 150 for value in within if isinstance(value, Decimal))
    assert not any(-100 <= value <= 150 for value in beyond if isinstance(value, Decimal))
    assert target == [100] * len(shown)
    category = next(chart.iter(f"{C}catAx"))
    assert next(category.iter(f"{C}orientation")).get("val") == "maxMin"
    assert next(category.iter(f"{C}tickLblSkip")).get("val") == "1"


def test_the_target_is_unlike_any_gridline_and_cut_bars_look_cut(sample: Xlsx) -> None:
    chart = named(sample, "基本目標1のKPIごと")
    within, beyond, target = chart.iter(f"{C}ser")
    assert [s.findtext(f"{C}tx//{C}v") for s in (within, beyond, target)] == [
        "進捗率",
        "進捗率(目盛りの外まで続くもの)",
        "目標(100%)",
    ]
    assert chart.find(f".//{C}legend") is not None
    cut = progress_of(sample, 1)["進捗率(目盛りの外まで続くもの)"]
    assert [value for value in cut if value != ""] == [160, -120]
    assert [f.get("prst") for f in beyond.iter(f"{A}pattFill")] == ["wdUpDiag"]
    assert within.find(f".//{A}pattFill") is None
    # 0 carries no label: a text such as 「－」 is drawn as 0 too
    forms = [
        next(s.iter(f"{C}dLbls")).find(f"{C}numFmt").get("formatCode") for s in (within, beyond)
    ]
    assert forms == ['0.0"%";△0.0"%";', '0.0"% ≫";"≪ △"0.0"%";']
    frame = target.find(f"{C}spPr")
    assert frame.find(f"{A}noFill") is not None
    axis = next(chart.iter(f"{C}valAx"))
    assert {d.get("val") for d in frame.iter(f"{A}prstDash")} == {"sysDash"}
    assert axis.find(f"{C}minorGridlines") is None and axis.find(f".//{A}prstDash") is None
    ends = {e.tag: e.get("val") for e in axis.iter()}
    assert (ends[f"{C}min"], ends[f"{C}max"], ends[f"{C}majorUnit"]) == ("-100", "150", "50")
    # what it is drawn from stands in hidden columns
    assert chart.find(f".//{C}plotVisOnly") is None or (
        chart.find(f".//{C}plotVisOnly").get("val") == "0"
    )


def test_long_goals_have_tall_charts(sample: Xlsx) -> None:
    drawing = next(p for p in sample.parts if p.startswith("xl/drawings/drawing"))
    rows = [int(r.text or "") for r in sample.xml(drawing).iter(f"{XDR}row")]
    heights = [end - start for start, end in zip(rows[::2], rows[1::2], strict=True)]
    assert heights[3] > 15 and heights[4] == heights[5] < 10 and heights[6] > 30
    assert all(before < after for before, after in zip(rows[1::2], rows[2::2], strict=False))


def test_every_measured_indicator_can_be_chosen(sample: Xlsx) -> None:
    plan = definition.load("third").plan
    measured = [i for i in plan.indicators() if not i.rule.is_typed]
    assert choices(sample) == [f"{i.id}　{i.name}" for i in measured]
    place = name_place(sample, CHOSEN)
    assert place is not None and sample.value(*place) == "1-H1　阿蘇市の市町村内総生産"
    (rule,) = (r for r in sample.validations(SUMMARY) if r.get("sqref") == place[1])
    assert rule.get("type") == "list"
    assert [f.text for f in rule.iter(f"{MAIN}formula1")] == [CHOICES]
    title = named(sample, "折れ線").find(f"{C}chart/{C}title")
    assert title is not None
    [area] = [f.text or "" for f in title.iter(f"{C}f")]
    assert list(cells(sample, area.replace("'", ""))) == [
        "1-H1　阿蘇市の市町村内総生産の推移(公表が遅れるため、値の年度で示す、縦軸は0からとは限らない)"
    ]


def test_first_choice_shows_its_course(sample: Xlsx) -> None:
    series = list(named(sample, "折れ線").iter(f"{C}ser"))
    names = [points(s.find(f"{C}tx"))[0] for s in series]  # type: ignore[arg-type]
    figures = [list(cells(sample, s.find(f"{C}val")[0][0].text or "")) for s in series]  # type: ignore[index]
    gap = Error("#N/A")
    assert dict(zip(names, figures, strict=True)) == {
        "実績値": [Decimal("1246.3"), Decimal("1258.72"), Decimal("1281.64"), gap, gap],
        "基準値": [Decimal("1241.55")] * 5,
        "目標値": [Decimal(1300)] * 5,
    }


def test_a_value_stands_at_its_own_year(sample: Xlsx) -> None:
    """市町村内総生産 is published two years late: in the round R7 the value of R5 is entered."""
    for series in named(sample, "折れ線").iter(f"{C}ser"):
        shown = points(series.find(f"{C}cat"))  # type: ignore[arg-type]
        assert [shown[at] for at in range(5)] == ["R5", "R6", "R7", "R8", "R9"]
    place = name_place(sample, CHOICES)
    assert place is not None
    left, top, _, bottom = range_boundaries(place[1])
    years = {
        str(sample.value(SUMMARY, f"{get_column_letter(left)}{row}")).partition("　")[0]: [
            sample.value(SUMMARY, f"{get_column_letter(left + n)}{row}") for n in range(1, 6)
        ]
        for row in range(top, bottom + 1)
    }
    plan = definition.load("third").plan
    assert years == {
        i.id: [str(round_ + -i.lag) for round_ in plan.rounds]
        for i in plan.indicators()
        if not i.rule.is_typed
    }


def test_formulas_use_nothing_that_excel_2016_lacks(sample: Xlsx) -> None:
    found = [f for f in sample.formulas(SUMMARY).values() if "MATCH(" in f]
    assert len(found) > 15
    assert all("_xlfn" not in f and len(f) < 8192 for f in found)


def test_print_breaks_between_charts(sample: Xlsx) -> None:
    breaks = [int(b.get("id", "")) for b in sample.sheet(SUMMARY).iter(f"{MAIN}brk")]
    drawing = next(p for p in sample.parts if p.startswith("xl/drawings/drawing"))
    rows = [int(r.text or "") for r in sample.xml(drawing).iter(f"{XDR}row")]
    assert len(breaks) == 2
    assert rows[3] < breaks[0] <= rows[4] and rows[11] < breaks[1] <= rows[12]
    names = [str(n.text) for n in sample.workbook.iter(f"{MAIN}definedName")]
    [printed] = [n for n in names if n.startswith(f"{SUMMARY}!$A$1:$K$")]
    assert int(printed.rpartition("$")[2]) - rows[-1] in (1, 2)


def test_only_choice_and_cross_check_are_unlocked_and_the_list_is_hidden(sample: Xlsx) -> None:
    place = name_place(sample, CHOICES)
    assert place is not None
    column = range_boundaries(place[1])[0]
    hidden = [c for c in sample.sheet(SUMMARY).iter(f"{MAIN}col") if c.get("hidden") == "1"]
    assert [(c.get("min"), c.get("max")) for c in hidden] == [(str(column), str(column + 23))]


def test_plan_without_figures_has_no_course(tmp_path: Path) -> None:
    made = definition.load("third")
    goals = tuple(replace(goal, headlines=(), measures=()) for goal in made.plan.goals)
    path = tmp_path / "empty.xlsx"
    path.write_bytes(template.build(replace(made, plan=replace(made.plan, goals=goals))))
    assert len(charts(Xlsx(path))) == 1
