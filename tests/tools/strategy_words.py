"""Word files of strategies as municipalities lay them out, made from a plan: for drafts."""

from __future__ import annotations

from pathlib import Path

import docx

from aso_xl.domain.numerals import format_number
from aso_xl.domain.plan import Indicator, Plan
from aso_xl.domain.rule import Rule


def printed(own: Indicator, key: str) -> str:
    """Return a figure as a strategy prints it; a rule where it does not go without saying."""
    value = getattr(own, key)
    if value is None:
        return "－"
    text = format_number(value, own.decimals if "." in str(value) else 0, own.unit, money=own.money)
    usual = Rule.AT_LEAST
    if own.baseline is not None and own.target is not None and own.target < own.baseline:
        usual = Rule.AT_MOST
    return text + (own.rule.label if key == "target" and own.rule is not usual else "")


def _table(word, rows, style="Table Grid"):
    table = word.add_table(len(rows), max(map(len, rows)))
    table.style = style
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    return table


def _heads(indicators, first):
    """Return the heading row over indicators; ``(R4)`` ``(R 6 計算)`` where a figure comes late."""
    own = indicators[0]
    base, target = f"基準値({own.baseline_year})", f"目標値({own.target_year})"
    if own.lag:
        base += f"\n(R {own.baseline_year.year - 2018 + own.lag} 計算)"
        target += f"\n(R {own.target_year.year - 2018 + own.lag} 計算)"
    return (first, base, target)


def _rows(indicators, usual):
    rows = []
    for own in indicators:
        mark = "(※)" if own.baseline_year != usual and not own.lag else ""
        rows.append((own.name, printed(own, "baseline") + mark, printed(own, "target")))
    return rows


