/* repair.h - damaged text becomes sound text: a noisy channel, searched once.
 *
 *   text ── what happened to it? (damage.h) ── proposals of each kind of damage (channels.h) ── one search with the language
 *   model (search.h) ── changes
 *
 * Never touched: words with digits or signs in them (numbers, dates, document numbers, addresses), abbreviations, and words
 * that nothing better stands for. Every change says where, from what, to what, why and how sure.
 */
#ifndef KH_VIET_REPAIR_H
#define KH_VIET_REPAIR_H

#include "core/page.h"
#include "viet/channels.h"
#include "viet/lm.h"

typedef struct kh_repairer kh_repairer;

/* How sure the words of a text are that says nothing of how it was read. */
#define KH_TYPED_CONFIDENCE 0.9935f

/* A repairer with the model, which must outlive it. For one thread. The caller frees. */
kh_repairer *kh_repairer_new (const kh_lm *lm);
void kh_repairer_free (kh_repairer *repairer);

/* One change: `length` bytes of the text at `at` become `to`. */
typedef struct kh_change {
    gsize at, length;
    char *to;
    kh_repair_kind kind;
    float confidence; /* 0..1, calibrated: of the changes at 0.9, nine in ten are right */
} kh_change;

/* What happened to a text (its first KH_DAMAGE_SAMPLE_BYTES bytes are looked at). */
kh_damage kh_repairer_diagnose (kh_repairer *repairer, const char *text, gsize length);
/* The same, when letters are known to be lost but not which. */
kh_damage kh_repairer_find_lost_letters (kh_repairer *repairer, const char *text, gsize length);

/* Does a text, too, lack the letters that another of the same document lost? */
gboolean kh_repairer_lacks_letters (kh_repairer *repairer, const char *text, gsize length, const kh_damage *damage);

/* How likely a text is as Vietnamese as it stands: mean ln p of its words of letters, those behind a jump left out; 0 when it has none. */
double kh_repairer_likelihood (kh_repairer *repairer, const char *text, gsize length);

/* The changes that mend a text, in order, not overlapping, as an array of kh_change. The caller unrefs. `as_read` (may be NULL) has a number
 * for each of reading->certain, 1 at first, which becomes how likely its words are as they were read, of what was read and of what stands
 * around it (0..1; with KH_DAMAGE_OCR). */
GArray *kh_repairer_find_changes (kh_repairer *repairer, const kh_reading *reading, const kh_damage *damage, float *as_read);

/* The text with the changes made. The caller frees. */
char *kh_apply_changes (const char *text, gsize length, const GArray *changes);

/* ------------------------------------------------------------------ pages (repair_page.c) */

/* The page's words as one text, a printed line a line; where each begins and how sure it is into `certain` (of kh_certainty; may be
 * NULL), one a word. The caller frees. */
char *kh_page_text (const kh_page *page, GArray *certain);

/* Which letters the damaged text layers of a document (`pages` of kh_page) lost: where the images were read, those that their words have and the
 * layers have not; else told from the text of all of them, since a page may be short. */
kh_damage kh_repairer_find_letters_of_pages (kh_repairer *repairer, const GPtrArray *pages);

/* Mends the page's words in place: words may change, become one, part, or go. `page->image_words` are a second reading to compare
 * with. New texts are in `pool`. Returns how many changes were made. */
guint kh_repair_page (kh_repairer *repairer, kh_page *page, const kh_damage *damage, kh_pool *pool);

#endif
