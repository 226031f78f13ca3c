/* cells.c - see cells.h. */
#include "ocr/cells.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>

#define TOUCH 4.0       /* points: rulings this near touch */
#define SAME 4.0        /* points: rulings this near in one direction are one line of the grid */
#define OPEN_SIDE 14.0  /* points: rulings that stick out this far make a column or row open to the outside */
#define WALL_SHARE 0.5  /* a wall covers at least this share of a slot's side */
#define LEAST_SIDE 6.0  /* points: a table with smaller cells is a drawing */
#define MOST_LINES 200u /* grid lines one way */
#define MOST_RULES 4000u /* more on one page are a drawing */

static double
rule_at (const kh_rule *rule)
{
    return rule->horizontal ? kh_box_center_y (rule->box) : kh_box_center_x (rule->box);
}

/* ------------------------------------------------------------------ groups */

static guint
find_root (guint *parent, guint i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* The smaller index stays the root. */
static void
join_roots (guint *parent, guint a, guint b)
{
    guint x = find_root (parent, a), y = find_root (parent, b);
    parent[MAX (x, y)] = MIN (x, y);
}

static gboolean
rules_touch (const kh_rule *a, const kh_rule *b)
{
    return a->horizontal != b->horizontal && kh_box_overlap_x (a->box, b->box) >= -TOUCH
           && kh_box_overlap_y (a->box, b->box) >= -TOUCH;
}

/* ------------------------------------------------------------------ grid lines */

/* Sorts and joins what lies within SAME of its neighbour into the mean. */
static void
settle (GArray *lines)
{
    g_array_sort (lines, kh_compare_doubles);
    guint n = 0;
    for (guint i = 0; i < lines->len;) {
        double first = g_array_index (lines, double, i), sum = 0;
        guint k = i;
        while (k < lines->len && g_array_index (lines, double, k) - first <= SAME)
            sum += g_array_index (lines, double, k++);
        g_array_index (lines, double, n++) = sum / (k - i);
        i = k;
    }
    g_array_set_size (lines, n);
}

/* The grid lines one way; `extent` of the rules the other way adds open sides. */
static GArray *
grid_lines (const GPtrArray *rules, gboolean horizontal, double low, double high)
{
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < rules->len; i++) {
        const kh_rule *rule = rules->pdata[i];
        double at = rule_at (rule);
        if (rule->horizontal == horizontal)
            g_array_append_val (lines, at);
    }
    settle (lines);
    if (lines->len > 0 && g_array_index (lines, double, 0) - low > OPEN_SIDE)
        g_array_prepend_val (lines, low);
    if (lines->len > 0 && high - g_array_index (lines, double, lines->len - 1) > OPEN_SIDE)
        g_array_append_val (lines, high);
    return lines;
}

/* ------------------------------------------------------------------ one table */

typedef struct grid {
    GArray *lines[2];  /* of double: x of the vertical, y of the horizontal grid lines */
    GPtrArray **on[2]; /* the rules that lie on each of them */
} grid;

static void
sort_onto_lines (grid *g, const GPtrArray *rules)
{
    for (int horizontal = 0; horizontal < 2; horizontal++) {
        g->on[horizontal] = g_new (GPtrArray *, g->lines[horizontal]->len);
        for (guint i = 0; i < g->lines[horizontal]->len; i++) {
            double at = g_array_index (g->lines[horizontal], double, i);
            g->on[horizontal][i] = g_ptr_array_new ();
            for (guint k = 0; k < rules->len; k++) {
                kh_rule *rule = rules->pdata[k];
                if (rule->horizontal == horizontal && fabs (rule_at (rule) - at) <= SAME)
                    g_ptr_array_add (g->on[horizontal][i], rule);
            }
        }
    }
}

/* Do the rules on a grid line make a wall between the crossings from..to? */
static gboolean
is_wall (const GPtrArray *rules, gboolean horizontal, double from, double to)
{
    double covered = 0;
    for (guint i = 0; i < rules->len; i++) {
        kh_box box = ((const kh_rule *) rules->pdata[i])->box;
        covered += MAX (MIN (horizontal ? box.x1 : box.y1, to) - MAX (horizontal ? box.x0 : box.y0, from), 0);
    }
    return covered >= WALL_SHARE * (to - from);
}

/* Which cell each slot belongs to: the first slot of that cell. */
static guint *
join_slots (const grid *g)
{
    const double *x = (const double *) g->lines[FALSE]->data, *y = (const double *) g->lines[TRUE]->data;
    guint columns = g->lines[FALSE]->len - 1, rows = g->lines[TRUE]->len - 1;
    guint *parent = g_new (guint, columns * rows);
    for (guint i = 0; i < columns * rows; i++)
        parent[i] = i;
    for (guint r = 0; r < rows; r++) {
        for (guint c = 0; c < columns; c++) {
            guint slot = r * columns + c;
            if (c + 1 < columns && !is_wall (g->on[FALSE][c + 1], FALSE, y[r], y[r + 1]))
                join_roots (parent, slot, slot + 1);
            if (r + 1 < rows && !is_wall (g->on[TRUE][r + 1], TRUE, x[c], x[c + 1]))
                join_roots (parent, slot, slot + columns);
        }
    }
    for (guint i = 0; i < columns * rows; i++)
        parent[i] = find_root (parent, i);
    return parent;
}

