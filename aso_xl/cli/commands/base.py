"""``aso-xl base``: checks a base document of staff's own, or hands out the packaged one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...console import paragraphs, print_json, say
from ...errors import AsoError, OutputError
from ...files.output import write_beside

if TYPE_CHECKING:
    from ...report.base.lint import BaseFinding

SUFFIX: Final = ".docx"
NAME: Final = "ひな形.docx"


def run(args: Namespace) -> int:
    """Return the exit code: of a check 1 if anything was found, of a copy 0."""
    if (args.file is None) == (args.output is None):
        raise AsoError(
            "確かめるひな形(.docx)か、標準のひな形を保存する -o ファイル名のどちらか一方を"
            "指定してください。"
        )
    return _checked(args.file, args) if args.file else _copied(args.output, args)


def _checked(path: Path, args: Namespace) -> int:
    from ...report.base.lint import left_out, lint
    from ...report.base.open import read_base

    word = read_base(path)
    findings, unseen = lint(word), left_out(word)
    if args.json:
        print_json({"findings": [asdict(finding) for finding in findings], "left_out": unseen})
    else:
        say(*_lines(path, findings, unseen))
    return 1 if findings else 0


def _lines(path: Path, findings: tuple[BaseFinding, ...], unseen: list[str]) -> Iterator[str]:
    count = f"直すところが{len(findings)}件あります" if findings else "直すところはありません"
    yield f"{path.name}: {count}。"
    yield from paragraphs((f"  {each.place}: {each.message}" for each in findings), 4)
    if unseen and not findings:
        told = f"  「{{{{本文}}}}」がないため、次の部分は文書に出ません: {'、'.join(unseen)}"
        yield from paragraphs((told,), 4)


def _copied(output: Path, args: Namespace) -> int:
    from ...report.base.open import PACKAGED

    wanted = output / NAME if output.is_dir() else output
    if wanted.suffix.lower() != SUFFIX:
        raise OutputError(
            f"{wanted.name} では保存できません。文書名は {SUFFIX} で終わらせてください。"
        )
    content = PACKAGED.read_bytes()
    path = write_beside(wanted, lambda stream: stream.write(content))
    if args.json:
        print_json({"output": str(path)})
        return 0
    say(f"{path} を作りました。Wordで開き、見本の説明を見て直してください。")
    if path != wanted:
        say("  同じ名前の文書があるため、番号を付けました。")
    return 0
