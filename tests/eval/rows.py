"""Rows of tables, as a clerk checks them: is one lost, is one there twice, is one right in every cell? Imported by eval.py.

  over pages      rows of gold tables that stand on two pages or more: lost (no row of the record's table is it), doubled (a row of
                  the record that is none of gold's)
  rows exact      rows whose every cell has the right text and spans, of all rows of ruled and open tables, header rows among them

Rows are paired in order, so that as much as possible of their text agrees.
"""
import score

SAME_ROW = 0.5          # of their text
TABLE_MATCH = 0.2       # share of syllables two tables have in common that makes them one


def text(row):
    return " ".join(cell[0] for cell in row if cell is not None)


def likeness(a, b):
    like = score.sim(text(a), text(b))
    return like if like >= SAME_ROW else 0.0


def pairs_of_tables(gold, found):
    """Gold's tables, each with the record's that has most of its syllables, or with None."""
    bags = [[set(text(sum(score.grid(table), [])).split()) for table in tables] for tables in (gold, found)]
    share = lambda i, j: 2 * len(bags[0][i] & bags[1][j]) / max(1, len(bags[0][i]) + len(bags[1][j]))
    partner = {i: j for i, j, _ in score.match(range(len(gold)), range(len(found)), share, TABLE_MATCH)}
    return [(table, found[partner[i]] if i in partner else None) for i, table in enumerate(gold)]


class Rows:
    """Counted over documents of one form."""

    def __init__(self):
        self.over_pages = self.lost = self.doubled = self.all = self.exact = 0

    def add(self, gold, found):
        for table, other in pairs_of_tables(gold.get("tables", []), found.get("tables", [])):
            wanted, got = score.grid(table), score.grid(other) if other else []
            _, pairs = score.align(wanted, got, likeness)
            paired = [(i, j) for i, j in pairs if likeness(wanted[i], got[j]) > 0 or not (text(wanted[i]) or text(got[j]))]
            self.all += len(wanted)
            self.exact += sum(wanted[i] == got[j] for i, j in paired)
            if len(table.get("pages", [])) > 1:
                self.over_pages += len(wanted)
                self.lost += len(wanted) - len(paired)
                self.doubled += len(got) - len(paired)


def show(title, counts):
    """A line a form; `counts` maps a form to its Rows."""
    print()
    print(f"{title + ': rows of tables':32}{'rows exact':>22}{'over pages: lost':>20}{'doubled':>10}")
    for form, rows in counts.items():
        if rows.all:
            print(f"{form:32}{f'{rows.exact} of {rows.all}: {rows.exact / rows.all:.3f}':>22}"
                  f"{f'{rows.lost} of {rows.over_pages}':>20}{rows.doubled:>10}")
