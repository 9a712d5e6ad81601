"""改訂 of a master with confirmed rounds: their records, documents and corrections stay as they are."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cli_tools import Command
from exchange_tools import Town, sheet_rows
from revision_tools import LONGER, RENUMBERED, TEXT, Definition
from workbook_tools import Xlsx
from year_tools import put, put_in_record

from aso_xl.domain.confirming import printed as printed_of
from aso_xl.domain.confirming import summary_before
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import ReportKind
from aso_xl.exchange.split import split
from aso_xl.report.content.blocks import Document
from aso_xl.report.content.documents import report
from aso_xl.workbook.read.reading import read

R9, R10 = FiscalYear(2027), FiscalYear(2028)
KINDS = [kind for kind in ReportKind if kind is not ReportKind.AMENDMENTS]
"""Documents of a round; 新旧対照表 is one of the revision."""


def close(town: Town, aso: Command) -> None:
    """Fill in R9 and confirm it."""
    for id_, value in (("1-H1", 1260), ("1-H2", 20), ("1-01-1", 18), ("1-01-2", 30)):
        put(town.master, id_, "R9", value)
    put(town.master, "2-01-1", "R9", 1500)
    put(town.master, "2-H1", "R9", "達成")
    assert aso("close", town.master, "--by", "田中").code == 0


def printed(ledger: Ledger, kind: ReportKind) -> Document:
    return report(ledger, R9, kind, workbook="評価.xlsx")


def test_a_confirmed_indicator_cannot_be_left_out(
    town: Town, definition: Definition, aso: Command
) -> None:
    close(town, aso)
    row = next(line for line in TEXT.splitlines() if '"1-01-2"' in line)
    said = aso("revise", town.master, definition((f"{row}\n", ""))).err
    assert "新しい定義にありません: 1-01-2(割合)" in said and 'until = "R9"' in said
    said = aso("revise", town.master, definition(LONGER), "--from", "R9").err
    assert "令和9年度は" in said and "田中 が確定しています" in said
    ended = row.replace('rule = "以上"', 'rule = "以上", until = "R9"')
    then = {kind: printed(read(town.master), kind) for kind in KINDS}
    done = aso("revise", town.master, definition((row, ended), LONGER), "--json")
    assert (done.json["from"], done.json["ended"]) == ("R10", ["1-01-2"])
    rows = [row[2:8] for row in sheet_rows(town.master, "改訂の内容")]
    assert ("終わる", "1-01-2", "割合", "尋ねる最後", None, "R9") in rows
    assert {kind: printed(read(town.master), kind) for kind in KINDS} == then
    assert aso("next", town.master).code == 0
    ledger = read(town.master)
    assert "1-01-2" in ledger.plan.by_id and not ledger.plan.by_id["1-01-2"].is_asked(R10)
    assert aso("check", town.master, "--json").json["counts"]["error"] == 0


def test_renumbered_indicators_keep_their_records_corrections_and_texts_of_the_year_before(
    town: Town, definition: Definition, aso: Command
) -> None:
    put(town.master, "1-01-2", "備考(要因・出典)", "前の年の文")
    close(town, aso)
    assert aso("revise", town.master, definition(*RENUMBERED, LONGER)).code == 0
    assert [
        i for i in aso("check", town.master, "--json").json["issues"] if i["severity"] == "error"
    ] == []
    put(town.master, "1-01-3", "R9", 31)
    put(town.master, "2-01-1", "R9", 1.4)
    found = read(town.master).corrections
    assert [(c.id, c.before.value, c.now.value) for c in found] == [
        ("1-01-3", 30, 31),
        ("2-01-1", Decimal("1.5"), Decimal("1.4")),
    ]
    put_in_record(town.master, "1-01-2", "訂正理由", "誤り")
    put_in_record(town.master, "2-01-1", "訂正理由", "誤り")
    record = read(town.master).records[R9]
    corrected = printed_of(read(town.master), R9).corrections
    assert [(c.id, c.before.value, c.now.value) for c in corrected] == [
        ("1-01-2", 30, 31),
        ("2-01-1", 1500, 1400),
    ]
    assert record.plan.by_id["2-01-1"].unit == "人"
    assert aso("next", town.master).code == 0
    after = read(town.master)
    assert prompt_of(town.master, "1-01-3") == "前年(R9)の備考: 前の年の文"
    [part] = [each for each in split(town.master).workbooks if each.part.department == "農政課"]
    rows = sheet_rows(part.path, "前年の記入")
    assert ("1-01-3", "割合", "備考", "前の年の文") in [row[:4] for row in rows]
    assert summary_before(after, R10).achievements["2-01-1"].value == 1500  # type: ignore[union-attr]
    assert "1-01-3" in summary_before(after, R10).achievements  # type: ignore[union-attr]


def prompt_of(path: Path, id_: str) -> str:
    book = Xlsx(path)
    sheet, address = book.find(id_, "備考(要因・出典)")
    [rule] = [r for r in book.validations(sheet) if address in str(r.get("sqref")).split()]
    return str(rule.get("prompt"))
