#!/bin/sh
# The gold records of samples/ are records: they validate once source and evidence are added, and what they point to is there.
. "$(dirname "$0")/../lib.sh"

cat >"$work/gold.py" <<'PYTHON'
import json, sys
gold = json.load(open(sys.argv[1], encoding="utf-8"))
sections = {s["id"]: s for s in gold["sections"]}
tables = {t["id"]: t for t in gold["tables"]}
for s in gold["sections"]:
    assert s["parent"] is None or sections[s["parent"]]["level"] < s["level"], f"{s['id']}: parent"
placed = [p["table"] for s in gold["sections"] for p in s["paragraphs"] if "table" in p]
assert sorted(placed) == sorted(tables), "each table stands in one section"
for t in gold["tables"]:
    width, below = len(t["columns"]), {}
    for n, row in enumerate(t["rows"], 1):
        assert len(row) == width, f"{t['id']} row {n}: {len(row)} cells"
        right = 0
        for c, cell in enumerate(row):
            covered = right > 0 or below.get(c, 0) > 0
            assert (cell is None) == covered, f"{t['id']} row {n}, column {c + 1}: spans"
            right -= 1
            if cell is not None:
                right = cell["col_span"] - 1
                below[c] = cell["row_span"]
        below = {c: k - 1 for c, k in below.items()}
    assert t["pages"], f"{t['id']}: pages"
for part in ("tasks", "targets", "responsibilities"):
    for item in gold[part]:
        assert item["section"] in sections, f"{part}: section {item['section']}"
for task in gold["tasks"]:
    if task["origin"] == "table":
        assert 1 <= task["row"] <= len(tables[task["table"]]["rows"]), f"{task['id']}: row"
        text = [c["field"] for c in tables[task["table"]]["columns"]].index("text")
        assert tables[task["table"]]["rows"][task["row"] - 1][text]["text"] == task["text"], f"{task['id']}: text"
    else:
        assert task["text"] in [p.get("text") for p in sections[task["section"]]["paragraphs"]], f"{task['id']}: text"
gold["generator"] = {"name": "kehoach", "version": "0.0.0", "models": {"ocr": None, "repair": None}}
gold["source"] = {"file": "x", "sha256": "0" * 64, "bytes": 1, "media_type": "application/pdf", "page_count": 1, "pages": [
    {"number": 1, "width": 595, "height": 842, "rotation": 0, "origin": "text_layer", "dpi": None, "skew": None, "confidence": 1}]}
gold.update(evidence={}, repairs=[], review=[], warnings=[])
json.dump(gold, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)
PYTHON
for gold in samples/*/gold.json; do
    name=$(basename "$(dirname "$gold")")
    that "$name points to what is there" "$python" "$work/gold.py" "$gold" "$work/record.json"
    runs "$name validates" "$program" validate "$work/record.json"
done
finish
