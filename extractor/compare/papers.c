/* Plans of a store, and the places they are of.
 *
 * A plan stands under its province as it was printed; with --as-of July 2025 or later under what that is now. The province of one
 * name before and after the mergers is two places ("An Giang", "An Giang (mới)"): they are not the same land. What has no
 * province stands under the name of its body.
 */
#include "compare/parts.h"

#include "base/intl.h"
#include "base/limits.h"
#include "base/lists.h"
#include "kehoach.h"
#include "viet/viet.h"

#include <stdlib.h>
#include <string.h>

#define MERGED_SINCE 202507
#define UNKNOWN "Không rõ cơ quan"
#define SINCE " (mới)" /* behind the name of a province since the mergers, where the one before is there, too */

enum { CODE, NAME, KIND, TODAY_CODE, TODAY_NAME };

static const char PAPERS[] =
    "SELECT d.sha256, d.file, (SELECT MIN(f.path) FROM files f WHERE f.sha256 = d.sha256), d.number, d.title, d.issuer, "
    "d.issuer_key, d.date,"
    " d.period_start, d.period_end, d.province_code, d.province_name, d.today_code, d.today_name, d.n_reviews"
    " FROM documents d WHERE d.version IS NOT NULL ORDER BY d.sha256";

enum { SHA, FILE_NAME, PATH, NUMBER, TITLE, ISSUER, ISSUER_KEY, DATE, START, END, P_CODE, P_NAME, T_CODE, T_NAME, REVIEWS };

const char *
kh_pool_text (kh_pool *pool, const char *text)
{
    return text == NULL || *text == '\0' ? NULL : kh_pool_strdup (pool, text);
}

static gboolean
folds_alike (const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return FALSE;
    g_autofree char *x = kh_viet_fold (a), *y = kh_viet_fold (b);
    return strcmp (x, y) == 0;
}

static int
year_of (const char *day)
{
    return day == NULL ? 0 : atoi (day);
}

static int
month_of (const char *day)
{
    return day == NULL ? 0 : year_of (day) * 100 + (strlen (day) >= 7 ? atoi (day + 5) : 0);
}

/* How many of the 63 became this one. */
static guint
n_merged (const GPtrArray *provinces, const char *today_code)
{
    guint n = 0;
    for (guint i = 0; i < provinces->len; i++)
        n += g_strcmp0 (((char **)provinces->pdata[i])[TODAY_CODE], today_code) == 0;
    return n;
}

/* ------------------------------------------------------------------ places */

typedef struct draft { /* a place while its papers come */
    kh_side *place;
    gboolean is_new; /* a province since the mergers, of several */
} draft;

/* The place of a row; a new one when it was not met before. */
static kh_side *
place_of (kh_making *making, GHashTable *drafts, kh_store_rows *rows, gboolean is_today, gboolean is_new)
{
    const char *code = kh_store_rows_text (rows, is_today ? T_CODE : P_CODE),
               *name = kh_store_rows_text (rows, is_today ? T_NAME : P_NAME);
    if (code == NULL || name == NULL) {
        code = NULL;
        name = kh_store_rows_text (rows, ISSUER_KEY) != NULL ? kh_store_rows_text (rows, ISSUER_KEY)
                                                             : kh_store_rows_text (rows, ISSUER);
    }
    if (name == NULL || *name == '\0')
        name = UNKNOWN;
    g_autofree char *key = g_strdup_printf ("%s\t%s\t%d", code == NULL ? "" : code, name, is_new);
    draft *known = g_hash_table_lookup (drafts, key);
    if (known == NULL) {
        known = kh_pool_new0 (making->pool, draft, 1);
        known->is_new = is_new;
        known->place = kh_pool_new0 (making->pool, kh_side, 1);
        known->place->code = kh_pool_strdup (making->pool, code);
        known->place->name = kh_pool_strdup (making->pool, name);
        g_hash_table_insert (drafts, g_steal_pointer (&key), known);
        g_ptr_array_add (making->made->places, known->place);
    }
    known->place->n_papers++;
    return known->place;
}

static int
by_code (gconstpointer a, gconstpointer b)
{
    const kh_side *x = *(kh_side *const *)a, *y = *(kh_side *const *)b;
    if ((x->code == NULL) != (y->code == NULL))
        return x->code == NULL ? 1 : -1;
    int codes = g_strcmp0 (x->code, y->code);
    return codes != 0 ? codes : strcmp (x->name, y->name);
}

/* A name that stands for two places tells which is the new one; the order is the official one. */
static void
settle_places (kh_making *making, GHashTable *drafts)
{
    GHashTableIter iter, others;
    gpointer value, other;
    g_hash_table_iter_init (&iter, drafts);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        draft *one = value;
        gboolean twice = FALSE;
        g_hash_table_iter_init (&others, drafts);
        while (one->is_new && g_hash_table_iter_next (&others, NULL, &other))
            twice = twice || (!((draft *)other)->is_new && strcmp (((draft *)other)->place->name, one->place->name) == 0);
        if (twice)
            one->place->name = kh_pool_printf (making->pool, "%s" SINCE, one->place->name);
    }
    g_ptr_array_sort (making->made->places, by_code);
    for (guint i = 0; i < making->made->places->len; i++)
        ((kh_side *)making->made->places->pdata[i])->index = i;
}

