#!/usr/bin/python3
"""Render samples from their records: `render.py [--forms digital,scan-a,...] [NAME...]`, or `render.py --variants N --out DIR [NAME...]`.

  digital.pdf   born digital, sound text layer
  damaged.pdf   the same, with letters lost from the text layer
  scan-a.pdf    a good office scanner, 300 dpi grey
  scan-b.pdf    a poor scan, 200 dpi colour: skew, noise, uneven light, stamp, signature
  scan-c.pdf    a fax, black and white: one page upside down, landscape pages sideways

A sample is a folder with gold.json (the record it must give) and layout.json (what the record leaves open). Without names all
samples are rendered. Files that are there already stay unless --force is given: some of them are committed, and the tests
compare against those.

With --variants each sample that has a table is set N times anew, with other fonts, widths, heights (rendering/variants.py), as
DIR/NAME-SEED.pdf; --forms makes NAME-SEED.FORM.pdf of them. What is there already and would be set the same is kept: NAME-SEED.fodt,
from which it was made, tells.
"""
import argparse
import copy
import json
import os
import subprocess
import sys
import tempfile

import pikepdf

from rendering import fodt

HERE = os.path.dirname(os.path.abspath(__file__))
AT_ONCE = 60  # files LibreOffice is given; of some hundreds it loses the last
FORMS = ["digital", "damaged", "scan-a", "scan-b", "scan-c"]


class Sample:
    def __init__(self, name):
        self.folder = os.path.join(HERE, name)
        with open(self.path("gold.json"), encoding="utf-8") as file:
            self.record = json.load(file)
        with open(self.path("layout.json"), encoding="utf-8") as file:
            self.layout = {**fodt.DEFAULTS, **json.load(file)}

    def path(self, name):
        return os.path.join(self.folder, name)


def convert(sources, folder):
    """LibreOffice makes FOLDER/NAME.pdf of each NAME.fodt."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", folder,
                        *sources], check=True, capture_output=True, timeout=120 + 20 * len(sources))


def check_font(pdf, font):
    """LibreOffice takes another font, without a word, where this one lacks letters."""
    wanted = font.replace(" ", "")
    strange = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
               and wanted not in str(o.BaseFont)}
    if strange:
        raise SystemExit(f"'{font}' lacks Vietnamese letters here, LibreOffice took {sorted(strange)}; "
                         "tools/setup.sh samples (for variants: test) installs the fonts")


def digital(sample, target):
    """LibreOffice sets the pages; dates and identifiers are taken out so that the same record gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "plan.fodt")
        with open(source, "w", encoding="utf-8") as file:
            file.write(fodt.Document(sample.record, sample.layout).xml())
        convert([source], folder)
        with pikepdf.open(os.path.join(folder, "plan.pdf")) as pdf:
            check_font(pdf, sample.layout["font"])
            for table, keys in [(pdf.docinfo, ["/CreationDate", "/ModDate"]), (pdf.trailer, ["/DocChecksum", "/ID"])]:
                for key in keys:
                    if key in table:
                        del table[key]
            pdf.save(target, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def make_form(form, source, target, sample):
    """Damages or scans a digital PDF."""
    from rendering import damage, scan  # here, since they want more packages than the rest
    if form == "damaged":
        damage.lose_letters(source, target)
    else:
        {"scan-a": scan.clean, "scan-b": scan.poor, "scan-c": scan.fax}[form](source, target, sample)


def render(name, forms, force):
    sample = Sample(name)
    source = sample.path("digital.pdf")
    if not os.path.exists(source) or (force and "digital" in forms):
        digital(sample, source)
    for form in forms:
        target = sample.path(form + ".pdf")
        if form != "digital" and (force or not os.path.exists(target)):
            make_form(form, source, target, sample)
    print(name, *sorted(f for f in os.listdir(sample.folder) if f.endswith(".pdf")))


def is_made(source, text):
    """Was the PDF beside `source` made of this text?"""
    if not os.path.exists(source[:-5] + ".pdf"):
        return False
    try:
        with open(source, encoding="utf-8") as file:
            return file.read() == text
    except FileNotFoundError:
        return False


def set_variants(texts, out):
    """texts: source -> (its text, its font). The PDFs are set in a folder of their own: what is interrupted leaves nothing that looks whole."""
    with tempfile.TemporaryDirectory(dir=out) as folder:
        for source, (text, _) in texts.items():
            with open(os.path.join(folder, os.path.basename(source)), "w", encoding="utf-8") as file:
                file.write(text)
        convert([os.path.join(folder, os.path.basename(source)) for source in texts], folder)
        for source, (_, font) in texts.items():
            path = os.path.join(folder, os.path.basename(source))
            with pikepdf.open(path[:-5] + ".pdf") as pdf:
                check_font(pdf, font)
            os.replace(path[:-5] + ".pdf", source[:-5] + ".pdf")
            os.replace(path, source)


def render_variants(names, n, forms, out, force):
    from rendering import variants  # here, since it wants more packages than the rest
    os.makedirs(out, exist_ok=True)
    made, texts = {}, {}
    for sample in map(Sample, names):
        if not sample.record["tables"]:
            continue
        for seed in range(1, n + 1):
            one = copy.copy(sample)
            one.layout = variants.vary(os.path.basename(sample.folder), seed, sample.record, sample.layout)
            source = os.path.join(out, f"{os.path.basename(sample.folder)}-{seed:02d}.fodt")
            text = fodt.Document(one.record, one.layout).xml()
            made[source] = one
            if force or not is_made(source, text):
                texts[source] = text
    todo = sorted(texts)
    for i in range(0, len(todo), AT_ONCE):
        set_variants({source: (texts[source], made[source].layout["font"]) for source in todo[i:i + AT_ONCE]}, out)
    for form in set(forms) - {"digital"}:
        for source, sample in made.items():
            target = f"{source[:-5]}.{form}.pdf"
            if source in texts or not os.path.exists(target):
                make_form(form, source[:-5] + ".pdf", target, sample)
    print(f"{len(made)} variants in {out}, {len(texts)} of them set now")


def main():
    names = sorted(name for name in os.listdir(HERE) if os.path.exists(os.path.join(HERE, name, "gold.json")))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="folders beside this file")
    parser.add_argument("--forms", help="comma list (default: all; of variants digital)")
    parser.add_argument("--variants", type=int, metavar="N", help="render variants, seeds 1 to N")
    parser.add_argument("--out", metavar="DIR", help="where variants go")
    parser.add_argument("--force", action="store_true", help="write files anew that are there already")
    options = parser.parse_args()
    forms = options.forms.split(",") if options.forms else ["digital"] if options.variants else FORMS
    if not set(forms) <= set(FORMS) or not set(options.names) <= set(names):
        parser.error("unknown form or sample; samples: " + " ".join(names))
    if (options.variants is None) != (options.out is None):
        parser.error("--variants and --out go together")
    if options.variants:
        render_variants(options.names or names, options.variants, forms, options.out, options.force)
        return 0
    for name in options.names or names:
        render(name, forms, options.force)
    return 0


if __name__ == "__main__":
    sys.exit(main())
