/* make_faults FOLDER - writes the inputs that tests/cli/bad_input.sh feeds to the program.
 *
 * Everything is built from bytes here, so that no large or odd file is committed. The larger ones are sparse or
 * compressed by hand: a picture of 40,000 x 40,000 pixels is one deflate block that says "the same again".
 *
 *   empty.pdf           nothing                              text.pdf            plain text under a false name
 *   good.pdf            3 pages of text                      garbage.pdf         chance
 *   head-only.pdf       cut off after the first page         half.pdf            good.pdf, its second half missing
 *   encrypted.pdf       standard handler, password unknown   zero-pages.pdf      a catalogue without pages
 *   pages-3000.pdf      3,000 empty pages                    endless.pdf         page 2 of 3 would draw 10^12 letters
 *   wide.pdf            200 x 200 inches, text               huge.pdf            a page of 10^9 points
 *   flat.pdf            page 2 of 3 has no height            heavy.pdf           3 pages that keep an engine busy
 *   highlight.pdf       a marked line
 *   one.png             1 x 1                                vast.png, vast.tif  40,000 x 40,000
 *   cut.png             vast.png's header alone              good.tif            3 pages
 *   broken-data.tif     pixels of page 2 lie past the end    broken-chain.tif    page 2's directory lies past the end
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder;

static FILE *
create (const char *name)
{
    char path[4096];
    snprintf (path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen (path, "wb");
    if (file == NULL) {
        perror (path);
        exit (1);
    }
    return file;
}

static void
done (FILE *file)
{
    if (ferror (file) || fclose (file) != 0) {
        perror (folder);
        exit (1);
    }
}

static void
write_bytes (const char *name, const void *data, size_t size)
{
    FILE *file = create (name);
    fwrite (data, 1, size, file);
    done (file);
}

/* ------------------------------------------------------------------ PDF */

#define MAX_OBJECTS 10000

typedef struct pdf {
    FILE *file;
    long offsets[MAX_OBJECTS]; /* of object i; 0: not there */
    int n;                     /* highest number + 1 */
} pdf;

static pdf *
pdf_begin (const char *name)
{
    static pdf doc;
    memset (&doc, 0, sizeof doc);
    doc.file = create (name);
    doc.n = 1;
    fputs ("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", doc.file);
    return &doc;
}

static void
pdf_object (pdf *doc, int number, const char *format, ...)
{
    va_list args;
    va_start (args, format);
    doc->offsets[number] = ftell (doc->file);
    doc->n = number + 1 > doc->n ? number + 1 : doc->n;
    fprintf (doc->file, "%d 0 obj\n", number);
    vfprintf (doc->file, format, args);
    fputs ("\nendobj\n", doc->file);
    va_end (args);
}

static void
pdf_stream (pdf *doc, int number, const char *dictionary, const char *content)
{
    pdf_object (doc, number, "<< %s /Length %zu >>\nstream\n%s\nendstream", dictionary, strlen (content), content);
}

