#!/usr/bin/python3
"""How well `kehoach repair` mends text, beside what is asked of it. A measurement: always ends with 0.

Text whose truth is known is spoilt (marks taken away, letters lost, printed and read by an OCR engine), repaired, and compared. Held-out
lines are repaired with the model that was trained without them (`make held`: build/held/vi.lm, held.txt), documents of ../shared/dev
with the shipped model. What is missing is skipped, and said.

  repair.py --only bare,lost -v     some rows, with details (-v: each set of lost letters, changes of sound text, damaged numbers ...)

Rows: bare, lost, seed, legacy, sound, ocr, calibration, speed.
"""
import argparse
import collections
import glob
import itertools
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata

import Levenshtein

import printed
import score

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLANS = re.compile(r"^(pla|legal-plans)")
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
# Every letter of the alphabet, small, each with each tone: what a font map may lose.
LETTERS = "bcdđghklmnpqrstvx" + "".join(unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in ("", *TONE_MARKS))
SEED_SET = "ưởỡpx"
RHYME = (r"(?:i?ê[cmnptu]?|iêng|yê[mntu]|yêng|ia|ya|uya|uyê[nt]|uy[nut]?|uych|uynh|oa[cimnptoy]?|oach|oanh|oang|oă[cmnt]|oăng|oe[nmto]?"
         r"|uâ[nty]|uâng|uê(?:ch|nh)?|uơ|uô[cimnt]|uông|ua|ưa|ươ[cimnptu]|ương|ưu|ưi|ư[cmnt]?|ưng|a[cimnoptuy]?|ach|anh|ang|ă[cmnpt]|ăng"
         r"|â[cmnptuy]|âng|e[cmnopt]?|eng|ê[mnptu]?|êch|ênh|i[mnptu]?|ich|inh|o[cimnpt]?|ong|oo[cn]|oong|ô[cimnpt]?|ông|ơ[imnpt]?"
         r"|u[cimnpt]?|ung|y)")
SYLLABLE = re.compile(r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x|g)?" + RHYME)


# Text

def strip_marks(text):
    """Every letter without its marks, as many characters as before."""
    return "".join({"đ": "d", "Đ": "D"}.get(c) or unicodedata.normalize("NFD", c)[0] for c in unicodedata.normalize("NFC", text))


def without_tone(text):
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if c not in TONE_MARKS))


def one_form(token):
    """hoà and hòa, uỷ and ủy are one: of an open oa, oe, uy the tone stands last."""
    def last(match):
        tones = "".join(c for c in unicodedata.normalize("NFD", match[0]) if c in TONE_MARKS)
        return without_tone(match[0]) + tones if tones and re.search(r"(o[ae]|uy)$", without_tone(match[0]), re.IGNORECASE) else match[0]
    return re.sub(r"[^\W\d_]+", last, unicodedata.normalize("NFC", token))


def is_syllable(token):
    core = score.EDGE.sub("", token)
    return core.isalpha() and bool(SYLLABLE.fullmatch(without_tone(core.lower())))


def tokens(text):
    return [one_form(t) for t in score.toks(text)]


def encoded(*lists):
    ids = {}
    return ["".join(chr(0x10000 + ids.setdefault(t, len(ids))) for t in items) for items in lists]


def blocks(a, b):
    return Levenshtein.opcodes(*encoded(a, b))


def wrong_by_line(truth, found):
    """Edit distance in words, line by line while the lines are the same ones."""
    a, b = truth.split("\n"), found.split("\n")
    if len(a) != len(b):
        return score.edit(tokens(truth), tokens(found))
    return sum(score.edit(tokens(x), tokens(y)) for x, y in zip(a, b) if x != y)


# The program

class Missing(Exception):
    pass


