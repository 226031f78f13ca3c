/* channels_walk.h - what the proposals of channels.h share: the place they start from, and where the text goes on behind them. */
#ifndef KH_VIET_CHANNELS_WALK_H
#define KH_VIET_CHANNELS_WALK_H

#include "viet/channels.h"

#define COST_CHANGE 0.5        /* for any change, beside what misread.h says: text that is sound stays */
#define MOST_LOST_SPACES 8     /* spaces of one stretch that may be letters */

typedef struct kh_walk {
    const kh_passage *passage;
    const kh_channel_tables *tables;
    const kh_damage *damage;
    GArray *edges;
    guint32 word_start; /* symbol where the word begins, behind signs */
    guint8 before;      /* kh_token of those signs */
} kh_walk;

/* The symbol, NULL behind the last; is it one of this kind? The chunk it belongs to, NULL for none. */
const kh_symbol *kh_walk_symbol (const kh_walk *w, guint32 i);
gboolean kh_walk_is (const kh_walk *w, guint32 i, kh_symbol_kind kind);
const kh_chunk *kh_walk_chunk (const kh_walk *w, guint32 i);

/* Is it this kind of damage that is looked for? */
gboolean kh_walk_has (const kh_walk *w, kh_damage_kind kind);

/* May the chunk be mended? Letters may; in bare text also capitals that look like an abbreviation for want of marks (LUC for LỰC). */
gboolean kh_walk_may_mend (const kh_walk *w, const kh_chunk *chunk);
/* The same from symbol `i` on: behind the sign inside a chunk that a speck joined, letters may. */
gboolean kh_walk_may_mend_at (const kh_walk *w, guint32 i);

/* Adds the edge, ending at symbol `to`, with `cost` more than it has. */
void kh_walk_add (kh_walk *w, const kh_edge *edge, guint32 to, double cost);

/* Adds the edge once for each place the next word may begin at, behind the white space at `at`. Where letters became spaces, some
 * of the spaces may be the next word's. */
void kh_walk_land (kh_walk *w, const kh_edge *edge, guint32 at);

/* The class of the last of the signs at `*at`, which moves behind them; KH_TOKEN_CLASSES when there is none. */
guint8 kh_walk_signs (const kh_walk *w, guint32 *at);

/* -ln p that the token is printed in the case of the chunk. */
double kh_walk_cost_of_case (const kh_walk *w, const kh_chunk *chunk, guint16 token);

/* Lists go a), b), c), d), đ), e): bare of its bar, the second d is đ. The cost of taking the chunk for d or đ (`base`, `shape`) where the
 * item before speaks against it. */
double kh_walk_cost_of_list_order (const kh_walk *w, const kh_chunk *chunk, guint8 base, guint8 shape);

/* channels_whole.c: what a whole chunk may be, as it was read or nearly. */
void kh_walk_propose_whole (kh_walk *w, const kh_chunk *chunk);
/* channels_signs.c: the chunk with other signs or none, where the engine may have misread them. Returns what it costs to keep those that were
 * read. `as_read`: the chunk's own edge. */
double kh_walk_propose_signs (kh_walk *w, const kh_chunk *chunk, const kh_edge *as_read);
/* channels_lexicon.c: words of the lexicon from the walk's place on. */
void kh_walk_propose_words (kh_walk *w);
/* channels_others.c: what the engine took into account beside what it read. */
void kh_walk_propose_others (kh_walk *w, const kh_chunk *chunk);
/* channels_hints.c: words that another reading has there. */
void kh_walk_propose_hints (kh_walk *w);

#endif
