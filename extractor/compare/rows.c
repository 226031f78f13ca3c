/* Targets and tasks of the papers. */
#include "compare/parts.h"

#include "base/intl.h"
#include "base/limits.h"
#include "kehoach.h"

#include <stdlib.h>
#include <string.h>

static const char AIMS[] =
    "SELECT sha256, id, position, text, subject, comparator, value, unit, due, baseline, topic, page, confidence FROM targets"
    " ORDER BY sha256, position";
static const char DUTIES[] =
    "SELECT sha256, id, position, \"group\", number, text, lead, lead_key, product, deadline, deadline_start, deadline_end,"
    " page, confidence FROM tasks ORDER BY sha256, position";

typedef struct reader {
    kh_making *making;
    kh_store_rows *rows;
    int column;
} reader;

static const char *
next_text (reader *from)
{
    return kh_pool_text (from->making->pool, kh_store_rows_text (from->rows, from->column++));
}

static double
next_number (reader *from)
{
    return kh_store_rows_number (from->rows, from->column++);
}

/* A target; NULL when it was not asked for. */
static kh_aim *
read_aim (reader *from, const kh_paper *paper)
{
    const kh_compare_options *options = from->making->options;
    kh_aim *aim = kh_pool_new0 (from->making->pool, kh_aim, 1);
    aim->paper = paper;
    aim->id = next_text (from);
    aim->position = (guint)next_number (from);
    aim->text = next_text (from);
    aim->subject = next_text (from);
    aim->comparator = next_text (from);
    aim->value = next_number (from);
    aim->unit = next_text (from);
    aim->due = next_text (from);
    aim->baseline = next_text (from);
    aim->topic = next_text (from);
    aim->page = (int)next_number (from);
    aim->confidence = next_number (from);
    aim->year = aim->due != NULL ? atoi (aim->due) : paper->last_year;
    if (aim->comparator == NULL)
        aim->comparator = "=";
    if (options->year != 0 && aim->year != options->year)
        return NULL;
    if (options->topics != NULL && (aim->topic == NULL || !g_strv_contains (options->topics, aim->topic)))
        return NULL;
    from->making->is_used[paper->index] = TRUE;
    return aim;
}

/* A task; NULL when it says nothing or is not of the year. */
static kh_duty *
read_duty (reader *from, const kh_paper *paper)
{
    kh_duty *duty = kh_pool_new0 (from->making->pool, kh_duty, 1);
    duty->paper = paper;
    duty->id = next_text (from);
    duty->position = (guint)next_number (from);
    duty->group = next_text (from);
    duty->number = next_text (from);
    duty->text = next_text (from);
    duty->lead = next_text (from);
    duty->lead_key = next_text (from);
    duty->product = next_text (from);
    duty->deadline = next_text (from);
    duty->start = next_text (from);
    duty->end = next_text (from);
    duty->page = (int)next_number (from);
    duty->confidence = next_number (from);
    return duty->text == NULL || !kh_paper_holds (paper, from->making->options->year) ? NULL : duty;
}

static int
by_paper_aim (gconstpointer a, gconstpointer b)
{
    const kh_aim *x = *(kh_aim *const *)a, *y = *(kh_aim *const *)b;
    return x->paper->index != y->paper->index ? (x->paper->index > y->paper->index ? 1 : -1)
                                              : (x->position > y->position) - (x->position < y->position);
}

static int
by_paper_duty (gconstpointer a, gconstpointer b)
{
    const kh_duty *x = *(kh_duty *const *)a, *y = *(kh_duty *const *)b;
    return x->paper->index != y->paper->index ? (x->paper->index > y->paper->index ? 1 : -1)
                                              : (x->position > y->position) - (x->position < y->position);
}

/* Reads the rows of a table into `list`. */
static gboolean
read_rows (kh_making *making, gboolean are_aims, GPtrArray *list, GError **error)
{
    guint most = making->options->most_rows > 0 ? making->options->most_rows : KH_LIMIT_COMPARED_ROWS;
    g_autoptr (kh_store_rows) rows = kh_store_query (making->store, are_aims ? AIMS : DUTIES, NULL, 0, error);
    g_autoptr (GError) failed = NULL;
    if (rows == NULL)
        return FALSE;
    while (kh_store_rows_next (rows, &failed)) {
        const kh_paper *paper = g_hash_table_lookup (making->by_sha, kh_store_rows_text (rows, 0));
        reader from = { making, rows, 1 };
        gpointer row = paper == NULL ? NULL : are_aims ? (gpointer)read_aim (&from, paper) : (gpointer)read_duty (&from, paper);
        if (row == NULL)
            continue;
        if (list->len == most) {
            g_set_error (error, KH_ERROR, KH_ERROR_LIMIT,
                         _ ("more than %u %s to compare (choose with --title, --year or --topic)"), most,
                         are_aims ? _ ("targets") : _ ("tasks"));
            return FALSE;
        }
        g_ptr_array_add (list, row);
    }
    if (failed != NULL) {
        g_propagate_error (error, g_steal_pointer (&failed));
        return FALSE;
    }
    g_ptr_array_sort (list, are_aims ? by_paper_aim : by_paper_duty);
    return TRUE;
}

gboolean
kh_making_rows (kh_making *making, GError **error)
{
    guint parts = making->made->parts;
    gboolean aims = parts & (KH_COMPARE_TARGETS | KH_COMPARE_MISSING | KH_COMPARE_CHANGES);
    gboolean duties = parts & (KH_COMPARE_TASKS | KH_COMPARE_MISSING | KH_COMPARE_CHANGES) && making->options->topics == NULL;
    return (!aims || read_rows (making, TRUE, making->aims, error)) &&
           (!duties || read_rows (making, FALSE, making->duties, error));
}
