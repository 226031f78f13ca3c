#include "viet/lm.h"

#include "base/error.h"
#include "base/intl.h"
#include "viet/letters.h"
#include "viet/lm_format.h"
#include "viet/token.h"

#include <string.h>

#define NOWHERE G_MAXUINT32

typedef struct level {
    guint32 n;
    const guint32 *children_end; /* of the level above */
    const guint16 *word;
    const guint8 *log_p, *back_off;
} level;

struct kh_lm {
    GMappedFile *file;
    guint n_words;
    level levels[KH_LM_MAX_ORDER + 1];
    const char **forms;       /* by token */
    GHashTable *tokens;       /* form -> token */
    const guint8 (*cases)[2][2]; /* by token, case of the word before, case */
    const guint8 *spelling;   /* [letter before][letter][letter after] */
};

/* Walks the parts of the file; NULL when one reaches past its end. */
typedef struct reader {
    const char *data;
    gsize length, at;
} reader;

static const void *
take (reader *r, gsize size)
{
    gsize padded = (size + KH_LM_ALIGN - 1) / KH_LM_ALIGN * KH_LM_ALIGN;
    if (size > r->length || r->at > r->length - size)
        return NULL;
    const void *part = r->data + r->at;
    r->at += padded;
    return part;
}

/* Children must end in order and within their level, so that a damaged file cannot lead astray. */
static gboolean
is_ascending (const guint32 *ends, guint32 count, guint32 limit)
{
    for (guint32 i = 0; i < count; i++)
        if (ends[i] > limit || (i > 0 && ends[i] < ends[i - 1]))
            return FALSE;
    return TRUE;
}

static gboolean
read_levels (kh_lm *lm, reader *r, const kh_lm_header *header)
{
    for (guint n = 1; n <= KH_LM_MAX_ORDER; n++) {
        level *l = &lm->levels[n];
        l->n = header->n_nodes[n];
        if (n > 1) {
            l->children_end = take (r, header->n_nodes[n - 1] * sizeof (guint32));
            l->word = take (r, l->n * sizeof (guint16));
            if (l->children_end == NULL || l->word == NULL || !is_ascending (l->children_end, header->n_nodes[n - 1], l->n))
                return FALSE;
        }
        l->log_p = take (r, l->n);
        l->back_off = n < KH_LM_MAX_ORDER ? take (r, l->n) : NULL;
        if (l->log_p == NULL || (n < KH_LM_MAX_ORDER && l->back_off == NULL))
            return FALSE;
    }
    return lm->levels[1].n == lm->n_words;
}

static gboolean
read_vocabulary (kh_lm *lm, const char *strings, gsize size)
{
    if (size == 0 || strings[size - 1] != '\0')
        return FALSE;
    lm->forms = g_new0 (const char *, lm->n_words);
    const char *end = strings + size;
    for (guint i = 0; i < lm->n_words; i++) {
        if (strings >= end)
            return FALSE;
        lm->forms[i] = strings;
        g_hash_table_insert (lm->tokens, (gpointer) strings, GUINT_TO_POINTER (i));
        strings += strlen (strings) + 1;
    }
    return TRUE;
}

kh_lm *
kh_lm_open (const char *path, GError **error)
{
    g_autoptr (GError) cause = NULL;
    GMappedFile *file = g_mapped_file_new (path, FALSE, &cause);
    if (file == NULL) {
        g_set_error (error, KH_ERROR, KH_ERROR_MODEL, _("cannot open '%s': %s"), path, cause->message);
        return NULL;
    }
    kh_lm *lm = g_new0 (kh_lm, 1);
    lm->file = file;
    lm->tokens = g_hash_table_new (g_str_hash, g_str_equal);
    reader r = { g_mapped_file_get_contents (file), g_mapped_file_get_length (file), 0 };
    const kh_lm_header *header = take (&r, sizeof *header);
    gboolean good = header != NULL && header->magic == KH_LM_MAGIC && header->order == KH_LM_MAX_ORDER
                    && header->n_words > KH_TOKEN_CLASSES && header->n_words <= G_MAXUINT16;
    if (good) {
        lm->n_words = header->n_words;
        const char *strings = take (&r, header->string_bytes);
        lm->cases = take (&r, header->n_words * sizeof *lm->cases);
        lm->spelling = take (&r, KH_N_LETTERS * KH_N_LETTERS * KH_N_LETTERS);
        good = strings != NULL && lm->cases != NULL && lm->spelling != NULL && read_vocabulary (lm, strings, header->string_bytes)
               && read_levels (lm, &r, header);
    }
    if (good)
        return lm;
    g_set_error (error, KH_ERROR, KH_ERROR_MODEL, _("cannot open '%s': not a language model"), path);
    kh_lm_free (lm);
    return NULL;
}