class Repair:
    def __init__(self, options):
        self.program, self.held = options.program, os.path.join(options.held, "vi.lm")

    def __call__(self, text, *arguments, held=False, report=False, taskset=False):
        """The repaired text, or (text, changes) with report."""
        if held and not os.path.exists(self.held):
            raise Missing(f"no {os.path.relpath(self.held)}: run make held")
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        if held:
            environment["KEHOACH_DATA"] = os.path.dirname(os.path.abspath(self.held))
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            command = (["taskset", "-c", "0"] if taskset else []) + [self.program, "repair", "--quiet", *arguments]
            done = subprocess.run(command + (["--report", file.name] if report else []), env=environment, capture_output=True,
                                  input=text if isinstance(text, bytes) else text.encode())
            if done.returncode not in (0, 1):
                raise Missing((done.stderr.decode(errors="replace").strip() or f"exit {done.returncode}").split("\n")[-1])
            out = unicodedata.normalize("NFC", done.stdout.decode(errors="replace"))
            if not report:
                return out
            try:
                return out, json.load(open(file.name, encoding="utf-8")).get("changes", [])
            except (ValueError, AttributeError) as error:
                raise Missing(f"--report is no JSON: {error}") from error


class Table:
    """The rows, printed as they come."""

    def __init__(self, options):
        self.rows, self.verbose = [], options.verbose
        print(f'{"measure":50s} {"documents/syllables":>20s} {"found":>12s} {"asked":>12s}')

    def add(self, name, size, found, asked=None, unit="%", at_most=True):
        met = None if asked is None else found <= asked if at_most else found >= asked
        sign = "" if asked is None else ("<= " if at_most else ">= ") + f"{asked:g} {unit}"
        value = f"{found:,.0f} {unit}" if unit == "syl/s" else f"{found:.3f} {unit}" if unit == "%" else f"{found:g} {unit}"
        print(f"{name:50s} {size:>20s} {value.strip():>12s} {sign.strip():>12s}{'' if met in (None, True) else '  !'}", flush=True)
        self.rows.append({"measure": name, "size": size, "found": found, "unit": unit, "asked": asked, "met": met})

    def skip(self, name, why):
        print(f'{name:50s} {"":>20s} {"skipped":>12s}   {why}', flush=True)
        self.rows.append({"measure": name, "found": None, "skipped": str(why)})

    def note(self, text):
        if self.verbose:
            print("    " + text, flush=True)


class Material:
    """Held-out lines, documents with their truth, what OCR engines read."""

    def __init__(self, options):
        self.options, self.lines = options, []
        path = os.path.join(options.held, "held.txt")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.lines = [(tag, " ".join(unicodedata.normalize("NFC", text).split())) for tag, _, text in (l.rstrip("\n").partition("\t") for l in file)]
        self.spoilt = {}    # texts with their truth, kept for calibration: name -> [(arguments, spoilt, truth, held)]

    def held(self, plans):
        lines = [text for tag, text in self.lines if text and (not plans or PLANS.match(tag))]
        if not lines:
            raise Missing(f"no held-out lines in {os.path.relpath(self.options.held)}/held.txt: run make held")
        return lines

    def documents(self, pattern):
        return sorted(os.path.dirname(p) for p in glob.glob(os.path.join(self.options.dev, pattern, "gold.json")))


# 1. All marks gone

def bare_row(repair, table, name, lines, held):
    truth = "\n".join(lines)
    found = repair(strip_marks(truth), "--damage", "bare", held=held)
    total = right = syllables = syllables_right = 0
    wrong = collections.Counter()
    pairs = list(zip(lines, found.split("\n"))) if found.rstrip("\n").count("\n") == len(lines) - 1 else [(truth, found)]
    for a, b in pairs:
        a, b = ([one_form(t) for t in x.split()] for x in (a, b))
        if len(a) != len(b):            # words joined or split: aligned by what is left
            same = set(itertools.chain.from_iterable(range(i, j) for op, i, j, _, _ in blocks(a, b) if op == "equal"))
        else:
            same = {i for i, (x, y) in enumerate(zip(a, b)) if x == y}
            wrong.update((x, y) for x, y in zip(a, b) if x != y)
        total, right = total + len(a), right + len(same)
        these = [i for i, t in enumerate(a) if is_syllable(t)]
        syllables, syllables_right = syllables + len(these), syllables_right + sum(i in same for i in these)
    table.add(f"bare: {name}", f"{syllables}", 100 * syllables_right / max(1, syllables), 99.4, at_most=False)
    table.note(f"of all {total} words {100 * right / max(1, total):.3f} %; most often wrong: "
               + ", ".join(f"{x}→{y} {c}" for (x, y), c in wrong.most_common(25)))


