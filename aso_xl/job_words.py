"""What is said of a job in more than one door: command line, buttons, icons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from .domain.checks import Issue, Severity, counts
from .domain.checks.groups import grouped

if TYPE_CHECKING:
    from .exchange.cell_values import Key
    from .exchange.confirmations import Afterwards
    from .exchange.inbox import Inbox
    from .exchange.merge_files import MergeResult
    from .exchange.reminders import Reminders
    from .exchange.send_back import SendingBack
    from .exchange.split import Split
    from .exchange.status import Status
    from .jobs.masters import Succeeded
    from .years.closing import Closed
    from .years.next_round import NextRound
    from .years.revising import Revised

NO_FINDING: Final = "指摘はありません"
_NAMED: Final = 5
"""Files of other kinds that are named; of more only the number is said."""


def tally(issues: Iterable[Issue], *, zeros: bool = True) -> str:
    """Return 「エラー 2件、警告 0件、情報 1件」; without ``zeros`` what there is, or that nothing is."""
    by_severity = counts(issues)
    numbers = {severity.word: by_severity[severity.value] for severity in Severity}
    shown = [f"{word} {number}件" for word, number in numbers.items() if number or zeros]
    return "、".join(shown) or NO_FINDING


def in_bulk(issues: Iterable[Issue]) -> Iterator[str]:
    """Yield what was found often, the gravest first: 「担当課が未設定: 67件」."""
    yield from (group.heading for group in grouped(issues) if group.is_many)


def draft_lacks(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield what a draft found nothing of, and what to do about it."""
    if not counts["measures"]:
        alone = "KPI は、基本目標に直接付くものとして入れました。" if counts["kpis"] else ""
        yield (
            f"施策が 1 つも見つかりませんでした。{alone}"
            "施策のある戦略なら、「基本目標と施策」シートに書き、「指標」シートに施策の番号を入れてください。"
        )
    if not counts["kpis"]:
        yield (
            "KPI が 1 つも見つかりませんでした。KPI の表のあるファイルかを確かめ、"
            "図として貼られた表などは「指標」シートに書いてください。"
        )


def split_made(made: Split) -> str:
    """Return where the workbooks of a split are and how many there are."""
    return f"{made.folder} に {len(made.workbooks)}課分のブックを作りました。"


def status_remarks(status: Status) -> Iterator[str]:
    """Yield what changed after it was confirmed, and what the departments write."""
    yield from map(changed_afterwards, status.afterwards)
    for each in status.departments:
        if each.slip and each.slip.message:
            yield f"{each.name}の連絡事項: {' '.join(each.slip.message.split())}"


def changed_afterwards(later: Afterwards) -> str:
    """Return what changed in a workbook after its chief had confirmed it."""
    from .exchange.cell_values import shown

    each = [f"{place(key)}: {shown(old)} → {shown(new)}" for key, old, new in later.changes]
    more = f"、ほか {len(each) - _NAMED}件" if len(each) > _NAMED else ""
    if later.is_confirmed_again:
        again = "その後、改めて確認されています。"
    elif later.is_confirmed:
        again = "確認日は変わっていません。課に確かめてください。"
    else:
        again = "まだ、改めて確認されていません。"
    return (
        f"{later.file}: {later.before.words}の後に {len(each)}件 変わっています"
        f"({'、'.join(each[:_NAMED])}{more})。{again}"
    )


def reminders_made(made: Reminders) -> str:
    """Return where the mails are to those who are late."""
    if made.folder is None:
        return "期限を過ぎた課はありません。督促の文は作りませんでした。"
    return f"{made.folder} に、期限を過ぎた {len(made.texts)}課への督促の文を作りました。"


def merge_counts(result: MergeResult) -> str:
    """Return how much of a merge was taken in, was as before, is in question, was not taken."""
    return (
        f"取り込み {len(result.merged.applied)}件、変更なし {result.merged.unchanged}件、"
        f"競合 {len(result.open_conflicts)}件、受け付けなかった変更 {len(result.rejected)}件"
    )


def merge_errors(result: MergeResult) -> str:
    """Return how many errors the values that were taken in have, in total and by department."""
    wrong = {name: count for name, count in result.errors.items() if count}
    if not wrong:
        return "取り込んだ内容にエラーはありません。"
    by_department = "、".join(f"{name} {count}件" for name, count in wrong.items())
    return f"取り込んだ内容のエラー {sum(wrong.values())}件({by_department})"


