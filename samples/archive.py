#!/usr/bin/python3
"""Make an archive of plans as an office keeps it: `archive.py --out DIR [--files 2000] [--seed 1] [--kinds digital,...] [--jobs N]`.

Some minutes for 2,000 files. Every plan differs (rendering/wording.py); most are digital PDFs of one to six pages, 8 % are scans, because reading
those takes time. DIR.tsv beside the archive says of each file: path, kind (how it was made), original (of a duplicate: the path of the same
bytes), class (what `kehoach survey` must call it), pages, turned (pages that lie on their side). The same seed gives the same archive,
byte by byte. --kinds makes an archive of those kinds alone, for measurements: `--kinds digital`.
"""
import argparse
import io
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import types
import unicodedata

import cv2
import numpy as np
import pikepdf
from PIL import Image

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rendering import damage, legacy, scan, typeset, wording  # noqa: E402

# kind: (share in per mille, class)
KINDS = {
    "digital": (470, "sound"), "turned-page": (10, "sound"), "owner-password": (10, "sound"),
    "lost-letters": (90, "lost-letters"), "layer-tcvn3": (50, "legacy"), "layer-vni": (40, "legacy"),
    "text": (60, "text"), "text-tcvn3": (30, "text"), "text-vni": (20, "text"),
    "scan-a": (32, "scan"), "scan-b": (24, "scan"), "scan-sideways": (10, "scan"), "image": (14, "scan"), "worthless-layer": (8, "worthless"),
    "password": (20, "encrypted"), "truncated": (20, "broken"), "not-a-pdf": (10, "unknown"), "empty": (6, "empty"),
    "duplicate": (76, None),
}
SCANNED = {"scan-a", "scan-b", "scan-sideways", "image", "worthless-layer"}
NEVER_TWICE = {"duplicate", "truncated", "not-a-pdf", "empty"}
LOST = "ưởỡpx"


def kinds_of(n, wanted, rng):
    """The kind of each of n files, in any order; every kind that is wanted at least once where there is room."""
    total = sum(KINDS[kind][0] for kind in wanted)
    counts = {kind: max(1, round(n * KINDS[kind][0] / total)) for kind in wanted}
    counts[wanted[0]] = max(0, counts[wanted[0]] + n - sum(counts.values()))
    kinds = [kind for kind in wanted for _ in range(counts[kind])][:n]
    rng.shuffle(kinds)
    return kinds


def file_name(plan, kind, i, rng):
    """A path as people name things: by province and year, with spaces and marks, or as the scanner counted."""
    suffix = {"text": ".txt", "text-tcvn3": ".txt", "text-vni": ".TXT" if i % 2 else ".txt", "image": [".png", ".jpg", ".tif"][i % 3]}.get(kind, ".pdf")
    folder = rng.choice([plan.province, f"{plan.province}/{plan.year}", f"{plan.year}/{plan.theme}", "Văn bản đến", "luu tru/cu/chua phan loai", "."])
    number = plan.number.replace("/", "-")
    name = rng.choice([f"{number}", f"Kế hoạch {number} ngày {plan.date[-4:]}", f"KH_{i:05d}", f"{plan.title}, số {number}", f"scan{i:05d}", f"'{number}' \"{plan.year}\""])
    path = os.path.normpath(f"{folder}/{name} ({i}){suffix}")
    return unicodedata.normalize("NFD", path) if rng.random() < 0.05 else path


def plan_of(seed, kind, rng):
    if kind in SCANNED:
        return wording.Plan(seed, rng.choice([0, 0, 3]), rng.choice([0, 1]))
    return wording.Plan(seed, rng.choice([0, 4, 8, 12, 16, 24, 36, 50]), rng.choice([0, 1, 2, 4, 8]))


def set_pdf(plan, letters=None):
    buffer = io.BytesIO()
    pages = typeset.typeset(plan, buffer, letters)
    return buffer.getvalue(), pages


