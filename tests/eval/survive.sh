#!/bin/sh
# survive.sh [ARCHIVE] - the first two pages of every PDF of an archive of odd ones: a record or a clear error.
#
# ARCHIVE is a tar file (or a folder) of PDF files; default: the one in ../shared/bad. PROGRAM names the program. Each is read in a run of its own under a time limit. What counts as
# having survived: exit status 0 and a valid record, or 3 or 4 (unreadable, limit) and one line of message that names the file.
# Everything else (a signal, another status, an invalid record, no answer in 60 s) is a failure and listed by name. Pages that
# were lost in a record are counted by their cause. REPORT names a file for the full table (default: survive.tsv beside
# the temporary files, shown at the end when something failed). Exit status 1 when a file was not survived.

here=$(cd "$(dirname "$0")/../.." && pwd)
archive=${1:-$here/../shared/bad/pdfjs.tar.xz}
program=${PROGRAM:-$here/build/release/kehoach}
case $program in /*) ;; *) program=$PWD/$program ;; esac
[ -e "$archive" ] || { echo "survive.sh: no '$archive'" >&2 && exit 2; }
seconds=${SECONDS_A_FILE:-60}
export LC_ALL=C.UTF-8 LANGUAGE=en

work=$(mktemp -d "${TMPDIR:-/tmp}/kehoach-survive.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
report=${REPORT:-$work/survive.tsv}

if [ -d "$archive" ]; then
    folder=$archive
else
    folder=$work/in
    mkdir "$folder" && tar -xf "$archive" -C "$folder" || exit 1
fi
find "$folder" -type f -name '*.pdf' | LC_ALL=C sort >"$work/files"
printf 'verdict\tstatus\tseconds\tfile\tmessage\n' >"$report"

while read -r file; do
    before=$(date +%s%N)
    timeout -k 5 "$seconds" "$program" extract --pages 1-2 -o "$work/record.json" "$file" >"$work/stdout" 2>"$work/stderr" </dev/null
    status=$?
    # milliseconds; a division without awk
    took=$((($(date +%s%N) - before) / 1000000))
    message=$(head -1 "$work/stderr" | tr '\t' ' ')
    case $status in
    0)
        verdict=record
        "$program" validate "$work/record.json" >"$work/faults" 2>&1 </dev/null || {
            verdict=invalid
            message=$(head -1 "$work/faults" | tr '\t' ' ')
        }
        [ "$verdict" = record ] && [ -n "$message" ] && verdict=record-with-warning
        ;;
    3 | 4)
        verdict=error
        case $message in *"$(basename "$file")"*) ;; *) verdict=unclear-error ;; esac
        [ -e "$work/record.json" ] && verdict=half-written
        ;;
    124 | 137) verdict=hung ;;
    *) verdict=crashed ;;
    esac
    printf '%s\t%s\t%d.%03d\t%s\t%s\n' "$verdict" "$status" $((took / 1000)) $((took % 1000)) "$(basename "$file")" "$message" >>"$report"
    rm -f "$work/record.json"
done <"$work/files"

count () { # VERDICT
    cut -f1 "$report" | grep -cx "$1"
}

total=$(wc -l <"$work/files")
failed=0
printf '%-52s %5d\n' "files" "$total"
printf '  %-50s %5d\n' "record" "$(count record)"
printf '  %-50s %5d\n' "record, a page lost or a warning" "$(count record-with-warning)"
printf '  %-50s %5d\n' "clear error" "$(count error)"
for verdict in unclear-error invalid half-written crashed hung; do
    n=$(count $verdict)
    printf '  %-50s %5d\n' "NOT SURVIVED: $verdict" "$n"
    failed=$((failed + n))
done

tab=$(printf '\t')
echo
echo "why there is no record, or not of every page (files):"
grep -E "^(error|record-with-warning|unclear-error)$tab" "$report" | cut -f5 |
    sed -E "s/'[^']*'/FILE/g; s/[0-9]+ x [0-9]+/N x N/g; s/page [0-9]+/page N/g; s/^kehoach: //" | sort | uniq -c | sort -rn | head -25
echo
echo "slowest:"
tail -n +2 "$report" | sort -t "$tab" -k3,3 -rn | head -8 | cut -f1,3,4 | sed 's/^/  /'
if [ "$failed" -gt 0 ]; then
    echo
    echo "not survived:"
    grep -E "^(unclear-error|invalid|half-written|crashed|hung)$tab" "$report" | sed 's/^/  /'
fi
[ "$total" -gt 0 ] && [ "$failed" -eq 0 ]
