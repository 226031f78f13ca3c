#!/bin/sh
# review.sh - the server behind the clerk's page, over HTTP: who is let in, the list, changes that survive, rows, uploads, what leaves.
. "$(dirname "$0")/../lib.sh"

exits 2 'a port that is none' "$program" review --port 70000
exits 3 'a file that is not there' "$program" review --no-browser --store "$work/x.db" "$work/nowhere.pdf"
exits 2 'a store and documents' "$program" review --store "$work/x.db" "$work/x.db"
"$python" tests/cli/review.py "$program" "$work" || failed=1
finish
