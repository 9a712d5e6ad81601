"""Definition files (TOML): a strategy as data, checked on loading.

The same content travels inside every workbook as canonical JSON, so that a workbook can be read
without its definition file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..domain.plan import Plan
from ..errors import DefinitionError, Finding
from . import entries as given
from . import room
from .definition_text import tables_of
from .plan_parser import Parser
from .shapes import Table

STRATEGIES = Path(__file__).parent
PACKAGED = {"third": "third_term.toml", "second": "second_term.toml"}


@dataclass(frozen=True)
class Definition:
    """A plan, the text it is stamped with into workbooks, and figures that come with the file."""

    plan: Plan
    text: str
    entries: Table


def load(name: str, *, sample: bool = False) -> Definition:
    """Return the definition called ``third`` or ``second``, or the one in the file ``name``.

    With ``sample`` the made-up figures in ``…_sample.toml`` beside it are its entries.
    Raise DefinitionError naming file, entry and remedy; all findings at once.
    """
    definition, findings = examine(name, sample=sample)
    if findings:
        raise DefinitionError(findings=findings)
    return definition


def examine(name: str, *, sample: bool = False) -> tuple[Definition, list[Finding]]:
    """Return the definition as far as it could be read, and everything that is wrong in it.

    The definition can be used only where nothing is. Raise DefinitionError for a file that
    cannot be read at all.
    """
    path = path_of(name)
    raw = tables_of(path)
    source, entries = path.name, raw.pop("entries", {})
    raw.pop("repairs", None)
    if sample:
        source, entries = f"{path.stem}_sample.toml", _sample(path)
    return examine_tables(raw, entries, path.name, source)


def path_of(name: str) -> Path:
    """Return the file of the definition called ``third`` or ``second``, or the file ``name``."""
    return STRATEGIES / PACKAGED[name] if name in PACKAGED else Path(name)


def examine_tables(
    raw: Table, entries: Any, source: str, entries_source: str = ""
) -> tuple[Definition, list[Finding]]:
    """Return the definition of raw tables, as ``examine`` does; the sources are named in findings."""
    parser = Parser(source)
    plan = parser.plan(raw)
    findings = [*parser.findings, *room.misfits(plan, source)]
    findings += (wrong := list(given.misfits(entries, plan, entries_source or source)))
    if findings:
        return Definition(plan, "", {} if wrong else entries), findings
    text = canonical(raw)
    return Definition(replace(plan, fingerprint=fingerprint(text)), text, entries), []


def canonical(raw: Any) -> str:
    """Return the text by which a definition is stamped into workbooks: the same for the same tables."""
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sample(path: Path) -> Any:
    beside = path.with_name(f"{path.stem}_sample.toml")
    if not beside.exists():
        raise DefinitionError(
            f"{path.name} には記入例({beside.name})がありません。--sample を付けずに作ってください。"
        )
    return tables_of(beside).get("entries", {})


def from_text(text: str, source: str) -> Plan:
    """Return the plan of a canonical text; ``source`` is named in errors.

    Raise DefinitionError for a text that was tampered with, whatever it holds.
    """
    try:
        raw = json.loads(text)
        parser = Parser(source)
        plan = parser.plan(raw)
        mark = fingerprint(text)
    except (ValueError, RecursionError):
        raise DefinitionError(f"{source} の定義の記録を読めません。") from None
    if parser.findings:
        raise DefinitionError(findings=parser.findings)
    return replace(plan, fingerprint=mark)


def fingerprint(text: str) -> str:
    """Return 16 hexadecimal digits that change with any change of the definition."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
