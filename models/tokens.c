#include "tokens.h"

#include "corpus.h"
#include "viet/letters.h"
#include "viet/lm_format.h"
#include "viet/token.h"
#include "viet/viet.h"

#include <math.h>
#include <string.h>

#define MIN_SYLLABLE 4       /* occurrences of a type that is a possible syllable */
#define MIN_ABBREVIATION 12
#define MIN_OTHER 60
#define MAX_FORM_BYTES 24

/* A token as it is printed: its letters, and what it is; form NULL for a class. */
typedef void (*token_sink) (const char *form, kh_token kind, const char *printed, gpointer user_data);

typedef struct cutting {
    token_sink sink;
    gpointer user_data;
} cutting;

static void
cut_piece (const cutting *c, const char *piece)
{
    kh_word_parts parts = kh_word_take_apart (piece);
    if (parts.before != KH_TOKEN_CLASSES)
        c->sink (NULL, parts.before, "", c->user_data);
    if (parts.end > parts.start) {
        gboolean has_form = parts.core == KH_TOKEN_UNKNOWN || parts.core == KH_TOKEN_ABBREVIATION;
        g_autofree char *core = g_strndup (piece + parts.start, parts.end - parts.start);
        g_autofree char *form = has_form ? kh_token_form (core, strlen (core), parts.core) : NULL;
        c->sink (form, parts.core, core, c->user_data);
    }
    if (parts.after != KH_TOKEN_CLASSES)
        c->sink (NULL, parts.after, "", c->user_data);
}

static void
cut_line (char *line, gpointer user_data)
{
    const cutting *c = user_data;
    c->sink (NULL, KH_TOKEN_START, "", c->user_data);
    char *rest = NULL;
    for (char *word = strtok_r (line, " \t\r\n", &rest); word != NULL; word = strtok_r (NULL, " \t\r\n", &rest))
        for (gsize length; *word != '\0'; word += length) {
            length = kh_word_piece (word);
            g_autofree char *piece = g_strndup (word, length);
            cut_piece (c, piece);
        }
}

/* ------------------------------------------------------------------ vocabulary */

static void
count_type (const char *form, kh_token kind, const char *printed, gpointer user_data)
{
    (void) kind;
    (void) printed;
    if (form == NULL || strlen (form) > MAX_FORM_BYTES)
        return;
    GHashTable *counts = user_data;
    gpointer key, value;
    if (g_hash_table_lookup_extended (counts, form, &key, &value))
        g_hash_table_insert (counts, g_strdup (form), GUINT_TO_POINTER (GPOINTER_TO_UINT (value) + 1));
    else
        g_hash_table_insert (counts, g_strdup (form), GUINT_TO_POINTER (1));
}

typedef struct counted {
    char *form;
    guint count;
} counted;

static int
more_frequent (gconstpointer a, gconstpointer b)
{
    const counted *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp (x->form, y->form);
}

static guint
least_count (const char *form)
{
    if (g_unichar_isupper (g_utf8_get_char (form)))
        return MIN_ABBREVIATION;
    return kh_viet_is_syllable (form) ? MIN_SYLLABLE : MIN_OTHER;
}

/* Letter trigrams of all types, each counted once: what a new word looks like. Interpolated with bigrams and single letters
 * (Witten & Bell 1991); [a][b][c] is the cost of c after a, b. */
