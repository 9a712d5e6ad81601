"""``aso-xl template``: a master workbook from a definition."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from ...console import print_json, say
from ...errors import DefinitionError, OutputError
from ...files.output import safe_name, write_beside
from ...strategies import unsupported
from ...strategies.definition import examine
from ...workbook.build import given_settings
from ...workbook.build.template import build

SUFFIX: Final = ".xlsx"


def run(args: Namespace) -> int:
    """Return the exit code of building the workbook, which replaces nothing."""
    definition, found = examine(args.strategy, sample=args.sample)
    found = found or list(unsupported.misfits(definition.plan, Path(args.strategy).name))
    found += given_settings.misfits(definition, Path(args.strategy).name)
    if found:
        raise DefinitionError(findings=found)
    name = definition.plan.short_title + ("_記入例" if args.sample else "")
    wanted = _target(args.output, safe_name(name) + SUFFIX)
    package = build(definition, sample=args.sample)
    path = write_beside(wanted, lambda stream: stream.write(package))
    if args.json:
        print_json({"output": str(path)})
        return 0
    say(f"{path} を作りました。")
    if path != wanted:
        say("  同じ名前のブックがあるため、番号を付けました。")
    return 0


def _target(output: Path | None, name: str) -> Path:
    if output is None or output.is_dir():
        return (output or Path()) / name
    if output.suffix.lower() != SUFFIX:
        raise OutputError(
            f"{output.name} では保存できません。ブック名は {SUFFIX} で終わらせてください。"
        )
    return output
