"""A text layer that lost letters, as some converters leave it: the page looks right, but copied text has holes."""
import re

import pikepdf


def lose_letters(source, target, letters="ưởỡpx", styled=False):
    """Send every glyph that stands for one of `letters` to a space, in the ToUnicode maps of the upright fonts
    (of the bold and italic ones too when `styled`)."""
    pdf = pikepdf.open(source)
    for font in pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font" or "/ToUnicode" not in font:
            continue
        if not styled and re.search("Bold|Italic", str(font.get("/BaseFont", ""))):
            continue
        stream = font["/ToUnicode"]
        stream.write(spoil(stream.read_bytes().decode("latin-1"), set(letters)).encode("latin-1"))
    pdf.save(target, static_id=True)


def spoil(cmap, letters):
    """`<0012> <01B0>` becomes `<0012> <0020>`; LibreOffice writes one glyph a line (bfchar), never ranges."""
    def one(match):
        text = bytes.fromhex(match[2]).decode("utf-16-be")
        return f"<{match[1]}> <0020>" if letters & set(text) else match[0]

    def block(match):
        return re.sub(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", one, match[0])

    if "beginbfrange" in cmap:
        raise ValueError("ToUnicode map with ranges: not written by LibreOffice")
    return re.sub(r"beginbfchar.*?endbfchar", block, cmap, flags=re.S)
