"""The parts of a chart: its XML, its workbook, and how they hang in the document."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest
from chart_samples import ALL, COUNTS, COURSE, PROGRESS, WIDTH, charts, document, numbers, saved
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import given, settings
from lxml import etree
from openpyxl.utils.cell import range_boundaries

from aso_xl.report.charts import attach, chart_book, chart_xml, drawing_xml
from aso_xl.report.charts.data import column
from aso_xl.report.charts.renewal import printed, shown_by
from aso_xl.report.content.blocks import Chart, Series
from aso_xl.report.content.scale import Scale, height_for, scale_for

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def root(chart: Chart) -> etree._Element:
    return etree.fromstring(chart_xml(chart).encode())


def values(chart: Chart, path: str) -> list[str | None]:
    return [
        e.get("val")
        for e in root(chart).iterfind(".//" + "/".join(f"{C}{p}" for p in path.split("/")))
    ]


def cells(chart: Chart) -> dict[str, str | float | int | None]:
    sheet = openpyxl.load_workbook(BytesIO(chart_book(chart)))["Sheet1"]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}


def places(formula: str) -> list[str]:
    sheet, area = formula.split("!")
    assert sheet == "Sheet1"
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    assert left == right and left and top and bottom
    return [f"{column(left - 1)}{row}" for row in range(top, bottom + 1)]


@settings(max_examples=150)
@given(charts())
def test_caches_workbook_and_chart_agree(chart: Chart) -> None:
    """Whatever the figures: what is drawn is what stands in the cells the formulas name."""
    assert printed(chart_xml(chart).encode()) == (shown_by(chart) if chart.series else None)
    found = cells(chart)
    for reference in root(chart).iter(f"{C}strRef", f"{C}numRef"):
        cache = reference[1]
        count = int(cache.find(f"{C}ptCount").get("val"))  # type: ignore[union-attr]
        shown = {int(p.get("idx", "")): p[0].text or "" for p in cache.iter(f"{C}pt")}
        for index, place in enumerate(places(reference[0].text or "")):
            text = shown.get(index) if index < count else None
            if text is None or reference.tag == f"{C}numRef":
                assert found.get(place) == (None if text is None else float(text))
            else:
                assert (found[place] or "") == text


def test_workbook_holds_every_figure_exactly() -> None:
    assert cells(COURSE) == {
        **{"A1": "項目", "B1": "実績値", "C1": "基準値", "D1": "目標値"},
        **{"A2": "R7", "B2": 1241.55, "C2": 1241.55, "D2": None},
        **{"A3": "R8", "B3": None, "C3": 1241.55, "D3": None},
        **{"A4": "R9", "B4": 1260, "C4": 1241.55, "D4": None},
        **{"A5": "R10", "B5": 1304.5, "C5": 1241.55, "D5": 1300},
    }


def test_workbook_is_the_same_bytes_every_time_and_keeps_text_as_text() -> None:
    assert chart_book(COUNTS) == chart_book(COUNTS)
    odd = replace(COUNTS, categories=("=1+1", " a\x0b<b>\r\n&"))
    assert [cells(odd)[at] for at in ("A2", "A3")] == ["=1+1", " a<b>\n&"]
    with zipfile.ZipFile(BytesIO(chart_book(odd))) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_columns_go_on_after_z() -> None:
    assert [column(i) for i in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]


@pytest.mark.parametrize("chart", ALL, ids=lambda c: c.kind)
def test_every_text_names_both_typefaces(chart: Chart) -> None:
    properties = list(root(chart).iter(f"{A}defRPr", f"{A}rPr"))
    assert len(properties) >= 4
    for each in properties:
        faces = [e.get("typeface") for e in each.iter(f"{A}latin", f"{A}ea")]
        assert faces == ["BIZ UDPゴシック"] * 2
        assert int(each.get("sz", "0")) >= 700


@pytest.mark.parametrize("chart", ALL, ids=lambda c: c.kind)
def test_what_every_chart_says_of_itself(chart: Chart) -> None:
    assert root(chart)[0].get("val") == "0" and root(chart)[0].tag == f"{C}date1904"
    assert values(chart, "autoTitleDeleted") == ["1"] and values(chart, "autoUpdate") == ["0"]
    place = "t" if chart.kind == "course" else "b"
    assert values(chart, "legendPos") == [place] and values(chart, "dispBlanksAs") == ["gap"]
    assert len(set(values(chart, "axId"))) == 2
    assert all(int(v or "") > 0 for v in values(chart, "axId") + values(chart, "crossAx"))


def test_counts_hide_zero_and_differ_in_more_than_colour() -> None:
    formats = [e.get("formatCode") for e in root(COUNTS).iterfind(f".//{C}dLbls/{C}numFmt")]
    assert formats == ["0;;"] * 5
    fills = [s.find(f"{C}spPr")[0] for s in root(COUNTS).iter(f"{C}ser")]  # type: ignore[index]
    patterns = [f.get("prst") for f in fills if f.tag == f"{A}pattFill"]
    assert len(patterns) == len(set(patterns)) == 2
    solid = [f[0].get("val", "") for f in fills if f.tag == f"{A}solidFill"]
    light = [_lightness(colour) for colour in solid]
    assert light == sorted(light) and light[1] - light[0] > 0.5 and light[2] - light[1] > 0.1


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_progress_has_the_first_on_top_the_target_line_and_labels_that_cutting_spares() -> None:
    assert values(PROGRESS, "catAx/scaling/orientation") == ["maxMin"]
    assert values(PROGRESS, "valAx/crosses") == ["max"]
    assert values(PROGRESS, "overlap") == ["100"] and values(PROGRESS, "tickLblSkip") == ["1"]
    assert values(PROGRESS, "dLblPos") == ["inBase"] * 3
    assert values(PROGRESS, "scaling/min") == ["-100"] and values(PROGRESS, "scaling/max") == [
        "150"
    ]
    assert values(PROGRESS, "majorUnit") == ["50"]


def test_the_target_is_a_series_of_its_own_unlike_every_line_of_the_scale() -> None:
    *_, target = root(PROGRESS).iter(f"{C}ser")
    assert target.findtext(f"{C}tx/{C}v") == "目標（100%）"
    points = [p.findtext(f"{C}v") for p in target.iterfind(f"{C}val/{C}numLit/{C}pt")]
    assert points == ["100"] * len(PROGRESS.categories)
    assert target.find(f"{C}spPr/{A}noFill") is not None
    look = [(e[0][0].get("val"), e[1].get("val")) for e in target.iterfind(f"{C}spPr/{A}ln")]
    lines = root(PROGRESS).iterfind(f".//{C}majorGridlines/{C}spPr/{A}ln")
    grid = [(e[0][0].get("val"), e[1].get("val")) for e in lines]
    assert (look, grid) == ([("9C1C12", "sysDash")], [("D9D9D9", "solid")])
    assert root(PROGRESS).find(f".//{C}minorGridlines") is None
    assert [s.find(f"{C}val/{C}numLit") for s in root(COUNTS).iter(f"{C}ser")] == [None] * 5


def test_a_bar_that_is_cut_looks_so_and_says_so() -> None:
    values_ = numbers("150", "150.1", "-100", "-100.1", "0")
    done = Series("達成", values_, "achieved")
    chart = replace(PROGRESS, categories=tuple("abcde"), series=(done,))
    series = next(root(chart).iter(f"{C}ser"))
    cut = [p.find(f"{C}idx").get("val") for p in series.iterfind(f"{C}dPt")]  # type: ignore[union-attr]
    assert cut == ["1", "3"]
    assert [p.get("prst") for p in series.iter(f"{A}pattFill")] == ["wdUpDiag"] * 2
    labels = series.findall(f"{C}dLbls/{C}dLbl")
    assert [e.find(f"{C}idx").get("val") for e in labels] == ["1", "3"]  # type: ignore[union-attr]
    codes = {e.find(f"{C}numFmt").get("formatCode") for e in labels}  # type: ignore[union-attr]
    assert codes == {'0.0"% ≫";"≪ △"0.0"%"'}


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    def title(*figures: str) -> list[str | None]:
        series = (Series("実績値", numbers(*figures), "actual"),)
        chart = replace(COURSE, categories=tuple("ab"), series=series, unit="人")
        return [e.text for e in root(chart).iter(f"{A}t")]

    assert title("1012", "1046") == ["人（縦軸は途中から）"]
    assert title("-1012", "-1046") == ["人（縦軸は途中から）"]
    assert title("-10", "170") == title("0", "3") == ["人"]


def test_course_labels_every_actual_and_the_last_of_the_others() -> None:
    series = list(root(COURSE).iter(f"{C}ser"))
    labelled = [[e.get("val") for e in s.iterfind(f"{C}dLbls/{C}dLbl/{C}idx")] for s in series]
    assert labelled == [["2"], ["3"], ["3"]]  # one stands below its point, off the line
    shown = [e.get("val") for s in series for e in s.iterfind(f"{C}dLbls/{C}showVal")]
    assert shown == ["1", "0", "0"]
    assert [e.text for e in root(COURSE).iter(f"{A}t")] == ["億円（縦軸は途中から）"]
    assert values(COURSE, "prstDash") == []
    dashes = [e.get("val") for s in series for e in s.iterfind(f"{C}spPr/{A}ln/{A}prstDash")]
    assert dashes == ["solid", "sysDot", "dash"]
    formats = {e.get("formatCode") for e in root(COURSE).iterfind(f".//{C}valAx/{C}numFmt")}
    assert formats == {"#,##0.00##;△#,##0.00##"}
    bare = root(replace(COURSE, unit=""))
    assert [e.text for e in bare.iter(f"{A}t")] == ["（縦軸は途中から）"]


@pytest.mark.parametrize(
    ("given_", "scale"),
    [
        (("1012", "1046", None, "1070"), ("1000", "1100", "20")),
        (("1241.55", "1300"), ("1220", "1320", "20")),
        (("0", "3"), ("0", "4", "1")),
        (("-10", "170"), ("-50", "250", "50")),
        (("6.5", "6.48"), ("6.47", "6.51", "0.01")),
        (("5", "5"), ("4", "6", "1")),
        (("0",), ("0", "1", "1")),
    ],
)
def test_course_scale_fits_the_values(
    given_: tuple[str | None, ...], scale: tuple[str, str, str]
) -> None:
    decimals = 2 if "6.48" in given_ else 0
    low, high, step = map(Decimal, scale)
    assert scale_for("course", numbers(*given_), decimals) == Scale(low, high, step)


@settings(max_examples=200)
@given(charts())
def test_course_scale_holds_every_value_in_few_steps(chart: Chart) -> None:
    known = [v for s in chart.series for v in s.values if v is not None]
    scale = scale_for("course", known, chart.decimals)
    assert (scale is None) == (not known)
    if scale:
        assert scale.low <= min(known) and max(known) < scale.high
        assert 1 <= (scale.high - scale.low) / scale.step <= 12
        assert scale.low >= 0 or min(known) < 0


def test_progress_scale_is_the_same_for_every_goal() -> None:
    assert scale_for("progress", numbers("3", None, "400")) == Scale(*map(Decimal, (0, 150, 50)))
    low = scale_for("progress", numbers("3", "-0.1"))
    assert low and (low.low, low.high) == (-100, 150)
    assert scale_for("counts", numbers("3")) is None


def test_height_follows_the_bars_up_to_a_page() -> None:
    assert [height_for(n) for n in (0, 4, 11, 20, 35, 100)] == [36, 36, 62, 98, 158, 220]


def test_categories_shrink_where_bars_crowd() -> None:
    def size(height: int) -> str | None:
        found = root(replace(PROGRESS, height=height)).find(f".//{C}catAx/{C}txPr//{A}defRPr")
        return None if found is None else found.get("sz")

    assert (size(height_for(4)), size(30)) == ("800", "700")


@pytest.mark.parametrize("chart", ALL, ids=lambda c: c.kind)
def test_figures_in_labels_are_never_broken(chart: Chart) -> None:
    bodies = [b for labels in root(chart).iter(f"{C}dLbls") for b in labels.iter(f"{A}bodyPr")]
    assert bodies and {body.get("wrap") for body in bodies} == {"none"}


def test_series_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="chart_counts"):
        chart_xml(replace(COUNTS, categories=("一つ",)))


def test_attached_charts_have_parts_of_their_own() -> None:
    with zipfile.ZipFile(BytesIO(saved(document(*ALL)))) as package:
        names = set(package.namelist())
        types = package.read("[Content_Types].xml").decode()
    for number in (1, 2, 3):
        assert f"word/charts/chart{number}.xml" in names
        assert f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx" in names
        assert f"/word/charts/chart{number}.xml" in types


def test_attached_chart_leads_to_its_workbook() -> None:
    word = docx.Document(BytesIO(saved(document(*ALL))))
    drawn = list(word.element.body.iter(f"{C}chart"))
    assert len(drawn) == 3
    for element, chart in zip(drawn, ALL, strict=True):
        part = word.part.related_parts[element.get(f"{R}id")]
        assert printed(part.blob) == shown_by(chart)
        data = etree.fromstring(part.blob).find(f"{C}externalData")
        assert data is not None
        assert part.related_parts[data.get(f"{R}id")].blob == chart_book(chart)


def test_attaching_goes_on_where_a_document_has_charts_already() -> None:
    word = docx.Document(BytesIO(saved(document(COUNTS, PROGRESS))))
    part = word.part.related_parts[attach(word, COURSE)]
    assert part.partname == "/word/charts/chart3.xml"
    (book,) = (r.target_part for r in part.rels.values())
    assert book.partname == "/word/embeddings/Microsoft_Excel_Sheet3.xlsx"
    kinds = [r.reltype for r in word.part.rels.values()].count(RELATIONSHIP_TYPE.CHART)
    assert kinds == 3


def test_drawing_carries_size_and_alternative_text() -> None:
    drawing = etree.fromstring(drawing_xml(COUNTS, "rId9", 7, WIDTH))
    properties, extent = (
        next(e for e in drawing.iter() if etree.QName(e).localname == name)
        for name in ("docPr", "extent")
    )
    assert properties.get("descr") == COUNTS.description
    assert properties.get("id") == "7"
    assert (extent.get("cx"), extent.get("cy")) == (str(WIDTH), str(COUNTS.height * 36000))
    assert next(drawing.iter(f"{C}chart")).get(f"{R}id") == "rId9"
