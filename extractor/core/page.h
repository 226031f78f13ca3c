/* page.h - what was read from a page, and where it stood.
 *
 *      source, ocr        viet             layout                 plan
 *   words, rules -> normal words -> lines, blocks, tables -> record
 *
 *   page ─┬─ words[]   as read, in the order of the source; layout sorts them
 *         ├─ rules[]   ruling lines, from the image or the PDF's own paths
 *         └─ marks[]   stamps and signatures, from the colours of the image
 *
 * Words, rules and marks stand in the page's *reading frame*: points, origin top left,
 * of the page turned upright and with its skew taken out, so that lines of text
 * are level. `to_page` leads from there to the page as it is shown (after
 * /Rotate), which is what evidence names. For a digital page both are the same.
 * A block that stands sideways on the page stands upright in the frame, and what
 * was below it is moved down: such parts are *regions*, with a way of their own to
 * the page as shown. kh_page_shown() knows them all.
 *
 * Everything below a page belongs to the document's pool. A page is written by
 * source/, ocr/ and viet/; from layout on it is read-only.
 */
#ifndef KH_CORE_PAGE_H
#define KH_CORE_PAGE_H

#include "base/pool.h"
#include "core/box.h"

typedef enum kh_word_style {
    KH_WORD_BOLD = 1 << 0,
    KH_WORD_ITALIC = 1 << 1,
    KH_WORD_HAND = 1 << 2, /* holds figures that were written by hand, as it seems; of images only */
} kh_word_style;

/* Why a word differs from what was read. */
typedef enum kh_repair_kind {
    KH_REPAIR_NONE,
    KH_REPAIR_ENCODING,    /* it was in an encoding older than Unicode */
    KH_REPAIR_COMBINING,   /* loose marks were put on their letters, look-alikes replaced */
    KH_REPAIR_LOST_LETTER, /* letters its font map had lost were put back */
    KH_REPAIR_OCR,         /* letters or signs were misread */
    KH_REPAIR_DIACRITIC,   /* marks were misread, or left out */
    KH_REPAIR_SPACING,     /* a space was missing, or one too many */
} kh_repair_kind;

/* "lost_letter", as records and reports have it. Static. */
const char *kh_repair_kind_name (kh_repair_kind kind);

typedef struct kh_word {
    const char *text; /* UTF-8, NFC after viet/, never NULL, never "" */
    const char *read; /* as first read; the same pointer as `text` if nothing was mended. Words made one: parted by spaces */
    kh_box box;       /* reading frame; the glyphs' height, ascender to descender, where known */
    double size;      /* font size in points; 0 when unknown */
    float confidence; /* 0..1; 1 for a sound text layer */
    unsigned style;   /* kh_word_style bits; 0 when unknown (OCR) */
    int line;         /* the source's own line number on the page, top to bottom within its
                         reading; words of one number share a baseline; -1 when not told */
    int page;         /* 1-based number of the page it stands on */
    unsigned char repair;    /* kh_repair_kind, where `text` is not `read` */
    float repair_confidence; /* 0..1, how sure that repair is */
    float likely;     /* 0..1, of `text` among all that might stand there, of what was read and of the words around it (viet/repair.h); 1 where
                         nothing else was weighed */
    unsigned char print; /* kh_print: what sort of word it is, once its trust was asked (viet/trust.h) */
    float trust;      /* 0..1, that `text` is what was printed, all told (viet/trust.h); 1 until that is asked */
    const char *others; /* what else the image may say, letters without the signs around them, each with how many nats it is less
                           likely: "phần 1.2 phấn 3.5"; NULL: nothing */
    const char *font; /* its name as the PDF has it, for viet/ to know old encodings by; NULL when unknown. Not sent nor recorded */
} kh_word;

/* A place on one of a document's pages. */
typedef struct kh_spot {
    int page;
    kh_box box; /* in the page's reading frame; kh_page_shown() leads to the page as shown */
} kh_spot;

/* A ruling line: axis-aligned in the reading frame. */
typedef struct kh_rule {
    kh_box box;          /* thin: its thickness is the smaller side, may be 0 */
    gboolean horizontal; /* else vertical */
} kh_rule;

typedef enum kh_mark_kind {
    KH_MARK_STAMP,
    KH_MARK_SIGNATURE, /* or other handwriting as large as one */
} kh_mark_kind;

/* "stamp", as records and recorded words have it. Static. */
const char *kh_mark_kind_name (kh_mark_kind kind);