def merge_sheets(result: MergeResult) -> Iterator[str]:
    """Yield which sheets of the merged workbook are to be looked at."""
    from .workbook.layout import CHANGES, CONFLICTS, REJECTED

    if result.merged.applied:
        yield f"変更は「{CHANGES}」シートにあります。"
    if result.open_conflicts:
        yield f"「{CONFLICTS}」シートの採用を選び、保存してから、もう一度統合してください。"
    if result.rejected:
        yield f"受け付けなかったものは「{REJECTED}」シートにあります。"


def merge_remarks(result: MergeResult) -> Iterator[str]:
    """Yield what is to be known of the files, and of values that are neither new nor in question."""
    from .exchange.cell_values import shown

    yield from _passed_over(result.inbox)
    yield from (f"マスターの {note}" for note in result.notes)
    for each in result.files:
        if each.failed:
            yield each.failed
        yield from (f"{each.file}: {note}" for note in each.notes)
    yield from map(changed_afterwards, result.afterwards)
    for past in result.past:
        change = f"{place(past.key)}: {shown(past.before)} → {shown(past.after)}"
        by = past.file or "配布や前の統合の後にマスターで変更"
        yield f"過年度の値の変更 {change}({by})"
    for old in result.merged.superseded:
        taken = f"取り込み済み {place(old.key)}: {shown(old.value)}({old.file})。"
        yield f"{taken}その後、マスターは {shown(old.master)} に変わっています。"


def _passed_over(inbox: Inbox) -> Iterator[str]:
    """Yield what lay in the folders and was not read."""
    if inbox.locks:
        yield f"一時ファイルなど(~$、._)を {inbox.locks}件とばしました。"
    if inbox.passed:
        names = [path.name for path in inbox.passed[:_NAMED]]
        more = " ほか" if inbox.others > _NAMED else ""
        yield f"ブックでないファイルを {inbox.others}件とばしました({'、'.join(names)}{more})。"


def sent_back(made: SendingBack) -> Iterator[str]:
    """Yield where the workbooks are that go back and what is in them, and what could not be done."""
    from .domain.checks import Severity
    from .workbook.layout import CHANGES, QUESTIONS

    if made.folder is None:
        yield "差し戻すものはありません。"
    else:
        yield f"{made.folder} に {len(made.workbooks)}課分のブックと送付の文を作りました。"
    for back in made.workbooks:
        counts = (
            *(f"{s.word} {back.count(s)}件" for s in (Severity.ERROR, Severity.WARNING)),
            f"{QUESTIONS} {len(back.questions)}件",
        )
        source = f"届いた {back.sent}" if back.sent else "届いていないため、配るブックを新しく作成"
        yield f"  {back.department}: {'、'.join(counts)}({source})"
    if made.workbooks:
        yield f"差し戻した日は「{QUESTIONS}」と「{CHANGES}」シートに残しました。"
    elif made.output:
        yield f"「{QUESTIONS}」シートを加えました。"
    yield from (f"  {sentence}" for sentence in (*made.failed, *made.notes))
    yield from (f"  {line}" for line in _passed_over(made.inbox))


def place(key: Key) -> str:
    """Return which cell of the master it is: id, word for the field, round."""
    return " ".join(filter(None, (key.id, key.label, key.round)))


def not_closed(closed: Closed, master: str) -> str:
    """Return why a round was not confirmed."""
    errors = len(closed.errors)
    reasons = [f"エラーが{errors}件"] if errors else []
    reasons += [f"競合が{closed.conflicts}件"] if closed.conflicts else []
    line = (
        f"{master}: {'、'.join(reasons)}残っているため、{closed.round.label}を確定しませんでした。"
    )
    if closed.conflicts:
        line += "「競合」の「採用」を選び、もう一度統合してください。"
    return line


def closed_words(closed: Closed, master: str) -> Iterator[str]:
    """Yield what was confirmed, and how many warnings it has."""
    if closed.record is None:
        return
    record = closed.record
    kpi = record.summary.kpi
    yield f"{master}: {record.round.label}を確定しました({record.at} {record.by})。"
    yield (
        f"  指標{len(record.summary.achievements)}件、KPIの達成 {kpi.achieved}/{kpi.total}。"
        "記録は「確定記録」にあります。確定前のブックは「履歴」フォルダーに残しました。"
    )
    if not record.has_texts:
        yield "  備考や取組などの文は後の年度のものなので、記録していません。"
    if closed.warnings:
        yield f"  警告が{len(closed.warnings)}件あります。"


