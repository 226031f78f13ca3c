#!/bin/sh
# --dump tables --format html: tables drawn over their pages. What is printed there is looked at with Python's own HTML parser.
. "$(dirname "$0")/../lib.sh"

sample=samples/merged-landscape/digital.pdf # a table over pages, with merged cells
cat >"$work/look.py" <<'PY'
"""look.py PAGE.html [RECORD.json] - is the page sound and self-contained, and does it have every cell of the record's tables?"""
import html.parser, json, re, sys

class Page(html.parser.HTMLParser):
    VOID = {"meta", "input", "br"}
    def __init__(self):
        super().__init__()
        self.stack, self.faults, self.images, self.titles, self.cells, self.ids, self.links = [], [], 0, [], [], [], []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("script", "link", "iframe", "img", "object", "embed"):
            self.faults.append(f"<{tag}>")
        for name, value in attributes.items():
            if name.startswith("on"):
                self.faults.append(f"{name}=")
            if name in ("src", "href") and not value.startswith(("#", "data:image/jpeg;base64,")):
                self.faults.append(f"{name}={value}")
        if tag == "image":
            self.images += 1
        if tag == "td":
            self.cells.append([attributes["title"], int(attributes.get("rowspan", 1)), int(attributes.get("colspan", 1))])
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"][1:])
            self.cells[-1][0] = (self.links[-1], self.cells[-1][0])
        if tag not in self.VOID:
            self.stack.append(tag)
            if tag == "title":
                self.titles.append("")
    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.stack.pop()
    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}> without its start")
    def handle_data(self, data):
        if self.stack and self.stack[-1] == "title":
            self.titles[-1] += data

text = open(sys.argv[1], encoding="utf-8").read()
page = Page()
page.feed(text)
page.close()
faults = page.faults + page.stack
if "://" in text or "@import" in text or re.search(r"url\((?!#)", text):
    faults.append("an address")
if len(set(page.ids)) != len(page.ids) or not set(page.links) <= set(page.ids):
    faults.append("ids")
if len(sys.argv) > 2:
    rows = {}  # of a cell over pages the parts are given: together they have its rows
    for cell, depth, width in page.cells:
        rows[cell] = (rows.get(cell, (0, 0))[0] + depth, width)
    for table in json.load(open(sys.argv[2]))["tables"]:
        if not table["rows"]:
            faults.append("no rows")
        for number, row in enumerate(table["rows"], 1):
            for column, cell in enumerate(row, 1):
                if cell is None:
                    continue
                start = f"{cell['text']}\nrow {number}, column {column}"
                spans = f"; {cell['row_span']} x {cell['col_span']}; no. "
                told = [(link, title) for link, title in rows if title.startswith(start) and spans in title]
                if not any(rows[t] == (cell["row_span"], cell["col_span"]) and t[1] in page.titles for t in told):
                    faults.append(f"no cell {start!r}{spans}")
for fault in faults[:5]:
    print(fault)
print(page.images)
sys.exit(bool(faults))
PY
look () { "$python" "$work/look.py" "$@"; }
images () { [ "$(grep -c '<image id=' "$1")" -eq "$2" ]; }

runs 'the tables of a digital plan' "$program" extract --dump tables --format html -o "$work/digital.html" "$sample"
runs 'its record' "$program" extract -o "$work/digital.json" "$sample"
that 'it is sound, needs nothing else, and has every cell with its spans' look "$work/digital.html" "$work/digital.json"
that 'a picture a page with a table' images "$work/digital.html" \
    "$("$python" -c 'import json, sys; print(len({p for t in json.load(open(sys.argv[1]))["tables"] for p in t["pages"]}))' "$work/digital.json")"
that 'rulings are drawn' grep -Eq '<path class="rules" d="M[0-9]' "$work/digital.html"
that 'fields name the columns' sh -c 'grep -q ">[0-9] lead</text>" "$0" && grep -q ">[0-9] deadline</text>" "$0"' "$work/digital.html"
that 'a cell goes on on the next page' grep -q '<rect class="c[ hm]* rest"' "$work/digital.html"
that 'the same bytes again' sh -c '"$0" extract --jobs 1 --dump tables --format html "$1" | cmp - "$2"' "$program" "$sample" "$work/digital.html"

for form in digital scan-c; do
    runs "two-row-header/$form" "$program" extract --dump tables --format html -o "$work/header.html" "samples/two-row-header/$form.pdf"
    runs "the record of $form" "$program" extract -o "$work/header.json" "samples/two-row-header/$form.pdf"
    that "$form has every cell" look "$work/header.html" "$work/header.json"
    that "$form has pictures" grep -q '<image id=' "$work/header.html"
done

# an image, and several inputs into a folder
cat >"$work/frame.py" <<'PY'
"""A PNG of a ruled grid, 3 x 3, 100 dpi."""
import struct, sys, zlib
width, height = 826, 1169
rows = bytearray()
for y in range(height):
    row = bytearray(b"\xff" * width)
    if 300 <= y <= 602:
        for x in range(100, 703, 200):
            row[x:x + 2] = b"\0\0"
        if (y - 300) % 100 < 2:
            row[100:702] = b"\0" * 602
    rows += b"\0" + row
chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
                        + chunk(b"pHYs", struct.pack(">IIB", 3937, 3937, 1)) + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))
PY
"$python" "$work/frame.py" >"$work/frame.png"
mkdir "$work/folder"
runs 'an image beside a plan' "$program" extract --quiet --dump tables --format html -o "$work/folder" "$work/frame.png" "$sample"
that 'a page each' sh -c '[ -s "$0/frame.png.tables.html" ] && cmp "$0/digital.pdf.tables.html" "$1"' "$work/folder" "$work/digital.html"
that 'the image is there' images "$work/folder/frame.png.tables.html" 1
that 'it is sound' look "$work/folder/frame.png.tables.html"