/* Where a stamp or a signature lies on the print. Its ink is faded from what the engine reads; text under it stays. */
typedef struct kh_mark {
    kh_box box;
    kh_mark_kind kind;
} kh_mark;

/* A part of the reading frame that stands elsewhere on the page than the rest of the frame. */
typedef struct kh_region {
    kh_box box;        /* reading frame */
    int turn;          /* degrees clockwise it was turned, beyond the page's own turn: 0 (only moved), 90, 270 */
    kh_affine to_page; /* reading frame -> page as shown, for what is in `box` */
} kh_region;

typedef enum kh_origin {
    KH_ORIGIN_OCR,
    KH_ORIGIN_TEXT_LAYER,
    KH_ORIGIN_TEXT_LAYER_REPAIRED,
    KH_ORIGIN_TEXT, /* a plain text file */
} kh_origin;

typedef struct kh_page {
    int number;           /* 1-based */
    double width, height; /* points, as shown (after /Rotate) */
    int rotation;         /* how far the content stands turned counter-clockwise: 0, 90, 180, 270 */
    kh_origin origin;
    double dpi;           /* of the image that was read; 0 = null: not read from an image */
    double skew;          /* degrees counter-clockwise taken out; only where dpi > 0 */
    float confidence;     /* mean of the words', 0 when there are none */
    double frame_width, frame_height; /* size of the reading frame; = width, height for a digital page */
    kh_affine to_page;    /* reading frame -> page as shown, where no region says otherwise */
    GArray *regions;      /* of kh_region; nearly always empty */

    GArray *words;        /* of kh_word */
    GArray *rules;        /* of kh_rule */
    GArray *marks;        /* of kh_mark; none where the image has no colour to tell them by */
    GArray *image_words;  /* of kh_word: what the page's image reads, where the text layer lost letters; NULL: none */
    GArray *read_words;   /* of kh_word: `words` as they were first read, set when they are mended; NULL: not mended */
    const char *encoding; /* what its text layer was in before it became Unicode: "TCVN3"; NULL: Unicode */
    const char *warning_code; /* NULL, or why the page (or part of it) was lost: "page_unreadable", "page_timeout", ... */
    const char *warning;      /* message for a person; NULL without code */
    GBytes *picture;      /* JPEG of the page as shown, to be stretched over width and height; NULL: none, nearly always */
} kh_page;

/* A page with empty arrays, identity transform, in the pool. */
kh_page *kh_page_new (kh_pool *pool, int number, double width, double height);

static inline kh_word *kh_page_word (const kh_page *page, guint i) { return &g_array_index (page->words, kh_word, i); }
static inline kh_region *kh_page_region (const kh_page *page, guint i) { return &g_array_index (page->regions, kh_region, i); }
static inline kh_rule *kh_page_rule (const kh_page *page, guint i) { return &g_array_index (page->rules, kh_rule, i); }
static inline kh_mark *kh_page_mark (const kh_page *page, guint i) { return &g_array_index (page->marks, kh_mark, i); }

/* Appends a word (text is copied into the pool; `read` becomes `text`). Empty text is ignored.
 * Beyond KH_LIMIT_PAGE_WORDS words, or longer than KH_LIMIT_WORD_BYTES, it is dropped and FALSE returned. */
gboolean kh_page_add_word (kh_pool *pool, kh_page *page, const char *text, kh_word facts);

/* A list for words that stands and falls with the pool. */
GArray *kh_page_word_list (kh_pool *pool);

/* Appends a region; beyond KH_LIMIT_PAGE_REGIONS it is dropped and FALSE returned. */
gboolean kh_page_add_region (kh_page *page, kh_region region);

/* Where a box of the reading frame stands on the page as shown. A box belongs to the first region that holds its centre. */
kh_box kh_page_shown (const kh_page *page, kh_box box);

/* The page as shown becomes part of a greater whole: `more` leads there. */
void kh_page_shown_then (kh_page *page, const kh_affine *more);

/* Appends a ruling line; beyond KH_LIMIT_PAGE_RULES it is dropped and FALSE returned. */
gboolean kh_page_add_rule (kh_page *page, kh_box box, gboolean horizontal);

/* Appends a mark; beyond KH_LIMIT_PAGE_MARKS it is dropped and FALSE returned. */
gboolean kh_page_add_mark (kh_page *page, kh_box box, kh_mark_kind kind);

/* What lies upon a good part of a box of the reading frame; NULL: nothing. */
const kh_mark *kh_page_mark_upon (const kh_page *page, kh_box box);

#endif
