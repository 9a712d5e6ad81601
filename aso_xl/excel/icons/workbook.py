"""A workbook on an icon or 「送る」: the same jobs as the buttons, on its file.

Results go to the folder outputs beside the workbook; nothing there is overwritten.
"""

from __future__ import annotations

from pathlib import Path

from ...errors import OutputError
from ...files.notepad import text_file
from ...files.output import cannot_save, safe_name
from ...job_words import NO_FINDING
from ...jobs import inputs, reports
from ...last_net import DONE, FOUND
from ..buttons import cross_check
from ..dialogs import Dialogs
from ..draft_questions import wish
from ..text_files import findings


def check(path: Path, talk: Dialogs) -> int:
    """Check a workbook; what was found is opened as a text, or a dialog says that nothing was."""
    given = inputs.input_of(path)
    if not inputs.check(given):
        talk.say(f"{path.name}: {NO_FINDING}。")
        return DONE
    talk.open(_listed(given))
    return FOUND if given.errors else DONE


def calculate(path: Path, talk: Dialogs) -> int:
    """Say the counts per goal, and where the formulas of 集計 show something else."""
    given = inputs.input_of(path)
    summary = inputs.evaluate(given)
    different = cross_check.differences(given.ledger, summary)
    talk.say(f"{path.name}\n{cross_check.words(summary, different)}")
    return FOUND if different else DONE


def report(path: Path, talk: Dialogs) -> int:
    """Make the document and open it; errors open their list instead, and a draft is offered."""
    given = inputs.input_of(path)
    stopping = reports.stopping_of(given)
    if stopping:
        talk.open(_listed(given))
    question = (
        f"{path.name} にはエラーが{len(stopping)}件あります(一覧を開きました)。"
        "\n\n下書きとして Word 文書を作成しますか。"
    )
    wanted = wish(bool(stopping), lambda: reports.blanks_of(given), talk.ask, question)
    if wanted is None:
        return FOUND
    folder, draft, final = inputs.outputs_of(path), wanted.draft, wanted.with_blanks
    reported = reports.report(given, folder, draft=draft, with_blanks=final)
    for document in reported.documents:
        talk.open(document)
    return FOUND if stopping else DONE


def _listed(given: inputs.Input) -> Path:
    """Return the text file with the findings."""
    folder = inputs.outputs_of(given.path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from error
    name = f"{safe_name(given.path.stem)}_入力チェック.txt"
    return text_file(folder / name, findings(given.path.name, given.issues))