/* ------------------------------------------------------------------ papers */

static const char *
period_of (kh_pool *pool, int first, int last)
{
    if (last == 0)
        return NULL;
    return first == last || first == 0 ? kh_pool_printf (pool, "%d", last) : kh_pool_printf (pool, "%d-%d", first, last);
}

static kh_paper *
read_paper (kh_pool *pool, kh_store_rows *rows)
{
    kh_paper *paper = kh_pool_new0 (pool, kh_paper, 1);
    paper->sha256 = kh_pool_strdup (pool, kh_store_rows_text (rows, SHA));
    paper->file = kh_pool_text (pool, kh_store_rows_text (rows, FILE_NAME));
    paper->path = kh_pool_text (pool, kh_store_rows_text (rows, PATH));
    paper->number = kh_pool_text (pool, kh_store_rows_text (rows, NUMBER));
    paper->title = kh_pool_text (pool, kh_store_rows_text (rows, TITLE));
    paper->issuer = kh_pool_text (pool, kh_store_rows_text (rows, ISSUER));
    paper->issuer_key = kh_pool_text (pool, kh_store_rows_text (rows, ISSUER_KEY));
    paper->date = kh_pool_text (pool, kh_store_rows_text (rows, DATE));
    int first = year_of (kh_store_rows_text (rows, START)), last = year_of (kh_store_rows_text (rows, END));
    paper->period = period_of (pool, first, last != 0 ? last : first);
    paper->last_year = last != 0 ? last : first != 0 ? first : year_of (paper->date);
    paper->first_year = first != 0 ? first : paper->last_year;
    return paper;
}

/* Does the title have all the words? */
static gboolean
is_titled (const kh_paper *paper, char **words)
{
    g_autofree char *folded = kh_viet_fold (paper->title == NULL ? "" : paper->title),
                    *title = g_strconcat (" ", folded, " ", NULL);
    for (guint i = 0; words[i] != NULL; i++) {
        g_autofree char *word = g_strconcat (" ", words[i], " ", NULL);
        if (*words[i] != '\0' && strstr (title, word) == NULL)
            return FALSE;
    }
    return TRUE;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
    const kh_paper *x = *(kh_paper *const *)a, *y = *(kh_paper *const *)b;
    if (x->place->index != y->place->index)
        return x->place->index < y->place->index ? -1 : 1;
    int dates = -g_strcmp0 (x->date, y->date), numbers = g_strcmp0 (x->number, y->number);
    return dates != 0                     ? dates
           : x->last_year != y->last_year ? y->last_year - x->last_year
           : numbers != 0                 ? numbers
                                          : strcmp (x->sha256, y->sha256);
}

/* The number, body and day of a paper, by which a copy of it is known; NULL when it cannot be. The caller frees. */
static char *
identity (const kh_paper *paper)
{
    const char *body = paper->issuer_key != NULL ? paper->issuer_key : paper->issuer;
    if (paper->number == NULL || *paper->number == '/' || body == NULL || paper->date == NULL || strlen (paper->date) < 10)
        return NULL;
    g_autofree char *all = g_strdup_printf ("%s\t%s\t%s\t%s", paper->number, body, paper->date, paper->place->name);
    return kh_viet_fold (all);
}

/* Leaves out copies: of several scans of one plan the one with fewest places to look at stays. */
static void
drop_copies (kh_making *making, GArray *reviews)
{
    GPtrArray *papers = making->made->papers;
    g_autoptr (GHashTable) best = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* identity -> index + 1 */
    g_autoptr (GHashTable) dropped = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < papers->len; i++) {
        char *key = identity (papers->pdata[i]);
        guint known = key == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (best, key));
        if (key == NULL)
            continue;
        if (known == 0) {
            g_hash_table_insert (best, key, GUINT_TO_POINTER (i + 1));
            continue;
        }
        gboolean better = g_array_index (reviews, double, i) < g_array_index (reviews, double, known - 1);
        g_hash_table_add (dropped, papers->pdata[better ? known - 1 : i]);
        g_hash_table_insert (best, key, GUINT_TO_POINTER (better ? i + 1 : known));
    }
    guint kept = 0;
    for (guint i = 0; i < papers->len; i++) {
        kh_paper *paper = papers->pdata[i];
        if (g_hash_table_contains (dropped, paper))
            ((kh_side *)paper->place)->n_papers--;
        else
            papers->pdata[kept++] = paper;
    }
    making->made->n_copies = papers->len - kept;
    g_ptr_array_set_size (papers, (int)kept);
}

gboolean
kh_paper_holds (const kh_paper *paper, int year)
{
    return year == 0 || (paper->first_year <= year && year <= paper->last_year);
}

/* ------------------------------------------------------------------ which places are shown */

