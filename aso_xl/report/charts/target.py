"""The target of a chart of progress: a frame up to 100 %, unlike any line of the scale.

It depends on no figure, so it holds its values itself and has no column in the chart's workbook;
LibreOffice saves it as if it had one, and it is known by its name.
"""

from __future__ import annotations

from typing import Final

from . import looks

NAME: Final = "目標（100%）"
_LOOK: Final = f"<a:noFill/>{looks.line(looks.RED, 1.25, 'sysDash')}"


def target_series(index: int, categories: int) -> str:
    """Return the series, counted from 0, over so many categories."""
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:v>{NAME}</c:v></c:tx>'
        f'<c:spPr>{_LOOK}</c:spPr><c:invertIfNegative val="0"/>'
        f"<c:val>{literal(categories)}</c:val></c:ser>"
    )


def literal(categories: int) -> str:
    """Return the c:numLit of the values: 100 in each category."""
    points = "".join(f'<c:pt idx="{at}"><c:v>100</c:v></c:pt>' for at in range(categories))
    return (
        f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{categories}"/>{points}'
        "</c:numLit>"
    )
