/* listed_parts.h - what listed.c hands to listed_cells.c. Private to these two. */
#ifndef KH_PLAN_LISTED_PARTS_H
#define KH_PLAN_LISTED_PARTS_H

#include "core/flow.h"

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

/* The text of the atoms [from, to), line ends healed. */
kh_text kh_atoms_text (kh_pool *pool, const GArray *atoms, guint from, guint to);

/* Divides the atoms [from, to) among the columns (of kh_listed_column), at the least cost: cuts[c] is the first atom of column c,
 * cuts[n] = to. With `more`, what follows the last column's cell is the name of the next group: cuts[n] is where it begins.
 * Returns the cost. */
double kh_listed_cells (const GArray *atoms, guint from, guint to, const GArray *columns, gboolean more, guint *cuts);

#endif
