"""Whatever is typed into a definition workbook is said at its sheet, or comes back the same."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import ROOT

from aso_xl.defining import any_definition
from aso_xl.defining.book import BookCell
from aso_xl.defining.build import build

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
