#!/usr/bin/python3
"""Render samples from their records: `render.py [--forms digital,scan-a,...] [NAME...]`.

  digital.pdf   born digital, sound text layer
  damaged.pdf   the same, with letters lost from the text layer
  scan-a.pdf    a good office scanner, 300 dpi grey
  scan-b.pdf    a poor scan, 200 dpi colour: skew, noise, uneven light, stamp, signature
  scan-c.pdf    a fax, black and white: one page upside down, landscape pages sideways

A sample is a folder with gold.json (the record it must give) and layout.json (what the record leaves open). Without names all
samples are rendered. Files that are there already stay unless --force is given: some of them are committed, and the tests
compare against those.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import pikepdf

from rendering import damage, fodt, scan

HERE = os.path.dirname(os.path.abspath(__file__))


class Sample:
    def __init__(self, name):
        self.folder = os.path.join(HERE, name)
        with open(self.path("gold.json"), encoding="utf-8") as file:
            self.record = json.load(file)
        with open(self.path("layout.json"), encoding="utf-8") as file:
            self.layout = {**fodt.DEFAULTS, **json.load(file)}

    def path(self, name):
        return os.path.join(self.folder, name)


def digital(sample, target):
    """LibreOffice sets the pages; dates and identifiers are taken out so that the same record gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "plan.fodt")
        with open(source, "w", encoding="utf-8") as file:
            file.write(fodt.Document(sample.record, sample.layout).xml())
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                        "--outdir", folder, source], check=True, capture_output=True, timeout=300)
        with pikepdf.open(os.path.join(folder, "plan.pdf")) as pdf:
            wanted = sample.layout["font"].replace(" ", "")
            strange = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
                       and wanted not in str(o.BaseFont)}
            if strange:
                raise SystemExit(f"'{wanted}' lacks Vietnamese letters here, LibreOffice took {sorted(strange)}; "
                                 "tools/setup.sh samples installs fonts-liberation2")
            for table, keys in [(pdf.docinfo, ["/CreationDate", "/ModDate"]), (pdf.trailer, ["/DocChecksum", "/ID"])]:
                for key in keys:
                    if key in table:
                        del table[key]
            pdf.save(target, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


FORMS = {
    "damaged": damage.lose_letters,
    "scan-a": scan.clean,
    "scan-b": scan.poor,
    "scan-c": scan.fax,
}


def render(name, forms, force):
    sample = Sample(name)
    source = sample.path("digital.pdf")
    if not os.path.exists(source) or (force and "digital" in forms):
        digital(sample, source)
    for form in forms:
        target = sample.path(form + ".pdf")
        if form == "digital" or (os.path.exists(target) and not force):
            continue
        arguments = [source, target] if form == "damaged" else [source, target, sample]
        FORMS[form](*arguments)
    print(name, *sorted(f for f in os.listdir(sample.folder) if f.endswith(".pdf")))


def main():
    names = sorted(name for name in os.listdir(HERE) if os.path.exists(os.path.join(HERE, name, "gold.json")))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="folders beside this file")
    parser.add_argument("--forms", default="digital," + ",".join(FORMS), help="comma list (default: all)")
    parser.add_argument("--force", action="store_true", help="write files anew that are there already")
    options = parser.parse_args()
    forms = options.forms.split(",")
    if not set(forms) <= {"digital", *FORMS} or not set(options.names) <= set(names):
        parser.error("unknown form or sample; samples: " + " ".join(names))
    for name in options.names or names:
        render(name, forms, options.force)
    return 0


if __name__ == "__main__":
    sys.exit(main())
