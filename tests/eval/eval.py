#!/usr/bin/python3
"""Accuracy of kehoach on documents whose record is known: samples/ and, when it is there, ../shared/dev.

Each document is a folder with gold.json and the forms it comes in (digital.pdf, scan-a.pdf, text.txt ...). Every form goes through
`kehoach extract`, the record through `kehoach validate` and score.py. One line a document and form, then the means, then how scans were
read (reading.py); records are left in build/eval/<document>/<form>.json, and what is wrong in them, worst first, in build/eval/worst.txt.
A scan is read once, its words are recorded and replayed.

  eval.py --forms 'scan-*' --docs 'plan-*'     only these (shell patterns, comma list)
  eval.py --words-cache build/words            record what OCR reads; later runs replay it and take seconds.
                                               Words read by OCR only: text layers are always read anew.
  eval.py --words-cache build/words --refresh  read again, after a change in source/ or ocr/

Then come the rows of tables (rows.py): right in every cell; lost or doubled over page breaks.

Columns: the parts of score.py in per cent; p/s pages a second (of the recording, when replayed); SER share of wrong syllables of the
whole text, prose without tables; lost pages (warnings); `!` the record does not validate.
"""
import argparse
import contextlib
import fnmatch
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time

import faults
import reading
import rows
import score
import trust

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FORMS = ["digital.pdf", "damaged.pdf", "scan-a.pdf", "scan-b.pdf", "scan-c.pdf", "input.pdf", "seed.txt", "text.txt",
         "text-tcvn3.txt", "text-tcvn3.raw", "text-vni.txt", "text-vni.raw"]
PARTS = [("over", None), ("head", "header"), ("bases", "bases"), ("sect", "sections"), ("roles", "roles"), ("tasks", "tasks"),
         ("strict", "tasks_strict"), ("targ", "targets"), ("resp", "responsibilities"), ("recip", "recipients"),
         ("sign", "signature"), ("table", "tables"), ("text", "text")]


class Result:
    """One document in one form: its score and what reading it cost."""

    def __init__(self, group, document, form, gold, found, seconds, error, valid):
        self.group, self.document, self.form, self.error, self.valid = group, document, form, error, valid
        self.gold, self.found, self.score = gold, found, score.score(gold, found)
        self.pages = score.D(found.get("source")).get("page_count") or 0
        self.seconds = seconds
        self.lost = sum(1 for w in score.Ls(found.get("warnings")) if score.D(w).get("page"))
        self.prose = prose_errors(gold, found)

    @property
    def name(self):
        return f"{self.document}/{self.form}"

    def part(self, key):
        return self.score["overall"] if key is None else self.score["parts"][key]


def prose_errors(gold, found):
    """(wrong, all) syllables outside tables."""
    a = reading.prose(gold)
    return score.edit(a, reading.prose(found)), len(a)


def run(command):
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": "C", "OMP_THREAD_LIMIT": "1"})
    return done, time.monotonic() - start


def file_hash(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:32]


