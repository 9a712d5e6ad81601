"""A definition workbook as typed: figures as printed, findings at their cells, choices, marks."""

import openpyxl
import pytest
from defining_tools import GOALS, PLAN, cells_of, examined, kpi, saved, typed
from paths import ROOT

from aso_xl.defining.figures import Printed, read_printed
from aso_xl.domain.numerals import FiscalYear
from aso_xl.errors import AsoError

# --- figures as printed


@pytest.mark.parametrize(
    ("text", "unit", "meant"),
    [
        ("1,020人", "", Printed("1020", "人")),
        ("１，０２０人", "", Printed("1020", "人")),
        ("△10", "", Printed("-10")),
        ("▲ 3,703人", "", Printed("-3703", "人")),
        ("4,965.0ha", "", Printed("4965.0", "ha")),
        ("6.5%未満", "", Printed("6.5", "%", "未満")),
        ("6.5％未満", "%", Printed("6.5", "%", "未満")),
        ("100人以上", "", Printed("100", "人", "以上")),
        ("10位以内", "", Printed("10", "位", "以内")),
        ("全国3位", "", Printed("3", "位", "以内")),
        ("12事業体", "", Printed("12", "事業体")),
        ("1,241億5,500万円", "", Printed("1241.55", "億円", is_money=True)),
        ("65.5億円(R5)", "", Printed("65.5", "億円", year="R5")),
        ("65.5億円(※)", "", Printed("65.5", "億円", has_note=True)),
        ("1,020人(2019年度)", "", Printed("1020", "人", year="R1")),
        ("－", "人", Printed()),
        ("-", "", Printed()),
        ("新規", "", Printed(word="新規")),
        ("増加", "人", Printed(word="増加")),
        ("935 g", "", Printed("935", "g")),
        ("5,000m2", "", Printed("5000", "m2")),
        ("4965.0", "ha", Printed("4965.0")),
        ("80％以上を維持", "", Printed("80", "%", "以上")),
        ("100%維持", "", Printed("100", "%")),
        ("0（維持）", "人", Printed("0", "人")),
        ("1回以上／年", "", Printed("1", "回/年", "以上")),
        ("延べ120人", "", Printed("120", "人")),
        ("300人(5年間)", "", Printed("300", "人")),
        ("5年間で120人", "", Printed("120", "人")),
        ("年間5件", "", Printed("5", "件")),
        ("±0人", "", Printed("0", "人")),
        ("80／年", "件", Printed("80", "件")),
        ("R6 1,020人", "", Printed("1020", "人", year="R6")),
        ("R5：65.5億円", "", Printed("65.5", "億円", year="R5")),
        ("94戸(R6.3.31)", "", Printed("94", "戸", year="R5")),
        ("94戸(R6.4.1現在)", "", Printed("94", "戸", year="R6")),
        ("5人*1", "", Printed("5", "人", has_note=True)),
        ("基準値を上回る", "", Printed(word="基準値を上回る")),
        ("策定済み", "", Printed(word="策定済み")),
        ("未把握", "", Printed(word="未把握")),
    ],
)
def test_a_printed_figure_gives_value_unit_and_rule(text, unit, meant):
    assert read_printed(text, unit) == meant


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("10人・5件", "数値が2つ"),
        ("1,020人、1,030人", "数値が2つ"),
        ("10人 5件", "数値が2つ"),
        ("農家", "数値ではありません"),
        ("①", "数値ではありません"),
        ("1,02人", "数値"),
        ("120人増", "増減の幅"),
        ("1.0ポイント増加", "増減の幅"),
        ("約1,000人", "定まりません"),
        ("25,000人台", "定まりません"),
    ],
)
def test_what_is_no_one_figure_is_said(text, word):
    read = read_printed(text)
    assert word in read.problem
    assert (read.value, read.unit) == (None, "")


# --- what is typed


