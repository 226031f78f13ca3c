#!/bin/sh
# Every form of output, every way in and out, and the same bytes each time.
. "$(dirname "$0")/../lib.sh"

sample=samples/ruled-portrait/digital.pdf
other=samples/unruled-commune/digital.pdf
tasks=$("$python" -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["tasks"]))' samples/ruled-portrait/gold.json)
json () { "$python" -c "import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not ($2))" "$1"; }
same () { cmp "$1" "$2"; }

runs 'json to standard output' "$program" extract "$sample"
cp "$work/out" "$work/one.json"
that 'nothing on standard error' [ ! -s "$work/err" ]
that 'it is JSON' json "$work/one.json" 'r["schema"] == "kehoach.plan/1"'
that 'it names the file, not the path' json "$work/one.json" 'r["source"]["file"] == "digital.pdf"'
runs 'it validates' "$program" validate "$work/one.json"
that 'every task of the plan is there' json "$work/one.json" "len(r['tasks']) == $tasks"
that 'evidence points into the pages' json "$work/one.json" \
    'r["evidence"] and all(1 <= w["page"] <= 3 and len(w["bbox"]) == 4 for e in r["evidence"].values() for w in e["where"])'

runs 'ndjson' "$program" extract --format ndjson "$sample" "$other"
that 'ndjson is a line a plan' [ "$(wc -l <"$work/out")" -eq 2 ]
head -n 1 "$work/out" >"$work/line.json"
that 'the line is the same record' "$python" -c 'import json, sys; a, b = (json.load(open(f)) for f in sys.argv[1:]); sys.exit(a != b)' \
    "$work/line.json" "$work/one.json"

runs 'csv' "$program" extract --format csv "$sample"
that 'csv has a row a task below its header' "$python" -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
sys.exit(len(rows) != int(sys.argv[2]) + 1 or len({len(r) for r in rows}) != 1)' "$work/out" "$tasks"

that 'it says that it is UTF-8' sh -c 'head -c 3 "$0" | od -An -tx1 | grep -q "ef bb bf"' "$work/out"
for sign in ';' semicolon tab comma; do
    runs "csv with $sign" "$program" extract --format csv --separator "$sign" "$sample"
    that 'every field is in its column' "$python" -c 'import csv, sys
sign = {"semicolon": ";", "tab": "\t", "comma": ","}.get(sys.argv[3], sys.argv[3])
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""), delimiter=sign))
sys.exit(len(rows) != int(sys.argv[2]) + 1 or {len(r) for r in rows} != {17})' "$work/out" "$tasks" "$sign"
done
runs 'plain csv' "$program" extract --format csv --plain "$sample"
that 'it begins with its header' sh -c 'head -c 3 "$0" | grep -q "^M"' "$work/out"
exits 2 'a separator that is none' "$program" extract --format csv --separator x "$sample"
that 'it is told which there are' grep -q -- "--separator: 'x' is not one of comma, semicolon, tab" "$work/err"
exits 2 'a separator of JSON' "$program" extract --separator ';' "$sample"
that 'it is told where it goes' grep -q -- '--separator goes with --format csv' "$work/err"

runs 'text' "$program" extract --format text "$sample"
that 'text holds title and signer' sh -c 'grep -q "KẾ HOẠCH" "$0" && grep -q "Bùi Thị Hồng Thắm" "$0"' "$work/out"
runs 'table' "$program" extract --format table "$sample"
that 'table holds number and a deadline' sh -c 'grep -q "214/KH-SNV" "$0" && grep -q "10/12/2022" "$0"' "$work/out"
that 'no colour outside a terminal' sh -c '! grep -q "$(printf "\033")" "$0"' "$work/out"
runs 'colour when asked for' "$program" extract --color always --format table "$sample"

for stage in words lines tables text; do
    runs "--dump $stage" "$program" extract --dump "$stage" "$sample"
    that "--dump $stage shows something" [ -s "$work/out" ]
done

runs 'standard input' sh -c '"$0" extract - <"$1"' "$program" "$sample"
that 'it is the same plan' "$python" -c 'import json, sys
a, b = (json.load(open(f)) for f in sys.argv[1:])
sys.exit(b["source"]["file"] != "stdin" or any(a[k] != b[k] for k in a if k != "source"))' "$work/one.json" "$work/out"
runs 'a plan as text' sh -c '"$0" extract --format text "$1" >"$2/plan.txt" && "$0" extract "$2/plan.txt" >"$2/text.json"' "$program" "$sample" "$work"
that 'its origin says so' json "$work/text.json" 'r["source"]["pages"][0]["origin"] == "text"'

