#!/usr/bin/env python3
"""kills.py [FOLDER] [--kills N] [--seed S] - a batch whose processes are killed at random moments leaves the store an undisturbed one leaves.

Killed (SIGKILL) is the coordinator, one of its readers, or one of their page workers. Without a coordinator nobody may be left; it is started
again with the same command. A run that ends before all kills are done is compared, and another begins with an empty store."""
import argparse
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PROGRAM", str(ROOT / "build/release/kehoach"))


def below(pid):
    """Processes below one, by depth: readers, page workers."""
    try:
        children = [int(c) for c in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return children


def is_alive(pid):
    try:
        return ") Z " not in pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def verdict(name, faults):
    print(f"{'not ok' if faults else 'ok'} - {name}")
    for fault in faults:
        print(f"#   {fault}")
    return not faults


class Runs:
    def __init__(self, folder, work, chance):
        self.folder, self.work, self.chance, self.leftovers = folder, work, chance, []
        self.done = {"coordinator": 0, "reader": 0, "page worker": 0}

    def start(self, store):
        return subprocess.Popen([PROGRAM, "batch", "--quiet", "--store", f"sqlite:{store}", self.folder], stdout=subprocess.DEVNULL,
                                stderr=open(self.work / "err", "a"), stdin=subprocess.DEVNULL)

    def kill_one(self, process):
        """Kills somebody; which sort, or None when there was nobody of the sort drawn."""
        readers = below(process.pid)
        workers = [w for r in readers for w in below(r)]
        sort = self.chance.choice(["coordinator", "reader", "reader", "page worker"])
        victims = {"coordinator": [process.pid], "reader": readers, "page worker": workers}[sort]
        if not victims or process.poll() is not None:
            return None
        try:
            os.kill(self.chance.choice(victims), signal.SIGKILL)
        except ProcessLookupError:
            return None
        self.done[sort] += 1
        if sort == "coordinator":
            process.wait()
            family, end = readers + workers, time.time() + 5
            while any(is_alive(p) for p in family) and time.time() < end:
                time.sleep(0.02)
            self.leftovers += [p for p in family if is_alive(p)]
        return sort

    def disturbed(self, store, kills, seconds):
        """Runs to the end of one batch, with up to so many kills; how many were done. An error of the batch is an exception."""
        done, process = 0, self.start(store)
        while process.poll() is None or process.returncode == -signal.SIGKILL:
            if process.poll() is not None:
                process = self.start(store)
            if done >= kills:
                process.wait()
                continue
            time.sleep(self.chance.uniform(0, 2 * seconds))
            done += self.kill_one(process) is not None
        if process.returncode not in (0, 1):
            raise SystemExit(f"not ok - batch ended with {process.returncode}: {(self.work / 'err').read_text()[-500:]}")
        return done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--kills", type=int, default=int(os.environ.get("KILLS", "20")))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED", "7")))
    arguments = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="kehoach-kills."))
    try:
        folder = arguments.folder or str(work / "archive")
        if arguments.folder is None: # a tenth of the archive of 2,000 files: digital, damaged, old encodings, scans, copies, broken, encrypted
            subprocess.run([sys.executable, str(ROOT / "samples/archive.py"), "--out", folder, "--files", "200"], check=True, stdout=subprocess.DEVNULL)
        runs = Runs(folder, work, random.Random(arguments.seed))
        before = time.time()
        runs.start(work / "calm.db").wait()
        calm = time.time() - before
        good, done, stores = True, 0, 0
        while done < arguments.kills:
            store = work / f"disturbed-{stores}.db"
            done += runs.disturbed(store, arguments.kills - done, calm / max(4, arguments.kills))
            stores += 1
            told = subprocess.run([sys.executable, str(ROOT / "tests/batch/same_store.py"), str(work / "calm.db"), str(store)], text=True,
                                  capture_output=True)
            good &= verdict(f"store {stores} after {done} kills is that of an undisturbed run",
                            (told.stdout + told.stderr).splitlines() if told.returncode else [])
        killed = ", ".join(f"{n} {sort}s" for sort, n in runs.done.items())
        good &= verdict(f"nobody is left behind ({killed}; undisturbed {calm:.1f} s)", [f"process {p} lives on" for p in runs.leftovers])
        return not good
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
