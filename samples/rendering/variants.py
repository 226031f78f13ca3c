"""The same sample in other clothes: what a layout leaves to taste is drawn anew, by seed. The record stays the same.

Drawn are fonts and sizes, margins, widths of columns, heights of rows and lines, padding, rules, how text stands in its cells, whether
rows go on over a page break and whether the header is repeated. What a careful typist would not do, or a careful clerk could not read without
doubt, is not drawn: no syllable is broken for want of room in its column or in the head, and see vary().
"""
import copy
import functools
import math
import random
import subprocess

from PIL import ImageFont

from rendering import fodt

# With all Vietnamese letters; `tools/setup.sh test` installs them. The first is what most plans are set in.
FONTS = ["Liberation Serif", "TeX Gyre Termes", "FreeSerif", "DejaVu Serif", "Liberation Sans", "TeX Gyre Heros", "FreeSans", "DejaVu Sans"]
LETTERS = "".join(chr(c) for c in range(0x1EA0, 0x1EFA)) + "ĂăÂâĐđÊêÔôƠơƯưÀÁÃÈÉÌÍĨÒÓÕÙÚŨÝàáãèéìíĩòóõùúũý"
POINT = 2.54 / 72  # cm


@functools.lru_cache(None)
def font_file(family, style="bold"):
    """A face of a family; the bold one is as wide as any."""
    wanted = f":family={family}:charset=" + " ".join(f"{ord(c):x}" for c in LETTERS)
    if not subprocess.run(["fc-list", wanted], check=True, capture_output=True, text=True).stdout:
        raise SystemExit(f"'{family}' is missing or lacks Vietnamese letters here; tools/setup.sh test installs it")
    return subprocess.run(["fc-match", "-f", "%{file}", f"{family}:{style}"], check=True, capture_output=True, text=True).stdout


@functools.lru_cache(None)
def ruler(family):
    return ImageFont.truetype(font_file(family), 100, layout_engine=ImageFont.Layout.BASIC)


def width_of(text, family, size):
    """In cm, in bold letters."""
    return ruler(family).getlength(text) / 100 * size * POINT


def longest_word(texts, family, size):
    return max((width_of(word, family, size) for text in texts for word in text.split()), default=0)


def halves(text, family):
    """`text` broken into two lines as even as can be."""
    words = text.split()
    breaks = [[" ".join(words[:i]), " ".join(words[i:])] for i in range(len(words))]
    return min(breaks, key=lambda lines: max(width_of(line, family, 10) for line in lines))


def least_widths(table, own, layout, size):
    """What each column needs so that no word is broken in it, in cm. In a header of two rows the cells that are as high as both have
    two lines at most: LibreOffice clips the third where the header is repeated."""
    heads = own.get("heads") or [[column["header"]] for column in table["columns"]]
    spread = {heads[i][0] for i in range(1, len(heads)) if len(heads[i]) > 1 and heads[i - 1][0] == heads[i][0]}
    edges = 2 * layout["cell_padding"] + layout["rule"] * POINT + 0.05
    widths = []
    for c, head in enumerate(heads):
        texts = [text for text in head if text not in spread]
        texts += [row[c]["text"] for row in table["rows"] if row[c] and row[c]["col_span"] == 1]
        width = longest_word(texts, layout["font"], size)
        if spread and len(head) == 1:
            width = max([width] + [width_of(line, layout["font"], size) for line in halves(head[0], layout["font"])])
        widths.append(width + edges)
    return widths


def fit(wanted, least, width):
    """`wanted` scaled to fill `width`, none narrower than its `least`."""
    fixed = {}
    while True:
        free = [i for i in range(len(wanted)) if i not in fixed]
        scale = (width - sum(fixed.values())) / sum(wanted[i] for i in free)
        narrow = [i for i in free if wanted[i] * scale < least[i]]
        if not narrow:
            return [fixed.get(i, wanted[i] * scale) for i in range(len(wanted))]
        fixed.update((i, least[i]) for i in narrow)


