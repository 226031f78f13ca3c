#!/bin/sh
# A folder goes into a store: what is read, what is not and why, what a second run does, and how the work is divided.
. "$(dirname "$0")/../lib.sh"

archive=$work/archive
"$python" tests/batch/small_archive.py "$archive" >/dev/null || exit 2
store=$work/plans.db
batch () { "$program" batch --store "sqlite:$store" "$@"; }
ask () { sqlite3 "$store" "$1"; }
is () { # WANTED SQL
    [ "$(ask "$2")" = "$1" ] || { echo "$2: $(ask "$2"), should be $1"; return 1; }
}
said () { grep -Eq -- "$1" "$work/err" || { cat "$work/err"; return 1; }; }
# report WANTED CONDITION: so many lines of the report, each a dict r, meet it
report () {
    "$python" -c 'import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
found = [r["path"] for r in rows if eval(sys.argv[3])]
print(found)
sys.exit(len(found) != int(sys.argv[2]))' "$work/report.csv" "$@"
}
left_behind () { # processes of this program that have the store's name on their command line
    ! pgrep -f "kehoach batch.*$store"
}

# ---------------------------------------------------------------- a first run

exits 1 'a folder: some files cannot be read' batch --report "$work/report.csv" "$archive"
that 'the summary counts them' said '^23 files: 18 documents, 1 duplicates, 2 unreadable, 2 of other kinds'
that 'and what became of the documents' said '^documents: 15 read, 3 failed, 0 waiting'
that 'no bar outside a terminal' sh -c '! grep -q "█" "$0"' "$work/err"
that 'nothing on standard output' [ ! -s "$work/out" ]
that 'every document is in the store' is 15 "SELECT count(*) FROM documents WHERE state = 'done'"
that 'nobody holds a claim' is 0 "SELECT count(*) FROM documents WHERE owner IS NOT NULL OR lease_until IS NOT NULL"
that 'no process is left' left_behind

that 'the report has every file' report 23 True
that 'the report: documents' report 16 'r["state"] == "done" and r["pages"] and r["sha256"]'
that 'the report: broken' report 1 'r["path"].endswith("broken.pdf") and r["state"] == "failed" and "broken PDF" in r["cause"]'
that 'the report: encrypted' report 1 'r["path"].endswith("locked.pdf") and r["state"] == "failed" and "encrypted" in r["cause"]'
that 'the report: not what its name says' report 1 'r["path"].endswith("no pdf.pdf") and r["state"] == "failed" and r["cause"]'
that 'the report: empty' report 1 'r["path"].endswith("empty.pdf") and r["state"] == "unreadable" and r["cause"] == "empty file"'
that 'the report: a link to nowhere' report 1 'r["path"].endswith("gone.pdf") and r["state"] == "unreadable" and "No such file" in r["cause"]'
that 'the report: another kind' report 1 'r["path"].endswith("notes.docx") and r["state"] == "other"'
that 'the report: hidden' report 1 'r["path"].endswith(".hidden.pdf") and r["state"] == "other"'
that 'the report: a copy names the first' report 1 'r["duplicate_of"].endswith("copy of another, with a comma.pdf") and r["tasks"]'
that 'the report: what the record says' report 2 'r["number"] == "214/KH-SNV" and r["province"] == "Hòa Bình" and r["date"] == "2022-02-18"'
that 'the report is read without byte order mark by nobody' sh -c 'head -c 3 "$0" | od -An -tx1 | grep -q "ef bb bf"' "$work/report.csv"

that 'the record is that of extract' sh -c '
    sum=$(sha256sum "$2" | cut -d " " -f 1)
    sqlite3 "$1" "SELECT record FROM records WHERE sha256 = '"'"'$sum'"'"'" >"$3/stored.json"
    "$0" extract --format ndjson "$2" | cmp - "$3/stored.json"' "$program" "$store" "$archive/năm 2020/ruled-portrait.pdf" "$work"

store=$work/vi.db
exits 1 'messages in Vietnamese' env LANGUAGE=vi KEHOACH_LOCALE_DIR="${B:-build/release}/locale" "$program" batch --ocr never --store "sqlite:$store" "$archive"
that 'the summary is Vietnamese' said '^văn bản: 15 đã đọc, 3 hỏng'
that 'causes are not: data does not depend on the locale' is 1 "SELECT count(*) FROM documents WHERE cause LIKE '%: broken PDF'"
store=$work/plans.db

# ---------------------------------------------------------------- again

exits 1 'again' batch "$archive"
that 'nothing is read twice' said '^this run: 0 documents'
mv "$archive/năm 2020/ruled-portrait.pdf" "$archive/Renamed.PDF"
touch "$archive/năm 2021/two-row-header.pdf"
exits 1 'a renamed file, a touched one' batch --report "$work/report.csv" "$archive"
that 'they are not read' said '^this run: 0 documents'
that 'the report knows the new name' report 1 'r["path"].endswith("/Renamed.PDF") and r["state"] == "done"'
printf '\n%% changed\n' >>"$archive/Renamed.PDF"
exits 1 'a changed file' batch "$archive"
that 'it is read' said '^this run: 1 documents, 3 pages'

cp "$archive/năm 2021/two-row-header.pdf" "$archive/broken.pdf"
exits 1 'what failed, once more' batch --retry "$archive"
that 'only that is read' said '^this run: 2 documents'
sum=$(sha256sum "$archive/Renamed.PDF" | cut -d ' ' -f 1)
ask "UPDATE documents SET version = '0.0.1' WHERE sha256 = '$sum'"
ask "INSERT INTO corrections (sha256, pointer, read, corrected, who, at) SELECT sha256, '/tasks/0/text', text, 'Rà soát lại danh mục', 'thư ký', 1
     FROM tasks WHERE sha256 = '$sum' AND position = (SELECT min(position) FROM tasks WHERE sha256 = '$sum')"