void
kh_lm_free (kh_lm *lm)
{
    if (lm == NULL)
        return;
    g_hash_table_unref (lm->tokens);
    g_free (lm->forms);
    g_mapped_file_unref (lm->file);
    g_free (lm);
}

guint
kh_lm_size (const kh_lm *lm)
{
    return lm->n_words;
}

guint16
kh_lm_token (const kh_lm *lm, const char *form, guint16 otherwise)
{
    gpointer token;
    return g_hash_table_lookup_extended (lm->tokens, form, NULL, &token) ? (guint16) GPOINTER_TO_UINT (token) : otherwise;
}

const char *
kh_lm_form (const kh_lm *lm, guint16 token)
{
    return lm->forms[token];
}

double
kh_lm_case (const kh_lm *lm, guint16 token, gboolean after_capital, gboolean capital)
{
    return -KH_LM_STEP * lm->cases[token][after_capital != FALSE][capital != FALSE];
}

double
kh_lm_spelling (const kh_lm *lm, const char *letters, gsize length)
{
    guint a = 0, b = 0, steps = 0;
    for (const char *p = letters; p < letters + length; p = g_utf8_next_char (p)) {
        guint c = kh_letter_number (g_utf8_get_char (p));
        steps += lm->spelling[(a * KH_N_LETTERS + b) * KH_N_LETTERS + c];
        a = b;
        b = c;
    }
    steps += lm->spelling[(a * KH_N_LETTERS + b) * KH_N_LETTERS];
    return -KH_LM_STEP * steps;
}

/* The child of `node` (at level n) by `word`; NOWHERE when there is none. */
static guint32
child (const kh_lm *lm, guint n, guint32 node, guint16 word)
{
    if (node == NOWHERE)
        return NOWHERE;
    const level *l = &lm->levels[n + 1];
    guint32 low = node == 0 ? 0 : l->children_end[node - 1], end = l->children_end[node], high = end;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        if (l->word[middle] < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && l->word[low] == word ? low : NOWHERE;
}

kh_lm_state
kh_lm_start (const kh_lm *lm)
{
    (void) lm;
    return (kh_lm_state){ { KH_TOKEN_START, NOWHERE, NOWHERE } };
}

kh_lm_state
kh_lm_nowhere (void)
{
    return (kh_lm_state){ { NOWHERE, NOWHERE, NOWHERE } };
}

/* A history that nothing follows tells no more than a shorter one: forgetting it lets equal states be found equal. */
static guint32
history (const kh_lm *lm, guint n, guint32 node)
{
    if (node == NOWHERE)
        return NOWHERE;
    const guint32 *ends = lm->levels[n + 1].children_end;
    return ends[node] > (node == 0 ? 0 : ends[node - 1]) ? node : NOWHERE;
}

double
kh_lm_score (const kh_lm *lm, const kh_lm_state *state, guint16 token, kh_lm_state *next)
{
    guint32 found[KH_LM_MAX_ORDER + 1] = { 0, token };
    for (guint n = 1; n < KH_LM_MAX_ORDER; n++)
        found[n + 1] = child (lm, n, state->node[n - 1], token);
    guint steps = 0, n = KH_LM_MAX_ORDER;
    for (; n > 1 && found[n] == NOWHERE; n--)
        if (state->node[n - 2] != NOWHERE)
            steps += lm->levels[n - 1].back_off[state->node[n - 2]];
    steps += lm->levels[n].log_p[found[n]];
    for (guint k = 0; k < KH_LM_MAX_ORDER - 1; k++)
        next->node[k] = history (lm, k + 1, found[k + 1]);
    return -KH_LM_STEP * steps;
}
