#!/bin/sh
# What becomes of inputs, outputs and workers that are broken. The inputs come from tests/faults/make_faults.c (needs CC); two
# cases need qpdf.
. "$(dirname "$0")/../lib.sh"

unset KEHOACH_NO_SANDBOX KEHOACH_DEBUG
mkdir "$work/in" "$work/out"
${CC:-cc} -O1 -o "$work/make_faults" tests/faults/make_faults.c && "$work/make_faults" "$work/in" || exit 2
cd "$work/in" || exit 2

verdict () { # NAME FAULTS: prints the line of a case; FAULTS is empty when all is well
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | sed 's/^/#   /'
        sed 's/^/#   stderr: /' "$work/stderr" | head -5
        failed=1
    fi
}

extract () { # ARGUMENTS: runs the program; sets $status, leaves stdout and stderr in files
    timeout -k 5 "${LIMIT:-100}" "$program" extract "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
    status=$?
}

faults_of_status () { # WANTED
    # shellcheck disable=SC2254 # a pattern
    case $status in $1) ;; *) echo "exit status $status, should be $1" ;; esac
    grep -qv '^kehoach: ' "$work/stderr" && echo "something but the program's own messages on stderr"
}

refused () { # NAME STATUS MESSAGE ARGUMENTS: nothing is written, the message (a regular expression) says why
    name=$1 wanted=$2 message=$3
    shift 3
    extract "$@"
    verdict "$name" "$(
        faults_of_status "$wanted"
        grep -Eq -- "$message" "$work/stderr" || echo "no message like '$message'"
        [ "$(wc -l <"$work/stderr")" -le 3 ] || echo "$(wc -l <"$work/stderr") lines of messages"
        [ -s "$work/stdout" ] && echo "something on stdout"
    )"
}

faults_of_record () { # PATTERNS: each must stand in the record (white space does not count); !PATTERN must not
    tr -d ' \n' <"$work/stdout" >"$work/packed"
    "$program" validate "$work/stdout" >"$work/valid" 2>&1 || { echo "not a valid record:" && head -3 "$work/valid"; }
    for pattern; do
        case $pattern in
        !*) grep -Eq -- "${pattern#!}" "$work/packed" && echo "'${pattern#!}' stands in the record" ;;
        *) grep -Eq -- "$pattern" "$work/packed" || echo "'$pattern' does not stand in the record" ;;
        esac
    done
}

recorded () { # NAME PATTERNS -- ARGUMENTS: a valid record comes out, exit status 0
    name=$1 patterns=
    shift
    while [ "$1" != -- ]; do
        patterns="$patterns $1"
        shift
    done
    shift
    extract "$@"
    verdict "$name" "$(
        faults_of_status 0
        # shellcheck disable=SC2086 # patterns hold no spaces
        faults_of_record $patterns
    )"
}

pages_read='"pages":\[\{"number":1,'

# ---------------------------------------------------------------- inputs
# --ocr never: these texts are not Vietnamese, so that they would be read by their image, which is not what is tested

recorded "sound PDF" "$pages_read" '"page_count":3' '!"code":"page' -- --ocr never good.pdf
refused "missing file" 3 "cannot open 'missing.pdf'" missing.pdf
refused "folder as input" 3 "cannot open '\.'" .
refused "empty file" 3 "cannot open 'empty.pdf': empty file" empty.pdf
refused "empty standard input" 3 "cannot open 'stdin': empty file" -
recorded "text under the name of a PDF" '"media_type":"text/plain"' '"file":"text.pdf"' -- text.pdf
refused "PDF of chance" 3 "cannot open 'garbage.pdf'" garbage.pdf
refused "PDF cut in its head" 3 "cannot open 'head-only.pdf'" head-only.pdf
refused "PDF cut in half" 3 "cannot open 'half.pdf'" half.pdf
refused "encrypted PDF" 3 "cannot open 'encrypted.pdf': encrypted" encrypted.pdf
if command -v qpdf >/dev/null; then
    qpdf --encrypt user owner 256 -- good.pdf secret.pdf
    refused "encrypted PDF (AES-256)" 3 "cannot open 'secret.pdf': encrypted" secret.pdf
    qpdf --encrypt '' owner 256 -- good.pdf open.pdf
    recorded "encrypted PDF that everybody may read" "$pages_read" '"page_count":3' '!"code":"page' -- --ocr never open.pdf
