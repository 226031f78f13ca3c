"""A plan record becomes a flat OpenDocument text, laid out after Nghị định 30/2020.

The record says what stands in the document; layout.json beside it says what the record leaves open: font sizes, where
titles break, which tables have rules, which sections lie sideways. Everything it may set is listed in DEFAULTS.
"""
import re
from xml.sax.saxutils import escape

DEFAULTS = {
    "font": "Liberation Serif",
    "font_size": 14,  # running text; 13 to 14 by the decree
    "head_size": 13,  # the two columns at the top
    "table_size": 12,
    "cell_height": 100,  # per cent: line height in tables
    "cell_padding": 0.10,  # cm
    "cell_align": "left",  # of text that is not centred: left | justify
    "cell_place": None,  # top | middle; else what suits the rules
    "centred": True,  # short texts stand in the middle of their columns
    "rule": 0.5,  # pt
    "row_heights": [0],  # cm: least height of the rows, in turn
    "rows_split": True,  # a row may go on over a page break
    "heads_repeated": True,  # on each page
    "recipients_size": 11,
    "line_height": 114,  # per cent
    "head_left": 0.39,  # share of the width the issuer's column takes
    "margins": [2.0, 2.0, 3.0, 2.0],  # cm: top, bottom, left, right
    "issuer_lines": None,  # where the issuer's name breaks
    "title_lines": None,
    "landscape": [],  # ids of the sections on landscape pages
    "tables": {},  # id -> rules (full | horizontal | none), widths, heads (two rows), lines ("row,column" -> lines)
    "recipients": None,  # [[level, text], ...] where there are sub-lists
    "signatures": None,  # [{lines, name}, ...] where the record does not tell the lines apart
    "stamps": None,  # [[rim text, middle text], ...]
    "seed": 1,
}
FIELD_WIDTHS = {"number": 1.0, "group": 2.6, "text": 6.0, "lead": 3.0, "coordinate": 3.0, "deadline": 2.4, "product": 2.6}
CENTRED = {"number", "group", "lead", "coordinate", "deadline", "budget", "notes"}
ROMAN = re.compile(r"^[IVXL]+$")
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
                         ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")])


def paragraph(style, text=""):
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def heading_label(section, parent):
    """The number of a section as it is printed: `I.`, `2.1.`, `b)`, `(4)`."""
    number = section["number"]
    if re.match(r"^\d", number) and parent and re.match(r"^[a-zđ]$", parent["number"] or ""):
        return f"({number})"
    return number + (")" if re.match(r"^[a-zđ]$", number) else ".")


def date_line(header):
    """`Hòa Bình, ngày 18 tháng 02 năm 2022`; blanks stand where a day or month was left out."""
    year, month, day = ((header["date"] or "").split("-") + ["", ""])[:3]
    blank = "\u00a0" * 6
    if month and int(month) > 2:
        month = str(int(month))
    return f'{header["place"]}, ngày {day or blank} tháng {month or blank} năm {year or blank}'