/* Turns the joined slots into areas, in the order of their first slots. */
static void
add_areas (kh_cells *cells, const grid *g, const guint *cell_of)
{
    const double *x = (const double *) g->lines[FALSE]->data, *y = (const double *) g->lines[TRUE]->data;
    guint columns = g->lines[FALSE]->len - 1, n = columns * (g->lines[TRUE]->len - 1);
    g_autofree guint *size = g_new0 (guint, n), *next = g_new0 (guint, n), *area_of = g_new0 (guint, n);
    for (guint i = 0; i < n; i++)
        size[cell_of[i]]++;
    guint slots = cells->slots->len;
    for (guint i = 0; i < n; i++) {
        if (size[i] == 0)
            continue;
        kh_cell_area area = { .first_slot = slots, .n_slots = size[i] };
        area_of[i] = cells->areas->len;
        next[i] = slots;
        slots += size[i];
        g_array_append_val (cells->areas, area);
    }
    g_array_set_size (cells->slots, slots);
    for (guint i = 0; i < n; i++) {
        guint r = i / columns, c = i % columns, cell = cell_of[i];
        kh_box box = { x[c], y[r], x[c + 1], y[r + 1] };
        kh_cell_area *area = &g_array_index (cells->areas, kh_cell_area, area_of[cell]);
        area->box = kh_box_union (area->box, box);
        g_array_index (cells->slots, kh_box, next[cell]++) = box;
    }
}

static void
add_table (kh_cells *cells, const GPtrArray *rules)
{
    kh_box around = { 0, 0, 0, 0 };
    for (guint i = 0; i < rules->len; i++) {
        kh_box box = ((const kh_rule *) rules->pdata[i])->box;
        box.x1 = MAX (box.x1, box.x0 + 0.1), box.y1 = MAX (box.y1, box.y0 + 0.1);
        around = kh_box_union (around, box);
    }
    grid g = { { grid_lines (rules, FALSE, around.x0, around.x1), grid_lines (rules, TRUE, around.y0, around.y1) }, { 0 } };
    guint xs = g.lines[FALSE]->len, ys = g.lines[TRUE]->len;
    if (xs >= 2 && ys >= 2 && xs <= MOST_LINES && ys <= MOST_LINES && kh_box_width (around) >= LEAST_SIDE * (xs - 1)
        && kh_box_height (around) >= LEAST_SIDE * (ys - 1)) {
        sort_onto_lines (&g, rules);
        g_autofree guint *cell_of = join_slots (&g);
        add_areas (cells, &g, cell_of);
        g_array_append_val (cells->tables, around);
        for (int way = 0; way < 2; way++) {
            for (guint i = 0; i < g.lines[way]->len; i++)
                g_ptr_array_unref (g.on[way][i]);
            g_free (g.on[way]);
        }
    }
    g_array_unref (g.lines[FALSE]);
    g_array_unref (g.lines[TRUE]);
}

/* ------------------------------------------------------------------ the page */

static void
group_free (void *group)
{
    g_ptr_array_unref (group);
}

kh_cells *
kh_cells_find (const GArray *rules)
{
    kh_cells *cells = g_new0 (kh_cells, 1);
    cells->areas = g_array_new (FALSE, TRUE, sizeof (kh_cell_area));
    cells->slots = g_array_new (FALSE, TRUE, sizeof (kh_box));
    cells->tables = g_array_new (FALSE, TRUE, sizeof (kh_box));
    guint n = rules->len;
    if (n < 3 || n > MOST_RULES)
        return cells;
    g_autofree guint *parent = g_new (guint, n);
    for (guint i = 0; i < n; i++)
        parent[i] = i;
    for (guint i = 0; i < n; i++)
        for (guint k = i + 1; k < n; k++)
            if (rules_touch (&g_array_index (rules, kh_rule, i), &g_array_index (rules, kh_rule, k)))
                join_roots (parent, i, k);
    g_autoptr (GHashTable) groups = g_hash_table_new_full (NULL, NULL, NULL, group_free); /* first rule + 1 -> its group */
    for (guint i = 0; i < n; i++) {
        gpointer key = GUINT_TO_POINTER (find_root (parent, i) + 1);
        GPtrArray *group = g_hash_table_lookup (groups, key);
        if (group == NULL)
            g_hash_table_insert (groups, key, group = g_ptr_array_new ());
        g_ptr_array_add (group, &g_array_index (rules, kh_rule, i));
    }
    for (guint i = 0; i < n; i++) { /* in the order of their first rules, never in that of the hash table */
        GPtrArray *group = parent[i] == i ? g_hash_table_lookup (groups, GUINT_TO_POINTER (i + 1)) : NULL;
        if (group != NULL && group->len >= 3)
            add_table (cells, group);
    }
    return cells;
}

void
kh_cells_free (kh_cells *cells)
{
    if (cells == NULL)
        return;
    g_array_unref (cells->areas);
    g_array_unref (cells->slots);
    g_array_unref (cells->tables);
    g_free (cells);
}
