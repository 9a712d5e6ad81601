"""What an icon or 「送る」 starts: ``pythonw -I -m aso_xl.excel.dropped ACTION FILE…``.

The same jobs as the buttons, on files, for PCs on which macros are banned. Results go to the
folder outputs beside the workbook; nothing there is overwritten.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from .. import checks
from ..checks import Issue, Severity
from ..errors import OutputError
from ..output import cannot_save, safe_name, write_beside
from ..workbook.reading import read
from .dialogs import Dialogs, dialogs
from .session import sentence

OUTPUTS: Final = "outputs"
DONE, FOUND, FAILED = 0, 1, 2
_WORDS: Final = {Severity.ERROR: "エラー", Severity.WARNING: "警告", Severity.INFO: "情報"}
_HOW_TO: Final = (
    "総合戦略のブック(.xlsx)をこのアイコンの上に落とすか、"
    "ブックを右クリックして「送る」から選んでください。"
)


def main(arguments: Sequence[str] | None = None, talk: Dialogs | None = None) -> int:
    """Return the exit code of doing the action with every file: the gravest of all."""
    action, *files = [*(sys.argv[1:] if arguments is None else arguments), ""]
    talk = talk or dialogs()
    jobs: dict[str, Job] = {"check": check, "report": report}
    paths = [Path(file) for file in files if file]
    if action not in jobs or not paths:
        talk.say(_HOW_TO)
        return FAILED
    return max(_done(jobs[action], path, talk) for path in paths)


Job = Callable[[Path, Dialogs], int]


def _done(job: Job, path: Path, talk: Dialogs) -> int:
    """Return the exit code of one file; its failure is told and does not stop the others."""
    try:
        return job(path, talk)
    except Exception as error:  # the last net: staff see a sentence, never a traceback
        talk.say(sentence(error), grave=True)
        return FAILED


def check(path: Path, talk: Dialogs) -> int:
    """Check a workbook; what was found is opened as a text, or a dialog says that nothing was."""
    ledger = read(path)
    issues = checks.check(ledger, ledger.settings.round)
    if not issues:
        talk.say(f"{path.name}: 指摘はありません。")
        return DONE
    talk.open(_listed(path, issues))
    return FOUND if _errors(issues) else DONE


def report(path: Path, talk: Dialogs) -> int:
    """Make the document and open it; errors open their list instead, and a draft is offered."""
    from ..report.making import make

    ledger = read(path)
    round_ = ledger.settings.round
    issues = checks.check(ledger, round_)
    errors = _errors(issues)
    if errors:
        talk.open(_listed(path, issues))
        question = f"{path.name} にはエラーが{len(errors)}件あります(一覧を開きました)。"
        if not talk.ask(f"{question}\n\n下書きとして Word 文書を作成しますか。"):
            return FOUND
    folder = _outputs(path)
    talk.open(make(ledger, round_, issues, path, folder, draft=bool(errors)))
    return FOUND if errors else DONE


def _errors(issues: Sequence[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def _listed(path: Path, issues: Sequence[Issue]) -> Path:
    """Return the text file with the findings, for Windows' own editor."""
    text = "".join(f"{line}\r\n" for line in lines(path.name, issues))
    content = text.encode("utf-8-sig", errors="replace")
    target = _outputs(path) / f"{safe_name(path.stem)}_入力チェック.txt"
    return write_beside(target, lambda stream: stream.write(content))


def lines(name: str, issues: Sequence[Issue]) -> Iterator[str]:
    """Yield the findings as lines, gravest first, each with its place, finding and remedy."""
    counts = checks.counts(issues)
    tally = "、".join(f"{word} {counts[severity.value]}件" for severity, word in _WORDS.items())
    yield f"入力チェックの結果: {name}"
    yield tally
    for severity, word in _WORDS.items():
        found = [issue.message for issue in issues if issue.severity is severity]
        if found:
            yield from ("", f"【{word}】", *(f"・{' '.join(message.split())}" for message in found))


def _outputs(path: Path) -> Path:
    folder = path.parent / OUTPUTS
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from error
    return folder


if __name__ == "__main__":
    raise SystemExit(main())
