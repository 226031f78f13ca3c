/* listed_cells.c - which words of a listed row are which cell.
 *
 * A row is a sequence of atoms, its cells are stretches of it, in the order of the columns, some of them empty. Of all ways to
 * divide it the cheapest is taken. Costs:
 *   - of a cell, by what it says: a unit's name in a column of units and a time in one of times earn, others cost; cells begin with
 *     capitals and end with whole phrases;
 *   - of its lines: a line that had room for the next word, or is wider than the column's, speaks against one cell;
 *   - of a cut: nothing where the text is set off, little at a line's end, more within a line.
 */
#include "plan/listed_parts.h"

#include "plan/columns.h"
#include "plan/deadlines.h"
#include "plan/pattern.h"
#include "plan/units.h"
#include "plan/wording.h"
#include "viet/fold.h"

#include <string.h>

#define MOST_ATOMS 60      /* of a cell, the text's excepted */
#define MOST_TIME_WORDS 14
#define SLACK 3.0          /* characters by which widths may be wrong */

/* What each place of the row says, asked once. */
typedef struct row {
    kh_pool *pool;
    const GArray *atoms;
    guint from, n;
    gboolean *unit, *product, *time, *capital; /* begins one here? */
    gboolean *hanging;                  /* does the text before this place want to go on? */
    guint *letters, *words;             /* of the atoms before this place, a space after each */
} row;

static gboolean
is_product (const char *text)
{
    return KH_FITS (text, "^(?:[-+] ?)?(?:bao cao|ke hoach|quyet dinh|van ban|danh muc|danh sach|thong bao|to trinh|phuong an|bien ban|ho so|cong van|nghi quyet|"
                          "chuong trinh|hoi nghi|thu moi|de an|du an|du thao|bang|bai viet|tin bai|phan mem|he thong|co so du lieu|ket luan|ket qua|giay moi|"
                          "phieu|lop|quy che|quy trinh|quy dinh|huong dan|chi thi|de cuong|san pham|tai lieu|so lieu|trang|cong trinh|mo hinh|hop dong|noi dung)\\b") ||
           KH_FITS (text, "^[-+] ?[a-z]");
}

/* Words after which a phrase goes on. */
static gboolean
is_hanging (const char *text)
{
    return KH_FITS (text, "(?:[,;&/(-]|\\b(?:va|cua|thuoc|cac|theo|ve|tai|trong|cho|voi|den|tu|ngay|thang|nam|quy|la|duoc|de|do|hoac|nhung|co|khong|cung|nhu|bang|chu tri|phoi|cua chu tich))$") ||
           g_str_has_suffix (text, " số"); /* folded it would be Sở, too */
}

static gboolean
begins_time (const char *text)
{
    return !g_unichar_islower (g_utf8_get_char (text)) &&
           KH_FITS (text, "^(?:truoc|trong (?:nam|thang|quy|tuan|ngay|[0-9])|thang|quy [ivx0-9]|nam [0-9]|ngay|hang (?:nam|thang|quy|tuan|ngay)|thuong (?:xuyen|ky|nien)|"
                          "dinh ky|theo|khi|sau (?:khi|ngay)|tu (?:nay|ngay|thang|quy|nam|dau|[0-9])|den |dau (?:nam|thang|quy)|cuoi (?:nam|thang|quy)|hoan thanh|phan dau|ca nam|"
                          "giai doan|du kien|cham nhat|lien tuc|dot xuat|xong|ke tu|[0-9]+(?: thang|/| ngay| nam|-))");
}

kh_text
kh_atoms_text (kh_pool *pool, const GArray *atoms, guint from, guint to)
{
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    for (guint i = from; i < to; i++) {
        const kh_atom *atom = kh_atom_at (atoms, i);
        const char *so_far = builder.str->str, *token = strrchr (so_far, ' ');
        gboolean at_line = i > from && atom->before >= KH_BREAK_LINE;
        g_autofree char *first = g_strndup (atom->text.str, strcspn (atom->text.str, " "));
        gboolean capitals = at_line && kh_is_capitals (token != NULL ? token + 1 : so_far, 2) && kh_is_capitals (first, 1);
        gboolean glued = at_line && (kh_text_is_glued (so_far, atom->text.str) || (capitals && kh_text_is_halved (token != NULL ? token + 1 : so_far, first)));
        kh_text_builder_add_text (&builder, &atom->text, !glued);
    }
    return kh_text_builder_finish (&builder, pool);
}

/* ---- what a place says */

