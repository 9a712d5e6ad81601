"""Years of sharing in random towns: no typed value may vanish unsaid, a second merge changes nothing.

Run: ``python tests/soak/sharing.py --values 100000 --seed 1``. Each town is one story of splits,
typing, returns, corrections, decisions and merges, told again by its seed alone (``--only SEED``).
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "tools")]

from exchange_tools import decide, typed  # noqa: E402
from lxml import etree  # noqa: E402
from openpyxl import load_workbook  # noqa: E402
from workbook_tools import Value, Xlsx, recalculated  # noqa: E402

from aso_xl.domain.ledger import Ledger  # noqa: E402
from aso_xl.domain.settings import ROUND_KEY  # noqa: E402
from aso_xl.exchange import note_sheets as sheets  # noqa: E402
from aso_xl.exchange.cell_values import Key, same, shown, values_of  # noqa: E402
from aso_xl.exchange.cell_values import Value as Merged  # noqa: E402
from aso_xl.exchange.merge_files import MergeResult, merge_files  # noqa: E402
from aso_xl.exchange.split import Split, split  # noqa: E402
from aso_xl.job_words import merge_remarks  # noqa: E402
from aso_xl.strategies import definition  # noqa: E402
from aso_xl.workbook.build.template import build  # noqa: E402
from aso_xl.workbook.escapes import decoded  # noqa: E402
from aso_xl.workbook.handout import RECORD, unpacked  # noqa: E402
from aso_xl.workbook.layout import REJECTED_TABLE  # noqa: E402
from aso_xl.workbook.read.reading import read  # noqa: E402

DEPARTMENTS = ("農政課", "観光課", "福祉課", "まちづくり課", "こども・子育て課", "A課")
NAMES = ("提出.xlsx", "提出.xlsx", "R9_提出 (2).xlsx", "コピー ~ 最終.xlsx", "ｶﾝｺｳ課（差替）.xlsx")
FIGURES: tuple[Value, ...] = (
    *(None, 0, 5, 7, 130, 1241.55, Decimal("101.5"), -3, 1e15, 1e308, "未公表", "集計中", "対象外"),
    *("約百", "=1+1", "△10", "▲1,0", "１２３", "1,241億5,500万円", "－", " 12 ", "①", "5\n6"),
)
TEXTS: tuple[Value, ...] = (
    *(
        None,
        "文",
        "=文",
        "二行\n目",
        "二行\r\n目\r\n",
        "🍎 & <b>",
        "+1",
        "　全角　",
        "_x000D_",
        "(空欄)",
    ),
    *("が", "が", "a\u200bb", "'引用", 12, "長" * 3000, "－", "\t", "終わりの空白 "),
)
DISTURBANCES = ("openpyxl", "sorted", "renamed", "copied", "heading", "sheet")
FIXED: tuple[Value, ...] = (7, "書換え", "=0")
ANY = "*"
FIXED_HEADS = {"目標値": "目標値", "指標": "指標名", "単位": "単位"}


@dataclass(frozen=True)
class Typed:
    """One value typed into a workbook: into a cell of the department, or (``label``) not."""

    key: Key
    value: Merged
    label: str = ""


@dataclass
class Sent:
    """A file that came back, and what was typed in it that was not sent."""

    path: Path
    department: str
    typed: list[Typed]
    how: str

    @property
    def is_whole(self) -> bool:
        """Return whether its tables are as they were sent, so that more can be typed in them."""
        return "heading" not in self.how and "copied" not in self.how


@dataclass
class Story:
    """One town through its years."""

    seed: int
    folder: Path
    office: bool = False
    random: Random = field(init=False)
    told: list[str] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    inbox: list[Sent] = field(default_factory=list)
    values: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.master = self.folder / "マスター.xlsx"

    def run(self) -> None:
        """Live through the years. Raises AssertionError for a value that is nowhere."""
        plan = self.folder / "定義.toml"
        plan.write_text(town(self.random), encoding="utf-8")
        self.master.write_bytes(build(definition.load(str(plan))))
        self.split()
        for _ in range(self.random.randint(8, 16)):
            act = self.random.choices(
                (
                    *(self.send, self.merge, self.split, self.correct, self.decide),
                    *(self.rename, self.divide, self.next_year),
                ),
                (8, 4, 1, 2, 2, 0.5, 0.5, 0.7),
            )[0]
            act()
        self.merge()

    def say(self, text: str) -> None:
        self.told.append(text)

    def split(self) -> None:
        made = split(self.master, self.folder / f"配布{len(self.splits)}")
        self.splits.append(made)
        self.say(f"split {made.id}: {len(made.workbooks)} workbooks")

    def correct(self) -> None:
        """Type into the master, as the secretariat does."""
        ledger = read(self.master)
        cells = [key for key in values_of(ledger) if self.random.random() < 0.1]
        edits = {(key.id, key.field): self.any_value(key) for key in cells}
        typed(self.master, edits, self.master)  # type: ignore[arg-type]
        self.say(f"master corrected: {edits}")

    def rename(self) -> None:
        """Give every indicator of one department to a new one."""
        ledger = read(self.master)
        old, new = self.random.choice(DEPARTMENTS), f"新{self.random.choice(DEPARTMENTS)}"
        edits = {
            (id_, "department"): new
            for id_, row in ledger.rows.items()
            if "department" in row.cells and row.cells["department"].text == old
        }
        typed(self.master, edits, self.master)  # type: ignore[arg-type]
        self.say(f"{old} is now {new}")

    def divide(self) -> None:
        """Give about half of one department's indicators to a new one beside it."""
        ledger = read(self.master)
        old = self.random.choice(DEPARTMENTS)
        edits = {
            (id_, "department"): f"{old}第二係"
            for id_, row in ledger.rows.items()
            if "department" in row.cells and row.cells["department"].text == old
            if self.random.random() < 0.5
        }
        typed(self.master, edits, self.master)  # type: ignore[arg-type]
        self.say(f"{old} is divided: {sorted(id_ for id_, _ in edits)} leave it")

    def next_year(self) -> None:
        """Choose another 評価年度 in the master, most often the next one, and send out anew."""
        ledger = read(self.master)
        rounds = list(map(str, ledger.plan.rounds))
        later = [r for r in rounds if r > str(ledger.settings.round)]
        year = later[0] if later and self.random.random() < 0.8 else self.random.choice(rounds)
        book, cell = Xlsx(self.master), ledger.setting_cells[ROUND_KEY]
        book.put((cell.sheet, cell.address), year)
        book.save(self.master)
        self.say(f"評価年度 is now {year}")
        self.split()

    def decide(self) -> None:
        """Decide on some rows of 競合."""
        open_ = [*sheets.listed(read(self.master))]
        if not open_:
            return
        choices = [
            self.random.choice(
                [(None, None), ("いまの値", None), ("届いた値", None), ("別の値", 77)]
            )
            for _ in open_
        ]
        decide(self.master, *choices)  # type: ignore[arg-type]
        self.say(
            f"decided: {[((c.key.id, c.key.field), shown(c.submitted), c.department) for c in open_]}"
        )
        self.say(f"  as {choices}")

    def any_value(self, key: Key) -> Value:
        return self.random.choice(TEXTS if key.is_text else FIGURES)

    def send(self) -> None:
        """Let a department fill its workbook, of this or of an earlier split, and send it back."""
        made = self.random.choice(self.splits[-2:])
        if self.random.random() < 0.15:
            made = self.random.choice(self.splits)
        workbook = self.random.choice(made.workbooks)
        again = [s for s in self.inbox if s.department == workbook.part.department and s.is_whole]
        source = workbook.path
        if again and self.random.random() < 0.3:
            source = self.random.choice(again).path
        ledger = read(source)
        share = self.random.choice((0.05, 0.5, 0.9))
        edits: dict[tuple[str, str], Value] = {}
        for key in values_of(ledger):
            if self.random.random() < share:
                edits[key.id, key.field] = self.any_value(key)
        if self.random.random() < 0.2:
            for id_ in self.random.sample(sorted(ledger.rows), min(2, len(ledger.rows))):
                head = self.random.choice(tuple(FIXED_HEADS))
                edits[id_, head] = self.random.choice(FIXED)
        number = len(self.inbox)
        name = self.random.choice((*NAMES, source.name))
        place = self.folder / "提出" / f"{number % 7}" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        self.inbox = [s for s in self.inbox if s.path != place]
        typed(source, edits, place)
        how = self.disturb(place)
        if self.office and self.random.random() < 0.02:
            how += ", saved by LibreOffice" if resaved(place) else ""
        self.inbox.append(self.looked_at(place, edits, how))
        self.say(f"{place.parent.name}/{name} from {workbook.part.department} of {made.id} ({how})")
        self.say(f"  made from {source.relative_to(self.folder)}: {edits}")

    def disturb(self, path: Path) -> str:
        """Do to a workbook what programs and people do to it."""
        match self.random.choice(("nothing", *DISTURBANCES)):
            case "openpyxl":
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    load_workbook(path).save(path)
                return "saved by openpyxl"
            case "sorted":
                swap_rows(path, self.random)
                return "rows swapped"
            case "renamed":
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    book = load_workbook(path)
                    sheet = next((s for s in book.worksheets if s.title.startswith("基本")), None)
                    if sheet:
                        sheet.title = f"うちの課の{sheet.title}"
                    book.save(path)
                return "sheet renamed"
            case "heading":
                return rename_heading(path, self.random)
            case "sheet":
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    book = load_workbook(path)
                    for sheet in [s for s in book.worksheets if s.title.startswith("基本")]:
                        book.copy_worksheet(sheet)
                    book.save(path)
                return "sheets copied"
            case "copied":
                shutil.copy(path, path.with_name(f"写し {path.name}"))
                return "copied under another name"
        return "as it is"

    def looked_at(self, path: Path, edits: dict[tuple[str, str], Value], how: str) -> Sent:
        """Return the file with all that is typed in it and differs from what was sent."""
        ledger = read(path)
        handout = unpacked(ledger.record[RECORD])
        sent = {
            Key(id_, name): value
            for id_, fields in handout.values.items()
            for name, value in fields.items()
        }
        found = [
            Typed(key, value)
            for key, value in values_of(ledger).items()
            if not same(value, sent.get(key))
        ]
        read_ = values_of(ledger)
        found += [
            Typed(Key(*at), as_typed(value), ANY)
            for at, value in edits.items()
            if at[1] not in FIXED_HEADS and Key(*at) not in read_
            if value is not None and not same(as_typed(value), sent.get(Key(*at)))
        ]
        found += [
            Typed(Key(id_, head), as_typed(value), FIXED_HEADS[head])
            for (id_, head), value in edits.items()
            if head in FIXED_HEADS
        ]
        return Sent(path, handout.department, found, how)

    def merge(self) -> None:
        """Merge some of what came, or all, and look for every value; then merge again."""
        files = [s for s in self.inbox if s.path.exists()]
        if not files:
            return
        if self.random.random() < 0.5:
            files = self.random.sample(files, self.random.randint(1, len(files)))
            places = [s.path for s in files]
        else:
            places = [self.folder / "提出"]
        before = values_of(read(self.master))
        outcome = merge_files(self.master, places)
        self.say(f"merged {[str(p.relative_to(self.folder)) for p in places]}: {tally(outcome)}")
        ledger = read(self.master)
        for sent in files:
            self.values += len(sent.typed)
            for each in sent.typed:
                assert is_found(each, sent, ledger, outcome), f"nowhere: {each} of {sent.path.name}"
        self.only_what_is_told_changed(before, values_of(ledger), outcome)
        mark = hashlib.sha256(self.master.read_bytes()).digest()
        again = merge_files(self.master, places)
        assert again.output is None, f"a second merge changes: {tally(again)}"
        assert hashlib.sha256(self.master.read_bytes()).digest() == mark

    def only_what_is_told_changed(
        self, before: dict[Key, Merged], after: dict[Key, Merged], outcome: MergeResult
    ) -> None:
        told = {(a.key, shown(a.after)) for a in outcome.merged.applied}
        for key, value in after.items():
            assert same(value, before.get(key)) or any(
                key == at and same(a.after, value)
                for a in outcome.merged.applied
                for at in (a.key,)
            ), f"{key} became {value!r} untold; told {told}"


