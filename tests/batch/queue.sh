#!/bin/sh
# Several batches on one PostgreSQL queue: no document is read twice or never, also when one of them is killed, on this host or on another.
. "$(dirname "$0")/../lib.sh"
. tests/postgresql.sh

if ! postgresql_start; then
    skip 'batches on one PostgreSQL queue' "$postgresql_cause"
    finish
fi
"$python" tests/batch/small_archive.py "$work/archive" >/dev/null || exit 2
documents=18
# store NAME: the address of a store in a schema of its own
store () { echo "$postgresql_url&options=-csearch_path%3D$1"; }
ask () { "$postgresql_bin/psql" -X -q -A -t -d "$(store "$1")" -c "$2"; }
# same A B: all tables of two schemas have the same rows, but for who claimed what, when and how often
same () {
    for table in $(postgresql_sql "SELECT table_name FROM information_schema.tables WHERE table_schema = '$1' AND table_type = 'BASE TABLE'"); do
        columns=$(postgresql_sql "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
            WHERE table_schema = '$1' AND table_name = '$table' AND column_name NOT IN ('attempts', 'owner', 'lease_until')")
        differ=$(postgresql_sql "SELECT (SELECT count(*) FROM (SELECT $columns FROM $1.\"$table\" EXCEPT ALL SELECT $columns FROM $2.\"$table\") a)
            + (SELECT count(*) FROM (SELECT $columns FROM $2.\"$table\" EXCEPT ALL SELECT $columns FROM $1.\"$table\") b)")
        [ "$differ" = 0 ] || { echo "$table: $differ rows differ"; return 1; }
    done
}
batch () { "$program" batch --jobs 1 --ocr never --store "$(store "$1")" "$work/archive"; }
# until SCHEMA NUMBER CONDITION: waits for so many documents
until_there () {
    for _ in $(seq 300); do
        [ "$(ask "$1" "SELECT count(*) FROM documents WHERE $3" 2>/dev/null || echo 0)" -ge "$2" ] && return 0
        sleep 0.05
    done
    return 1
}
for name in calm two killed far; do postgresql_sql "CREATE SCHEMA $name" || exit 2; done

exits 1 'one batch' batch calm

batch two 2>"$work/one" & one=$!
batch two 2>"$work/other" & other=$!
wait $one; status=$?
wait $other
that 'two batches end as one does' [ "$status/$?" = 1/1 ]
that 'each document was claimed once' [ "$(ask two "SELECT count(*) FROM documents WHERE attempts = 1")" -eq $documents ]
that 'what they read is all, and no more' [ "$(cat "$work/one" "$work/other" | sed -n 's/^this run: \([0-9]*\) .*/\1/p' | paste -sd+ | bc)" -eq $documents ]
that 'the store is that of one' same calm two

batch killed 2>"$work/one" & one=$!
batch killed 2>"$work/other" & other=$!
until_there killed 4 "state = 'done'"
kill -KILL $one
wait $one 2>/dev/null
wait $other
that 'when one is killed the other ends by itself, as it would' [ $? -eq 1 ]
that 'only what the dead one held was claimed again' [ "$(ask killed "SELECT count(*) FROM documents WHERE attempts > 1")" -le 1 ]
that 'the store is that of one batch' same calm killed

# A process of another host, as far as anybody can tell: its number means nothing here.
if unshare --pid --fork --mount-proc true 2>/dev/null; then
    unshare --pid --fork --kill-child --mount-proc "$program" batch --jobs 1 --ocr never --quiet --store "$(store far)" "$work/archive" 2>/dev/null & far=$!
    until_there far 1 "state = 'reading'"
    kill -KILL $far
    wait $far 2>/dev/null
    held=$(ask far "SELECT count(*) FROM documents WHERE state = 'reading'")
    batch far 2>"$work/other" & other=$!
    until_there far $((documents - held)) "state IN ('done', 'failed')"
    sleep 2
    that 'it is waited for, though it is dead' kill -0 $other
    ask far "UPDATE documents SET lease_until = lease_until - 100 WHERE state = 'reading'" # time passes
    wait $other
    that 'when its lease is over, others go on' [ $? -eq 1 ]
    that 'it had held something' [ "$held" -ge 1 ]
    that 'the store is that of one batch, again' same calm far
else
    skip 'a batch of another host is killed' 'no namespaces here'
fi
finish