static void
look_at_row (row *r)
{
    r->unit = kh_pool_new0 (r->pool, gboolean, r->n + 1);
    r->product = kh_pool_new0 (r->pool, gboolean, r->n + 1);
    r->time = kh_pool_new0 (r->pool, gboolean, r->n + 1);
    r->capital = kh_pool_new0 (r->pool, gboolean, r->n + 1);
    r->hanging = kh_pool_new0 (r->pool, gboolean, r->n + 1);
    r->letters = kh_pool_new0 (r->pool, guint, r->n + 1);
    r->words = kh_pool_new0 (r->pool, guint, r->n + 1);
    for (guint i = 0; i < r->n; i++) {
        const char *text = kh_atom_at (r->atoms, r->from + i)->text.str;
        r->letters[i + 1] = r->letters[i] + (guint) g_utf8_strlen (text, -1) + 1;
        r->words[i + 1] = r->words[i] + kh_word_count (text);
        kh_text ahead = kh_atoms_text (r->pool, r->atoms, r->from + i, MIN (r->from + r->n, r->from + i + 4));
        r->product[i] = is_product (ahead.str);
        r->unit[i] = kh_unit_head (ahead.str) > 0 && !r->product[i]; /* "Báo cáo" is no newspaper */
        r->time[i] = begins_time (ahead.str);
        r->capital[i] = !g_unichar_islower (g_utf8_get_char (ahead.str));
        r->hanging[i + 1] = is_hanging (text);
    }
}

/* ---- costs */

static double
cost_of_cut (const row *r, guint at)
{
    static const double COSTS[] = { [KH_BREAK_NONE] = 0.8, [KH_BREAK_WIDE] = 0.2, [KH_BREAK_LINE] = 0.2, [KH_BREAK_CELL] = 0, [KH_BREAK_PAGE] = 0.3 };
    return at == 0 || at >= r->n ? 0 : COSTS[kh_atom_at (r->atoms, r->from + at)->before];
}

/* Of the lines of one cell. */
static double
cost_of_lines (const row *r, double width, gboolean is_short, guint a, guint b)
{
    double cost = 0;
    for (guint i = a; i < b; i++) {
        const kh_atom *atom = kh_atom_at (r->atoms, r->from + i);
        if (i > a && atom->before == KH_BREAK_CELL)
            cost += 1.2;
        if (i > a && (atom->before == KH_BREAK_WIDE || (is_short && atom->before == KH_BREAK_PAGE)))
            cost += is_short ? 1.2 : 0.4;
        if (width <= 0 || (i > a && atom->before < KH_BREAK_LINE))
            continue;
        /* a line of the cell: does it fit, and was there room for the first word of the next? */
        guint end = i + 1;
        while (end < b && kh_atom_at (r->atoms, r->from + end)->before < KH_BREAK_LINE)
            end++;
        double length = (double) (r->letters[end] - r->letters[i]) - 1;
        cost += MIN (3, 0.3 * MAX (0, length - width - SLACK));
        const kh_atom *next = end < b ? kh_atom_at (r->atoms, r->from + end) : NULL;
        if (next != NULL && (next->before == KH_BREAK_LINE || next->before == KH_BREAK_CELL) && next->text.str[0] != '-') {
            double word = (double) g_utf8_strlen (next->text.str, (gssize) strcspn (next->text.str, " "));
            cost += MIN (1.5, 0.2 * MAX (0, width - SLACK - length - 1 - word));
        }
    }
    return cost;
}

/* "IV/2025", "II, III": capitals that are figures. */
static gboolean
is_roman (const char *text)
{
    gsize n = strspn (text, "IVX");
    return n > 0 && !g_unichar_isalpha (g_utf8_get_char (text + n));
}

/* The head of a unit's name without the name: "Phòng", "Chi cục". */
static gboolean
is_bare_head (const row *r, guint a, guint b)
{
    return KH_FITS (kh_atoms_text (r->pool, r->atoms, r->from + a, r->from + b).str,
                    "^(?:cac )?(?:so|phong|ban|chi cuc|trung tam|ubnd|truong|benh vien|cong ty|hoi|uy ban|cuc)$");
}

/* A whole expression of time. */
static gboolean
is_time (const row *r, guint a, guint b)
{
    kh_text text = kh_atoms_text (r->pool, r->atoms, r->from + a, r->from + b);
    const kh_header none = { 0 };
    gboolean doubtful = FALSE;
    kh_deadline_of (r->pool, &text, &none, &doubtful);
    return !doubtful;
}

/* An office whose body may stand on the next line. */
static gboolean
is_office (const row *r, guint a, guint b)
{
    return KH_FITS (kh_atoms_text (r->pool, r->atoms, r->from + a, r->from + b).str, "^(?:van phong|thanh tra)$");
}

static gboolean
is_unit_field (const char *field)
{
    return field == KH_FIELD_LEAD || field == KH_FIELD_COORDINATE;
}

/* Places inside a cell where another seems to begin: a capital at a line's start, another product, another unit, where what stands
 * before does not want to go on. */