else
    skip "encrypted PDF (AES-256)" "no qpdf"
    skip "encrypted PDF that everybody may read" "no qpdf"
fi
refused "PDF with 0 pages" 3 "cannot open 'zero-pages.pdf'" zero-pages.pdf
refused "PDF of 3,000 pages" 4 "'pages-3000.pdf' has 3000 pages .*limit" pages-3000.pdf
recorded "pages chosen out of 3,000" '"page_count":3000' '"pages":\[\{"number":2999,' -- --pages 2999-3000 pages-3000.pdf
recorded "page of 200 x 200 inches" '"width":14400' '!"code":"page' -- wide.pdf
refused "page of 200 x 200 inches read by its image" "[34]" "'wide.pdf'.*(dpi|limit)" --ocr always wide.pdf
refused "page of 10^9 points" 4 "'huge.pdf'.* limit" huge.pdf
recorded "one page without height among others" "$pages_read" '"number":3,' '"page":2,"code":"page_' '!"page":[13],"code"' -- --ocr never flat.pdf
recorded "one page that never ends among others" "$pages_read" '"number":3,' '"page":2,"code":"page_' '!"page":[13],"code":"page' \
    -- --time-limit 3 --ocr never endless.pdf
recorded "page with a highlighted line read by its image" "$pages_read" '!"code":"page' -- --ocr always highlight.pdf
recorded "image of 1 x 1" '"media_type":"image/png"' -- one.png
refused "PNG of 40,000 x 40,000" 4 "'vast.png'.*40000 x 40000.*(limit|larger)" vast.png
refused "PNG of 40,000 x 40,000, header alone" "[34]" "'cut.png'" cut.png
refused "TIFF of 40,000 x 40,000" 4 "'vast.tif'.*40000 x 40000.*(limit|larger)" vast.tif
recorded "sound TIFF" "$pages_read" '"page_count":3' '!"code":"page_unreadable"' -- good.tif
recorded "TIFF whose second page has no pixels" "$pages_read" '"page_count":3' '"page":2,"code":"page_' '!"page":[13],"code":"page_' \
    -- broken-data.tif
recorded "TIFF whose second page has no directory" "$pages_read" '!"number":2,' -- broken-chain.tif

yes "Triển khai nhiệm vụ năm 2030" | head -c 68000000 >long.txt
refused "68 MB of text" 4 "cannot open 'long.txt'.* limit" long.txt
rm -f long.txt

extract --ocr never good.pdf empty.pdf text.pdf -f ndjson -o "$work/out"
verdict "one bad input among several" "$(
    faults_of_status 1
    [ "$(find "$work/out" -type f | wc -l)" -eq 2 ] || echo "not two files written: $(ls "$work/out")"
)"
rm -f "$work"/out/*

# ---------------------------------------------------------------- outputs

refused "output folder missing" 6 "cannot write '.*/missing/a.json': No such file" --ocr never -o "$work/missing/a.json" good.pdf
refused "output folder missing, several inputs" 6 "cannot write to '.*/missing'" --ocr never -o "$work/missing" good.pdf text.pdf
refused "disk full (-o)" 6 "cannot write '/dev/full': No space left" --ocr never -o /dev/full good.pdf

"$program" extract --ocr never good.pdf >/dev/full 2>"$work/stderr"
status=$?
: >"$work/stdout"
verdict "disk full (stdout)" "$(
    faults_of_status 6
    grep -q "cannot write to standard output" "$work/stderr" || echo "no message"
)"