def tally(outcome: MergeResult) -> str:
    merged = outcome.merged
    counts = (len(merged.applied), merged.unchanged, len(outcome.open_conflicts))
    return f"applied, unchanged, open {counts}, rejected {len(outcome.rejected)}"


def as_typed(value: Value) -> Merged:
    """Return what a cell says in which ``value`` is stored: its escapes are decoded by readers."""
    if isinstance(value, bool) or value is None:
        return None
    is_number = isinstance(value, int | float | Decimal)
    return Decimal(str(value)) if is_number else decoded(str(value))


def is_found(each: Typed, sent: Sent, ledger: Ledger, outcome: MergeResult) -> bool:
    """Return whether a typed value stands in the master, in a list of it, or was told."""
    if not each.label:
        values = values_of(ledger)
        if each.key in values and same(values[each.key], each.value):
            return True
        if any(c.key == each.key and same(c.submitted, each.value) for c in sheets.listed(ledger)):
            return True
    label = each.label or each.key.label
    rows = sheets.kept_rows(ledger, REJECTED_TABLE, sheets.REJECTED_HEADS)
    for id_, name, round_, value, *_ in rows:
        is_cell = str(id_).partition(" ")[0] == each.key.id and label in (name, ANY)
        is_round = bool(each.label) or round_ == each.key.round
        is_value = same(value, each.value) or same(value, shown(each.value))
        if is_cell and is_round and is_value:
            return True
    words = shown(each.value)
    if any(each.key.id in line and words in line for line in merge_remarks(outcome)):
        return True
    refused = {f.file for f in outcome.files if f.failed and "年度" in f.failed}
    return any(
        file.path == sent.path
        and (
            file.file in refused
            or file.notes in {(f"{name} と同じ内容です。",) for name in refused}
        )
        for file in outcome.files
    )


