"""What people see: Japanese, aligned, in any terminal; and how a run ends when all goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_tools import ROOT, Command, is_one_sentence, process
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.cli.usage import translated
from aso_xl.console import cut, grid, pad, printable, width, wrap
from aso_xl.last_net import sentence_of


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("達成", 4), ("ｱｲ", 2), ("△10", 4), ("が", 2), ("", 0)]
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"])), st.integers(2, 30))
def test_cut_and_pad_keep_to_the_columns(text: str, size: int) -> None:
    assert width(pad(cut(text, size), size)) == size


@given(st.text(), st.integers(12, 60))
def test_wrap_keeps_every_letter(text: str, size: int) -> None:
    lines = list(wrap(text, size, 4))
    assert "".join("".join(lines).split()) == "".join(printable(text).split())


def test_wrap_hangs_and_no_line_begins_with_a_closing_mark() -> None:
    lines = list(wrap("あいうえお。かきくけこ", 10, 2))
    assert lines == ["あいうえお。", "  かきくけ", "  こ"]


def test_grid_aligns_wide_letters() -> None:
    lines = list(grid([("指標", "値"), ("出生数", "103人")], ("left", "right")))
    assert lines == ["  指標       値", "  ------  -----", "  出生数  103人"]


def test_letters_that_a_terminal_obeys_are_not_printed() -> None:
    assert printable("赤\x1b[31m字\u202e\r\n") == "赤 [31m字   "


def test_evaluate_shows_an_aligned_table(aso: Command, second_path: Path) -> None:
    lines = aso("evaluate", second_path).out.splitlines()
    assert lines[0] == "second_term.xlsx(令和7年度の評価)"
    table = lines[2:9]
    assert len({width(line) for line in table}) == 1
    assert table[-1].split() == ["全体", "52", "16", "36", "0", "0", "0", "30.7%"]


@pytest.mark.parametrize("command", ["check", "evaluate", "export"])
def test_lines_fit_a_terminal(aso: Command, sample_path: Path, command: str) -> None:
    lines = aso(command, sample_path).out.splitlines()
    tables = [line for line in lines if command != "check"]
    assert max(map(width, tables), default=0) <= 100


@pytest.mark.parametrize("size", [80, 100])
@pytest.mark.parametrize("command", ["check", "evaluate"])
def test_lines_fit_the_terminal_they_are_shown_in(
    sample_path: Path, command: str, size: int
) -> None:
    pty = pytest.importorskip("pty", reason="端末の試験には pty が要るため省きます。")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(size)}
    done = subprocess.Popen(
        [sys.executable, "-m", "aso_xl", command, str(sample_path)], stdout=theirs, env=environment
    )
    os.close(theirs)
    data = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end has closed
            break
        data += piece
    os.close(ours)
    assert done.wait() == 0
    lines = data.decode().splitlines()
    assert len(lines) > 3
    assert max(map(width, lines)) <= size


def test_findings_are_readable_when_redirected(aso: Command, template_path: Path) -> None:
    head, *findings = aso("check", template_path).out.splitlines()
    assert head.startswith("template.xlsx(令和8年度の評価): 警告 ")
    assert {line.split()[0] for line in findings if line[2:3] != " "} >= {"警告", "情報"}


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_any_console_gets_utf8(second_path: Path, encoding: str) -> None:
    how = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = process("-m", "aso_xl", "evaluate", second_path, env=how)
    assert (done.code, done.err) == (0, "")
    assert "阿蘇市の産業を支え" in done.out


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("占う",),
        ("check",),
        ("check", "a.xlsx", "--まちがい"),
        ("check", "a.xlsx", "--round"),
        ("check", "a.xlsx", "--json=1"),
        ("export", "a.xlsx", "b.xlsx"),
        ("export", "a.xlsx", "--cs", "x"),
    ],
)
def test_a_wrong_call_is_one_sentence(aso: Command, args: tuple[str, ...]) -> None:
    done = aso(*args)
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert "argument" not in done.err
    assert "choose" not in done.err


def test_a_complaint_without_a_translation_is_kept() -> None:
    assert translated("something new") == "指定のしかたを確かめてください(something new)。"


@pytest.mark.parametrize("command", ["", "template", "check", "evaluate", "report", "export"])
def test_help_is_japanese(aso: Command, command: str) -> None:
    done = aso(*filter(None, (command, "--help")))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("使い方: aso-xl")
    assert not {"usage:", "options:", "positional", "show this"} & set(done.out.split())


BROKEN = (
    "import sys, types\nfrom aso_xl.cli.main import main\n"
    "def run(args): {0}\n"
    "command = types.SimpleNamespace(run=run, arguments=lambda p: p.add_argument('book'))\n"
    "sys.modules['aso_xl.cli.commands.check'] = command\n"
    "sys.exit(main(['check', 'a.xlsx']))\n"
)


def test_what_nobody_foresaw_is_one_sentence_and_a_log(tmp_path: Path) -> None:
    done = process("-c", BROKEN.format("return 1 / 0"), env={"LOCALAPPDATA": str(tmp_path)})
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    log = tmp_path / "aso_xl" / "aso_xl.log"
    assert str(log) in done.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_an_interrupted_run_is_one_sentence() -> None:
    done = process("-c", BROKEN.format("raise KeyboardInterrupt"))
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


def test_too_little_memory_is_said() -> None:
    assert "メモリ" in sentence_of(MemoryError())


def test_a_reader_that_goes_away_hears_nothing(sample_path: Path) -> None:
    done = subprocess.Popen(
        [sys.executable, "-m", "aso_xl", "export", str(sample_path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert done.stdout is not None
    assert done.stderr is not None
    done.stdout.close()
    with done.stderr:
        assert done.stderr.read() == b""
    assert done.wait() == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full がないため省きます。")
def test_a_full_stdout_is_one_sentence(sample_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("-m", "aso_xl", "export", sample_path, "--json", stdout=full)
    assert done.code == 2
    assert is_one_sentence(done.err)


HEAVY = {"pandas", "numpy", "openpyxl", "docx", "xlsxwriter", "lxml"}


@pytest.mark.parametrize(
    ("args", "wanted", "unwanted"),
    [
        (["--version"], set(), HEAVY),
        (["template", "--help"], set(), HEAVY),
        (["template", "-o", "{new}.xlsx"], {"xlsxwriter"}, {"openpyxl", "docx", "pandas"}),
        (["check", "{book}"], set(), HEAVY),
        (["evaluate", "{book}"], set(), HEAVY),
        (["export", "{book}"], set(), HEAVY),
        (["export", "{book}", "--csv", "{new}"], {"pandas"}, {"docx", "xlsxwriter", "openpyxl"}),
        (["report", "{book}", "-o", "{new}"], {"docx"}, {"pandas", "xlsxwriter", "openpyxl"}),
    ],
)
def test_a_command_imports_what_it_needs(
    second_path: Path, tmp_path: Path, args: list[str], wanted: set[str], unwanted: set[str]
) -> None:
    script = (
        "import sys\nfrom aso_xl.cli.main import main\ncode = main(sys.argv[1:])\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\nsys.exit(code)"
    )
    filled = [arg.format(book=second_path, new=tmp_path / "new", folder=tmp_path) for arg in args]
    done = process("-c", script, *filled)
    loaded = set(done.err.split())
    assert done.code == 0
    assert wanted <= loaded
    assert not unwanted & loaded


def test_declaring_every_option_opens_nothing_heavy() -> None:
    """Help is there at once: commands import what opens files only when they run."""
    script = (
        "import sys\nfrom aso_xl.cli.arguments import COMMANDS, parser\nparser()\n"
        "assert all(f'aso_xl.cli.commands.{name}' in sys.modules for name in COMMANDS)\n"
        "print(*sorted({'openpyxl', 'docx', 'pandas', 'xlsxwriter', 'lxml', 'xlwings'} & {*sys.modules}))"
    )
    done = process("-c", script)
    assert (done.code, done.out, done.err) == (0, "\n", "")


def test_a_run_imports_the_command_that_was_typed_and_no_other() -> None:
    script = (
        "import sys\nfrom aso_xl.cli.arguments import parser\nwords = ['diff', 'merge', 'b.xlsx']\n"
        "args = parser(words).parse_args(words)\nprint(args.command, args.one, args.other)\n"
        "print(*(m for m in sys.modules if m.startswith('aso_xl.cli.commands.')))"
    )
    done = process("-c", script)
    assert done.out == "diff merge b.xlsx\naso_xl.cli.commands.diff\n"


def test_a_click_imports_no_tables_of_pandas() -> None:
    """xlwings imports whatever it finds; a click waits for it."""
    script = (
        "import sys\nsys.argv[1:] = ['check', '0']\nfrom aso_xl.excel import launch\n"
        "launch.main()\nimport aso_xl.excel.buttons.workbook\n"
        "print(*(name for name, module in sys.modules.items() if module))"
    )
    loaded = set(process("-c", script).out.split())
    assert "xlwings" in loaded
    assert not {"pandas", "numpy", "docx", "openpyxl", "matplotlib"} & loaded