def test_a_pasted_table_gives_units_rules_years_and_ids(tmp_path):
    path = typed(
        tmp_path / "定義.xlsx",
        (
            kpi("農家", "94人", "120人"),
            kpi("転出者", "1,030人", "1,000人"),
            kpi("低出生体重児", "6.7％", "6.5％未満"),
            kpi("産出額", "65.5億円(R5)", "66億円"),
            kpi("魅力度", "15位", "全国10位"),
            kpi("参加者", "新規", "300人", 値の合わせ方="合計"),
            kpi("健康寿命", "79.83歳", "延伸"),
            kpi("面積", 24.5, 30, 単位="ha", R8="26.5ha", R9=28),
            kpi("増減", "△10", "170人", 施策=None, 種類="数値目標"),
            kpi("法人", "－", "５件以上", 施策=None, 種類="KPI"),
            kpi("水準", "80%", "現状以上", 施策="①"),
            kpi("計画", "未策定", "策定", 検証に印字する文="計画を策定する。"),
            kpi("水質", "調査中", "良好", 判定方法="定性", 検証に印字する文="水質を保つ。"),
        ),
    )
    read = examined(path)
    assert read.found == []
    by = read.definition.plan.by_id
    said = {
        own.name: (
            *(own.id, str(own.baseline), str(own.target), own.unit, own.rule.label),
            *(str(own.baseline_year), own.printed_target, own.printed_baseline),
        )
        for own in by.values()
    }
    assert said == {
        "農家": ("1-01-1", "94", "120", "人", "以上", "R6", "", ""),
        "転出者": ("1-01-2", "1030", "1000", "人", "以下", "R6", "", ""),
        "低出生体重児": ("1-01-3", "6.7", "6.5", "%", "未満", "R6", "", ""),
        "産出額": ("1-01-4", "65.5", "66", "億円", "以上", "R5", "", ""),
        "魅力度": ("1-01-5", "15", "10", "位", "以内", "R6", "", ""),
        "参加者": ("1-01-6", "None", "300", "人", "以上", "None", "", "新規"),
        "健康寿命": ("1-01-7", "79.83", "79.83", "歳", "超", "R6", "延伸", ""),
        "面積": ("1-01-8", "24.5", "30", "ha", "以上", "R6", "", ""),
        "増減": ("1-H1", "-10", "170", "人", "以上", "R6", "", ""),
        "法人": ("1-K1", "None", "5", "件", "以上", "None", "", ""),
        "水準": ("1-01-9", "80", "80", "%", "以上", "R6", "現状以上", ""),
        "計画": ("1-01-10", "None", "None", "", "定性", "None", "策定", "未策定"),
        "水質": ("1-01-11", "None", "None", "", "定性", "None", "良好", "調査中"),
    }
    assert by["1-01-6"].aggregate == "sum"
    assert [(str(y), str(v)) for y, v in by["1-01-8"].targets] == [("R8", "26.5"), ("R9", "28")]


def test_ids_that_are_there_stay_and_new_ones_go_on(tmp_path):
    rows = (kpi("後"), kpi("前", 番号="1-01-1"), kpi("三つ目", 番号="1-01-3"), kpi("次"))
    plan = examined(typed(tmp_path / "定義.xlsx", rows)).definition.plan
    assert {own.name: own.id for own in plan.indicators()} == {
        **{"後": "1-01-2", "前": "1-01-1", "三つ目": "1-01-3", "次": "1-01-4"}
    }


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (kpi(基準値="10人・5件"), "H5", "数値が2つ"),
        (kpi(基準値="農家"), "H5", "数値ではありません"),
        (kpi(基準値="3戸", 目標値="5人"), "J5", "単位「人」が「戸」と違います"),
        (kpi(名称=1020), "F5", "列がずれて"),
        (kpi(名称=None), "F5", "名称"),
        (kpi("KPI", "基準値(R6)", "目標値(R10)"), "F5", "表の見出し"),
        (kpi(基準値="調査中", 目標値="5戸"), "L5", "判定方法"),
        (kpi(R20=7), "AC5", "R20 は評価年度にありません"),
        (kpi(単位="1,020"), "G5", "列がずれて"),
        (kpi(担当課=120), "W5", "列がずれて"),
        (kpi(基準値="10人、件"), "H5", "読めません"),
        (kpi(目標値=None), "J5", "「目標値」を書いてください"),
        (kpi(目標値="=1+2"), "J5", "式が入っています"),
        (kpi(目標値="3戸"), "L5", "判定方法"),
        (kpi(目標値="現状維持"), "L5", "以上か以下か"),
        (kpi(目標値="増加", 基準値=None), "J5", "基準値の数値が要ります"),
        (kpi(目標値="6戸未満", 判定方法="以上"), "L5", "違います"),
        (kpi(判定方法="多い方がよい"), "L5", "以上・以下・未満"),
        (kpi(基準年度="来年"), "I5", "年度ではありません"),
        (kpi(施策=9), "C5", "施策9が「基本目標と施策」にありません"),
        (kpi(基本目標=7), "C5", "基本目標7の施策1"),
        (kpi(基本目標=None), "B5", "基本目標の番号"),
        (kpi(番号="1-02-1"), "C5", "番号 1-02-1 と合いません"),
        (kpi(番号="1.1", 基本目標=1), "A5", "「番号」は 1-01-1 のように"),
        (kpi(施策=None, 種類=None), "D5", "数値目標か KPI"),
        (kpi(種類="数値目標"), "C5", "施策を空欄に"),
        (kpi(累計="多分"), "S5", "○ か空欄"),
        (kpi(公表の遅れ="2年半"), "R5", "番号や数ではありません"),
        (kpi(R7="増加"), None, "数値で書いてください"),
    ],
)
def test_a_slip_is_said_at_its_cell(row, cell, words, tmp_path):
    found = examined(typed(tmp_path / "定義.xlsx", (row,))).found
    at = [each for each in found if words in each.message]
    assert at, found
    assert at[0].sheet == "指標"
    if cell:
        assert at[0].cell == cell