def rename_heading(path: Path, random: Random) -> str:
    """Change the heading of one column that is filled, as staff do."""
    book = Xlsx(path)
    tables = [t for t in book.tables.values() if t.columns[0] in ("番号", "施策番号")]
    if not tables:
        return "as it is"
    table = random.choice(tables)
    heads = [h for h in table.columns if h in ("R8", "R9", "R10", "取組", "課題", "担当課")]
    head = random.choice(heads)
    place = table.address(head, table.top)
    new = random.choice((f"{head}実績", "今年の分"))
    book.put((table.sheet, place), new)
    root = book.xml(table.part)
    for column in root.iter():
        if column.get("name") == head:
            column.set("name", new)
    book.parts[table.part] = etree.tostring(root)
    book.save(path)
    return f"heading {head} of {table.name} changed"


def resaved(path: Path) -> bool:
    """Let LibreOffice save a workbook in its place; return whether it could."""
    with tempfile.TemporaryDirectory(prefix="soak-office") as folder:
        plain = Path(shutil.copy(path, Path(folder) / "a.xlsx"))
        try:
            shutil.copy(recalculated({"a": plain}, Path(folder))["a"], path)
        except AssertionError:  # it gives up on some, as a program on a desk does
            return False
    return True


def swap_rows(path: Path, random: Random) -> None:
    """Exchange what is typed in two rows of a table, as sorting does; formulas stay in place."""
    book = Xlsx(path)
    tables = [
        t for t in book.tables.values() if t.columns[0] in ("番号", "施策番号") and len(t.rows) > 1
    ]
    if not tables:
        return
    table = random.choice(tables)
    one, other = random.sample(list(table.rows), 2)
    for head in table.columns:
        places = [(table.sheet, table.address(head, row)) for row in (one, other)]
        cells = [book.cells(sheet)[address] for sheet, address in places]
        if any(child.tag.endswith("}f") for cell in cells for child in cell):
            continue
        contents = [(list(cell), cell.get("t")) for cell in cells]
        for cell, (children, kind) in zip(cells, reversed(contents), strict=True):
            cell.attrib.pop("t", None)
            cell.extend(children)
            if kind:
                cell.set("t", kind)
    book.save(path)


