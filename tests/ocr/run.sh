#!/bin/sh
# The engine at work: committed scans, and what must come out of them at the least.
. "$(dirname "$0")/../lib.sh"

# least SAMPLE FORM PART... - each PART is name>=share as score.py counts it
least () {
    sample=$1 form=$2
    shift 2
    runs "$sample/$form is read" "$program" extract --quiet -o "$work/record.json" "samples/$sample/$form"
    runs "$sample/$form validates" "$program" validate "$work/record.json"
    "$python" tests/eval/score.py --json "samples/$sample/gold.json" "$work/record.json" >"$work/score.json" || failed=1
    for part; do
        that "$sample/$form $part" "$python" -c 'import json, sys
score = json.load(open(sys.argv[1]))
got = {**score["parts"], "overall": score["overall"]}[sys.argv[2]]
print(f"{sys.argv[2]} is {got:.3f}, should be {sys.argv[3]} at least")
sys.exit(got is None or got < float(sys.argv[3]))' "$work/score.json" "${part%%>=*}" "${part##*>=}"
    done
}

least unruled-commune scan-a.pdf 'header>=0.84' 'sections>=0.95' 'text>=0.97' 'tasks>=0.9'
least prose-only scan-b.pdf 'header>=0.84' 'sections>=0.9' 'text>=0.93' 'signature>=0.6'
least two-row-header scan-c.pdf 'header>=0.84' 'sections>=0.9' 'text>=0.88' 'tables>=0.8'
finish
