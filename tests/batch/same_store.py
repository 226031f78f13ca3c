#!/usr/bin/env python3
"""same_store.py A.db B.db - fails, and says where, when two stores differ in anything but who claimed what, when and how often."""
import sqlite3
import sys

PASSING = {"documents": {"attempts", "owner", "lease_until"}}  # of a run, not of what was read


def contents(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
              if not name.startswith("sqlite_") and not any(name.startswith(p + "_") for p in ("search",))]
    rows = {}
    for table in tables:
        cursor = db.execute(f'SELECT * FROM "{table}"')
        columns = [c[0] for c in cursor.description]
        keep = [i for i, c in enumerate(columns) if c not in PASSING.get(table, ())]
        rows[table] = sorted((tuple(row[i] for i in keep) for row in cursor), key=repr)
        assert len({row for row in rows[table]}) == len(rows[table]), f"{path}: {table} has a row twice"
    return rows


def main():
    one, other = (contents(path) for path in sys.argv[1:3])
    faults = [f"tables differ: {sorted(set(one) ^ set(other))}"] if set(one) != set(other) else []
    for table in one:
        a, b = set(one[table]), set(other.get(table, ()))
        if a != b:
            faults.append(f"{table}: {len(a - b)} rows lost or changed, {len(b - a)} new or changed of {len(a)}")
            faults += [f"  - {str(row)[:300]}" for row in sorted(a - b, key=repr)[:3]] + [f"  + {str(row)[:300]}" for row in sorted(b - a, key=repr)[:3]]
    print("\n".join(faults))
    return bool(faults) or not one.get("documents")


if __name__ == "__main__":
    sys.exit(main())