def test_a_wide_unit_is_the_same_unit(tmp_path):
    row = kpi(単位="％", 基準値="61.2", 目標値="70.0％以上")
    assert not examined(typed(tmp_path / "定義.xlsx", (row,))).found


def test_what_has_no_number_in_the_sheet_is_told_by_its_name(tmp_path):
    row = kpi("サロンの数", 基準値="－", 目標値="10")
    (found,) = examined(typed(tmp_path / "定義.xlsx", (row,))).found
    assert (found.cell, found.entry) == ("L5", "サロンの数")


def test_a_name_that_is_a_figure_is_doubted(tmp_path, aso):
    done = aso("definition", "check", typed(tmp_path / "定義.xlsx", (kpi("1,020人"),)), "--json")
    found = [(i["severity"], i["code"], i["cell"]) for i in done.json["issues"]]
    assert (found, done.code) == ([("warning", "definition-misplaced", "F5")], 0)


def test_targets_that_lead_elsewhere_are_a_warning_at_their_cell(tmp_path, aso):
    rows = (kpi(R7="4", R8="3"), kpi("林家", R7="3", R8="4"))
    done = aso("definition", "check", typed(tmp_path / "定義.xlsx", rows), "--json")
    found = [(i["severity"], i["code"], i["sheet"], i["cell"]) for i in done.json["issues"]]
    assert [each[:3] for each in found] == [("warning", "definition-targets-astray", "指標")]
    assert done.code == 0
    assert found[0][3] == "AC5"


def test_names_that_stand_twice_are_a_warning_at_their_cell(tmp_path, aso):
    rows = (kpi("農家"), kpi("農 家"), kpi("農家", 施策=None, 種類="数値目標"))
    goals = (*GOALS, {"基本目標": 2, "名称": "仕事"}, {"基本目標": 2, "施策": 1, "名称": "農業"})
    done = aso("definition", "check", typed(tmp_path / "定義.xlsx", rows, goals), "--json")
    found = [(i["severity"], i["code"], i["sheet"], i["cell"]) for i in done.json["issues"]]
    assert found == [
        ("warning", "definition-doubled", "基本目標と施策", "D7"),
        ("warning", "definition-doubled", "指標", "F6"),
    ]
    assert done.code == 0


def test_slips_on_other_sheets(tmp_path):
    goals = (*GOALS, {"基本目標": 1, "施策": 1, "名称": "林業"}, {"施策": 2, "名称": "水産"})
    path = typed(
        tmp_path / "定義.xlsx",
        (kpi(), kpi("林家")),
        goals=goals,
        plan={**PLAN, "計画期間": "R8", "番号": None},
        関係=({"種類": "同じ値", "指標": "1-01-1、1-01-9"}, {"種類": "兄弟"}),
        評価区分=({"区分": "A", "下限(%)": 80}, {"区分": "B", "下限(%)": "90%"}, {"区分": "C"}),
        追加の欄=({"記号": "予算", "印字する名前": "予算", "付く所": "施策"},),
    )
    found = cells_of(path)
    assert "R8～R11" in found["総合戦略 B9"]
    assert "書いてください" in found["総合戦略 B5"]
    assert "2 回" in found["基本目標と施策 B7"]
    assert "基本目標の番号" in found["基本目標と施策 A8"]
    assert "1-01-9" in found["関係 B5"] or "1-01-9" in str(found)
    assert "計算で決まる・同じ値・内訳・1つの指標" in found["関係 A6"]
    assert "大きい順" in found["評価区分 B6"]
    assert "半角の英小文字" in found["追加の欄 A5"]


