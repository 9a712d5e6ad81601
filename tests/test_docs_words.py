"""The words that staff see in the docs are those that they see on the screen."""

from __future__ import annotations

import re

from cli_tools import ROOT
from doc_pages import DOCS, prose, text

from aso_xl.actions import Door, at
from aso_xl.domain import fields
from aso_xl.domain.plan import Plan
from aso_xl.strategies.definition import load

OFFICE = frozenset(
    (
        *("送る", "プロパティ", "許可する", "インターネットから", "使用できないアイテム"),
        *(
            "信頼できる場所",
            "アドイン",
            "Office アプリケーションによる子プロセスの作成をブロックする",
        ),
        *("データの編集", "フィールド更新", "目次をすべて更新する", "ドキュメント検査"),
        *("保護ビュー", "編集を有効にする"),
    )
)
"""Words of Word, Excel and Windows that the docs quote."""

EXAMPLE = "A課、B課"


def code_text() -> str:
    kinds = ("*.py", "*.xml", "*.toml", "*.txt", "*.bas")
    return "\n".join(
        path.read_text(encoding="utf-8")
        for kind in kinds
        for path in sorted((ROOT / "aso_xl").rglob(kind))
    )


def test_words_that_staff_see_are_those_of_the_code() -> None:
    code = "\n".join([code_text(), *(action.shortcut for action in at(Door.ICON))])
    pages = [DOCS / name for name in ("secretariat.md", "department.md", "word.md", "it.md")]
    strange = {
        (page.name, word)
        for page in [*pages, DOCS / "rules.md", ROOT / "README.md"]
        for word in re.findall(r"「([^「」]+)」", prose(page.read_text(encoding="utf-8")))
        if word not in code and word not in OFFICE and word != EXAMPLE
    }
    assert strange == set()


def test_columns_named_in_the_department_page() -> None:
    plan: Plan = load("third").plan
    heads = {c.head for kind in ("headline", "kpi") for c in fields.indicator_fields(plan, kind)}
    heads |= {field.head for field in fields.measure_fields(plan)}
    assert {"備考(要因・出典)", "取組", "課題", "今後の方向"} <= heads
    page = text("department.md")
    assert all(f"「{head}」" in page for head in ("備考(要因・出典)", "取組", "課題", "今後の方向"))
