"""The last net: under every door, short of memory, in any locale, on a tiny disk, with no streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_tools import ROOT, Done, is_one_sentence, process

from aso_xl.errors import WorkbookError
from aso_xl.last_net import (
    NO_MEMORY,
    STOPPED,
    guarded,
    is_short_of_memory,
    log,
    log_file,
    sentence_of,
)

resource = pytest.importorskip("resource", reason="記憶の上限を決められないため省きます。")
COMMANDS: dict[str, list[str]] = {
    "check": ["check", "{book}"],
    "evaluate": ["evaluate", "{book}", "{book}", "--json"],
    "report": ["report", "{book}", "-o", "{new}.docx", "--draft"],
    "template": ["template", "-o", "{new}.xlsx"],
    "export": ["export", "{book}", "--csv", "{new}"],
    "split": ["split", "{book}", "-o", "{new}"],
    "undo": ["undo", "{book}"],
    "help": ["--help"],
}


def limited(size: int, module: str, *args: str, **how: Any) -> Done:
    """Return how a module ended that had no more than so many MB to itself."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (size * 2**20,) * 2)

    done = subprocess.run(
        [sys.executable, "-m", module, *args],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **how.pop("env", {})},
        preexec_fn=limit,
        check=False,
        timeout=60,
        **how,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("name", COMMANDS)
def test_however_little_memory_there_is_it_is_said_in_one_sentence(
    sample_path: Path, tmp_path: Path, name: str
) -> None:
    """From where Python itself just starts to where there is enough.

    ``tests/fuzz/memory.py`` tries every limit in between.
    """
    ends = []
    for size in (16, 27, 38, 54, 72, 100, 140, 600):
        args = [arg.format(book=sample_path, new=tmp_path / f"new{size}") for arg in COMMANDS[name]]
        done = limited(size, "aso_xl", *args)
        ends.append(done.code)
        assert "Traceback" not in done.err
        assert "OpenBLAS" not in done.err
        if NO_MEMORY in done.err:
            assert done.code == 2
            assert set(done.err.splitlines()) == {NO_MEMORY}
        else:
            assert done.code in (0, 1) or name == "undo", (size, done)
    assert ends[0] == 2
    assert NO_MEMORY not in done.err
    left = [path.name for path in tmp_path.rglob("*") if path.name.startswith("~")]
    assert left == []


@pytest.mark.parametrize(
    ("module", "sizes"),
    [
        ("aso_xl.excel.dropped", (18, 22, 26, 30, 34)),
        ("aso_xl.excel.launch", (18, 20, 22, 24, 26, 32, 40)),  # with more, no Excel is found
    ],
)
def test_icons_and_launcher_say_so_too(
    sample_path: Path, module: str, sizes: tuple[int, ...]
) -> None:
    for size in sizes:
        done = limited(size, module, "check", str(sample_path))
        assert (done.code, set(done.err.splitlines())) == (2, {NO_MEMORY})


def raising(text: str, *above: str) -> str:
    """Return a program whose command stops with what ``text`` says."""
    return "\n".join(
        [
            "import sys, types",
            *above,
            "from aso_xl.cli.main import main",
            f"def run(args): {text}",
            "command = types.SimpleNamespace(run=run, arguments=lambda p: p.add_argument('book'))",
            "sys.modules['aso_xl.cli.commands.check'] = command",
            "sys.exit(main(['check', 'a.xlsx']))",
        ]
    )


@pytest.mark.parametrize(
    ("stops", "said"),
    [
        ("raise MemoryError", "メモリが足りません"),
        ("raise OSError(12, 'Cannot allocate memory')", "メモリが足りません"),
        ("raise ImportError('x.so: failed to map segment from shared object')", "メモリ"),
        ("raise ValueError('a') from MemoryError()", "メモリが足りません"),
        ("return run(args)", "入れ子"),
        ("raise KeyboardInterrupt", "中止しました"),
        ("import no_such_part", "no_such_part"),
        (
            "raise PermissionError(13, 'Permission denied', 'a/b.xlsx')",
            "a/b.xlsx を扱えません(権限がありません)。ほかのプログラムで開いているときは閉じ、"
            "権限を確かめてください。",
        ),
        (
            "raise OSError(28, 'No space left on device', 'a/b.tmp')",
            "空き容量が足りません)。空き容量を増やしてください。",
        ),
        ("raise SystemError('error return without exception set')", "メモリが足りません"),
        (
            "raise SystemError('<built-in> returned NULL without setting an exception')",
            "メモリが足りません",
        ),
        ("raise ValueError('\\udc83')", "思いがけない誤り"),
    ],
)
def test_what_stops_a_run_is_named(tmp_path: Path, stops: str, said: str) -> None:
    done = process("-c", raising(stops), env={"HOME": str(tmp_path), "LOCALAPPDATA": ""})
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert is_one_sentence(done.err)


