/* spelling.h - how likely a character is after the five before it: what tells 100% from I00% where the ink does not.
 *
 * N-grams of characters of official Vietnamese, spaces, signs and capitals included. All digits are one symbol: the model
 * knows that a digit stands between digits, never which. Made by models/characters.c, mapped from a file, shared by all processes.
 */
#ifndef KH_OCR_SPELLING_H
#define KH_OCR_SPELLING_H

#include <glib.h>

/* The file, little-endian: kh_spelling_header | code points of the symbols 1, 2, ... (uint32 each) | entries (uint64 each, ascending).
 *
 * An entry is an n-gram: six symbols of a byte each, the last the character itself, those before it its history, 0 where it is shorter;
 * then -ln p and -ln of the weight with which shorter histories count after it, a byte each in steps of KH_SPELLING_STEP. */
#define KH_SPELLING_MAGIC 0x3153484bu /* "KHS1" */
#define KH_SPELLING_ORDER 6
#define KH_SPELLING_STEP (1.0 / 16)
#define KH_SPELLING_EDGE 1 /* the symbol of what is no character of the model: the ends of a line */
#define KH_SPELLING_DIGIT '0'

typedef struct kh_spelling_header {
    guint32 magic, n_symbols, n_entries, reserved;
} kh_spelling_header;

typedef struct kh_spelling kh_spelling;

/* The last symbols, one byte each, the latest lowest. */
typedef guint64 kh_spelling_history;
#define KH_SPELLING_START ((kh_spelling_history)KH_SPELLING_EDGE)

/* Maps a model. KH_ERROR_MODEL when it is missing or no model. The caller frees. */
kh_spelling *kh_spelling_open (const char *path, GError **error);
void kh_spelling_free (kh_spelling *spelling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_spelling, kh_spelling_free)

/* The symbol of a character. */
guint8 kh_spelling_symbol (const kh_spelling *spelling, gunichar character);

/* ln p of a symbol after a history. */
double kh_spelling_score (const kh_spelling *spelling, kh_spelling_history history, guint8 symbol);

/* The history that goes on with the symbol. */
static inline kh_spelling_history
kh_spelling_next (kh_spelling_history history, guint8 symbol)
{
    return (history << 8 | symbol) & (((guint64)1 << 8 * (KH_SPELLING_ORDER - 1)) - 1);
}

#endif