def town(random: Random) -> str:
    """Return the definition of a small plan: goals, 施策, KPIs, departments, some of them shared."""
    most = random.choice((3, 6, 12))
    departments = random.sample(DEPARTMENTS, random.randint(1, len(DEPARTMENTS)))
    lines = [
        *("[plan]", 'id = "soak"', 'title = "架空市総合戦略"', 'short_title = "架空の総合戦略"'),
        *('municipality = "架空市"', 'period = ["R8", "R11"]', 'rounds = ["R8", "R9", "R10"]'),
        *('round = "R9"', 'baseline_year = "R6"', 'target_year = "R10"'),
        f"departments = {list(departments)}".replace("'", '"'),
    ]
    for goal in range(1, random.randint(1, 3) + 1):
        lines += ["", "[[goals]]", f"number = {goal}", f'title = "目標{goal}"', "headlines = ["]
        for n in range(1, random.randint(0, 3) + 1):
            lines.append(f"  {indicator(f'{goal}-H{n}', departments, random)},")
        lines.append("]")
        for measure in range(1, random.randint(1, most) + 1):
            lines += ["", "[[goals.measures]]", f"number = {measure}", f'name = "施策{measure}"']
            lines.append("kpis = [")
            for n in range(1, random.randint(0, most) + 1):
                lines.append(f"  {indicator(f'{goal}-{measure:02d}-{n}', departments, random)},")
            lines.append("]")
    return "\n".join(lines)


