/* typedspans.c - columns with cells merged over rows, in a typed table: that of groups, left of the rows' numbers, and others.
 *
 *              1. Công bố danh mục      A group's name stands in the middle of its rows, broken over the strips of
 *    Cải cách  2. Rà soát thủ tục       whichever rows are there. Where names, and no numbers, are fewer than rows,
 *    thủ tục   3. Giải quyết hồ sơ      the column is merged: each name is given the rows whose middle comes nearest
 *              1. Rà soát văn bản       to its own, no row left without.
 *     Văn bản  2. Kiểm tra văn bản
 *
 * Where cells stand at the top, a name begins its first row. A column right of the text is merged only where names run over
 * the ends of rows, and all fit the middles of theirs.
 */
#include "layout/typed.h"

#include <math.h>
#include <string.h>

#define NAME_GAP 2.1  /* lines between two strips of one name, at most: those of another column may stand between */
#define MOST_OFF 0.8  /* lines, on the average, that names of a column that may be none may be off the middles of their rows */
#define LEAST_ASIDE 0.4 /* share of rows where the text of such a column does not stand in the middle */
#define MOST_STEPS 5e7 /* of the search: a larger table is left as it is */
#define RESTART -2.0  /* cost of a group that begins where the list numbers begin anew */

/* Consecutive strips of the column that are one name. */
typedef struct name {
    guint first, last; /* strips */
    double middle;     /* in lines */
} name;

static GArray *
find_names (const kh_typing *t, guint from, int col)
{
    GArray *names = g_array_new (FALSE, FALSE, sizeof (name));
    for (guint i = from; i < t->to; i++) {
        if (kh_typing_text (t, i, col) == NULL)
            continue;
        name *last = names->len > 0 ? &g_array_index (names, name, names->len - 1) : NULL;
        if (last != NULL && kh_typing_height (t, i) - kh_typing_height (t, last->last) <= NAME_GAP) {
            last->last = i;
        } else {
            name n = { i, i, 0 };
            g_array_append_val (names, n);
        }
    }
    for (guint i = 0; i < names->len; i++) {
        name *n = &g_array_index (names, name, i);
        n->middle = (kh_typing_height (t, n->first) + kh_typing_height (t, n->last)) / 2;
    }
    return names;
}

/* The strip each body row begins at, and t->to. */
static GArray *
find_rows (const kh_typing *t, const gboolean *starts)
{
    GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = t->from + 1; i < t->to; i++)
        if (starts[i - t->from])
            g_array_append_val (rows, i);
    g_array_append_val (rows, t->to);
    return rows;
}

static guint
row_at (const GArray *rows, guint i)
{
    return g_array_index (rows, guint, i);
}

/* The row the strip stands in. */
static guint
row_of (const GArray *rows, guint strip)
{
    guint r = 0;
    while (r + 2 < rows->len && row_at (rows, r + 1) <= strip)
        r++;
    return r;
}

/* Is the column merged: fewer names than rows, not one in each, and hardly a number among them? */
static gboolean
is_merged (const kh_typing *t, int col, const GArray *names, const GArray *rows)
{
    guint numbers = 0, begun = 0;
    for (guint r = 0; r + 1 < rows->len; r++) {
        const kh_text *text = kh_typing_text (t, row_at (rows, r), col);
        begun += text != NULL && g_unichar_isupper (g_utf8_get_char (text->str));
    }
    if (begun + 1 == rows->len)
        return FALSE;
    for (guint i = 0; i < names->len; i++) {
        const char *text = kh_typing_text (t, g_array_index (names, name, i).first, col)->str;
        numbers += kh_text_is_number (text) || kh_text_mark (text) == KH_MARK_NUMBER;
    }
    return names->len > 0 && numbers * 5 <= names->len && names->len * 4 <= (rows->len - 1) * 3;
}

/* Does the list in the second column begin anew with this row? */
static gboolean
restarts (const kh_typing *t, const GArray *rows, guint row)
{
    for (guint i = row_at (rows, row); i < row_at (rows, row + 1); i++) {
        const kh_text *text = t->n_cols > 1 ? kh_typing_text (t, i, 1) : NULL;
        if (text != NULL && kh_text_mark (text->str) == KH_MARK_NUMBER)
            return text->str[0] == '1' && !g_ascii_isdigit (text->str[1]);
    }
    return FALSE;
}

