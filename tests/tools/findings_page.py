"""Write docs/findings.md from the catalogue of findings: python tests/findings_page.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from paths import ROOT

from aso_xl.domain.checks import catalogue
from aso_xl.domain.checks.catalogue import Kind, Severity

PAGE: Final = ROOT / "docs" / "findings.md"
WORDS: Final = {Severity.ERROR: "エラー", Severity.WARNING: "警告", Severity.INFO: "情報"}
GROUPS: Final[tuple[tuple[str, Mapping[str, Kind]], ...]] = (
    ("入力された値", catalogue.VALUES),
    ("文字飾りと表示形式", catalogue.LOOKS),
    ("年度の並び", catalogue.SERIES),
    ("値どうしの関係", catalogue.RELATIONS),
    ("ブックの形", catalogue.STRUCTURE),
    ("担当課と文章", catalogue.PEOPLE),
)
HEAD: Final = """\
# 指摘の一覧

入力チェックが知らせることのすべてです。実際の指摘には、シートとセル、値が付きます(下の ○○)。
**エラー**は直すまで文書を作りません(下書きは作れます)。**警告**は確かめてください。**情報**はお知らせです。
コードは [JSON](commands.md) の `code` です。
"""


def page() -> str:
    """Return the page: a table per group, in the order of the catalogue."""
    return "\n".join([HEAD, *(line for group in GROUPS for line in _table(*group))])


def _table(title: str, kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield from (
        f"## {title}",
        "",
        "| 指摘 | 重さ | 意味 | 直し方 | コード |",
        "|---|---|---|---|---|",
    )
    for code, kind in kinds.items():
        words = (kind.title, WORDS[kind.severity], _filled(kind.finding), _filled(kind.remedy))
        yield f"| {' | '.join(words)} | `{code}` |"
    yield ""


def _filled(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "○○", sentence.replace("{detail}", "")).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page().rstrip() + "\n", encoding="utf-8", newline="\n")
