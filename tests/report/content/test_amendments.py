"""新旧対照表 of the third strategy: its cells, what is underlined, and that it can be renewed."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from cli_tools import Command
from docx.oxml.ns import qn
from paths import PLANS
from read_aloud import document_findings
from reissue_tools import renewed
from revised_plans import LOWER, PLAN, R8, R9, ledger, random_revision, revised, with_kpis
from test_kinds import names
from year_tools import put

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Plan, Revision
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import (
    DataTable,
    Document,
    Notes,
    Paragraph,
    TableCell,
    Underlined,
)
from aso_xl.report.content.documents import report
from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.word.word import write

NAME_LIMIT = 34
AMENDED = with_kpis(
    PLAN,
    k1_01_1=revised(LOWER),
    k1_01_2=lambda kpi: replace(kpi, since=R9),
    k1_01_3=lambda kpi: replace(kpi, until=R8),
)


def made(found: Ledger, **how: str) -> Document:
    return report(found, found.settings.round, ReportKind.AMENDMENTS, **how)


def table(document: Document) -> DataTable:
    (found,) = (block for block in document.blocks() if isinstance(block, DataTable))
    return found


def marked(cell: TableCell) -> str:
    """Return a cell with what is underlined in brackets."""
    return "".join(
        f"[{piece.text}]" if isinstance(piece, Underlined) else str(piece)
        for piece in cell.pieces or (cell.text,)
    )


def test_the_table_of_the_third_strategy() -> None:
    document = made(ledger(AMENDED), made_on="令和8年12月1日")
    found = table(document)
    assert [column.title for column in found.columns] == ["区分", "改訂後", "改訂前", "理由"]
    assert [tuple(map(marked, row)) for row in found.rows] == [
        (
            "基本目標1\n施策1\nKPI",
            "1-01-1 有害鳥獣捕獲従事者数\n基準値　94人(R6)\n目標値　[110]人以上(R10)",
            "1-01-1 有害鳥獣捕獲従事者数\n基準値　94人(R6)\n目標値　[120]人以上(R10)",
            "見込みを改めたため",
        ),
        (
            "基本目標1\n施策1\nKPI",
            "[1-01-2 認定農業者数\n基準値　425人(R6)\n目標値　450人以上(R10)\n評価　令和9年度から]",
            "（新設）",
            "（未記入）",
        ),
        (
            "基本目標1\n施策1\nKPI",
            "（削除）",
            "[1-01-3 新規就農者数(延べ数)\n基準値　224人(R6)\n目標値　250人以上(R10)]",
            "（未記入）",
        ),
    ]
    said = [block.text for block in document.blocks() if isinstance(block, Paragraph)]
    assert said == [
        "第3期阿蘇市まち・ひと・しごと創生総合戦略",
        "新旧対照表(令和9年度から適用)",
        "阿蘇市　令和8年12月1日",
        "「第3期阿蘇市まち・ひと・しごと創生総合戦略」を次のように改訂し、令和9年度の評価から適用します。"
        "改訂したのは、KPI3件(うち新設1件、削除1件)です。",
    ]
    assert document.title == "第3期阿蘇市まち・ひと・しごと創生総合戦略 新旧対照表"


def test_other_revisions_are_named() -> None:
    plan = with_kpis(PLAN, k1_01_1=revised(LOWER, Revision(R9 + 1, target=Decimal(100))))
    (notes,) = (block for block in made(ledger(plan)).blocks() if isinstance(block, Notes))
    assert notes.lines[-1] == "備考3　ほかに、令和10年度からの改訂があります。"


def test_it_is_the_same_after_the_round_before_was_confirmed() -> None:
    plan = with_kpis(PLAN, k1_01_1=revised(LOWER))
    assert made(ledger(plan)).sections == made(ledger(plan, before=PLAN)).sections


def written(document: Document, path: Path) -> Path:
    stream = io.BytesIO()
    write(document, stream)
    path.write_bytes(stream.getvalue())
    return path


def underlines(path: Path) -> list[str]:
    """Return the texts of the underlined runs of the tables."""
    body = docx.Document(str(path)).element.body
    runs = (run for row in body.iter(qn("w:tbl")) for run in row.iter(qn("w:r")))
    return [
        "".join(t.text or "" for t in run.iter(qn("w:t")))
        for run in runs
        if run.find(f"{qn('w:rPr')}/{qn('w:u')}") is not None
    ]


@pytest.mark.parametrize("other", [AMENDED, with_kpis(PLAN, k1_01_1=revised(LOWER))])
def test_a_document_is_renewed_with_its_underlines(tmp_path: Path, other: Plan) -> None:
    first = made(ledger(with_kpis(AMENDED, k1_01_1=revised(replace(LOWER, target=Decimal(99))))))
    now = made(ledger(other))
    path = written(first, tmp_path / "前.docx")
    assert renewed(path, first)[0] == Renewal()
    found, done = renewed(path, now)
    assert (found.missing, found.kept) == ((), ())
    assert underlines(done) == underlines(written(now, tmp_path / "後.docx"))
    assert renewed(done, now)[0] == Renewal()
    back, again = renewed(done, first)
    assert underlines(again) == underlines(path) and not back.left


def test_a_reason_that_staff_wrote_in_word_stays(tmp_path: Path) -> None:
    first = made(ledger(AMENDED))
    path = written(first, tmp_path / "前.docx")
    document = docx.Document(str(path))
    (_, _, _, new) = document.tables[0].rows
    assert new.cells[3].text == "（未記入）"
    new.cells[3].paragraphs[0].runs[0].text = "担い手を増やす施策を加えたため"
    document.save(str(path))
    changed = with_kpis(AMENDED, k1_01_1=revised(replace(LOWER, reason="別の理由")))
    found, done = renewed(path, made(ledger(changed)))
    assert [(each.before, each.after) for each in found.renewed] == [
        ("見込みを改めたため", "別の理由")
    ]
    reasons = [row.cells[3].text for row in docx.Document(str(done)).tables[0].rows]
    assert reasons == ["理由", "別の理由", "（未記入）", "担い手を増やす施策を加えたため"]


def test_neither_blanks_nor_errors_stand_in_its_way(aso: Command, tmp_path: Path) -> None:
    master = tmp_path / "かわべ.xlsx"
    assert aso("template", "--strategy", PLANS / "kawabe.toml", "-o", master).code == 0
    put(master, "1-01-1", "R6", "百人")
    done = aso("report", master, "--kind", "新旧対照表", "--kind", "検証", "-o", tmp_path / "a")
    assert (done.code, "エラーがあるため" in done.out) == (1, True)
    done = aso("report", master, "--kind", "新旧対照表", "-o", tmp_path / "a")
    assert (done.code, "下書き" in done.out, "確定の記録" in done.out) == (0, False, False)
    (path,) = (tmp_path / "a").iterdir()
    assert path.name == "かわべ_新旧対照表_R6.docx"
    assert underlines(path) == ["4", "5", "45人超", "50人以上"]
    assert aso("check", path, "--against", master).code == 0


def test_a_strategy_that_never_was_revised_is_refused_in_one_sentence(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    done = aso("report", sample_path, "--kind", "amendments", "-o", tmp_path)
    assert (done.code, done.out, list(tmp_path.iterdir())) == (2, "", [])
    assert done.err.startswith("sample.xlsx の総合戦略には改訂がないため、新旧対照表は作れません。")
    every = aso("report", sample_path, "--kind", "すべて", "--json", "-o", tmp_path)
    assert "新旧対照表" not in every.json["kinds"] and len(every.json["outputs"]) >= 4


@pytest.mark.parametrize("seed", range(12))
def test_the_table_of_a_random_revision_can_be_renewed(seed: int, tmp_path: Path) -> None:
    found, _, _ = random_revision(seed)
    document = made(found)
    every = list(names(document))
    assert len(every) == len(set(every)) and max(map(len, every), default=0) <= NAME_LIMIT
    path = written(document, tmp_path / "a.docx")
    assert renewed(path, document)[0] == Renewal()
    assert document_findings(path) == []
