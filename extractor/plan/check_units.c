#include "plan/checks.h"

#include <string.h>

#include "plan/parts.h"
#include "viet/fold.h"
#include "viet/viet.h"

#define OFTEN 3            /* times a name must stand for another to be a slip of it */
#define SHORTEST 8         /* letters of a name one letter may be wrong in */
#define SHORTEST_OF_TWO 14 /* … two */

/* A name as it is spelled, in small letters. */
typedef struct spelling {
    char *small, *folded;
    guint times;
} spelling;

static void
spelling_free (gpointer data)
{
    spelling *s = data;
    g_free (s->small);
    g_free (s->folded);
    g_free (s);
}

static void
count (GHashTable *spellings, const kh_value *unit)
{
    if (unit->text == NULL)
        return;
    g_autofree char *small = g_utf8_strdown (unit->text, -1);
    spelling *s = g_hash_table_lookup (spellings, small);
    if (s == NULL) {
        s = g_new0 (spelling, 1);
        s->small = g_strdup (small);
        s->folded = kh_viet_fold (small);
        g_hash_table_insert (spellings, s->small, s);
    }
    s->times++;
}

static void
count_all (GHashTable *spellings, const GPtrArray *units)
{
    for (guint i = 0; i < units->len; i++)
        count (spellings, g_ptr_array_index (units, i));
}

/* How often each name stands where units do. */
static GHashTable *
spellings_of (const kh_record *record)
{
    GHashTable *spellings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, spelling_free);
    for (guint i = 0; i < record->tasks->len; i++) {
        const kh_task *task = g_ptr_array_index (record->tasks, i);
        count_all (spellings, task->lead);
        count_all (spellings, task->coordinate);
    }
    for (guint i = 0; i < record->responsibilities->len; i++)
        count (spellings, &((const kh_responsibility *) g_ptr_array_index (record->responsibilities, i))->unit);
    count_all (spellings, record->recipients);
    return spellings;
}

/* Does the name stand in the running text of a section? */
static gboolean
is_in_prose (const kh_record *record, const char *small)
{
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        for (guint k = 0; k < section->paragraphs->len; k++) {
            const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, k);
            g_autofree char *text = paragraph->text.text != NULL ? g_utf8_strdown (paragraph->text.text, -1) : NULL;
            if (text != NULL && strstr (text, small) != NULL)
                return TRUE;
        }
    }
    return FALSE;
}

/* Two that are told apart by a figure are two ("Phòng Nghiệp vụ 1", "… II"). */
static gboolean
differ_in_figures (const char *a, const char *b)
{
    const char *word = a;
    for (; *a != '\0' && *a == *b; a++, b++)
        word = *a == ' ' ? a + 1 : word;
    gsize length = strcspn (word, " ");
    gboolean roman = length > 0 && strspn (word, "ivx") == length;
    return g_ascii_isdigit (*a) || g_ascii_isdigit (*b) || roman;
}

/* What is no Vietnamese word in it is a slip for certain; in text that no engine read, only that counts. */
static gboolean
has_odd_word (const char *name)
{
    g_auto (GStrv) words = g_strsplit_set (name, " -,&/()", -1);
    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0' && !kh_viet_is_syllable (words[i]))
            return TRUE;
    return FALSE;
}

/* Is there a name that stands often and differs from this one in a letter or two, or in its marks only? */
static gboolean
has_likeness (GHashTable *spellings, const spelling *one)
{
    GHashTableIter iter;
    gpointer value;
    gsize length = strlen (one->folded);
    g_hash_table_iter_init (&iter, spellings);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        const spelling *other = value;
        guint limit = length >= SHORTEST_OF_TWO ? 2 : 1;
        if (other == one || other->times < OFTEN || length < SHORTEST || kh_fold_distance (one->folded, other->folded, limit) > limit)
            continue;
        if (!differ_in_figures (one->folded, other->folded))
            return TRUE;
    }
    return FALSE;
}

void
kh_check_units (kh_pool *pool, kh_record *record)
{
    g_autoptr (GHashTable) spellings = spellings_of (record);
    for (guint i = 0; i < record->tasks->len; i++) {
        const kh_task *task = g_ptr_array_index (record->tasks, i);
        for (guint k = 0; k < task->lead->len; k++) {
            const kh_value *unit = g_ptr_array_index (task->lead, k);
            g_autofree char *small = unit->text != NULL ? g_utf8_strdown (unit->text, -1) : NULL;
            const spelling *one = small != NULL ? g_hash_table_lookup (spellings, small) : NULL;
            gboolean read = unit->seen.confidence < 0.9999f;
            if (one == NULL || one->times > 1 || !(read || has_odd_word (small)) || !has_likeness (spellings, one) || is_in_prose (record, small))
                continue;
            g_autofree char *pointer = g_strdup_printf ("/tasks/%u/lead/%u", i, k);
            kh_plan_review (pool, record, pointer, "unit_unlike_others");
        }
    }
}
