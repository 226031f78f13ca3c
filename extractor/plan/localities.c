/* localities.c - a name is looked up as the longest run of capitalised words behind its kind; else as what of the run stands
 * before another kind or a dash ("XÃ BÌNH AN HUYỆN …", where all is in capitals). A part of a longer name is no name. */
#include "plan/localities.h"

#include <string.h>

#include "base/lists.h"

#define MOST_WORDS 6 /* of a name */

typedef enum list_level { LIST_DISTRICT, LIST_COMMUNE, LIST_COMMUNE_2025, N_LISTS } list_level;

static const struct {
    const char *word;
    kh_level level;
} kinds[] = {
    { "huyen", KH_LEVEL_DISTRICT }, { "huyen uy", KH_LEVEL_DISTRICT }, { "huyen doan", KH_LEVEL_DISTRICT }, { "quan", KH_LEVEL_DISTRICT },
    { "quan uy", KH_LEVEL_DISTRICT }, { "thi xa", KH_LEVEL_DISTRICT }, { "thi uy", KH_LEVEL_DISTRICT }, { "tx", KH_LEVEL_DISTRICT },
    { "tx.", KH_LEVEL_DISTRICT }, { "thanh pho", KH_LEVEL_DISTRICT }, { "thanh uy", KH_LEVEL_DISTRICT }, { "tp", KH_LEVEL_DISTRICT },
    { "tp.", KH_LEVEL_DISTRICT }, { "xa", KH_LEVEL_COMMUNE }, { "phuong", KH_LEVEL_COMMUNE }, { "thi tran", KH_LEVEL_COMMUNE },
    { "dac khu", KH_LEVEL_COMMUNE }, { "tinh", KH_LEVEL_DISTRICT }, /* the last one only ends a name */
};
#define N_KINDS (G_N_ELEMENTS (kinds) - 1)

/* A folded name as it is compared: without apostrophes (M'Drắk), "-" as a space. */
static char *
key_of (const char *name, gsize length)
{
    GString *key = g_string_new (NULL);
    for (gsize i = 0; i < length; i++) {
        char c = name[i] == '-' ? ' ' : name[i];
        if (c == '\'' || (c == ' ' && (key->len == 0 || key->str[key->len - 1] == ' ')))
            continue;
        g_string_append_c (key, c);
    }
    while (key->len > 0 && key->str[key->len - 1] == ' ')
        g_string_truncate (key, key->len - 1);
    return g_string_free (key, FALSE);
}

static void
add_name (GHashTable *table, const char *name, kh_provinces provinces)
{
    kh_provinces *set = g_hash_table_lookup (table, name);
    if (set == NULL)
        g_hash_table_insert (table, g_strdup (name), set = g_new0 (kh_provinces, 1));
    *set |= provinces;
}

/* A folded name without the word for its kind. */
static const char *
without_kind (const char *key)
{
    for (guint i = 0; i < N_KINDS; i++) {
        gsize n = strlen (kinds[i].word);
        if (kinds[i].level == KH_LEVEL_COMMUNE && strncmp (key, kinds[i].word, n) == 0 && key[n] == ' ')
            return key + n + 1;
    }
    return key;
}

/* Name -> its set of provinces (kh_provinces *), a table a list; communes since July 2025 with their kind and without. */
static GHashTable *
names_of (list_level level)
{
    static GHashTable **tables;
    if (g_once_init_enter (&tables)) {
        static const char *const levels[] = { "district", "commune", "commune_2025" };
        GHashTable **made = g_new0 (GHashTable *, N_LISTS);
        for (int i = 0; i < N_LISTS; i++)
            made[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
        g_autoptr (GPtrArray) rows = kh_list_rows ("localities.tsv", 3);
        for (guint i = 0; i < rows->len; i++) {
            char **row = g_ptr_array_index (rows, i);
            int at = 0;
            while (at < N_LISTS - 1 && strcmp (levels[at], row[0]) != 0)
                at++;
            g_auto (GStrv) codes = g_strsplit (row[2], " ", -1);
            kh_provinces set = 0;
            for (guint k = 0; codes[k] != NULL; k++)
                set |= kh_province_by_code (codes[k], at == LIST_COMMUNE_2025);
            g_autoptr (kh_pool) pool = kh_pool_new ();
            kh_fold *fold = kh_fold_new (pool, row[1]);
            g_autofree char *key = key_of (fold->str, fold->length);
            add_name (made[at], key, set);
            if (at == LIST_COMMUNE_2025)
                add_name (made[at], without_kind (key), set);
        }
        g_once_init_leave (&tables, made);
    }
    return tables[level];
}

static kh_provinces
look_up (list_level level, const char *key)
{
    const kh_provinces *set = g_hash_table_lookup (names_of (level), key);
    return set != NULL ? *set : 0;
}

/* `kind`: the word for it, folded; NULL: not said. One that the list has as of another kind was raised since. */
static void
look_up_both (const char *key, kh_level level, const char *kind, kh_provinces *before, kh_provinces *after)
{
    *before = look_up (level == KH_LEVEL_DISTRICT ? LIST_DISTRICT : LIST_COMMUNE, key);
    *after = 0;
    if (level == KH_LEVEL_DISTRICT)
        return;
    g_autofree char *whole = kind == NULL ? NULL : g_strconcat (kind, " ", key, NULL);
    *after = whole == NULL ? 0 : look_up (LIST_COMMUNE_2025, whole);
    if (*after == 0)
        *after = look_up (LIST_COMMUNE_2025, key);
}

void
kh_locality_of_name (const char *name, kh_level level, kh_provinces *before, kh_provinces *after)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_fold *fold = kh_fold_new (pool, name);
    g_autofree char *key = key_of (fold->str, fold->length);
    look_up_both (key, level, NULL, before, after);
}