def resave(content, change=None, **keys):
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if change:
            change(pdf)
        pdf.save(buffer, static_id=True, **keys)
    return buffer.getvalue()


def locked(content, user):
    """RC4: what AES writes is never the same twice."""
    return resave(content, encryption=pikepdf.Encryption(owner="chu-ho-so", user=user, R=3, aes=False, metadata=False))


def turn_pages(pdf):
    """Drawn sideways and turned back by /Rotate: as people see it, all is upright."""
    for page in pdf.pages:
        x0, y0, x1, y1 = map(float, page.MediaBox)
        page.contents_add(f"q 0 1 -1 0 {y1 - y0} 0 cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.MediaBox, page.Rotate = pikepdf.Array([0, 0, y1 - y0, x1 - x0]), 90


def false_layer(rng):
    def change(pdf):
        """What a reading program for another language left behind the image."""
        for page in pdf.pages:
            page.Resources.Font = pikepdf.Dictionary(F1=pdf.make_indirect(pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)))
            lines = [" ".join("".join(rng.choice("abcdeghiklmnoqrstuvwxz1l|;:.,") for _ in range(rng.randint(2, 7))) for _ in range(9)) for _ in range(40)]
            page.contents_add(("BT 3 Tr /F1 11 Tf 14 TL 70 780 Td " + " ".join(f"({line}) ' " for line in lines) + "ET").encode())
    return change


def scanned(content, kind, plan, i, folder, rng):
    source, target = os.path.join(folder, "plan.pdf"), os.path.join(folder, "scan.pdf")
    with open(source, "wb") as file:
        file.write(content)
    if kind == "image":
        pages = scan.page_images(source, 200, grey=True)
        pages = [Image.fromarray(scan.turn(page, rng.uniform(-0.6, 0.6), 255)) for page in pages]
        buffer = io.BytesIO()
        if i % 3 == 2:
            pages = [page.point(lambda value: 255 * (value > 150)).convert("1") for page in pages]
            pages[0].save(buffer, "TIFF", compression="group4", save_all=True, append_images=pages[1:], dpi=(200, 200))
            return buffer.getvalue(), len(pages)
        pages[0].save(buffer, ["PNG", "JPEG"][i % 3], dpi=(200, 200))
        return buffer.getvalue(), 1
    stamp = (plan.parent or plan.issuer, "SỞ" if plan.parent else "UBND")
    sample = types.SimpleNamespace(layout={"seed": i, "stamps": [stamp]}, record={"header": {}, "signatures": [], "signature": {"name": plan.signer}})
    {"scan-b": scan.poor}.get(kind, scan.clean)(source, target, sample)
    with open(target, "rb") as file:
        content = file.read()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return content, len(pdf.pages)


