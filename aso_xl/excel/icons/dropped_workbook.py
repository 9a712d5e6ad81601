"""What the icons and 「送る」 do: the same jobs as the buttons, on files.

Results go to the folder outputs beside the workbook; nothing there is overwritten. A document
instead of a workbook is compared with its workbook (check), or renewed (report).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from ...domain import checks
from ...domain.checks import Issue, Severity
from ...domain.entry import actuals
from ...domain.summary import summarize
from ...errors import AsoError, OutputError
from ...files.output import cannot_save, safe_name
from ...last_net import guarded
from ...workbook.read.reading import read
from ..blanks import final_with_blanks
from ..buttons import cross_check
from . import dropped_sharing
from .dialogs import Dialogs
from .text_lists import DONE, FAILED, FOUND, findings, text_file

OUTPUTS, DOCUMENT = "outputs", ".docx"
Job = Callable[[Path, Dialogs], int]
_HOW_TO: Final = (
    "総合戦略のブック(.xlsx)か、そこから作った文書(.docx)をこのアイコンの上に落とすか、"
    "右クリックして「送る」から選んでください。"
)


def run(arguments: Sequence[str], talk: Dialogs) -> int:
    """Return the exit code of doing the action with every file: the gravest of all."""
    action, *files = [*arguments, ""]
    paths = [Path(file) for file in files if file]
    if action not in JOBS or not paths:
        talk.say(_HOW_TO)
        return FAILED
    return max(_done(action, path, talk) for path in paths)


def _done(action: str, path: Path, talk: Dialogs) -> int:
    """Return the exit code of one file; its failure is told and does not stop the others."""
    return guarded(
        lambda: _job(action, path)(path, talk), lambda sentence: talk.say(sentence, grave=True)
    )


def _job(action: str, path: Path) -> Job:
    """Return what the action is for this kind of file. Raises AsoError for one it is not for."""
    if path.suffix.lower() != DOCUMENT:
        return JOBS[action]
    from . import dropped_document  # loads python-docx, which a workbook seldom needs

    jobs: Mapping[str, Job] = {
        "check": dropped_document.compare,
        "report": dropped_document.renew,
    }
    if action not in jobs:
        raise AsoError(f"{path.name} は文書です。ここでは総合戦略のブック(.xlsx)を選んでください。")
    return jobs[action]


def check(path: Path, talk: Dialogs) -> int:
    """Check a workbook; what was found is opened as a text, or a dialog says that nothing was."""
    ledger = read(path)
    issues = checks.check(ledger, ledger.settings.round)
    if not issues:
        talk.say(f"{path.name}: 指摘はありません。")
        return DONE
    talk.open(_listed(path, issues))
    return FOUND if _errors(issues) else DONE


def calculate(path: Path, talk: Dialogs) -> int:
    """Say the counts per goal, and where the formulas of 集計 show something else."""
    ledger = read(path)
    summary = summarize(ledger.plan, actuals(ledger), ledger.settings.round, ledger.settings)
    found = cross_check.differences(ledger, summary)
    talk.say(f"{path.name}\n{cross_check.words(summary, found)}")
    return FOUND if found else DONE


def report(path: Path, talk: Dialogs) -> int:
    """Make the document and open it; errors open their list instead, and a draft is offered."""
    from ...report.drafts import blank_figures
    from ...report.make import make

    ledger = read(path)
    round_ = ledger.settings.round
    issues = checks.check(ledger, round_)
    errors = _errors(issues)
    if errors:
        talk.open(_listed(path, issues))
        question = f"{path.name} にはエラーが{len(errors)}件あります(一覧を開きました)。"
        if not talk.ask(f"{question}\n\n下書きとして Word 文書を作成しますか。"):
            return FOUND
    with_blanks = not errors and final_with_blanks(blank_figures(ledger, round_), talk.ask)
    folder, draft = _outputs(path), bool(errors)
    made = make(ledger, round_, issues, path, folder, draft=draft, with_blanks=with_blanks)
    talk.open(made)
    return FOUND if errors else DONE


def _errors(issues: Sequence[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def _listed(path: Path, issues: Sequence[Issue]) -> Path:
    """Return the text file with the findings."""
    name = f"{safe_name(path.stem)}_入力チェック.txt"
    return text_file(_outputs(path) / name, findings(path.name, issues))


def _outputs(path: Path) -> Path:
    folder = path.parent / OUTPUTS
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from error
    return folder


JOBS: Final[Mapping[str, Job]] = {
    "check": check,
    "calculate": calculate,
    "report": report,
    "split": dropped_sharing.split,
    "status": dropped_sharing.status,
    "merge": dropped_sharing.merge,
}
"""What the actions do with a workbook."""
