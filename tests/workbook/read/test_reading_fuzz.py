"""A short run of the fuzz script; by hand it runs for as long as one likes."""

from __future__ import annotations

import sys

import pytest
from fuzz import workbooks


@pytest.mark.skipif(sys.platform != "linux", reason="メモリの量を Linux のしかたで測る試験です。")
@pytest.mark.parametrize("first", range(0, 32, 8))
def test_damaged_and_hostile_workbooks_keep_every_promise(first: int) -> None:
    assert workbooks.run(8, first) == []
