#!/usr/bin/python3
"""How often words are wrong that an engine was this sure of: `make trust` fits extractor/viet/trust_table.h.

  trust.py --program build/release/kehoach FOLDER > extractor/viet/trust_table.h

FOLDER holds variants of samples/ (`samples/render.py --variants N --forms scan-a,scan-b,scan-c --out FOLDER`): NAME-SEED.pdf, whose text layer says
what is printed and where, and NAME-SEED.scan-a.pdf ..., which are read. Words are paired by their places (tests/eval/printed.py). The chance of a
word to be wrong is taken as a sum, (least + by_ink (1 - confidence) + by_ink2 (1 - confidence)^2) / times + by_context (1 - likely), with numbers of its own for each sort of word but the last:
few numbers, none below 0, fitted by expectation maximisation: each error is shared among its causes as they are likely, and a cause's rate is its errors
over all that it stood behind. What was never seen to go wrong in n words is taken to do so once in n.
"""
import argparse
import collections
import glob
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/eval"))
import printed  # noqa: E402

SORTS = ["syllable", "strange", "abbreviation", "figures", "code", "sign"]
ROUNDS = 200
FLOOR = 1e-4            # chance of an error that no count rules out
PRIOR = 60.0            # words that were wrong as usual (below), added to each sort: samples have few strange words, and of their own kind
USUAL = (0.05, 0.1, 0.1) # least, by_ink, by_ink2
USUAL_DOUBT = (1, 0.1, 0.03)  # and the means of the powers of their doubt

Word = collections.namedtuple("Word", "sort doubt context times wrong")


def read_words(program, path):
    """Words as read, by page, with their sort and shares."""
    output = subprocess.run([program, "extract", "--quiet", "--dump", "trust", path], capture_output=True, text=True, check=True).stdout
    pages = collections.defaultdict(list)
    for line in output.splitlines()[1:]:
        page, x0, y0, x1, y1, sort, confidence, likely, times, _, text, read = line.split("\t", 11)
        word = printed.Word(text, *map(float, (x0, y0, x1, y1)), confidence=float(confidence))
        word.sort, word.likely, word.times, word.read = sort, float(likely), float(times), read
        pages[int(page)].append(word)
    return pages


def edges(text):
    return text.strip(".,;:!?\"“”'()-–…")


def pair(program, scan, digital):
    """Words of a scan, told right or wrong."""
    truth = printed.printed_pages(digital)
    for number, words in read_words(program, scan).items():
        units = printed.match(truth[number - 1], words) if number <= len(truth) else None
        for gold, found in units or []:
            if not gold or not found:
                continue                    # ink of a stamp, a word not read: no word says how sure it is of it
            wrong = edges(" ".join(w.text for w in gold)) != edges(" ".join(w.text for w in found))
            yield from (Word(w.sort, 1 - w.confidence, 1 - w.likely, w.times, wrong) for w in found)


def fit(words):
    """({sort: (least, by_ink, by_ink2)}, by_context)."""
    rates = {(s, power): USUAL[power] for s in SORTS for power in range(3)}   # an error's causes, by powers of the doubt
    context = 0.5
    for _ in range(ROUNDS):
        sizes = {key: PRIOR * USUAL_DOUBT[key[1]] for key in rates}
        errors = {key: sizes[key] * USUAL[key[1]] for key in rates}
        by_context = [0.0, 0.0]
        for w in words:
            behind = [w.doubt ** power / w.times for power in range(3)]
            parts = [rates[w.sort, power] * behind[power] for power in range(3)]
            p = max(FLOOR, sum(parts) + context * w.context)
            for power in range(3):                          # an error is shared among its causes (EM for a sum of chances)
                errors[w.sort, power] += w.wrong * parts[power] / p
                sizes[w.sort, power] += behind[power]
            by_context[0] += w.wrong * context * w.context / p
            by_context[1] += w.context
        rates = {key: errors[key] / sizes[key] for key in rates}
        context = by_context[0] / max(by_context[1], 1e-9)
    count = collections.Counter(w.sort for w in words)
    return {s: (max(rates[s, 0], 1 / (1 + count[s])), rates[s, 1], rates[s, 2]) for s in SORTS}, context


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("folder")
    options = parser.parse_args()
    words = []
    for scan in sorted(glob.glob(os.path.join(options.folder, "*.scan-?.pdf"))):
        words += pair(options.program, scan, scan.rsplit(".scan-", 1)[0] + ".pdf")
    if not words:
        sys.exit(f"no scans in {options.folder}")
    by_sort, context = fit(words)
    print("/* Made by models/trust.py of scans of samples/; do not edit. */")
    print(f"#define BY_CONTEXT {context:.3f} /* {len(words)} words, {sum(w.wrong for w in words)} wrong */")
    print("static const doubt DOUBTS[KH_N_PRINTS] = {")
    for sort in SORTS:
        these = [w for w in words if w.sort == sort]
        print(f'    {{ "{sort}", {by_sort[sort][0]:.5f}, {by_sort[sort][1]:.4f}, {by_sort[sort][2]:.4f} }}, /* {sum(w.wrong for w in these)} wrong of {len(these)} */')
    print("};")


if __name__ == "__main__":
    main()
