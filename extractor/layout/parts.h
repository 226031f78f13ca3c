/* parts.h - the pieces layout/ works with between a page's words and the flow. Private to this room.
 *
 *   page ── leaf ── lines[] ─┬─ bands     two columns side by side, set line by line   (bands.c)
 *            │               ├─ sheets    tables: ruled (grid.c), between their rows (levels.c), not at all (aligned.c, typed.c)
 *            │               └─ the rest  lines of text, set into paragraphs           (paragraphs.c)
 *            └─ items[]  those three in reading order; join.c ties them over page breaks
 *
 * A sheet is a table still being put together: rows of pointers to drafts, and a draft that fills several
 * slots is a cell with spans. So rows can be healed and cells merged by moving pointers; the grid of
 * core/flow.h is made of it at the very end.
 *
 *        slot    0    1    2
 *     row 0   [ A ][ B    B ]      B: col_span 2
 *     row 1   [ C ][ D ][ E ]
 *     row 2   [ C ][ F ][ G ]      C: row_span 2
 *
 * Everything is in the document's pool. `em` is the height of the letters' body (the font size) in points.
 */
#ifndef KH_LAYOUT_PARTS_H
#define KH_LAYOUT_PARTS_H

#include "base/sort.h"
#include "layout/layout.h"

/* A line and the room it was set into: the edges of its column or of the inside of its cell. */
typedef struct kh_slug {
    kh_line *line;
    double left, right;
} kh_slug;

typedef struct kh_draft {
    GArray *slugs; /* of kh_slug, top to bottom, over pages */
    kh_box box;    /* on `page` */
    int page;
    GArray *rest;  /* of kh_spot: its parts on later pages, one a page; NULL: none */
} kh_draft;

typedef struct kh_sheet {
    int n_cols, n_header_rows;
    GPtrArray *rows;   /* kh_draft **, each n_cols long */
    GArray *pages;     /* of int */
    double *edges;     /* n_cols + 1: where the columns stand on the first page */
    kh_box box;        /* on the page it is being joined at */
    gboolean ruled;    /* by ruling lines at least between the rows */
    gboolean verticals;/* by ruling lines between the columns, too */
    gboolean seen;     /* the ruling lines are those of an image, which may have lost some */
    float confidence;
} kh_sheet;

typedef enum kh_item_kind { KH_ITEM_LINE, KH_ITEM_BAND, KH_ITEM_SHEET } kh_item_kind;

typedef struct kh_item {
    kh_item_kind kind;
    kh_box box;
    kh_line *line;            /* LINE */
    GPtrArray *left, *right;  /* BAND: kh_line *, top to bottom */
    gboolean goes_on;         /* BAND: the rest of the band above, on this page */
    kh_sheet *sheet;          /* SHEET */
} kh_item;

/* A page being laid out. */
typedef struct kh_leaf {
    const kh_page *page;
    int index;                /* among the pages laid out */
    double em;                /* median font size of its words */
    double space;             /* median white between neighbouring words */
    double left, right;       /* margins of its text */
    GPtrArray *furniture;     /* kh_line *: page numbers, running heads, specks: set aside */
    GPtrArray *lines;         /* kh_line *: what is in no sheet and no band, top to bottom */
    GPtrArray *items;         /* kh_item *, in reading order */
} kh_leaf;

/* What a text starts with, seen as a mark of a list. */
typedef enum kh_list_mark { KH_MARK_NONE, KH_MARK_BULLET, KH_MARK_NUMBER } kh_list_mark;

/* lines.c */

#define KH_PIECE_GAP 1.0 /* ems of white that divide a line in pieces */

/* The median of `values` (of double, which it sorts), or `otherwise` of none. */
double kh_median (GArray *values, double otherwise);