static gboolean
names_place (const kh_side *place, const char *asked)
{
    g_autofree char *since = g_strconcat (asked, SINCE, NULL);
    return g_strcmp0 (place->code, asked) == 0 || folds_alike (place->name, asked) || folds_alike (place->name, since);
}

static gboolean
is_province (const GPtrArray *provinces, const char *asked)
{
    for (guint i = 0; i < provinces->len; i++) {
        char **row = provinces->pdata[i];
        if (strcmp (row[CODE], asked) == 0 || strcmp (row[TODAY_CODE], asked) == 0 || folds_alike (row[NAME], asked) ||
            folds_alike (row[TODAY_NAME], asked))
            return TRUE;
    }
    return FALSE;
}

/* A place is shown when it was asked for by its name or code, or by that of a province that is part of it. */
static gboolean
choose_places (kh_making *making, const GPtrArray *provinces, GError **error)
{
    const kh_compare_options *options = making->options;
    GPtrArray *places = making->made->places;
    making->is_shown = kh_pool_new0 (making->pool, gboolean, places->len);
    for (guint i = 0; i < places->len; i++)
        making->is_shown[i] = options->places == NULL;
    for (guint n = 0; options->places != NULL && options->places[n] != NULL; n++) {
        gboolean found = FALSE;
        for (guint i = 0; i < places->len; i++)
            if (names_place (places->pdata[i], options->places[n]))
                found = making->is_shown[i] = TRUE;
        for (guint i = 0; i < making->made->papers->len; i++) {
            const kh_paper *paper = making->made->papers->pdata[i];
            if (folds_alike (paper->was, options->places[n]))
                found = making->is_shown[paper->place->index] = TRUE;
        }
        if (!found && !is_province (provinces, options->places[n])) {
            g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _ ("'%s' is no province, nor a body whose plans are compared"),
                         options->places[n]);
            return FALSE;
        }
    }
    return TRUE;
}

/* "An Giang, Kiên Giang": of each place that its papers came to from several provinces. */
static void
name_parts (kh_making *making)
{
    for (guint i = 0; i < making->made->papers->len; i++) {
        const kh_paper *paper = making->made->papers->pdata[i];
        kh_side *place = making->made->places->pdata[paper->place->index];
        if (paper->was == NULL)
            continue;
        g_auto (GStrv) named = g_strsplit (place->made_of == NULL ? "" : place->made_of, ", ", -1);
        if (!g_strv_contains ((const char *const *)named, paper->was))
            place->made_of =
                place->made_of == NULL ? paper->was : kh_pool_printf (making->pool, "%s, %s", place->made_of, paper->was);
    }
}

gboolean
kh_making_papers (kh_making *making, GError **error)
{
    const kh_compare_options *options = making->options;
    kh_comparison *made = making->made;
    g_autoptr (kh_store_rows) rows = kh_store_query (making->store, PAPERS, NULL, 0, error);
    if (rows == NULL)
        return FALSE;
    g_autoptr (GPtrArray) provinces = kh_list_rows ("provinces.tsv", 6);
    g_autoptr (GHashTable) drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GArray) reviews = g_array_new (FALSE, FALSE, sizeof (double));
    g_autofree char *folded = kh_viet_fold (options->title == NULL ? "" : options->title);
    g_auto (GStrv) words = g_strsplit (folded, " ", -1);
    g_autoptr (GError) failed = NULL;
    gboolean is_today = options->as_of >= MERGED_SINCE;
    while (kh_store_rows_next (rows, &failed)) {
        kh_paper *paper = read_paper (making->pool, rows);
        if (!is_titled (paper, words))
            continue;
        gboolean is_new = month_of (paper->date) >= MERGED_SINCE,
                 is_merged = n_merged (provinces, kh_store_rows_text (rows, T_CODE)) > 1;
        if (is_today && is_merged && !is_new)
            paper->was = kh_pool_text (making->pool, kh_store_rows_text (rows, P_NAME));
        paper->place = place_of (making, drafts, rows, is_today, !is_today && is_new && is_merged);
        double n_reviews = kh_store_rows_number (rows, REVIEWS);
        g_ptr_array_add (made->papers, paper);
        g_array_append_val (reviews, n_reviews);
    }
    if (failed != NULL) {
        g_propagate_error (error, g_steal_pointer (&failed));
        return FALSE;
    }
    if (made->papers->len > 2)
        drop_copies (making, reviews);
    settle_places (making, drafts);
    g_ptr_array_sort (made->papers, by_place);
    for (guint i = 0; i < made->papers->len; i++) {
        kh_paper *paper = made->papers->pdata[i];
        paper->index = i;
        g_hash_table_insert (making->by_sha, (gpointer)paper->sha256, paper);
    }
    name_parts (making);
    making->is_used = kh_pool_new0 (making->pool, gboolean, made->papers->len);
    for (guint i = 0; i < made->papers->len; i++)
        making->is_used[i] = kh_paper_holds (made->papers->pdata[i], options->year);
    return choose_places (making, provinces, error);
}
