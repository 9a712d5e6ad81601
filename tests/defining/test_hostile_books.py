"""Whatever is typed into a definition workbook is said at its sheet, or comes back the same; whatever
stands in a strategy's file, a draft is made of it.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import ROOT

from aso_xl.defining import any_definition
from aso_xl.defining.book import BookCell
from aso_xl.defining.build import build
from aso_xl.defining.draft.drafter import Drafter
from aso_xl.defining.draft.items import Grid, Line

EVERY = str(ROOT / "tests/data/every_entry.toml")
TYPED = st.sampled_from(
    [
        *(None, "", "　", 0, -1, 1.5, 1e15, "R8", "来年", "①", "△10", "－", "新規", "増加"),
        *("現状維持", "10位以内", "1,020人・3件", "1-01-1", "1-99-1", "9-H1", "0-H1", "同じ値"),
        *("KPI", "数値目標", "a\nb", "_x000D_", "R1～R200", "R11～R8", "1e400", "NaN", "inf"),
        *("100%以上", "○", "×", "多分", "1-1-1-1", "999999999999", "Ⅰ", "以内", "定性", "合計"),
        *("R0", "令和", "1億2千万円", "1,2,3", "=1+1", "あ" * 300),
    ]
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_anything_typed_is_said_or_comes_back(data, tmp_path):
    book = any_definition.examine(EVERY).book
    for _ in range(data.draw(st.integers(1, 4))):
        rows = [row for rows in book.rows.values() for row in rows]
        cells = data.draw(st.sampled_from([book.plan, *(row.cells for row in rows)]))
        cells[data.draw(st.sampled_from(sorted(cells)))] = BookCell(data.draw(TYPED))
    path = tmp_path / "定義.xlsx"
    path.write_bytes(build(book))
    read = any_definition.examine(str(path))
    assert all(each.message for each in read.found)
    assert all(each.sheet for each in read.found)
    if read.found:
        assert build(read.book, read.found).startswith(b"PK")
    else:
        path.write_bytes(build(read.book))
        assert any_definition.examine(str(path)).definition.text == read.definition.text


PRINTED = st.sampled_from(
    [
        *(
            "",
            " ",
            "基本目標1 しごと",
            "政策の柱Ⅱ くらし",
            "施策1 農業",
            "(1) 林業",
            "①",
            "1-2 水産業",
            "ア 観光",
        ),
        *(
            "数値目標",
            "KPI",
            "＜重要業績評価指標（KPI）＞",
            "No.",
            "施策名",
            "指標",
            "単位",
            "基準値(R6)",
            "目標値(R10)",
        ),
        *(
            "現状値→目標値",
            "R8",
            "2027年度",
            "担当課",
            "備考",
            "10人",
            "△5％",
            "－",
            "新規",
            "増加",
            "10人→15人",
        ),
        *(
            "R6 10人",
            "5年間で40件",
            "農家数",
            "※ 暦年の値",
            "(※)・・・R5数値を基準値とします",
            "資料:統計",
        ),
        *(
            "□",
            "68□",
            "1,02人",
            "基本目標IIII 四",
            "計画期間 令和7年度から令和11年度まで",
            "あ" * 200,
            "1" * 40,
            "=1+1",
        ),
        *("第2期X市総合戦略", "農家：3戸→5戸", "→", "10→", "IV", "施策IIX 何か", "施策名"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_draft_is_made_of_whatever_stands_there(data):
    """Goals and 施策 that are named, and every indicator in one of them; nothing is raised."""
    items = data.draw(st.lists(st.one_of(PRINTED.map(lambda t: Line(t, "行")), GRIDS), max_size=14))
    made = Drafter(items).made()
    assert build(made.book, unread=made.unread).startswith(b"PK")
    places = {_place(row) for row in made.book.of("基本目標と施策")}
    assert {_place(row) for row in made.book.of("指標")} <= places


def _place(row):
    return row["goal"].value, row["measure"].value


GRIDS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.tuples(*[PRINTED] * width), min_size=1, max_size=6).map(
        lambda rows: Grid(tuple(rows), "表")
    )
)