/* Size of the words' (const kh_word *) letters: the median of font sizes, or of what the heights tell; 12 without words. */
double kh_words_em (const GPtrArray *words);
/* The usual white between words of a line: the median, in points. */
double kh_words_space (const GPtrArray *lines);
/* The lines `words` (const kh_word *) stand in, top to bottom. A gap wider than `max_gap` ems divides a line in two. */
GPtrArray *kh_lines_find (const GPtrArray *words, double max_gap, kh_pool *pool);
/* A line of `words`, left to right. */
kh_line *kh_line_new (const GPtrArray *words, kh_pool *pool);
/* Its words again (const kh_word *), in a new array the caller frees. */
GPtrArray *kh_line_words (const kh_line *line);
/* Orders lines top to bottom, those of one height left to right. */
void kh_lines_sort (GPtrArray *lines);
/* Half the height of the line's letters: the median of its words' middles, which tall letters and specks do not move. */
double kh_line_middle (const kh_line *line);

/* text.c */

/* Does a text begin as a list item does: "-", "+", "•", "1.", "2.1.", "a)", "(3)", "IV."? */
kh_list_mark kh_text_mark (const char *text);
/* Does a date end before the last figures of its year, or an amount within its last three figures, and is the second text just
 * those ("10/12/202", "5"; "174.82", "0")? */
gboolean kh_text_is_broken_number (const char *first, const char *second);
gboolean kh_text_starts_small (const char *text);
gboolean kh_text_is_number (const char *text);
/* How alike two texts are, 0..1: 1 - edit distance / length of the longer, over letters and digits only. */
double kh_text_likeness (const char *a, const char *b);
/* Appends a line's text to a paragraph being built, healing the line's end. `forced`: the line was broken inside a word. */
void kh_text_append_line (kh_text_builder *builder, const kh_text *line, gboolean forced);

/* furniture.c */

/* Takes what dirt was read as out of `words` of a scanned page. */
void kh_specks_remove (const kh_page *page, GPtrArray *words);

/* Moves page numbers, running heads and specks from each leaf's lines to its furniture. */
void kh_furniture_remove (GPtrArray *leaves);

/* grid.c */

/* The ruled tables of a page (kh_sheet *), filled with the words that stand in them; those words are taken out of `words`. `before`: the
 * last table of the page before, ruled between its rows only, or NULL: one here may be the rest of it. */
GPtrArray *kh_grids_find (const kh_leaf *leaf, const kh_sheet *before, GPtrArray *words, kh_pool *pool);

/* aligned.c */

/* The end of the leaves from `from` on in which the columns of a table stand at the same places. A scanner puts each page down anew. */
guint kh_leaves_in_register (const GPtrArray *leaves, guint from);
/* Tables told by their columns alone in the leaves [from, to), which are in register: a sheet a page, their lines taken out of the leaves'. */
GPtrArray *kh_aligned_find (const GPtrArray *leaves, guint from, guint to, kh_pool *pool);

/* alignedrest.c */

/* What stands first among the lines as the rest of the open table `above`, last on the page before: in its columns. Its lines are
 * taken out of `lines`; NULL when there is none. */
kh_sheet *kh_aligned_continue (const kh_leaf *leaf, GPtrArray *lines, const kh_sheet *above, kh_pool *pool);

/* gutters.c */

/* Where columns divide the words within the box, by alignment: of double, its left and right edge among them; the caller frees. NULL
 * when no columns show. */
GArray *kh_aligned_edges (const kh_leaf *leaf, kh_box box, const GPtrArray *words, kh_pool *pool);

/* typed.c */

/* Tables of text files, over all their pages: made items of the leaf they begin on, their lines taken out. */
void kh_typed_find (GPtrArray *leaves, kh_pool *pool);

/* sheet.c */