/* first[k]: the first row of the k-th name's group, at the least cost; returns by how far the names are off their middles. */
static double
place_groups (const kh_typing *t, const GArray *names, const GArray *rows, guint *first)
{
    guint n = names->len, m = rows->len - 1;
    g_autofree double *cost = g_new (double, (gsize) (n + 1) * (m + 1)); /* names placed, rows used */
    g_autofree guint *from = g_new0 (guint, (gsize) (n + 1) * (m + 1));
    for (gsize i = 0; i < (gsize) (n + 1) * (m + 1); i++)
        cost[i] = G_MAXDOUBLE;
    cost[0] = 0;
    for (guint k = 0; k < n; k++)
        for (guint r = k; r < m; r++) {
            double so_far = cost[(gsize) k * (m + 1) + r];
            if (so_far == G_MAXDOUBLE)
                continue;
            so_far += k > 0 && restarts (t, rows, r) ? RESTART : 0;
            for (guint e = r + 1; e + (n - k - 1) <= m; e++) {
                double middle = (kh_typing_height (t, row_at (rows, r)) + kh_typing_height (t, row_at (rows, e) - 1)) / 2;
                double sum = so_far + fabs (middle - g_array_index (names, name, k).middle);
                if (sum < cost[(gsize) (k + 1) * (m + 1) + e]) {
                    cost[(gsize) (k + 1) * (m + 1) + e] = sum;
                    from[(gsize) (k + 1) * (m + 1) + e] = r;
                }
            }
        }
    for (guint k = n, e = m; k > 0; k--) {
        e = from[(gsize) k * (m + 1) + e];
        first[k - 1] = e;
    }
    double off = 0;
    for (guint k = 0; k < n; k++) {
        guint end = k + 1 < n ? first[k + 1] : m;
        double middle = (kh_typing_height (t, row_at (rows, first[k])) + kh_typing_height (t, row_at (rows, end) - 1)) / 2;
        off += fabs (middle - g_array_index (names, name, k).middle);
    }
    return off / n;
}

/* Likewise where cells stand at the top of their rows. */
static void
place_at_top (const GArray *names, const GArray *rows, guint *first)
{
    for (guint k = 0; k < names->len; k++)
        first[k] = k == 0 ? 0 : row_of (rows, g_array_index (names, name, k).first);
}

/* How many names run over the end of a row? */
static guint
count_straddling (const GArray *names, const GArray *rows)
{
    guint n = 0;
    for (guint k = 0; k < names->len; k++) {
        const name *here = &g_array_index (names, name, k);
        n += row_of (rows, here->first) != row_of (rows, here->last);
    }
    return n;
}

/* Of the rows that hold something of the column, the share where it does not stand in the middle. */
static double
aside_share (const kh_typing *t, const GArray *rows, int col)
{
    guint filled = 0, aside = 0;
    for (guint r = 0; r + 1 < rows->len; r++) {
        guint from = row_at (rows, r), to = row_at (rows, r + 1), first = to, last = from;
        for (guint i = from; i < to; i++)
            if (kh_typing_text (t, i, col) != NULL) {
                first = MIN (first, i);
                last = i;
            }
        if (first == to)
            continue;
        double here = kh_typing_height (t, first) + kh_typing_height (t, last), middle = kh_typing_height (t, from) + kh_typing_height (t, to - 1);
        filled++;
        aside += fabs (here - middle) / 2 > 0.75;
    }
    return filled > 0 ? aside / (double) filled : 0;
}

static gboolean
is_ascending (const guint *first, guint n)
{
    for (guint k = 1; k < n; k++)
        if (first[k] <= first[k - 1])
            return FALSE;
    return TRUE;
}

static void
merge_column (kh_sheet *sheet, const kh_typing *t, const GArray *rows, int col, kh_pool *pool)
{
    guint n_rows = rows->len - 1;
    gboolean is_group = t->anchor_col < 0 || col < t->anchor_col;
    g_autoptr (GArray) names = find_names (t, row_at (rows, 0), col);
    if (names->len > n_rows || !is_merged (t, col, names, rows) || (double) names->len * n_rows * n_rows > MOST_STEPS)
        return;
    g_autofree guint *first = g_new0 (guint, names->len);
    if (is_group && t->at_top) {
        place_at_top (names, rows, first);
    } else {
        double off = place_groups (t, names, rows, first);
        if (!is_group && (t->at_top || off > MOST_OFF || count_straddling (names, rows) < 2 || aside_share (t, rows, col) < LEAST_ASIDE))
            return;
    }
    if (!is_ascending (first, names->len))
        return;
    g_autoptr (GArray) slugs = g_array_new (FALSE, FALSE, sizeof (kh_slug));
    for (guint r = 0; r < n_rows; r++) {
        kh_draft *draft = kh_sheet_row (sheet, r + 1)[col];
        g_array_append_vals (slugs, draft->slugs->data, draft->slugs->len);
        g_array_set_size (draft->slugs, 0);
    }
    guint next = 0; /* slugs are in the order of strips, one a strip */
    for (guint k = 0; k < names->len; k++) {
        const name *n = &g_array_index (names, name, k);
        kh_draft *draft = kh_sheet_row (sheet, first[k] + 1)[col];
        for (guint i = n->first; i <= n->last && next < slugs->len; i++)
            if (kh_typing_text (t, i, col) != NULL)
                g_array_append_vals (draft->slugs, &g_array_index (slugs, kh_slug, next++), 1);
        guint end = k + 1 < names->len ? first[k + 1] : n_rows;
        for (guint r = first[k] + 1; r < end; r++)
            kh_sheet_merge (sheet, draft, kh_sheet_row (sheet, r + 1)[col], pool);
    }
}

void
kh_typed_merge (kh_sheet *sheet, const kh_typing *t, const gboolean *starts, kh_pool *pool)
{
    g_autoptr (GArray) rows = find_rows (t, starts);
    if (rows->len < 3 || sheet->rows->len != rows->len)
        return;
    for (int c = 0; c < t->n_cols; c++)
        if (c < MAX (t->anchor_col, 1) || c > t->anchor_col + 1)
            merge_column (sheet, t, rows, c, pool);
}