def test_a_missing_sheet_or_heading_is_said_and_nothing_is_made_half(tmp_path, aso):
    path = typed(tmp_path / "定義.xlsx", (kpi(),))
    workbook = openpyxl.load_workbook(path)
    del workbook["評価区分"]
    workbook["指標"]["J4"] = "めざす値"
    workbook.save(path)
    found = {(each.sheet, each.entry) for each in examined(path).found}
    assert {("評価区分", "評価区分"), ("指標", "目標値"), ("指標", "めざす値")} <= found
    done = aso("definition", "convert", path, "-o", tmp_path / "x.toml")
    assert (done.code, (tmp_path / "x.toml").exists()) == (2, False)
    assert "評価区分" in done.err


def test_a_row_of_word_that_was_pasted_over_two_rows_is_one(tmp_path):
    rows = (kpi("新規就農者数"), {"名称": "(延べ数)", "注意": "暦年"}, kpi("林家\n数"))
    path = typed(tmp_path / "定義.xlsx", rows)
    workbook = openpyxl.load_workbook(path)
    for column in "BCDHJ":
        workbook["指標"].merge_cells(f"{column}5:{column}6")
    workbook.save(path)
    read = examined(path)
    assert read.found == []
    said = [(own.id, own.name, own.note) for own in read.definition.plan.indicators()]
    assert said == [("1-01-1", "新規就農者数(延べ数)", "暦年"), ("1-01-2", "林家数", "")]


def test_a_number_is_read_as_its_cell_shows_it(tmp_path):
    rows = (kpi("率", 0.065, 0.05), kpi("面積", 4965, 33.333), kpi("人数", 1020, 1170))
    path = typed(tmp_path / "定義.xlsx", rows)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["指標"]
    for cell, look in {
        **{"H5": "0.0%", "J5": "0%", "H6": "#,##0.0", "J6": "0.0_ ", "H7": '#,##0"人"'}
    }.items():
        sheet[cell].number_format = look
    workbook.save(path)
    plan = examined(path).definition.plan
    said = [(str(own.baseline), str(own.target), own.unit) for own in plan.indicators()]
    assert said == [("6.5", "5", "%"), ("4965.0", "33.3", ""), ("1020", "1170", "人")]


def test_merged_cells_hold_for_all_their_rows(tmp_path):
    path = typed(tmp_path / "定義.xlsx", (kpi("甲"), kpi("乙", 基本目標=None, 施策=None)))
    workbook = openpyxl.load_workbook(path)
    workbook["指標"].merge_cells("B5:B6")
    workbook["指標"].merge_cells("C5:C6")
    workbook.save(path)
    read = examined(path)
    assert read.found == []
    assert [own.id for own in read.definition.plan.indicators()] == ["1-01-1", "1-01-2"]


def test_columns_may_be_moved_and_rows_left_empty(tmp_path):
    path = typed(tmp_path / "定義.xlsx", (kpi("甲"), {}, {}, kpi("乙")))
    workbook = openpyxl.load_workbook(path)
    workbook["指標"].insert_cols(1)
    workbook["指標"].insert_rows(2)
    workbook.save(path)
    assert [own.name for own in examined(path).definition.plan.indicators()] == ["甲", "乙"]


def test_two_hundred_goals_are_too_many(tmp_path):
    goals = tuple({"基本目標": n, "名称": f"目標{n}"} for n in range(1, 201))
    (found,) = examined(typed(tmp_path / "定義.xlsx", goals=goals)).found
    assert (found.sheet, "30 までです(いまは 200)" in found.message) == ("基本目標と施策", True)