def bare(repair, material, table):
    for name, plans in (("held-out plans", True), ("all held-out lines", False)):
        attempt(table, f"bare: {name}", lambda: bare_row(repair, table, name, material.held(plans), True))
    for folder in material.documents("seed-*"):
        record, _ = score.load(os.path.join(folder, "gold.json"))
        attempt(table, f"bare: {os.path.basename(folder)}",
                lambda: bare_row(repair, table, os.path.basename(folder), record_lines(record), False))


def record_lines(record, end=True):
    """The text of a record, a paragraph or cell a line."""
    S, D, Ls = score.S, score.D, score.Ls
    head = D(record.get("header"))
    lines = [S(head.get(k)) for k in ("issuer", "parent", "number", "type", "title")] + [S(D(b).get("text")) for b in Ls(record.get("bases"))]
    tables = {D(t).get("id"): t for t in Ls(record.get("tables"))}
    for section in map(D, Ls(record.get("sections"))):
        lines.append(f"{S(section.get('number'))} {S(section.get('title'))}")
        for part in map(D, Ls(section.get("paragraphs"))):
            if "table" in part:
                lines += [c[0] for row in score.grid(tables.pop(part["table"], {})) for c in row if c]
            else:
                lines.append(f"{S(part.get('marker'))} {S(part.get('text'))}")
    if end:
        lines += closing(record)
    lines += [c[0] for t in tables.values() for row in score.grid(t) for c in row if c]
    return [text for text in (" ".join(l.split()) for l in lines) if text]


def closing(record):
    sign = score.D(record.get("signature"))
    recipients = [score.S(r) for r in score.Ls(record.get("recipients"))]
    return (["Nơi nhận:"] if recipients else []) + ["- " + r for r in recipients] + [score.S(sign.get(k)) for k in ("authority", "position", "name")]


# 2. Lost letters

def lost_sets(count=20, seed=2026):
    rng = random.Random(seed)
    return ["".join(rng.sample(LETTERS, rng.randint(3, 6))) for _ in range(count)]


def lose(text, letters):
    return re.sub(f"[{letters}]", " ", text)


def lost(repair, material, table):
    lines = material.held(True)
    truth = "\n".join(lines)
    total = len(tokens(truth))
    sets = [SEED_SET] + lost_sets(material.options.sets)
    for damage in ("lost-letters", "auto"):
        shares = []
        for letters in sets:
            spoilt = lose(truth, letters)
            found = repair(spoilt, "--damage", damage, held=True)
            shares.append(100 * wrong_by_line(truth, found) / total)
            table.note(f"--damage {damage} {{{letters}}}: {shares[-1]:.3f} %, before {100 * wrong_by_line(truth, spoilt) / total:.1f} %")
        table.add(f"lost letters {{{SEED_SET}}}, {damage}", f"{total}", shares[0], 0.3)
        if len(sets) > 1:
            table.add(f"lost letters, mean of {len(sets) - 1} random sets, {damage}", f"{total}", sum(shares[1:]) / (len(shares) - 1), 0.3)
            table.add(f"lost letters, worst of them, {damage}", f"{total}", max(shares[1:]), 0.3)


# 3. The document that came with letters lost

