/* Targets that cannot both hold.
 *
 * Two targets say the same when the words around their figures do - the words of figures, bounds and intent put aside - and they
 * are due on the same day, counted in the same unit and compared with the same. Then they contradict when no value satisfies both:
 *
 *     Tối thiểu 90% hồ sơ được nộp trực tuyến      ≥ 90      the table: Tỷ lệ hồ sơ nộp trực tuyến   85%      contradict
 *     Phấn đấu 95% hồ sơ được nộp trực tuyến       = 95      ≥ 90                                             do not
 *
 * Figures of one sentence ("tối thiểu 85%, phấn đấu 95%"), of one table (groups repeat their rows) and of sections side by side
 * ("a) Cấp tỉnh", "b) Cấp xã") may differ and are not compared.
 */
#include "plan/parts.h"
#include "plan/targets.h"

#include "plan/pattern.h"
#include "plan/tasks.h"

#include <math.h>
#include <string.h>

#define FEWEST_WORDS 3 /* fewer say too little to be the same */

static int
by_alphabet (gconstpointer a, gconstpointer b)
{
    return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The words that tell what is meant, in order of the alphabet, one space between. */
static char *
essence (const char *words)
{
    static GRegex *unsaid;
    GRegex *regex = kh_pattern ("[0-9]\\S*|%|[^a-z ]|\\b(?:toi thieu|it nhat|toi da|khong (?:qua|duoi|vuot qua)|tro len|tro xuong|phan dau|dat|dam bao|bao dam|hoan thanh|den (?:het )?nam|"
                                "nam|trong do|tren|duoi|hon|ty le|so luong|so|muc|duoc|cac|cua|va|tu|thuc hien|co|la|tren tong so|tong so|trong tong so|theo quy dinh)(?![a-z])",
                                &unsaid);
    g_autofree char *left = g_regex_replace_literal (regex, words, -1, 0, " ", 0, NULL);
    g_autoptr (GString) full = g_string_new (left != NULL ? left : "");
    g_string_replace (full, "thu tuc hanh chinh", "tthc", 0);
    g_string_replace (full, "van ban quy pham phap luat", "vbqppl", 0);
    g_auto (GStrv) list = g_strsplit (full->str, " ", -1);
    g_autoptr (GPtrArray) kept = g_ptr_array_new ();
    for (char **word = list; *word != NULL; word++)
        if (**word != '\0' && !g_ptr_array_find_with_equal_func (kept, *word, g_str_equal, NULL))
            g_ptr_array_add (kept, *word);
    g_ptr_array_sort (kept, by_alphabet);
    if (kept->len < FEWEST_WORDS)
        return NULL;
    g_ptr_array_add (kept, NULL);
    return g_strjoinv (" ", (char **)kept->pdata);
}

static gboolean
contradict (const kh_target *a, const kh_target *b)
{
    gboolean change = strchr ("+-", *a->comparator) != NULL;
    if (change || strchr ("+-", *b->comparator) != NULL)
        return *a->comparator == *b->comparator && a->value != b->value;
    double low = *a->comparator == '<' ? -INFINITY : a->value, high = *a->comparator == '>' ? INFINITY : a->value;
    double other_low = *b->comparator == '<' ? -INFINITY : b->value, other_high = *b->comparator == '>' ? INFINITY : b->value;
    return low > other_high || other_low > high;
}

/* Do the two stand where figures for the same may differ? */
static gboolean
stand_apart (const kh_record *record, const kh_target *a, const kh_claim *one, const kh_target *b, const kh_claim *other)
{
    if (g_strcmp0 (one->scope, other->scope) == 0)
        return TRUE;
    if (one->in_table && other->in_table)
        return FALSE;
    const kh_section *first = kh_section_with_id (record, a->section), *second = kh_section_with_id (record, b->section);
    return first != NULL && second != NULL && first != second && !one->in_table && !other->in_table && first->level == second->level &&
           g_strcmp0 (first->parent, second->parent) == 0;
}

void
kh_targets_compare (kh_pool *pool, kh_record *record, const GPtrArray *claims)
{
    guint n = MIN (record->targets->len, claims->len);
    g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < n; i++)
        g_ptr_array_add (said, essence (((kh_claim *)claims->pdata[i])->words));
    for (guint later = 1; later < n; later++) {
        const kh_target *b = record->targets->pdata[later];
        for (guint i = 0; said->pdata[later] != NULL && i < later; i++) {
            const kh_target *a = record->targets->pdata[i];
            if (said->pdata[i] == NULL || strcmp (said->pdata[i], said->pdata[later]) != 0 || g_strcmp0 (a->by, b->by) != 0 ||
                g_strcmp0 (a->topic, b->topic) != 0 || g_strcmp0 (a->unit.text, b->unit.text) != 0 ||
                g_strcmp0 (a->baseline.text.text, b->baseline.text.text) != 0 || !contradict (a, b) ||
                stand_apart (record, a, claims->pdata[i], b, claims->pdata[later]))
                continue;
            g_autofree char *pointer = g_strdup_printf ("/targets/%u/value", later);
            kh_plan_review (pool, record, pointer, "targets_contradict");
            break;
        }
    }
}
