"""The base document that 設定 names is found where its name looks the same."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from builders import ledger_of, third

from aso_xl.report.make import chosen_base


@pytest.mark.parametrize(
    "written",
    [
        "ひながた プリント.docx",
        unicodedata.normalize("NFD", "ひながた プリント.docx"),
        "ひな\u200bがた\u00a0プリント.docx",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_that_looks_the_same_is_found(tmp_path: Path, written: str, form: str) -> None:
    stored = tmp_path / unicodedata.normalize(form, "ひながた プリント.docx")
    stored.touch()
    (tmp_path / "ひなかた プリント.docx").touch()
    ledger = ledger_of(third())
    ledger = replace(ledger, settings=replace(ledger.settings, base_document=written))
    assert chosen_base(ledger, tmp_path / "a.xlsx") == stored


def test_another_name_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "ひな形①.docx").touch()
    ledger = ledger_of(third())
    ledger = replace(ledger, settings=replace(ledger.settings, base_document="ひな形1.docx"))
    assert chosen_base(ledger, tmp_path / "a.xlsx") == tmp_path / "ひな形1.docx"
    assert chosen_base(ledger, tmp_path / "missing" / "a.xlsx") == tmp_path / "missing/ひな形1.docx"
