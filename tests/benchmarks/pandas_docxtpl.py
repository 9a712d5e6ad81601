"""The yardstick: the shortest honest pandas + docxtpl script that makes a comparable document.

Usage: pandas_docxtpl.py WORKBOOK TEMPLATE.docx OUT.docx [openpyxl|calamine] [pictures]
"""

import io
import sys

import pandas as pd
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

workbook, template, out, *how = sys.argv[1:]
engine = "calamine" if "calamine" in how else "openpyxl"
sheets = pd.read_excel(workbook, sheet_name=None, header=None, dtype=object, engine=engine)
settings = dict(zip(sheets["設定"][0], sheets["設定"][1], strict=True))
goals = []
for name, sheet in sheets.items():
    if not name.startswith("基本目標"):
        continue
    heads = sheet.index[sheet[0] == "番号"]
    parts = []
    for top, kind in zip(heads, ("headline", "kpi"), strict=False):
        part = sheet.loc[top + 1 :].iloc[:, :20].copy()
        part.columns = sheet.loc[top].iloc[:20].astype(str)
        part = part[part["番号"].astype(str).str.match(r"\d-(H\d|\d\d-\d)$")]
        parts.append(part[part["番号"].str.contains("H") == (kind == "headline")].fillna(""))
    rows = pd.concat(parts)
    kpi = parts[-1]
    total = int((kpi["判定"] != "対象外").sum())
    done = int((kpi["判定"] == "達成").sum())
    goals.append(
        {
            "title": sheet.iat[0, 0],
            "headlines": parts[0][["指標", "判定"]].to_dict("records"),
            "line": f"(目標達成) {done}項目/{total}項目 (達成率) {1000 * done // total / 10}%",
            "rows": rows.rename(columns={"番号": "id"}).to_dict("records"),
            "rate": 100 * done / total,
            "kpi": kpi,
        }
    )
document = DocxTemplate(template)
if "pictures" in how:
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    plt.rcParams["font.family"] = ["IPAexGothic", "Noto Sans CJK JP", "sans-serif"]

    def picture(figure: "plt.Figure") -> InlineImage:
        data = io.BytesIO()
        figure.savefig(data, dpi=150)
        plt.close(figure)
        data.seek(0)
        return InlineImage(document, data, width=Mm(150))

    figure, axes = plt.subplots(figsize=(6, 3))
    axes.barh([goal["title"] for goal in goals], [goal["rate"] for goal in goals])
    overview = picture(figure)
    for goal in goals:
        figure, axes = plt.subplots(figsize=(6, 3))
        progress = pd.to_numeric(goal["kpi"]["進捗率"], errors="coerce")
        axes.barh(goal["kpi"]["番号"], progress.fillna(0))
        goal["picture"] = picture(figure)
else:
    overview = ""
document.render({"heading": settings["見出し"], "goals": goals, "overview": overview})
document.save(out)
