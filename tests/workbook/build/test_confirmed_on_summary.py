"""集計 with confirmed rounds: counts of the records, verdicts, where values lead; LibreOffice computes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from paths import PLANS
from random_fillings import choices, fill, name_place
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.confirming import record_of, summary_of
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.shown import show_end, show_target
from aso_xl.domain.steps import steps, values_until
from aso_xl.domain.straight_line import line_of
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.course_block import CHOSEN
from aso_xl.workbook.build.template import build
from aso_xl.workbook.kept_records import KEPT, kept
from aso_xl.workbook.read.reading import read
from aso_xl.years.closing import changed

pytestmark = [pytest.mark.libreoffice, needs_libreoffice]

CHOICES_OF = {"sample": 17, "third-2": 23, "third-3": 17, "midori-3": 5}
"""Workbooks, and which of their choices are looked at: every so many-th."""


@dataclass(frozen=True)
class Chosen:
    """A workbook with earlier rounds confirmed and an indicator chosen, as it is and as computed."""

    ledger: Ledger
    id: str
    source: Xlsx
    computed: Xlsx


def confirmed(path: Path) -> Path:
    """Confirm every round before the one in 設定, whatever is still wrong in them."""
    ledger = read(path)
    earlier = [r for r in ledger.plan.rounds if r < ledger.settings.round]
    records = {r: record_of(ledger, r, f"{r.year + 1}-05-01 10:00", "田中") for r in earlier}
    texts = {f"{KEPT}{r}": kept(record) for r, record in records.items()}
    path.write_bytes(changed(path.read_bytes(), path.name, ledger, records, texts))
    return path


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory, sample_path: Path) -> list[Chosen]:
    folder = tmp_path_factory.mktemp("confirmed")
    empty = {}
    for name in ("third", "midori"):
        made = load(name if name == "third" else str(PLANS / f"{name}.toml"))
        path = folder / f"{name}.xlsx"
        path.write_bytes(build(made))
        empty[name] = (path, made.plan)
    files: dict[str, Path] = {}
    for key, step in CHOICES_OF.items():
        book = folder / f"{key}.xlsx"
        name, _, seed = key.partition("-")
        if seed:
            path, plan = empty[name]
            fill(path, plan, int(seed), book)
        else:
            book.write_bytes(sample_path.read_bytes())
        confirmed(book)
        for number, choice in enumerate(choices(Xlsx(book))[::step]):
            each = Xlsx(book)
            place = name_place(each, CHOSEN)
            assert place is not None
            each.put(place, choice)
            files[f"{key} {number}"] = each.save(folder / f"{key} {number}.xlsx")
    saved = recalculated(files, folder)
    found = []
    for key, path in files.items():
        source = Xlsx(path)
        place = name_place(source, CHOSEN)
        assert place is not None
        id_ = str(source.value(*place)).partition("　")[0]
        found.append(Chosen(read(path), id_, source, Xlsx(saved[key])))
    return found


def test_counts_of_every_round(chosen: list[Chosen]) -> None:
    for each in chosen:
        ledger, table = each.ledger, each.source.tables["集計_年度"]
        assert ledger.records
        for row, round_ in zip(table.rows, ledger.plan.rounds, strict=True):
            shown = {
                head: each.computed.value(table.sheet, table.address(head, row))
                for head in table.columns
            }
            assert shown["年度"] == str(round_)
            if round_ > ledger.settings.round:
                assert (shown["状態"], shown["KPI"], shown["数値目標達成率"]) == ("－", "", "")
                continue
            summary = summary_of(ledger, round_)
            state = "確定" if round_ in ledger.records else "いまの判定"
            assert shown["状態"] == state
            for kind, count in (("KPI", summary.kpi), ("数値目標", summary.headline)):
                rate = "－" if count.rate is None else count.rate
                heads = (kind, f"{kind}達成", f"{kind}達成以外", f"{kind}達成率")
                assert tuple(shown[head] for head in heads) == (
                    *(count.total, count.achieved, count.total - count.achieved),
                    rate,
                )
                assert [each.source.value(table.sheet, table.address(h, row)) for h in heads] == [
                    shown[head] for head in heads
                ]


def test_verdicts_and_where_the_values_lead(chosen: list[Chosen]) -> None:
    lines, verdicts, money = 0, 0, 0
    for each in chosen:
        ledger = each.ledger
        place = name_place(each.source, CHOSEN)
        assert place is not None
        sheet, (column, row) = place[0], coordinate_from_string(place[1])
        now = summary_of(ledger, ledger.settings.round)
        rounds = steps(ledger, now)
        head = get_column_letter(column_index_from_string(column) + 1)
        labels = {each.computed.value(sheet, f"{head}{at}"): at for at in range(row, row + 7)}
        first = column_index_from_string(head) + 1
        for step in rounds:
            at = first + (step.round - ledger.plan.rounds[0])
            shown = each.computed.value(sheet, f"{get_column_letter(at)}{labels['判定']}")
            said = step.summary.achievements[each.id].label
            assert shown in (said, "要確認"), (each.id, step.round)
            verdicts += shown == said
        indicator = now.achievements[each.id].indicator
        line = line_of(indicator, values_until(ledger, indicator, rounds))
        shown = each.computed.value(sheet, f"{column}{row + 4}")
        if line is None:
            assert shown == "", each.id
        elif indicator.money:
            money += 1
            number = Decimal(f"{float(line.value):.{indicator.decimals}f}")
            assert f"{number:,}" in str(shown)
        else:
            end, aim = show_end(indicator, line), show_target(indicator)
            assert shown == f"このままの歩みなら、{line.year}に{end}(目標{aim})", each.id
            lines += 1
    assert lines > 4 and verdicts > 25 and money > 0
