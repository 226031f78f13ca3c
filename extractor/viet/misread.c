#include "viet/misread.h"

#include "viet/ocr_costs.h"
#include "viet/token.h"

#include <math.h>
#include <string.h>

struct kh_misread {
    float marks[KH_N_LETTERS][KH_N_LETTERS]; /* [printed][read], by number */
    GHashTable *words;                       /* printed << 16 | read -> cost in WORD_COSTS */
};

kh_misread *
kh_misread_new (const kh_lm *lm)
{
    kh_misread *m = g_new0 (kh_misread, 1);
    for (guint i = 0; i < KH_N_LETTERS; i++)
        for (guint k = 0; k < KH_N_LETTERS; k++)
            m->marks[i][k] = MARK_COST_OTHERS;
    for (guint i = 0; i < G_N_ELEMENTS (MARK_COSTS); i++)
        m->marks[kh_letter_number (g_utf8_get_char (MARK_COSTS[i].printed))][kh_letter_number (g_utf8_get_char (MARK_COSTS[i].read))]
            = MARK_COSTS[i].cost;
    m->words = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (WORD_COSTS); i++) {
        guint32 printed = kh_lm_token (lm, WORD_COSTS[i].printed, KH_TOKEN_UNKNOWN), read = kh_lm_token (lm, WORD_COSTS[i].read, KH_TOKEN_UNKNOWN);
        if (printed != KH_TOKEN_UNKNOWN && read != KH_TOKEN_UNKNOWN)
            g_hash_table_insert (m->words, GUINT_TO_POINTER (printed << 16 | read), (gpointer) &WORD_COSTS[i].cost);
    }
    return m;
}

void
kh_misread_free (kh_misread *m)
{
    if (m == NULL)
        return;
    g_hash_table_unref (m->words);
    g_free (m);
}

double
kh_misread_error (float confidence)
{
    if (confidence < 0.9f)
        return ERROR_BY_TENTH[(guint) (CLAMP (confidence, 0, 0.89f) * 10)];
    float place = (MIN (confidence, 1) - 0.9f) * 100, before = floorf (place), part = place - before;
    guint i = (guint) before;
    return i + 1 < G_N_ELEMENTS (ERROR_BY_HUNDREDTH) ? ERROR_BY_HUNDREDTH[i] * (1 - part) + ERROR_BY_HUNDREDTH[i + 1] * part
                                                     : ERROR_BY_HUNDREDTH[i];
}

double
kh_misread_mark (const kh_misread *m, kh_letter printed, kh_letter read)
{
    return m->marks[kh_letter_number (kh_letter_put_together (printed))][kh_letter_number (kh_letter_put_together (read))];
}

gboolean
kh_misread_word (const kh_misread *m, guint16 printed, guint16 read, double *cost)
{
    const float *known = g_hash_table_lookup (m->words, GUINT_TO_POINTER ((guint32) printed << 16 | read));
    if (known != NULL)
        *cost = *known;
    return known != NULL;
}

int
kh_misread_letter (guint8 read, guint i, double *cost)
{
    for (guint k = 0; k < G_N_ELEMENTS (LETTER_COSTS); k++)
        if (LETTER_COSTS[k].read - 'a' == read && i-- == 0) {
            *cost = LETTER_COSTS[k].cost;
            return LETTER_COSTS[k].printed - 'a';
        }
    return -1;
}

/* Signs that plans do not have cost nothing; dashes are often meant (báo chí - xuất bản). */
double
kh_misread_speck (gunichar sign)
{
    static const struct {
        const char *signs;
        double cost;
    } COSTS[] = { { "~`_¡|\\^¬¦§®©°¸´¨", 0 }, { "-–—", 8 }, { ".", 3 }, { "'‘’,:;", 3.5 } };
    char one[8] = "";
    one[g_unichar_to_utf8 (sign, one)] = '\0';
    for (guint i = 0; i < G_N_ELEMENTS (COSTS); i++)
        if (strstr (COSTS[i].signs, one) != NULL)
            return COSTS[i].cost;
    return INFINITY;
}
