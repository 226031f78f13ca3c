#!/bin/sh
# kehoach repair: streams in and out, encodings, kinds of damage, the report, long texts.
. "$(dirname "$0")/../lib.sh"

json () { "$python" -c "import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not ($2))" "$1"; }
same () { cmp "$1" "$2"; }

cat >"$work/sound.txt" <<'TEXT'
Sở Nội vụ xây dựng Kế hoạch kiểm tra công tác văn thư, lưu trữ năm 2024 tại các phòng chuyên môn, trung tâm trực thuộc;
thường xuyên đôn đốc, hướng dẫn các đơn vị lập hồ sơ công việc và nộp lưu hồ sơ, tài liệu vào lưu trữ cơ quan theo quy định.
Văn phòng chủ trì, phối hợp với các phòng tham mưu Giám đốc ban hành văn bản số 15/SNV-VP trước ngày 30/4/2024.
TEXT
sed 's/[ưở]/ /g; s/[px]/ /g' "$work/sound.txt" >"$work/lost.txt"
printf 'Thuc hien Ke hoach cai cach hanh chinh nha nuoc nam 2024 cua Uy ban nhan dan tinh, So Noi vu bao cao ket qua nhu sau:\n' >"$work/bare.txt"

runs 'sound text, standard input to output' "$program" repair "$work/sound.txt"
that 'it is left alone' same "$work/out" "$work/sound.txt"
runs 'lost letters, told from the text' "$program" repair --report "$work/report.json" "$work/lost.txt"
that 'they are back' same "$work/out" "$work/sound.txt"
that 'the report is JSON and says which' json "$work/report.json" \
    '{c["kind"] for c in r["changes"]} == {"lost_letter"} and r["files"][0]["damage"].startswith("lost-letters")'
that 'it validates against its schema' "$python" -c 'import json, jsonschema, sys
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open("schemas/repair.schema.json")))' "$work/report.json"
that 'each change has its place and confidence' json "$work/report.json" \
    'all(c["line"] in (1, 2, 3) and c["column"] > 0 and 0 <= c["confidence"] <= 1 and c["file"] == "lost.txt" for c in r["changes"])'
runs 'bare text' "$program" repair "$work/bare.txt"
that 'marks are back' grep -q 'Thực hiện Kế hoạch cải cách hành chính nhà nước năm 2024 của Ủy ban nhân dân tỉnh, Sở Nội vụ báo cáo kết quả như sau:' "$work/out"
runs 'bare text, told to leave it' "$program" repair --damage none "$work/bare.txt"
that 'it is left' same "$work/out" "$work/bare.txt"
runs 'OCR text' sh -c 'printf "Sở Y tê và các đơn vi liên quan 12/KH-SYT\n" | "$0" repair --damage ocr -' "$program"
that 'marks are mended, numbers are not' grep -q 'Sở Y tế và các đơn vị liên quan 12/KH-SYT' "$work/out"
runs 'TCVN3 bytes' sh -c 'printf "Thùc hiÖn kÕ ho¹ch c¶i c¸ch hµnh chÝnh cña tØnh\n" | iconv -f UTF-8 -t CP1252 | "$0" repair --from tcvn3' "$program"
that 'they are Unicode' grep -q 'Thực hiện kế hoạch cải cách hành chính của tỉnh' "$work/out"
printf 'Kỷ luật lao động, kỷ cương hành chính\n' | iconv -f CP1252 -t UTF-8 >"$work/misread.txt"
runs 'misread UTF-8' "$program" repair "$work/misread.txt"
that 'it is read anew' grep -q 'Kỷ luật lao động, kỷ cương hành chính' "$work/out"
runs 'nothing' sh -c '"$0" repair </dev/null' "$program"
that 'nothing comes out' [ ! -s "$work/out" ]

# a text longer than any buffer, in memory that does not grow with it
"$python" -c 'import sys
text = open(sys.argv[1], encoding="utf-8").read()
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for _ in range(20000): out.write(text)' "$work/lost.txt" "$work/long.txt"
limit=$([ "${B#*sanitize}" = "${B:-}" ] && echo 400000 || echo unlimited) # ASan reserves terabytes
runs 'a text of 9 MB in 400 MB of address space' sh -c 'ulimit -v "$0" && "$1" repair "$2"' "$limit" "$program" "$work/long.txt"
that 'all of it is mended alike' [ "$(sort -u "$work/out" | wc -l)" -eq 3 ]
"$python" -c 'import sys; sys.stdout.write("xây dựng kế hoạch " * 200000)' >"$work/line.txt"
runs 'a line of 4 MB' "$program" repair --damage ocr "$work/line.txt"
that 'it comes out whole' same "$work/out" "$work/line.txt"

exits 2 'unknown damage' "$program" repair --damage water "$work/bare.txt"
that 'choices are named' grep -q 'lost-letters' "$work/err"
exits 2 'unknown encoding' "$program" repair --from utf-7 "$work/bare.txt"
exits 3 'missing file' "$program" repair "$work/missing.txt"
that 'it is named' grep -q 'missing.txt' "$work/err"
exits 1 'one of two is missing' "$program" repair "$work/bare.txt" "$work/missing.txt"
exits 6 'report cannot be written' "$program" repair --report "$work/no/such.json" "$work/bare.txt"
KEHOACH_DATA="$work" exits 5 'model missing' "$program" repair "$work/bare.txt"
[ -e /dev/full ] && exits 6 'disk full' sh -c '"$0" repair "$1" >/dev/full' "$program" "$work/sound.txt"
finish
