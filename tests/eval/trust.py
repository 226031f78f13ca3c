"""Does confidence mean what it says, and does `review` find what is wrong? Imported by eval.py.

Every value of a record that has a confidence in `evidence` is compared with gold's in the same place: right or wrong. What gold has and the
record has not is `null` and has no confidence: `review` must name it, the other figures do not count it.

  reliability     of the values marked 0.9, are nine in ten right? Ten bins; the expected calibration error (ECE) is the mean distance of
                  confidence and share right, weighted by the values in a bin (Naeini et al., AAAI 2015)
  sure and wrong  numbers and dates that are wrong though their confidence is 0.9 or more
  review          wrong values, and scalars that gold has and the record has not, that a clerk has found who reads the first entries of
                  `review`, 5 % as many as there are places on paper where values of the record stand. Who reads an entry looks at its place and sees whatever was read there, so that one entry
                  finds a value, what stands below it in the record, and the same words elsewhere in it

Lists are paired as score.py pairs them; what is paired with nothing is wrong in all its values. Figures and dates are compared character by
character, texts word by word without the signs at the edges of words.
"""
import collections
import math
import re

import score

SURE = 0.9
BINS = 10
SHARE_READ = 0.05
FIGURES = re.compile(r"^/(header/(number|date|period/\w+)|bases/\d+/references/\d+/(number|date)|sections/\d+/number"
                     r"|tasks/\d+/(number|deadline|budget)|targets/\d+/value)$")

Value = collections.namedtuple("Value", "pointer confidence right")


def lists(gold, found, part):
    return [[score.D(x) for x in score.Ls(r.get(part))] for r in (gold, found)]


def words(text):
    return " ".join(score.toks(score.S(text)))


def same(pointer, a, b):
    """Figures to the letter; of texts the words, whatever signs stand between them."""
    if FIGURES.match(pointer) or not isinstance(b, str):
        return score.N(a) == score.N(b)
    return a is not None and words(a) == words(b)


