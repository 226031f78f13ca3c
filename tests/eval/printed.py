"""Words printed and words read, brought together by where they stand on the page.

A scan of samples/ or dev is a picture of digital.pdf, page by page, so the text layer of that says what is printed and where. Reading
order does not matter here: a word read belongs to the printed run (words of one cell or line) it stands on, and within the run words
are aligned by their letters. Frames may differ by skew and scale: words that occur once on both sides give the affine map.
"""
import collections
import html
import re
import statistics
import subprocess
import unicodedata

import Levenshtein

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')


class Word:
    def __init__(self, text, x0, y0, x1, y1, confidence=1.0, line=None):
        self.text = unicodedata.normalize("NFC", text)
        self.x0, self.y0, self.x1, self.y1, self.confidence, self.line = x0, y0, x1, y1, confidence, line

    @property
    def middle(self):
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


def printed_pages(pdf):
    output = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return [[Word(html.unescape(m[5]), *map(float, m.groups()[:4])) for m in WORD.finditer(page)] for page in output.split("<page ")[1:]]


def runs(words):
    """Printed words that stand side by side, left to right."""
    found = []
    for word in sorted(words, key=lambda w: (round(w.y1), w.x0)):
        for run in reversed(found[-12:]):
            last = run[-1]
            if abs(last.y1 - word.y1) < 2.5 and -1 < word.x0 - last.x1 < 0.9 * (last.y1 - last.y0):
                run.append(word)
                break
        else:
            found.append([word])
    return found


def solve(rows):
    """x of a x = b for three equations [a0, a1, a2, b]; None when they do not say."""
    rows = [list(row) for row in rows]
    for n in range(3):
        best = max(range(n, 3), key=lambda r: abs(rows[r][n]))
        rows[n], rows[best] = rows[best], rows[n]
        if abs(rows[n][n]) < 1e-9:
            return None
        for r in range(3):
            if r != n:
                share = rows[r][n] / rows[n][n]
                rows[r] = [a - share * b for a, b in zip(rows[r], rows[n])]
    return [rows[n][3] / rows[n][n] for n in range(3)]


def fit(pairs):
    """The affine map ((xx, xy, x0), (yx, yy, y0)) that brings the first points nearest to the second (least squares), or None."""
    matrix = []
    for axis in (0, 1):
        matrix.append(solve([[sum(a[r] * a[c] for a, _ in pairs) for c in range(3)] + [sum(a[r] * b[axis] for a, b in pairs)]
                             for r in range(3)]))
    return None if None in matrix else matrix


def mapped(matrix, point):
    return tuple(row[0] * point[0] + row[1] * point[1] + row[2] for row in matrix)


def frame(printed, read):
    """The affine map from the frame of the words read to the printed page, as (matrix, residual), or None when too little is alike."""
    once = [{w.text: w for w in words if counts[w.text] == 1} for words, counts in
            ((words, collections.Counter(w.text for w in words)) for words in (printed, read))]
    both = [((*once[1][t].middle, 1), once[0][t].middle) for t in once[1] if t in once[0] and len(t) > 2]
    if len(both) < 8:
        return None
    keep = both
    for limit in (60, 20, 8, 6):
        matrix = fit(keep)
        if matrix is None:
            return None
        off = [max(abs(x - y) for x, y in zip(mapped(matrix, a), b)) for a, b in both]
        middle = statistics.median(off)
        keep = [pair for pair, far in zip(both, off) if far < max(limit, middle * 1.5)]
        if len(keep) < 6:
            return None
    return (matrix, middle) if middle < 5 else None


def cost(printed, read):
    """What it costs to say that these printed words were read as those."""
    a, b = "".join(printed), "".join(read)
    if not a or not b:
        return sum(0.45 if not any(map(str.isalnum, w)) else 0.8 for w in (*printed, *read))
    whole = 1.6 * Levenshtein.distance(a, b) / max(len(a), len(b)) + 0.12 * (len(printed) + len(read) - 2)
    return whole + (0.8 if len(printed) == len(read) == 2 else 0)   # a space that moved: dearer than two words misread


STEPS = [(1, 1), (0, 1), (1, 0), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2)]


def align(printed, read):
    """Units (i, j, k, l): printed[i:j] was read as read[k:l]; both are lists of strings."""
    best = {(0, 0): (0.0, None)}
    for i in range(len(printed) + 1):
        for k in range(len(read) + 1):
            if (i, k) not in best:
                continue
            here = best[i, k][0]
            for di, dk in STEPS:
                if i + di <= len(printed) and k + dk <= len(read):
                    value = here + cost(printed[i:i + di], read[k:k + dk])
                    if (i + di, k + dk) not in best or value < best[i + di, k + dk][0]:
                        best[i + di, k + dk] = value, (i, k)
    units, at = [], (len(printed), len(read))
    while at != (0, 0):
        before = best[at][1]
        units.append((before[0], at[0], before[1], at[1]))
        at = before
    return units[::-1]


def match(printed, read):
    """Units ([printed words], [read words]) of one page, with what was read where nothing is printed as ([], [word]); None when the
    pages do not fit together."""
    found = frame(printed, read)
    if not found:
        return None
    lines = runs(printed)
    given = collections.defaultdict(list)
    units = []
    for word in read:
        x, y = mapped(found[0], word.middle)
        near = [(max(0, run[0].x0 - x, x - run[-1].x1) + 1.5 * abs((run[0].y0 + run[0].y1) / 2 - y), n) for n, run in enumerate(lines)
                if abs((run[0].y0 + run[0].y1) / 2 - y) < 0.6 * (run[0].y1 - run[0].y0) and run[0].x0 - 15 < x < run[-1].x1 + 15]
        if near:
            given[min(near)[1]].append((x, word))
        else:
            units.append(([], [word]))
    for n, run in enumerate(lines):
        words = [word for _, word in sorted(given[n], key=lambda p: p[0])]
        units += [(run[i:j], words[k:l]) for i, j, k, l in align([w.text for w in run], [w.text for w in words])]
    return units
