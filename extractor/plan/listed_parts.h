/* listed_parts.h - what the three files of listed tables share. Private to them. */
#ifndef KH_PLAN_LISTED_PARTS_H
#define KH_PLAN_LISTED_PARTS_H

#include "core/flow.h"

#define KH_LISTED_COLUMNS 12 /* at most */

/* What stands before an atom. */
typedef enum kh_break {
    KH_BREAK_NONE, /* a space, within a line */
    KH_BREAK_WIDE, /* more than one space: an empty cell may be between */
    KH_BREAK_LINE, /* it begins a line */
    KH_BREAK_CELL, /* likewise, set off from the line above as lines of one cell are not */
    KH_BREAK_PAGE, /* likewise, on another page */
} kh_break;

/* Words that no end of a cell can part: within a line up to the next that begins with a capital, a figure or a sign. */
typedef struct kh_atom {
    kh_text text;
    const kh_line *line;
    kh_break before;
} kh_atom;

typedef struct kh_listed_column {
    kh_text header;
    const char *field;  /* as in columns.h; NULL: none of them */
    double width;       /* of its lines, in characters; 0: not known yet */
} kh_listed_column;

static inline const kh_atom *kh_atom_at (const GArray *atoms, guint i) { return &g_array_index (atoms, kh_atom, i); }

/* A line of the flow, and the block it stands in. */
typedef struct kh_flat_line {
    const kh_line *line;
    guint block;
} kh_flat_line;

/* A listed table while it is read. */
typedef struct kh_listed {
    kh_pool *pool;
    const GArray *lines;   /* of kh_flat_line */
    guint begin, body, end;/* of the header, the rows; past the last line */
    GArray *columns;       /* of kh_listed_column */
    GArray *atoms;         /* of kh_atom */
    GArray *starts;        /* of guint: the atoms rows begin at, and the end */
    gboolean numbered;     /* the first column holds the rows' numbers */
    int text;              /* the column of text */
    int group;             /* of groups, left of it; -1 */
    int budget;            /* of money; 0: none */
} kh_listed;

static inline const kh_line *kh_listed_line (const kh_listed *t, guint i) { return g_array_index (t->lines, kh_flat_line, i).line; }

/* The header's cells from line `begin` on: sets columns, `begin` and `body`. FALSE: no header begins there. */
gboolean kh_listed_header (kh_listed *t, guint begin);
/* Does the line stand outside: a heading in capitals, or what begins the next part of the plan? */
gboolean kh_listed_ends (const char *text);

/* The text of the atoms [from, to), line ends healed. */
kh_text kh_atoms_text (kh_pool *pool, const GArray *atoms, guint from, guint to);

/* Divides the atoms [from, to) among the columns (of kh_listed_column), at the least cost: cuts[c] is the first atom of column c,
 * cuts[n] = to. With `more`, what follows the last column's cell is the name of the next group: cuts[n] is where it begins.
 * Returns the cost. */
double kh_listed_cells (const GArray *atoms, guint from, guint to, const GArray *columns, gboolean more, guint *cuts);

#endif