class Reader:
    """Runs the program on a file, through the cache of recorded words where one is wanted."""

    def __init__(self, options, folder):
        """Without --words-cache the words of scans are kept in `folder`, for this run."""
        self.program, self.cache, self.refresh = options.program, options.words_cache or folder, options.refresh
        self.keep_all = options.words_cache is not None
        self.extract = [self.program, "extract", "--quiet"] + (["--jobs", str(options.jobs)] if options.jobs else [])
        self.build, self.replayed, self.foreign = file_hash(options.program), 0, 0

    def recorded(self, path):
        """The file of recorded words for `path` and the seconds reading took, or (None, 0) when it needs no OCR."""
        key = os.path.join(self.cache, file_hash(path))
        words, about = key + ".tsv", key + ".seconds"
        if self.refresh or not (os.path.exists(words) and os.path.exists(about)):
            done, took = run(self.extract + ["--dump", "words", path])
            if done.returncode != 0 or not any(line.startswith(b"page\t") and b"\tocr\t" in line for line in done.stdout.splitlines()):
                return None, 0
            with open(words, "wb") as file:
                file.write(done.stdout)
            with open(about, "w", encoding="ascii") as file:
                file.write(f"{took:.2f} {self.build}\n")
            return words, took
        with open(about, encoding="ascii") as file:
            took, build = (file.read() + " unknown").split()[:2]
        self.replayed += 1
        self.foreign += build != self.build
        return words, float(took)

    def lines(self, path):
        """Printed lines [(page, text)] outside tables."""
        output = run(self.extract + ["--dump", "lines", path])[0].stdout.decode()
        fields = [line.split("\t", 4) for line in output.splitlines()]
        return [(int(f[0]), f[4]) for f in fields if len(f) == 5 and not f[2].startswith("cell")]

    def read(self, path, target):
        """Writes the record of `path` to `target`; gives it, the seconds it took, the error message, whether it validates, and the file
        of recorded words or None."""
        with contextlib.suppress(FileNotFoundError):
            os.remove(target)
        kept = path.endswith(".pdf") and (self.keep_all or os.path.basename(path).startswith("scan"))
        words, took = self.recorded(path) if kept else (None, 0)
        done, seconds = run(self.extract + (["--words", words] if words else []) + ["-o", target, path])
        record, _ = score.load(target)
        record = score.D(record)
        error = done.stderr.decode(errors="replace").strip().split("\n")[-1] if done.returncode else ""
        valid = bool(record) and run([self.program, "validate", "--quiet", target])[0].returncode == 0
        return (record, took + seconds, error, valid), words


def documents(folder):
    if not os.path.isdir(folder):
        return []
    return sorted(name for name in os.listdir(folder) if os.path.exists(os.path.join(folder, name, "gold.json")))


def wanted(name, patterns):
    return any(fnmatch.fnmatch(name, p) or fnmatch.fnmatch(name.rsplit(".", 1)[0], p) for p in patterns.split(","))


def measure(options, folder):
    """All results, and how scans were read."""
    reader, results = Reader(options, folder), []
    readings = reading.Reading(reader.lines)
    if options.words_cache:
        os.makedirs(options.words_cache, exist_ok=True)
    for group, home in [("samples", os.path.join(ROOT, "samples")), ("dev", options.dev)]:
        names = [name for name in documents(home) if wanted(name, options.docs)]
        if not documents(home):
            print(f"skipped: {os.path.relpath(home, ROOT)} (not there)")
        for name in names:
            for form in FORMS:
                path = os.path.join(home, name, form)
                if not os.path.exists(path) or not wanted(form, options.forms):
                    continue
                own = os.path.join(home, name, "gold-seedtext.json")
                gold, _ = score.load(own if form == "seed.txt" and os.path.exists(own) else os.path.join(home, name, "gold.json"))
                target = os.path.join(options.out, name, form + ".json")
                os.makedirs(os.path.dirname(target), exist_ok=True)
                got, words = reader.read(path, target)
                results.append(Result(group, name, form, gold, *got))
                line(results[-1])
                readings.add(group, name, form, os.path.join(home, name), gold, results[-1].found, words)
    if reader.replayed and options.words_cache:
        print(f"\n{reader.replayed} files replayed from {options.words_cache}, {reader.foreign} of them recorded by another build of the "
              "program; --refresh reads them again")
    return results, readings


def cells(values):
    return " ".join("    - " if v is None else f"{100 * v:6.1f}" for v in values)


def head():
    print(f'{"":42s} ' + " ".join(f"{title:>6s}" for title, _ in PARTS) + "     p/s    SER  prose  lost")


