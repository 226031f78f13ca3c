"""What exactly is wrong in a record: one line a fault, gold first. Beside score.py, which only counts."""
import json

import score

try:
    import Levenshtein
except ImportError:
    Levenshtein = None

ITEMS = 40  # faults of one kind that are written out


def show(value):
    return json.dumps(value, ensure_ascii=False)


def field(item, path):
    for key in path.split("."):
        item = item.get(key) if isinstance(item, dict) else None
    return item


def lists(gold, found, part):
    return [score.D(x) for x in score.Ls(gold.get(part))], [score.D(x) for x in score.Ls(found.get(part))]


def unmatched(gold, found, pairs, text):
    """Items without a partner: `-` missed, `+` invented."""
    left, right = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    yield from (f"- {text(item)}" for i, item in enumerate(gold) if i not in left)
    yield from (f"+ {text(item)}" for j, item in enumerate(found) if j not in right)


def section_faults(gold, found):
    _, _, _, pairs, ours, theirs = score.sections(gold, found)
    for i, j, _ in pairs:
        if ours[i].get("role") != theirs[j].get("role"):
            yield f"role of {show(ours[i].get('title'))}: {ours[i].get('role')} / {theirs[j].get('role')}"
    yield from unmatched(ours, theirs, pairs, lambda s: f"{s.get('number')} | {s.get('title')} | {s.get('role')}")


def task_faults(gold, found):
    ours, theirs = lists(gold, found, "tasks")
    pairs = score.match(ours, theirs, lambda a, b: score.sim(score.S(a.get("text")), score.S(b.get("text"))), 0.8)
    for i, j, _ in pairs:
        for path in score.TF + ["notes", "budget", "row"]:
            a, b = field(ours[i], path), field(theirs[j], path)
            if score.tfield(ours[i], path) != score.tfield(theirs[j], path):
                yield f"{ours[i].get('id')} {path}: {show(a)} / {show(b)}"
    yield from unmatched(ours, theirs, pairs, lambda t: f"{t.get('id')} {t.get('origin')} {t.get('number')} | {t.get('text')}")


def plain_list_faults(gold, found, part, text):
    ours, theirs = [text(x) for x in score.Ls(gold.get(part))], [text(x) for x in score.Ls(found.get(part))]
    yield from (f"- {x}" for x in ours if x not in theirs)
    yield from (f"+ {x}" for x in theirs if x not in ours)


def references(record):
    return {"x": [f"{r.get('type')} | {r.get('number')} | {r.get('date')}" for b in score.Ls(record.get("bases"))
                  for r in score.Ls(score.D(b).get("references")) if isinstance(r, dict)]}


def table_faults(gold, found):
    ours, theirs = [[score.grid(t) for t in score.Ls(r.get("tables"))] for r in (gold, found)]
    if len(ours) != len(theirs):
        yield f"{len(ours)} tables / {len(theirs)}"
    for n, (a, b) in enumerate(zip(ours, theirs), 1):
        _, rows = score.align(a, b, score.rowhit)
        partner = dict(rows)
        for i, row in enumerate(a):
            if i not in partner:
                yield f"table {n} row {i}: {show(row)} / (none)"
                continue
            other = b[partner[i]]
            for c in range(max(len(row), len(other))):
                x, y = (r[c] if c < len(r) else "(no column)" for r in (row, other))
                if x != y:
                    yield f"table {n} row {i} column {c + 1}: {show(x)} / {show(y)}"
        for j in sorted(set(range(len(b))) - set(partner.values())):
            yield f"table {n}: extra row {show(b[j])}"


def text_faults(gold, found):
    """Runs of syllables that differ, each with three syllables before it."""
    a, b = score.body(gold), score.body(found)
    if Levenshtein is None or not b:
        return
    codes = {}
    one, two = ("".join(chr(0x10000 + codes.setdefault(w, len(codes))) for w in words) for words in (a, b))
    for kind, i0, i1, j0, j1 in Levenshtein.opcodes(one, two):
        if kind != "equal":
            yield f"… {' '.join(a[max(0, i0 - 3):i0])} [{' '.join(a[i0:i1])} / {' '.join(b[j0:j1])}]"


def describe(gold, found):
    """All faults of a record as lines, grouped by part."""
    found = score.D(found)
    text = lambda part: lambda x: show(field(x, "text")) + " " + show(field(x, "unit"))
    parts = [
        ("sections", section_faults(gold, found)),
        ("references", plain_list_faults(references(gold), references(found), "x", str)),
        ("tasks", task_faults(gold, found)),
        ("responsibilities", plain_list_faults(gold, found, "responsibilities", text("responsibilities"))),
        ("recipients", plain_list_faults(gold, found, "recipients", str)),
        ("tables", table_faults(gold, found)),
        ("text", text_faults(gold, found)),
    ]
    lines = []
    for name, faults in parts:
        faults = list(faults)
        if faults:
            lines.append(f"  {name}: {len(faults)}")
            lines += ["    " + fault for fault in faults[:ITEMS]]
            if len(faults) > ITEMS:
                lines.append(f"    … and {len(faults) - ITEMS} more")
    return lines