/* The end of the run of words of a name that begins at folded byte `at`; `at` when none does. `stop`: where within it a dash or
 * another kind's word stands first (0: nowhere). */
static gsize
run_of_name (const kh_fold *fold, gsize at, gsize *stop)
{
    gsize end = at;
    int words = 0;
    *stop = 0;
    for (gsize p = at; p < fold->length && words <= MOST_WORDS + 2; words++) {
        gunichar first = g_utf8_get_char (fold->original + fold->at[p]);
        gboolean dash = fold->str[p] == '-' && p > at;
        if (!g_unichar_isupper (first) && !g_unichar_isdigit (first) && !dash)
            break;
        gsize n = strcspn (fold->str + p, " ,;:./()\"");
        for (guint i = 0; i < G_N_ELEMENTS (kinds) && *stop == 0 && p > at; i++) {
            gsize k = strlen (kinds[i].word);
            if (strncmp (fold->str + p, kinds[i].word, k) == 0 && !g_ascii_isalnum (fold->str[p + k]))
                *stop = p;
        }
        if (dash && *stop == 0)
            *stop = p;
        end = dash ? end : p + n;
        p += n;
        if (fold->str[p] != ' ')
            break;
        p++;
    }
    return end;
}

/* The locality whose kind stands at folded byte `at`; FALSE when no name is behind it. */
static gboolean
locality_behind (const kh_fold *fold, gsize at, const char *kind, kh_level level, kh_locality *found)
{
    gsize n = strlen (kind);
    gsize name = at + n + (fold->str[at + n] == ' '), stop, end = run_of_name (fold, name, &stop);
    if (end <= name)
        return FALSE;
    *found = (kh_locality){ .level = level, .at = at, .end = end, .name_at = name };
    g_autofree char *whole = key_of (fold->str + name, end - name);
    look_up_both (whole, level, kind, &found->before, &found->after);
    if (found->before == 0 && found->after == 0 && stop > name) {
        g_autofree char *part = key_of (fold->str + name, stop - name);
        look_up_both (part, level, kind, &found->before, &found->after);
        found->end = stop - 1;
    }
    return TRUE;
}

gboolean
kh_locality_find (const kh_fold *fold, gsize from, kh_locality *found)
{
    for (gsize at = from; at < fold->length; at++) {
        if (at > 0 && g_ascii_isalnum (fold->str[at - 1]))
            continue;
        /* of several kinds (huyện, huyện đoàn) the longest, unless only another has a name that is listed: HUYỆN ĐOAN HÙNG */
        gsize longest = 0;
        gboolean listed = FALSE;
        for (guint i = 0; i < N_KINDS; i++) {
            gsize n = strlen (kinds[i].word);
            kh_locality here;
            if (strncmp (fold->str + at, kinds[i].word, n) != 0 || (fold->str[at + n] != ' ' && fold->str[at + n - 1] != '.')
                || !locality_behind (fold, at, kinds[i].word, kinds[i].level, &here))
                continue;
            gboolean is_listed = here.before != 0 || here.after != 0;
            if (is_listed == listed ? n > longest : is_listed) {
                *found = here;
                longest = n;
                listed = is_listed;
            }
        }
        if (longest > 0)
            return TRUE;
    }
    return FALSE;
}
