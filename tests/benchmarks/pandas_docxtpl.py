"""The yardstick: the shortest honest pandas + docxtpl script that makes a comparable document.

Usage: pandas_docxtpl.py WORKBOOK TEMPLATE.docx OUT.docx
"""

import sys

import pandas as pd
from docxtpl import DocxTemplate

workbook, template, out = sys.argv[1:]
sheets = pd.read_excel(workbook, sheet_name=None, header=None, dtype=object)
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
        }
    )
document = DocxTemplate(template)
document.render({"heading": settings["見出し"], "goals": goals})
document.save(out)
