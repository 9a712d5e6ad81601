"""Values of a course stand where no line crosses them, as far as either side is free."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from lxml import etree

from aso_xl.report.charts.chart_part import chart_xml
from aso_xl.report.charts.label_places import label_places
from aso_xl.report.content.blocks import Chart, Series
from aso_xl.report.content.scale import Scale

SCALE = Scale(Decimal(0), Decimal(100), Decimal(20))
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def course(actual: str, target: str = "", look: str = "target") -> Chart:
    def values(text: str) -> tuple[Decimal | None, ...]:
        return tuple(None if each == "-" else Decimal(each) for each in text.split())

    lines = [Series("実績値", values(actual), "actual")]
    lines += [Series("目標値", values(target), look)] if target else []  # type: ignore[arg-type]
    years = tuple(f"R{n}" for n, _ in enumerate(actual.split(), start=6))
    return Chart("c", "推移", "course", years, tuple(lines), "推移。", "人", height=50)


def places(chart: Chart) -> str:
    """Return the places on a plot of 138 by 100 millimetres: one a unit."""
    found = label_places(chart, chart.series[0], SCALE, Decimal(138), Decimal(100))
    return "".join(found)


def test_values_stand_above_where_nothing_is_in_the_way() -> None:
    assert places(course("40 42 44 -", "90 90 90 90")) == "tttt"


def test_a_line_just_above_a_point_has_its_value_stand_below() -> None:
    assert places(course("50 50 50", "53 90 53")) == "btb"
    assert places(course("50 50 50", "53 90 53", "yearly")) == "btb"


def test_the_line_itself_counts_where_it_leaves_steeply() -> None:
    assert places(course("50 90 50 90 50 90")) == "btbtbt"
    assert places(course("50 55 50 55 50 55")) == "tttttt"


def test_where_both_sides_are_taken_or_the_axis_is_near_it_stays_above() -> None:
    chart = course("50 50", "53 53")
    both = replace(chart, series=(*chart.series, Series("基準値", (Decimal(47),) * 2, "baseline")))
    assert places(both) == "tt"
    assert places(course("2 2", "5 5")) == "tt"


def test_the_chart_says_so() -> None:
    root = etree.fromstring(chart_xml(course("60 95 60", "100 100 100"), "rId1").encode())
    first = next(root.iter(f"{_C}ser"))
    [labels] = first.findall(f"{_C}dLbls")
    below = {
        label.find(f"{_C}idx").get("val"): label.find(f"{_C}dLblPos").get("val")
        for label in labels.findall(f"{_C}dLbl")
    }
    assert below == {"1": "b"}
    assert labels.find(f"{_C}dLblPos").get("val") == "t"
