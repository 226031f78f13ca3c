/* flow.h - a document in reading order: what layout/ hands to plan/.
 *
 *   flow ── blocks[]  one after the other over all pages, page numbers and
 *                     running heads dropped
 *            ├─ paragraph: text healed over lines and pages
 *            └─ table:     one grid, however many pages it runs over
 *
 *   Two columns side by side (the head: issuing body | state motto; the foot:
 *   recipients | signature) come as a *band*: all blocks of the left column
 *   (column = KH_COLUMN_LEFT), then all of the right (KH_COLUMN_RIGHT), all with
 *   the same band number > 0. In a band every printed line is a block by itself,
 *   because there the line ends mean something.
 *
 *      ┌───────────────┬──────────────┐
 *      │ SỞ TƯ PHÁP    │ CỘNG HÒA …   │   band 1: left, left, right, right
 *      │ Số: 71/KH-STP │ Độc lập …    │
 *      ├───────────────┴──────────────┤
 *      │          KẾ HOẠCH            │   column FULL, align CENTER
 *      │    Thực hiện cải cách …      │   (each centred line is a block, too)
 *      │   Thực hiện Kế hoạch số …    │   column FULL, align JUSTIFY
 *      └──────────────────────────────┘
 *
 * Everything is in the document's pool and read-only after layout.
 */
#ifndef KH_CORE_FLOW_H
#define KH_CORE_FLOW_H

#include "core/text.h"

typedef enum kh_align { KH_ALIGN_LEFT, KH_ALIGN_CENTER, KH_ALIGN_RIGHT, KH_ALIGN_JUSTIFY } kh_align;
typedef enum kh_column { KH_COLUMN_FULL, KH_COLUMN_LEFT, KH_COLUMN_RIGHT } kh_column;

/* Words that share a baseline, left to right. */
typedef struct kh_line {
    kh_text text;
    kh_box box;
    int page;
    double size;       /* median font size, points; from the box height for OCR */
    float bold;        /* share of characters printed bold, 0..1; 0 for OCR */
    float italic;
} kh_line;

/* One cell of a table's grid. A slot covered by another cell's span is NULL in the grid. */
typedef struct kh_cell {
    kh_text text;         /* all lines joined, hyphens healed; "" when empty */
    GPtrArray *lines;     /* kh_line *, the printed lines, top to bottom */
    GPtrArray *paragraphs;/* kh_text *, lines joined where they plainly run on (a line that fills the
                             cell's width, or that starts without a new-paragraph sign): what was typed
                             as one paragraph in the cell */
    int row_span, col_span; /* >= 1 */
    kh_box box;           /* on the page of its first line or ruling */
    int page;
    GArray *rest;         /* of kh_spot, ascending: where it goes on on later pages; NULL: it does not */
    float bold;           /* share of bold characters */
} kh_cell;

typedef struct kh_grid {
    int n_rows, n_cols;
    int n_header_rows;    /* rows at the top that are column headers (0 when none is told apart);
                             repeats of them on later pages are dropped */
    kh_cell **cells;      /* n_rows * n_cols, row by row; NULL where covered by a span */
    GArray *pages;        /* of int: the pages it stands on, ascending */
    gboolean ruled;       /* from ruling lines, else from alignment */
    float confidence;     /* how sure the grid is, 0..1 */
} kh_grid;

static inline kh_cell *kh_grid_cell (const kh_grid *grid, int row, int col) { return grid->cells[row * grid->n_cols + col]; }

typedef enum kh_block_kind { KH_BLOCK_PARAGRAPH, KH_BLOCK_TABLE } kh_block_kind;

typedef struct kh_block {
    kh_block_kind kind;
    kh_text text;       /* paragraph: its text, line breaks healed; table: "" */
    GPtrArray *lines;   /* kh_line *; its printed lines, top to bottom, over pages */
    kh_grid *grid;      /* table only, else NULL */
    int page;           /* where it begins */
    kh_box box;         /* of the part on that page */
    kh_align align;
    double indent;      /* of the first line against the column's left edge, points */
    kh_column column;
    int band;           /* 0 outside bands */
    float bold, italic; /* share of characters; 0 for OCR (unknown) */
    double size;        /* median font size, points */
    double gap_above;   /* white space to the block above on the same page, points; -1 at the page top */
} kh_block;

typedef struct kh_flow {
    GPtrArray *blocks;  /* kh_block * */
    gboolean is_typed;  /* all pages are of a text file: places on them are rows and columns of characters */
} kh_flow;

static inline kh_block *kh_flow_block (const kh_flow *flow, guint i) { return (kh_block *) g_ptr_array_index (flow->blocks, i); }
static inline gboolean kh_block_is_table (const kh_block *block) { return block->kind == KH_BLOCK_TABLE; }

#endif
