"""What stands in the table of actions stands in every door and on every page; what is missing is named."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from lxml import etree
from paths import ROOT

from aso_xl import actions, jobs
from aso_xl.actions import ACTIONS, TITLE, Action, Door, at, function
from aso_xl.cli.arguments import parser
from aso_xl.excel.addin import button_workbook
from aso_xl.excel.addin.button_shapes import Button
from aso_xl.excel.install import shortcuts
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.guide_sheet import GuideSection, of_master

ADDIN = ROOT / "aso_xl" / "excel" / "addin"
LAUNCHER = (ADDIN / "vba" / "AsoLauncher.bas").read_text(encoding="ascii")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECRETARIAT = (ROOT / "docs" / "secretariat.md").read_text(encoding="utf-8")
COMMANDS = {word for action in parser()._actions for word in action.choices or ()}
RIBBON = etree.parse(str(ADDIN / "ribbon.xml"))
each_action = pytest.mark.parametrize("action", ACTIONS.values(), ids=list(ACTIONS))


def ribbon() -> Iterator[tuple[str, ...]]:
    """Yield group, tag, label, explanation, picture and callback of every button."""
    for group in RIBBON.iter("{*}group"):
        for button in group:
            keys = ("tag", "label", "supertip", "imageMso", "onAction")
            assert button.get("screentip") == button.get("label")
            yield (str(group.get("label")), *(str(button.get(key)) for key in keys))


def test_the_ribbon_is_the_table() -> None:
    assert list(ribbon()) == [
        (a.group, a.name, a.label, a.help, a.image, "AsoRibbon.AsoClicked") for a in at(Door.RIBBON)
    ]
    assert [tab.get("label") for tab in RIBBON.iter("{*}tab")] == [TITLE]


def test_the_subs_of_the_launcher_are_the_table() -> None:
    calls = re.findall(r"^Public Sub (Aso\w+)\(\)\r?\n\s+Aso\w+ \"(\w+)\"", LAUNCHER, re.M)
    on_sheets = {*at(Door.GOAL_SHEETS), *at(Door.GUIDE_SHEET)}
    assert dict(calls) == {a.macro: a.name for a in on_sheets}


def test_buttons_and_icons_are_the_table() -> None:
    def shown(buttons: tuple[Button, ...]) -> list[str]:
        return [button.caption for button in buttons]

    assert shown(button_workbook.GOAL_BUTTONS) == ["入力チェック", "集計", "Word作成"]
    assert shown(button_workbook.GUIDE_BUTTONS) == [a.label for a in at(Door.GUIDE_SHEET)]
    assert {a.name: f"{TITLE} {a.label}.lnk" for a in at(Door.ICON)} == shortcuts.FILES


def test_the_pages_for_staff_name_every_button_and_icon() -> None:
    table = re.findall(r"^\| ([^|]+?) \|", SECRETARIAT.partition("| ボタン | すること |")[2], re.M)
    listed = table[: len(at(Door.RIBBON))]
    assert listed == [a.label for a in at(Door.RIBBON)]
    assert {a.label for a in at(Door.ICON) if f"「{TITLE} {a.label}」" not in SECRETARIAT} == set()


def test_the_readme_names_every_button() -> None:
    (named,) = re.findall(f"^「{TITLE}」タブのボタン: (.+)$", README, re.M)
    assert named.split("・") == [a.label for a in at(Door.RIBBON)]


@pytest.mark.parametrize("strategy", ["third", "second"])
def test_the_guide_of_a_master_has_a_step_for_every_button_on_it(strategy: str) -> None:
    lines = [line for part in of_master(load(strategy).plan) for line in part.lines]
    steps = [name for line in lines for name in line.buttons]
    assert sorted(steps) == sorted(a.name for a in at(Door.GUIDE_SHEET))
    assert all(part.has_buttons for part in of_master(load(strategy).plan) if buttons_of(part))


def buttons_of(section: GuideSection) -> set[str]:
    return {name for line in section.lines for name in line.buttons}


@each_action
def test_an_action_is_whole(action: Action) -> None:
    assert action.command in COMMANDS, f"コマンド {action.command} がありません"
    assert f"aso-xl {action.command} " in SECRETARIAT
    assert action.doing.endswith("…") and action.help.endswith("。")
    if action.doors == {Door.ICON}:
        assert (bool(action.icon), action.job, action.button, action.macro) == (True, "", "", "")
    else:
        assert bool(action.job) != bool(action.button and action.icon), "job か、button と icon"
    named = [n for n in (action.job, action.button, action.icon, action.document) if n]
    taken = [len(inspect.signature(function(name)).parameters) for name in named]
    assert taken == [2 if name in (action.icon, action.document) else 1 for name in named]


JOBS = {
    name
    for inner in pkgutil.iter_modules(jobs.__path__, f"{jobs.__name__}.")
    for name, job in inspect.getmembers(import_module(inner.name), inspect.isfunction)
    if job.__module__ == inner.name
}


@each_action
def test_what_an_action_does_is_a_job(action: Action) -> None:
    """The functions of the doors ask, say and open; what is done is done by one of the jobs."""
    for name in filter(None, (action.job, action.button, action.icon, action.document)):
        code = function(name).__code__
        reached = {code.co_names, *(inner.co_names for inner in code.co_consts if is_code(inner))}
        called = {word for names in reached for word in names}
        assert called & (JOBS | {"_listed"}), f"{name} は jobs の関数を使っていません"


def is_code(value: object) -> bool:
    return inspect.iscode(value)


def test_names_and_files_of_actions_are_all_different() -> None:
    rows = ACTIONS.values()
    for field in ("name", "label", "macro", "shortcut", "doing", "help"):
        assert len({getattr(row, field) for row in rows}) == len(rows), field
    assert all(name == row.name for name, row in ACTIONS.items())
    assert frozenset(Door) == actions.EVERYWHERE
