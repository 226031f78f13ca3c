"""What was read of the scans, in syllables and digit strings, apart from what was made of it. Imported by eval.py.

  prose           wrong syllables of bases, headings and paragraphs, of the record against gold (edit distance)
  turned pages    the same, only what stands on pages that truth.json says were turned; the text layer of digital.pdf says on which
                  page a syllable of gold stands
  table cells     wrong syllables of table cells. A table is compared column by column, top to bottom, so that a row cut in two costs
                  nothing, and what only stands in another place of the same table is not wrong: reading, not structure. A table
                  that was not found at all is counted apart.
  missing         syllables of gold that the record has not, as multisets over the whole record, of real scans; mean and worst document
  digits >= .9    digit strings of words whose confidence is at least 0.9, as first read (--dump words), against the words of
                  digital.pdf that stand in the same place of the page. A string is 9,4 or 20/5/2022; wrong where digits differ or a
                  sign between them was lost, not where it is a point for a comma; a number that no word was read of is not counted

digital.pdf stands beside the scans: what is wrong there is no misreading, but text put in another place, or gold that is not as printed.
"""
import collections
import difflib
import functools
import json
import os
import re

import score

try:
    import Levenshtein
except ImportError:
    Levenshtein = None
try:
    import printed      # wants Levenshtein
except ImportError:
    printed = None

SCANS = ["scan-a.pdf", "scan-b.pdf", "scan-c.pdf"]
REAL = "input.pdf"
DIGITAL = "digital.pdf"
FORMS = [DIGITAL, *SCANS, REAL]
SURE = 0.9
PAIRS = 30              # most frequent misreadings that are written out
TABLE_MATCH = 0.2       # share of syllables two tables have in common that makes them one
SAME_HEADER = 0.8
DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")


class Count:
    """Wrong ones of all, and which."""

    def __init__(self):
        self.wrong, self.all, self.pairs, self.notes = 0, 0, collections.Counter(), []

    def add(self, wrong, all_, pairs=()):
        self.wrong += wrong
        self.all += all_
        self.pairs.update(pairs)

    def __str__(self):
        return f"{100 * self.wrong / self.all:.2f} % of {self.all}" if self.all else "skipped"


# Syllables

def differences(gold, found):
    """Runs that differ, (i, j, k, l): gold[i:j] was read as found[k:l]; the greater length is its part of the edit distance."""
    if Levenshtein is None:
        codes = difflib.SequenceMatcher(None, gold, found, autojunk=False).get_opcodes()
    else:
        number = {}
        codes = Levenshtein.opcodes(*("".join(chr(0x10000 + number.setdefault(w, len(number))) for w in words) for words in (gold, found)))
    runs = []
    for kind, i, j, k, l in codes:
        if kind == "equal":
            continue
        if runs and runs[-1][1] == i and runs[-1][3] == k:
            i, _, k, _ = runs.pop()
        runs.append((i, j, k, l))
    return runs


def pair(gold, found):
    return " ".join(gold) or "(nothing)", " ".join(found) or "(nothing)"


def prose(record):
    """Syllables outside tables."""
    sections = [{**s, "paragraphs": [p for p in score.Ls(s.get("paragraphs")) if "table" not in score.D(p)]}
                for s in map(score.D, score.Ls(record.get("sections")))]
    return score.body({"bases": record.get("bases"), "sections": sections})


def whole(record):
    """Syllables of all that a record keeps of the text."""
    header = score.D(record.get("header"))
    signers = [score.D(s) for s in score.Ls(record.get("signatures")) or [record.get("signature")]]
    more = [header.get(k) for k in ("issuer", "parent", "number", "place", "type", "title")]
    more += score.Ls(record.get("recipients")) + [s.get(k) for s in signers for k in ("authority", "position", "name")]
    return score.body(record) + score.toks(" ".join(score.S(text) for text in more))


# Pages

def turned_pages(folder, form):
    """Pages of a form that were turned, or None when nothing says so."""
    try:
        with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
            pages = json.load(file).get(form.rsplit(".", 1)[0])
    except (OSError, ValueError):
        return None
    return None if pages is None else {page["page"] for page in pages if page["rotation"]}


def pages_of(gold, lines):
    """The page of each syllable of gold, by the printed lines [(page, text)] it stands in; None when they do not belong together."""
    syllables = [(word, page) for page, text in lines for word in score.toks(text)]
    pages, at, known = [None] * len(gold), 0, 0
    for i, j, k, l in differences(gold, [word for word, _ in syllables]) + [(len(gold), len(gold), len(syllables), len(syllables))]:
        for n in range(at, i):
            pages[n] = syllables[k - (i - n)][1]
            known += 1
        at = j
    if known < 0.9 * len(gold):
        return None
    for order in (range(1, len(gold)), range(len(gold) - 2, -1, -1)):
        for n in order:
            pages[n] = pages[n] or pages[n - 1 if order.step > 0 else n + 1]
    return pages


