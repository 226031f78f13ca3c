#!/usr/bin/python3
"""What the OCR engine misreads, counted: writes models/ocr_errors.tsv.

Pages whose text is known are rendered, scanned (samples/rendering/scan.py) and read by the program as it reads any scan, but not
mended (`extract --no-repair --ocr always --dump words`). Words read and words printed are brought together by where they stand on the
page, then aligned within a printed line; what differs is counted, in syllables, letters, marks, spaces and punctuation.

  ocr_errors.py                              learn from samples/: every sample, its scans and copies of them
  ocr_errors.py --corpus DIR --sheets 12     and from sheets of a sample's form filled with lines of the corpus (counts only are kept),
                                             in three fonts (fonts-liberation2, fonts-texgyre, fonts-freefont-ttf)
  ocr_errors.py --check DIR                  count the scans of the documents in DIR, write nothing, print the tables

Readings are kept in build/ocr-errors (--work) and used again; --refresh reads anew, after a change in source/ or ocr/.

Scans: a good scanner, 300 dpi grey; b poor, 200 dpi colour; c fax, 200 dpi black and white; f faint: black and white, toner low, so that
thin strokes and small marks vanish, as in many real files; ab and ac: a copy of scan a by b and by c.
"""
import argparse
import collections
import copy
import functools
import json
import lzma
import os
import random
import re
import subprocess
import sys
import unicodedata

import Levenshtein

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests/eval"))
import printed

SAMPLES = os.path.join(ROOT, "samples")
SCANS = ["a", "b", "c", "f", "ab", "ac"]
FAINT = (92, 120)                           # grey below which f is black
FEW = ["b", "c", "f"]                       # of sheets in other fonts
CORPUS = ["legal-plans_and_decisions.txt.xz", "legal-tnt305_official.txt.xz", "legal-trangsct_laocai.txt.xz"]
TONES = {"": "none", "\u0300": "grave", "\u0301": "acute", "\u0309": "hook", "\u0303": "tilde", "\u0323": "dot"}
TONE_ORDER = list(TONES.values())
FONTS = ["Liberation Serif", "TeX Gyre Termes", "FreeSerif"]    # all in place of Times New Roman; marks and commas differ
BANDS = 10


# Pages to read: samples, sheets of corpus text, and scans of both

def sheets(corpus, count, font):
    """Records in the form of the sample prose-only, with lines of the corpus in place of its paragraphs."""
    with open(os.path.join(SAMPLES, "prose-only", "gold.json"), encoding="utf-8") as file:
        form = json.load(file)
    rng, lines = random.Random(7 + font), []
    for name in CORPUS:
        with lzma.open(os.path.join(corpus, name), "rt", encoding="utf-8") as file:
            texts = [line for line in map(str.strip, file) if line.isprintable() and not re.search(r"[^\u0000-\u024f\u1e00-\u1eff‘-”–…]", line)]
        lines.append(([t for t in texts if 3 <= len(t.split()) <= 14], [t for t in texts if 15 <= len(t.split()) <= 90]))
    for sheet in range(count):
        record = copy.deepcopy(form)
        short, long = lines[sheet % len(lines)]
        for section in record["sections"]:
            if section["title"]:
                section["title"] = rng.choice(short).rstrip(".;:") if section["level"] > 1 else rng.choice(short).rstrip(".;:").upper()
            section["paragraphs"] = [{"marker": rng.choice(["-", "-", "+", None]), "depth": 1, "text": rng.choice(long)}
                                     for _ in range(rng.randint(2, 4))]
        layout = {"seed": 100 * (font + 1) + sheet, "font": FONTS[font], "font_size": rng.choice([12, 12.5, 13, 13.5, 14])}
        yield f"sheet-{font}-{sheet}", record, layout


class Paper:
    """A document to be scanned: what samples/rendering wants to know of it."""

    def __init__(self, folder, record, layout):
        self.folder, self.record, self.layout = folder, record, layout

    def path(self, name):
        return os.path.join(self.folder, name)


