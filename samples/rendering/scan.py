"""Three scanners: a good one, a poor one, and a fax. Each takes the pages of a PDF and gives a PDF of images.

Everything random comes from a generator seeded by document, scanner and page, so the same sample gives the same bytes.
"""
import hashlib
import html
import io
import math
import os
import re
import subprocess
import tempfile

import cv2
import numpy as np
import pikepdf
from PIL import Image, TiffImagePlugin
from pikepdf import Array, Dictionary, Name, Stream

from rendering import ink

TiffImagePlugin.STRIP_SIZE = 1 << 30  # one strip: PDF wants a G4 stream whole
CM = 1 / 2.54


def generator(*key):
    return np.random.default_rng(int.from_bytes(hashlib.sha256(repr(key).encode()).digest()[:8], "big"))


def page_images(pdf, dpi, grey=False):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi)] + (["-gray"] if grey else []) + [pdf, os.path.join(folder, "p")], check=True)
        mode = cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR
        return [cv2.imread(os.path.join(folder, name), mode) for name in sorted(os.listdir(folder))]


def turn(image, degrees, background):
    """A page that lay askew; positive is counter-clockwise."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=background)


def jpeg(image, quality):
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes(), {"Filter": Name.DCTDecode}


def group4(bilevel):
    """CCITT group 4 data of an image of 0 and 255, and the keys a PDF needs to read it."""
    buffer = io.BytesIO()
    Image.fromarray(bilevel).convert("1").save(buffer, "TIFF", compression="group4", tiffinfo={278: bilevel.shape[0]})
    tags = Image.open(io.BytesIO(buffer.getvalue())).tag_v2
    offset, length = tags[273][0], tags[279][0]
    height, width = bilevel.shape
    parms = Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=tags.get(262) == 1)
    return buffer.getvalue()[offset:offset + length], {"Filter": Name.CCITTFaxDecode, "DecodeParms": parms}


def write_pdf(path, pages, dpi, colour_space, bits):
    """pages: (data, stream keys, width, height) in pixels."""
    pdf = pikepdf.new()
    for data, keys, width, height in pages:
        image = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
                       ColorSpace=Name("/" + colour_space), BitsPerComponent=bits, **keys)
        w, h = round(width * 72 / dpi, 2), round(height * 72 / dpi, 2)
        content = Stream(pdf, f"q {w} 0 0 {h} 0 0 cm /Im0 Do Q".encode())
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(Dictionary(
            Type=Name.Page, MediaBox=Array([0, 0, w, h]), Resources=Dictionary(XObject=Dictionary(Im0=image)), Contents=content))))
    pdf.save(path, static_id=True)


def find_on_pages(pdf, text):
    """Where a line of text stands last: (page index, x0, y0, x1, y1) in points, or None."""
    output = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    wanted, found = text.split(), None
    for index, page in enumerate(output.split("<page ")[1:]):
        words = [(html.unescape(m[5]), *map(float, m.groups()[:4])) for m in re.finditer(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)]
        for i in range(len(words) - len(wanted) + 1):
            run = words[i:i + len(wanted)]
            if [w[0] for w in run] == wanted and max(w[2] for w in run) - min(w[2] for w in run) < 3:
                found = (index, run[0][1], min(w[2] for w in run), run[-1][3], max(w[4] for w in run))
    return found


def sign(pages, pdf, sample, dpi, scanner):
    """Put stamp and signature between position and name of each signer."""
    record, layout = sample.record, sample.layout
    header = record["header"]
    for i, signer in enumerate(record["signatures"] or [record["signature"]]):
        name = find_on_pages(pdf, signer["name"])
        if not name:
            continue
        rng = generator(layout["seed"], scanner, "sign", i)
        words = layout["stamps"][i] if layout["stamps"] else (header["parent"] or "", header["issuer"])
        x, y = (name[1] + name[3]) / 2 * dpi / 72, name[2] * dpi / 72
        diameter, width, height = int(3.6 * CM * dpi), int(5.2 * CM * dpi), int(2.4 * CM * dpi)
        page = pages[name[0]]
        ink.press(page, ink.stamp(rng, diameter, words[0].upper(), words[1].upper()),
                  int(x - diameter * 0.98 + rng.integers(-8, 8)), int(y - diameter * 0.76 + rng.integers(-8, 8)))
        ink.press(page, ink.signature(rng, width, height), int(x - width * 0.48), int(y - height * 1.05))


def clean(pdf, target, sample, quality=60):
    """scan-a: a good office scanner, 300 dpi grey."""
    pages = []
    for i, page in enumerate(page_images(pdf, 300, grey=True)):
        rng = generator(sample.layout["seed"], "a", i)
        image = 255 - (255 - page.astype(np.float32)) * rng.uniform(0.90, 0.97)
        image = turn(image, float(np.clip(rng.normal(0, 0.28), -0.5, 0.5)), 255)
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.55, 0.8)) + rng.normal(0, 1.6, page.shape)
        image = np.clip(image * 0.985 + 2, 0, 255).astype(np.uint8)
        pages.append((*jpeg(image, quality), image.shape[1], image.shape[0]))
    write_pdf(target, pages, 300, "DeviceGray", 8)


def uneven_light(rng, height, width):
    """A lamp that fades to one side, and the dark edge of a lid that was not shut."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    light = 1 - 0.10 * (math.cos(angle) * (x / width - 0.5) + math.sin(angle) * (y / height - 0.5) + 0.5)
    light += ink.slow_noise(rng, height, width, 4, 0.018)
    distance = [x, width - x, y][rng.integers(0, 3)]
    return (light * (1 - 0.22 * np.exp(-distance / (0.012 * width))))[..., None]