static void
pdf_end (pdf *doc, const char *trailer)
{
    long start = ftell (doc->file);
    fprintf (doc->file, "xref\n0 %d\n0000000000 65535 f \n", doc->n);
    for (int i = 1; i < doc->n; i++)
        fprintf (doc->file, doc->offsets[i] > 0 ? "%010ld 00000 n \n" : "%010ld 65535 f \n", doc->offsets[i]);
    fprintf (doc->file, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%ld\n%%%%EOF\n", doc->n, trailer, start);
    done (doc->file);
}

#define FONT "/Font << /F 3 0 R >>"

/* Catalogue, page tree and font: objects 1 to 3; pages are objects 10, 12, 14 ... and their contents follow each. */
static void
pdf_frame (pdf *doc, int n_pages)
{
    pdf_object (doc, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    doc->offsets[2] = ftell (doc->file);
    fprintf (doc->file, "2 0 obj\n<< /Type /Pages /Count %d /Kids [", n_pages);
    for (int i = 0; i < n_pages; i++)
        fprintf (doc->file, " %d 0 R", 10 + 2 * i);
    fputs (" ] >>\nendobj\n", doc->file);
    pdf_object (doc, 3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
}

static void
pdf_page (pdf *doc, int index, double width, double height, const char *resources, const char *content)
{
    int number = 10 + 2 * index;
    if (content == NULL)
        pdf_object (doc, number, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.0f %.0f] >>", width, height);
    else {
        pdf_object (doc, number, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.0f %.0f] /Resources << %s >> /Contents %d 0 R >>",
                    width, height, resources, number + 1);
        pdf_stream (doc, number + 1, "", content);
    }
}

/* n_lines of text from the top of an A4 page down; its words are possible syllables without marks, so that the
 * text layer passes for sound. */
static const char *
text_page (int number, int n_lines)
{
    static char content[64 * 1024];
    int at = snprintf (content, sizeof content, "BT /F 11 Tf 14 TL 60 780 Td (KE HOACH, trang %d) Tj T*\n", number);
    for (int i = 1; i < n_lines; i++)
        at += snprintf (content + at, sizeof content - at,
                        "(Trang %d, khoa %d: phong ban theo doi, nha cho dan lam tu mai, giao cho ban xem vao ngay %d thang 6) Tj T*\n", number,
                        i, i % 30 + 1);
    snprintf (content + at, sizeof content - at, "ET");
    return content;
}

static void
text_document (const char *name, int n_pages, int n_lines, const char *trailer)
{
    pdf *doc = pdf_begin (name);
    pdf_frame (doc, n_pages);
    for (int i = 0; i < n_pages; i++)
        pdf_page (doc, i, 595, 842, FONT, text_page (i + 1, n_lines));
    pdf_end (doc, trailer);
}

/* The first `numerator / denominator` of a file under another name. */
static void
cut (const char *from, const char *to, long numerator, long denominator)
{
    char path[4096];
    snprintf (path, sizeof path, "%s/%s", folder, from);
    FILE *file = fopen (path, "rb");
    static char data[1 << 20];
    size_t size = file != NULL ? fread (data, 1, sizeof data, file) : 0;
    if (file != NULL)
        fclose (file);
    write_bytes (to, data, size * numerator / denominator);
}

static void
write_pdfs (void)
{
    write_bytes ("empty.pdf", "", 0);
    const char *text = "K\u1ebe HO\u1ea0CH\nTri\u1ec3n khai c\u00f4ng t\u00e1c n\u0103m 2030\n";
    write_bytes ("text.pdf", text, strlen (text));
    unsigned char chance[5000];
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof chance; i++)
        chance[i] = (state = state * 1664525 + 1013904223) >> 24;
    memcpy (chance, "%PDF-1.7\n", 9);
    write_bytes ("garbage.pdf", chance, sizeof chance);

    text_document ("good.pdf", 3, 20, "");
    cut ("good.pdf", "head-only.pdf", 1, 20);
    cut ("good.pdf", "half.pdf", 1, 2);
    text_document ("heavy.pdf", 3, 30, "");
    text_document (
        "encrypted.pdf", 1, 5,
        "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2"
        " /P -44 /O <000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f>"
        " /U <000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f> >>");

    pdf *doc = pdf_begin ("zero-pages.pdf");
    pdf_frame (doc, 0);
    pdf_end (doc, "");

    doc = pdf_begin ("pages-3000.pdf");
    pdf_frame (doc, 3000);
    for (int i = 0; i < 3000; i++)
        pdf_page (doc, i, 595, 842, FONT, NULL);
    pdf_end (doc, "");

    doc = pdf_begin ("wide.pdf");
    pdf_frame (doc, 1);
    pdf_page (doc, 0, 14400, 14400, FONT, "BT /F 400 Tf 1000 7000 Td (KE HOACH) Tj ET");
    pdf_end (doc, "");

    doc = pdf_begin ("huge.pdf");
    pdf_frame (doc, 1);
    pdf_page (doc, 0, 1e9, 1e9, FONT, "BT /F 400 Tf 1000 7000 Td (KE HOACH) Tj ET");
    pdf_end (doc, "");

    doc = pdf_begin ("flat.pdf");
    pdf_frame (doc, 3);
    for (int i = 0; i < 3; i++)
        pdf_page (doc, i, 595, i == 1 ? 0 : 842, FONT, text_page (i + 1, 5));
    pdf_end (doc, "");

    /* a highlighted line is a group: Poppler holds on to what it drew it on until it draws something else */
    doc = pdf_begin ("highlight.pdf");
    pdf_frame (doc, 1);
    pdf_object (doc, 10,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << " FONT " >> /Contents 11 0 R /Annots [100 0 R] >>");
    pdf_stream (doc, 11, "", text_page (1, 5));
    pdf_object (doc, 100,
                "<< /Type /Annot /Subtype /Highlight /Rect [60 760 300 790] /F 4 /QuadPoints [60 790 300 790 60 760 300 760]"
                " /C [1 1 0] /Contents () >>");
    pdf_end (doc, "");

    /* each form draws the next one ten times: 100, 101, ... 111 */
    doc = pdf_begin ("endless.pdf");
    pdf_frame (doc, 3);
    for (int i = 0; i < 3; i++)
        pdf_page (doc, i, 595, 842, FONT " /XObject << /X 100 0 R >>", i == 1 ? "/X Do" : text_page (i + 1, 5));
    for (int i = 100; i < 112; i++) {
        char dictionary[200];
        snprintf (dictionary, sizeof dictionary,
                  "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << " FONT " /XObject << /X %d 0 R >> >>", i + 1);
        pdf_stream (doc, i, dictionary, "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do");
    }
    pdf_stream (doc, 112, "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << " FONT " >>",
                "BT /F 9 Tf 100 100 Td (x) Tj ET");
    pdf_end (doc, "");
}

/* ------------------------------------------------------------------ PNG */

static uint32_t
crc32_of (uint32_t crc, const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
    return crc;
}

static void
put32 (unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = value >> (24 - 8 * i);
}

static void
png_chunk (FILE *file, const char *type, const unsigned char *data, size_t size)
{
    unsigned char number[4];
    put32 (number, size);
    fwrite (number, 1, 4, file);
    fwrite (type, 1, 4, file);
    fwrite (data, 1, size, file);
    put32 (number, ~crc32_of (crc32_of (~0u, (const unsigned char *)type, 4), data, size));
    fwrite (number, 1, 4, file);
}

/* Bits go into a byte from its low end. */
typedef struct bits {
    unsigned char *data;
    size_t n;
} bits;

static void
put_bits (bits *out, unsigned value, int n)
{
    for (int i = 0; i < n; i++, out->n++)
        if (value >> i & 1)
            out->data[out->n / 8] |= 1 << out->n % 8;
}

/* n zeros in zlib's form: one literal 0, then "258 times the byte before", then literals. */
static size_t
deflate_zeros (unsigned char *data, uint64_t n)
{
    bits out = { data, 0 };
    put_bits (&out, 0x0178, 16);    /* zlib header */
    put_bits (&out, 1 | 1 << 1, 3); /* last block, fixed codes */
    put_bits (&out, 0x0c, 8);       /* literal 0: 00110000, high bit first */
    for (uint64_t left = n - 1; left > 0;)
        if (left >= 258) {
            put_bits (&out, 0xa3, 8); /* length 258: 11000101, high bit first */
            put_bits (&out, 0, 5);    /* distance 1 */
            left -= 258;
        } else {
            put_bits (&out, 0x0c, 8);
            left--;
        }
    put_bits (&out, 0, 7); /* end of block */
    size_t size = (out.n + 7) / 8;
    put32 (data + size, (uint32_t)(n % 65521) << 16 | 1); /* Adler-32 of n zeros */
    return size + 4;
}

/* One bit a pixel, all black; without pixels when `bare`. */
static void
write_png (const char *name, uint32_t width, uint32_t height, int bare)
{
    FILE *file = create (name);
    fwrite ("\x89PNG\r\n\x1a\n", 1, 8, file);
    unsigned char header[13] = { [8] = 1 };
    put32 (header, width);
    put32 (header + 4, height);
    png_chunk (file, "IHDR", header, sizeof header);
    if (!bare) {
        uint64_t n = (uint64_t)height * (1 + (width + 7) / 8);
        unsigned char *data = calloc (n / 100 + 1000, 1);
        png_chunk (file, "IDAT", data, deflate_zeros (data, n));
        png_chunk (file, "IEND", header, 0);
        free (data);
    }
    done (file);
}

/* ------------------------------------------------------------------ TIFF */

static void
put (FILE *file, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        fputc (value >> (8 * i) & 0xff, file);
}

static void
tiff_entry (FILE *file, int tag, int type, uint32_t count, uint32_t value)
{
    put (file, tag, 2);
    put (file, type, 2);
    put (file, count, 4);
    put (file, value, 4);
}

#define TIFF_ENTRIES 9
#define TIFF_DIRECTORY (2 + 12 * TIFF_ENTRIES + 4)

/* A directory for a 1-bit picture; types: 3 short, 4 long. */
static void
tiff_directory (FILE *file, uint32_t width, uint32_t height, int compression, uint32_t n_strips, uint32_t offsets, uint32_t rows,
                uint32_t counts, uint32_t next)
{
    put (file, TIFF_ENTRIES, 2);
    tiff_entry (file, 256, 4, 1, width);
    tiff_entry (file, 257, 4, 1, height);
    tiff_entry (file, 258, 3, 1, 1);
    tiff_entry (file, 259, 3, 1, compression);
    tiff_entry (file, 262, 3, 1, 0); /* 0 is white */
    tiff_entry (file, 273, 4, n_strips, offsets);
    tiff_entry (file, 277, 3, 1, 1);
    tiff_entry (file, 278, 4, 1, rows);
    tiff_entry (file, 279, 4, n_strips, counts);
    put (file, next, 4);
}

/* Three pages of 800 x 200 with a bar across each. `lost_data`, `lost_directory`: of the second one. */
static void
write_tiff (const char *name, int lost_data, int lost_directory)
{
    const uint32_t width = 800, height = 200, bytes = width / 8 * height;
    FILE *file = create (name);
    fwrite ("II*\0", 1, 4, file);
    put (file, 8, 4);
    for (int i = 0; i < 3; i++) {
        uint32_t here = 8 + i * (TIFF_DIRECTORY + bytes), after = here + TIFF_DIRECTORY + bytes;
        uint32_t data = i == 1 && lost_data ? 0x7ffffff0 : here + TIFF_DIRECTORY;
        tiff_directory (file, width, height, 1, 1, data, height, bytes,
                        i == 2                     ? 0
                        : i == 0 && lost_directory ? 0x7ffffff0
                                                   : after);
        for (uint32_t row = 0; row < height; row++)
            for (uint32_t column = 0; column < width / 8; column++)
                fputc (row > 90 && row < 100 && column > 10 && column < 90 ? 0xff : 0, file);
    }
    done (file);
}

/* 40,000 strips of one row that all lie in the same place: 40 runs of 125 white bytes (PackBits). */
static void
write_vast_tiff (void)
{
    const uint32_t side = 40000, strip = 80, at = 8 + TIFF_DIRECTORY;
    FILE *file = create ("vast.tif");
    fwrite ("II*\0", 1, 4, file);
    put (file, 8, 4);
    tiff_directory (file, side, side, 32773, side, at + strip, 1, at + strip + 4 * side, 0);
    for (uint32_t i = 0; i < strip / 2; i++) {
        fputc (257 - 125, file);
        fputc (0, file);
    }
    for (uint32_t i = 0; i < side; i++)
        put (file, at, 4);
    for (uint32_t i = 0; i < side; i++)
        put (file, strip, 4);
    done (file);
}

int
main (int argc, char **argv)
{
    if (argc != 2) {
        fprintf (stderr, "usage: make_faults FOLDER\n");
        return 2;
    }
    folder = argv[1];
    write_pdfs ();
    write_png ("one.png", 1, 1, 0);
    write_png ("vast.png", 40000, 40000, 0);
    write_png ("cut.png", 40000, 40000, 1);
    write_tiff ("good.tif", 0, 0);
    write_tiff ("broken-data.tif", 1, 0);
    write_tiff ("broken-chain.tif", 0, 1);
    write_vast_tiff ();
    return 0;
}
