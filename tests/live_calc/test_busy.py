"""An Excel that takes no calls, whenever it comes: a sentence, and no half-written sheet unsaid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings

from aso_xl.domain.ledger import Ledger
from aso_xl.excel.buttons import live
from aso_xl.excel.buttons.press import press
from aso_xl.workbook.read.reading import read

from .calls import CallRejected, Calls
from .ledgers import copies
from .seen import cell, findings, said

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def places(sample_path: Path) -> Ledger:
    return read(sample_path)


def crossings_of_a_check(book: xlwings.Book, calls: Calls) -> int:
    """Check, and return how many crossings it took."""
    calls.reset()
    assert press("check", book) == 0
    return calls.count


def test_excel_that_takes_no_calls_is_explained_wherever_it_comes(
    app: xlwings.App, sample: xlwings.Book, places: Ledger, calls: Calls
) -> None:
    """A cell in edit mode: one call is rejected. Only message boxes need no call to Excel."""
    wrong = cell(sample, places, "1-01-1", "R9")
    wrong.value = "約120人"
    crossings_of_a_check(sample, calls)  # the first one resizes the table
    total, full = crossings_of_a_check(sample, calls), findings(sample)
    wrong.value = 121
    ends = {"untouched": 0, "said": 0, "done": 0}
    for refused in [1, 3, *range(5, total - 24, 60), *range(total - 24, total, 2)]:
        app.impl.alerts.clear()
        calls.reset()
        calls.refuse = lambda n, name, refused=refused: n == refused and name != "App.alert"
        code = press("check", sample)
        calls.refuse = None
        assert app.calculation == "automatic" or "手動" in said(app)[0]
        app.calculation = "automatic"
        if code == 0:
            ends["done"] += 1
            assert [row[0] for row in findings(sample)] == ["警告", "情報", "情報"]
        elif findings(sample) == full:
            ends["untouched"] += 1
            assert said(app) == [BUSY]
        else:
            ends["said"] += 1
            assert "途中" in said(app)[0] and "もう一度押してください" in said(app)[0]
        if findings(sample) != full:
            wrong.value = "約120人"
            assert press("check", sample) == 0 and findings(sample) == full
            wrong.value = 121
    assert ends["untouched"] > 4 and ends["said"] >= 2 and ends["done"] >= 2


BUSY = (
    "Excel が操作を受け付けません。セルの入力中なら Enter キーで確定し、"
    "開いている画面を閉じてから、もう一度押してください。"
)


@pytest.mark.parametrize("excepinfo", [None, (0, None, None, None, 0, -2146777998)])
def test_an_excel_that_is_busy_is_not_asked_for_a_copy(
    sample: xlwings.Book, calls: Calls, monkeypatch: pytest.MonkeyPatch, excepinfo: Any
) -> None:
    monkeypatch.setattr(CallRejected, "excepinfo", excepinfo, raising=False)
    if excepinfo:
        monkeypatch.setattr(CallRejected, "hresult", -2147352567)
    calls.reset()
    calls.refuse = lambda number, name: name == "Range.raw_value"
    with pytest.raises(CallRejected):
        live.ledger_of(sample)
    assert copies(calls) == 0
