"""report --update and check --against: whole documents, from workbooks as staff change them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

import docx
import pytest
from cli_tools import Command, as_nobody, digest, is_one_sentence, needs_root
from workbook_tools import Value, Xlsx

from aso_xl.workbook.read.reading import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = ("検証", "年次評価", "概要版", "担当課別")


@pytest.fixture(scope="module")
def made(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample's report, shared: a test copies it before it changes it."""
    from aso_xl.cli.main import main

    path = tmp_path_factory.mktemp("made") / "報告.docx"
    assert main(["report", str(sample_path), "-o", str(path)]) == 0
    return path


@pytest.fixture
def report(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "報告.docx"))


def typed(source: Path, target: Path, figures: Mapping[tuple[str, str], Value]) -> Path:
    """Return a copy of a workbook with figures typed by indicator and round."""
    book = Xlsx(source)
    for (id_, round_), value in figures.items():
        book.put(book.find(id_, round_), value)
    return book.save(target)


@pytest.fixture
def newer(sample_path: Path, tmp_path: Path) -> Path:
    """Return the sample after one figure of the evaluated round was put right."""
    return typed(sample_path, tmp_path / "新しい.xlsx", {("1-01-1", "R9"): 100})


def words(path: Path) -> list[str]:
    """Return the paragraphs that print something."""
    body = docx.Document(str(path)).element.body
    found = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))
    return list(filter(None, found))