def test_a_thousand_indicators_are_read(tmp_path):
    rows = tuple(kpi(f"指標{n}", n, n + 5) for n in range(1000))
    read = examined(typed(tmp_path / "定義.xlsx", rows))
    assert read.found == []
    last = read.definition.plan.by_id["1-01-1000"]
    assert (last.name, str(last.target)) == ("指標999", "1004")


def test_another_workbook_is_refused_in_one_sentence(tmp_path, aso, template_path):
    done = aso("template", "--strategy", template_path, "-o", tmp_path / "x.xlsx")
    assert done.code == 2
    assert "もうできている評価ブックです" in done.err
    plain = tmp_path / "表.xlsx"
    openpyxl.Workbook().save(plain)
    with pytest.raises(AsoError, match="定義ブックではありません"):
        examined(plain)


# --- the sheets themselves


def test_sheets_choices_prompts_and_marks(tmp_path):
    workbook = openpyxl.load_workbook(saved(tmp_path / "定義.xlsx"))
    assert workbook.sheetnames == [
        *("総合戦略", "基本目標と施策", "指標", "関係", "評価区分", "追加の欄", "改訂", "書き方")
    ]
    sheet = workbook["指標"]
    heads = {cell.value: cell.column_letter for cell in sheet[4]}
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    rule = rules[f"{heads['判定方法']}5"]
    assert rule.formula1 == '"以上,以下,未満,超,定性,以内"'
    assert "印字のとおり" in rules[f"{heads['基準値']}5"].prompt
    marked = {str(each.sqref).split(":")[0] for each in sheet.conditional_formatting}
    assert {f"{heads[head]}5" for head in ("番号", "名称", "目標値")} <= marked
    assert sheet["H5"].number_format == "@"


def test_the_copy_has_the_findings_in_it(tmp_path, aso):
    path = typed(tmp_path / "定義.xlsx", (kpi(基準値="10人・5件"), kpi("林家")))
    before = path.read_bytes()
    done = aso("definition", "check", path, "-o", tmp_path / "写し.xlsx")
    assert done.code == 1
    assert path.read_bytes() == before
    copy = openpyxl.load_workbook(tmp_path / "写し.xlsx")
    assert copy.sheetnames[0] == "指摘"
    row = [cell.value for cell in copy["指摘"][5]]
    assert row[:2] == ["指標", "H5"]
    cell = copy["指標"]["H5"]
    assert cell.value == "10人・5件"
    assert "数値が2つ" in cell.comment.text
    assert copy["指標"]["F6"].value == "林家"


def test_a_copy_is_made_of_workbooks_only(tmp_path, aso):
    done = aso("definition", "check", "third", "-o", tmp_path / "写し.xlsx")
    assert (done.code, (tmp_path / "写し.xlsx").exists()) == (2, False)
    assert "定義ブック(.xlsx)を確かめるとき" in done.err


# --- the commands


def test_from_a_definition_workbook_to_a_master(tmp_path, aso):
    made = aso("definition", "new", "--from", "third", "-o", tmp_path / "定義.xlsx")
    assert made.code == 0
    master = tmp_path / "評価ブック.xlsx"
    done = aso("template", "--strategy", tmp_path / "定義.xlsx", "-o", master)
    assert done.code == 0
    same = aso("template", "--strategy", "third", "-o", tmp_path / "同じ.xlsx")
    assert same.code == 0
    assert master.read_bytes() == (tmp_path / "同じ.xlsx").read_bytes()
    back = aso("definition", "new", "--from", master, "-o", tmp_path / "戻り.xlsx")
    assert back.code == 0
    told = aso("definition", "check", tmp_path / "戻り.xlsx", "--against", "third", "--json").json
    assert (told["issues"], told["changes"]) == ([], [])
    assert told["totals"] == {"goals": 4, "headlines": 7, "measures": 68, "kpis": 60}
    assert told["plan"]["rounds"] == ["R7", "R8", "R9", "R10", "R11"]