def prose_on(gold, found, pages, wanted):
    """Count of what is wrong on the wanted pages."""
    count = Count()
    count.all = sum(page in wanted for page in pages)
    for i, j, k, l in differences(gold, found):
        places = [pages[max(0, min(n, j - 1))] for n in range(i, i + max(j - i, l - k))]
        wrong = sum(page in wanted for page in places)
        count.add(wrong, 0, [pair(gold[i:j], found[k:l])] if wrong else [])
    return count


# Tables

def columns(table):
    """Header apart and body of each column, in syllables; a cell over several columns belongs to its first."""
    rows = score.grid(table)
    parts = []
    for some in (rows[:1], rows[1:]):
        width = max([len(row) for row in rows] or [0])
        parts.append([[w for row in some if c < len(row) and row[c] for w in score.toks(row[c][0])] for c in range(width)])
    return parts


def flat(cells):
    return [word for cell in cells for word in cell]


def by_rows(table):
    return [word for row in score.grid(table) for cell in row if cell for word in score.toks(cell[0])]


def common(a, b):
    a, b = collections.Counter(a), collections.Counter(b)
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def sequences(gold, parts):
    """Pairs of sequences to compare: gold's columns and those of the tables found in its place; rows where the columns differ."""
    header, body = columns(gold)
    read = []
    for n, part in enumerate(parts):
        head, rest = columns(part)
        repeated = n > 0 and common(flat(header), flat(head)) >= SAME_HEADER
        read.append(rest if repeated else [a + b for a, b in zip(head, rest)])
    if all(len(part) == len(body) for part in read):
        return [(header[c] + body[c], flat(part[c] for part in read)) for c in range(len(body))]
    return [(by_rows(gold), flat(by_rows(part) for part in parts))]


def moved(runs):
    """Runs ([gold], [found]) without the words that one run lacks and another has too many of: they only stand elsewhere."""
    runs = [(list(a), list(b)) for a, b in runs]
    for a, b in runs:
        for word in list(a):
            other = next((found for gold, found in runs if len(found) > len(gold) and word in found and word not in gold), None)
            if len(a) > len(b) and word not in b and other is not None:
                a.remove(word)
                other.remove(word)
    return [(a, b) for a, b in runs if a or b]


def cells(gold, found):
    """Count of wrong syllables in table cells."""
    count = Count()
    tables = [t for t in score.Ls(gold.get("tables")) if by_rows(t)]
    parts = collections.defaultdict(list)
    for table in score.Ls(found.get("tables")):
        alike = [(common(by_rows(t), by_rows(table)), -n) for n, t in enumerate(tables)]
        inside = [(sum((collections.Counter(by_rows(t)) & collections.Counter(by_rows(table))).values()) / max(1, len(by_rows(table))), n)
                  for n, t in enumerate(tables)]
        best = max(alike, default=(0, 0))
        n = -best[1] if best[0] >= TABLE_MATCH else max(inside, default=(0, 0))[1]
        if best[0] >= TABLE_MATCH or max(inside, default=(0, 0))[0] >= 0.7:
            parts[n].append(table)
    for n, table in enumerate(tables):
        if not parts[n]:
            count.notes.append(f"{len(by_rows(table))} syllables of a table that was not found")
            continue
        pairs = sequences(table, parts[n])
        runs = [(a[i:j], b[k:l]) for a, b in pairs for i, j, k, l in differences(a, b)]
        runs = moved(runs)
        count.add(sum(max(len(a), len(b)) for a, b in runs), sum(len(a) for a, _ in pairs), (pair(a, b) for a, b in runs))
    return count


# Digits

def recorded_pages(path):
    """Words of a file of recorded words, by page."""
    pages = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            field = line.rstrip("\n").split("\t", 9)
            if field[0] == "page":
                words = pages.setdefault(int(field[1]), [])
            elif field[0] == "word":
                words.append(printed.Word(field[9], *map(float, field[2:6]), confidence=float(field[8]), line=field[1]))
    return pages


@functools.lru_cache(maxsize=2)
def printed_pages(pdf):
    return printed.printed_pages(pdf)