def third_pages(plan: Plan, path: Path) -> Path:
    """Save chapters 3 and 4 of the third strategy: a table for each 施策, notes, sources."""
    word = docx.Document()
    word.add_heading(plan.title, 0)
    word.add_paragraph("2. 計画期間")
    word.add_paragraph("令和8年度(2026年度) ～ 令和11年度(2029年度)(4年間)")
    word.add_heading("第3章 基本目標", 1)
    for goal in plan.goals:
        word.add_paragraph(f"(基本目標{goal.number}) {goal.title}")
        word.add_paragraph("人口減少が進む中、本市の実情に応じた取組を行っていくことが重要です。")
        by_source: dict[str, list[Indicator]] = {}
        for own in goal.headlines:
            by_source.setdefault(own.source, []).append(own)
        for source, group in by_source.items():
            usual = group[0].baseline_year
            _table(word, [_heads(group, "数値目標"), *_rows(group, usual)])
            word.add_paragraph(f"資料:{source}")
    word.add_heading("第4章 基本的方向・施策・重要業績評価指標(KPI)", 1)
    for goal in plan.goals:
        word.add_heading(f"{goal.number}. 基本目標{goal.number} {goal.title}", 2)
        word.add_heading(f"{goal.number}-1. 基本的方向", 3)
        for number in range(1, 4):
            word.add_paragraph(f"({number}) 担い手農家への農地集積の推進")
        word.add_heading(f"{goal.number}-2. 施策・重要業績評価指標(KPI)", 3)
        for measure in goal.measures:
            box = _table(
                word,
                [
                    ("No.", str(measure.number)),
                    ("施策名", measure.name + ("*" if measure.number == 4 else "")),
                    ("施策内容", "関係機関との連携を強化し、経営を守ります。"),
                ],
            )
            if not measure.kpis:
                continue
            usual = max(
                (k.baseline_year for k in measure.kpis), key=lambda year: year.year if year else 0
            )
            rows = [
                (
                    "重要業績評価指標(KPI)",
                    f"基準値({usual})",
                    f"目標値({measure.kpis[0].target_year})",
                ),
                *_rows(measure.kpis, usual),
            ]
            if measure.number % 5 == 0:  # some stand within the table of the 施策
                inner = box.rows[2].cells[1].add_table(len(rows), 3)
                for row, texts in zip(inner.rows, rows, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.text = text
                continue
            word.add_paragraph()
            _table(word, rows)
            if any("(※)" in text for row in rows for text in row):
                word.add_paragraph(
                    "(※)・・・・・・本総合戦略策定時、R 6数値が公表されていないため、R 5数値を基準値とします。"
                )
    word.save(str(path))
    return path


def year_columns(path: Path) -> Path:
    """Save a strategy with a column per year: headings over two rows, merged over the years."""
    word = docx.Document()
    word.add_heading("第2期みどり市総合戦略", 0)
    word.add_heading("基本目標Ⅰ しごとをつくる", 1)
    rows = [
        ("指標", "単位", "現状値", "目標値", "", ""),
        ("", "", "2019年度", "2020年度", "2022年度", "2024年度"),
        ("新規就農者数", "人", "10", "12", "15", "20"),
        ("事業所数", "社", "1,200", "1,210", "1,220", "1,230"),
    ]
    word.add_paragraph("数値目標")
    table = _table(word, rows)
    table.cell(0, 3).merge(table.cell(0, 5))
    word.add_heading("施策1 農業の振興", 2)
    _table(
        word,
        [
            ("重要業績評価指標(KPI)", "現状値(R元年度)", "R2", "R4", "R6", "担当課"),
            (
                "農産物の販売額",
                "1億2,000万円",
                "1億3,000万円",
                "1億4,000万円",
                "1億5,000万円",
                "農政課",
            ),
            ("認定農業者数", "△5人", "0人", "3人", "5人以上", "農政課"),
        ],
    )
    word.save(str(path))
    return path


def one_table_a_goal(path: Path) -> Path:
    """Save a strategy with one table per goal: 施策 merged over the rows of their KPIs."""
    word = docx.Document()
    word.add_heading("あおば町まち・ひと・しごと創生総合戦略", 0)
    for numeral, title, measures in (
        (
            "一",
            "安心して働ける町",
            (
                (
                    "(1)農業",
                    (("農家数", "94戸(R5)", "100戸"), ("魅力度", "全国15位", "全国10位以内")),
                ),
                ("(2)商業", (("店舗数", "新規", "5店"),)),
            ),
        ),
        (
            "二",
            "人が集う町",
            (("観光", (("入込客数", "12千人", "増加"), ("満足度", "－", "75.0%以上"))),),
        ),
    ):
        word.add_paragraph(f"基本目標{numeral} {title}")
        rows = [("施策", "評価指標(KPI)", "基準値(令和6(2024)年度)", "目標値(令和11(2029)年度)")]
        for measure, kpis in measures:
            rows += [(measure, *kpi) for kpi in kpis]
        table = _table(word, rows)
        start = 1
        for measure, kpis in measures:
            if len(kpis) > 1:
                merged = table.cell(start, 0).merge(table.cell(start + len(kpis) - 1, 0))
                merged.text = measure
            start += len(kpis)
    word.save(str(path))
    return path


_YEARLY = (
    ("指標", "現状値", "年度別目標値", "", "", "", "", "担当課", "備考"),
    ("", "R5", "R7", "R8", "R9", "R10", "R11", "", ""),
)
_AIMS = (("成果目標", "単位", "現状", "目標"), ("", "", "令和5年度", "令和11年度"))
_PILLARS = (
    (
        "政策の柱Ⅰ　海のめぐみで働く",
        (
            ("町内就業者数", "人", "3,905", "4,000"),
            ("一人当たり町民所得", "千円", "2,412", "2,600"),
            ("転出超過数", "人", "△64", "△20以上"),
        ),
        (
            (
                "施策の方向1　漁業と農業の担い手づくり",
                (
                    "新規漁業就業者数（累計） 4人 6人 8人 10人 12人 15人 産業課 R2からの累計",
                    "直売所販売額 1億2,300万円 1億2,500万円 1億2,800万円 1億3,000万円 1億3,500万円 1億4,000万円 産業課",
                    "有害鳥獣による被害額 312万円 300万円 290万円 280万円 270万円 250万円以下 産業課",
                ),
            ),
            (
                "施策の方向2　観光の振興",
                (
                    "観光入込客数 185千人 190千人 195千人 200千人 210千人 220千人 観光課",
                    "県内魅力度ランキング 12位 11位 10位 9位 8位 7位 観光課",
                    "体験プログラムの参加者 － 50人 60人 70人 80人 90人 観光課 単年度の人数",
                    "道の駅の改修 未実施 － － － － 完了 観光課",
                ),
            ),
            ("施策の方向3　起業の支援", ()),
        ),
    ),
    (
        "政策の柱Ⅱ　安心して暮らす",
        (
            ("健康寿命（男性）", "歳", "79.41", "延伸"),
            ("健康寿命（女性）", "歳", "83.87", "延伸"),
            ("合計特殊出生率", "－", "1.38", "1.50"),
        ),
        (
            (
                "施策の方向1　子育ての支援",
                (
                    "待機児童数 3人 0人 0人 0人 0人 0人を維持 福祉課",
                    "乳幼児健診の受診率 97.2% 97.5% 97.8% 98.0% 98.2% 98.5%以上 福祉課",
                ),
            ),
            (
                "施策の方向2　地域の交通",
                (
                    "デマンド交通の利用者 年間2,140人 2,200人 2,300人 2,400人 2,500人 年間2,600人 総務課",
                    "免許返納者への支援件数 新規 20件 20件 20件 20件 20件（5年間で100件） 総務課",
                ),
            ),
        ),
    ),
)


def pillars(path: Path) -> Path:
    """Save a strategy of a made-up town: goals in boxes by another word, targets for every year."""
    word = docx.Document()
    word.add_paragraph("しおかぜ町デジタル田園都市構想総合戦略", style="Title")
    word.add_heading("第1章　総論", 1)
    word.add_heading("2　計画期間", 2)
    word.add_paragraph(
        "本戦略の計画期間は、令和7（2025）年度から令和11（2029）年度までの5年間とします。"
    )
    word.add_heading("3　評価の方法", 2)
    _table(
        word, [("区分", "達成率"), ("A", "100%以上"), ("B", "80%以上100%未満"), ("C", "80%未満")]
    )
    word.add_heading("第2章　具体的な施策", 1)
    for title, aims, measures in _PILLARS:
        _table(word, [(title,)])
        word.add_paragraph("◆成果目標")
        table = _table(word, [*_AIMS, *aims])
        for column in (0, 1):
            _merged(table, (0, column), (1, column))
        word.add_paragraph("出典：国勢調査、県民経済計算、住民基本台帳")
        for heading, rows in measures:
            word.add_heading(heading, 3)
            word.add_paragraph("関係機関と進めます。", style="List Bullet")
            if rows:
                lines = [(*row.split(" "), "", "")[:9] for row in rows]
                _merged(_table(word, [*_YEARLY, *lines]), (0, 2), (0, 6))
    word.save(str(path))
    return path


def _merged(table, first, last):
    text = table.cell(*first).text
    table.cell(*first).merge(table.cell(*last)).text = text
