#!/usr/bin/python3
"""How long `kehoach survey` takes over an archive of samples/archive.py, and whether it finds what is there.

The archive is made when DIR is not there yet (some minutes for 2,000 files). Printed are wall and CPU seconds (workers included), with the
machine's load before, and each file whose class, number of pages or turned pages are not those of the manifest. With --found a survey that was
made before (--format csv) is compared, and nothing timed; the exit status is 1 when something differs.
"""
import argparse
import collections
import csv
import os
import resource
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def manifest(archive):
    with open(archive + ".tsv", encoding="utf-8") as file:
        return {os.path.join(archive, row["path"]): row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def faults(archive, found):
    told = manifest(archive)
    with open(found, encoding="utf-8", newline="") as file:
        seen = {row["path"]: row for row in csv.DictReader(file)}
    for path in sorted(told.keys() ^ seen.keys()):
        yield f"{path}: {'not found' if path in told else 'was not made'}"
    for path in sorted(told.keys() & seen.keys()):
        made, is_so = told[path], seen[path]
        if made["class"] != is_so["class"]:
            yield f"{path}: {made['kind']} is called {is_so['class']}, should be {made['class']}"
        if made["pages"] not in ("", is_so["pages"]):
            yield f"{path}: {is_so['pages']} pages, should be {made['pages']}"
        if (made["turned"] == "0") != (is_so["turned"] == "0"):
            yield f"{path}: {is_so['turned']} pages turned, should be {made['turned']}"
    same = collections.Counter(row["original"] or row["path"] for row in told.values())
    copies, wanted = sum(row["copy_of"] != "" for row in seen.values()), sum(n - 1 for n in same.values())
    if copies != wanted:
        yield f"{copies} copies, should be {wanted}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", default=os.path.join(ROOT, "build", "archive"), metavar="DIR")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--found", metavar="FILE.csv")
    parser.add_argument("--program", default=os.environ.get("PROGRAM", os.path.join(ROOT, "build", "release", "kehoach")))
    options = parser.parse_args()
    archive = os.path.abspath(options.archive)
    found = options.found or archive + ".survey.csv"
    if not options.found:
        if not os.path.exists(archive):
            subprocess.run([os.path.join(ROOT, "samples", "archive.py"), "--out", archive, "--files", str(options.files)], check=True)
        load, start = os.getloadavg()[0], time.monotonic()
        subprocess.run([options.program, "survey", "--format", "csv", "-o", found, archive], check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{time.monotonic() - start:.1f} s, {used.ru_utime + used.ru_stime:.1f} CPU s; load before {load:.1f}, {os.cpu_count()} processors")
    n = 0
    for n, fault in enumerate(faults(archive, found), 1):
        print(fault)
    print(f"{len(manifest(archive))} files, {n} faults")
    return int(bool(options.found and n))


if __name__ == "__main__":
    sys.exit(main())
