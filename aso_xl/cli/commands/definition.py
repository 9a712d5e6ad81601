"""``aso-xl definition``: a plan's definition, in Excel or TOML: new, checked, converted, drafted."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from ...console import paragraphs
from ...defining import any_definition
from ...defining.any_definition import Examined
from ...defining.book import Book, Found
from ...defining.from_tables import book_of
from ...defining.overview import DefinitionChange, changes, described, told, totals
from ...defining.toml_text import toml_text
from ...domain.plan import Plan
from ...errors import AsoError, OutputError
from ...files.output import write_beside
from ...job_words import draft_lacks
from ...jobs import definitions
from ...workbook.layout import STAMP
from ...workbook.read.file.workbook_file import open_book
from ...workbook.read.stamp import Stamp, read_stamp
from .. import options
from ..each import Printout, show
from ..saved_file import save

NAME: Final = "定義.xlsx"


def arguments(parser: ArgumentParser) -> None:
    """Declare the actions, each with its own options."""
    action = options.actions(parser)
    new = action("new", "空の、または今の定義の入った定義ブックを作ります")
    words = "もとにする定義(third、second、.toml、定義ブック)か評価ブック"
    new.add_argument("--from", dest="source", metavar="DEFINITION|WORKBOOK", help=words)
    options.output(new, "FILE", "保存先の定義ブック名(.xlsx)", required=True)
    check = action("check", "定義を確かめ、直すところと、計画の中身を示します")
    words = "third、second、定義ファイル(.toml)、または定義ブック(.xlsx)"
    check.add_argument("definition", metavar="DEFINITION", help=words)
    earlier = "前の定義か評価ブック。加わるもの、なくなるもの、変わるものを示します"
    check.add_argument("--against", metavar="DEFINITION|WORKBOOK", help=earlier)
    options.output(check, "FILE", "直すところを書き込んだ写しの名前(.xlsx)")
    convert = action("convert", "定義を、定義ブックか TOML に書き換えます")
    convert.add_argument("definition", metavar="DEFINITION", help=words)
    options.output(convert, "FILE", "保存先(.xlsx か .toml)", required=True)
    draft = action("draft", "総合戦略の本文の表から、定義ブックの下書きを作ります")
    words = "総合戦略の Word 文書(.docx)、表(.xlsx、.csv)、または文字だけのファイル(.txt)"
    draft.add_argument("source", type=Path, metavar="SOURCE", help=words)
    options.output(draft, "FILE", "保存先の定義ブック名(.xlsx)", required=True)


def run(args: Namespace) -> int:
    """Return the exit code: of a check 1 if anything is wrong; all others make a whole file or none."""
    actions = {"new": _new, "check": check, "convert": _convert, "draft": _draft}
    return actions[args.action](args)


def _built(book: Book, doubts: Sequence[Found] = ()) -> bytes:
    from ...defining.build import build  # loads XlsxWriter, which help does not need

    return build(book, doubts)


def _new(args: Namespace) -> int:
    book = _book(args.source) if args.source else Book()
    return save(_named(args.output, (".xlsx",)), _built(book), as_json=args.json)


def _book(name: str) -> Book:
    """Return the book of a definition, or of the definition that a master workbook was built from."""
    stamp = _stamp(name)
    if stamp:
        return book_of(json.loads(stamp.record["definition"]), {})
    return any_definition.load(name).book


def _stamp(name: str) -> Stamp | None:
    """Return the stamp of a master workbook; None where ``name`` means a definition."""
    if not any_definition.is_workbook(name):
        return None
    workbook = open_book(Path(name))
    return read_stamp(workbook) if workbook.sheet(STAMP) else None


def _convert(args: Namespace) -> int:
    path = _named(args.output, (".xlsx", ".toml"))
    examined = any_definition.load(args.definition)
    if path.suffix.lower() == ".xlsx":
        return save(path, _built(examined.book), as_json=args.json)
    tables = examined.tables
    text = toml_text(tables.raw, tables.entries, tables.repairs)
    return save(path, text.encode("utf-8"), as_json=args.json)


def _draft(args: Namespace) -> int:
    """Return 0: what was not understood is listed, for people to write down."""
    made = definitions.draft_definition(args.source, _named(args.output, (".xlsx",)))
    counts = made.counts
    payload = {
        "output": str(made.path),
        "totals": dict(counts),
        "guessed": made.guessed,
        "unread": [asdict(each) for each in made.unread],
        "warnings": [*draft_lacks(counts)],
    }
    lines = [
        f"{made.path} を作りました。",
        f"  読み取ったもの: 基本目標 {counts['goals']}、数値目標 {counts['headlines']}、"
        f"施策 {counts['measures']}、KPI {counts['kpis']}",
        f"  推定した欄: {made.guessed}(橙の欄。理由と元の文字がコメントにあります)",
        f"  読み取れなかったもの: {len(made.unread)}",
    ]
    lines += [f"  警告: {warning}" for warning in draft_lacks(counts)]
    if made.unread:
        lines.append("  「読み取れなかったもの」シートを見て、必要なら書き写してください。")
    return show(Printout(payload, lines), as_json=args.json)


def check(args: Namespace) -> int:
    """Return the exit code: 1 if anything is wrong with the definition."""
    if args.output and not any_definition.is_workbook(args.definition):
        raise AsoError(
            "-o(直すところを書き込んだ写し)は、定義ブック(.xlsx)を確かめるときに付けてください。"
        )
    examined = any_definition.examine(args.definition)
    plan = None if examined.found else examined.definition.plan
    changed: list[DefinitionChange] | None = None
    if args.against and plan:
        changed = changes(_earlier(args.against), plan)
    output = None
    if args.output:
        data = _built(examined.book, (*examined.found, *examined.doubts))
        output = write_beside(_named(args.output, (".xlsx",)), lambda stream: stream.write(data))
    payload = _payload(examined, plan)
    lines = [*_lines(args.definition, examined, plan, changed)]
    if changed is not None:
        payload["changes"] = [asdict(each) for each in changed]
    if output:
        payload["output"] = str(output)
        lines.append(f"{output} を作りました。")
    return show(Printout(payload, lines, bool(examined.found)), as_json=args.json)


def _earlier(name: str) -> Plan:
    """Return the plan of an earlier definition, or of the master workbook made from it."""
    if stamp := _stamp(name):
        return stamp.plan
    return any_definition.load(name).definition.plan


def _payload(examined: Examined, plan: Plan | None) -> dict[str, Any]:
    issues = [_issue("error", each) for each in examined.found]
    issues += [_issue("warning", each) for each in examined.doubts]
    return {
        "issues": issues,
        "counts": {
            "error": len(examined.found),
            "warning": len(issues) - len(examined.found),
            "info": 0,
        },
        "totals": totals(examined.definition.plan),
        "plan": None
        if plan is None
        else {
            "id": plan.id,
            "title": plan.title,
            "period": [str(year) for year in plan.period],
            "rounds": [str(round_) for round_ in plan.rounds],
            "round": str(plan.round),
        },
    }


def _issue(severity: str, finding: Found) -> dict[str, str | None]:
    return {
        "code": finding.code,
        "severity": severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "entry": finding.entry,
        "message": str(finding),
    }


def _lines(
    name: str, examined: Examined, plan: Plan | None, changed: list[DefinitionChange] | None
) -> Iterator[str]:
    shown = Path(name).name
    if plan is None:
        yield f"{shown}: 直すところが {len(examined.found)}件あります。"
        yield from paragraphs((f"  {_line(each)}" for each in examined.found), 4)
        yield from paragraphs((f"  警告: {_line(each)}" for each in examined.doubts), 4)
        return
    yield f"{shown}: 直すところはありません。"
    yield from paragraphs((f"  {line}" for line in described(plan)), 4)
    yield from paragraphs((f"  警告: {_line(each)}" for each in examined.doubts), 4)
    if changed is not None:
        yield from paragraphs((f"  {line}" for line in told(changed)), 6)


def _line(finding: Found) -> str:
    return str(finding) if finding.sheet else f"{finding.entry}: {finding.message}。"


def _named(path: Path, suffixes: tuple[str, ...]) -> Path:
    if path.is_dir():
        path = path / NAME
    if path.suffix.lower() not in suffixes:
        wanted = " か ".join(suffixes)
        raise OutputError(
            f"{path.name} では保存できません。ファイル名は {wanted} で終わらせてください。"
        )
    return path
