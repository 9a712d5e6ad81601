"""Write docs/findings.md from the catalogue of findings: python tests/tools/findings_page.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from paths import ROOT

from aso_xl.domain.catalogue import FAMILIES, Family, Severity

PAGE: Final = ROOT / "docs" / "findings.md"
WORDS: Final = {Severity.ERROR: "エラー", Severity.WARNING: "警告", Severity.INFO: "情報"}
HEAD: Final = """\
# 指摘の一覧

入力チェックが知らせることのすべてです。実際の指摘には、シートとセル、値が付きます(下の ○○)。
**エラー**は直すまで文書を作りません(下書きは作れます)。**警告**は確かめてください。**情報**はお知らせです。
コードは [JSON](commands.md) の `code` です。
"""


def page() -> str:
    """Return the page: a table per family, in the order of the catalogue."""
    return "\n".join([HEAD, *(line for family in FAMILIES for line in _table(family))])


def _table(family: Family) -> Iterator[str]:
    yield from (
        f"## {family.title}",
        "",
        "| 指摘 | 重さ | 意味 | 直し方 | コード |",
        "|---|---|---|---|---|",
    )
    for kind in family.kinds:
        words = (kind.title, WORDS[kind.severity], _filled(kind.finding), _filled(kind.remedy))
        yield f"| {' | '.join(words)} | `{kind.code}` |"
    yield ""


def _filled(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "○○", sentence.replace("{detail}", "")).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page().rstrip() + "\n", encoding="utf-8", newline="\n")
