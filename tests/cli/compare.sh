#!/bin/sh
# kehoach compare: what goes in, each form that comes out, and what is said when it cannot be. Plans are made by tests/eval/plans.py.
. "$(dirname "$0")/../lib.sh"

put_records=${B:-build/release}/put_records
"$python" tests/eval/plans.py --plans 110 --tasks 12 >"$work/plans.ndjson" # 34 of 2026, 63 of 2025, 13 of 2024
[ -x "$put_records" ] || { echo "not ok - $put_records is not built"; exit 1; }
"$put_records" "sqlite:$work/plans.db" "$work/plans.ndjson" >/dev/null || exit 2
store=$work/plans.db

# ---- each form
runs 'a store as text' "$program" compare "$store"
that 'it tells how many' grep -q '^110 kế hoạch của 87 nơi$' "$work/out"
that 'it has targets, tasks, and what is missing' sh -c 'grep -q "^CHỈ TIÊU$" "$0" && grep -q "^NHIỆM VỤ$" "$0" && grep -q "^CÒN THIẾU$" "$0" && ! grep -q "^THAY ĐỔI$" "$0"' "$work/out"
cp "$work/out" "$work/first"
runs 'again' "$program" compare "sqlite:$store"
that 'the same bytes' cmp "$work/out" "$work/first"
runs 'records as files' "$program" compare "$work/plans.ndjson"
that 'the same again' cmp "$work/out" "$work/first"

cat >"$work/see_json.py" <<'PY'
"""json.py COMPARISON.json RECORDS.ndjson - valid by the schema, and every target of the records is in it with its page."""
import json, sys
made = json.load(open(sys.argv[1]))
try:
    import jsonschema
    schema = json.load(open("schemas/compare.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for fault in list(jsonschema.Draft202012Validator(schema).iter_errors(made))[:3]:
        print(fault.json_path, fault.message[:200])
        sys.exit(1)
except ImportError:
    pass
records = {r["source"]["sha256"]: r for r in map(json.loads, open(sys.argv[2]))}
seen = set()
for indicator in made["indicators"]:
    for target in indicator["targets"]:
        record = records[made["plans"][target["plan"]]["sha256"]]
        index = int(target["id"][1:]) - 1
        wanted = record["targets"][index]
        for key in ("value", "comparator", "unit", "by", "topic", "text"):
            assert target[key] == wanted[key], (key, target, wanted)
        assert target["page"] == record["evidence"][f"/targets/{index}"]["where"][0]["page"], target
        seen.add((record["source"]["sha256"], index))
missed = sum(len(r["targets"]) for r in records.values()) - len(seen)
print(missed, "targets missed")
sys.exit(missed != 0)
PY
runs 'as JSON' "$program" compare -f json --all --what targets,tasks,missing,changes -o "$work/all.json" "$store"
that 'it is valid and has every target' "$python" "$work/see_json.py" "$work/all.json" "$work/plans.ndjson"

for what in targets tasks missing changes; do
    runs "csv: $what" "$program" compare -f csv --what $what -o "$work/$what.csv" "$store"
done
cat >"$work/see_csv.py" <<'PY'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline=""), delimiter=sys.argv[2]))
assert rows[0][0].startswith("\ufeff"), "no byte order mark"
assert len({len(row) for row in rows}) == 1, "rows of several lengths"
assert len(rows) > int(sys.argv[3]), len(rows)
print(rows[0])
PY
that 'csv: a line a target' "$python" "$work/see_csv.py" "$work/targets.csv" , 1000
that 'csv: a line a task' "$python" "$work/see_csv.py" "$work/tasks.csv" , 1000
that 'csv: what is missing' "$python" "$work/see_csv.py" "$work/missing.csv" , 100
that 'csv: what changed' "$python" "$work/see_csv.py" "$work/changes.csv" , 100
runs 'csv with semicolons' "$program" compare -f csv --separator semicolon -o "$work/semi.csv" "$store"
that 'they part fields' "$python" "$work/see_csv.py" "$work/semi.csv" ';' 1000