class Document:
    """Collects body elements and the automatic styles they need; `xml()` gives the whole file."""

    def __init__(self, record, layout):
        self.record, self.layout = record, {**DEFAULTS, **layout}
        self.body, self.common, self.styles, self.n_tables = [], [], [], 0
        self.tables = {table["id"]: table for table in record["tables"]}
        self.sections = {section["id"]: section for section in record["sections"]}
        _, _, left, right = self.layout["margins"]
        self.width, self.landscape_width = 21.0 - left - right, 29.7 - 4.0

    # ---- styles

    def paragraph_style(self, name, size, align="left", bold=False, italic=False, extra=""):
        weight = (' fo:font-weight="bold"' if bold else "") + (' fo:font-style="italic"' if italic else "")
        self.common.append(
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
            f'<style:paragraph-properties fo:text-align="{align}" {extra}/>'
            f'<style:text-properties fo:font-size="{size}pt"{weight}/></style:style>')

    def rule_style(self, name, indent):
        """A short centred line, as a paragraph with a border above it."""
        self.paragraph_style(name, 3, extra=f'fo:margin-left="{indent:.2f}cm" fo:margin-right="{indent:.2f}cm" '
                             'fo:border-top="0.75pt solid #000000" fo:margin-top="2.5pt" fo:line-height="4pt"')

    def row_style(self, name, split, least=0):
        height = f'style:min-row-height="{least:.2f}cm" ' if least else ""
        self.styles.append(f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties '
                           f'{height}fo:keep-together="{"auto" if split else "always"}"/></style:style>')

    def add_styles(self):
        o = self.layout
        size, head, cell, small = o["font_size"], o["head_size"], o["table_size"], o["recipients_size"]
        flow = f'fo:text-indent="1.27cm" fo:margin-top="3pt" fo:margin-bottom="3pt" fo:line-height="{o["line_height"]}%"'
        self.paragraph_style("Body", size, "justify", extra=flow)
        for level in range(1, 6):  # bold capitals, bold, bold italic, italic
            self.paragraph_style(f"H{level}", size, "justify", level <= 3, level >= 3, flow + ' fo:keep-with-next="always"')
        self.paragraph_style("Head", head, "center")
        self.paragraph_style("HeadBold", head, "center", bold=True)
        self.paragraph_style("Motto", head + 1, "center", bold=True)
        self.paragraph_style("Date", head + 1, "center", italic=True, extra='fo:margin-top="4pt"')
        self.paragraph_style("Number", head, "center", extra='fo:margin-top="4pt"')
        self.paragraph_style("Type", size, "center", bold=True, extra='fo:margin-top="14pt"')
        self.paragraph_style("Title", size, "center", bold=True)
        self.paragraph_style("AnnexNote", size, "center", italic=True, extra='fo:margin-bottom="8pt"')
        self.paragraph_style("Gap", 6)
        self.paragraph_style("End", 1)
        self.paragraph_style("PageNumber", 13, "center")
        height = "" if o["cell_height"] == 100 else f'fo:line-height="{o["cell_height"]}%"'
        for name, align, bold in [("Cell", o["cell_align"], False), ("CellMid", "center", False),
                                  ("CellBold", "left", True), ("CellMidBold", "center", True)]:
            self.paragraph_style(name, cell, align, bold, extra=height)
        self.paragraph_style("To", small + 1, bold=True, italic=True)
        self.paragraph_style("ToItem", small)
        self.paragraph_style("ToSub", small, extra='fo:margin-left="0.5cm"')
        self.paragraph_style("Sign", max(size, 13), "center", bold=True)
        left = o["head_left"] * (self.width + 1.2)
        right = self.width + 1.2 - left
        self.rule_style("RuleLeft", left * 0.34)
        self.rule_style("RuleRight", right * 0.14)
        self.rule_style("RuleTitle", self.width * 0.40)
        for name, master in [("First", "First"), ("ToLandscape", "Landscape"), ("ToPortrait", "Portrait")]:
            self.styles.append(f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name='
                               f'"{"Gap" if name == "First" else "Title"}" style:master-page-name="{master}"/>')
        self.styles.append('<style:style style:name="NewPage" style:family="paragraph" style:parent-style-name="Title">'
                           '<style:paragraph-properties fo:break-before="page"/></style:style>')
        for name, edges in [("full", "border"), ("horizontal", "border-top border-bottom"), ("none", ""), ("plain", "")]:
            borders = " ".join(f'fo:{edge}="{o["rule"]}pt solid #000000"' for edge in edges.split()) or 'fo:border="none"'
            pad, place = (0.03, "top") if name == "plain" else (o["cell_padding"], o["cell_place"] or ("middle" if name == "full" else "top"))
            self.styles.append(f'<style:style style:name="C{name}" style:family="table-cell"><style:table-cell-properties '
                               f'{borders} fo:padding="{pad:.2f}cm" style:vertical-align="{place}"/></style:style>')
        for i, least in enumerate(o["row_heights"]):
            self.row_style(f"Row{i}", o["rows_split"], least)
        self.row_style("RowKept", False)

    # ---- tables

    def table_start(self, widths):
        """A table style of these column widths (cm) and the opening of a table that uses it."""
        self.n_tables += 1
        name = f"T{self.n_tables}"
        self.styles.append(f'<style:style style:name="{name}" style:family="table"><style:table-properties '
                           f'style:width="{sum(widths):.2f}cm" table:align="center" fo:margin-top="4pt"/></style:style>')
        columns = ""
        for i, width in enumerate(widths):
            self.styles.append(f'<style:style style:name="{name}.{i}" style:family="table-column">'
                               f'<style:table-column-properties style:column-width="{width:.3f}cm"/></style:style>')
            columns += f'<table:table-column table:style-name="{name}.{i}"/>'
        return f'<table:table table:name="{name}" table:style-name="{name}">{columns}'

    @staticmethod
    def cell(style, paragraphs, row_span=1, col_span=1):
        spans = (f' table:number-rows-spanned="{row_span}"' if row_span > 1 else "") + \
                (f' table:number-columns-spanned="{col_span}"' if col_span > 1 else "")
        return f'<table:table-cell table:style-name="C{style}" office:value-type="string"{spans}>{paragraphs}</table:table-cell>'

    @staticmethod
    def row(cells, style):
        return f'<table:table-row table:style-name="{style}">{cells}</table:table-row>'

    def side_by_side(self, widths, blocks):
        """Blocks beside each other without rules: the head of the first page, the foot of the last."""
        cells = "".join(self.cell("plain", block) for block in blocks)
        self.body.append(self.table_start(widths) + self.row(cells, "RowKept") + "</table:table>")

    def head_rows(self, heads, rules):
        """The header of a table: one row, or two where some columns share an upper cell (`heads` has two texts for them)."""
        two = any(len(head) > 1 for head in heads)
        covered = "<table:covered-table-cell/>"
        upper = lower = ""
        for i, head in enumerate(heads):
            if len(head) == 1:
                upper += self.cell(rules, paragraph("CellMidBold", head[0]), row_span=2 if two else 1)
                lower += covered
                continue
            if i > 0 and heads[i - 1][0] == head[0]:
                upper += covered
            else:
                span = sum(1 for other in heads if other[0] == head[0])
                upper += self.cell(rules, paragraph("CellMidBold", head[0]), col_span=span)
            lower += self.cell(rules, paragraph("CellMidBold", head[1]))
        rows = self.row(upper, "RowKept") + (self.row(lower, "RowKept") if two else "")
        return f"<table:table-header-rows>{rows}</table:table-header-rows>" if self.layout["heads_repeated"] else rows

    def column_widths(self, table, width):
        """What the layout gives as shares, in cm."""
        shares = self.layout["tables"].get(table["id"], {}).get("widths")
        shares = shares or [FIELD_WIDTHS.get(column["field"], 2.4) for column in table["columns"]]
        return [share * width / sum(shares) for share in shares]

    def room_of(self, section):
        """The width of the page's text where the section stands, in cm."""
        return self.landscape_width if section["id"] in self.layout["landscape"] else self.width

    def add_table(self, table, width):
        columns = table["columns"]
        own = self.layout["tables"].get(table["id"], {})
        rules = own.get("rules", "full")
        widths = self.column_widths(table, width)
        xml = self.table_start(widths) + self.head_rows(own.get("heads") or [[c["header"]] for c in columns], rules)
        for r, row in enumerate(table["rows"]):
            strong = any(cell and (ROMAN.match(cell["text"]) or cell["text"] == "Tổng cộng") for cell in row[:2])
            cells = ""
            for c, cell in enumerate(row):
                if cell is None:
                    cells += "<table:covered-table-cell/>"
                    continue
                lines = own.get("lines", {}).get(f"{r},{c}") or [cell["text"]]
                field = columns[c]["field"]
                centred = field in CENTRED or (field is None and len(cell["text"]) < 40)
                centred = centred and (self.layout["centred"] or field == "number")
                centred = centred and cell["col_span"] < 3 and not lines[0].startswith("-")
                centred = centred and (rules == "full" or field == "number")
                style = "Cell" + ("Mid" if centred else "") + ("Bold" if strong else "")
                cells += self.cell(rules, "".join(paragraph(style, line) for line in lines), cell["row_span"], cell["col_span"])
            xml += self.row(cells, f'Row{r % len(self.layout["row_heights"])}')
        self.body += [xml + "</table:table>", paragraph("Gap")]

    # ---- parts of the document

    def add_head(self):
        header, o = self.record["header"], self.layout
        number = header["number"] or ""
        number = "Số:" + ("\u00a0" * 8 if number.startswith("/") else " ") + number
        left = paragraph("Head", header["parent"]) if header["parent"] else ""
        left += "".join(paragraph("HeadBold", line) for line in o["issuer_lines"] or [header["issuer"]])
        left += paragraph("RuleLeft") + paragraph("Number", number)
        right = paragraph("HeadBold", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Motto", "Độc lập - Tự do - Hạnh phúc")
        right += paragraph("RuleRight") + paragraph("Date", date_line(header))
        width = self.width + 1.2
        self.body.append(paragraph("First"))
        self.side_by_side([width * o["head_left"], width * (1 - o["head_left"])], [left, right])
        self.body.append(paragraph("Type", header["type"]))
        self.body += [paragraph("Title", line) for line in o["title_lines"] or [header["title"]]]
        self.body += [paragraph("RuleTitle"), paragraph("Gap")]
        self.body += [paragraph("Body", base["text"]) for base in self.record["bases"]]

    def add_foot(self):
        """`Nơi nhận` at the left, the signature at the right; two signatures stand side by side above the recipients."""
        recipients = self.layout["recipients"] or [[1, text] for text in self.record["recipients"]]
        left = paragraph("To", "Nơi nhận:")
        for i, (level, text) in enumerate(recipients):
            mark = "" if text.endswith(":") else "." if i == len(recipients) - 1 else ";"
            left += paragraph("ToItem" if level == 1 else "ToSub", f'{"-" if level == 1 else "+"} {text}{mark}')
        one = self.record["signature"]
        signatures = self.layout["signatures"] or [
            {"lines": [x for x in (one["authority"], one["position"]) if x], "name": one["name"]}]
        blocks = ["".join(paragraph("Sign", line) for line in s["lines"]) + paragraph("Sign") * 5 + paragraph("Sign", s["name"])
                  for s in signatures]
        self.body.append(paragraph("Gap"))
        half = [self.width / 2] * 2
        if len(blocks) == 1:
            self.side_by_side(half, [left, blocks[0]])
        else:
            self.side_by_side(half, blocks)
            self.body.append(paragraph("Gap"))
            self.side_by_side([self.width], [left])

    def add_section(self, section, signed):
        """One section; the foot goes before the first annex. Says whether the foot stands already."""
        landscape = section["id"] in self.layout["landscape"]
        label = ""
        if section["role"] == "appendix":
            if not signed:
                self.add_foot()
                signed = True
            first, rest = re.match(r"^(PHỤ LỤC(?: [IVX0-9]+)?) ?(.*)$", section["title"]).groups()
            self.body += [paragraph("ToLandscape" if landscape else "NewPage", first), paragraph("Title", rest)]
        elif section["title"] is not None:
            parent = self.sections.get(section["parent"])
            number = heading_label(section, parent) + " " if section["number"] else ""
            self.body.append(paragraph(f'H{min(section["level"], 5)}', number + section["title"]))
        elif section["number"] is not None:
            label = section["number"] + ". "
        for part in section["paragraphs"]:
            if "table" in part:
                self.add_table(self.tables[part["table"]], self.room_of(section))
                continue
            text = label + (part["marker"] + " " if part["marker"] else "") + part["text"]
            label = ""
            note = section["role"] == "appendix" or text.startswith("(")
            self.body.append(paragraph("AnnexNote" if note else "Body", text))
        return signed

    def page_layout(self, name, landscape=False, numbered=True):
        top, bottom, left, right = [2.0] * 4 if landscape else self.layout["margins"]
        width, height = (29.7, 21.0) if landscape else (21.0, 29.7)
        header = ('<style:header-style><style:header-footer-properties fo:min-height="0.7cm" fo:margin-bottom="0.25cm"/>'
                  "</style:header-style>") if numbered else "<style:header-style/>"
        return (f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}cm" '
                f'fo:page-height="{height}cm" style:print-orientation="{"landscape" if landscape else "portrait"}" '
                f'fo:margin-top="{top - 0.95 if numbered else top}cm" fo:margin-bottom="{bottom}cm" '
                f'fo:margin-left="{left}cm" fo:margin-right="{right}cm"/>{header}</style:page-layout>')

    def xml(self):
        self.add_styles()
        self.add_head()
        signed = False
        for section in self.record["sections"]:
            signed = self.add_section(section, signed)
        if not signed:
            self.add_foot()
        if self.body[-1] == paragraph("Gap"):  # after a table that fills the page it would open another one
            self.body[-1] = paragraph("End")
        number = ('<style:header><text:p text:style-name="PageNumber"><text:page-number text:select-page="current"/></text:p>'
                  "</style:header>")
        masters = ('<style:master-page style:name="First" style:page-layout-name="p0" style:next-style-name="Portrait"/>'
                   f'<style:master-page style:name="Portrait" style:page-layout-name="p1">{number}</style:master-page>'
                   f'<style:master-page style:name="Landscape" style:page-layout-name="p2">{number}</style:master-page>')
        layouts = self.page_layout("p0", numbered=False) + self.page_layout("p1") + self.page_layout("p2", landscape=True)
        font = self.layout["font"]
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMESPACES} office:version="1.2" '
                'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>'
                f'<style:font-face style:name="F" svg:font-family="\'{font}\'"/></office:font-face-decls><office:styles>'
                '<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/>'
                f'<style:text-properties style:font-name="F" fo:font-family="\'{font}\'" fo:language="vi" fo:country="VN" '
                'fo:hyphenate="false"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/>'
                f'{"".join(self.common)}</office:styles><office:automatic-styles>{layouts}{"".join(self.styles)}</office:automatic-styles>'
                f"<office:master-styles>{masters}</office:master-styles><office:body><office:text>"
                + "\n".join(self.body) + "</office:text></office:body></office:document>")