def poor(pdf, target, sample, quality=42):
    """scan-b: 200 dpi colour, grey toner, the back showing through, skew, uneven light, noise, specks, stamp, signature."""
    printed = page_images(pdf, 200)
    pages = [np.clip(page * 0.86 + 30.0, 0, 255).astype(np.uint8) for page in printed]
    sign(pages, pdf, sample, 200, "b")
    items = []
    for i, page in enumerate(pages):
        rng = generator(sample.layout["seed"], "b", i)
        height, width = page.shape[:2]
        image = page.astype(np.float32)
        back = printed[i + 1 if i + 1 < len(printed) else i - 1]
        if back.shape == page.shape:
            shadow = 255 - cv2.GaussianBlur(cv2.flip(back, 1), (0, 0), 2.2).astype(np.float32)
            image = np.clip(image - shadow * rng.uniform(0.05, 0.09), 0, 255)
        paper = np.array([226 + rng.uniform(-4, 4), 236 + rng.uniform(-3, 3), 241 + rng.uniform(-2, 2)], np.float32)
        image = turn(image / 255 * paper, float(rng.uniform(0.5, 1.5) * rng.choice([-1, 1])), tuple(map(float, paper * 0.93)))
        image = cv2.GaussianBlur(image * uneven_light(rng, height, width), (0, 0), rng.uniform(0.6, 0.85))
        image += rng.normal(0, 5.0, (height, width, 1)) + rng.normal(0, 2.0, image.shape)
        for _ in range(int(rng.integers(60, 140))):
            speck = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            cv2.circle(image, speck, int(rng.choice([1, 1, 1, 2])), (float(rng.uniform(40, 150)),) * 3, -1)
        image = np.clip(image, 0, 255).astype(np.uint8)
        items.append((*jpeg(image, quality), width, height))
    write_pdf(target, items, 200, "DeviceRGB", 8)


def fax(pdf, target, sample):
    """scan-c: black and white, 200 dpi, one page upside down, landscape pages fed sideways, a roller line here and there."""
    pages = page_images(pdf, 200)
    sign(pages, pdf, sample, 200, "c")
    portrait = [i for i, page in enumerate(pages) if page.shape[0] > page.shape[1]]
    rng = generator(sample.layout["seed"], "c")
    upside_down = int(rng.choice(portrait[1:] or portrait))
    items = []
    for i, page in enumerate(pages):
        rng = generator(sample.layout["seed"], "c", i)
        grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY).astype(np.float32)
        grey = cv2.GaussianBlur(turn(grey, float(np.clip(rng.normal(0, 0.5), -1, 1)), 255), (0, 0), 0.7)
        grey += rng.normal(0, 14, grey.shape)
        bilevel = ((grey > rng.uniform(150, 178)) * 255).astype(np.uint8)
        dust = rng.random(bilevel.shape)
        bilevel[dust < 0.00025] = 0
        bilevel[dust > 0.9985] = 255
        if rng.random() < 0.5:
            height, width = bilevel.shape
            x, y = int(rng.integers(20, width - 20)), int(rng.integers(0, height // 2))
            bilevel[y:y + int(rng.integers(height // 6, height // 2)), x] = 0
        quarters = 2 if i == upside_down else 0 if i in portrait else 1
        bilevel = np.ascontiguousarray(np.rot90(bilevel, quarters))
        items.append((*group4(bilevel), bilevel.shape[1], bilevel.shape[0]))
    write_pdf(target, items, 200, "DeviceGray", 1)
