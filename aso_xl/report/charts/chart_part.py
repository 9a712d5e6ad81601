"""A whole chart part, as a string."""

from __future__ import annotations

from typing import Final

from ..content.blocks import Chart
from . import looks
from .plots import legend, plot_area

_NAMES: Final = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{name}"'
    for prefix, name in (
        ("c", "drawingml/2006/chart"),
        ("a", "drawingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
    )
)


def chart_xml(chart: Chart, data_relation: str = "rId1") -> str:
    """Return the chart part; ``data_relation`` leads to its workbook (`chart_book`).

    It has no title: the caption stands in the document. Raise ValueError if a series has not one
    value a category.
    """
    if any(len(series.values) != len(chart.categories) for series in chart.series):
        raise ValueError(f"{chart.name}: a series needs one value a category")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace {_NAMES}><c:date1904 val="0"/><c:lang val="ja-JP"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"{plot_area(chart)}{legend(chart)}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr>{looks.solid(looks.PAPER)}{looks.NO_LINE}</c:spPr>{looks.text(8)}"
        f'<c:externalData r:id="{data_relation}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )
