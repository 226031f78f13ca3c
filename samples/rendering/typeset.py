"""A plan of `wording.py` becomes a PDF, some 20 ms a page: what LibreOffice sets better, but not two thousand times.

The text layer is what the fonts' ToUnicode maps say, so a layer that lost letters or speaks an old encoding is made by another map.
"""
from reportlab import rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.platypus import HRFlowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from xml.sax.saxutils import escape

from rendering.variants import font_file

rl_config.invariant = 1  # no clock in the files
FAMILIES = ["Liberation Serif", "FreeSerif", "Liberation Sans"]
WIDTHS = [1.1, 5.6, 3.0, 3.2, 2.4, 2.2]  # cm, of the table of tasks
shown_as = None  # a letter -> what the text layer says of it; None: itself


def to_unicode(name, subset):
    """Stands in for reportlab's own: one byte a glyph, any text for it."""
    lines = []
    for i, code in enumerate(subset):
        text = shown_as(chr(code)) if shown_as and code > 32 else chr(code)
        lines.append(f"<{i:02X}> <{text.encode('utf-16-be').hex().upper()}>")
    blocks = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in [lines[i:i + 100] for i in range(0, len(lines), 100)])
    return ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n/CMapName /{name} def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{blocks}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")


ttfonts.makeToUnicodeCMap = to_unicode


def register(family):
    for style in ["", "Bold", "Italic"]:
        name = family.replace(" ", "") + style
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(ttfonts.TTFont(name, font_file(family, style.lower() or "regular")))
    return family.replace(" ", "")


class Setter:
    def __init__(self, plan, family, size):
        self.plan, self.font, self.size = plan, register(family), size

    def paragraph(self, text, size=None, style="", align=TA_JUSTIFY, **more):
        size = size or self.size
        return Paragraph(escape(text), ParagraphStyle(style, fontName=self.font + style, fontSize=size, leading=size * 1.22, alignment=align, **more))

    def middle(self, text, size=None, style=""):
        return self.paragraph(text, size, style, TA_CENTER)

    def beside(self, left, right, shares, width):
        return Table([[left, right]], colWidths=[width * share for share in shares],
                     style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)])

    def head(self, width):
        plan, rule = self.plan, dict(thickness=0.7, color="black", spaceBefore=2, spaceAfter=4)
        left = [self.middle(plan.parent, 12)] if plan.parent else []
        left += [self.middle(plan.issuer, 12, "Bold"), HRFlowable(width="35%", **rule), self.middle("Số: " + plan.number, 13)]
        right = [self.middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Bold"), self.middle("Độc lập - Tự do - Hạnh phúc", 13, "Bold"),
                 HRFlowable(width="60%", **rule), self.middle(plan.date, 13, "Italic")]
        return [self.beside(left, right, (0.4, 0.6), width), Spacer(0, 10), self.middle("KẾ HOẠCH", 14, "Bold"), self.middle(plan.title, 14, "Bold"),
                HRFlowable(width="25%", **rule), Spacer(0, 4)]

    def foot(self, width):
        plan = self.plan
        left = [self.paragraph("Nơi nhận:", 12, "Italic")] + [self.paragraph(f"- {body};", 11) for body in plan.recipients]
        right = [self.middle(line, 13, "Bold") for line in plan.authority] + [Spacer(0, 56), self.middle(plan.signer, 13, "Bold")]
        return [Spacer(0, 10), self.beside(left, right, (0.48, 0.52), width)]

    def table(self, rows, width):
        cells = [[self.middle(text, self.size - 2, "Bold") for text in rows[0]]]
        cells += [[self.paragraph(text, self.size - 2, align=TA_CENTER if c in (0, 4) else 0) for c, text in enumerate(row)] for row in rows[1:]]
        scale = width / sum(WIDTHS)
        return LongTable(cells, colWidths=[w * scale for w in WIDTHS], repeatRows=1, style=TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.6, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 4),
             ("RIGHTPADDING", (0, 0), (-1, -1), 4)]))

    def story(self, width):
        parts = self.head(width)
        for (style, part), (following, _) in zip(self.plan.parts, self.plan.parts[1:] + [("", "")]):
            if style == "tasks":
                parts += [self.table(part, width), Spacer(0, 8)]
            else:
                parts.append(self.paragraph(part, style="Bold" if style == "h1" else "", firstLineIndent=1.27 * cm, spaceBefore=3, spaceAfter=3,
                                            keepWithNext=style == "h1" and following == "body"))
        return parts + self.foot(width)


def number_page(canvas, document):
    if document.page > 1:
        canvas.setFont(document.number_font, 13)
        canvas.drawCentredString(document.pagesize[0] / 2, document.pagesize[1] - 1.2 * cm, str(document.page))


def typeset(plan, target, letters=None):
    """`letters`: a letter -> what the text layer is to say of it."""
    global shown_as
    shown_as = letters
    family, size = plan.rng.choice(FAMILIES), plan.rng.choice([12.5, 13, 13.5, 14])
    page = landscape(A4) if plan.rng.random() < 0.08 else A4
    document = SimpleDocTemplate(target, pagesize=page, topMargin=2 * cm, bottomMargin=2 * cm, leftMargin=3 * cm, rightMargin=2 * cm, title="", author="")
    setter = Setter(plan, family, size)
    document.number_font = setter.font
    document.build(setter.story(page[0] - 5 * cm - 12), onFirstPage=number_page, onLaterPages=number_page)
    return document.page
