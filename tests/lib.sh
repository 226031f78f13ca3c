# lib.sh - for shell tests: `. "$(dirname "$0")/../lib.sh"` changes to the top of the tree and gives $program, $python, $work and these:
#
#   runs NAME COMMAND...             ok when the command succeeds
#   exits STATUS NAME COMMAND...     ok when it ends with STATUS
#   that NAME COMMAND...             ok when the command succeeds: a look at what the last run left in $work/out and $work/err
#   skip NAME REASON
#
# What a failed command printed is shown below its line. End with `finish`.

cd "$(dirname "$0")/../.." || exit 2
program=${PROGRAM:-$PWD/build/release/kehoach}
case $program in /*) ;; *) program=$PWD/$program ;; esac
python=/usr/bin/python3 # the one Debian's python3-* packages belong to
[ -x "$python" ] || python=python3
export LC_ALL=C.UTF-8 LANGUAGE=en OMP_THREAD_LIMIT=1
work=$(mktemp -d "${TMPDIR:-/tmp}/kehoach-test.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0

# judge NAME STATUS WANTED FILE COMMAND...
judge () {
    if [ "$2" -eq "$3" ]; then
        echo "ok - $1"
        return
    fi
    failed=1
    echo "not ok - $1"
    name=$1 status=$2 wanted=$3 shown=$4
    shift 4
    echo "#   exit status $status, should be $wanted: $*" | head -n 3
    head -n 12 "$shown" | sed 's/^/#   /'
}

exits () {
    exits_wanted=$1 exits_name=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err" </dev/null
    judge "$exits_name" $? "$exits_wanted" "$work/err" "$@"
}

runs () { exits 0 "$@"; }

that () {
    that_name=$1
    shift
    "$@" >"$work/look" 2>&1 </dev/null
    judge "$that_name" $? 0 "$work/look" "$@"
}

skip () { echo "skipped - $1 ($2)"; }
finish () { exit "$failed"; }