def seed_truth(record):
    """Words of seed.txt as they should be. Letter by letter, blanks aside, seed.txt is gold-seedtext.json less the lost letters, with a
    full stop after section numbers (tokens() drops it), and with the closing block (recipients; position; name) before the appendix and
    its caption, which the record keeps elsewhere. So every word counts and none need be excused; there are no page numbers in it."""
    lines = record_lines({**record, "header": {k: record["header"].get(k) for k in ("type", "title")}}, end=False)  # its number is not in the text
    at = max((i for i, l in enumerate(lines) if l.endswith("./.")), default=len(lines) - 1) + 1
    sign = [l for l in closing(record)]
    recipients, signer = [l for l in sign if l.startswith(("Nơi", "-"))], [l for l in sign if l and not l.startswith(("Nơi", "-"))]
    after = at + 1 if at < len(lines) and lines[at].startswith("(") else at     # "(Danh mục ... kèm theo)" stands between the two
    return lines[:at] + recipients + lines[at:after] + signer + lines[after:]


def seed(repair, material, table):
    for folder in material.documents("seed-004"):
        record, _ = score.load(os.path.join(folder, "gold-seedtext.json"))
        truth = tokens("\n".join(seed_truth(record)))
        with open(os.path.join(folder, "seed.txt"), "rb") as file:
            spoilt = file.read()
        for damage in ("lost-letters", "auto"):
            found = tokens(repair(spoilt, "--damage", damage))
            wrong = score.edit(truth, found)
            table.add(f"seed-004/seed.txt, {damage}", f"{len(truth)}", 100 * wrong / len(truth), 0.5)
            for op, i, j, k, l in blocks(truth, found):
                if op != "equal":
                    table.note(f"{' '.join(truth[i:j])!r} → {' '.join(found[k:l])!r}  … {' '.join(truth[max(0, i - 3):i])}")


# 4. Legacy encodings

def marked(char):
    return char.isalpha() and not char.isascii()


def legacy(repair, material, table):
    forms, faults = collections.defaultdict(lambda: [0, 0, 0, 0]), collections.defaultdict(collections.Counter)
    for folder in material.documents("*"):
        truth_file = os.path.join(folder, "text.txt")
        if not os.path.exists(truth_file):
            continue
        with open(truth_file, encoding="utf-8") as file:
            truth = unicodedata.normalize("NFC", file.read()).split()
        for form in ("text-tcvn3.txt", "text-tcvn3.raw", "text-vni.txt", "text-vni.raw"):
            path = os.path.join(folder, form)
            if not os.path.exists(path):
                continue
            with open(path, "rb") as file:
                found = repair(file.read()).split()
            count = forms[form]
            count[0] += 1
            if len(truth) == len(found):
                pairs = list(zip(truth, found))
            else:
                pairs = [("".join(truth[i:j]), "".join(found[k:l])) for op, i, j, k, l in blocks(truth, found) if i < j]
            for a, b in pairs:
                count[1] += sum(map(marked, a))
                if a == b:
                    same = same_cased = sum(map(marked, a))
                else:
                    same, same_cased = (sum(marked(c) for op, i, j, _, _ in Levenshtein.opcodes(x, y) if op == "equal" for c in x[i:j])
                                        for x, y in ((a, b), (a.lower(), b.lower())))
                    faults[form][f"{a} → {b}"] += 1
                count[2] += same
                count[3] += same_cased
    if not forms:
        raise Missing("no text-tcvn3 or text-vni in dev")
    for form, (documents, letters, right, right_cased) in forms.items():
        table.add(f"legacy: {form}, marked letters right", f"{documents} / {letters}", 100 * right / max(1, letters), 99.9, at_most=False)
        table.note(f"capital or small aside: {100 * right_cased / max(1, letters):.3f} %; "
                   + ", ".join(f"{fault} {times}" for fault, times in faults[form].most_common(30)))


# 5. Sound text

def portions(lines, size):
    """Documents of about `size` words."""
    part, count = [], 0
    for line in lines:
        part.append(line)
        count += len(line.split())
        if count >= size:
            yield part
            part, count = [], 0
    if part:
        yield part


