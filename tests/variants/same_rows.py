#!/usr/bin/python3
"""same_rows.py SAMPLES VARIANTS RECORDS N: do the records of each sample's N variants hold the tables and tasks of its gold?

One "ok - " or "not ok - " line a sample; of each variant that differs, the first difference and where the PDF is.
"""
import json
import os
import re
import sys
import unicodedata


def plain(value):
    """Texts by NFC, with one space for any white."""
    if isinstance(value, str):
        return re.sub(r"\s+", " ", unicodedata.normalize("NFC", value)).strip()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def facts(record):
    """[(name, value)]: what must be the same, in the order in which a person would look. Which pages a table is on, and where in the
    record's numbering of sections its tasks are, is not asked."""
    out = [("number of tables", len(record["tables"]))]
    for table in record["tables"]:
        name = table["id"]
        out.append((f"{name}, columns", [[column["header"], column["field"]] for column in table["columns"]]))
        for r, row in enumerate(table["rows"], 1):
            for c, cell in enumerate(row, 1):
                value = cell and {key: cell[key] for key in ("text", "row_span", "col_span")}
                out.append((f"{name}, row {r}, column {c}", value))
        out.append((f"{name}, number of rows", len(table["rows"])))
    for i, task in enumerate(record["tasks"], 1):
        out += [(f"task {i}, {key}", task[key]) for key in ("text", "group", "number", "lead", "coordinate", "product", "deadline", "budget",
                                                             "notes", "other", "table", "row")]
    out.append(("number of tasks", len(record["tasks"])))
    return plain(out)


def first_difference(gold, found):
    for (name, wanted), (other, value) in zip(gold, found):
        if name != other:
            return f"{name} should come, {other} does"
        if wanted != value:
            return f"{name}: {json.dumps(value, ensure_ascii=False)}, should be {json.dumps(wanted, ensure_ascii=False)}"
    return None if len(gold) == len(found) else "something is missing at the end"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(samples, variants, records, n):
    failed = False
    for name in sorted(os.listdir(samples)):
        path = os.path.join(samples, name, "gold.json")
        if not os.path.exists(path) or not load(path)["tables"]:
            continue
        gold, wrong = facts(load(path)), {}
        for seed in range(1, int(n) + 1):
            record = os.path.join(records, f"{name}-{seed:02d}.pdf.json")
            difference = first_difference(gold, facts(load(record))) if os.path.exists(record) else "no record"
            if difference:
                wrong[seed] = difference
        failed = failed or bool(wrong)
        if not wrong:
            print(f"ok - {name}: {n} variants give the same rows")
            continue
        print(f"not ok - {name}: {len(wrong)} of {n} variants give other rows: seeds {' '.join(map(str, wrong))}")
        for seed, difference in wrong.items():
            print(f"#   {os.path.join(variants, f'{name}-{seed:02d}.pdf')}: {difference}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
