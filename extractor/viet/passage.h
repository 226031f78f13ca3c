/* passage.h - a stretch of text as the repair searches it: symbols, and the chunks they make.
 *
 *      "Th ờng  uyên, 12/KH"
 *       LL_LLL__LLLLS_OOSLL        symbols: L letter, _ space, S sign, O other (digits), ↵ break (line end)
 *       1  2    3     4            chunks: what stands between spaces, taken apart (token.h)
 *
 * A chunk of letters may be mended; one with digits, capitals that are no syllable, or signs inside is protected.
 */
#ifndef KH_VIET_PASSAGE_H
#define KH_VIET_PASSAGE_H

#include "viet/letters.h"
#include "viet/lexicon.h"
#include "viet/token.h"

#define KH_JUMP '\f' /* between lines of a page: what follows does not go on with what stands before */

typedef enum kh_symbol_kind {
    KH_SYMBOL_LETTER, /* Vietnamese or English */
    KH_SYMBOL_SPACE,
    KH_SYMBOL_BREAK,  /* end of line */
    KH_SYMBOL_SIGN,
    KH_SYMBOL_OTHER,  /* digits, foreign letters */
} kh_symbol_kind;

typedef struct kh_symbol {
    gsize at;         /* byte of the text */
    gunichar c;
    guint32 chunk;    /* that it belongs to; of a space, the one behind it */
    kh_letter letter;
    guint8 kind;      /* kh_symbol_kind */
} kh_symbol;

/* What else a word may be by the engine's account: its letters, and how many nats it is less likely than what was read. */
typedef struct kh_other {
    const char *word;
    float cost;
} kh_other;

typedef struct kh_chunk {
    guint32 start, end;           /* symbols; signs at its edges included */
    guint32 core_start, core_end; /* without them; equal when there is nothing else */
    guint8 before, after, core;   /* kh_token of the signs (KH_TOKEN_CLASSES: none) and of the core */
    guint8 print;                 /* kh_word_case of the core */
    gint8 case_before;            /* of the word before in this sentence and line: 0 small, 1 with a capital, -1 there is none */
    gboolean is_mendable;         /* the core is letters only */
    gboolean is_syllable;         /* and could be Vietnamese */
    guint32 parted_at;            /* symbol of the one sign inside that stands between letters (kế'hoạch, tổ.chức); 0: none */
    guint16 token;                /* of the core as it was read; KH_TOKEN_UNKNOWN when the vocabulary does not hold it */
    float confidence;             /* of the reading, 0..1; 0: a scrap that is hardly text at all */
    const kh_other *others;       /* what else it may be; NULL: nothing */
    float spelling;               /* ln p of the letters of an unknown core */
} kh_chunk;

/* How sure the reading of a stretch of text is; it reaches to the start of the next. */
typedef struct kh_certainty {
    gsize at;
    float confidence;
    const kh_other *others; /* of the one word that it is; ended by one without word. NULL: none */
} kh_certainty;

/* What another reading of the same page (its image) says a stretch of the text is: one word, no signs around it. */
typedef struct kh_hint {
    gsize at, end;    /* bytes of the text */
    const char *word; /* in normal form */
    float confidence;
} kh_hint;

/* A text and what is known of how it was read. */
typedef struct kh_reading {
    const char *text;            /* UTF-8 in normal form */
    gsize length;                /* bytes */
    float confidence;            /* where `certain` says nothing */
    const kh_certainty *certain; /* ascending */
    guint n_certain;
    const kh_hint *hints;        /* ascending, not overlapping */
    guint n_hints;
    gboolean lines_flow;         /* words and codes may go on in the next line (a text; not a page, whose words have places) */
} kh_reading;

typedef struct kh_passage {
    const kh_reading *reading;
    gsize start, end; /* bytes of its text */
    GArray *symbols;  /* of kh_symbol */
    GArray *chunks;   /* of kh_chunk */
    double stops_for_commas; /* share of commas that were read as full stops, told from small letters behind stops; never 0 */
} kh_passage;

/* Remembers words already looked up, from passage to passage. */
typedef struct kh_word_memory kh_word_memory;
kh_word_memory *kh_word_memory_new (const kh_lm *lm);
void kh_word_memory_free (kh_word_memory *memory);

/* An empty passage, to be filled again and again. The caller clears. */
void kh_passage_init (kh_passage *passage);
void kh_passage_clear (kh_passage *passage);

/* Fills the passage from the bytes [start, end) of a reading, which must outlive it. */
void kh_passage_fill (kh_passage *passage, kh_word_memory *memory, const kh_reading *reading, gsize start, gsize end);

/* The text of the symbols [start, end). The caller frees. */
char *kh_passage_copy (const kh_passage *passage, guint32 start, guint32 end);

static inline const kh_symbol *kh_passage_symbol (const kh_passage *p, guint i) { return &g_array_index (p->symbols, kh_symbol, i); }
static inline kh_chunk *kh_passage_chunk (const kh_passage *p, guint i) { return &g_array_index (p->chunks, kh_chunk, i); }

/* Does a sentence go on with the chunk: a small word of two letters or more, with no sign before it ("l)" counts a list)? */
static inline gboolean
kh_chunk_goes_on (const kh_chunk *chunk)
{
    return chunk->is_mendable && chunk->print == KH_CASE_SMALL && chunk->core_start == chunk->start && chunk->core_end - chunk->core_start > 1;
}

#endif