def digits(pdf, words):
    """Count of digit strings of sure words; notes name each wrong one."""
    count = Count()
    truth = printed_pages(pdf)
    for number, read in recorded_pages(words).items():
        units = printed.match(truth[number - 1], read) if number <= len(truth) else None
        if units is None:
            count.notes.append(f"page {number}: not compared: what was read does not fit what is printed")
            continue
        for gold, found in units:
            if not gold or not found or min(w.confidence for w in found) < SURE:
                continue
            texts = [" ".join(w.text for w in side) for side in (gold, found)]
            others = " ".join(w.text for w in gold if not DIGITS.search(w.text))
            if not DIGITS.search(texts[1]) and score.toks(texts[1]) == score.toks(others):
                continue                    # the digits were not read at all: no word says how sure it is of them
            a, b = (DIGITS.findall(text.replace(",", ".")) for text in texts)
            wrong = sum(max(j - i, l - k) for i, j, k, l in differences(a, b))
            count.add(wrong, max(len(a), len(b)))
            if wrong:
                count.notes.append(f"page {number}: {texts[0]} / {texts[1]}  {min(w.confidence for w in found):.2f}")
    return count


# All of it

class Reading:
    """Collects what eval.py reads. `lines` gives the printed lines [(page, text)] outside tables of a digital file."""

    def __init__(self, lines):
        self.lines = functools.lru_cache(maxsize=2)(lines)
        self.counts = collections.defaultdict(Count)     # (group, measure, form)
        self.documents = collections.defaultdict(list)   # (group, form): (share missing, name)

    def add(self, group, name, form, folder, gold, found, words):
        """One document in one form, its record and the file of recorded words or None."""
        if form not in FORMS:
            return
        def put(measure, count):
            total = self.counts[group, measure, form]
            total.add(count.wrong, count.all, count.pairs)
            total.notes += [(f"{name}/{form}", note) for note in count.notes]
        a, b = prose(gold), prose(found)
        runs = differences(a, b)
        count = Count()
        count.add(sum(max(j - i, l - k) for i, j, k, l in runs), len(a), (pair(a[i:j], b[k:l]) for i, j, k, l in runs))
        put("prose", count)
        put("cells", cells(gold, found))
        if form == REAL:
            a, b = collections.Counter(whole(gold)), collections.Counter(whole(found))
            count = Count()
            count.add(sum((a - b).values()), sum(a.values()))
            count.notes = ["missing: " + " ".join((a - b).elements())]
            put("missing", count)
            self.documents[group, form].append((count.wrong / max(1, count.all), name))
            return
        digital = os.path.join(folder, DIGITAL)
        if form == DIGITAL or not os.path.exists(digital):
            return
        turned = turned_pages(folder, form)
        pages = pages_of(a, self.lines(digital)) if turned else None
        if pages:
            put("turned", prose_on(a, b, pages, turned))
        if words and printed:
            put("digits", digits(digital, words))

    def show(self):
        titles = [("prose", "syllables wrong in prose"), ("turned", "  on turned pages"), ("cells", "syllables wrong in table cells"),
                  ("missing", "syllables missing"), ("digits", f"digit strings wrong, confidence >= {SURE}")]
        for group in sorted({key[0] for key in self.counts}, reverse=True):
            print(f"\n{group + ': reading':42s} " + " ".join(f"{form:>18s}" for form in FORMS))
            for measure, title in titles:
                counts = [self.counts.get((group, measure, form), Count()) for form in FORMS]
                print(f"{title:42s} " + " ".join(f"{count!s:>18s}" for count in counts))
            shares = self.documents.get((group, REAL))
            if shares:
                worst = max(shares)
                print(f"{'  mean of documents / worst document':42s} {100 * sum(s for s, _ in shares) / len(shares):.2f} % / "
                      f"{100 * worst[0]:.2f} % ({worst[1]})")
            for form in FORMS:
                for name, note in self.counts.get((group, "cells", form), Count()).notes:
                    print(f"  not counted: {name}: {note}")
        if printed is None:
            print("digit strings skipped: they want python3-levenshtein")

    def describe(self):
        """Lines for worst.txt: every wrong sure digit string, what real scans miss, the most frequent misreadings."""
        for (group, measure, form), count in sorted(self.counts.items()):
            if measure == "digits":
                yield f"== {group} {form}: digit strings wrong, confidence >= {SURE}: {count.wrong} of {count.all} (printed / read)"
                yield from (f"  {name} {note}" for name, note in count.notes)
            elif measure == "missing":
                yield f"== {group} {form}: {count.wrong} of {count.all} syllables missing"
                yield from (f"  {name} {note}" for name, note in count.notes)
            else:
                yield f"== {group} {form}: {measure}: {count.wrong} of {count.all} syllables wrong, most frequent (gold / read)"
                yield from (f"  {n:4d}  {gold} / {found}" for (gold, found), n in count.pairs.most_common(PAIRS))
            yield ""