class Truth:
    """What is right and what is not, of one record: `right` maps a pointer to a truth value; `missing` are pointers to null where gold has a scalar."""

    def __init__(self, gold, found):
        self.right, self.missing = {}, []
        self.header(score.D(gold.get("header")), score.D(found.get("header")))
        self.bases(*lists(gold, found, "bases"))
        self.sections(*lists(gold, found, "sections"))
        self.tasks(*lists(gold, found, "tasks"))
        self.targets(*lists(gold, found, "targets"))
        self.responsibilities(*lists(gold, found, "responsibilities"))
        self.bag("/recipients", gold.get("recipients"), found.get("recipients"))
        self.members("/signature", score.D(gold.get("signature")), score.D(found.get("signature")))
        for n, (a, b) in enumerate(zip_longest_left(*lists(gold, found, "signatures"))):
            self.members(f"/signatures/{n}", a, b)
        self.tables(*lists(gold, found, "tables"))

    def put(self, pointer, a, b):
        if b is not None:
            self.right[pointer] = same(pointer, a, b)

    def members(self, pointer, gold, found):
        for key, value in found.items():
            if not isinstance(value, (dict, list)):
                self.put(f"{pointer}/{key}", gold.get(key), value)
                if value is None and gold.get(key) not in (None, "") and not isinstance(gold[key], (dict, list)):
                    self.missing.append(f"{pointer}/{key}")

    def bag(self, pointer, gold, found):
        left = collections.Counter(words(x) for x in score.Ls(gold))
        for n, text in enumerate(score.Ls(found)):
            text = words(text)
            self.right[f"{pointer}/{n}"] = left[text] > 0
            left[text] -= 1

    def header(self, gold, found):
        self.members("/header", gold, found)
        self.members("/header/period", score.D(gold.get("period")), score.D(found.get("period")))

    def bases(self, gold, found):
        alike = lambda a, b: score.sim(score.S(a.get("text")), score.S(b.get("text")))
        partner = {j: gold[i] for i, j, _ in score.match(gold, found, alike, 0.5)}
        ours = [score.D(r) for base in gold for r in score.Ls(base.get("references"))]
        theirs, places = [], []
        for n, base in enumerate(found):
            self.put(f"/bases/{n}/text", partner.get(n, {}).get("text"), base.get("text"))
            for m, reference in enumerate(score.Ls(base.get("references"))):
                theirs.append(score.D(reference))
                places.append(f"/bases/{n}/references/{m}")
        agree = lambda a, b: sum(w * (score.N(a.get(k)) == score.N(b.get(k))) for k, w in (("number", 3), ("date", 2), ("type", 1.5), ("issuer", 1)))
        of = {j: ours[i] for i, j, _ in score.match(ours, theirs, agree, 1.5)}
        for n, reference in enumerate(theirs):
            self.members(places[n], of.get(n, {}), reference)

    def sections(self, gold, found):
        def alike(a, b):
            return score.sim(*(f'{score.S(s.get("number"))} {score.S(s.get("title"))}' for s in (a, b))) if a.get("title") else float(a.get("number") == b.get("number") and not b.get("title"))
        partner = {j: gold[i] for i, j, _ in score.match(gold, found, alike, 0.6)}
        texts = collections.Counter(words(score.D(p).get("text")) for s in gold for p in score.Ls(s.get("paragraphs")))
        for n, section in enumerate(found):
            self.members(f"/sections/{n}", partner.get(n, {}), section)
            for m, paragraph in enumerate(map(score.D, score.Ls(section.get("paragraphs")))):
                text = words(paragraph.get("text"))
                self.right[f"/sections/{n}/paragraphs/{m}/text"] = texts[text] > 0
                texts[text] -= 1

    def tasks(self, gold, found):
        alike = lambda a, b: score.sim(score.S(a.get("text")), score.S(b.get("text")))
        partner = {j: gold[i] for i, j, _ in score.match(gold, found, alike, 0.8)}
        dates = lambda task: tuple(score.D(task.get("deadline")).get(k) for k in ("kind", "start", "end"))
        for n, task in enumerate(found):
            other = partner.get(n, {})
            self.members(f"/tasks/{n}", other, task)
            for key in ("lead", "coordinate", "product"):
                self.bag(f"/tasks/{n}/{key}", other.get(key), task.get(key))
            self.right[f"/tasks/{n}/deadline"] = n in partner and dates(other) == dates(task)
            for key, value in score.D(task.get("other")).items():
                self.put(f"/tasks/{n}/other/{escaped(key)}", score.D(other.get("other")).get(key), value)

    def targets(self, gold, found):
        def agree(a, b):
            alike = score.tsim(score.S(a.get("text")), score.S(b.get("text")))
            return alike + sum(score.N(a.get(k)) == score.N(b.get(k)) for k in ("comparator", "value", "unit", "by", "subject")) if alike >= 0.7 else 0
        partner = {j: gold[i] for i, j, _ in score.match(gold, found, agree, 0.7)}
        for n, target in enumerate(found):
            other = partner.get(n, {})
            self.members(f"/targets/{n}", other, target)
            # a clause for its sentence is no error of reading
            self.right[f"/targets/{n}/text"] = n in partner and clause(other.get("text"), target.get("text"))
            if f"/targets/{n}/subject" in self.right:
                self.right[f"/targets/{n}/subject"] = n in partner and clause(other.get("text"), target.get("subject"))

    def responsibilities(self, gold, found):
        alike = lambda a, b: score.sim(score.S(a.get("text")), score.S(b.get("text"))) + 0.1 * (score.N(a.get("unit")) == score.N(b.get("unit")))
        partner = {j: gold[i] for i, j, _ in score.match(gold, found, alike, 0.8)}
        for n, item in enumerate(found):
            self.members(f"/responsibilities/{n}", partner.get(n, {}), item)

    def tables(self, gold, found):
        bags = [[collections.Counter(w for row in score.grid(t) for c in row if c for w in c[0].split()) for t in some] for some in (gold, found)]
        share = lambda i, j: 2 * sum((bags[0][i] & bags[1][j]).values()) / max(1, sum(bags[0][i].values()) + sum(bags[1][j].values()))
        partner = {j: gold[i] for i, j, _ in score.match(range(len(gold)), range(len(found)), share, 0.2)}
        for n, table in enumerate(found):
            cells = score.grid(partner.get(n, {}))
            left = collections.Counter(words(c[0]) for row in cells for c in row if c)
            texts = {f"/tables/{n}/columns/{c}/header": score.D(column).get("header") for c, column in enumerate(score.Ls(table.get("columns")))}
            rows = list(enumerate(map(score.Ls, score.Ls(table.get("rows")))))
            texts.update({f"/tables/{n}/rows/{r}/{c}/text": score.D(cell).get("text") for r, row in rows for c, cell in enumerate(row)})
            # what stands in gold's own place first: of two "1" where gold has "I" and "1" the first is wrong
            head = len(cells) - len(rows)
            in_place = [f"/tables/{n}/rows/{r}/{c}/text" for r, row in rows for c, cell in enumerate(row)
                        if 0 <= head + r < len(cells) and c < len(cells[head + r]) and cells[head + r][c] and words(cells[head + r][c][0]) == words(score.D(cell).get("text"))]
            for pointer in in_place + [p for p in texts if p not in set(in_place)]:
                self.take(pointer, left, texts[pointer])

    def take(self, pointer, left, text):
        """A cell's text stands in gold's table as often as here."""
        text = words(text)
        self.right[pointer] = left[text] > 0
        left[text] -= 1


def zip_longest_left(gold, found):
    return [(gold[n] if n < len(gold) else {}, item) for n, item in enumerate(found)]


def clause(gold, found):
    a, b = words(gold), words(found)
    return b != "" and (b in a or a in b)


def escaped(key):
    return key.replace("~", "~0").replace("/", "~1")


