#include "plan/unit_names.h"

#include <string.h>

#include "base/lists.h"
#include "viet/letters.h"
#include "viet/viet.h"

static void
token_clear (void *data)
{
    kh_unit_token *t = data;
    g_free (t->text);
    g_free (t->small);
    g_free (t->folded);
}

/* --- words ---------------------------------------------------------------------------------- */

/* The tone of an open oa, oe, uy on its first letter: hoà -> hòa, uỷ -> ủy; not of quy. */
static char *
with_old_tone (const char *word)
{
    glong n;
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast (word, -1, &n);
    if (n >= 2) {
        kh_letter first = kh_letter_take_apart (letters[n - 2]), last = kh_letter_take_apart (letters[n - 1]);
        gboolean is_oa = first.base == 'o' - 'a' && (last.base == 'a' - 'a' || last.base == 'e' - 'a'), is_uy = first.base == 'u' - 'a' && last.base == 'y' - 'a';
        gboolean after_q = n >= 3 && g_unichar_tolower (letters[n - 3]) == 'q';
        if ((is_oa || (is_uy && !after_q)) && first.shape == KH_SHAPE_PLAIN && last.shape == KH_SHAPE_PLAIN && first.tone == KH_TONE_NONE && last.tone != KH_TONE_NONE) {
            first.tone = last.tone;
            last.tone = KH_TONE_NONE;
            letters[n - 2] = kh_letter_put_together (first);
            letters[n - 1] = kh_letter_put_together (last);
        }
    }
    return g_ucs4_to_utf8 (letters, n, NULL, NULL, NULL);
}

static gboolean
is_word_char (gunichar c)
{
    return g_unichar_isalnum (c) || c == '\'' || c == 0x2019;
}

GArray *
kh_unit_tokens (const char *text)
{
    GArray *tokens = g_array_new (FALSE, TRUE, sizeof (kh_unit_token));
    g_array_set_clear_func (tokens, token_clear);
    gboolean spaced = FALSE;
    for (const char *p = text; *p;) {
        gunichar c = g_utf8_get_char (p);
        if (g_unichar_isspace (c)) {
            spaced = TRUE;
            p = g_utf8_next_char (p);
            continue;
        }
        const char *end = g_utf8_next_char (p);
        kh_unit_token t = { .spaced = spaced, .is_word = is_word_char (c) };
        while (t.is_word && *end && is_word_char (g_utf8_get_char (end)))
            end = g_utf8_next_char (end);
        g_autofree char *printed = g_strndup (p, end - p);
        t.text = t.is_word ? with_old_tone (printed) : g_strdup (printed);
        t.small = g_utf8_strdown (t.text, -1);
        t.folded = kh_viet_fold (t.text);
        g_autofree char *capitals = g_utf8_strup (t.text, -1);
        t.is_capitals = t.is_word && strcmp (capitals, t.text) == 0;
        t.is_joint = t.is_word ? strcmp (t.small, "và") == 0 : *t.folded != '\0' && strchr (",-&/.+", *t.folded) != NULL;
        if (t.is_joint && t.is_word)
            t.is_word = FALSE;
        g_array_append_val (tokens, t);
        spaced = FALSE;
        p = end;
    }
    return tokens;
}

/* --- the list ------------------------------------------------------------------------------- */

typedef enum manner { AS_SHORT = 'a', AS_WORD = 's', AS_PHRASE = 'p', AS_BARE = 'q' } manner; /* how a stretch is compared */

/* How words [from, to) are looked up in that manner: "a" and the capitals of a short form, "s" and a single word in small letters,
 * "p" and the letters of several words, the first with its marks, "q" and the letters alone. NULL: not so. */
