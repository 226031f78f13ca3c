#!/bin/sh
# --format html: the record as one page. What is printed there is looked at with Python's own HTML parser.
. "$(dirname "$0")/../lib.sh"

sample=samples/ruled-portrait/scan-c.pdf # has doubts
cat >"$work/look.py" <<'PY'
"""look.py PAGE.html RECORD.json - is the page sound and self-contained, does it hold the record, and lead to where it stands?"""
import html.parser, json, re, sys

class Page(html.parser.HTMLParser):
    VOID = {"meta", "br"}
    def __init__(self):
        super().__init__()
        self.stack, self.faults, self.ids, self.links, self.uses, self.images, self.values, self.crops = [], [], [], [], [], 0, [], 0
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("script", "link", "iframe", "img", "object", "embed", "form"):
            self.faults.append(f"<{tag}>")
        for name, value in attributes.items():
            if name.startswith("on"):
                self.faults.append(f"{name}=")
            if name in ("src", "href") and not value.startswith(("#", "data:image/jpeg;base64,")):
                self.faults.append(f"{name}={value}")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.images += tag == "image"
        if tag == "use":
            self.uses.append(attributes["href"][1:])
        if tag == "a":
            self.links.append(attributes["href"][1:])
        classes = (attributes.get("class") or "").split()
        self.crops += "crop" in classes
        if tag not in self.VOID:
            self.stack.append((tag, "crop" in classes))
            if "v" in classes:
                self.values.append("")
                self.stack[-1] = (tag, "v")
    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.stack.pop()
    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop()[0] != tag:
            self.faults.append(f"</{tag}> without its start")
    def handle_data(self, data):
        if self.stack and self.stack[-1][1] == "v":
            self.values[-1] += data

text, record = open(sys.argv[1], encoding="utf-8").read(), json.load(open(sys.argv[2], encoding="utf-8"))
page = Page()
page.feed(text)
page.close()
faults = page.faults + page.stack
if "://" in text or "@import" in text or re.search(r"url\((?!#)", text):
    faults.append("an address")
if len(set(page.ids)) != len(page.ids) or not set(page.links + page.uses) <= set(page.ids):
    faults.append(f"ids: {sorted(set(page.links + page.uses) - set(page.ids))[:5]}")
shown = set(page.values)
def wanted(value):
    if value and value not in shown:
        faults.append(f"not shown: {value!r}")
header = record["header"]
for key in ("issuer", "parent", "number", "place", "type", "title"):
    wanted(header[key])
for base in record["bases"]:
    wanted(base["text"])
for section in record["sections"]:
    wanted(section["title"])
    for paragraph in section["paragraphs"]:
        wanted(paragraph.get("text"))
for task in record["tasks"]:
    for value in [task["group"], task["number"], task["text"], task["budget"], task["notes"], *task["lead"], *task["coordinate"], *task["product"],
                  *task["other"].values(), task["deadline"] and task["deadline"]["text"]]:
        wanted(value)
for target in record["targets"]:
    for value in target["text"], target["subject"], target["unit"]:
        wanted(value)
for one in record["responsibilities"]:
    wanted(one["unit"]), wanted(one["text"])
for value in [*record["recipients"], *record["signature"].values()]:
    wanted(value)
for table in record["tables"]:
    for row in table["rows"] if table["role"] != "tasks" else []:
        for cell in row:
            wanted(cell and cell["text"])
if page.crops < len(page.values) // 2 or not page.values:
    faults.append("no crops")
if text.count("<li>", text.find('class="doubts"'), text.find("</ol>", text.find('class="doubts"'))) != len(record["review"]) and record["review"]:
    faults.append("review")
for fault in faults[:6]:
    print(fault)
sys.exit(bool(faults))
PY
look () { "$python" "$work/look.py" "$@"; }
images () { [ "$(grep -c '<image id=' "$1")" -eq "$2" ]; }

for plan in ruled-portrait/scan-c merged-landscape/digital year-targets/digital; do
    name=$(echo "$plan" | tr / -)
    runs "$plan as a page" "$program" extract --format html -o "$work/$name.html" "samples/$plan.pdf"
    runs "its record" "$program" extract -o "$work/$name.json" "samples/$plan.pdf"
    that "it is sound, needs nothing else and shows the record" look "$work/$name.html" "$work/$name.json"
    that "each page's picture stands there once" images "$work/$name.html" \
        "$("$python" -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["source"]["pages"]))' "$work/$name.json")"
done
that 'doubtful values say why' grep -q 'class="v q" id="r2" href="#v[0-9]*">.*<b>Chữ đọc không chắc' "$work/ruled-portrait-scan-c.html"
that 'it prints on A4' grep -q '@page{size:A4' "$work/ruled-portrait-scan-c.html"
that 'the same bytes again' sh -c '"$0" extract --jobs 1 --format html "$1" | cmp - "$2"' "$program" "$sample" "$work/ruled-portrait-scan-c.html"

# without images: recorded words, with markup among them; and plain text
"$program" extract --dump words samples/merged-landscape/digital.pdf >"$work/words.tsv"
sed 's/\tThường$/\t<script>alert(1)<\/script>/' "$work/words.tsv" >"$work/hostile.tsv"
runs 'recorded words' "$program" extract --no-repair --words "$work/hostile.tsv" --format html -o "$work/hostile.html" "$sample"
runs 'their record' "$program" extract --no-repair --words "$work/hostile.tsv" -o "$work/hostile.json" "$sample"
that 'markup is text' look "$work/hostile.html" "$work/hostile.json"
that 'it can be read' grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' "$work/hostile.html"
that 'pages are drawn by their words' sh -c 'grep -q "textLength=\"[0-9.]*\">KẾ</text>" "$0" && ! grep -q "<image" "$0"' "$work/hostile.html"
printf 'Kế hoạch\n\n  TT   Nội dung          Chủ trì        Thời hạn\n' >"$work/plan.txt"
printf '  1    Rà soát thủ tục   Văn phòng      Quý I\n  2    Số hóa hồ sơ      Phòng Tư pháp  Quý II\n' >>"$work/plan.txt"
runs 'plain text' "$program" extract --format html -o "$work/text.html" "$work/plan.txt"
runs 'its record' "$program" extract -o "$work/text.json" "$work/plan.txt"
that 'it is sound, too' look "$work/text.html" "$work/text.json"

exits 2 'two pages on standard output' "$program" extract --format html "$sample" "$sample"
that 'they want a folder' grep -q -- '--format html with several inputs wants --output FOLDER' "$work/err"
locale=${B:-build/release}/locale
if [ -f "$locale/vi/LC_MESSAGES/kehoach.mo" ]; then
    runs 'in Vietnamese' env KEHOACH_LOCALE_DIR="$locale" LANGUAGE=vi "$program" extract --format html -o "$work/vi.html" "$sample"
    that 'it says so' sh -c 'grep -q "<html lang=\"vi\">" "$0" && grep -q "<h2>Nhiệm vụ</h2>" "$0" && grep -q "<h3>Trang 1</h3>" "$0"' "$work/vi.html"
    that 'it is sound all the same' look "$work/vi.html" "$work/ruled-portrait-scan-c.json"
else
    skip 'the page in Vietnamese' 'no catalogue built'
fi
finish