def sound(repair, material, table):
    lines = material.held(False)
    for damage in ("auto", "ocr"):
        total = changed = documents = 0
        for part in portions(lines, 2000):
            text = "\n".join(part)
            found = repair(text, "--damage", damage, held=True)
            a, b = text.split(), found.split()
            documents, total = documents + 1, total + len(a)
            if a == b:
                continue
            changed += score.edit(a, b)
            for op, i, j, k, l in blocks(a, b):
                if op != "equal":
                    table.note(f"--damage {damage}: {' '.join(a[i:j])!r} → {' '.join(b[k:l])!r}  … {' '.join(a[max(0, i - 3):i])} [] {' '.join(a[j:j + 2])}")
            if total >= 200_000:
                break
        table.add(f"sound text changed, --damage {damage}", f"{documents} / {total}", 100 * changed / total, 0.02)


# 6. Text as OCR engines read it

def shell(command, **more):
    return subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}, **more).stdout


def tesseract(folder, form, cache):
    """What plain Tesseract reads, and the truth in the same order: [(line read, line printed)]. Printed words are put into the engine's
    order by where they stand (printed.py), so that reading order costs nothing; words it did not see are in neither."""
    kept = os.path.join(cache, f"{os.path.basename(folder)}-{form}.tesseract.json")
    if os.path.exists(kept):
        with open(kept, encoding="utf-8") as file:
            return json.load(file)
    pages = printed.printed_pages(os.path.join(folder, "digital.pdf"))
    lines = []
    with tempfile.TemporaryDirectory() as place:
        shell(["pdftoppm", "-r", "300", "-gray", os.path.join(folder, form + ".pdf"), os.path.join(place, "p")])
        for number, image in enumerate(sorted(os.listdir(place))):
            base = os.path.join(place, "out")
            shell(["nice", "-n", "10", "tesseract", os.path.join(place, image), base, "-l", "vie", "tsv"])
            words = []
            with open(base + ".tsv", encoding="utf-8") as file:
                for cell in (l.rstrip("\n").split("\t") for l in file):
                    if len(cell) == 12 and cell[0] == "5" and cell[11].strip():
                        x, y, w, h = (int(v) * 72 / 300 for v in cell[6:10])
                        words.append(printed.Word(cell[11], x, y, x + w, y + h, float(cell[10]) / 100, tuple(cell[2:5])))
            os.remove(base + ".tsv")
            last_block = None
            units = printed.match(pages[number], words)
            if units is None:
                continue
            stands = collections.defaultdict(list)
            for true, read in units:
                if read:
                    stands[id(read[0])] += [w.text for w in true]
            for line, these in itertools.groupby(words, key=lambda w: w.line):
                these = list(these)
                if lines and words and these[0].line[:2] != last_block:
                    lines.append(["", ""])
                last_block = these[0].line[:2]
                lines.append([" ".join(w.text for w in these), " ".join(t for w in these for t in stands[id(w)])])
            lines.append(["", ""])
    with open(kept, "w", encoding="utf-8") as file:
        json.dump(lines, file, ensure_ascii=False)
    return lines


def own_reading(folder, form, options):
    """What the program itself reads, unmended, as text. Of digital.pdf that is the truth: the same order, the same lines of the head,
    which a record does not have, and letters from a sound text layer."""
    kept = os.path.join(options.cache, f"{os.path.basename(folder)}-{form}.kehoach.txt")
    if not os.path.exists(kept):
        text = shell(["nice", "-n", "10", options.program, "extract", "--quiet", "--jobs", "1", "--ocr", "never" if form == "digital" else "always",
                      "--no-repair", "--format", "text", os.path.join(folder, form + ".pdf")])
        with open(kept, "wb") as file:
            file.write(text)
    with open(kept, encoding="utf-8") as file:
        return file.read()


