#!/usr/bin/python3
"""Speed and memory of `kehoach compare` over a SQLite store of plans made by plans.py: whole process, start included; the fastest of --runs."""
import argparse
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ASKED = [
    ("text", ["-f", "text"]), ("csv", ["-f", "csv"]), ("json", ["-f", "json"]), ("html", ["-f", "html"]), ("xlsx", ["-f", "xlsx"]),
    ("missing", ["--what", "missing"]), ("changes", ["--what", "changes"]), ("one topic", ["--topic", "online_filing_share"]),
    ("one province", ["--province", "Cà Mau"]), ("today's provinces", ["--as-of", "2025-07"]),
]


def run(command):
    """(seconds, CPU seconds, MiB resident at most, bytes written)."""
    start = time.monotonic()
    with tempfile.NamedTemporaryFile() as out:
        process = subprocess.Popen(command + ["-o", out.name])
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        if status != 0:
            sys.exit(f"{' '.join(command)}: exit {status}")
        size = os.path.getsize(out.name)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, size


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", default=os.path.join(ROOT, "build/release/kehoach"))
    options.add_argument("--plans", type=int, default=500)
    options.add_argument("--runs", type=int, default=3)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        records, store = os.path.join(folder, "plans.ndjson"), os.path.join(folder, "plans.db")
        with open(records, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, os.path.join(ROOT, "tests/eval/plans.py"), "--plans", str(asked.plans)], stdout=out, check=True)
        subprocess.run([os.path.join(os.path.dirname(asked.program), "put_records"), "sqlite:" + store, records], stdout=subprocess.DEVNULL, check=True)
        print(f"{asked.plans} plans, {20 * asked.plans} tasks, {10 * asked.plans} targets\n{'':20} {'s':>6} {'CPU s':>6} {'MiB':>6} {'KB out':>8}")
        for name, arguments in ASKED:
            best = min(run([asked.program, "compare", *arguments, store]) for _ in range(asked.runs))
            print(f"{name:20} {best[0]:6.2f} {best[1]:6.2f} {best[2]:6.0f} {best[3] / 1000:8.0f}")


if __name__ == "__main__":
    main()
