#!/bin/sh
# Plans in a PostgreSQL database are compared as those in SQLite: the same bytes in each form.
. "$(dirname "$0")/../lib.sh"
. tests/postgresql.sh

if ! postgresql_start; then
    skip "comparing on PostgreSQL" "$postgresql_cause"
    finish
fi
put_records=${B:-build/release}/put_records
"$python" tests/eval/plans.py --plans 60 --tasks 8 --targets 6 >"$work/plans.ndjson"
runs 'plans into SQLite' "$put_records" "sqlite:$work/plans.db" "$work/plans.ndjson"
runs 'plans into PostgreSQL' "$put_records" "$postgresql_url" "$work/plans.ndjson"
for format in json text html; do
    runs "SQLite: $format" "$program" compare -f $format --all --what targets,tasks,missing,changes -o "$work/sqlite.$format" "$work/plans.db"
    runs "PostgreSQL: $format" "$program" compare -f $format --all --what targets,tasks,missing,changes -o "$work/postgresql.$format" "$postgresql_url"
    that "$format: the same" cmp "$work/sqlite.$format" "$work/postgresql.$format"
done
runs 'chosen: a province, a year' "$program" compare --province Hà\ Nội --as-of 2025-07 --year 2026 "$postgresql_url"
finish