@pytest.mark.parametrize(
    "part", ["argparse", "unicodedata", "aso_xl.cli.arguments", "aso_xl.console"]
)
@pytest.mark.parametrize("error", ["MemoryError", "KeyboardInterrupt", "RecursionError"])
def test_the_net_holds_while_parts_are_imported(part: str, error: str) -> None:
    finder = (
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {part!r}: raise {error}\n"
        f"sys.modules.pop({part!r}, None)\n"
        "sys.meta_path.insert(0, Finder())"
    )
    done = process("-c", raising("return 0", finder))
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


@pytest.mark.parametrize(
    ("again", "said"), [(MemoryError, NO_MEMORY), (KeyboardInterrupt, STOPPED)]
)
def test_what_stops_the_net_itself_is_still_said(
    capfd: pytest.CaptureFixture[str], again: type[BaseException], said: str
) -> None:
    def act() -> int:
        raise WorkbookError("壊れています。")

    def tell(sentence: str) -> None:
        raise again

    assert guarded(act, tell) == 2
    assert capfd.readouterr().err == f"{said}\n"


def test_what_dies_half_made_is_no_news(sample_path: Path) -> None:
    script = (
        "import sys, types\nfrom aso_xl.cli.main import main\n"
        "class Half:\n    def __del__(self): raise ValueError('half made')\n"
        "def run(args):\n    Half()\n    return 0\n"
        "command = types.SimpleNamespace(run=run, arguments=lambda p: p.add_argument('book'))\n"
        "sys.modules['aso_xl.cli.commands.check'] = command\n"
        "sys.argv = ['aso-xl', 'check', 'a.xlsx']\nsys.exit(main())\n"
    )
    done = process("-c", script)
    assert (done.code, done.out, done.err) == (0, "", "")


ENDING = """
import atexit, gc
atexit.register(lambda: print(len(gc.get_objects())))
from aso_xl.last_net import as_program
as_program()
"""


def test_a_run_does_not_look_through_what_it_leaves() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert int(done.stdout) < 100


def test_a_finding_made_of_short_memory_is_no_finding() -> None:
    try:
        try:
            raise MemoryError
        except MemoryError:
            raise WorkbookError("壊れています。") from None
    except WorkbookError as error:
        assert is_short_of_memory(error)
        assert sentence_of(error) == NO_MEMORY
    assert sentence_of(WorkbookError("メモリ: out of memory。")) == "メモリ: out of memory。"