static char *
key_of (const GArray *tokens, guint from, guint to, manner as)
{
    g_autoptr (GString) key = g_string_new (NULL);
    guint n_words = 0;
    g_string_append_c (key, (char) as);
    for (guint i = from; i < to; i++) {
        const kh_unit_token *t = &g_array_index (tokens, kh_unit_token, i);
        if (as != AS_SHORT && *t->folded == '/')
            return NULL; /* it parts names */
        if (!t->is_word)
            continue;
        n_words++;
        if (as == AS_SHORT && !t->is_capitals)
            return NULL;
        if (as == AS_SHORT)
            for (const char *p = t->text; *p; p = g_utf8_next_char (p))
                g_string_append_unichar (key, g_utf8_get_char (p) == 0x110 ? 'D' : g_utf8_get_char (p)); /* the bar is often lost */
        else
            g_string_append (key, as == AS_WORD || (as == AS_PHRASE && n_words == 1) ? t->small : t->folded);
    }
    if (as == AS_WORD ? n_words != 1 : as != AS_SHORT && n_words < 2)
        return NULL;
    return g_string_free (g_steal_pointer (&key), FALSE);
}

/* Is the form one of capitals alone ("KHĐT", "VP UBND")? */
static gboolean
is_short (const GArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const kh_unit_token *t = &g_array_index (tokens, kh_unit_token, i);
        if ((t->is_word || t->is_joint) && !t->is_capitals)
            return FALSE;
    }
    return TRUE;
}

static void
add_form (GHashTable *table, const char *context, const char *form, const char *canonical)
{
    g_autoptr (GArray) tokens = kh_unit_tokens (form);
    guint n_words = 0;
    for (guint i = 0; i < tokens->len; i++)
        n_words += g_array_index (tokens, kh_unit_token, i).is_word;
    manner as = is_short (tokens) ? AS_SHORT : n_words == 1 ? AS_WORD : AS_PHRASE;
    for (;; as = AS_BARE) {
        g_autofree char *key = key_of (tokens, 0, tokens->len, as);
        g_hash_table_insert (table, g_strconcat (context, "\t", key, NULL), g_strdup (canonical));
        if (as != AS_PHRASE)
            break;
    }
}

/* "context \t key" -> the one spelling. */
static GHashTable *
names (void)
{
    static GHashTable *table;
    if (g_once_init_enter (&table)) {
        GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
        g_autoptr (GPtrArray) rows = kh_list_rows ("units.tsv", 3);
        for (guint i = 0; i < rows->len; i++) {
            char **row = g_ptr_array_index (rows, i);
            g_auto (GStrv) contexts = g_strsplit (row[0], ",", -1), forms = g_strsplit (row[2], " | ", -1);
            for (guint c = 0; contexts[c] != NULL; c++) {
                add_form (made, contexts[c], row[1], row[1]);
                for (guint f = 0; forms[f] != NULL; f++)
                    if (*forms[f] != '\0')
                        add_form (made, contexts[c], forms[f], row[1]);
            }
        }
        g_once_init_leave (&table, made);
    }
    return table;
}

const char *
kh_unit_listed (const GArray *tokens, guint from, guint to, const char *const *contexts, guint n_contexts, gboolean in_capitals)
{
    static const manner manners[] = { AS_PHRASE, AS_SHORT, AS_WORD, AS_BARE };
    const kh_unit_token *first = &g_array_index (tokens, kh_unit_token, from);
    gboolean is_bare = TRUE;
    for (guint i = from; i < to; i++) {
        const kh_unit_token *t = &g_array_index (tokens, kh_unit_token, i);
        is_bare &= !t->is_word || g_str_is_ascii (t->text);
    }
    for (guint m = 0; m < G_N_ELEMENTS (manners); m++) {
        if (manners[m] == AS_BARE ? !is_bare : manners[m] == AS_SHORT && in_capitals && to == from + 1 && kh_viet_is_syllable (first->text))
            continue;
        g_autofree char *key = key_of (tokens, from, to, manners[m]);
        for (guint c = 0; key != NULL && c < n_contexts; c++) {
            g_autofree char *entry = contexts[c] == NULL ? NULL : g_strconcat (contexts[c], "\t", key, NULL);
            const char *canonical = entry == NULL ? NULL : g_hash_table_lookup (names (), entry);
            if (canonical != NULL)
                return canonical;
        }
    }
    return NULL;
}