def wrong_words(truth, found):
    """(words wrong, those of them that are words of the truth, indexes of the truth that are right). Runs of 6 words and more that are all put in or all left out are text out of
    order or no part of the record: they are left out, being the same before and after."""
    wrong, missed, right = 0, 0, set()
    for op, i, j, k, l in blocks(truth, found):
        if op == "equal":
            right.update(range(i, j))
        elif not (op in ("insert", "delete") and max(j - i, l - k) >= 6):
            wrong, missed = wrong + max(j - i, l - k), missed + j - i
    return wrong, missed, right


def wrong_marks(truth, found):
    """Words read with the right letters but wrong marks or case: what repair of marks can put right, wherever words stand."""
    plain_truth, plain_found = [strip_marks(w).lower() for w in truth], [strip_marks(w).lower() for w in found]
    numbers = {}
    encode = lambda words: "".join(chr(0x100 + numbers.setdefault(w, len(numbers))) for w in words)  # noqa: E731
    return sum(truth[i1 + k] != found[j1 + k] for op, i1, i2, j1, j2 in Levenshtein.opcodes(encode(plain_truth), encode(plain_found))
               if op == "equal" for k in range(i2 - i1))


def ocr_part(repair, table, name, documents):
    """documents: [(label, text read, words of the truth)]"""
    marks_before = marks_after = 0
    before_all = after_all = missed_before = missed_after = total = broken = 0
    for label, text, truth in documents:
        found = tokens(repair(text, "--damage", "ocr"))
        before, missed, right_before = wrong_words(truth, tokens(text))
        after, missed_now, right_after = wrong_words(truth, found)
        missed_before, missed_after = missed_before + missed, missed_after + missed_now
        marks_before, marks_after = marks_before + wrong_marks(truth, tokens(text)), marks_after + wrong_marks(truth, found)
        numbers = sorted(i for i in right_before - right_after if re.search(r"\d", truth[i]))
        before_all, after_all, total, broken = before_all + before, after_all + after, total + len(truth), broken + len(numbers)
        table.note(f"{label}: {100 * before / len(truth):.2f} % → {100 * after / len(truth):.2f} %" + (
            f"; numbers lost: {', '.join(truth[i] for i in numbers)}" if numbers else ""))
        if table.verbose:
            spoilt = sorted(i for i in right_before - right_after)
            table.note("    spoilt: " + ", ".join(truth[i] for i in spoilt[:40]))
    if not total:
        raise Missing("no scans in dev")
    size = f"{len(documents)} / {total}"
    table.add(f"ocr, {name}: wrong before", size, 100 * before_all / total)
    table.add(f"ocr, {name}: wrong after", size, 100 * after_all / total)
    table.add(f"ocr, {name}: fewer errors of all kinds (order and lost words, too)", size, 100 * (1 - after_all / max(1, before_all)))
    table.add(f"ocr, {name}: the same without words put in", size, 100 * (1 - missed_after / max(1, missed_before)))
    table.add(f"ocr, {name}: wrong in marks, before", size, marks_before, None, unit="")
    table.add(f"ocr, {name}: wrong in marks, after", size, marks_after, None, unit="")
    table.add(f"ocr, {name}: fewer errors of marks", size, 100 * (1 - marks_after / max(1, marks_before)), 50, at_most=False)
    table.add(f"ocr, {name}: right numbers damaged", size, broken, 0, unit="")


def scanned(material):
    folders = [f for f in material.documents("*") if os.path.exists(os.path.join(f, "scan-a.pdf"))]
    if not material.options.all:
        folders = [f for f in folders if os.path.basename(f) in ("plan-2", "plan-4", "seed-000", "seed-002")] or folders[:4]
    os.makedirs(material.options.cache, exist_ok=True)
    return [(f, form) for f in folders for form in ("scan-a", "scan-b") if os.path.exists(os.path.join(f, form + ".pdf"))]


