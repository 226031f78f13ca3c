#!/bin/bash
# deploy/slurm.sbatch on a real Slurm of one node, started here: every document is read once, also when a task is killed in the middle.
. "$(dirname "$0")/../lib.sh"
name="deploy/slurm.sbatch"
[ "$(id -u)" -eq 0 ] || { skip "$name" "slurmctld and slurmd want root here"; finish; }
for tool in munged slurmctld slurmd sbatch; do
    PATH=$PATH:/usr/sbin command -v $tool >/dev/null || { skip "$name" "no $tool: tools/setup.sh test"; finish; }
done
PATH=$PATH:/usr/sbin
host=$(hostname -s)
export SLURM_CONF=$work/slurm.conf

stop_slurm () {
    scancel --quiet --state=RUNNING,PENDING 2>/dev/null
    for daemon in slurmd slurmctld munged; do
        [ -s "$work/$daemon.pid" ] && kill "$(cat "$work/$daemon.pid")" 2>/dev/null
    done
}
start_slurm () {
    mkdir -p "$work/munge" "$work/state" "$work/spool"
    chmod 711 "$work" "$work/munge"
    head -c 1024 /dev/urandom >"$work/munge/key"
    chmod 600 "$work/munge/key"
    munged --force --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munged.pid" --log-file="$work/munge/log" \
        --seed-file="$work/munge/seed" || return
    cat >"$SLURM_CONF" <<CONF
ClusterName=kehoach
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
SlurmctldPort=$((20000 + $$ % 10000))
SlurmdPort=$((30000 + $$ % 10000))
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    slurmctld && slurmd || return
    for _ in $(seq 50); do
        sinfo --noheader --format=%t 2>/dev/null | grep -q idle && return 0
        sleep 0.2
    done
    return 1
}

# jobs_done JOB: waits until no task of it is left
jobs_done () {
    for _ in $(seq 600); do
        [ -z "$(squeue --noheader --job "$1" 2>/dev/null)" ] && return 0
        sleep 0.2
    done
    return 1
}

. tests/postgresql.sh
trap 'stop_slurm; rm -rf "$work"' EXIT
that "a Slurm of one node starts" start_slurm
[ "$failed" -eq 0 ] || { cat "$work"/slurm*.log | tail -n 20 | sed 's/^/#   /'; finish; }

"$python" tests/batch/small_archive.py "$work/archive" >/dev/null || { echo "not ok - an archive is made"; exit 1; }
export KEHOACH=$program KEHOACH_ARCHIVE=$work/archive
"$program" batch --quiet --store "sqlite:$work/whole.db" "$work/archive" >/dev/null 2>&1
count="SELECT count(*) FROM documents WHERE state IN ('done', 'failed')"
documents=$(sqlite3 "$work/whole.db" "$count")

# A store for each task: the shards together have every document once.
export KEHOACH_STORE=sqlite:$work/plans.db
job=$(sbatch --parsable --array=1-3 --output="$work/slurm-%a.out" deploy/slurm.sbatch)
that "an array over SQLite ends" jobs_done "$job"
for task in 1 2 3; do sqlite3 "$work/plans.$task.db" "SELECT sha256 FROM documents WHERE state IN ('done', 'failed')"; done >"$work/read" 2>"$work/err"
that "each document is in one of the stores" test "$(sort -u "$work/read" | wc -l)/$(wc -l <"$work/read")" = "$documents/$documents"

# One queue for all: a task that is killed costs nothing.
if postgresql_start; then
    trap 'stop_slurm; postgresql_stop; rm -rf "$work"' EXIT
    export KEHOACH_STORE=$postgresql_url
    job=$(sbatch --parsable --array=1-2 --no-requeue --output="$work/slurm-%a.out" deploy/slurm.sbatch)
    for _ in $(seq 100); do
        [ -n "$(postgresql_sql "SELECT 1 FROM documents WHERE state = 'done' LIMIT 1" 2>/dev/null)" ] && break
        sleep 0.05
    done
    scancel --signal=KILL --full "${job}_1"
    that "an array over PostgreSQL ends, one task killed" jobs_done "$job"
    that "no document is left over" test "$(postgresql_sql "$count")" = "$documents"
    that "none was read twice" test "$(postgresql_sql "SELECT count(*) FROM documents WHERE attempts > 2")" = 0
else
    skip "an array over PostgreSQL" "$postgresql_cause"
fi
finish
