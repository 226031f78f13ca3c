"""What is put on paper by hand: the round red stamp and the signature, as RGBA patches, and how they blend in."""
import math
import subprocess

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont


def font_file():
    """A bold sans-serif font that has Vietnamese letters."""
    found = subprocess.run(["fc-match", "-f", "%{file}", "Liberation Sans:bold:lang=vi"], capture_output=True, text=True, check=True)
    return found.stdout


def slow_noise(rng, height, width, cells, strength):
    """Noise that changes slowly over the area: uneven ink, uneven light."""
    grid = rng.normal(0, 1, (cells, cells)).astype(np.float32)
    return cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) * strength


def stamp(rng, diameter, rim, middle):
    """A round stamp: two rings, `rim` along the outer one, a star below, `middle` in lines that fit the inner ring.

    Drawn three times as large and reduced; turned a little; the ink is uneven.
    """
    size, red, path = diameter * 3, (200, 22, 30, 255), font_file()
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    inner, centre, pen = size * 0.335, size / 2, max(2, size // 70)
    draw.ellipse((pen, pen, size - pen, size - pen), outline=red, width=pen * 2)
    draw.ellipse((centre - inner, centre - inner, centre + inner, centre + inner), outline=red, width=pen)

    font, radius = ImageFont.truetype(path, int(size * 0.085)), size * 0.415
    widths = [font.getlength(letter) for letter in rim]
    span = min(math.radians(285), sum(widths) * 1.12 / radius)
    angle = -math.pi / 2 - span / 2
    for letter, width in zip(rim, widths):
        step = span * width / sum(widths)
        tile = Image.new("RGBA", (int(size * 0.14),) * 2, (0, 0, 0, 0))
        ImageDraw.Draw(tile).text((tile.width / 2,) * 2, letter, font=font, fill=red, anchor="mm")
        at = angle + step / 2
        tile = tile.rotate(-math.degrees(at) - 90, resample=Image.BICUBIC)
        image.alpha_composite(tile, (int(centre + radius * math.cos(at) - tile.width / 2),
                                     int(centre + radius * math.sin(at) - tile.height / 2)))
        angle += step
    points = [((0.045 if i % 2 == 0 else 0.018) * size, math.pi * i / 5) for i in range(10)]
    draw.polygon([(centre + r * math.sin(a), centre + radius - r * math.cos(a)) for r, a in points], fill=red)

    lines = [""]
    for word in middle.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > max(9, len(middle) // 3):
            lines.append(word)
        else:
            lines[-1] = (lines[-1] + " " + word).strip()
    share = 0.105
    while share > 0.04:
        font = ImageFont.truetype(path, int(size * share))
        if max(map(font.getlength, lines)) <= inner * 1.62 and share * 1.2 * len(lines) * size <= inner * 1.5:
            break
        share *= 0.94
    for i, line in enumerate(lines):
        down = (i - (len(lines) - 1) / 2) * size * share * 1.2
        draw.text((centre, centre + down), line, font=font, fill=red, anchor="mm")

    image = image.rotate(float(rng.uniform(-14, 14)), resample=Image.BICUBIC).resize((diameter,) * 2, Image.LANCZOS)
    patch = np.asarray(image).astype(np.float32)
    patch[..., 3] *= np.clip(0.74 + slow_noise(rng, diameter, diameter, 9, 0.16) + rng.normal(0, 0.10, (diameter,) * 2), 0.25, 0.95)
    return patch


def signature(rng, width, height):
    """A signature in blue ink: a run of Bézier strokes and a flourish, the pen pressing unevenly."""
    def stroke(points):
        t = np.linspace(0, 1, 60)[:, None]
        a, b, c, d = np.array(points, float)
        return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d

    x, y, strokes = 0.05, rng.uniform(0.45, 0.65), []
    for i in range(int(rng.integers(6, 9))):
        to_x, to_y = x + rng.uniform(0.07, 0.15), rng.uniform(0.15, 0.85) if i % 2 == 0 else rng.uniform(0.4, 0.7)
        strokes.append(stroke([(x, y), (x + rng.uniform(-0.1, 0.2), y - rng.uniform(0.2, 0.9)),
                               (to_x + rng.uniform(-0.2, 0.1), to_y + rng.uniform(-0.5, 0.6)), (to_x, to_y)]))
        x, y = to_x, to_y
    strokes.append(stroke([(x, y), (x + 0.2, y - 0.5), (0.3, 1.0), (0.98, 0.55)]))
    path = np.concatenate(strokes) * [width * 2.76, height * 2.76] + [width * 0.12, height * 0.12]
    image = Image.new("L", (width * 3, height * 3), 0)
    draw = ImageDraw.Draw(image)
    for i in range(len(path) - 1):
        pen = int((1.8 + 1.6 * abs(math.sin(i * 0.07 + 1))) * width / 100)
        draw.line([tuple(path[i]), tuple(path[i + 1])], fill=255, width=max(2, pen))
    patch = np.empty((height, width, 4), np.float32)
    patch[..., :3] = (35, 45, 170)
    patch[..., 3] = np.asarray(image.resize((width, height), Image.LANCZOS)).astype(np.float32) * 0.88
    return patch


def press(page, patch, x, y):
    """Multiply an RGBA patch onto a BGR page with its top left corner at x, y; what lies outside is cut."""
    height, width = patch.shape[:2]
    x0, y0, x1, y1 = max(0, x), max(0, y), min(page.shape[1], x + width), min(page.shape[0], y + height)
    if x1 <= x0 or y1 <= y0:
        return
    part = patch[y0 - y:y1 - y, x0 - x:x1 - x]
    cover, colour = part[..., 3:] / 255.0, part[..., 2::-1]
    under = page[y0:y1, x0:x1].astype(np.float32)
    page[y0:y1, x0:x1] = np.clip(under * (1 - cover) + cover * (under / 255.0 * colour), 0, 255).astype(np.uint8)
