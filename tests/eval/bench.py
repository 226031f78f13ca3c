#!/usr/bin/python3
"""Speed and memory of kehoach, by kind of page and beside what one would use without it, on the same file, in the same run.

First, each kind of page: one page, one core. `s` is the fastest of --runs, pages/s of that; `CPU s` and `tesseract` are the least CPU
seconds, start of the program included, that kehoach took for the page's record and tesseract for its text (one thread; the page
rendered at 300 dpi and turned upright for it, which is not counted). The two take turns.
The line below is the median over all scanned pages. `MiB` is the most that one process held resident, pages it shares with others
included: for a scan, its worker. Text layers: the whole pipeline over whole files; start: a text file of one page.

Then the scans joined to one PDF, on all processors:

  kehoach      kehoach extract
  ocrmypdf     ocrmypdf --force-ocr --sidecar: all processors, Vietnamese
  tesseract    pdftoppm, then one tesseract a page, as many at a time as there are processors, OMP_THREAD_LIMIT=1

Those two give text without tables, header or tasks; what is compared is the reading. --scanned names another file; --digital compares a
digital one, too (`--digital samples`: those of samples/ joined), which takes minutes. The programs take turns; of each the fastest of
--runs counts. Memory there is the largest sum of proportional set sizes over the whole process tree, sampled 20 times a second.

All files are those of samples/ that are kept in git, but for the rows named dev, of ../shared/dev (--dev).
"""
import argparse
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCANS = [("ruled-portrait/scan-a.pdf", "1-3"), ("unruled-commune/scan-a.pdf", "1"), ("prose-only/scan-b.pdf", "1-2"),
         ("two-row-header/scan-b.pdf", "1-2")]
DIGITAL = ["group-rows", "merged-landscape", "prose-only", "ruled-portrait", "two-row-header", "unruled-commune", "year-targets"]
WITH_TABLES = [name for name in DIGITAL if name != "prose-only"]
# Kinds of scanned pages: (title, file, page, degrees to turn its picture clockwise).
PAGES = [
    ("clean, 300 dpi grey", "ruled-portrait/scan-a.pdf", 1, 0),
    ("clean, with a table", "ruled-portrait/scan-a.pdf", 2, 0),
    ("poor, 200 dpi colour", "prose-only/scan-b.pdf", 1, 0),
    ("poor, with a table", "two-row-header/scan-b.pdf", 2, 0),
    ("fax, 1 bit", "prose-only/scan-c.pdf", 1, 0),
    ("fax, upside down", "prose-only/scan-c.pdf", 2, 180),
    ("fax, table sideways", "merged-landscape/scan-c.pdf", 4, 90),
]
DEV_PAGES = [
    ("dev: real scan", "real-kh_09_ttra_syt_kiengiang_2017/input.pdf", 1, 0),
    ("dev: real, table sideways", "real-kh_2155_syt_kiengiang_2017/input.pdf", 4, 270),
]
START_RUNS = 20


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


