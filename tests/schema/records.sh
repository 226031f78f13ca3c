#!/bin/sh
# The schema and the program's own check against python3-jsonschema, on golden records and damaged copies of one.
. "$(dirname "$0")/../lib.sh"
"$python" tests/schema/check.py tests/golden/*/record.json || failed=1
"$python" tests/schema/check.py --program "$program" tests/golden/unruled-commune-digital/record.json || failed=1
finish