exits 1 'an older version stays' batch "$archive"
that 'nothing is read' said '^this run: 0 documents'
exits 1 'an older version is read again' batch --upgrade "$archive"
that 'it alone' said '^this run: 1 documents'
that 'it has the version now' is 1 "SELECT version <> '0.0.1' FROM documents WHERE sha256 = '$sum'"
that 'what people corrected stays' is 1 "SELECT count(*) FROM corrections WHERE sha256 = '$sum' AND corrected = 'Rà soát lại danh mục'"
that 'and is in the rows' is 1 "SELECT count(*) FROM tasks WHERE sha256 = '$sum' AND text = 'Rà soát lại danh mục'"

# ---------------------------------------------------------------- lists

store=$work/list.db
printf '%s\r\n\n%s\n%s\n%s\n' "samples/ruled-portrait/digital.pdf" "$archive/notes.docx" "$archive/năm 2021" "$archive/nowhere.pdf" >"$work/list"
exits 1 'a list' batch --report "$work/report.csv" "$work/list"
that 'its paths are relative to where one is' report 1 "r['path'] == '$PWD/samples/ruled-portrait/digital.pdf' and r['state'] == 'done'"
that 'a folder in a list is walked' report 4 '"/năm 2021/" in r["path"] and r["state"] == "done"'
that 'what is named is read whatever its suffix' report 1 'r["path"].endswith("notes.docx") and r["state"] == "failed"'
that 'what is not there is told' report 1 'r["path"].endswith("nowhere.pdf") and r["state"] == "unreadable"'
exits 0 'a list on standard input' sh -c 'echo "$2" | "$0" batch --store "sqlite:$1" -' "$program" "$store" samples/ruled-portrait/digital.pdf
that 'the document was there' said '^this run: 0 documents'
exits 0 'a document by itself' batch samples/ruled-portrait/digital.pdf
exits 0 'quiet' batch --quiet samples/prose-only/digital.pdf
that 'nothing is said' [ ! -s "$work/err" ]
mkdir "$work/bare"
exits 0 'an empty folder' batch "$work/bare"
(cd "$work/bare" && cp "$archive/năm 2021/two-row-header.pdf" . && "$program" batch --report report.csv . >"$work/out" 2>"$work/err")
that 'the store, the report are no files of the archive' said '^1 files: 1 documents, 0 duplicates, 0 unreadable, 0 of other kinds'
that 'the default store' [ -s "$work/bare/kehoach.db" ]

# ---------------------------------------------------------------- parts

: >"$work/all"
for i in 1 2 3; do
    store=$work/part$i.db
    batch --quiet --ocr never --shard $i/3 --report "$work/report.csv" "$archive"
    "$python" -c 'import csv, sys
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")): print(r["path"])' "$work/report.csv" >"$work/part$i"
    cat "$work/part$i" >>"$work/all"
done
find -P "$archive" ! -type d ! -name again | sort >"$work/expected"
that 'three parts are all files, each once' sh -c 'sort "$0" | cmp - "$1"' "$work/all" "$work/expected"
that 'none of them is empty' sh -c 'for i in 1 2 3; do [ -s "$0$i" ] || exit 1; done' "$work/part"
that 'copies are in one part' sh -c 'grep -l -e "with a comma.pdf" -e "merged-landscape.pdf" "$0"1 "$0"2 "$0"3 | wc -l | grep -qx 1' "$work/part"
store=$work/part2.db
for environment in 'SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_MAX=9 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_STEP=2' \
    'JOB_COMPLETION_INDEX=1 JOB_COMPLETIONS=3'; do
    # shellcheck disable=SC2086
    env $environment "$program" batch --store "sqlite:$store" --report "$work/report.csv" "$archive" 2>"$work/err"
    that "the second part by ${environment%%=*}" said '^this run: 0 documents'
done
exits 2 'Kubernetes does not tell how many' env JOB_COMPLETION_INDEX=1 "$program" batch --store "sqlite:$store" "$archive"
that 'that is said, and what to do' said 'JOB_COMPLETIONS'
env JOB_COMPLETION_INDEX=1 "$program" batch --store "sqlite:$store" --shard /3 "$archive" >"$work/out" 2>"$work/err"
that 'how many, on the command line' [ $? -le 1 ] # 1 where what cannot be read falls into this part: encryption is not the same twice
that 'it is the same part' said '^this run: 0 documents'
exits 2 'a list of tasks is no range' env SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_STEP=1 \
    "$program" batch --store "sqlite:$store" "$archive"
for wrong in 0/3 4/3 3 a/b 1/0 /3; do
    exits 2 "--shard $wrong" batch --shard $wrong "$archive"
done

# ---------------------------------------------------------------- what goes wrong

exits 2 'no folder' batch
exits 3 'a folder that is not there' batch "$work/missing"
exits 3 'a list that is none' batch "$work/plans.db"
exits 3 'a store that is none' "$program" batch --store "sqlite:$archive/broken.pdf" "$archive"
exits 2 'a negative number of jobs' batch --jobs=-1 "$archive"
exits 2 'an unknown way to read' batch --ocr perhaps "$archive"
exits 6 'a report that cannot be written' batch --report "$work/missing/report.csv" samples/prose-only/digital.pdf

finish
