#!/bin/sh
# layering.sh - fails when a file includes what its room may not (extractor/HACKING.md, "Rooms").
# Prints "ok - " or "not ok - " lines.
cd "$(dirname "$0")/.." || exit 2

# room: rooms it may include : system libraries it alone may include
RULES='
base:base:
core:base core:
source:base core source:poppler cairo leptonica
ocr:base core ocr:
viet:base core viet:
layout:base core layout:
plan:base core viet plan:
emit:base core emit:jansson xlsxwriter
workers:base core workers:seccomp linux/landlock
store:base core viet emit store:sqlite3 libpq jansson
batch:base core emit workers store batch:jansson
compare:base core viet emit store compare:jansson
review:base core viet emit store batch review:microhttpd jansson
cli:store batch compare review:
'
FOREIGN='poppler|cairo|leptonica|jansson|seccomp|linux/landlock|sqlite3|libpq|microhttpd|xlsxwriter'
report=$(echo "$RULES" | while IFS=: read -r room rooms libraries; do
    [ -n "$room" ] || continue
    faults=$(
        for file in extractor/"$room"/*.[ch]; do
            [ -e "$file" ] || continue
            # our own headers: "room/x.h", "x.h" of the same folder, or the public kehoach.h
            sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file" | while read -r header; do
                case "$header" in
                kehoach.h) continue ;;
                */*) other=${header%%/*} ;;
                *) other=$room ;;
                esac
                [ "$other" = "$room" ] || [ "$other" = generated ] && continue
                case " $rooms " in *" $other "*) ;; *) echo "$file includes \"$header\"" ;; esac
            done
            sed -n 's/^ *# *include *<\([^>]*\)>.*/\1/p' "$file" | grep -E "$FOREIGN" | while read -r header; do
                allowed=no
                for library in $libraries; do case "$header" in *"$library"*) allowed=yes ;; esac; done
                [ $allowed = yes ] || echo "$file includes <$header>"
            done
        done
    )
    if [ -z "$faults" ]; then
        echo "ok - layering: $room"
    else
        echo "$faults"
        echo "not ok - layering: $room"
    fi
done)
echo "$report"
case "$report" in *"not ok"*) exit 1 ;; esac
