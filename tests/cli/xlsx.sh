#!/bin/sh
# --format xlsx: what LibreOffice makes of the workbook is what the record says, with days as days.
. "$(dirname "$0")/../lib.sh"

sample=samples/ruled-portrait/scan-c.pdf # has doubts
mkdir "$work/office" "$work/folder"
cat >"$work/look.py" <<'PY'
"""look.py BOOK.xlsx RECORD.json FOLDER - do the sheets, as LibreOffice wrote them into FOLDER, hold the record?"""
import csv, json, re, sys, unicodedata, zipfile

book, record, folder = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8")), sys.argv[3]
stem = re.sub(r"\.xlsx$", "", book.rsplit("/", 1)[-1])
faults = []

def sheet(name):
    with open(f"{folder}/{stem}-{name}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    text = open(f"{folder}/{stem}-{name}.csv", encoding="utf-8").read()
    if unicodedata.normalize("NFC", text) != text or "\ufffd" in text:
        faults.append(f"{name}: marks")
    return [dict(zip(rows[0], row)) for row in rows[1:]]

def same(what, got, wanted):
    if got != (wanted or ""):
        faults.append(f"{what}: {got!r}, not {wanted!r}")

def day(iso):
    return "/".join(reversed(iso.split("-"))) if iso else ""

tasks, targets, facts, review = (sheet(name) for name in ("Nhiệm vụ", "Chỉ tiêu", "Thông tin", "Kiểm tra"))
for what, rows, wanted in (("tasks", tasks, record["tasks"]), ("targets", targets, record["targets"]),
                           ("review", review, record["review"] + record["warnings"])):
    if len(rows) != len(wanted) or not wanted:
        faults.append(f"{what}: {len(rows)} rows, not {len(wanted)}")
for row, task in zip(tasks, record["tasks"]):
    deadline = task["deadline"] or {"text": None, "start": None, "end": None}
    same("group", row["Nhóm nhiệm vụ"], task["group"])
    same("number", row["TT"], task["number"])
    same("text", row["Nội dung nhiệm vụ"], task["text"])
    same("lead", row["Đơn vị chủ trì"], ";\n".join(task["lead"]))
    same("coordinate", row["Đơn vị phối hợp"], ";\n".join(task["coordinate"]))
    same("deadline", row["Thời hạn (như in)"], deadline["text"])
    same("start", row["Từ ngày"], day(deadline["start"]))
    same("end", row["Đến ngày"], day(deadline["end"]))
    same("page", row["Trang"], str(record["evidence"][f"/tasks/{task['id'][1:]}".replace(task["id"][1:], str(int(task["id"][1:]) - 1)) + "/text"]["where"][0]["page"]))
for row, target in zip(targets, record["targets"]):
    same("target", row["Nội dung chỉ tiêu"], target["text"])
    same("value", row["Giá trị"], f"{target['value']:g}")
    same("by", row["Đến ngày"], day(target["by"]))
told = {(row["Phần"], row["Mục"]): row["Nội dung"] for row in facts}
same("issuer", told["Văn bản", "Cơ quan ban hành"], record["header"]["issuer"])
same("number", told["Văn bản", "Số, ký hiệu"], record["header"]["number"])
same("date", told["Văn bản", "Ngày ban hành"], day(record["header"]["date"]))
same("position", told["Chữ ký", "Chức vụ"], record["signature"]["position"])
same("base", told["Căn cứ", "1"], record["bases"][0]["text"])
same("recipients", str(sum(row["Phần"] == "Nơi nhận" for row in facts)), str(len(record["recipients"])))
for row, entry in zip(review, record["review"]):
    same("pointer", row["Vị trí trong bản ghi"], entry["pointer"])
    same("reason", row["Lý do"], entry["message"])

# days are numbers with the format of a day, text is text and no formula; a doubtful cell has its note
with zipfile.ZipFile(book) as parts:
    xml = parts.read("xl/worksheets/sheet1.xml").decode()
    styles = parts.read("xl/styles.xml").decode()
    notes = parts.read("xl/comments1.xml").decode()
    links = parts.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
day_format = re.search(r'<numFmt numFmtId="(\d+)" formatCode="dd/mm/yyyy"/>', styles)[1]
forms = re.findall(r"<xf [^>]*>", styles.split("<cellXfs")[1].split("</cellXfs>")[0])
days = [cell for cell in re.findall(r'<c r="[IJ]\d+" s="(\d+)"><v>\d+</v></c>', xml) if f'numFmtId="{day_format}"' in forms[int(cell)]]
wanted = sum(bool(t["deadline"] and t["deadline"][key]) for t in record["tasks"] for key in ("start", "end"))
same("days", str(len(days)), str(wanted))
if "<f>" in xml:
    faults.append("a formula")
if "Độ tin cậy" not in notes:
    faults.append("no notes")
if f'Target="{record["source"]["file"]}"' not in links or 'location="page=2"' not in xml:
    faults.append("no link to the page")
print("\n".join(faults[:8]))
sys.exit(bool(faults))
PY
office () { # as shown, every sheet: BOOK-Sheet.csv
    libreoffice -env:UserInstallation="file://$work/profile" --headless \
        --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1' --outdir "$work/office" "$1" >"$work/out" 2>"$work/err"
}

runs 'a scan as a workbook' "$program" extract --format xlsx -o "$work/plan.xlsx" "$sample"
runs 'its record' "$program" extract -o "$work/plan.json" "$sample"
if command -v libreoffice >/dev/null; then
    runs 'LibreOffice opens it' office "$work/plan.xlsx"
    that 'it has every row, marks intact, days as days' "$python" "$work/look.py" "$work/plan.xlsx" "$work/plan.json" "$work/office"
else
    skip 'LibreOffice opens it' 'no LibreOffice'
fi
that 'the same bytes again' sh -c 'TZ=Asia/Ho_Chi_Minh "$0" extract --jobs 1 --format xlsx -o - "$1" | cmp - "$2"' "$program" "$sample" "$work/plan.xlsx"
runs 'two plans into a folder' "$program" extract --format xlsx -o "$work/folder" "$sample" samples/unruled-commune/digital.pdf
that 'a workbook each' sh -c 'cmp "$0/scan-c.pdf.xlsx" "$1" && [ -s "$0/digital.pdf.xlsx" ]' "$work/folder" "$work/plan.xlsx"
exits 2 'two plans on standard output' "$program" extract --format xlsx "$sample" samples/unruled-commune/digital.pdf
that 'it is told what it wants' grep -q -- '--format xlsx with several inputs wants --output FOLDER' "$work/err"
exits 2 'a workbook for a terminal' "$python" -c 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))' \
    "$program" extract --format xlsx "$sample"