def indicator(id_: str, departments: list[str], random: Random) -> str:
    owners = random.sample(departments, min(len(departments), random.choice((0, 1, 1, 1, 2))))
    owned = f', department = "{"、".join(owners)}"' if owners else ""
    if random.random() < 0.1:
        return f'{{ id = "{id_}", name = "定性{id_}", rule = "定性", statement = "文。"{owned} }}'
    baseline, target = random.randint(0, 900), random.randint(901, 2000)
    figures = f'unit = "人", baseline = "{baseline}", target = "{target}", rule = "以上"'
    return f'{{ id = "{id_}", name = "指標{id_}", {figures}{owned} }}'


def stories(
    values: int, seed: int, *, office: bool = False
) -> Iterator[tuple[Story, Exception | None]]:
    """Yield stories until so many typed values were looked for, each with what went wrong.

    With ``office`` LibreOffice saves one returned workbook in fifty.
    """
    looked_for = 0
    while looked_for < values:
        with tempfile.TemporaryDirectory(prefix="soak") as folder:
            story, wrong = Story(seed, Path(folder), office), None
            try:
                story.run()
            except Exception as error:
                wrong = error
        looked_for += max(1, story.values)
        seed += 1
        yield story, wrong


def main() -> int:
    """Return 1 if a value was lost in any story."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--values", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the one story of this seed, told")
    args = parser.parse_args()
    start, towns, values, lost = time.monotonic(), 0, 0, 0
    first = args.seed if args.only is None else args.only
    office = shutil.which("soffice") is not None
    for story, wrong in stories(args.values if args.only is None else 1, first, office=office):
        towns, values = towns + 1, values + story.values
        if wrong or args.only is not None:
            print(f"seed {story.seed}:", *story.told, sep="\n  ")
        if wrong:
            lost += 1
            print(f"  LOST {type(wrong).__name__}: {wrong}", flush=True)
    took = time.monotonic() - start
    print(f"{values} values in {towns} towns, {lost} stories with a loss, {took:.0f} s")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
