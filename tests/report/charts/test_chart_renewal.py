"""Charts that stand in a document: read, compared, brought up to date."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from chart_samples import ALL, COUNTS, COURSE, PROGRESS, charts, document, numbers, saved
from hypothesis import given, settings
from lxml import etree
from openpyxl import load_workbook

from aso_xl.office.package_copy import PackageCopy
from aso_xl.report.charts import chart_book, chart_xml, differences, printed, renew
from aso_xl.report.charts.document_parts import add_chart, renew_chart_part
from aso_xl.report.charts.renewal import ChartDifference, shown_by
from aso_xl.report.content.blocks import Chart, Series

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PART, BOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
NEXT = replace(
    PROGRESS,
    categories=("1-01-1　有害鳥獣捕獲従事者数", "1-01-3　農業法人数", "1-03-1　新しい指標"),
    series=(
        Series("達成", numbers("120", None, None), "achieved"),
        Series("未達成", numbers(None, "12.5", "3"), "missed"),
    ),
)


def part(chart: Chart) -> bytes:
    return chart_xml(chart).encode()


def without_figures(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for element in list(root.iter(f"{C}tx", f"{C}cat", f"{C}val")):
        parent = element.getparent()
        if parent is not None and parent.tag == f"{C}ser":
            parent.remove(element)
    for element in list(root.iter(f"{C}dPt", f"{C}dLbl")):
        element.getparent().remove(element)  # type: ignore[union-attr]
    return etree.tostring(root)


@settings(max_examples=100)
@given(charts(series=3), charts(series=3))
def test_renewed_chart_is_the_new_one(old: Chart, new: Chart) -> None:
    """Whatever stood there: figures, names and ranges are those of a chart made today."""
    new = replace(new, kind=old.kind, decimals=old.decimals)
    old = replace(old, series=tuple(replace(s, name=f"前の {s.name}") for s in old.series))
    new = replace(new, series=tuple(replace(s, name=s.name.lstrip("前")) for s in new.series))
    renewed = renew(part(old), new)
    assert renewed is not None
    assert printed(renewed) == shown_by(new)
    formulas = [[f.text for f in etree.fromstring(x).iter(f"{C}f")] for x in (renewed, part(new))]
    assert formulas[0] == formulas[1]


def test_looks_stay_and_the_axis_follows_only_where_it_was_ours() -> None:
    restyled = part(PROGRESS).replace(b"1F4E79", b"00FF00").replace(b'sz="800"', b'sz="1100"')
    renewed = renew(restyled, NEXT)
    assert renewed is not None and printed(renewed) == shown_by(NEXT)
    assert without_figures(renewed) == without_figures(
        restyled.replace(b'<c:min val="-100"/>', b'<c:min val="0"/>')
    )
    own = restyled.replace(b'<c:min val="-100"/>', b'<c:min val="-60"/>')
    assert b'<c:min val="-60"/>' in (renew(own, NEXT) or b"")


def test_what_is_cut_and_how_far_the_target_reaches_follow_the_figures() -> None:
    """Also in a chart that staff have restyled: no bar looks cut that is not."""
    restyled = part(PROGRESS).replace(b"1F4E79", b"00FF00")
    for new in (NEXT, replace(PROGRESS, series=PROGRESS.series[::-1])):
        renewed, made = (etree.fromstring(x or b"") for x in (renew(restyled, new), part(new)))
        for path in ("dPt/{C}idx", "dLbls/{C}dLbl/{C}idx"):
            found = [
                {
                    s.findtext(f"{C}tx//{C}v"): [
                        e.get("val") for e in s.iterfind(C + path.format(C=C))
                    ]
                    for s in root.iter(f"{C}ser")
                }
                for root in (renewed, made)
            ]
            assert found[0] == found[1]
        counts = [
            [e.get("val") for e in root.iterfind(f".//{C}numLit/{C}ptCount")]
            for root in (renewed, made)
        ]
        assert counts[0] == counts[1] == [str(len(new.categories))]


def test_the_title_of_an_axis_follows_unless_it_is_staffs_own() -> None:
    low = replace(
        COURSE, series=tuple(replace(s, values=numbers("0", "1", "2", "3")) for s in COURSE.series)
    )
    said = "億円（縦軸は途中から）".encode()
    assert said in part(COURSE) and said not in part(low)
    assert said not in (renew(part(COURSE), low) or b"")
    assert said in (renew(part(low), COURSE) or b"")
    own = part(COURSE).replace(said, "億円です".encode())
    assert "億円です".encode() in (renew(own, low) or b"")


def test_a_chart_of_earlier_versions_without_a_target_is_renewed_as_it_is() -> None:
    root = etree.fromstring(part(PROGRESS))
    *_, target = root.iter(f"{C}ser")
    target.getparent().remove(target)  # type: ignore[union-attr]
    renewed = renew(etree.tostring(root), NEXT)
    assert renewed is not None and printed(renewed) == shown_by(NEXT)
    assert b"numLit" not in renewed


def test_course_axis_grows_with_its_values() -> None:
    grown = replace(
        COURSE,
        series=(
            replace(COURSE.series[0], values=numbers("1241", "2000", "3000", "4000")),
            *COURSE.series[1:],
        ),
    )
    renewed = etree.fromstring(renew(part(COURSE), grown) or b"")
    made = etree.fromstring(part(grown))
    for name in ("min", "max", "majorUnit"):
        assert [e.get("val") for e in renewed.iter(f"{C}{name}")] == [
            e.get("val") for e in made.iter(f"{C}{name}")
        ]


def test_series_that_staff_put_in_another_order_keep_their_looks() -> None:
    root = etree.fromstring(part(PROGRESS))
    for series, order in zip(root.iter(f"{C}ser"), ("1", "0"), strict=False):
        next(series.iter(f"{C}order")).set("val", order)
    renewed = etree.fromstring(renew(etree.tostring(root), NEXT) or b"")
    first, second, _ = renewed.iter(f"{C}ser")
    assert [t.text for t in first.iterfind(f"{C}tx//{C}v")] == ["達成"]
    assert [f.text for f in first.iterfind(f"{C}val//{C}f")] == ["Sheet1!$B$2:$B$4"]
    assert [t.text for t in second.iterfind(f"{C}tx//{C}v")] == ["未達成"]
    assert b"1F4E79" in etree.tostring(first) and b"1F4E79" not in etree.tostring(second)


def test_parts_of_a_series_that_are_gone_come_back_in_their_places() -> None:
    root = etree.fromstring(part(COUNTS))
    for series in root.iter(f"{C}ser"):
        for name in ("tx", "cat"):
            found = series.find(f"{C}{name}")
            assert found is not None
            series.remove(found)
    assert renew(etree.tostring(root), COUNTS) is not None
    renewed = etree.fromstring(renew(etree.tostring(root), COUNTS) or b"")
    names = [[etree.QName(e).localname for e in s] for s in renewed.iter(f"{C}ser")]
    wanted = ["idx", "order", "tx", "spPr", "invertIfNegative", "dLbls", "cat", "val"]
    assert names == [wanted] * 5


def test_number_format_of_the_values_stays() -> None:
    xml = part(COURSE).replace(b"General</c:formatCode>", b"0.0</c:formatCode>")
    assert (renew(xml, COURSE) or b"").count(b"<c:formatCode>0.0</c:formatCode>") == 3


@pytest.mark.parametrize(
    "xml",
    [
        part(replace(COUNTS, series=COUNTS.series[:4])),
        part(replace(COUNTS, series=())),
        part(COUNTS).replace(b"c:val>", b"c:yVal>"),
        b"<a/>",
    ],
    ids=["fewer series", "none", "scatter", "no chart"],
)
def test_what_cannot_be_renewed_is_told(xml: bytes) -> None:
    assert renew(xml, COUNTS) is None


def test_damaged_part_is_an_error() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        renew(b"<c:chartSpace", COUNTS)


def test_differences_name_category_series_and_both_values() -> None:
    shown = printed(part(PROGRESS))
    assert shown is not None
    assert differences(shown, PROGRESS) == ()
    assert differences(shown, NEXT) == (
        ChartDifference("1-01-1　有害鳥獣捕獲従事者数", "達成", Decimal(400), Decimal(120)),
        ChartDifference("1-01-3　農業法人数", "未達成", None, Decimal("12.5")),
        ChartDifference("1-03-1　新しい指標", "未達成", None, Decimal(3)),
        ChartDifference("1-01-2　新規就農者数", "未達成", Decimal(-44), None),
        ChartDifference("1-02-1　雇用", "達成", Decimal(100), None),
    )


def test_numbers_as_word_saves_them_are_no_difference() -> None:
    xml = part(COURSE).replace(b">1304.5<", b">1304.5000000000001<").replace(b">1260<", b">1.26E3<")
    assert printed(xml) == shown_by(COURSE)
    assert printed(xml.replace(b">1300<", b">#N/A<")) != shown_by(COURSE)


def test_chart_in_a_package_is_renewed_with_its_workbook() -> None:
    package = PackageCopy(saved(document(PROGRESS)))
    assert renew_chart_part(package, PART, NEXT)
    done = PackageCopy(package.finished())
    assert printed(done[PART]) == shown_by(NEXT)
    assert done[BOOK] == chart_book(NEXT)
    assert not renew_chart_part(package, PART, COUNTS)


@pytest.mark.parametrize("kept", ["nothing", "reference"])
def test_workbook_that_is_gone_is_made_anew(kept: str) -> None:
    package = PackageCopy(saved(document(PROGRESS)))
    package.drop(PART, "rId1")
    if kept == "nothing":
        root = package.xml(PART)
        root.remove(root[-1])
        package.set_xml(PART, root)
    assert renew_chart_part(package, PART, NEXT)
    done = PackageCopy(package.finished())
    data = [e for e in done.xml(PART) if e.tag == f"{C}externalData"]
    relation = str(data[0].values()[0])
    assert [*done.links(PART)] == [relation] and len(data) == 1
    sheet = load_workbook(BytesIO(done[done.links(PART)[relation][1]]))["Sheet1"]
    assert sheet["B2"].value == 120
    assert b"Microsoft_Excel_Sheet1.xlsx" in done["[Content_Types].xml"]


def test_chart_is_added_to_a_package() -> None:
    package = PackageCopy(saved(document(PROGRESS)))
    relation = add_chart(package, "word/document.xml", COURSE)
    done = PackageCopy(package.finished())
    target = done.links("word/document.xml")[relation][1]
    assert target == "word/charts/chart2.xml"
    assert printed(done[target]) == shown_by(COURSE)
    assert done["word/embeddings/Microsoft_Excel_Sheet2.xlsx"] == chart_book(COURSE)


def test_all_kinds_are_read_back() -> None:
    assert [printed(part(chart)) for chart in ALL] == [shown_by(chart) for chart in ALL]