kh_sheet *kh_sheet_new (int n_cols, int page, kh_pool *pool);
kh_draft *kh_draft_new (kh_box box, int page, kh_pool *pool);
/* An empty row at the end: the caller fills its n_cols pointers. */
kh_draft **kh_sheet_add_row (kh_sheet *sheet, kh_pool *pool);
static inline kh_draft **kh_sheet_row (const kh_sheet *sheet, int row) { return g_ptr_array_index (sheet->rows, row); }
/* Puts `words` (const kh_word *) into the draft as its lines. */
void kh_draft_fill (kh_draft *draft, const GPtrArray *words, double padding, kh_pool *pool);
/* The draft's text with its line ends healed. */
kh_text kh_draft_text (const kh_draft *draft, kh_pool *pool);
/* The draft covers `box`, too, on its own page or a later one. */
void kh_draft_extend (kh_draft *draft, int page, kh_box box, kh_pool *pool);
/* Columns that are told by white end where their longest lines do: so far their lines had room. `sheets`: the n parts of one table, with
 * the same columns. `both_ends`: they begin where their lines do, too, and not at their edges. */
void kh_sheets_tighten (kh_sheet *const *sheets, guint n, gboolean both_ends);
/* Where the text of a column begins: the least of its lines' left ends; its edge when it has none. */
double kh_sheet_column_start (const kh_sheet *sheet, int col);
/* Every slot of `from` becomes `into`'s; lines are appended. */
void kh_sheet_merge (kh_sheet *sheet, kh_draft *into, kh_draft *from, kh_pool *pool);
/* Tells the header rows apart; a row that only numbers the columns, right below them, is dropped. */
void kh_sheet_find_header (kh_sheet *sheet, kh_pool *pool);
kh_grid *kh_sheet_finish (const kh_sheet *sheet, kh_pool *pool);

/* split.c */

/* Divides rows that hold several numbers in their number column. */
void kh_sheet_split_rows (kh_sheet *sheet, kh_pool *pool);

/* edges.c */

#define KH_MOST_EDGES_LOST 2 /* of the columns', by a scan */

/* Puts in the column edges that one of two sheets, ruled both and parts of one table (`a` the first), lacks against the other. */
void kh_sheets_share_edges (kh_sheet *a, kh_sheet *b, kh_pool *pool);

/* join.c */

/* Can `below`, first on the next page, be the rest of `above`, last on its own? Then it is made part of it. */
gboolean kh_sheets_join (kh_sheet *above, kh_sheet *below, kh_pool *pool);

/* bands.c */

/* Finds what is set in two columns: their lines are taken out of the leaf's and put as items. */
void kh_bands_find (kh_leaf *leaf, const kh_leaf *before, kh_pool *pool);

/* margins.c */

/* What a document is set in, in points. */
typedef struct kh_measures {
    double indent;      /* of first lines, from the left margin; 0 when there is no usual one */
    double pitch;       /* from line to line within a paragraph */
    double full_reach;  /* of a text file: how far a full line reaches with the next word, usually ... */
    double least_reach; /* ... and at least; 0 else */
} kh_measures;

/* The text margins of each leaf, from its lines. */
void kh_margins_find (GPtrArray *leaves);
/* The measures of the document, from the leaves' lines. */
kh_measures kh_measures_find (const GPtrArray *leaves);

/* slugs.c */

/* Width of the line's first word; 0 without words. */
double kh_line_first_width (const kh_line *line);
/* Would the first word of `next` have had room at the end of the slug's line? */
gboolean kh_slug_had_room (const kh_slug *slug, const kh_line *next, gboolean centred);
/* Was the line broken inside a word, for want of room, so that `next` begins with the word's rest? */
gboolean kh_slug_breaks_word (const kh_slug *slug, const kh_line *next);
/* Does line i of a cell begin with the rest of a word that the line before broke off? A cell of two figures, one below the other, holds one
 * number (rows of several numbers are divided before). */
gboolean kh_draft_breaks_word (const kh_draft *draft, guint i);
/* The paragraphs of a cell (kh_text *). */
GPtrArray *kh_paragraphs_of_cell (const kh_draft *draft, kh_pool *pool);

/* paragraphs.c */

/* The blocks of all items, in order. */
GPtrArray *kh_paragraphs_set (GPtrArray *leaves, kh_pool *pool);

#endif