def test_nothing_out_of_date(aso: Command, report: Path, sample_path: Path) -> None:
    done = aso("check", report, "--against", sample_path, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json == {
        "document": str(report),
        "workbook": str(sample_path),
        "fingerprint": "same",
        "stale": [],
        "missing": [],
        "left": [],
        "kept": [],
        "remarks": [],
        "counts": {"stale": 0, "missing": 0, "left": 0},
    }
    said = aso("check", report, "--against", sample_path)
    assert said.code == 0
    assert "すべてブックと同じ" in said.out


def test_out_of_date(aso: Command, report: Path, newer: Path) -> None:
    before = digest(report)
    done = aso("check", report, "--against", newer, "--json")
    assert done.code == 1
    assert done.json["fingerprint"] == "changed"
    stale = {each["name"]: each for each in done.json["stale"]}
    actual = stale["list_1_01_1_R9"]
    assert actual["current"] == "100人"
    assert "1-01-1" in actual["label"] and "R9" in actual["label"]
    assert done.json["counts"]["stale"] == len(stale)
    said = aso("check", report, "--against", newer)
    assert said.code == 1
    assert "100人" in said.out and "--update" in said.out
    assert digest(report) == before


def test_update_writes_beside_and_leaves_nothing_stale(
    aso: Command, report: Path, newer: Path
) -> None:
    stale = aso("check", report, "--against", newer, "--json").json["stale"]
    before = digest(report)
    done = aso("report", newer, "--update", report, "--json")
    assert (done.code, done.err) == (0, "")
    keys = {"output", "renewed", "missing", "left", "kept", "remarks", "issues", "counts"}
    assert set(done.json) == keys
    target = report.with_name("報告 (2).docx")
    assert done.json["output"] == str(target)
    pairs = [(each["name"], each["before"], each["after"]) for each in done.json["renewed"]]
    assert pairs == [(each["name"], each["printed"], each["current"]) for each in stale]
    assert digest(report) == before
    again = aso("check", target, "--against", newer, "--json")
    assert (again.code, again.json["fingerprint"]) == (0, "same")


def test_nothing_to_renew_makes_no_document(
    aso: Command, report: Path, sample_path: Path, tmp_path: Path
) -> None:
    files = sorted(tmp_path.iterdir())
    done = aso("report", sample_path, "--update", report, "--json")
    assert (done.code, done.json["output"], done.json["renewed"]) == (0, None, [])
    assert "新しくするところはありません" in aso("report", sample_path, "--update", report).out
    assert sorted(tmp_path.iterdir()) == files


def test_documents_are_numbered_one_after_the_other(
    aso: Command, sample_path: Path, report: Path, newer: Path
) -> None:
    first = aso("report", newer, "--update", report, "--json").json["output"]
    second = aso("report", sample_path, "--update", first, "--json").json["output"]
    assert [Path(each).name for each in (first, second)] == ["報告 (2).docx", "報告 (3).docx"]


def test_update_into_a_folder_and_under_a_name(
    aso: Command, report: Path, newer: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "出力"
    done = aso("report", newer, "--update", report, "-o", folder, "--json")
    assert done.json["output"] == str(folder / "報告.docx")
    named = aso("report", newer, "--update", report, "-o", tmp_path / "別名.docx", "--json")
    assert named.json["output"] == str(tmp_path / "別名.docx")
    again = aso("report", newer, "--update", report, "-o", tmp_path / "別名.docx", "--json")
    assert again.json["output"] == str(tmp_path / "別名 (2).docx")


def test_what_staff_wrote_stays(aso: Command, report: Path, newer: Path) -> None:
    word = docx.Document(str(report))
    word.paragraphs[3].insert_paragraph_before("職員の文。")
    word.add_paragraph("おわりに、職員の文。")
    word.save(str(report))
    done = aso("report", newer, "--update", report, "--json")
    found = words(Path(done.json["output"]))
    assert {"職員の文。", "おわりに、職員の文。"} <= set(found)


def test_a_figure_retyped_by_hand_is_stale(aso: Command, report: Path, sample_path: Path) -> None:
    word = docx.Document(str(report))
    mark = next(e for e in word.element.body.iter() if e.get(f"{W}name") == "_aso_list_1_01_1_R9")
    run = mark.getnext()
    next(run.iter(f"{W}t")).text = "999人"
    word.save(str(report))
    done = aso("check", report, "--against", sample_path, "--json")
    assert done.code == 1
    assert [(s["name"], s["printed"]) for s in done.json["stale"]] == [("list_1_01_1_R9", "999人")]
    assert done.json["fingerprint"] == "same"


def test_a_table_that_is_gone_is_missing(aso: Command, report: Path, newer: Path) -> None:
    word = docx.Document(str(report))
    mark = next(e for e in word.element.body.iter() if e.get(f"{W}name") == "_aso_list_1")
    table = next(mark.iterancestors(f"{W}tbl"))
    table.getparent().remove(table)
    word.save(str(report))
    done = aso("report", newer, "--update", report, "--json")
    assert done.code == 1
    assert "list_1" in [lack["name"] for lack in done.json["missing"]]
    assert done.json["output"] is not None
    said = aso("check", done.json["output"], "--against", newer)
    assert said.code == 1
    assert "見つからない" in said.out


def test_words_that_both_have_changed_stay_and_are_told(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "年次.docx"
    assert aso("report", sample_path, "--kind", "年次評価", "-o", path).code == 0
    word = docx.Document(str(path))
    table = next(t for t in word.tables if "取組" in [c.text for c in t.rows[0].cells])
    measure = table.rows[1].cells[0].text
    efforts = [cell.text for cell in table.rows[0].cells].index("取組")
    table.rows[1].cells[efforts].text = "職員の文"
    word.save(str(path))
    book = Xlsx(sample_path)
    book.put(book.find("1-01", "取組"), "担当課の新しい文")
    newer = book.save(tmp_path / "新.xlsx")
    done = aso("check", path, "--against", newer, "--json")
    (kept,) = done.json["kept"]
    assert kept["label"].endswith("取組") and measure.split()[0] in kept["label"]
    assert (kept["before"], kept["after"]) == ("職員の文", "担当課の新しい文")
    assert (done.code, done.json["stale"]) == (0, [])
    assert "文書とブックの両方" in aso("check", path, "--against", newer).out


def test_a_workbook_that_has_gone_on_to_another_round_is_told(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "R8.docx"
    assert aso("report", sample_path, "--round", "R8", "-o", path).code == 0
    (remark,) = aso("check", path, "--against", sample_path, "--json").json["remarks"]
    assert "令和8年度" in remark and "令和9年度" in remark


@needs_root
def test_a_folder_without_the_right_to_write(newer: Path, report: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        book, path = (Path(shutil.copy(each, folder)) for each in (newer, report))
        for each in (book, path):
            each.chmod(0o644)
        done = as_nobody(
            ["check", str(report), "--against", str(newer)],
            ["report", str(book), "--update", str(path)],
        )
        assert (done.code, done.out) == (2, "")
        assert is_one_sentence(done.err)
        assert "書き込め" in done.err
        assert sorted(folder.iterdir()) == sorted((book, path))


def test_the_round_is_the_documents_own(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "R8.docx"
    assert aso("report", sample_path, "--round", "R8", "-o", target).code == 0
    done = aso("check", target, "--against", sample_path, "--json")
    assert (done.code, done.json["stale"]) == (0, [])
    other = aso("check", target, "--against", sample_path, "--round", "R9")
    assert (other.code, other.out) == (2, "")
    assert is_one_sentence(other.err)


def test_errors_stop_an_update(
    aso: Command, report: Path, wrong_path: Path, tmp_path: Path
) -> None:
    files = sorted(tmp_path.iterdir())
    done = aso("report", wrong_path, "--update", report, "--json")
    assert (done.code, done.json["output"], done.json["counts"]["error"]) == (1, None, 1)
    assert sorted(tmp_path.iterdir()) == files
    said = aso("report", wrong_path, "--update", report)
    assert "--draft" in said.out and "多数" in said.out
    draft = aso("report", wrong_path, "--update", report, "--draft", "--json")
    assert draft.code == 1
    assert draft.json["output"] is not None
    assert words(Path(draft.json["output"]))[0] == "下書き(入力のエラー1件が未解決、未入力2項目)"
    checked = aso("check", draft.json["output"], "--against", wrong_path, "--json")
    assert (checked.code, checked.json["stale"]) == (0, [])


def test_another_plan_is_refused(
    aso: Command, report: Path, second_path: Path, tmp_path: Path
) -> None:
    files = sorted(tmp_path.iterdir())
    for args in (
        ("check", report, "--against", second_path),
        ("report", second_path, "--update", report),
    ):
        done = aso(*args)
        assert (done.code, done.out) == (2, "")
        assert is_one_sentence(done.err)
    assert sorted(tmp_path.iterdir()) == files


def test_a_document_open_in_word_is_refused(aso: Command, report: Path, newer: Path) -> None:
    report.with_name("~$報告.docx").write_bytes(b"x")
    for args in (("check", report, "--against", newer), ("report", newer, "--update", report)):
        done = aso(*args, "--json")
        assert (done.code, done.out) == (2, "")
        assert is_one_sentence(done.err)
        assert "閉じて" in done.err


@pytest.mark.parametrize(
    "args",
    [
        ("check", "報告.docx"),
        ("check", "book.xlsx", "--against", "book.xlsx"),
        ("check", "報告.docx", "報告.docx", "--against", "book.xlsx"),
        ("check", "報告.docx", "--against", "報告.docx"),
        ("check", "報告.docx", "--against", "ない.xlsx"),
        ("check", "ない.docx", "--against", "book.xlsx"),
        ("report", "book.xlsx", "book.xlsx", "--update", "報告.docx"),
        ("report", "book.xlsx", "--update", "book.xlsx"),
        ("report", "book.xlsx", "--update", "ない.docx"),
        ("report", "book.xlsx", "--update", "報告.docx", "-o", "a.pdf"),
        ("report", "book.xlsx", "--update", "報告.docx", "-o", "ない/a.docx"),
        ("report", "book.xlsx", "--update", "報告.docx", "--base", "a.docx"),
    ],
)
def test_a_wrong_call_is_one_sentence(
    aso: Command,
    report: Path,
    newer: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
) -> None:
    newer.rename(report.with_name("book.xlsx"))
    monkeypatch.chdir(report.parent)
    files = sorted(report.parent.iterdir())
    done = aso(*args)
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert sorted(report.parent.iterdir()) == files


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(2))
def test_random_figures(
    aso: Command, sample_path: Path, tmp_path: Path, kind: str, seed: int
) -> None:
    """Whatever is typed, after an update nothing that is printed is out of date."""
    random = Random(seed)
    figures: dict[tuple[str, str], Value] = {}
    for indicator in read(sample_path).plan.indicators():
        if random.random() < 0.6 and indicator.rule != "qualitative":
            value = random.choice([random.randrange(0, 200), "未公表", "対象外", "集計中", None])
            figures[indicator.id, random.choice(["R8", "R9"])] = value
    book = typed(sample_path, tmp_path / "乱数.xlsx", figures)
    target = tmp_path / "報告.docx"
    assert aso("report", sample_path, "--kind", kind, "-o", target).code == 0
    done = aso("report", book, "--update", target, "--draft", "--json")
    checked = aso("check", done.json["output"], "--against", book, "--json")
    assert (checked.json["stale"], checked.json["fingerprint"]) == ([], "same")
    for what in ("missing", "left", "kept"):
        assert checked.json[what] == done.json[what] == []
