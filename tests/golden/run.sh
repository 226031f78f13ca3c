#!/bin/sh
# Replays recorded words (no PDF, no engine) and compares the whole record. UPDATE=1 rewrites record.json: review the diff.
#
# A case is a folder with words.tsv, made with `kehoach extract --dump words FILE`, and record.json. What the record ought to be is
# for `make eval` to say; here a change of it is seen.
. "$(dirname "$0")/../lib.sh"

for case in tests/golden/*/; do
    name=$(basename "$case")
    record=$case/record.json
    if ! "$program" extract --quiet --words "$case/words.tsv" "$case/words.tsv" >"$work/record.json" 2>"$work/err"; then
        echo "not ok - $name"
        sed 's/^/#   /' "$work/err"
        failed=1
        continue
    fi
    [ -z "${UPDATE:-}" ] || cp "$work/record.json" "$record"
    if diff -u "$record" "$work/record.json" >"$work/diff"; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        head -n 40 "$work/diff" | sed 's/^/#   /'
        failed=1
    fi
    runs "$name validates" "$program" validate "$record"
done
finish