def no_place(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which no log can be written."""
    file = tmp_path / "file"
    file.write_bytes(b"")
    nowhere = str(file / "under")
    return {"HOME": nowhere, "LOCALAPPDATA": nowhere, "TMPDIR": nowhere}


def test_a_log_that_cannot_be_written_is_no_second_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    for name, place in no_place(tmp_path).items():
        monkeypatch.setenv(name, place)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "file"))
    assert log(ValueError("x")) is None
    said = sentence_of(ValueError("長い\n文" * 400))
    assert is_one_sentence(said) and "ValueError" in said and len(said) < 300


def test_the_log_grows_and_begins_anew_when_it_is_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert log(ValueError("一つ目")) == log(ValueError("二つ目")) == log_file()
    text = log_file().read_text(encoding="utf-8")
    assert "一つ目" in text and "二つ目" in text
    log_file().write_bytes(b"x" * 2**21)
    log(ValueError("三つ目"))
    assert log_file().stat().st_size < 10_000


LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp932:strict"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=["C", "POSIX", "cp932"])
def test_japanese_names_are_made_and_said_in_any_locale(
    sample_path: Path, tmp_path: Path, locale: dict[str, str]
) -> None:
    master = tmp_path / "評価 [第3期].xlsx"
    master.write_bytes(sample_path.read_bytes())
    made = process("-m", "aso_xl", "split", master, "--json", env=locale)
    assert (made.code, made.err) == (0, "")
    assert Path(made.json["folder"]).name.startswith("配布_R9_")
    assert all(Path(each["file"]).is_file() for each in made.json["workbooks"])
    done = process("-m", "aso_xl", "report", master, "--draft", "-o", tmp_path / "文書", env=locale)
    assert done.code in (0, 1) and f"文書/{master.stem}" in done.out
    [document] = (tmp_path / "文書").iterdir()
    assert document.name.startswith("評価 [第3期]_")
    lost = process("-m", "aso_xl", "check", tmp_path / "ない.xlsx", env=locale)
    assert "ない.xlsx が見つかりません" in lost.err


def test_names_of_foreign_bytes_do_not_stop_anything(sample_path: Path, tmp_path: Path) -> None:
    """A name that an old Windows wrote in cp932, seen from a system in UTF-8."""
    master = tmp_path / "m.xlsx"
    master.write_bytes(sample_path.read_bytes())
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + "/報告".encode("cp932") + b".xlsx"))
    odd.write_bytes(sample_path.read_bytes())
    made = process("-m", "aso_xl", "split", odd, "-o", tmp_path / "out", "--json")
    assert (made.code, made.err) == (0, "")
    first = Path(made.json["workbooks"][0]["file"])
    (tmp_path / "in").mkdir()
    sent = tmp_path / "in" / odd.name
    sent.write_bytes(first.read_bytes())
    for args in (
        ["check", odd],
        ["check", odd, odd, "--json"],
        ["report", odd, "--draft", "-o", tmp_path / "reports"],
        ["status", odd, tmp_path / "in", "-o", tmp_path / "s.xlsx"],
        ["status", odd, tmp_path / "in", "--json"],
        ["diff", odd, sent, "-o", tmp_path / "d.xlsx"],
        ["merge", odd, tmp_path / "in", "--json"],
        ["merge", odd, tmp_path / "in", "-o", tmp_path / "merged.xlsx"],
        ["export", odd, "--json"],
        ["excel", "button-workbook", odd, "-o", tmp_path / "b.xlsm"],
    ):
        done = process("-m", "aso_xl", *args)
        assert done.code in (0, 1), (args, done)
        assert "思いがけない" not in done.out + done.err
        if "--json" in args:
            json.loads(done.out)


def test_each_kind_of_input_that_is_no_file_is_refused_at_once(
    sample_path: Path, tmp_path: Path
) -> None:
    pipe, devices = tmp_path / "p.xlsx", tmp_path / "zero.xlsx"
    os.mkfifo(pipe)
    devices.symlink_to("/dev/zero")
    book = str(sample_path)
    calls: list[Callable[[Path], list[str]]] = [
        lambda p: ["check", str(p)],
        lambda p: ["evaluate", str(p)],
        lambda p: ["report", str(p)],
        lambda p: ["report", book, "--draft", "--base", str(p)],
        lambda p: ["report", book, "--update", str(p)],
        lambda p: ["base", str(p)],
        lambda p: ["export", str(p)],
        lambda p: ["template", "--strategy", str(p), "-o", str(tmp_path / "t.xlsx")],
        lambda p: ["split", str(p)],
        lambda p: ["status", str(p), str(tmp_path)],
        lambda p: ["merge", str(p), str(tmp_path)],
        lambda p: ["undo", str(p)],
        lambda p: ["diff", str(p), book],
        lambda p: ["diff", book, str(p)],
        lambda p: ["excel", "button-workbook", str(p), "-o", str(tmp_path / "b.xlsm")],
    ]
    for path in (pipe, devices, tmp_path):
        for call in calls:
            args = call(path)
            done = process("-m", "aso_xl", *args, timeout=60)
            assert (done.code, done.out) == (2, ""), args
            assert is_one_sentence(done.err), (args, done.err)
            assert "空き容量" not in done.err and "思いがけない" not in done.err, (args, done.err)


def test_closed_streams_stop_nothing(sample_path: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m aso_xl"
    for closed, args, code in (
        (">&-", f"check {sample_path}", 0),
        ("2>&-", f"check {sample_path} --json", 0),
        ("2>&-", f"check {tmp_path}/none.xlsx --json", 2),
        (">&- 2>&- <&-", f"report {sample_path} --draft -o {tmp_path}/r.docx", 0),
    ):
        done = subprocess.run(
            f"{command} {args} {closed}", shell=True, cwd=ROOT, capture_output=True, check=False
        )
        assert done.returncode in (code, code or 1), (closed, args)
        assert done.stderr == b""
        assert not done.stdout or json.loads(done.stdout)
    assert (tmp_path / "r.docx").read_bytes()[:2] == b"PK"


def test_nothing_of_the_users_place_is_needed(sample_path: Path, tmp_path: Path) -> None:
    bare = {"HOME": "", "TMPDIR": str(tmp_path / "none"), "USER": "", "LOGNAME": ""}
    for args in (["check", sample_path], ["report", sample_path, "--draft", "-o", tmp_path / "r"]):
        done = process("-m", "aso_xl", *args, env=bare)
        assert done.code in (0, 1) and done.err == ""


@pytest.mark.parametrize("limit", [0, 1000, 20_000])
@pytest.mark.parametrize("name", ["report", "template", "split", "export"])
def test_a_tiny_disk_is_said_and_nothing_half_is_left(
    sample_path: Path, tmp_path: Path, name: str, limit: int
) -> None:
    args = [arg.format(book=sample_path, new=tmp_path / "new") for arg in COMMANDS[name]]

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "aso_xl", *args],
        env=env, capture_output=True, preexec_fn=small, check=False,
    )  # fmt: skip
    err = done.stderr.decode()
    assert done.returncode == 2, (done.stdout, err)
    assert "空き容量" in err and is_one_sentence(err)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
