"""Charts of every kind as reports have them, and any chart at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from hypothesis import strategies as st

from aso_xl.report.charts import attach, drawing_xml, height_for
from aso_xl.report.content.blocks import Chart, Series, SeriesLook

WIDTH = 165 * 36000


def numbers(*values: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in values)


COUNTS = Chart(
    "chart_counts",
    "KPIの達成状況",
    "counts",
    ("基本目標1　阿蘇市に仕事をつくる", "基本目標2　<新しい>ひと & 流れ"),
    (
        Series("達成", numbers("4", "5"), "achieved"),
        Series("未達成", numbers("6", "9"), "missed"),
        Series("未入力", numbers("1", "0"), "blank"),
        Series("未公表・集計中", numbers("0", "1"), "unpublished"),
        Series("対象外", numbers("0", "2"), "excluded"),
    ),
    '基本目標ごとの達成数。"達成"は 4 と 5。',
    "項目",
    height=height_for(2),
)
PROGRESS = Chart(
    "chart_progress_1",
    "進捗率",
    "progress",
    ("1-01-1　有害鳥獣捕獲従事者数", "1-01-2　新規就農者数", "1-01-3　農業法人数", "1-02-1　雇用"),
    (
        Series("達成", numbers("400", None, None, "100.0"), "achieved"),
        Series("未達成", numbers(None, "-44.0", None, None), "missed"),
    ),
    "進捗率",
    "%",
    1,
    height_for(4),
)
COURSE = Chart(
    "chart_course_1H1",
    "市町村内総生産",
    "course",
    ("R7", "R8", "R9", "R10"),
    (
        Series("実績値", numbers("1241.55", None, "1260", "1304.5"), "actual"),
        Series("基準値", numbers("1241.55", "1241.55", "1241.55", "1241.55"), "baseline"),
        Series("目標値", numbers(None, None, None, "1300"), "target"),
    ),
    "市町村内総生産の推移",
    "億円",
    2,
)
ALL = (COUNTS, PROGRESS, COURSE)

_LOOKS: tuple[SeriesLook, ...] = (
    *("achieved", "missed", "blank", "unpublished", "excluded"),
    *("actual", "baseline", "target"),
)
_TEXTS = st.text(max_size=12)
_VALUES = st.none() | st.decimals(
    Decimal("-1e9"), Decimal("1e9"), allow_nan=False, allow_infinity=False, places=3
)


@st.composite
def charts(draw: st.DrawFn, series: int | None = None) -> Chart:
    """Return any chart: odd texts, gaps, no categories, no series or a given number of them."""
    categories = tuple(draw(st.lists(_TEXTS, max_size=6)))
    values = st.lists(_VALUES, min_size=len(categories), max_size=len(categories)).map(tuple)
    each = st.builds(Series, _TEXTS, values, st.sampled_from(_LOOKS))
    kind = draw(st.sampled_from(("counts", "progress", "course")))
    fewest, most = (0, 4) if series is None else (series, series)
    found = tuple(draw(st.lists(each, min_size=fewest, max_size=most)))
    decimals = draw(st.integers(0, 3))
    return replace(
        COUNTS,
        kind=kind,
        categories=categories,
        series=found,
        unit=draw(_TEXTS),
        decimals=decimals,
    )


def document(*charts_: Chart) -> WordDocument:
    """Return a python-docx document that shows the charts, one a paragraph."""
    word = docx.Document()
    for number, chart in enumerate(charts_, start=1):
        drawing = drawing_xml(chart, attach(word, chart), number, WIDTH)
        word.add_paragraph().add_run()._r.append(parse_xml(drawing))
    return word


def saved(word: WordDocument) -> bytes:
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()