static guint8 *
count_spelling (const GArray *types)
{
    enum { N = KH_N_LETTERS };
    g_autofree double *three = g_new0 (double, N * N * N), *two = g_new0 (double, N * N), *one = g_new0 (double, N);
    for (guint i = 0; i < types->len; i++) {
        guint a = 0, b = 0;
        for (const char *p = g_array_index (types, counted, i).form;; p = g_utf8_next_char (p)) {
            guint c = *p == '\0' ? 0 : kh_letter_number (g_utf8_get_char (p));
            three[(a * N + b) * N + c]++;
            two[b * N + c]++;
            one[c]++;
            a = b;
            b = c;
            if (*p == '\0')
                break;
        }
    }
    double all = 0;
    for (guint c = 0; c < N; c++)
        all += one[c];
    guint8 *costs = g_new (guint8, N * N * N);
    for (guint a = 0; a < N; a++)
        for (guint b = 0; b < N; b++) {
            double after_two = 0, kinds_two = 0, after_one = 0, kinds_one = 0;
            for (guint c = 0; c < N; c++) {
                after_two += three[(a * N + b) * N + c];
                kinds_two += three[(a * N + b) * N + c] > 0;
                after_one += two[b * N + c];
                kinds_one += two[b * N + c] > 0;
            }
            for (guint c = 0; c < N; c++) {
                double p1 = (one[c] + 1) / (all + N);
                double p2 = (two[b * N + c] + kinds_one * p1) / MAX (1, after_one + kinds_one);
                double p3 = (three[(a * N + b) * N + c] + kinds_two * p2) / MAX (1, after_two + kinds_two);
                double p = after_two > 0 ? p3 : after_one > 0 ? p2 : p1;
                costs[(a * N + b) * N + c] = (guint8) MIN (255, lround (-log (p) / KH_LM_STEP));
            }
        }
    return costs;
}

vocabulary
read_vocabulary (const GArray *recipe, gboolean hold_out)
{
    g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    cutting c = { count_type, counts };
    corpus_reader reader = { NULL, cut_line, &c };
    corpus_read (recipe, hold_out, &reader);
    g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (counted));
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init (&iter, counts);
    while (g_hash_table_iter_next (&iter, &key, &value)) {
        counted type = { key, GPOINTER_TO_UINT (value) };
        if (type.count >= MIN_NGRAM)
            g_array_append_val (types, type);
    }
    g_array_sort (types, more_frequent);
    vocabulary words = { g_ptr_array_new (), g_hash_table_new (g_str_hash, g_str_equal), count_spelling (types) };
    for (guint i = 0; i < KH_TOKEN_CLASSES; i++)
        g_ptr_array_add (words.forms, (gpointer) KH_TOKEN_NAMES[i]);
    for (guint i = 0; i < types->len && words.forms->len < G_MAXUINT16; i++) {
        const counted *type = &g_array_index (types, counted, i);
        if (type->count >= least_count (type->form))
            g_ptr_array_add (words.forms, g_strdup (type->form));
    }
    for (guint i = 0; i < words.forms->len; i++)
        g_hash_table_insert (words.ids, g_ptr_array_index (words.forms, i), GUINT_TO_POINTER (i));
    return words;
}

/* ------------------------------------------------------------------ text */

typedef struct filling {
    token_text text;
    const vocabulary *words;
    case_count *cases;
    int before;      /* case of the word before in this sentence: 0 small, 1 with a capital; -1: there is none */
} filling;

static void
begin_segment (const corpus_file *file, gpointer user_data)
{
    filling *f = ((const cutting *) user_data)->user_data;
    segment s = { f->text.tokens->len, file->weight2 };
    g_array_append_val (f->text.segments, s);
}

static void
add_token (const char *form, kh_token kind, const char *printed, gpointer user_data)
{
    filling *f = user_data;
    gpointer id = GUINT_TO_POINTER ((guint) kind);
    if (form != NULL)
        g_hash_table_lookup_extended (f->words->ids, form, NULL, &id);
    guint16 token = (guint16) GPOINTER_TO_UINT (id);
    g_array_append_val (f->text.tokens, token);

    kh_word_case form_case = kind == KH_TOKEN_UNKNOWN ? kh_word_case_of (printed) : KH_CASE_OTHER;
    int capital = form_case == KH_CASE_SMALL ? 0 : form_case == KH_CASE_CAPITAL ? 1 : -1;
    if (capital >= 0 && f->before >= 0)
        f->cases[token].seen[f->before][capital]++;
    f->before = kind == KH_TOKEN_COMMA ? 0 : capital;
}

token_text
read_text (const GArray *recipe, gboolean hold_out, const vocabulary *words, case_count *cases)
{
    filling f = { { g_array_new (FALSE, FALSE, sizeof (guint16)), g_array_new (FALSE, FALSE, sizeof (segment)) }, words, cases, -1 };
    cutting c = { add_token, &f };
    corpus_reader reader = { begin_segment, cut_line, &c };
    corpus_read (recipe, hold_out, &reader);
    return f.text;
}
