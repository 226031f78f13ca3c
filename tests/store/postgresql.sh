#!/bin/sh
# The tests of stores (tests/unit/test_store*.c, test_journal.c) on a PostgreSQL server that is started here; each in a schema of its own.
. "$(dirname "$0")/../lib.sh"
. tests/postgresql.sh

if ! postgresql_start; then
    skip "stores on PostgreSQL" "$postgresql_cause"
    finish
fi
for name in $(sed -nE 's/.*open_(store|read) \("([a-z_]*)".*/\2/p' tests/unit/test_store*.c tests/unit/test_journal.c | sort -u); do
    postgresql_sql "CREATE SCHEMA $name" || exit 2
done
for test in test_store test_store_rows test_journal; do
    KEHOACH_TEST_STORE=$postgresql_url "${B:-build/release}/tests/$test" >"$work/out" 2>&1
    status=$?
    sed -n 's/^\[       OK \] /ok - stores on PostgreSQL: /p; s/^\[  FAILED  \] \([a-z_]*\)$/not ok - stores on PostgreSQL: \1/p' "$work/out" | sort -u
    [ $status -eq 0 ] || { grep -vE '^\[ (RUN|      OK)' "$work/out" | sed 's/^/#   /'; failed=1; }
done
finish