# without an image
"$program" extract --dump words "$sample" >"$work/words.tsv"
sed 's/\tThường$/\t<script>alert(1)<\/script>/' "$work/words.tsv" >"$work/hostile.tsv"
that 'the words to replay hold markup' grep -q '<script>' "$work/hostile.tsv"
runs 'recorded words' "$program" extract --no-repair --words "$work/hostile.tsv" --dump tables --format html -o "$work/hostile.html" "$sample"
runs 'their record' "$program" extract --no-repair --words "$work/hostile.tsv" -o "$work/hostile.json" "$sample"
that 'markup in a cell is text' look "$work/hostile.html" "$work/hostile.json"
that 'it can be read' grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' "$work/hostile.html"
that 'the page is blank' images "$work/hostile.html" 0
that 'its words are drawn' grep -q 'textLength="[0-9.]*">KẾ</text>\|textLength="[0-9.]*">NHIỆM</text>\|textLength="[0-9.]*">Nội</text>' "$work/hostile.html"
printf 'Kế hoạch\n\n  TT   Nội dung          Chủ trì        Thời hạn\n' >"$work/plan.txt"
printf '  1    Rà soát thủ tục   Văn phòng      Quý I\n  2    Số hóa hồ sơ      Phòng Tư pháp  Quý II\n  3    Lưu trữ           Văn phòng      Quý III\n' >>"$work/plan.txt"
runs 'plain text' "$program" extract --dump tables --format html -o "$work/text.html" "$work/plan.txt"
that 'its table is drawn, without an image' sh -c 'grep -q "<rect class=\"c\"" "$0" && ! grep -q "<image" "$0" && grep -q "no image of this page" "$0"' "$work/text.html"
that 'it is sound, too' look "$work/text.html"
runs 'a plan without tables' "$program" extract --dump tables --format html -o "$work/none.html" samples/prose-only/digital.pdf
that 'it says so' grep -q 'No table was found' "$work/none.html"
that 'and is sound' look "$work/none.html"

# a page that cannot be read costs itself
"$python" - samples/two-row-header/scan-c.pdf "$work/broken.pdf" <<'PY'
import re, sys
pdf = open(sys.argv[1], "rb").read()
# a page becomes larger than any may be, in as many bytes, so that the table of objects stays true
box = re.search(rb"/MediaBox ?\[[^\]]*\]", pdf)
dead = b"/MediaBox[0 0 99999 99999]"
open(sys.argv[2], "wb").write(pdf[:box.start()] + dead.ljust(len(box[0])) + pdf[box.end():])
PY
runs 'a plan with a broken page' "$program" extract --quiet --dump tables --format html -o "$work/broken.html" "$work/broken.pdf"
that 'the page says so' sh -c 'grep -q "<p class=\"note\">cannot read page 1 " "$0"' "$work/broken.html"
that 'the rest is drawn' grep -q '<image id=' "$work/broken.html"

# KH_LIMIT_PICTURES
"$python" - "$work/many.pdf" <<'PY'
import sys
content = "".join(f"100 {y} 300 20 re S\n" for y in range(500, 600, 20)) + "200 500 m 200 600 l S 300 500 m 300 600 l S\n"
content += "BT /F 9 Tf 104 586 Td (TT) Tj 100 0 Td (Viec) Tj 100 0 Td (Ai lam) Tj ET"
objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 301 /Kids [" + " ".join(f"{n} 0 R" for n in range(5, 306)) + "] >>",
           f"<< /Length {len(content)} >>\nstream\n{content}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>"] * 301
pdf = "%PDF-1.4\n" + "".join(f"{n} 0 obj {body} endobj\n" for n, body in enumerate(objects, 1)) + "trailer << /Root 1 0 R >>\n"
open(sys.argv[1], "w").write(pdf)
PY
runs '301 pages with tables' "$program" extract --quiet --ocr never --dump tables --format html -o "$work/many.html" "$work/many.pdf"
that '300 pictures at most' images "$work/many.html" 300
that 'the last page is shown by its words' sh -c 'sed -n "/<section id=\"p301\">/,\$p" "$0" | grep -q "no image of this page"' "$work/many.html"
that 'it is sound' look "$work/many.html"

runs '--format html without a dump' "$program" extract --format html "$sample"
that 'it is the record' grep -q '<section id="tasks">' "$work/out"
exits 2 '--format html with another stage' "$program" extract --dump words --format html "$sample"
exits 2 'a stage as csv' "$program" extract --dump tables --format csv "$sample"
that 'it is told that it does not go' grep -q -- '--format csv does not go with --dump' "$work/err"
runs 'a stage as text' "$program" extract --dump tables --format text "$sample"
that 'it is what it is without' sh -c '"$0" extract --dump tables "$1" | cmp - "$2"' "$program" "$sample" "$work/out"

locale=${B:-build/release}/locale
if [ -f "$locale/vi/LC_MESSAGES/kehoach.mo" ]; then
    runs 'in Vietnamese' env KEHOACH_LOCALE_DIR="$locale" LANGUAGE=vi "$program" extract --dump tables --format html -o "$work/vi.html" "$sample"
    that 'it says so' sh -c 'grep -q "<html lang=\"vi\">" "$0" && grep -q "<h2>Trang " "$0" && grep -q "thứ tự đọc" "$0"' "$work/vi.html"
    that 'it is sound all the same' look "$work/vi.html"
else
    skip 'tables in Vietnamese' 'no catalogue built'
fi
finish
