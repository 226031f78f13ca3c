/* typedspans.c - a first column merged over rows, in a typed table.
 *
 *              1. Công bố danh mục      A group's name stands in the middle of its rows, broken over the strips of
 *    Cải cách  2. Rà soát thủ tục       whichever rows are there. Where names, and no numbers, are fewer than rows,
 *    thủ tục   3. Giải quyết hồ sơ      the column is merged: each name is given the rows whose middle comes nearest
 *              1. Rà soát văn bản       to its own, no row left without.
 *     Văn bản  2. Kiểm tra văn bản
 */
#include "layout/typed.h"

#include <math.h>
#include <string.h>

#define NAME_GAP 1.6  /* lines between two strips of one name, at most */
#define MOST_STEPS 5e7 /* of the search: a larger table is left as it is */
#define RESTART -2.0  /* cost of a group that begins where the list numbers begin anew */

/* Consecutive strips of the column that are one name. */
typedef struct name {
    guint first, last; /* strips */
    double middle;     /* in lines */
} name;

static GArray *
find_names (const kh_typing *t, guint from)
{
    GArray *names = g_array_new (FALSE, FALSE, sizeof (name));
    for (guint i = from; i < t->to; i++) {
        if (kh_typing_text (t, i, 0) == NULL)
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

/* Is the column merged: fewer names than rows, and hardly a number among them? */
static gboolean
is_merged (const kh_typing *t, const GArray *names, const GArray *rows)
{
    guint numbers = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *text = kh_typing_text (t, g_array_index (names, name, i).first, 0)->str;
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

/* first[k]: the first row of the k-th name's group, at the least cost. */
static void
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
}

void
kh_typed_merge (kh_sheet *sheet, const kh_typing *t, const gboolean *starts, kh_pool *pool)
{
    g_autoptr (GArray) rows = find_rows (t, starts);
    guint n_rows = rows->len - 1;
    if (n_rows < 2 || sheet->rows->len != n_rows + 1)
        return;
    g_autoptr (GArray) names = find_names (t, row_at (rows, 0));
    if (names->len > n_rows || !is_merged (t, names, rows) || (double) names->len * n_rows * n_rows > MOST_STEPS)
        return;
    g_autofree guint *first = g_new0 (guint, names->len);
    place_groups (t, names, rows, first);
    g_autoptr (GArray) slugs = g_array_new (FALSE, FALSE, sizeof (kh_slug));
    for (guint r = 0; r < n_rows; r++) {
        kh_draft *draft = kh_sheet_row (sheet, r + 1)[0];
        g_array_append_vals (slugs, draft->slugs->data, draft->slugs->len);
        g_array_set_size (draft->slugs, 0);
    }
    guint next = 0; /* slugs are in the order of strips, one a strip */
    for (guint k = 0; k < names->len; k++) {
        const name *n = &g_array_index (names, name, k);
        kh_draft *draft = kh_sheet_row (sheet, first[k] + 1)[0];
        for (guint i = n->first; i <= n->last && next < slugs->len; i++)
            if (kh_typing_text (t, i, 0) != NULL)
                g_array_append_vals (draft->slugs, &g_array_index (slugs, kh_slug, next++), 1);
        guint end = k + 1 < names->len ? first[k + 1] : n_rows;
        for (guint r = first[k] + 1; r < end; r++)
            kh_sheet_merge (sheet, draft, kh_sheet_row (sheet, r + 1)[0], pool);
    }
}