cat >"$work/see_html.py" <<'PY'
"""html.py PAGE.html - closed tags, nothing from elsewhere, one script, no handlers, links to pages of files."""
import html.parser, sys
class Page(html.parser.HTMLParser):
    VOID = {"meta", "br"}
    def __init__(self):
        super().__init__()
        self.stack, self.faults, self.scripts, self.links, self.ids, self.inner = [], [], 0, 0, [], []
    def handle_starttag(self, tag, attributes):
        if tag in ("link", "iframe", "img", "object", "embed"):
            self.faults.append(f"<{tag}>")
        self.scripts += tag == "script"
        for name, value in attributes:
            if name.startswith("on") or name == "src":
                self.faults.append(name)
            if name == "href" and not value.startswith("#"):
                self.links += "#page=" in value
                if "://" in value and not value.startswith("file:///"):
                    self.faults.append(value)
            if name == "href" and value.startswith("#"):
                self.inner.append(value[1:])
            if name == "id":
                self.ids.append(value)
        if tag not in self.VOID:
            self.stack.append(tag)
    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.stack.pop()
    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}>")
text = open(sys.argv[1], encoding="utf-8").read()
page = Page()
page.feed(text)
faults = page.faults + page.stack
if page.scripts != 1 or text.count("<script") != 1:
    faults.append(f"{page.scripts} scripts")
if page.links < int(sys.argv[2]):
    faults.append(f"{page.links} links")
if len(set(page.ids)) != len(page.ids) or not set(page.inner) <= set(page.ids):
    faults.append("ids")
if "http" in text.replace("http-equiv", "") or "@import" in text or "url(" in text:
    faults.append("an address")
print(faults[:5])
sys.exit(bool(faults))
PY
runs 'as HTML' "$program" compare -f html --what targets,tasks,missing,changes -o "$work/all.html" "$store"
that 'it is sound, needs nothing else, and leads to pages' "$python" "$work/see_html.py" "$work/all.html" 2000
that 'it forbids what it does not need' grep -q "default-src 'none'" "$work/all.html"

cat >"$work/see_xlsx.py" <<'PY'
import re, sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
assert names[:5] == ["Ma trận", "Chỉ tiêu", "Nhiệm vụ", "Còn thiếu", "Kế hoạch"], names
assert sum(n.startswith("xl/charts/chart") for n in book.namelist()) >= 5
assert "#page=" in book.read("xl/worksheets/_rels/sheet1.xml.rels").decode() or 'location="page=' in book.read("xl/worksheets/sheet1.xml").decode()
assert "Hồ sơ nộp trực tuyến" in book.read("xl/sharedStrings.xml").decode()
PY
runs 'as XLSX' "$program" compare -f xlsx -o "$work/all.xlsx" "$store"
that 'it has its sheets, charts, links' "$python" "$work/see_xlsx.py" "$work/all.xlsx"
"$program" compare -f xlsx -o "$work/again.xlsx" "$store"
that 'the same bytes again (xlsx)' cmp "$work/all.xlsx" "$work/again.xlsx"

# ---- what is chosen
runs 'one topic' "$program" compare --topic waiting_time "$store"
that 'each target has its plan' grep -q '≤ [0-9]* phút .*/KH-UBND' "$work/out"
that 'no other topic, and no tasks' sh -c '! grep -q "Thanh toán\|NHIỆM VỤ" "$0"' "$work/out"
runs 'one year' "$program" compare --year 2025 -f json "$store"
that 'its targets alone' sh -c '! grep -q "\"year\": 202[46]" "$0" && grep -q "\"year\": 2025" "$0"' "$work/out"
runs 'one province' "$program" compare --province 'ca mau' --province 01 "$store"
that 'side by side' grep -q '│ Hà Nội .* Cà Mau .* Cà Mau (mới)' "$work/out"
runs 'under the provinces of today' "$program" compare --as-of 2025-07 -f json "$store"
that 'they are 34' sh -c '[ "$(grep -c "\"made_of\"" "$0")" -eq 34 ] && grep -q "\"was\": \"Bạc Liêu\"" "$0" && grep -q "\"made_of\": \"Cà Mau, Bạc Liêu\"\|\"made_of\": \"Bạc Liêu, Cà Mau\"" "$0"' "$work/out"
runs 'a title' "$program" compare --title 'BAC LIEU nam' "$store"
that 'one plan of that' grep -q '^1 kế hoạch của 1 nơi · trích yếu có “BAC LIEU nam”' "$work/out"

