#!/bin/sh
# A batch that is stopped ends within a page, gives back its claims, and goes on from there; what it shows meanwhile.
. "$(dirname "$0")/../lib.sh"

mkdir "$work/scans"
for sample in unruled-commune prose-only; do cp "samples/$sample/scan-c.pdf" "$work/scans/$sample.pdf"; done
for sample in samples/*/digital.pdf; do cp "$sample" "$work/scans/$(basename "$(dirname "$sample")")-digital.pdf"; done
ask () { sqlite3 "$store" "$1"; }
children () { cat "/proc/$1/task/$1/children" 2>/dev/null; }
family () { for child in $(children "$1"); do echo "$child" && family "$child"; done; }
alive () { # PIDS
    for process; do
        state=$(sed 's/.*) \(.\).*/\1/' "/proc/$process/stat" 2>/dev/null)
        case $state in '' | Z) ;; *) echo "$process" ;; esac
    done
}
nobody () { # PIDS: all are gone, within two seconds
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -z "$(alive "$@")" ] && return 0
        sleep 0.2
    done
    echo "left: $(alive "$@")"
    return 1
}

store=$work/calm.db
runs 'undisturbed' "$program" batch --quiet --store "sqlite:$store" "$work/scans"

store=$work/stopped.db
for signal in INT TERM; do
    # as at a terminal: the signal goes to the whole group
    setsid "$program" batch --store "sqlite:$store" "$work/scans" >"$work/out" 2>"$work/err" </dev/null &
    pid=$!
    for _ in $(seq 200); do # until both scans are at work, and one of their pages is being read
        [ "$(family $pid | wc -l)" -ge 3 ] && break
        sleep 0.02
    done
    members=$(family $pid)
    kill -s "$signal" -- "-$pid"
    before=$(date +%s%N)
    wait $pid
    status=$?
    took=$((($(date +%s%N) - before) / 1000000))
    that "SIG$signal: exit status 130" [ "$status" -eq 130 ]
    that "SIG$signal: within a page" [ "$took" -le 3000 ]
    # shellcheck disable=SC2086
    that "SIG$signal: nobody is left" nobody $members
    that "SIG$signal: claims are given back" [ "$(ask "SELECT count(*) FROM documents WHERE state = 'reading'")" -eq 0 ]
    that "SIG$signal: something is left to do" [ "$(ask "SELECT count(*) FROM documents WHERE state = 'queued'")" -gt 0 ]
    that "SIG$signal: it says so" grep -q 'the same command goes on from here' "$work/err"
    that "SIG$signal: and what was done by then" grep -q ' waiting' "$work/err"
done
runs 'the same command goes on' "$program" batch --store "sqlite:$store" "$work/scans"
that 'the store is that of an undisturbed run' "$python" tests/batch/same_store.py "$work/calm.db" "$store"

# Killed, and nobody has asked how it ended: what is left of the process holds nothing.
store=$work/dead.db
cat >"$work/orphan.py" <<'PYTHON'
import os, signal, sqlite3, subprocess, sys, time
batch = [sys.argv[1], "batch", "--quiet", "--store", "sqlite:" + sys.argv[2]]
first = subprocess.Popen([*batch, sys.argv[3]])
while not os.path.exists(sys.argv[2]) or not open(f"/proc/{first.pid}/task/{first.pid}/children").read():
    time.sleep(0.01)
time.sleep(0.2)
os.kill(first.pid, signal.SIGKILL)
ask = lambda condition: sqlite3.connect(sys.argv[2]).execute(f"SELECT count(*) FROM documents WHERE state = 'reading' AND {condition}").fetchone()[0]
held = ask("lease_until > 0")
subprocess.run([*batch, "-"], stdin=subprocess.DEVNULL, check=True)  # has nothing to read itself
sys.exit(held == 0 or ask("lease_until > 0") > 0)
PYTHON
runs 'a dead batch that its parent does not bury is not waited for' "$python" "$work/orphan.py" "$program" "$store" "$work/scans"

# A document that is alone has all processors for its pages.
"$program" batch --quiet --jobs 2 --store "sqlite:$work/alone.db" samples/prose-only/scan-c.pdf &
pid=$! most=0
while kill -0 $pid 2>/dev/null; do
    for reader in $(children $pid); do
        n=$(children "$reader" | wc -w)
        [ "$n" -gt "$most" ] && most=$n
    done
    sleep 0.05
done
that 'a document that is alone has two page workers' [ "$most" -eq 2 ]

store=$work/shown.db
if command -v script >/dev/null; then
    script -qec "stty cols 100; '$program' batch --store 'sqlite:$store' '$work/scans'" /dev/null >"$work/terminal" 2>&1 </dev/null
    that 'a terminal sees a bar' grep -q '█' "$work/terminal"
    that 'with documents and pages a second' grep -qE '[0-9]+ of 9 documents, [0-9.]+ pages/s' "$work/terminal"
    that 'and time left' grep -q ' left' "$work/terminal"
else
    skip 'a terminal sees a bar' 'no script(1)'
fi

finish
