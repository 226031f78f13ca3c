/* text.h - text that knows where each piece of it stood.
 *
 *    str     "Trước ngày 30/6/2024"
 *    pieces   [0,8) -> word 41   [9,14) -> word 42   [15,24) -> word 43
 *
 * layout/ makes texts from words; plan/ finds values in `str` with ordinary
 * string functions and GRegex, and cuts them out with kh_text_slice(), which
 * keeps the words of the part. kh_value_of() then turns a text into a value
 * with evidence. Texts are immutable and live in the document's pool.
 */
#ifndef KH_CORE_TEXT_H
#define KH_CORE_TEXT_H

#include "core/page.h"

typedef struct kh_piece {
    gsize start, end;     /* bytes of str this word gave, end exclusive; ascending, disjoint */
    const kh_word *word;
} kh_piece;

typedef struct kh_text {
    const char *str;      /* UTF-8 NFC, one space between words, no line breaks, trimmed; never NULL, may be "" */
    gsize n_pieces;
    const kh_piece *pieces;
} kh_text;

/* Builder: words joined one after the other. */
typedef struct kh_text_builder {
    GString *str;
    GArray *pieces; /* of kh_piece */
} kh_text_builder;

void kh_text_builder_init (kh_text_builder *builder);
/* Appends a word, after a space when `spaced` and something stands before it. */
void kh_text_builder_add_word (kh_text_builder *builder, const kh_word *word, gboolean spaced);
/* Appends a whole text likewise. */
void kh_text_builder_add_text (kh_text_builder *builder, const kh_text *text, gboolean spaced);
/* Appends characters that no word gave (rare; they carry no evidence). */
void kh_text_builder_add_string (kh_text_builder *builder, const char *string);
/* Drops `n` bytes from the end (an end-of-line hyphen being healed). */
void kh_text_builder_chop (kh_text_builder *builder, gsize n);
/* The finished text, in the pool; the builder is cleared and must be initialised anew. */
kh_text kh_text_builder_finish (kh_text_builder *builder, kh_pool *pool);

/* The bytes [start, end) of `text`, trimmed of spaces, with the words they came from (a word cut
 * in two goes with both halves). `end` may lie past the end. */
kh_text kh_text_slice (kh_pool *pool, const kh_text *text, gsize start, gsize end);

/* Two texts as one, with a space between (an empty one adds nothing). */
kh_text kh_text_join (kh_pool *pool, const kh_text *a, const kh_text *b);

static inline gboolean kh_text_is_empty (const kh_text *text) { return text->str == NULL || *text->str == '\0'; }

/* Holds one of its words figures that were written by hand? */
gboolean kh_text_is_by_hand (const kh_text *text);

/* Does the last word of a line run on into the next without a space (a soft hyphen, "&", "/", "2021-")? */
gboolean kh_text_is_glued (const char *line, const char *next);
/* Do two tokens look like the halves of one? */
gboolean kh_text_is_halved (const char *first, const char *second);
gboolean kh_text_ends_sentence (const char *text);

/* How well it was read: mean confidence of the words, weighted by length; 0 without words. For rules that ask whether to believe what
 * they see; how likely the text is right is kh_text_trust(). */
float kh_text_confidence (const kh_text *text);

/* How likely all of its words are right: their trust multiplied; 0 without words. */
float kh_text_trust (const kh_text *text);

#endif
