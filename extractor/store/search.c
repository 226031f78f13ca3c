/* search.c - tasks and targets by their words, as a person types them. */
#include "store/backend.h"

#define SEARCH_WORDS 32 /* more are not looked at */

/* Letters and digits of the folded text, in words: what the databases cut it into. */
static char **
words_of (const char *text)
{
    g_autofree char *folded = kh_store_fold (text);
    GPtrArray *words = g_ptr_array_new ();
    for (const char *p = folded; *p != '\0' && words->len < SEARCH_WORDS;) {
        const char *start = p;
        while (*p != '\0' && g_unichar_isalnum (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
        if (p > start)
            g_ptr_array_add (words, g_strndup (start, p - start));
        else
            p = g_utf8_next_char (p);
    }
    g_ptr_array_add (words, NULL);
    return (char **)g_ptr_array_free (words, FALSE);
}

kh_store_rows *
kh_store_search (kh_store *store, const char *words, const char *kind, guint limit, GError **error)
{
    g_auto (GStrv) list = words_of (words);
    g_autofree char *most = g_strdup_printf ("%u", limit > 0 ? limit : G_MAXINT32);
    if (list[0] == NULL)
        return kh_store_query (store, "SELECT sha256, id, '' FROM tasks WHERE sha256 IS NULL", NULL, 0, error);
    g_autofree char *all = store->backend->all_words (list), *phrase = store->backend->phrase (list);
    return kh_store_query (store, kh_store_statement (store, KH_SQL_SEARCH), (const char *[]){ all, phrase, kind, most }, 4,
                           error);
}