def test_check_says_in_words_what_the_plan_has(aso):
    said = aso("definition", "check", ROOT / "tests/data/plans/midori.toml").out.splitlines()
    assert {
        "  みどり県まち・ひと・しごと創生総合戦略(みどり県、令和3年度～令和7年度)",
        "  評価のしかた: 年度ごとの目標値で判定、評価区分は進捗率で A 100%以上・B 80%以上・C",
        "  政策目標Ⅰ 人を呼びこむ: 数値目標 3、施策 3、KPI 6",
        "  ほかに 関係「1つの指標」 1、追加の欄 7、担当課 5",
        "  1-H2・1-H3 は「健康寿命」として1項目と数えます",
        "  追加の欄「決算額」: 施策ごと(千円、担当課)",
    } <= set(said)
    said = aso("definition", "check", ROOT / "tests/data/plans/ratio_half_up.toml").out
    assert "年度ごとの目標値で判定、進捗率は 実績÷目標、率は四捨五入" in said


def test_check_says_what_differs_from_an_earlier_definition(tmp_path, aso):
    path = tmp_path / "定義.xlsx"
    aso("definition", "new", "--from", "third", "-o", path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["指標"]
    at = {cell.value: cell.row for cell in sheet["A"]}
    sheet.cell(at["1-01-2"], 10, "430")
    sheet.cell(at["1-09-1"], 6, "空き店舗の数")
    for cell in sheet[at["4-40-1"]]:
        cell.value = None
    workbook.save(path)
    told = aso("definition", "check", path, "--against", "third", "--json").json["changes"]
    assert [(c["kind"], c["of"], c["value"], c["before"], c["after"]) for c in told] == [
        ("removed", "4-40-1", "", "", ""),
        ("changed", "1-01-2", "目標値", "450", "430"),
        ("changed", "1-09-1", "名称", "空き店舗への出店件数", "空き店舗の数"),
    ]
    said = aso("definition", "check", path, "--against", "third").out
    assert "1-01-2 認定農業者数: 目標値 450 → 430" in said
    assert "なくなるもの 1件" in said


def test_a_master_is_made_of_ranks(tmp_path, aso):
    path = typed(
        tmp_path / "定義.xlsx", (kpi("魅力度", "15位", "10位以内"), kpi("法人", "3社", "5社"))
    )
    done = aso("definition", "check", path, "--json")
    assert (done.code, done.json["issues"]) == (0, [])
    assert aso("template", "--strategy", path, "-o", tmp_path / "m.xlsx").code == 0
    assert (tmp_path / "m.xlsx").exists()
    plan = examined(path).definition.plan
    assert plan.by_id["1-01-1"].target_year == FiscalYear(2028)


def test_a_threshold_of_nothing_is_said_too(aso, tmp_path):
    text = (ROOT / "tests/data/plans/midori.toml").read_text(encoding="utf-8")
    path = tmp_path / "定義.toml"
    path.write_text(text.replace('at_least = "80"', 'at_least = "0"'), encoding="utf-8")
    assert "A 100%以上・B 0%以上・C" in aso("definition", "check", path).out


def test_revisions_come_back_whole_and_wrong_ones_are_said_at_their_cells(aso, tmp_path):
    text = (ROOT / "tests/data/plans/midori.toml").read_text(encoding="utf-8")
    own = 'target = "2000", rule = "以上", targets = { R3 = "1300"'
    assert text.count(own) == 1
    revised = 'revised = [{ from = "R5", target = "1900", rule = "超", reason = "見直し" }], '
    path, book = tmp_path / "定義.toml", tmp_path / "定義.xlsx"
    path.write_text(text.replace(own, revised + own), encoding="utf-8")
    assert aso("definition", "convert", path, "-o", book).code == 0
    told = aso("definition", "check", book, "--against", path, "--json").json
    assert (told["issues"], told["changes"]) == ([], [])
    opened = openpyxl.load_workbook(book)
    sheet = opened["改訂"]
    assert [cell.value for cell in sheet[5]][:3] == ["1-01-1", "R5", "1900"]
    sheet["C5"] = "1900.0000000001"
    opened.save(book)
    (issue,) = aso("definition", "check", book, "--json").json["issues"]
    assert (issue["sheet"], issue["cell"], "小数は 9 けたまで" in issue["message"]) == (
        *("改訂", "C5", True),
    )
    sheet["A5"], sheet["C6"], sheet["A6"] = "9-01-1", "多め", "1-01-1"
    opened.save(book)
    issues = aso("definition", "check", book, "--json").json["issues"]
    assert {(i["sheet"], i["cell"]) for i in issues} >= {("改訂", "A5"), ("改訂", "C6")}