def resident_peak(pid):
    """The most a process has held resident so far, in KiB."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def session_size(session):
    """All processes of a session, what a program started, workers and shells included: (sum of set sizes, greatest resident peak)."""
    total = peak = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == session:
                    total += set_size(name)
                    peak = max(peak, resident_peak(name))
            except (ProcessLookupError, PermissionError):
                pass
    return total, peak


class Cost:
    """The least a command took in several runs, and the most it held."""

    def __init__(self):
        self.seconds, self.cpu, self.tree, self.process = [], [], 0, 0

    def run(self, command, watch=True):
        """Runs a shell command in a session of its own; without `watch` its memory is not looked at."""
        start = time.monotonic()
        process = subprocess.Popen(["sh", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, start_new_session=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        done = 0
        while not done:
            if watch:
                tree, peak = session_size(process.pid)
                self.tree, self.process = max(self.tree, tree), max(self.process, peak)
                time.sleep(0.05)
            done, status, usage = os.wait4(process.pid, os.WNOHANG if watch else 0)
        if status != 0:
            raise SystemExit(f"failed: {command}\n" + process.stderr.read().decode(errors="replace"))
        process.stderr.close()
        process.returncode = 0     # waited for above
        self.seconds.append(time.monotonic() - start)
        self.cpu.append(usage.ru_utime + usage.ru_stime)


def page_count(path):
    output = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in output.splitlines() if line.startswith("Pages:")))


def joined(target, sources):
    """One PDF of files, or of files and page ranges."""
    subprocess.run(["qpdf", "--empty", "--pages", *sources, "--", target], check=True)
    return target


def turn_picture(path, degrees):
    """Turns a grey picture (PGM as pdftoppm writes it) clockwise, in place."""
    with open(path, "rb") as file:
        magic, size, depth, data = file.read().split(b"\n", 3)
    width, height = map(int, size.split())
    if degrees in (180, 270):
        data = data[::-1]
    if degrees in (90, 270):
        last = (height - 1) * width
        data = b"".join(data[last + x::-width] for x in range(width))
        width, height = height, width
    with open(path, "wb") as file:
        file.write(b"%s\n%d %d\n%s\n%s" % (magic, width, height, depth, data))


# Kinds of pages, one core

HEAD = f'{"one page, one core":34s} {"pages/s":>8s} {"s":>7s} {"CPU s":>7s} {"MiB":>5s} {"tesseract":>10s}   of tesseract\'s CPU'


def scanned_page(title, program, pdf, page, degrees, runs, folder):
    """Measures one page and prints its row; gives the CPU seconds of kehoach and of tesseract."""
    picture, out = os.path.join(folder, "page"), os.path.join(folder, "out")
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-f", str(page), "-l", str(page), "-singlefile", pdf, picture], check=True)
    turn_picture(picture + ".pgm", degrees)
    ours, theirs = Cost(), Cost()
    for n in range(runs):
        ours.run(shlex.join([program, "extract", "--quiet", "--jobs", "1", "--pages", str(page), "-o", out + ".json", pdf]), n == 0)
        theirs.run(shlex.join(["tesseract", picture + ".pgm", out, "-l", "vie"]), watch=False)
    cpu = min(ours.cpu), min(theirs.cpu)
    print(f"{title:34s} {1 / min(ours.seconds):8.2f} {min(ours.seconds):7.2f} {cpu[0]:7.2f} {ours.process / 1024:5.0f} {cpu[1]:10.2f}   "
          f"{cpu[0] / cpu[1]:.2f}", flush=True)
    return cpu


def scanned_pages(program, samples, dev, runs):
    print(HEAD)
    got = []
    for home, pages in (samples, PAGES), (dev, DEV_PAGES):
        for title, name, page, degrees in pages:
            pdf = os.path.join(home, name)
            if not os.path.exists(pdf):
                print(f"{title:34s} skipped: no {name}")
                continue
            with tempfile.TemporaryDirectory() as folder:
                got.append(scanned_page(title, program, pdf, page, degrees, runs, folder))
    ours, theirs = zip(*got)
    print(f'{f"median of the {len(got)} scanned pages":34s} {"":8s} {"":7s} {statistics.median(ours):7.2f} {"":5s} '
          f"{statistics.median(theirs):10.2f}   {statistics.median(a / b for a, b in got):.2f}")


def whole_files(title, program, sources, runs, folder):
    """Many files in one run of the program, one worker."""
    names = []
    for n, source in enumerate(sources):
        names.append(os.path.join(folder, f"{n}.pdf"))
        os.symlink(os.path.abspath(source), names[-1])
    pages, cost = sum(map(page_count, sources)), Cost()
    for _ in range(runs):
        cost.run(shlex.join([program, "extract", "--quiet", "--jobs", "1", "-o", folder, *names]), watch=False)
    cost.run(shlex.join([program, "extract", "--quiet", "--jobs", "1", "-o", folder, *names]))
    print(f"{title:34s} {pages / min(cost.seconds):8.2f} {min(cost.seconds) / pages:7.3f} {min(cost.cpu) / pages:7.3f} "
          f"{cost.process / 1024:5.0f}   {pages / min(cost.cpu):.1f} pages a CPU second, {pages} pages in {len(sources)} files", flush=True)


def start(program, digital, folder):
    text = os.path.join(folder, "page.txt")
    subprocess.run(["pdftotext", "-layout", "-l", "1", digital, text], check=True)
    cost = Cost()
    for _ in range(START_RUNS):
        cost.run(shlex.join([program, "extract", "--quiet", "-o", os.path.join(folder, "page.json"), text]), watch=False)
    print(f'{"text file of one page: start":34s} {"":8s} {min(cost.seconds):7.3f} {min(cost.cpu):7.3f}         '
          f"median {statistics.median(cost.seconds):.3f} s of {START_RUNS}, every processor a worker", flush=True)


def kinds(program, samples, dev, runs):
    scanned_pages(program, samples, dev, runs)
    for title, names in [("damaged text layer, with a table", ["ruled-portrait/damaged.pdf"]),
                         ("digital, with tables", [f"{name}/digital.pdf" for name in WITH_TABLES])]:
        with tempfile.TemporaryDirectory() as folder:
            whole_files(title, program, [os.path.join(samples, name) for name in names], runs, folder)
    with tempfile.TemporaryDirectory() as folder:
        start(program, os.path.join(samples, "ruled-portrait/digital.pdf"), folder)


# Beside others, all processors

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
    costs = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            for name, command in commands(program, pdf, folder, processors).items():
                costs.setdefault(name, Cost()).run(command)
    print(f"\n{title}: {pages} pages, {processors} processors, best of {runs}")
    print(f'  {"":10s} {"pages/s":>8s} {"s":>8s} {"CPU s/page":>11s} {"peak MiB":>9s}   kehoach is')
    ours = costs["kehoach"]
    for name, cost in costs.items():
        seconds, cpu = min(cost.seconds), min(cost.cpu)
        ratio = "" if name == "kehoach" else (f"   {seconds / min(ours.seconds):.2f} times as fast, {min(ours.cpu) / cpu:.2f} of the CPU, "
                                              f"{ours.tree / cost.tree:.2f} of the memory")
        print(f"  {name:10s} {pages / seconds:8.2f} {seconds:8.2f} {cpu / pages:11.2f} {cost.tree / 1024:9.0f}{ratio}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/kehoach"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scanned", metavar="FILE")
    parser.add_argument("--digital", metavar="FILE")
    parser.add_argument("--dev", default=os.path.join(ROOT, "../shared/dev"), metavar="DIR", help="more documents")
    options = parser.parse_args()
    samples = os.path.join(ROOT, "samples")
    began = time.monotonic()
    kinds(options.program, samples, options.dev, options.runs)
    with tempfile.TemporaryDirectory() as folder:
        parts = [part for name, pages in SCANS for part in (os.path.join(samples, name), pages)]
        scanned = options.scanned or joined(os.path.join(folder, "scanned.pdf"), parts)
        bench("scanned", options.program, scanned, options.runs)
        if options.digital == "samples":
            options.digital = joined(os.path.join(folder, "digital.pdf"), [os.path.join(samples, d, "digital.pdf") for d in DIGITAL])
        if options.digital:
            bench("digital", options.program, options.digital, options.runs)
    print(f"\n{time.monotonic() - began:.0f} s; load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