that 'two runs give the same bytes' sh -c '"$0" extract "$1" | cmp - "$2"' "$program" "$sample" "$work/one.json"
that 'one worker gives the same bytes' sh -c '"$0" extract --jobs 1 "$1" | cmp - "$2"' "$program" "$sample" "$work/one.json"
that 'three workers give the same bytes' sh -c '"$0" extract --jobs 3 "$1" | cmp - "$2"' "$program" "$sample" "$work/one.json"
that 'the locale does not matter' sh -c 'LC_ALL=C LANGUAGE=vi "$0" extract "$1" | cmp - "$2"' "$program" "$sample" "$work/one.json"
that 'the time does not matter' sh -c 'TZ=Asia/Ho_Chi_Minh "$0" extract "$1" | cmp - "$2"' "$program" "$sample" "$work/one.json"

runs 'some pages' "$program" extract --pages 2 "$sample"
that 'only these are read' json "$work/out" '[p["number"] for p in r["source"]["pages"]] == [2] and r["source"]["page_count"] == 3'
exits 2 'pages that are no numbers' "$program" extract --pages two "$sample"

runs 'words can be replayed' sh -c '"$0" extract --dump words "$1" >"$2/words.tsv" && "$0" extract --words "$2/words.tsv" "$1" >"$2/replayed.json"' \
    "$program" "$sample" "$work"
that 'the replay gives the same plan' "$python" -c 'import json, sys
a, b = (json.load(open(f)) for f in sys.argv[1:])
sys.exit(any(a[k] != b[k] for k in ("header", "bases", "sections", "tasks", "targets", "tables", "signature")))' "$work/one.json" "$work/replayed.json"

runs 'to a file' "$program" extract -o "$work/file.json" "$sample"
that 'the same bytes again' same "$work/file.json" "$work/one.json"
mkdir "$work/folder" "$work/closed"
runs 'two plans into a folder' "$program" extract -o "$work/folder" "$sample" samples/group-rows/damaged.pdf
that 'a file each' [ "$(find "$work/folder" -name '*.json' | wc -l)" -eq 2 ]
exits 6 'several plans into what is no folder' "$program" extract -o "$work/nowhere" "$sample" "$other"
exits 6 'a folder that is not there' "$program" extract -o "$work/no/such/file.json" "$sample"
exits 6 'a full disk' sh -c '"$0" extract "$1" >/dev/full' "$program" "$sample"
exits 6 'a full disk behind --output' "$program" extract -o /dev/full "$sample"

exits 3 'a file that is not there' "$program" extract "$work/none.pdf"
that 'it is named' grep -q none.pdf "$work/err"
exits 1 'one of two inputs fails' "$program" extract -o "$work/folder" "$work/none.pdf" "$sample"
runs '--strict, and all is clear' "$program" extract --strict "$other"
printf 'UBND TỈNH HÒA BÌNH\nSỞ NỘI VỤ\n\nSố: 2l4/KH-SNV\n\nKẾ HOẠCH\nTổ chức thi tuyển\n' >"$work/doubt.txt"
exits 1 '--strict, and the number is in doubt' "$program" extract --strict "$work/doubt.txt"
that 'it is not guessed, and stands in the review' json "$work/out" \
    'r["header"]["number"] is None and "/header/number" in [x["pointer"] for x in r["review"]]'
runs 'without --strict a doubt is no failure' "$program" extract "$work/doubt.txt"
exits 3 'validate: a file that is not there' "$program" validate "$work/none.json"
sed 's/"tasks"/"task"/' "$work/one.json" >"$work/wrong.json"
exits 1 'validate: a record that is wrong' "$program" validate "$work/wrong.json"
# A layer with the Icelandic letter that looks like Đ: mended, and left as it was read with --no-repair.
cat >"$work/eth.pdf" <<'PDF'
%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> endobj
4 0 obj << /Length 45 >> stream
BT /F 14 Tf 90 700 Td (\320ANG LO VIEC) Tj ET
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> endobj
trailer << /Root 1 0 R >>
PDF
runs 'a text layer mended' "$program" extract --quiet --format text "$work/eth.pdf"
that 'the letter is Đ' grep -q 'ĐANG LO' "$work/out"
runs 'a text layer as it was read' "$program" extract --quiet --no-repair --format text "$work/eth.pdf"
that 'the letter is Ð' grep -q 'ÐANG LO' "$work/out"

finish