def line(result):
    x = result.score["detail"]
    speed = result.pages / result.seconds if result.seconds else 0
    ser = x["syllable_errors"] / max(1, x["syllables"])
    prose = result.prose[0] / max(1, result.prose[1])
    mark = "" if result.valid else " !"
    print(f"{result.name[-42:]:42s} {cells(result.part(k) for _, k in PARTS)} {speed:7.2f} {100 * ser:6.2f} {100 * prose:6.2f} "
          f"{result.lost:5d}{mark} {result.error[:80]}".rstrip(), flush=True)


def mean_line(title, results):
    def mean(key):
        values = [v for v in (r.part(key) for r in results) if v is not None]
        return sum(values) / len(values) if values else None
    wrong, total = (sum(r.score["detail"][k] for r in results) for k in ("syllable_errors", "syllables"))
    seconds = sum(r.seconds for r in results)
    prose = sum(r.prose[0] for r in results) / max(1, sum(r.prose[1] for r in results))
    print(f"{title:42s} {cells(mean(k) for _, k in PARTS)} {sum(r.pages for r in results) / max(seconds, 1e-9):7.2f} "
          f"{100 * wrong / max(1, total):6.2f} {100 * prose:6.2f} {sum(r.lost for r in results):5d}")


def means(results):
    print()
    head()
    for group in ("samples", "dev"):
        ours = [r for r in results if r.group == group]
        for form in FORMS:
            these = [r for r in ours if r.form == form]
            if these:
                mean_line(f"{group}: {form} ({len(these)})", these)
        scans = [r for r in ours if r.form.startswith("scan") or r.form == "input.pdf"]
        if scans and ours:
            mean_line(f"{group}: all scans ({len(scans)})", scans)
        if ours:
            mean_line(f"{group}: all ({len(ours)})", ours)
    invalid = sum(not r.valid for r in results)
    print(f"\n{len(results)} records, {invalid} do not validate; SER and prose are pooled over the syllables, the rest are plain means")


def show_rows(results):
    for group in ("samples", "dev"):
        counts = {form: rows.Rows() for form in FORMS}
        for result in results:
            if result.group == group:
                counts[result.form].add(result.gold, result.found)
        rows.show(group, counts)


def show_trust(results):
    sure = trust.Trust()
    for result in results:
        sure.add(result.group, result.document, result.form, result.gold, result.found)
    sure.show()
    return sure


def write_worst(results, readings, sure, path):
    with open(path, "w", encoding="utf-8") as file:
        for result in sorted(results, key=lambda r: r.score["overall"]):
            text = io.StringIO()
            with contextlib.redirect_stdout(text):
                score.show(result.name, result.score, True)
            file.write(text.getvalue() + "\n".join(faults.describe(result.gold, result.found)) + "\n\n")
        file.write("\n".join(readings.describe()) + "\n")
        file.write("\n".join(sure.describe()) + "\n")
    print(f"what is wrong, worst first: {os.path.relpath(path)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/kehoach"))
    parser.add_argument("--forms", default="*", metavar="PATTERNS")
    parser.add_argument("--docs", default="*", metavar="PATTERNS")
    parser.add_argument("--jobs", type=int, metavar="N", help="handed on to kehoach")
    parser.add_argument("--words-cache", metavar="DIR")
    parser.add_argument("--refresh", action="store_true")
    parser.add_argument("--dev", default=os.path.join(ROOT, "../shared/dev"), metavar="DIR", help="more documents")
    parser.add_argument("--out", default=os.path.join(ROOT, "build/eval"), metavar="DIR")
    options = parser.parse_args()
    if not os.access(options.program, os.X_OK):
        parser.error(f"no program {options.program}: run make first")
    head()
    with tempfile.TemporaryDirectory() as folder:
        results, readings = measure(options, folder)
    if not results:
        print("nothing to measure", file=sys.stderr)
        return 2
    means(results)
    show_rows(results)
    readings.show()
    sure = show_trust(results)
    write_worst(results, readings, sure, os.path.join(options.out, "worst.txt"))
    return 0 if all(r.valid for r in results) else 1


if __name__ == "__main__":
    sys.exit(main())
