#!/bin/sh
# check.sh [SUITE...] - runs the test suites and sums them up; the last line is "N passed, N failed".
#
# A suite is a program that prints "ok - name", "not ok - name" or "skipped - name" lines; cmocka's own lines
# ("[       OK ] name", "[  FAILED  ] name") count too. A suite that ends with an error but names no failed test counts as one failure.
# Environment: PROGRAM the kehoach under test, B the build folder.
cd "$(dirname "$0")/.." || exit 2
PROGRAM=${PROGRAM:-build/release/kehoach}
B=${B:-build/release}
case "$PROGRAM" in /*) ;; *) PROGRAM=$PWD/$PROGRAM ;; esac
export PROGRAM B
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
log=$B/check.log
mkdir -p "$B"
: > "$log"
passed=0 failed=0 skipped=0

run () {
    name=$1
    shift
    output=$("$@" 2>&1)
    status=$?
    ok=$(printf '%s\n' "$output" | grep -cE '^ok - |^\[       OK \]')
    bad=$(printf '%s\n' "$output" | grep -E '^not ok - |^\[  FAILED  \] [^ ]*$' | sort -u | grep -cE '^not ok|FAILED  \] [a-z_A-Z]')
    skip=$(printf '%s\n' "$output" | grep -cE '^skipped - ')
    [ $status -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
    [ "$ok" -eq 0 ] && [ "$bad" -eq 0 ] && [ "$skip" -eq 0 ] && bad=1
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
    printf '== %s\n%s\n' "$name" "$output" >> "$log"
    if [ "$bad" -gt 0 ]; then
        printf '%-28s %4d passed, %d FAILED\n' "$name" "$ok" "$bad"
        printf '%s\n' "$output" | grep -vE '^ok - |^\[       OK \]|^\[ RUN' | tail -n 40
    else
        printf '%-28s %4d passed%s\n' "$name" "$ok" "$([ "$skip" -gt 0 ] && echo ", $skip skipped")"
    fi
}

suite_layering () { run layering tools/layering.sh; }
suite_unit () { for test in tests/unit/*.c; do t=$(basename "$test" .c); run "unit/${t#test_}" "$B/tests/$t"; done; }
scripts () { for script in tests/"$1"/*.sh; do [ -x "$script" ] && run "$1/$(basename "$script" .sh)" "$script"; done; }

[ $# -gt 0 ] || set -- layering unit schema golden cli store batch browser deploy faults ocr variants
for suite in "$@"; do
    case "$suite" in
    layering | unit) "suite_$suite" ;;
    *) scripts "$suite" ;;
    esac
done
echo "(all output: $log)"
if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