def ocr(repair, material, table):
    def plain():
        found = []
        for folder, form in scanned(material):
            lines = tesseract(folder, form, material.options.cache)
            found.append((f"{os.path.basename(folder)}/{form}", "\n".join(l for l, _ in lines), tokens("\n".join(t for _, t in lines))))
        return found

    def own():
        found = []
        for folder, form in scanned(material):
            found.append((f"{os.path.basename(folder)}/{form}", own_reading(folder, form, material.options),
                          tokens(own_reading(folder, "digital", material.options))))
        return found
    attempt(table, "ocr, Tesseract's text", lambda: ocr_part(repair, table, "Tesseract's text", plain()))
    attempt(table, "ocr, kehoach's text", lambda: ocr_part(repair, table, "kehoach's text", own()))


# 7. Is confidence what it says?

BINS = [(0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 1.01)]


def judged(changes, spoilt, truth):
    """(confidence, right) of each change. Line and column lead to the same place in the truth, letter by letter; the whole words it
    touches are compared. A change that takes signs away or moves a space is right when its line comes nearer to the truth."""
    a, b = spoilt.split("\n"), truth.split("\n")
    maps = {}
    for change in changes:
        n, column, confidence = change.get("line", 0) - 1, change.get("column", 0) - 1, change.get("confidence")
        if confidence is None or not 0 <= n < len(a):
            continue
        line, true = a[n], b[n]
        start, end = column, column + len(change.get("from", ""))
        left, right = start, end
        while left > 0 and not line[left - 1].isspace():
            left -= 1
        while right < len(line) and not line[right].isspace():
            right += 1
        if len(line) == len(true):
            x, y = left, right
        else:
            if n not in maps:
                place, maps[n] = {0: 0, len(line): len(true)}, None
                for _, i, j, k, l in Levenshtein.opcodes(line, true):
                    place.update({i + s: min(k + s, l) for s in range(j - i)})
                maps[n] = place
            x, y = maps[n].get(left, 0), maps[n].get(right, len(true))
        while x < y and true[x].isspace():
            x += 1
        while y > x and true[y - 1].isspace():
            y -= 1
        while x > 0 and not true[x - 1].isspace():
            x -= 1
        while 0 < y < len(true) and not true[y].isspace() and not true[y - 1].isspace():
            y += 1
        good = tokens(line[left:start] + change.get("to", "") + line[end:right]) == tokens(true[x:y])
        if not any(map(str.isalnum, change.get("to", ""))):     # something taken away, or a space: is the line nearer to the truth?
            good = Levenshtein.distance(line[:start] + change.get("to", "") + line[end:], true) < Levenshtein.distance(line, true)
        yield confidence, good


def calibration(repair, material, table):
    def kinds():
        lines = material.held(False)
        rng = random.Random(5)
        some = rng.sample(lines, min(len(lines), 1500))
        truth = "\n".join(some)
        yield "bare", "bare", [(strip_marks(truth), truth, True)]
        plans = "\n".join(material.held(True))
        yield "lost letters", "lost-letters", [(lose(plans, letters), plans, True) for letters in [SEED_SET] + lost_sets(material.options.sets)[:8]]
        texts = []
        for folder, form in scanned(material):
            read = tesseract(folder, form, material.options.cache)
            texts.append(("\n".join(l for l, _ in read), "\n".join(t for _, t in read), False))
        yield "ocr", "ocr", texts
    generator = kinds()
    while True:
        try:
            name, damage, texts = next(generator)
        except StopIteration:
            return
        except Missing as why:
            table.skip("calibration", why)
            return
        found = []
        for spoilt, truth, held in texts:
            try:
                _, changes = repair(spoilt, "--damage", damage, held=held, report=True)
            except Missing as why:
                table.skip(f"calibration, {name}", why)
                break
            found += judged(changes, spoilt, truth)
        if not found:
            table.skip(f"calibration, {name}", "no changes reported")
            continue
        error = 0
        for low, high in BINS:
            these = [(c, r) for c, r in found if low <= c < high]
            if these:
                share, said = sum(r for _, r in these) / len(these), sum(c for c, _ in these) / len(these)
                error += len(these) / len(found) * abs(share - said)
                table.add(f"calibration, {name}: {low:g}-{min(high, 1):g} (said {100 * said:.1f})", f"{len(these)}", 100 * share)
        table.add(f"calibration, {name}: expected error", f"{len(found)}", 100 * error)