def lay_sideways(content, rng):
    """The images themselves lie on their side, as a feeder took the sheets."""
    def change(pdf):
        turned = rng.choice([1, 3])
        for page in pdf.pages:
            image = page.Resources.XObject.Im0
            pixels = cv2.imdecode(np.frombuffer(image.read_raw_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
            pixels = np.ascontiguousarray(np.rot90(pixels, turned))
            image.write(scan.jpeg(pixels, 60)[0], filter=pikepdf.Name.DCTDecode)
            image.Height, image.Width = pixels.shape
            _, _, w, h = map(float, page.MediaBox)
            page.MediaBox = pikepdf.Array([0, 0, h, w])
            page.Contents = pikepdf.Stream(pdf, f"q {h} 0 0 {w} 0 0 cm /Im0 Do Q".encode())
    return resave(content, change)


def broken(content, kind, rng):
    if kind == "truncated":  # the start of a download
        return content[:len(content) // 5]
    return b"" if kind == "empty" else rng.choice([b"PK\x03\x04\x14\x00\x06\x00" + rng.randbytes(3000), rng.randbytes(2000)])


def content_of(plan, kind, i, folder, rng):
    """(bytes, pages, pages on their side)"""
    if kind.startswith("text"):
        text, pages = plan.text(), ""
        return (legacy.encode(text, kind[5:]) if kind != "text" else text.encode()), pages, 0
    letters = None
    if kind == "lost-letters":
        letters = lambda letter: " " if letter in LOST else letter  # noqa: E731
    elif kind.startswith("layer-"):
        letters = lambda letter: legacy.shown(letter, kind[6:])  # noqa: E731
    content, pages = set_pdf(plan, letters)
    if kind in SCANNED:
        content, pages = scanned(content, kind, plan, i, folder, rng)
    if kind == "scan-sideways":
        return lay_sideways(content, rng), pages, pages
    if kind == "worthless-layer":
        content = resave(content, false_layer(rng))
    elif kind in ("password", "owner-password"):
        content = locked(content, "mat-khau" if kind == "password" else "")
    elif kind == "turned-page":
        content = resave(content, turn_pages)
    elif kind in NEVER_TWICE:
        content = broken(content, kind, rng)
    return content, "" if KINDS[kind][1] in ("encrypted", "broken", "unknown", "empty") else pages, 0


def make(job):
    """One file; returns its line of the manifest."""
    out, seed, i, kind = job
    rng = random.Random(f"{seed} {i}")
    plan = plan_of(f"{seed} {i}", kind, rng)
    path = file_name(plan, kind, i, rng)
    with tempfile.TemporaryDirectory() as folder:
        content, pages, turned = content_of(plan, kind, i, folder, rng)
    os.makedirs(os.path.dirname(os.path.join(out, path)), exist_ok=True)
    with open(os.path.join(out, path), "wb") as file:
        file.write(content)
    return [path, kind, "", KINDS[kind][1], pages, turned]


def duplicate(out, i, rows, rng):
    """The same bytes under another name, in another folder."""
    original = rng.choice(rows)
    base, suffix = os.path.splitext(os.path.basename(original[0]))
    path = f"Bản sao/{rng.randint(1, 9)}/{rng.choice(['Copy of ' + base, base, f'KH moi {i}'])} [{i}]{suffix}"
    os.makedirs(os.path.dirname(os.path.join(out, path)), exist_ok=True)
    shutil.copyfile(os.path.join(out, original[0]), os.path.join(out, path))
    return [path, "duplicate", original[0], *original[3:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, metavar="DIR", help="must not be there yet")
    parser.add_argument("--files", type=int, default=2000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS), help="comma list of: " + ", ".join(KINDS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    wanted = options.kinds.split(",")
    if not set(wanted) <= set(KINDS) or set(wanted) <= NEVER_TWICE or options.files < 1:
        parser.error("kinds are: " + ", ".join(KINDS))
    os.makedirs(options.out)
    rng = random.Random(f"archive {options.seed}")
    kinds = kinds_of(options.files, wanted, rng)
    jobs = [(options.out, options.seed, i, kind) for i, kind in enumerate(kinds) if kind != "duplicate"]
    for family in typeset.FAMILIES:
        typeset.register(family)
    cv2.setNumThreads(1)  # the files are made side by side
    with multiprocessing.Pool(options.jobs) as pool:
        rows = pool.map(make, jobs, chunksize=4)
    originals = [row for row in rows if row[1] not in NEVER_TWICE]
    rows += [duplicate(options.out, i, originals, rng) for i, kind in enumerate(kinds) if kind == "duplicate"]
    with open(os.path.normpath(options.out) + ".tsv", "w", encoding="utf-8") as file:
        file.write("path\tkind\toriginal\tclass\tpages\tturned\n")
        file.writelines("\t".join(map(str, row)) + "\n" for row in sorted(rows))
    print(f"{len(rows)} files in {options.out}, {options.out}.tsv tells what they are")
    return 0


if __name__ == "__main__":
    sys.exit(main())