def values(truth, found):
    """All values of a record that have a confidence and whose truth can be told."""
    right = truth.right
    evidence = score.D(found.get("evidence"))
    return [Value(p, score.D(e).get("confidence", 0), right[p]) for p, e in evidence.items() if p in right]


def place(evidence):
    """Where a value stands, as a set of boxes that compares."""
    return frozenset((w["page"], *w["bbox"]) for w in map(score.D, score.Ls(score.D(evidence).get("where"))))


def lies_in(inner, outer):
    """Does each box lie in one of the others?"""
    inside = lambda a, b: a[0] == b[0] and a[1] >= b[1] - 1 and a[2] >= b[2] - 1 and a[3] <= b[3] + 1 and a[4] <= b[4] + 1
    return bool(inner) and all(any(inside(a, b) for b in outer) for a in inner)


def found_by_review(these, missing, found):
    """(wrong values and missing ones found, all of them) by who reads the first entries of `review`, SHARE_READ of the places where values stand."""
    evidence = score.D(found.get("evidence"))
    places = {v.pointer: place(evidence[v.pointer]) for v in these}
    wrong = [v.pointer for v in these if not v.right] + missing
    entries = [score.S(score.D(entry).get("pointer")) for entry in score.Ls(found.get("review"))][:math.ceil(SHARE_READ * len(set(places.values())))]
    read = [(entry, place(evidence.get(entry))) for entry in entries]
    return sum(any(p == e or p.startswith(e + "/") or lies_in(places.get(p), where) for e, where in read) for p in wrong), len(wrong)


class Trust:
    """Counted over documents, by group and form."""

    def __init__(self):
        self.values = collections.defaultdict(list)      # (group, form)
        self.reviewed = collections.defaultdict(list)    # (group, form): (found, wrong)
        self.notes = []                                  # (group, name, value, text)

    def add(self, group, name, form, gold, found):
        truth = Truth(gold, found)
        these = values(truth, found)
        self.values[group, form] += these
        self.reviewed[group, form].append(found_by_review(these, truth.missing, found))
        self.notes += [(group, f"{name}/{form}", v, at(found, v.pointer)) for v in these if not v.right]

    def line(self, title, keys):
        these = [v for key in keys for v in self.values[key]]
        if not these:
            return
        wrong = [v for v in these if not v.right]
        figures = [v for v in these if FIGURES.match(v.pointer) and v.confidence >= SURE]
        bad = [v for v in figures if not v.right]
        got, all_ = (sum(pair[n] for key in keys for pair in self.reviewed[key]) for n in (0, 1))
        print(f"{title:32}{f'{len(wrong)} of {len(these)}':>18}{ece(these):>8.3f}{f'{len(bad)} of {len(figures)}: {100 * len(bad) / max(1, len(figures)):.2f} %':>24}"
              f"{f'{got} of {all_}: {got / max(1, all_):.2f}':>24}")

    def show(self):
        for group in sorted({key[0] for key in self.values}, reverse=True):
            keys = [key for key in self.values if key[0] == group]
            print(f"\n{group + ': confidence':32}{'values wrong':>18}{'ECE':>8}{'figures sure, wrong':>24}{'found in 5 % of review':>24}")
            for key in keys:
                self.line(key[1], [key])
            scans = [key for key in keys if key[1].startswith("scan") or key[1] == "input.pdf"]
            self.line("all scans", scans)
            self.line("all", keys)
            print(f"{group + ': reliability, all scans':32}" + "".join(f"{low / BINS:>8.1f}-" for low in range(BINS)))
            bins = binned([v for key in scans for v in self.values[key]])
            print(f"{'  share right':32}" + "".join(f"{sum(v.right for v in b) / len(b):>9.3f}" if b else f"{'-':>9}" for b in bins))
            print(f"{'  mean confidence':32}" + "".join(f"{sum(v.confidence for v in b) / len(b):>9.3f}" if b else f"{'-':>9}" for b in bins))
            print(f"{'  values':32}" + "".join(f"{len(b):>9}" for b in bins))

    def describe(self):
        """Lines for worst.txt: what is wrong, surest first."""
        yield "== wrong values, surest first"
        for group, name, value, text in sorted(self.notes, key=lambda note: -note[2].confidence):
            yield f"  {value.confidence:.2f} {name} {value.pointer} {score.S(text)[:100]}"


def at(record, pointer):
    for key in pointer.split("/")[1:]:
        if isinstance(record, list):
            record = record[int(key)]
        else:
            record = score.D(record).get(key.replace("~1", "/").replace("~0", "~"))
    return str(record)


def binned(these):
    bins = [[] for _ in range(BINS)]
    for value in these:
        bins[min(BINS - 1, int(value.confidence * BINS))].append(value)
    return bins


def ece(these):
    return sum(abs(sum(v.right for v in b) - sum(v.confidence for v in b)) for b in binned(these)) / max(1, len(these))
