#!/bin/sh
# kehoach survey: what is in an archive of known kinds; the forms of output; what goes wrong. One file of each kind by hand, then an archive
# of samples/archive.py, whose manifest tells what each file is.
. "$(dirname "$0")/../lib.sh"

csv () { # EXPRESSION over `rows`, dicts by file name below the archive, of $work/out
    "$python" -c 'import csv, os, sys
rows = {os.path.relpath(row["path"], sys.argv[2]): row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline=""))}
sys.exit(0 if eval(sys.argv[3]) else 1)' "$work/out" "$work/archive" "$1"
}
json () { "$python" -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(0 if eval(sys.argv[2]) else 1)' "$work/out" "$1"; }
has () { grep -Eq -- "$1" "$work/${2:-out}"; }
is_class () { that "$1 is $2" csv "rows['$1']['class'] == '$2'"; }

a=$work/archive
mkdir -p "$a/Hà Giang/2023" "$a/cu"
cp samples/prose-only/digital.pdf "$a/Hà Giang/2023/Kế hoạch, số 1.pdf"
cp samples/prose-only/digital.pdf "$a/cu/copy.PDF"
cp samples/prose-only/damaged.pdf samples/prose-only/scan-b.pdf samples/prose-only/scan-c.pdf "$a"
echo 'Ủy ban nhân dân tỉnh ban hành Kế hoạch' >"$a/text.txt"
printf 'Thùc hiÖn kÕ ho¹ch c¶i c¸ch hµnh chÝnh cña tØnh n¨m 2009\n' | iconv -f UTF-8 -t CP1252 >"$a/tcvn3.txt"
qpdf --encrypt x y 256 -- samples/prose-only/digital.pdf "$a/locked.pdf"
head -c 3000 samples/prose-only/digital.pdf >"$a/cut.pdf"
printf 'PK\003\004\000\001\377\376' >"$a/word.pdf"
: >"$a/empty.pdf"
echo 'a,b' >"$a/table.csv"

runs 'csv' "$program" survey --no-estimate -f csv "$a"
that 'a line a file' csv 'len(rows) == 12'
is_class 'Hà Giang/2023/Kế hoạch, số 1.pdf' sound
is_class cu/copy.PDF sound
is_class damaged.pdf lost-letters
is_class scan-b.pdf scan
is_class scan-c.pdf scan
is_class text.txt text
is_class tcvn3.txt text
is_class locked.pdf encrypted
is_class cut.pdf broken
is_class word.pdf unknown
is_class empty.pdf empty
is_class table.csv other
that 'the copy is named' csv "rows['cu/copy.PDF']['copy_of'].endswith('/Hà Giang/2023/Kế hoạch, số 1.pdf')"
that 'nothing else is one' csv "sum(row['copy_of'] != '' for row in rows.values()) == 1"
that 'pages are counted' csv "rows['scan-c.pdf']['pages'] == '3' and rows['damaged.pdf']['lost-letters'] == '3'"
that 'a page upside down is seen' csv "[name for name, row in rows.items() if row['turned'] != '0'] == ['scan-c.pdf']"
that 'the encoding is told' csv "rows['tcvn3.txt']['encoding'] == 'TCVN3' and rows['text.txt']['encoding'] == ''"
that 'what cannot be read says why' csv "rows['locked.pdf']['cause'] == 'encrypted' and all((row['cause'] != '') == (row['pages'] == '0') for row in rows.values())"
cp "$work/out" "$work/one"
runs 'again, one worker' "$program" survey --no-estimate -j 1 -f csv "$a"
that 'the same bytes' cmp "$work/one" "$work/out"

runs 'json with an estimate' "$program" survey --format json "$a"
that 'sums' json 'r["schema"] == "kehoach.survey/1" and r["all"]["files"] == 12 and r["readable"]["files"] == 7 and r["readable"]["copies"] == 1'
that 'classes' json 'r["classes"]["scan"]["files"] == 2 and r["classes"]["sound"]["copies"] == 1 and r["encodings"] == {"TCVN3": 1}'
that 'bytes' json 'r["all"]["bytes"] == sum(f["bytes"] for f in r["files"]) and len(r["files"]) == 12'
that 'a copy is not counted as work' json 'r["estimate"]["kinds"]["sound"]["pages"] == 3'
that 'every kind was measured' json 'all(k["measured_on"] > 0 and k["seconds_a_page"] > 0 for k in r["estimate"]["kinds"].values())'
that 'the time is made of them' json 'r["estimate"]["seconds"] > max(k["seconds_a_page"] for k in r["estimate"]["kinds"].values()) / r["estimate"]["processors"]'
runs 'text, to a file' "$program" survey -o "$work/report.txt" "$a"
cp "$work/report.txt" "$work/out"
that 'it names classes, the sum and the time' sh -c 'grep -q "^wants a password  *1$" "$0" && grep -q "^in all  *12  *1 " "$0" && grep -q "A whole run takes about" "$0"' "$work/out"
that 'nothing is said beside it' [ ! -s "$work/err" ]

runs 'one file' "$program" survey --no-estimate -f csv "$a/damaged.pdf"
that 'it alone is there' csv 'list(rows) == ["damaged.pdf"]'
printf '%s\n' "$a/damaged.pdf" "$a/missing.pdf" >"$work/list"
runs 'a list' "$program" survey --no-estimate -f csv "$work/list"
that 'what is not there says so' csv 'rows["missing.pdf"]["class"] == "closed" and "No such file" in rows["missing.pdf"]["cause"]'
mkdir "$work/nothing"
runs 'an empty folder' "$program" survey "$work/nothing"
that 'no files' has '^in all +0$'
exits 3 'no such folder' "$program" survey "$work/missing"
that 'it is named' has missing err
exits 2 'no folder' "$program" survey
exits 2 'unknown format' "$program" survey -f xlsx "$a"
exits 2 'jobs below zero' "$program" survey --jobs=-1 "$a"
exits 6 'output cannot be written' "$program" survey --no-estimate -o "$work/no/such" "$a"
KEHOACH_DATA=$work exits 5 'model missing' "$program" survey "$a"

# an archive of each kind, as archive.py says it is
if ! "$python" -c 'import cv2, numpy, pikepdf, reportlab' 2>/dev/null; then
    skip 'an archive of samples/archive.py' 'tools/setup.sh samples'
    finish
fi
runs 'archive.py' samples/archive.py --out "$work/made" --files 30 --seed 5
runs 'its survey' "$program" survey --no-estimate -f csv "$work/made"
that 'every file is what it was made to be' "$python" tests/eval/survey.py --archive "$work/made" --found "$work/out"
samples/archive.py --out "$work/twice-a" --files 6 --kinds digital,text-vni >/dev/null
samples/archive.py --out "$work/twice-b" --files 6 --kinds digital,text-vni --jobs 1 >/dev/null
that 'the same seed makes the same archive' sh -c 'diff -r "$0/twice-a" "$0/twice-b" && cmp "$0/twice-a.tsv" "$0/twice-b.tsv"' "$work"
finish