def faint(scan, pdf, target, paper):
    """Black and white at 200 dpi, cut so low that thin strokes break."""
    items = []
    for i, page in enumerate(scan.page_images(pdf, 200, grey=True)):
        rng = scan.generator(paper.layout["seed"], "f", i)
        grey = scan.cv2.GaussianBlur(scan.turn(page.astype("float32"), float(rng.uniform(-0.5, 0.5)), 255), (0, 0), rng.uniform(0.7, 1.0))
        grey += rng.normal(0, 14, grey.shape)
        bilevel = ((grey > rng.uniform(*FAINT)) * 255).astype("uint8")
        items.append((*scan.group4(bilevel), bilevel.shape[1], bilevel.shape[0]))
    scan.write_pdf(target, items, 200, "DeviceGray", 1)


def make_papers(options):
    """Renders what is to be learned from; gives (digital.pdf, scan.pdf, form) for each."""
    sys.path.insert(0, SAMPLES)
    import render                       # needs OpenCV and pikepdf: tools/setup.sh samples
    from rendering import fodt, scan
    papers = []
    for name in sorted(os.listdir(SAMPLES)):
        if os.path.exists(os.path.join(SAMPLES, name, "gold.json")):
            own = render.Sample(name)
            for turn in range(options.turns):
                paper = Paper(os.path.join(options.work, f"{name}-{turn}"), own.record, {**own.layout, "seed": own.layout["seed"] + 1000 * turn})
                papers.append((paper, own.path("digital.pdf")))
    if options.corpus:
        for font in range(len(FONTS)):
            for name, record, layout in sheets(options.corpus, options.sheets if font == 0 else options.sheets // 3, font):
                papers.append((Paper(os.path.join(options.work, name), record, {**fodt.DEFAULTS, **layout}), None))
    for paper, source in papers:
        os.makedirs(paper.folder, exist_ok=True)
        digital = paper.path("digital.pdf")
        if not os.path.exists(digital):
            if source:
                os.symlink(os.path.relpath(source, paper.folder), digital)
            else:
                render.digital(paper, digital)
        for form in SCANS if paper.layout["font"] == FONTS[0] else FEW:
            target = paper.path(f"scan-{form}.pdf")
            if not os.path.exists(target):
                make = {"a": scan.clean, "b": scan.poor, "c": scan.fax, "f": functools.partial(faint, scan)}[form[-1]]
                make(digital if len(form) == 1 else paper.path("scan-a.pdf"), target, paper)
            yield digital, target, form


def check_papers(folder):
    for name in sorted(os.listdir(folder)):
        digital = os.path.join(folder, name, "digital.pdf")
        for form in ("a", "b", "c"):
            target = os.path.join(folder, name, f"scan-{form}.pdf")
            if os.path.exists(digital) and os.path.exists(target):
                yield digital, target, form


# Reading

def read_pages(pdf, options):
    parts = os.path.abspath(pdf).split(os.sep)
    kept = os.path.join(options.work, f"{parts[-2]}-{parts[-1]}.tsv")
    if options.refresh or not os.path.exists(kept):
        done = subprocess.run([options.program, "extract", "--quiet", "--jobs", "1", "--no-repair", "--ocr", "always", "--dump", "words", pdf],
                              capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        if not done.stdout:
            sys.exit(f"{pdf}: {done.stderr.decode(errors='replace').strip()}")
        with open(kept + ".part", "wb") as file:
            file.write(done.stdout)
        os.replace(kept + ".part", kept)
    pages = {}
    with open(kept, encoding="utf-8") as file:
        for line in file:
            cell = line.rstrip("\n").split("\t")
            if cell[0] == "page":
                page = pages[int(cell[1])] = []
            elif cell[0] == "word":
                page.append(printed.Word(cell[9], *map(float, cell[2:6]), float(cell[8])))
    return pages


# Words taken apart

def take_apart(word):
    """(signs before, core, signs after)"""
    found = re.fullmatch(r"(\W*)(.*?)(\W*)", word.replace("_", "\u2017"), re.DOTALL)
    return tuple(part.replace("\u2017", "_") for part in found.groups())


def letter(char):
    """(folded letter, letter with its shape, tone) of one letter, in lower case"""
    parts = unicodedata.normalize("NFD", char.lower())
    tone = "".join(c for c in parts if c in TONES)
    shaped = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
    folded = "d" if shaped == "đ" else unicodedata.normalize("NFD", shaped)[:1]
    return folded, shaped, TONES.get(tone[:1], "none")


def tone_of(core):
    return next((tone for _, _, tone in map(letter, core) if tone != "none"), "none")


def show(text):
    return text.replace("\t", " ") if text else "-"


LEAST_WORD = 6     # readings of a word that make a habit of the engine's


class Counts:
    """rows[kind][true][read]; `totals` where the total of `true` is not the sum of its row."""

    def __init__(self):
        self.rows = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
        self.totals = collections.defaultdict(collections.Counter)
        self.words, self.pages, self.lost, self.wrong = (collections.Counter() for _ in range(4))

    def add(self, kind, true, read, times=1):
        self.rows[kind][true][read] += times

    def page(self, form, units):
        self.pages[form] += 1
        units.sort(key=lambda u: bool(u[0]))
        for true, read in units:
            self.words[form] += len(true)
            kind = self.unit(true, read)
            if kind != "right":
                self.wrong[form] += max(1, len(true)) if true else 0
            for word in read:
                band = min(int(word.confidence * BANDS), BANDS - 1)
                name = f"{band / BANDS:.1f}-{(band + 1) / BANDS:.1f}"
                self.add("confidence", name, kind)
                self.add(f"confidence-{form}", name, kind)
                if band == BANDS - 1:
                    self.add("confidence", f"{int(word.confidence * 100) / 100:.2f}", kind)

    def unit(self, true, read):
        """Counts one unit; gives what is wrong with it."""
        signs = [w for w in (true if not read else read) if not any(map(str.isalnum, w.text))]
        if not true:
            if not signs:
                self.add("stray", "-", "<letters>")
                return "stray letters"
            self.add("stray", "-", signs[0].text)
            return "stray sign"
        self.totals["stray"]["-"] += len(true)
        for word in true:
            self.totals["lost"]["<sign>" if not any(map(str.isalnum, word.text)) else "<word>"] += 1
        if not read:
            for word in true:
                self.add("lost", "<sign>" if not any(map(str.isalnum, word.text)) else "<word>", "-")
            return "lost"
        a, b = " ".join(w.text for w in true), " ".join(w.text for w in read)
        self.totals["space"]["join"] += len(true)
        self.totals["space"]["split"] += len(true)
        if len(true) > len(read):
            self.add("space", "join", "after sign" if not true[0].text[-1].isalnum() else "between letters")
        elif len(true) < len(read):
            self.add("space", "split", "at sign" if any(not any(map(str.isalnum, w.text)) for w in read) else "within letters")
        kinds = self.text(a.replace(" ", ""), b.replace(" ", "")) if len(true) == len(read) == 1 or max(len(true), len(read)) <= 2 else {"letters"}
        if len(true) != len(read):
            return "space"
        return next((k for k in ("letters", "marks", "case", "sign") if k in kinds), "right")

    def text(self, a, b):
        """Counts signs, letters and marks of one printed word `a` that was read as `b`."""
        kinds = set()
        (before, core, after), (before2, core2, after2) = take_apart(a), take_apart(b)
        if core and core2:
            for place, x, y in (("sign-before", before, before2), ("sign-after", after, after2)):
                self.add(place, show(x), show(y))
                if x != y:
                    kinds.add("sign")
        elif not core and not core2:
            self.add("sign", a, b)
            return {"sign"} if a != b else kinds
        else:
            self.add("sign-letter", a if not core else "<letters>", b if not core2 else "<letters>")
            return {"letters"}
        letters, letters2 = [letter(c) for c in core], [letter(c) for c in core2]
        folded, folded2 = "".join(x[0] or " " for x in letters), "".join(x[0] or " " for x in letters2)
        if len(folded) != len(core) or len(folded2) != len(core2):
            return {"letters"}
        far = Levenshtein.distance(folded, folded2) > max(1, (len(folded) + 1) // 2)
        if far:
            self.add("garbled", "<word>", "<word>")
            return {"letters"}
        self.totals["garbled"]["<word>"] += 1
        for c in folded:
            self.totals["letter"][c] += 1
        blocks = Levenshtein.opcodes(folded, folded2)
        merged = []
        for op, i, j, k, l in blocks:
            if op == "equal":
                merged.append((True, i, j, k, l))
            elif merged and not merged[-1][0]:
                _, i0, _, k0, _ = merged.pop()
                merged.append((False, i0, j, k0, l))
            else:
                merged.append((False, i, j, k, l))
        for equal, i, j, k, l in merged:
            if not equal:
                kinds.add("letters")
                self.add("letter", show(folded[i:j]), show(folded2[k:l]))
                self.add("letter-cased", show(core[i:j]), show(core2[k:l]))
                continue
            for x, y, c, d in zip(letters[i:j], letters2[k:l], core[i:j], core2[k:l]):
                if x[0] in "aeioudy" and x[0]:
                    if x[0] != "i" and x[0] != "y":
                        self.add("shape", x[1], y[1])
                    self.add("mark", c.lower(), d.lower())
                    if x[1:] != y[1:]:
                        kinds.add("marks")
                if c.isupper() != d.isupper():
                    kinds.add("case")
                    self.add("case", x[0].upper() if c.isupper() else x[0], y[0].upper() if d.isupper() else y[0])
                if c.isalpha():
                    self.totals["case"][x[0].upper() if c.isupper() else x[0]] += 1
        if core.isalpha() and len(core) <= 7 and folded == folded2 and any(x[0] in "aeiouy" for x in letters):
            self.add("word", core.lower(), core2.lower())
            self.add("tone", tone_of(core), tone_of(core2))
            self.add("syllable", "<syllable>", "both" if [x[1] for x in letters] != [x[1] for x in letters2] and tone_of(core) != tone_of(core2) else
                     "shape" if [x[1] for x in letters] != [x[1] for x in letters2] else
                     "tone" if tone_of(core) != tone_of(core2) else
                     "place" if core.lower() != core2.lower() else "right")
        return kinds

    def total(self, kind, true):
        if kind == "letter":
            return min((self.totals[kind][c] for c in true), default=0) if true != "-" else sum(self.totals[kind].values())
        if kind == "letter-cased":
            return self.total("letter", "".join(letter(c)[0] or c for c in true) if true != "-" else "-")
        return self.totals[kind][true] if kind in self.totals else sum(self.rows[kind][true].values())

    def write(self, path, learned):
        order = ["tone", "shape", "mark", "word", "syllable", "letter", "letter-cased", "case", "sign", "sign-before", "sign-after", "sign-letter",
                 "stray", "lost", "space", "garbled", "confidence"]
        order += sorted(k for k in self.rows if k.startswith("confidence-"))
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEADER.format(learned=learned))
            for kind in order:
                for true in sorted(self.rows[kind]):
                    reads = self.rows[kind][true]
                    for read, count in sorted(reads.items(), key=lambda r: (-r[1], r[0])):
                        if kind == "word" and (true == read or count < LEAST_WORD):
                            continue            # what was read right, and what is no habit
                        if count == 1 and len(true) + len(read) > 4 and kind[:4] in ("lett", "sign", "stra"):
                            continue            # seen once: chance
                        file.write(f"{kind}\t{true}\t{read}\t{count}\t{self.total(kind, true)}\n")


HEADER = """\
# What the OCR engine misreads, counted by models/ocr_errors.py; see there. {learned}
# kind<TAB>true<TAB>read<TAB>count<TAB>total of true. `-` stands for nothing. Rows of things read right are here too, except in
# letter, letter-cased, case, stray, lost, space and garbled, whose totals count what was printed.
#   tone          tone of a syllable whose letters without marks were read right
#   shape         letter without its tone: a ă â ...     mark: the letter with tone
#   word          a whole syllable read with other marks, LEAST_WORD times and more (total: times it was printed)
#   syllable      of all syllables: what was wrong: tone, shape, both, place (of the tone mark)
#   letter        letters without marks, 1:1 1:2 2:1 ...; `-` as true: put in; as read: left out. letter-cased: as printed
#   case          capital for small and the other way round
#   sign          punctuation standing alone; sign-before, sign-after: beside a word; sign-letter: one read as the other
#   stray         words where nothing is printed (total: words printed); lost: words not read
#   space         words joined or split (total: words printed); garbled: more than half the letters wrong
#   confidence    by the engine's confidence of the word (band, or hundredth from 0.90): right, or the worst that is wrong with it;
#                 confidence-a ...: of one kind of scan
"""


# Tables for the eye

def tables(counts):
    for form in sorted(counts.words):
        print(f"scan-{form}: {counts.pages[form]} pages, {counts.words[form]} words printed, {100 * counts.wrong[form] / counts.words[form]:.2f} % wrong")
    print("\np(tone read | true tone), per 1000, of syllables whose letters were read right")
    print(f'{"true":8s}' + "".join(f"{t:>9s}" for t in TONE_ORDER) + "      of")
    for true in TONE_ORDER:
        row = counts.rows["tone"][true]
        n = max(1, sum(row.values()))
        print(f"{true:8s}" + "".join(f"{1000 * row[t] / n:9.2f}" for t in TONE_ORDER) + f"{n:8d}")
    print("\np(shape read | true shape), per 1000")
    for true in "aăâeêoôơuưdđ":
        row = counts.rows["shape"][true]
        n = max(1, sum(row.values()))
        print(f"{true}  {n:7d}  " + "  ".join(f"{r} {1000 * c / n:.2f}" for r, c in row.most_common() if r != true))
    print("\nmarks by syllable: " + ", ".join(f"{k} {c}" for k, c in counts.rows["syllable"]["<syllable>"].most_common()))
    for kind, many in (("letter", 40), ("letter-cased", 40), ("case", 12), ("sign-before", 12), ("sign-after", 20), ("sign", 10), ("sign-letter", 10),
                       ("stray", 12), ("space", 6), ("lost", 4), ("garbled", 2)):
        pairs = [(c, t, r) for t, row in counts.rows[kind].items() for r, c in row.items() if t != r or kind in ("garbled",)]
        print(f"\n{kind}: " + ", ".join(f"{t}→{r} {c}/{counts.total(kind, t)}" for c, t, r in sorted(pairs, reverse=True)[:many]))
    print("\nconfidence: words, share wrong %, and of what kind")
    for kind in sorted(k for k in counts.rows if k.startswith("confidence")):
        print(kind)
        for band in sorted(counts.rows[kind]):
            row = counts.rows[kind][band]
            n = sum(row.values())
            print(f"  {band:8s}{n:8d} {100 * (1 - row['right'] / n):7.2f}   " + ", ".join(f"{k} {100 * c / n:.2f}" for k, c in row.most_common() if k != "right"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/kehoach"))
    parser.add_argument("--corpus", metavar="DIR")
    parser.add_argument("--sheets", type=int, default=12, metavar="N", help="sheets of corpus text, about 4 pages each, in the first font, a third as many "
                        "in each other (default: 12)")
    parser.add_argument("--turns", type=int, default=1, metavar="N", help="how often each sample is scanned (default: 1)")
    parser.add_argument("--work", default=os.path.join(ROOT, "build/ocr-errors"), metavar="DIR")
    parser.add_argument("--refresh", action="store_true", help="read again")
    parser.add_argument("--check", metavar="DIR")
    parser.add_argument("-o", "--output", default=os.path.join(ROOT, "models/ocr_errors.tsv"), metavar="FILE")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    counts, missed, printed_text = Counts(), 0, {}
    for digital, target, form in check_papers(options.check) if options.check else make_papers(options):
        read = read_pages(target, options)
        if digital not in printed_text:
            printed_text[digital] = printed.printed_pages(digital)
        for number, words in enumerate(printed_text[digital], 1):
            units = printed.match(words, read.get(number, []))
            if units is None:
                missed += 1
            else:
                counts.page(form, units)
    tables(counts)
    if missed:
        print(f"\n{missed} pages left out: too little of what was read is what is printed")
    if not options.check:
        learned = "Learned from " + ", ".join(f"scan-{f}: {counts.pages[f]} pages, {counts.words[f]} words" for f in sorted(counts.words)) + "."
        counts.write(options.output, learned)
        print(f"\nwritten: {os.path.relpath(options.output)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