static guint
count_beginnings (const row *r, const char *field, guint a, guint b)
{
    guint n = 0;
    for (guint i = a + 1; i < b; i++) {
        const kh_atom *atom = kh_atom_at (r->atoms, r->from + i);
        gboolean capital = g_unichar_isupper (g_utf8_get_char (atom->text.str));
        if (r->time[i] && is_unit_field (field) && !r->hanging[i])
            n++;
        if (!capital || r->hanging[i])
            continue;
        if (field == KH_FIELD_DEADLINE)
            n += !is_roman (atom->text.str);
        else if (field == KH_FIELD_PRODUCT)
            n += r->product[i] || atom->before >= KH_BREAK_LINE;
        else if (field == KH_FIELD_TEXT)
            n += atom->before >= KH_BREAK_LINE;
        else if (is_unit_field (field))
            n += r->unit[i] && atom->before >= KH_BREAK_LINE && !(r->words[i] - r->words[a] <= 2 && is_office (r, a, i));
    }
    return n;
}

/* Of a cell that holds nothing. */
static double
cost_of_nothing (const char *field)
{
    if (field == KH_FIELD_TEXT)
        return 6;
    return field == KH_FIELD_LEAD || field == KH_FIELD_DEADLINE ? 0.9 : field == KH_FIELD_NOTES ? 0 : 0.5;
}

static double
cost_of_cell (const row *r, const kh_listed_column *column, guint a, guint b)
{
    const char *field = column->field;
    if (a == b)
        return cost_of_nothing (field);
    if (field != KH_FIELD_TEXT && b - a > MOST_ATOMS)
        return 100;
    double cost = cost_of_cut (r, a) + cost_of_lines (r, column->width, field == KH_FIELD_DEADLINE, a, b) + (r->hanging[b] ? 1.5 : 0) + (r->capital[a] ? 0 : 1.5);
    int words = (int) (r->words[b] - r->words[a]);
    if (field == KH_FIELD_NUMBER)
        return cost + 6; /* it is no part of what is divided */
    if (field == KH_FIELD_TEXT)
        cost += (words < 3 ? 1 : 0) + 0.3 * count_beginnings (r, field, a, b);
    else if (is_unit_field (field))
        cost += (r->unit[a] ? -1 : 2.5) + (words <= 3 && is_bare_head (r, a, b) ? 1.5 : 0) + 0.8 * count_beginnings (r, field, a, b) + 0.15 * MAX (0, words - 16);
    else if (field == KH_FIELD_DEADLINE)
        cost += (r->time[a] && words <= MOST_TIME_WORDS && is_time (r, a, b) ? -1.2 : 2.5) + 1.2 * count_beginnings (r, field, a, b);
    else if (field == KH_FIELD_PRODUCT)
        cost += (r->product[a] ? -0.8 : 1.6) + 1.5 * count_beginnings (r, field, a, b) + 0.1 * MAX (0, words - 25);
    else if (field == KH_FIELD_BUDGET)
        cost += g_ascii_isdigit (kh_atom_at (r->atoms, r->from + a)->text.str[0]) ? -0.8 : 2;
    else
        cost += 0.7 + 0.05 * words;
    return cost;
}

double
kh_listed_cells (const GArray *atoms, guint from, guint to, const GArray *columns, gboolean more, guint *cuts)
{
    g_autoptr (kh_pool) own = kh_pool_new ();
    row r = { .pool = own, .atoms = atoms, .from = from, .n = to - from };
    guint n = r.n, w = n + 1, cols = columns->len;
    look_at_row (&r);
    g_autofree double *cost = g_new (double, (gsize) (cols + 1) * w);
    g_autofree guint *before = g_new0 (guint, (gsize) (cols + 1) * w);
    for (gsize i = 0; i < (gsize) (cols + 1) * w; i++)
        cost[i] = G_MAXDOUBLE;
    cost[0] = 0;
    for (guint c = 0; c < cols; c++) {
        const kh_listed_column *column = &g_array_index (columns, kh_listed_column, c);
        for (guint a = 0; a <= n; a++) {
            double so_far = cost[(gsize) c * w + a];
            if (so_far == G_MAXDOUBLE)
                continue;
            for (guint b = a; b <= n; b++) {
                double sum = so_far + cost_of_cell (&r, column, a, b);
                if (sum < cost[(gsize) (c + 1) * w + b] - 1e-9) {
                    cost[(gsize) (c + 1) * w + b] = sum;
                    before[(gsize) (c + 1) * w + b] = a;
                }
            }
        }
    }
    guint end = n;
    double least = cost[(gsize) cols * w + n];
    if (more) { /* the next group's name: some lines, the first with a capital */
        least = G_MAXDOUBLE;
        for (guint b = 1; b < n; b++) {
            double sum = cost[(gsize) cols * w + b];
            if (sum == G_MAXDOUBLE || kh_atom_at (atoms, from + b)->before < KH_BREAK_LINE || !r.capital[b])
                continue;
            sum += cost_of_cut (&r, b) + 0.05 * (n - b) + (r.time[b] ? 1.5 : 0);
            if (sum < least) {
                least = sum;
                end = b;
            }
        }
    }
    cuts[cols] = from + end;
    for (guint c = cols; c-- > 0;) {
        guint first = before[(gsize) (c + 1) * w + cuts[c + 1] - from];
        cuts[c] = from + first;
    }
    return least;
}