def head_size(record, layout, size):
    """`size`, or what the head of the first page has room for."""
    width = 21.0 - sum(layout["margins"][2:]) + 1.2 - 0.2
    left, right = width * layout["head_left"], width * (1 - layout["head_left"])
    issuer = layout["issuer_lines"] or [record["header"]["issuer"]]
    lines = [(line, left) for line in issuer + [record["header"]["parent"] or ""]]
    lines += [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right), (fodt.date_line(record["header"]) + "  ", right)]
    return math.floor(2 * min([size] + [size * room / width_of(line, layout["font"], size) for line, room in lines if line])) / 2


def has_deep_cells(record, layout):
    """Are there cells over several rows, in a body or a header?"""
    deep = any(cell and cell["row_span"] > 1 for table in record["tables"] for row in table["rows"] for cell in row)
    return deep or any("heads" in own for own in layout["tables"].values())


def vary(name, seed, record, layout):
    """The layout of the sample's variant `seed`."""
    rng = random.Random(f"{name} {seed}")
    layout = copy.deepcopy(layout)
    layout["font"] = rng.choice(FONTS[:1] * 4 + FONTS[1:])
    layout["font_size"] = rng.choice([12, 13, 13.5, 14, 14.5])
    layout["line_height"] = rng.randint(100, 140)
    size = rng.choice([x / 2 for x in range(19, 29)])
    layout["margins"] = [rng.choice([1.5, 2.0, 2.5]), rng.choice([1.5, 2.0, 2.5]), rng.choice([2.5, 3.0, 3.5]), rng.choice([1.5, 2.0])]
    layout["head_size"] = head_size(record, layout, rng.choice([12, 13]))
    layout["cell_height"] = rng.choice([100, 100, 110, 120, 130])
    layout["cell_padding"] = rng.choice([0.05, 0.10, 0.15, 0.20])
    layout["cell_align"] = rng.choice(["left", "justify"])
    layout["centred"] = rng.random() < 0.6
    layout["rule"] = rng.choice([0.25, 0.5, 0.75, 1, 1.5])
    layout["row_heights"] = rng.choice([[0], [0], [0.9], [1.4], [round(rng.uniform(0, 2.5), 2) for _ in range(5)]])
    layout["rows_split"] = rng.random() < 0.5
    layout["heads_repeated"] = rng.random() < 0.5
    layout["cell_place"] = rng.choice(["top", "middle"])
    if any(own.get("rules") == "none" for own in layout["tables"].values()):
        # Nothing but white tells the columns and rows: rows begin at one height, columns are two spaces apart, and more beside words
        # that are spread to justify a line.
        layout["cell_place"] = "top"
        layout["cell_padding"] = rng.choice([0.15, 0.20, 0.25] if layout["cell_align"] == "justify" else [0.10, 0.15, 0.20])
        layout["cell_padding"] = max(layout["cell_padding"], round(width_of(" ", layout["font"], size), 2))
    if has_deep_cells(record, layout):
        # LibreOffice leaves stripes beside such cells where heights differ, cuts them off or loses all the rows below where rows are to be
        # kept whole, and may part the two rows of a header that is not repeated.
        layout["row_heights"], layout["rows_split"] = layout["row_heights"][:1], True
        layout["heads_repeated"] |= any("heads" in own for own in layout["tables"].values())
    document = fodt.Document(record, layout)
    rooms = {part["table"]: document.room_of(section) for section in record["sections"] for part in section["paragraphs"] if "table" in part}
    scaled = {key: [w * rng.uniform(0.75, 1.35) for w in document.column_widths(table, rooms[key])] for key, table in document.tables.items()}
    own = {key: layout["tables"].setdefault(key, {}) for key in scaled}
    least = {}
    while True:  # letters as large as the narrowest table has room for
        for key, table in document.tables.items():
            least[key] = least_widths(table, own[key], layout, size)
        if all(sum(least[key]) < 0.9 * rooms[key] for key in least):
            break
        size -= 0.5
    layout["table_size"] = size
    for key in scaled:
        own[key]["widths"] = fit(scaled[key], least[key], rooms[key])
    return layout
