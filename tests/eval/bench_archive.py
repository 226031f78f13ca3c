#!/usr/bin/python3
"""Many documents: `make bench-archive`. Figures of survey, batch and compare on archives of samples/archive.py, which are made when they are not there.

  survey       seconds over the mixed archive (2,000 files: digital, damaged, legacy, scans, duplicates, broken, encrypted)
  digital      pages/s of digital plans into a SQLite store, on one processor (taskset) and on two, turn by turn: the ratio counts
  mixed        the same of a part of the mixed archive, scans among it
  memory       proportional set size of a batch's processes together, after a twentieth of the digital archive's documents and at the end
  compare      seconds over a store of 500 plans

The machine is noisy: each pair is run --runs times in turn, and of each the fastest counts.
"""
import argparse
import os
import shutil
import subprocess
import sys
import threading
import time

from bench import ROOT, set_size

sys.path.insert(0, ROOT)


def archive(folder, *options):
    if not os.path.isdir(folder):
        subprocess.run([os.path.join(ROOT, "samples/archive.py"), "--out", folder, *options], check=True)
    return folder


def part_of(folder, share, target):
    """Every `share`-th file of an archive, as links."""
    if not os.path.isdir(target):
        files = sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names)
        os.makedirs(target)
        for i, path in enumerate(files[::share]):
            os.link(path, os.path.join(target, f"{i:05d}{os.path.splitext(path)[1].lower()}"))
    return target


def tree(pid):
    """A process and all below it."""
    found = [pid]
    for parent in found:
        try:
            with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as file:
                found += map(int, file.read().split())
        except OSError:
            pass
    return found


def done_in(store):
    run = subprocess.run(["sqlite3", f"file:{store}?mode=ro", "SELECT count(*), coalesce(sum(pages), 0) FROM documents WHERE state = 'done'"], capture_output=True, text=True)
    return [int(n) for n in run.stdout.strip().split("|")] if run.returncode == 0 else [0, 0]


class Watcher(threading.Thread):
    """Samples (documents done, KiB of all processes) while a batch runs."""

    def __init__(self, pid, store):
        super().__init__(daemon=True)
        self.pid, self.store, self.samples, self.over = pid, store, [], threading.Event()

    def run(self):
        while not self.over.wait(1.0):
            self.samples.append((done_in(self.store)[0], sum(set_size(pid) for pid in tree(self.pid))))


def batch(program, folder, work, processors, watch=False):
    """(pages, seconds, samples) of a batch into an empty store on so many processors."""
    store = os.path.join(work, "store.db")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(store + suffix):
            os.remove(store + suffix)
    cpus = ",".join(map(str, sorted(os.sched_getaffinity(0))[:processors]))
    began = time.monotonic()
    process = subprocess.Popen(["taskset", "-c", cpus, program, "batch", "--quiet", "--jobs", str(processors), "--store", "sqlite:" + store, folder],
                               stdout=subprocess.DEVNULL)
    watcher = Watcher(process.pid, store)
    if watch:
        watcher.start()
    process.wait()
    seconds = time.monotonic() - began
    watcher.over.set()
    return done_in(store)[1], seconds, watcher.samples


def one_against_two(title, program, folder, work, runs):
    best = {1: 0.0, 2: 0.0}
    for _ in range(runs):
        for processors in best:
            pages, seconds, _ = batch(program, folder, work, processors)
            best[processors] = max(best[processors], pages / seconds)
    print(f"{title:44}{best[1]:10.1f}{best[2]:10.1f}{best[2] / best[1]:10.2f}", flush=True)


def timed(command):
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/kehoach"))
    parser.add_argument("--folder", default=os.path.join(ROOT, "build"), help="where the archives are")
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    mixed = archive(os.path.join(options.folder, "archive"), "--files", "2000", "--seed", "1")
    digital = archive(os.path.join(options.folder, "archive-digital"), "--files", "2000", "--seed", "2", "--kinds", "digital")
    work = os.path.join(options.folder, "bench-archive")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)

    seconds = min(timed([options.program, "survey", mixed]) for _ in range(options.runs))
    print(f"survey of the mixed archive: {seconds:.1f} s\n")
    print(f"{'batch into SQLite':44}{'1 cpu':>10}{'2 cpus':>10}{'ratio':>10}   pages/s")
    one_against_two("digital, 400 documents", options.program, part_of(digital, 5, os.path.join(work, "digital")), work, options.runs)
    one_against_two("mixed, 100 files", options.program, part_of(mixed, 20, os.path.join(work, "mixed")), work, 1)

    pages, seconds, samples = batch(options.program, digital, work, 2, watch=True)
    early = [kib for n, kib in samples if 100 <= n < 200]
    late = [kib for n, kib in samples[-20:]]
    print(f"\nwhole digital archive: {pages} pages in {seconds:.0f} s, {pages / seconds:.0f} pages/s")
    if early and late:
        first, last = max(early) / 1024, max(late) / 1024
        print(f"memory of all processes: {first:.0f} MiB after 100 documents, {last:.0f} MiB after {samples[-1][0]}: {last / first:.2f} times")
    store = "sqlite:" + os.path.join(work, "store.db")
    print(f"\ncompare of {done_in(os.path.join(work, 'store.db'))[0]} plans: {min(timed([options.program, 'compare', store]) for _ in range(3)):.2f} s")


if __name__ == "__main__":
    main()
