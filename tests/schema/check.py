#!/usr/bin/python3
"""check.py [--program KEHOACH] RECORD.json...

Holds plan.schema.json and the program's own check against an independent implementation (python3-jsonschema):
  - the schema is a sound one of draft 2020-12, and every field has a title and a description in both languages;
  - each record given (each line of an .ndjson) is valid;
  - with --program: on each record, and on damaged copies of it, `kehoach validate` says the same.
Prints "ok - ..." and "not ok - ..." lines; exit 1 when something failed.
"""
import copy
import json
import os
import random
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped - python3-jsonschema is not installed")
    sys.exit(0)

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMA = os.path.join(HERE, "..", "..", "schemas", "plan.schema.json")
failures = 0


def report(good, name, message):
    global failures
    print(("ok - " if good else "not ok - ") + name)
    if not good:
        failures += 1
        print("    " + message)


def fields_without_words(schema, path="#"):
    """Paths of properties and definitions without a title or description in both languages."""
    for table in ("properties", "$defs"):
        for name, field in schema.get(table, {}).items():
            words = field
            if "title" not in field and "$ref" in field:
                words = {"title": " / ", "description": "vi:  en: "}  # told where it is defined
            if " / " not in words.get("title", "") and words.get("title") != "SHA-256":
                yield f"{path}/{table}/{name} has no title in two languages"
            if "vi: " not in words.get("description", "") or " en: " not in words.get("description", ""):
                yield f"{path}/{table}/{name} has no description in two languages"
            yield from fields_without_words(field, f"{path}/{table}/{name}")
    for form in schema.get("anyOf", []):
        yield from fields_without_words(form, path + "/anyOf")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from fields_without_words(schema[key], f"{path}/{key}")


def records(path):
    with open(path, encoding="utf-8") as stream:
        if path.endswith(".ndjson"):
            return [json.loads(line) for line in stream]
        return [json.load(stream)]


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], path + (key,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from places(item, path + (i,))


def damaged(record, chance):
    """A copy with one value changed, removed, or put where none belongs."""
    copied = copy.deepcopy(record)
    path = chance.choice([p for p in places(copied) if p])
    parent = copied
    for step in path[:-1]:
        parent = parent[step]
    kind = chance.randrange(4)
    if kind == 0:
        parent[path[-1]] = chance.choice([None, "", "x", 0, -1, 1.5, 2.0, True, [], {}, "2024-02-31", "2024-13", "/", "s0", "tb1"])
    elif kind == 1 and isinstance(parent, dict):
        del parent[path[-1]]
    elif kind == 2 and isinstance(parent, dict):
        parent["unforeseen"] = 1
    else:
        parent[path[-1]] = copy.deepcopy(parent[chance.choice(list(parent) if isinstance(parent, dict) else range(len(parent)))])
    return copied


def faulted_by(program, names):
    """The files the program finds a fault in; it prints "FILE: POINTER: what is wrong"."""
    run = subprocess.run([program, "validate"] + names, stdout=subprocess.PIPE, check=False, encoding="utf-8")
    return {line.split(": ", 1)[0] for line in run.stdout.splitlines()}


def compare(program, validator, record, name):
    """The record and 60 damaged copies of it: the program and jsonschema must agree on each."""
    chance = random.Random(1)
    copies = [record] + [damaged(record, chance) for _ in range(60)]
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, f"{i}.json") for i in range(len(copies))]
        for path, copied in zip(names, copies):
            with open(path, "w", encoding="utf-8") as stream:
                json.dump(copied, stream, ensure_ascii=False)
        faulted = faulted_by(program, names)
    wrong = []
    for path, copied in zip(names, copies):
        fault = next(validator.iter_errors(copied), None)
        if (path in faulted) != (fault is not None):
            wrong.append(f"jsonschema says {fault.message[:200] if fault else 'valid'} at {list(fault.absolute_path) if fault else ''}")
    report(not wrong, f"{name}: the program and jsonschema agree on {len(copies)} copies", "\n    ".join(wrong))


def main():
    args = sys.argv[1:]
    program = None
    if args[:1] == ["--program"]:
        program, args = args[1], args[2:]
    with open(SCHEMA, encoding="utf-8") as stream:
        schema = json.load(stream)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wordless = list(fields_without_words(schema))
    report(not wordless, "every field has title and description in two languages", "\n    ".join(wordless))
    for path in args:
        for i, record in enumerate(records(path)):
            name = os.path.basename(path) + (f" line {i + 1}" if path.endswith(".ndjson") else "")
            faults = list(validator.iter_errors(record))
            told = [f"/{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in faults[:5]]
            report(not faults, f"{name} is valid", "\n    ".join(told))
            if program is not None:
                compare(program, validator, record, name)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