that 'it is told to name a file' grep -q 'not for a terminal' "$work/out"

# a full disk: at the end, and where only a temporary file of the library's own does not fit, which it does not see
"$python" - >"$work/long.txt" <<'PY'
print("KẾ HOẠCH\nCông tác năm\n\nI. NHIỆM VỤ\n" + "\n".join(f"{n}. Văn phòng Sở rà soát hồ sơ, báo cáo trước ngày 30/6/2024." for n in range(1, 400)))
PY
squeezed () { # KILOBYTES OUTPUT
    sh -c 'ulimit -f $((2 * $0)); trap "" XFSZ; "$1" extract --format xlsx --words "$2" -o - "$2" 2>"$4.err" | cat >"$3"; grep "^kehoach: " "$4.err"' "$1" "$program" \
        "$work/long.tsv" "$2" "$work/squeezed"
}
"$program" extract --dump words -o "$work/long.tsv" "$work/long.txt"
runs 'a long plan' "$program" extract --format xlsx --words "$work/long.tsv" -o "$work/long.xlsx" "$work/long.tsv"
size=$(($(wc -c <"$work/long.xlsx") / 1024))
for room in $((size / 2)) $((size + 2)); do
    runs "no room: $room of $size KiB and more" squeezed "$room" "$work/squeezed.xlsx"
    that 'it says so and writes nothing' sh -c 'grep -q "workbook cannot be put together" "$0" && [ ! -s "$1" ]' "$work/out" "$work/squeezed.xlsx"
done
finish
