#!/bin/sh
# deploy/kubernetes.yaml without a cluster: its pods' own command, as the manifest has it, run side by side on one queue; one is killed and, as an Indexed
# Job does, started again.
. "$(dirname "$0")/../lib.sh"
. tests/postgresql.sh
"$python" -c 'import yaml' 2>/dev/null || { skip "deploy/kubernetes.yaml" "no python3-yaml"; finish; }
postgresql_start || { skip "deploy/kubernetes.yaml" "$postgresql_cause"; finish; }

cat >"$work/pod.py" <<'PY'
"""pod.py PROGRAM ARCHIVE STORE INDEX: does what the kubelet does with the one container of the manifest."""
import os, re, sys, yaml
program, archive, store, index = sys.argv[1:]
job = yaml.safe_load(open("deploy/kubernetes.yaml", encoding="utf-8"))
assert job["kind"] == "Job" and job["spec"]["completionMode"] == "Indexed" and job["spec"]["parallelism"] <= job["spec"]["completions"]
container, = job["spec"]["template"]["spec"]["containers"]
given = {"secretKeyRef": store, "resourceFieldRef": "1"}
env = {e["name"]: e.get("value") or given[next(iter(e["valueFrom"]))] for e in container["env"]}
assert env["JOB_COMPLETIONS"] == str(job["spec"]["completions"])
command = [re.sub(r"\$\((\w+)\)", lambda m: env[m[1]], word) for word in container["command"]]
mounts = {m["mountPath"] for m in container["volumeMounts"]}
assert command[0] == "kehoach" and command[-1] in mounts
os.execve(program, [program] + command[1:-1] + [archive], {**os.environ, **env, "JOB_COMPLETION_INDEX": index})
PY
pod () { "$python" "$work/pod.py" "$program" "$work/archive" "$postgresql_url" "$1" 2>"$work/pod-$1"; }

"$python" tests/batch/small_archive.py "$work/archive" >/dev/null || exit 2
"$program" batch --quiet --store "sqlite:$work/whole.db" "$work/archive" >/dev/null 2>&1
count="SELECT count(*) FROM documents WHERE state IN ('done', 'failed')"
documents=$(sqlite3 "$work/whole.db" "$count")

pod 0 & first=$!
pod 1 & second=$!
for _ in $(seq 200); do
    [ -n "$(postgresql_sql "SELECT 1 FROM documents WHERE state = 'done' LIMIT 1" 2>/dev/null)" ] && break
    sleep 0.05
done
kill -KILL $first
wait $first 2>/dev/null
pod 0 & first=$!
wait $first
that "the pod that was started again ends" [ $? -le 1 ]
wait $second
that "the other ends" [ $? -le 1 ]
that "every document was read" [ "$(postgresql_sql "$count")" = "$documents" ]
that "only what the killed pod held was read again" [ "$(postgresql_sql "SELECT count(*) FROM documents WHERE attempts > 1")" -le 1 ]
finish
