#!/usr/bin/python3
"""Speed and memory of kehoach beside what one would use without it, on the same file, in the same run.

  kehoach      kehoach extract
  ocrmypdf     ocrmypdf --force-ocr --sidecar: all processors, Vietnamese
  tesseract    pdftoppm, then one tesseract a page, as many at a time as there are processors, OMP_THREAD_LIMIT=1

Those two give text without tables, header or tasks; what is compared is the reading. Two inputs: all scans in samples/ that are
kept in git, and all digital samples, each joined to one PDF (--scanned and --digital name other files). The programs take turns; of each the fastest
of --runs counts. Memory is the largest sum of proportional set sizes over the whole process tree, sampled 20 times a second.
"""
import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCANS = ["ruled-portrait/scan-a.pdf", "unruled-commune/scan-a.pdf", "prose-only/scan-b.pdf", "two-row-header/scan-b.pdf"]
DIGITAL = ["group-rows", "merged-landscape", "prose-only", "ruled-portrait", "two-row-header", "unruled-commune", "year-targets"]


def set_size(pid):
    """Proportional set size of a process in KiB; its resident size where the kernel does not tell."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        pass
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    except OSError:
        return 0


def session_size(session):
    """Sum over all processes of a session: what a program started, workers and shells included."""
    total = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == session:
                    total += set_size(name)
            except (ProcessLookupError, PermissionError):
                pass
    return total


def measure(command):
    """(seconds, CPU seconds, peak KiB) of a shell command in a session of its own."""
    start = time.monotonic()
    process = subprocess.Popen(["sh", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, start_new_session=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    peak, done = 0, 0
    while not done:
        peak = max(peak, session_size(process.pid))
        time.sleep(0.05)
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
    if status != 0:
        raise SystemExit(f"failed: {command}\n" + process.stderr.read().decode(errors="replace"))
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, peak


def page_count(path):
    output = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in output.splitlines() if line.startswith("Pages:")))


def joined(target, sources):
    subprocess.run(["qpdf", "--empty", "--pages", *sources, "--", target], check=True)
    return target


def commands(program, pdf, folder, processors):
    quoted = {"program": shlex.quote(program), "pdf": shlex.quote(pdf), "out": shlex.quote(folder)}
    return {name: command.format(n=processors, **quoted) for name, command in {
        "kehoach": "{program} extract --quiet --jobs {n} -o {out}/record.json {pdf}",
        "ocrmypdf": "ocrmypdf --quiet --force-ocr --jobs {n} -l vie --sidecar {out}/side.txt {pdf} {out}/ocr.pdf",
        "tesseract": "rm -f {out}/p-*; pdftoppm -r 300 -gray {pdf} {out}/p && "
                     "ls {out}/p-*.pgm | xargs -P {n} -I % tesseract % % -l vie",
    }.items()}


def bench(title, program, pdf, runs):
    pages, processors = page_count(pdf), len(os.sched_getaffinity(0))
    best = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            for name, command in commands(program, pdf, folder, processors).items():
                got = measure(command)
                best[name] = min(best.get(name, got), got)
    print(f"{title}: {pages} pages, {processors} processors, best of {runs}")
    print(f'  {"":10s} {"pages/s":>8s} {"s":>8s} {"CPU s/page":>11s} {"peak MiB":>9s}   kehoach is')
    ours = best["kehoach"]
    for name, (seconds, cpu, peak) in best.items():
        ratio = "" if name == "kehoach" else (f"   {seconds / ours[0]:.2f} times as fast, {cpu / ours[1]:.2f} by CPU, "
                                              f"with {ours[2] / peak:.2f} of the memory")
        print(f"  {name:10s} {pages / seconds:8.2f} {seconds:8.2f} {cpu / pages:11.2f} {peak / 1024:9.0f}{ratio}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/kehoach"))
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--scanned", metavar="FILE")
    parser.add_argument("--digital", metavar="FILE")
    options = parser.parse_args()
    samples = os.path.join(ROOT, "samples")
    with tempfile.TemporaryDirectory() as folder:
        scanned = options.scanned or joined(os.path.join(folder, "scanned.pdf"), [os.path.join(samples, s) for s in SCANS])
        digital = options.digital or joined(os.path.join(folder, "digital.pdf"),
                                            [os.path.join(samples, d, "digital.pdf") for d in DIGITAL])
        bench("scanned", options.program, scanned, options.runs)
        bench("digital", options.program, digital, options.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