# ---- two plans
grep -m1 '"title": "Cải cách hành chính tỉnh Hà Nội năm 2025"' "$work/plans.ndjson" >"$work/new.json"
grep -m1 '"title": "Cải cách hành chính tỉnh Hà Nội năm 2024"' "$work/plans.ndjson" >"$work/old.json"
runs 'two years of a plan, unasked' "$program" compare "$work/new.json" "$work/old.json"
that 'what changed, the older first' grep -q '^Hà Nội: 105/KH-UBND ngày .*2023 .* → 106/KH-UBND' "$work/out"
runs 'asked, as they are named' "$program" compare --what changes "$work/new.json" "$work/old.json"
that 'the first is the earlier' grep -q '^Hà Nội: 106/KH-UBND ngày .*2024 .* → 105/KH-UBND' "$work/out"
digest=$(sed 's/.*"sha256": "\([0-9a-f]*\)".*/\1/' "$work/new.json")
runs 'two of a store' "$program" compare --before "$(sed 's/.*"sha256": "\([0-9a-f]*\)".*/\1/' "$work/old.json")" --after "$digest" "$store"
that 'those two' grep -q '^Hà Nội: 105/KH-UBND .* → 106/KH-UBND' "$work/out"
exits 3 'a number that many have' "$program" compare --what changes --before 106/KH-UBND --after "$digest" "$store"
that 'they are named' grep -q 'by its digest' "$work/err"

# ---- plans read on the way
runs 'two samples' "$program" compare --quiet --all samples/year-targets/digital.pdf samples/two-row-header/digital.pdf
that 'both are there, with their pages' sh -c 'grep -q "98/KH-UBND" "$0" && grep -q "tr\.[0-9]" "$0"' "$work/out"
exits 1 'one of two is broken' "$program" compare --quiet samples/year-targets/digital.pdf "$work/none.pdf"
that 'it is named' grep -q 'none.pdf' "$work/err"
that 'the other is there' grep -q '^1 kế hoạch' "$work/out"
mkdir "$work/beside"
"$program" extract --quiet -o "$work/beside/plan.json" samples/year-targets/digital.pdf
cp samples/year-targets/digital.pdf "$work/beside/"
runs 'a record' "$program" compare -f html -o "$work/one.html" "$work/beside/plan.json"
that 'it leads to the file beside it' grep -q "href=\"file://$work/beside/digital.pdf#page=" "$work/one.html"
runs 'the same twice' "$program" compare "$work/beside/plan.json" samples/year-targets/digital.pdf
that 'is told' grep -q 'the same document' "$work/err"

# ---- what it says when it cannot
sed 's/"title": "[^"]*"/"title": "<script>alert(1)<\/script>\\" onmouseover=\\"x"/; s/"subject": "[^"]*"/"subject": "<img src=x onerror=y>"/' "$work/new.json" >"$work/hostile.json"
runs 'markup in a plan' "$program" compare -f html -o "$work/hostile.html" "$work/hostile.json" "$work/old.json"
that 'is text' "$python" "$work/see_html.py" "$work/hostile.html" 10
that 'and can be read' grep -q '&lt;script&gt;alert(1)' "$work/hostile.html"
exits 2 'no input' "$program" compare
exits 3 'no such store' "$program" compare "sqlite:$work/none.db"
exits 3 'no such file' "$program" compare "$work/none.json"
"$put_records" "sqlite:$work/empty.db" >/dev/null
exits 3 'an empty store' "$program" compare "$work/empty.db"
that 'it says so' grep -q 'no plan to compare' "$work/err"
exits 3 'JSON that is no record' "$program" compare schemas/plan.schema.json
that 'it says so, too' grep -q "plan.schema.json' holds what is no record" "$work/err"
exits 2 'a store and a file' "$program" compare "$store" "$work/new.json"
exits 2 'no such format' "$program" compare -f pdf "$store"
exits 2 'no such part' "$program" compare --what all "$store"
exits 2 'csv of two tables' "$program" compare -f csv --what targets,tasks "$store"
exits 2 'no such topic' "$program" compare --topic nothing "$store"
exits 2 'no such province' "$program" compare --province Nowhere "$store"
exits 2 'no such month' "$program" compare --as-of 2025-13 "$store"
exits 2 'no such year' "$program" compare --year 25 "$store"
exits 2 'a year of changes' "$program" compare --what changes --year 2025 "$store"
exits 2 'before without after' "$program" compare --before 1/KH "$store"
exits 2 'a separator of what has none' "$program" compare --separator tab "$store"
exits 3 'a province without a plan' "$program" compare --province Huế --year 2019 "$store"
exits 6 'no such folder' "$program" compare -o "$work/nowhere/x.txt" "$store"
finish