def next_words(begun: NextRound, master: str) -> Iterator[str]:
    """Yield which round was begun, and what is to be looked at."""
    yield f"{master}: {begun.before.label}から{begun.round.label}へ進みました。"
    yield (
        f"  {begun.round}の欄を入力できます。前年の文は、文の欄を選ぶと横に出ます"
        "(全文は「確定記録」)。進む前のブックは「履歴」フォルダーに残しました。"
    )
    if begun.copied:
        yield f"  文{begun.copied}件は、前年の写しで始めました。書き直すか、印を消してください。"
    yield from (f"  {note}" for note in begun.notes)


def revised_words(revised: Revised, master: str) -> Iterator[str]:
    """Yield what a revision comes to: how much goes on, what differs, what finds no place."""
    plan, found = revised.plan, revised.plan.changes
    if revised.output is None:
        yield f"{master}: 改訂すると、{plan.since.label}から次のように変わります(まだ変えていません)。"
    elif revised.output.name == master:
        yield f"{master}: 改訂しました({plan.since.label}から)。前のブックは「履歴」フォルダーに残しました。"
    else:
        yield f"{revised.output} を作りました({plan.since.label}から改訂)。{master} はそのままです。"
    if found.is_none:
        yield "  前の定義と同じです。"
    renumbered, added, removed = map(len, (found.renumbered, found.added, found.removed))
    counts = {"番号が変わるもの": renumbered, "加わるもの": added, "なくなるもの": removed}
    ended = len(found.ended)
    counts |= {"終わる指標": ended, "変わる項目": len(found.changed) - ended}
    shown = [f"{word} {count}件" for word, count in counts.items() if count]
    yield f"  {'、'.join([f'続く指標 {len(found.kept)}件', *shown])}"
    figures, texts = revised.carried.figures, revised.carried.texts
    yield f"  引き継ぐ入力: 実績値 {figures}件、文など {texts}件"
    if plan.unknown:
        named = "、".join(f"{own.id}(前の番号 {'・'.join(own.was)})" for own in plan.unknown)
        yield f"  前の番号がブックにありません: {named}。番号を確かめてください。"
    if revised.left:
        yield f"  置く所がない値: {len(revised.left)}件(「引き継げなかった値」に残します)"


def revised_changes(revised: Revised) -> Iterator[str]:
    """Yield everything that a revision changes, each kind with its number."""
    from .defining.overview import in_words, listed_by_kind

    plan = revised.plan
    if not plan.changes.is_none:
        yield from listed_by_kind(in_words(plan.changes, *plan.compared))


def succeeded_words(made: Succeeded) -> Iterator[str]:
    """Yield what of a strategy goes on in the next one, and what else was made."""
    from .years.succeeding import SHEET

    found, old = made.strategy.succession, made.strategy.before.plan
    yield (
        f"「{old.short_title}」から続く指標 {len(found.successors)}、新しい指標 {len(found.begun)}、"
        f"続かない指標 {len(found.ended)}(「{SHEET}」シートに一覧があります)。"
    )
    if found.offered:
        yield (
            f"定義に基準値のない{len(found.offered)}件に、"
            "前期の最後の実績を基準値の案として入れました。"
        )
    yield from made.strategy.notes
    given = made.verification.given
    for document in made.verification.documents:
        yield f"{document} を作りました({given.round.label}の確定の記録による検証)。"
    if not made.verification.documents:
        yield f"{given.path.name} にエラーがあるため、検証の文書は作りませんでした。"


def offered_words(made: Succeeded, most: int) -> Iterator[str]:
    """Yield the baselines that were offered, at most so many."""
    from .domain.shown import show

    offered = made.strategy.succession.offered
    for each in offered[:most]:
        if each.last and each.old:
            shown = show(each.new, each.last.value)
            yield f"{each.new.id} {each.new.name}: {shown}({each.last.year}、前期の{each.old.id})"
    if len(offered) > most:
        yield f"ほか{len(offered) - most}件"
