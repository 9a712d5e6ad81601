"""``aso-xl report --update`` and ``aso-xl check --against``: a document staff have edited, renewed or
compared with its workbook.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import AsoError, OutputError
from ..files.output import cannot_save
from ..report.reissue.changes import Renewal
from .each import Outcome, opened, show
from .findings import has_errors
from .json.evaluation import issues_payload
from .reissue_lines import compared, stopped, updated

if TYPE_CHECKING:
    from ..report.reissue.pairing import Pair

SUFFIX: Final = ".docx"


def update(args: Namespace) -> int:
    """Return the exit code of renewing a document: 1 if places are missing or the input is wrong."""
    _refuse_choices(args)
    target = _target(args.output, args.update)
    pair = _pair(args.update, args.workbooks[0], args.round)
    if has_errors(pair.issues) and not args.draft:
        return _show(args, pair, None, Renewal(), stopped(args.update, pair.issues))
    found = pair.renewed(draft=args.draft, with_blanks=args.with_blanks)
    written = None
    if found.renewed:
        written = pair.saved(_made(target, args.output))
    blanks = 0 if args.with_blanks else pair.blanks
    lines = updated(_head(args.update, pair), written, found, pair.issues, blanks)
    return _show(args, pair, written, found, lines)


def _show(
    args: Namespace, pair: Pair, written: Path | None, found: Renewal, lines: Iterable[str]
) -> int:
    payload = {
        "output": str(written) if written else None,
        "renewed": [asdict(change) for change in found.renewed],
        **_lacks(found),
        **issues_payload(pair.issues),
    }
    bad = bool(found.missing) or has_errors(pair.issues)
    return show(Outcome(payload, lines, bad), as_json=args.json)


def is_comparison(args: Namespace) -> bool:
    """Return whether ``check`` is asked about a document. Raises AsoError if only half of it is said."""
    documents = [path for path in args.workbooks if path.suffix.lower() == SUFFIX]
    if args.against is None:
        if documents == args.workbooks:
            raise AsoError(
                f"{documents[0].name} は文書です。比べるブックを --against に続けて指定してください"
                "(例: aso-xl check 文書.docx --against ブック.xlsx)。"
            )
        return False
    if len(args.workbooks) != 1 or not documents:
        raise AsoError(
            "--against では、比べる文書(.docx)を 1 つだけ先に書いてください"
            "(例: aso-xl check 文書.docx --against ブック.xlsx)。"
        )
    return True


def compare(args: Namespace) -> int:
    """Return the exit code of comparing a document with its workbook: 1 if it is out of date."""
    from ..report.reissue.belongs import state_of

    path: Path = args.workbooks[0]
    pair = _pair(path, args.against, args.round)
    state = state_of(pair.document, pair.ledger, pair.round)
    found = pair.compared()
    stale = [
        {"name": c.name, "label": c.label, "printed": c.before, "current": c.after}
        for c in found.renewed
    ]
    payload = {
        "document": str(path),
        "workbook": str(args.against),
        "fingerprint": state,
        "stale": stale,
        **_lacks(found),
        "counts": {"stale": len(stale), "missing": len(found.missing), "left": len(found.left)},
    }
    bad = bool(found.renewed or found.missing)
    return show(Outcome(payload, compared(_head(path, pair), found, state), bad), as_json=args.json)


def _pair(path: Path, workbook: Path, wanted: str | None) -> Pair:
    from ..report.reissue.open_document import open_document
    from ..report.reissue.pairing import paired

    document = open_document(path)
    ledger, chosen = opened(workbook, wanted)
    return paired(document, ledger, workbook, chosen if wanted else None)


def _lacks(found: Renewal) -> dict[str, Any]:
    return {
        "missing": [asdict(lack) for lack in found.missing],
        "left": [asdict(lack) for lack in found.left],
        "kept": [asdict(change) for change in found.kept],
        "remarks": list(found.remarks),
    }


def _head(path: Path, pair: Pair) -> str:
    return f"{path.name}({pair.round.label}の評価): "


def _refuse_choices(args: Namespace) -> None:
    if len(args.workbooks) != 1:
        raise AsoError("--update では、ブックを 1 つだけ指定してください。")
    for option, why in (("base", "見た目は文書のまま"), ("kind", "種類は文書のまま")):
        if getattr(args, option, None) is not None:
            raise AsoError(
                f"--update と --{option} は一緒に使えません。{why}です。"
                "変えるときは、--update を付けずに新しく作ってください。"
            )


def _target(output: Path | None, document: Path) -> Path:
    """Return where to save: beside the document, in a folder, or under the name asked for."""
    from ..report.reissue.pairing import numbered

    if output is None:
        return numbered(document)
    if output.suffix.lower() == SUFFIX and not output.is_dir():
        return output
    if output.suffix and not output.is_dir():
        raise OutputError(
            f"{output.name} では保存できません。文書名は {SUFFIX} で終わらせてください。"
        )
    return output / document.name


def _made(target: Path, output: Path | None) -> Path:
    """Return the target; a folder that was asked for is made if it is missing."""
    try:
        if output == target.parent:
            output.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(cannot_save(target.parent, error)) from None
    return target
