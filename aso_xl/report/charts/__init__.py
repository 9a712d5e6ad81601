"""Charts that stay editable in Word: written by hand, each with its figures in a small workbook.

`attach` puts a chart's parts into a document and `drawing_xml` shows it; `renew` and `printed` deal
with charts that staff have restyled since. What a chart holds is `blocks.Chart`; its looks are here
and nowhere else.
"""

from ..content.scale import height_for
from .chart_part import chart_xml
from .drawing import attach, drawing_xml, free_number
from .embedded_workbook import chart_book
from .renewal import differences, printed, renew

__all__ = [
    "attach",
    "chart_book",
    "chart_xml",
    "differences",
    "drawing_xml",
    "free_number",
    "height_for",
    "printed",
    "renew",
]
