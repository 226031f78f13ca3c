/* spelling.c - see spelling.h. */
#include "ocr/spelling.h"

#include "base/error.h"
#include "base/intl.h"

#define UNKNOWN -16.0 /* ln p of what the model does not hold */

struct kh_spelling {
    GMappedFile *file;
    guint n_symbols, n_entries;
    const guint32 *points;  /* of the symbols 1, 2, ... */
    const guint64 *entries;
};

kh_spelling *
kh_spelling_open (const char *path, GError **error)
{
    GMappedFile *file = g_mapped_file_new (path, FALSE, NULL);
    const char *data = file == NULL ? NULL : g_mapped_file_get_contents (file);
    gsize length = file == NULL ? 0 : g_mapped_file_get_length (file);
    const kh_spelling_header *header = (const void *) data;
    gboolean good = length >= sizeof *header && header->magic == KH_SPELLING_MAGIC && header->n_symbols % 2 == 0 && header->n_symbols < 256
                    && length == sizeof *header + header->n_symbols * sizeof (guint32) + (guint64) header->n_entries * sizeof (guint64);
    if (!good) {
        g_set_error (error, KH_ERROR, KH_ERROR_MODEL, _ ("cannot load the model '%s'"), path);
        g_clear_pointer (&file, g_mapped_file_unref);
        return NULL;
    }
    kh_spelling *spelling = g_new0 (kh_spelling, 1);
    *spelling = (kh_spelling){ file, header->n_symbols, header->n_entries, (const guint32 *) (const void *) (header + 1), NULL };
    spelling->entries = (const guint64 *) (const void *) (spelling->points + spelling->n_symbols);
    return spelling;
}

void
kh_spelling_free (kh_spelling *spelling)
{
    if (spelling == NULL)
        return;
    g_mapped_file_unref (spelling->file);
    g_free (spelling);
}

guint8
kh_spelling_symbol (const kh_spelling *spelling, gunichar character)
{
    if (g_unichar_isdigit (character))
        character = KH_SPELLING_DIGIT;
    for (guint i = 0; i < spelling->n_symbols; i++)
        if (spelling->points[i] == character)
            return (guint8) (i + 1);
    return KH_SPELLING_EDGE;
}

/* The n-gram's entry; NULL when it is not there. */
static const guint64 *
find (const kh_spelling *spelling, guint64 ngram)
{
    guint low = 0, high = spelling->n_entries;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (spelling->entries[middle] >> 16 < ngram)
            low = middle + 1;
        else
            high = middle;
    }
    const guint64 *entry = spelling->entries + low;
    return low < spelling->n_entries && *entry >> 16 == ngram ? entry : NULL;
}

/* A history without its earliest symbol. */
static kh_spelling_history
shorter (kh_spelling_history history)
{
    for (guint shift = 8 * (KH_SPELLING_ORDER - 1); shift > 0; shift -= 8)
        if (history >> (shift - 8) != 0)
            return history & (((guint64)1 << (shift - 8)) - 1);
    return 0;
}

double
kh_spelling_score (const kh_spelling *spelling, kh_spelling_history history, guint8 symbol)
{
    double weight = 0;
    for (;; history = shorter (history)) {
        const guint64 *entry = find (spelling, history << 8 | symbol);
        if (entry != NULL)
            return weight - (double) (*entry >> 8 & 0xFF) * KH_SPELLING_STEP;
        if (history == 0)
            return UNKNOWN;
        const guint64 *context = find (spelling, history);
        if (context != NULL)
            weight -= (double) (*context & 0xFF) * KH_SPELLING_STEP;
    }
}
