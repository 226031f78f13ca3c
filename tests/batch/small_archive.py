#!/usr/bin/env python3
"""small_archive.py FOLDER - a small archive made of samples/: digital and damaged documents, text, copies, what cannot be read. Prints FOLDER."""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    out = pathlib.Path(sys.argv[1])
    samples = sorted(p.parent for p in ROOT.glob("samples/*/digital.pdf"))
    for i, sample in enumerate(samples):
        folder = out / f"năm {2020 + i % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample / "digital.pdf", folder / f"{sample.name}.pdf")
        text = subprocess.run(["pdftotext", "-layout", str(sample / "digital.pdf"), "-"], check=True, capture_output=True).stdout
        (folder / f"{sample.name}.TXT").write_bytes(text)
    shutil.copy(samples[0] / "damaged.pdf", out / "damaged.pdf")
    shutil.copy(samples[1] / "digital.pdf", out / "copy of another, with a comma.pdf")
    (out / "broken.pdf").write_bytes((samples[2] / "digital.pdf").read_bytes()[:3000])
    subprocess.run(["qpdf", "--encrypt", "secret", "owner", "256", "--", str(samples[3] / "digital.pdf"),
                    str(out / "locked.pdf")], check=True)
    (out / "no pdf.pdf").write_bytes(b"GIF89a\x10\x00\x10\x00\x00\x00\x00;")
    (out / "empty.pdf").write_bytes(b"")
    (out / "notes.docx").write_bytes(b"PK\x03\x04\x14\x00\x00\x00\x00\x00")
    (out / ".hidden.pdf").write_bytes(b"x")
    (out / "gone.pdf").symlink_to("nowhere.pdf")
    (out / "again").symlink_to(".")
    print(out)


if __name__ == "__main__":
    main()
