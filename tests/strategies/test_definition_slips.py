"""Slips in a definition: each is named with its entry and remedy, or holds in a workbook."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_tools import Command
from fuzz import definitions
from test_definition import KPI, WHOLE, loaded, problems
from workbook_tools import Xlsx

from aso_xl.domain.plan import Same
from aso_xl.errors import DefinitionError
from aso_xl.strategies.definition import from_text, load
from aso_xl.workbook.build.template import build

NUMBER = "9" * 5000


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('target_year = "R9"', "target_year = 2028-03-31", r"\[plan\]: target_year は年度で"),
        ('target = "5"', 'target = "1e400"', r"1-01-1: target は"),
        ('target = "5"', 'target = "5000000000000001"', r"1-01-1: target は 15 けた"),
        ('target = "5"', 'target = "5.0000000001"', r"1-01-1: target は 15 けたまで、小数は 9"),
        ('rounds = ["R7", "R8", "R9"]', "rounds = [[7]]", r"\[plan\]: rounds は\[ \] の並び"),
        ('title = "X市総合戦略"', 'titel = "X市総合戦略"', "title ではありませんか"),
        ('name = "農業"', 'round = "R8"\nname = "農業"', r"\[plan\]に書く項目"),
        ("[[goals]]", "[goals]", r"goals は\[ \] の並びで、\[\[goals\]\]"),
        ("[plan]", "[[plan]]", r"plan は\[plan\] という見出しの表"),
        ('name = "農家"', 'name = "農\\u0001家"', r"1-01-1: name に.*U\+0001"),
        ('name = "農家"', 'name = "農\\uFFFE家"', r"1-01-1: name に.*U\+FFFE"),
        ('name = "農家"', 'name = "農\\n家"', r"1-01-1: name は改行"),
        ('unit = "戸"', f'unit = "{"戸" * 51}"', r"1-01-1: unit は 50 文字まで"),
        ('name = "農家"', f'name = "{"🍎" * 128}"', r"1-01-1: name は 255 文字.*256 文字"),
        ('rule = "以上"', 'rule = "以上", lag = -1', r"1-01-1: lag は 0 から"),
        ('period = ["R8", "R9"]', 'period = ["R9", "R8"]', r"\[plan\] period: 初年度を先に"),
        ('"1-01-1"', '"1-01-²"', "半角"),
        (f"kpis = [{KPI}]", f"kpis = [{KPI}, {KPI.replace('1-01-1', '1-01-01')}]", "見分けが"),
        ('target_year = "R9"', 'target_year = "R5"', "基準年度 R6 より前"),
        ('rule = "以上"', 'rule = "以上", was = "1-01-2"', r"1-01-1: was は\[ \] の並び"),
        ('rule = "以上"', 'rule = "以上", was = ["1-1-2"]', '1-01-1: was には前の番号を "1-01-2"'),
        ('rule = "以上"', 'rule = "以上", was = ["1-H1", "1-H1"]', "1-01-1: was に 1-H1 が 2 回"),
        ('rule = "以上"', 'rule = "以上", factor = "0"', "1-01-1: factor は 0 より大きい"),
        ('rule = "以上"', 'rule = "以上", factor = "千"', "1-01-1: factor は"),
        (
            'rule = "以上"',
            'rule = "以上", revised = [{ from = "R9", rule = "定性" }]',
            "1-01-1: revised の rule は定性と数値の間では変えられません",
        ),
        (
            'rule = "以上"',
            'rule = "定性", statement = "文", revised = [{ from = "R9", rule = "以上" }]',
            "1-01-1: revised の rule は定性と数値の間では変えられません",
        ),
        (
            'rule = "以上"',
            'rule = "定性", statement = "文", revised = [{ from = "R9", target = "0" }]',
            "1-01-1: 定性の指標の revised に target は書けません",
        ),
        *(
            ('rule = "以上"', f'rule = "以上", revised = [{{ from = "R9", {changed} }}]', said)
            for changed, said in (
                ('target = "5.0000000001"', "1-01-1 revised R9: target は 15 けたまで"),
                ('printed_target = "延\\n伸"', "1-01-1 revised R9: printed_target は改行"),
                ('target = "6", reason = "\\u0001"', r"1-01-1 revised R9: reason に.*U\+0001"),
                ('target_year = "R5"', "1-01-1 revised R9: 目標年度 R5 が基準年度 R6 より前"),
                ('rule = "以内", target = "1.5"', r"1-01-1: 以内\(順位\)の target は 1 以上"),
            )
        ),
        ('name = "農業"', 'name = "農業"\nwas = ["2"]', '施策1: was には前の番号を "1-02"'),
        (
            'title = "仕事"',
            'title = "仕事"\nwas = ["基本目標2"]',
            '基本目標1: was には前の番号を "1"',
        ),
    ],
)
def test_a_slip_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert WHOLE.count(old) == 1
    found = problems(tmp_path, WHOLE.replace(old, new))
    assert [line for line in found if re.search(said, line)], found


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("[entries]\nactuals = 1", "actuals は表で"),
        ('[entries.actuals]\n"1-01-1" = 1250', "1-01-1: { R8 ="),
        ('[entries.actuals]\n"1-01-1" = { R8 = 1250 }', "1-01-1 R8: 値は文字列"),
        ('[entries.actuals]\n"1-01-9" = { R8 = "1" }', "1-01-9: この番号の指標"),
        ('[entries.actuals]\n"1-01-1" = { R5 = "1" }', "1-01-1 R5: 書けるのは R7、R8、R9"),
        ('[entries.remarks]\n"1-01-1" = 5', "1-01-1: 値は文字列"),
        ('[entries.measures]\n"1-01" = { 取組み = "x" }', None),
        ('[entries.measures]\n"1-01" = { "取組み" = "x" }', "書けるのは 今後の方向、取組、"),
        ('[entries.settings]\n"前文1" = nan', "前文1: 値は文字列"),
        ('[entries.settings]\n"評価年度" = "R12"', "評価年度: 評価年度(R7、R8、R9)"),
        ('[entries.settings]\n"課" = ["農政課", "農政課 "]', "「農政課」が 2 回"),
        ('[entries.remark]\n"1-01-1" = "x"', "remarks ではありませんか"),
    ],
)
def test_entries_are_held_to_the_plan(tmp_path: Path, entries: str, said: str | None) -> None:
    found = problems(tmp_path, f"{WHOLE}\n{entries}\n")
    assert [line for line in found if (said or "日本語の項目名は引用符") in line], found


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('"前文" = "x"', "この項目は設定にありません。前文"),
        (
            '"文書の種類" = "年報"',
            "検証、年次評価、概要版、担当課別、会議資料、意見と対応の一覧、新旧対照表 のどれか",
        ),
        ('"順調の基準(%)" = "多め"', "0以上の数字"),
    ],
)
def test_settings_are_those_of_the_sheet(
    tmp_path: Path, aso: Command, setting: str, said: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(f"{WHOLE}\n[entries.settings]\n{setting}\n", encoding="utf-8")
    done = aso("template", "--strategy", path, "-o", tmp_path / "b.xlsx")
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"[plan]\nid = {NUMBER}\n", r"x\.toml の 2 行目: 数字が長すぎ"),
        ("[plan]\n\nx = " + "[" * 5000 + "]" * 5000, r"x\.toml の 3 行目: .*入れ子が深すぎ"),
        ("x = " + "{a=" * 5000 + "1" + "}" * 5000, r"1 行目: .*入れ子が深すぎ"),
        ('[plan]\nid = "a\n', r"の 2 行目: TOML として読めません。文字列が.*閉じて"),
        ('[plan]\nid = "a"\nid = "b"\n', r"の 3 行目: .*2 回書かれて"),
        ("[plan]\nid : 1\n", r"の 2 行目: .*= がありません"),
        ("[plan]\nround = R8\n", r"の 2 行目: .*引用符で囲んで"),
        ("あ".encode("utf-16"), "UTF-16 で保存.*UTF-8 にして"),
        ("[plan]\ntitle = 'あい'".encode("cp932"), "2 行目、Shift_JIS のようです.*UTF-8 にして"),
        ("[plan]\ntitle = '日本語の名前'".encode("euc_jp"), "EUC-JP のようです"),
        (b"[plan]\n\0", "2 行目に文字でないもの"),
        (b"PK\x03\x04xl", "Excel ブックなど"),
    ],
)
def test_what_is_no_text_or_no_toml_is_said_with_its_line(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DefinitionError) as raised:
        load(str(path))
    assert re.search(said, str(raised.value)), str(raised.value)


def test_line_ends_of_old_macs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(WHOLE.replace("\n", "\r").encode())
    assert load(str(path)).plan == loaded(tmp_path, WHOLE)


def test_findings_carry_entry_and_message_and_only_the_first_are_shown(tmp_path: Path) -> None:
    kpis = ", ".join(KPI.replace("1-01-1", f"1-01-{n}").replace('"5"', "5") for n in range(1, 81))
    with pytest.raises(DefinitionError) as raised:
        loaded(tmp_path, WHOLE.replace(KPI, kpis))
    entries = [finding.entry for finding in raised.value.findings]
    assert {f"1-01-{n}" for n in range(1, 81)} <= set(entries)
    lines = str(raised.value).splitlines()
    assert len(lines) == 51
    assert lines[-1].startswith(f"ほかに {len(entries) - 50} か所")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE + "".join(f'[[goals]]\nnumber = {n}\ntitle = "t"\n' for n in range(2, 33)), "30"),
        (
            WHOLE.replace('["R7", "R8", "R9"]', json.dumps([f"R{n}" for n in range(1, 33)])),
            "評価年度は 30",
        ),
        (
            WHOLE.replace(
                "[[goals]]",
                f"departments = {json.dumps([f'課{n}' for n in range(1001)])}\n[[goals]]",
                1,
            ),
            "担当課は 1,000 まで",
        ),
    ],
)
def test_more_than_a_workbook_holds_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in "\n".join(problems(tmp_path, text))


def test_a_city_has_room_for_its_departments(tmp_path: Path) -> None:
    """150 departments stand in the list, all of them, with room for more."""
    names = [f"第{n}課" for n in range(150)]
    path = tmp_path / "x.toml"
    head = f"departments = {json.dumps(names, ensure_ascii=False)}\n[[goals]]"
    path.write_text(WHOLE.replace("[[goals]]", head, 1), encoding="utf-8")
    book = tmp_path / "b.xlsx"
    book.write_bytes(build(load(str(path))))
    table = Xlsx(book).tables["担当課表"]
    assert len(table.rows) == 170
    small = tmp_path / "s.xlsx"
    path.write_text(WHOLE, encoding="utf-8")
    small.write_bytes(build(load(str(path))))
    assert len(Xlsx(small).tables["担当課表"].rows) == 120


@pytest.mark.parametrize(
    "text",
    [
        f'{{"plan": {NUMBER}}}',
        "[" * 100_000,
        '{"plan": {"id": "\ud800"}}',
        '{"goals": [{"number": 1e400}]}',
        "null",
        "",
    ],
)
def test_a_stamp_that_was_tampered_with_is_a_definition_error(text: str) -> None:
    with pytest.raises(DefinitionError):
        from_text(text, "x")


def test_figures_that_stand_twice_are_counted_once(tmp_path: Path) -> None:
    kpis = ", ".join(KPI.replace("1-01-1", f"1-01-{n}") for n in (1, 2, 3))
    same = '\n[[relations]]\nkind = "same"\nids = ["1-01-3", "1-01-2", "1-01-3"]\n'
    plan = loaded(tmp_path, WHOLE.replace(KPI, kpis) + same)
    assert plan.relations == (Same(("1-01-3", "1-01-2", "1-01-3")),)
    assert plan.repeats(plan.goals[0], "kpi") == {"1-01-3"}


def test_random_slips_are_said_or_made(tmp_path: Path) -> None:
    assert list(definitions.run(40, 7, tmp_path)) == []