# 8. Speed

def speed(repair, material, table):
    lines = material.held(False)
    text = "\n".join(lines)
    while len(text.split()) < 300_000:
        text += "\n" + text
    count = len(text.split())

    def cost(data, damage):
        """(seconds of processor, seconds on the clock)"""
        used, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        repair(data, "--damage", damage, held=True, taskset=True)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        return now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime, time.monotonic() - clock
    starts = [cost("", "none") for _ in range(7)]
    start = min(s for s, _ in starts)
    for name, damage, data, asked in (("lost letters", "lost-letters", lose(text, SEED_SET), 150_000), ("ocr", "ocr", text, 150_000),
                                      ("bare", "bare", strip_marks(text), 80_000), ("sound, auto", "auto", text, None)):
        used = min(cost(data, damage)[0] for _ in range(2))
        table.add(f"speed on one core: {name} (processor time)", f"{count}", count / max(1e-6, used - start), asked, "syl/s", at_most=False)
    def version():
        start = time.monotonic()
        subprocess.run(["taskset", "-c", "0", repair.program, "--version"], stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - start
    empty, bare_start = min(c for _, c in starts), min(version() for _ in range(7))
    table.add("load of the model: an empty run less kehoach --version", "7 runs", round(1000 * max(0, empty - bare_start), 1), 20, "ms")
    table.add("an empty run: libraries, model and all", "7 runs", round(1000 * empty, 1), None, "ms")
    for name, path in (("model size, shipped", os.path.join(ROOT, "models/vi.lm")), ("model size, held", repair.held)):
        if os.path.exists(path):
            table.add(name, os.path.relpath(path), round(os.path.getsize(path) / 1e6, 2), 20, "MB")


def attempt(table, name, job):
    try:
        job()
    except Missing as why:
        table.skip(name, why)


MEASURES = {"bare": bare, "lost": lost, "seed": seed, "legacy": legacy, "sound": sound, "ocr": ocr, "calibration": calibration, "speed": speed}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/kehoach"))
    parser.add_argument("--held", default=os.path.join(ROOT, "build/held"), metavar="DIR", help="held.txt and the model trained without it")
    parser.add_argument("--dev", default=os.path.join(ROOT, "../shared/dev"), metavar="DIR")
    parser.add_argument("--cache", default=os.path.join(ROOT, "build/eval-repair"), metavar="DIR", help="what OCR engines read")
    parser.add_argument("--only", default=",".join(MEASURES), metavar="NAME,...")
    parser.add_argument("--sets", type=int, default=20, metavar="N", help="random sets of lost letters (default: 20)")
    parser.add_argument("--all", action="store_true", help="OCR text of every document, not of four")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    wanted = options.only.split(",")
    if not set(wanted) <= set(MEASURES):
        parser.error("measures: " + ", ".join(MEASURES))
    options.program = os.path.abspath(options.program)
    if not os.access(options.program, os.X_OK):
        print(f"no program {options.program}: run make first", file=sys.stderr)
        return 0
    repair, material, table = Repair(options), Material(options), Table(options)
    probe = subprocess.run([options.program, "repair", "--help"], capture_output=True, text=True)
    if probe.returncode != 0:
        print(f"{options.program} repair does not run: {probe.stderr.strip()}", file=sys.stderr)
        return 0
    for name in wanted:
        attempt(table, name, lambda: MEASURES[name](repair, material, table))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(table.rows, file, ensure_ascii=False, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