(ulimit -f 16 && exec "$program" extract --ocr never -o "$work/out/a.json" good.pdf >"$work/stdout" 2>"$work/stderr" </dev/null)
status=$?
verdict "disk full in the middle of a file" "$(
    faults_of_status 6
    [ -n "$(ls "$work/out")" ] && echo "left behind: $(ls "$work/out")"
)"
rm -f "$work"/out/*

# ---------------------------------------------------------------- workers and signals

children () { # PID
    cat "/proc/$1/task/$1/children" 2>/dev/null
}

busy_worker () { # PID: waits until a worker of it has computed for a tenth of a second, and names it: pages take half a second on a fast machine
    tries=0
    while [ $tries -lt 600 ] && kill -0 "$1" 2>/dev/null; do
        for child in $(children "$1"); do
            # shellcheck disable=SC2046
            set -- "$1" $(sed 's/.*) //' "/proc/$child/stat" 2>/dev/null)
            if [ "${13:-0}" -ge 10 ]; then # user time, hundredths of a second
                echo "$child"
                return 0
            fi
            set -- "$1"
        done
        sleep 0.05
        tries=$((tries + 1))
    done
    return 1
}

begin () { # ARGUMENTS: the program in the background, $pid; with its workers it is a process group of its own, as at a terminal
    setsid "$program" extract "$@" >"$work/stdout" 2>"$work/stderr" </dev/null &
    pid=$!
}

still_there () { # PIDS
    for process; do
        state=$(sed 's/.*) \(.\).*/\1/' "/proc/$process/stat" 2>/dev/null)
        case $state in '' | Z) ;; *) echo "$process" ;; esac
    done
}

for signal in INT TERM; do
    begin --ocr always --jobs 2 -o "$work/out/a.json" heavy.pdf
    worker=$(busy_worker $pid)
    workers=$(children $pid)
    kill -s $signal -- "-$pid" # Ctrl-C goes to all of them
    before=$(date +%s)
    wait $pid
    status=$?
    verdict "SIG$signal in the middle" "$(
        faults_of_status 130
        [ -n "$worker" ] || echo "no worker was busy"
        [ $(($(date +%s) - before)) -le 3 ] || echo "took more than 3 s to end"
        [ -n "$(ls "$work/out")" ] && echo "left behind: $(ls "$work/out")"
        # shellcheck disable=SC2086
        [ -z "$(still_there $workers)" ] || echo "a worker lives on"
    )"
    rm -f "$work"/out/*
done

begin --ocr always --jobs 1 heavy.pdf
worker=$(busy_worker $pid)
kill -KILL "$worker"
wait $pid
status=$?
verdict "worker killed in the middle: another reads the page" "$(
    [ "$status" -eq 0 ] || echo "exit status $status, should be 0"
    faults_of_record '"page_count":3' '"warnings":\[\]'
    [ "$(grep -o '"width":' "$work/packed" | wc -l)" -eq 3 ] || echo "not 3 of 3 pages in the record"
    [ ! -s "$work/stderr" ] || echo "a message about what was put right"
)"

begin --ocr always --jobs 2 heavy.pdf
worker=$(busy_worker $pid)
workers=$(children $pid)
kill -KILL $pid
wait $pid 2>/dev/null
sleep 0.5
: >"$work/stderr"
verdict "program killed: its workers go with it" "$(
    [ -n "$worker" ] || echo "no worker was busy"
    # shellcheck disable=SC2086
    [ -z "$(still_there $workers)" ] || echo "a worker lives on"
)"

# the same words whatever the number of workers, and after a crash in between
extract --ocr always --jobs 1 --pages 2-3 heavy.pdf
cp "$work/stdout" "$work/one"
extract --ocr always --jobs 4 --pages 2-3 heavy.pdf
verdict "same bytes for any number of workers" "$(
    faults_of_status 0
    cmp "$work/one" "$work/stdout" 2>&1
)"

finish
