/* measures.h - what a number counts or measures: "ngày làm việc", "%", "triệu đồng/người/năm", "nhà văn hóa", "đội viên".
 *
 * Words of several syllables are known from a list; among them the longest wins ("cán bộ", "lượt khách"). Of a word that is
 * not on it the first syllable is taken, or all up to "viên" (cộng tác viên).
 */
#ifndef KH_PLAN_MEASURES_H
#define KH_PLAN_MEASURES_H

#include "viet/fold.h"

/* The bytes of the unit that begins at folded byte `at`; 0 when none of the list begins there. */
gsize kh_measure_at (const kh_fold *fold, gsize at);

/* The bytes of "/100.000 dân", "/km2", "/người/năm" at folded byte `at`: what is counted per what. */
gsize kh_measure_per_at (const kh_fold *fold, gsize at);

/* As kh_measure_at(), but a word that is not on the list counts, too, unless it can only be the next part of the sentence (và, của, được
 * …). */
gsize kh_measure_or_word_at (const kh_fold *fold, gsize at);

/* Do the folded bytes [start, end) stand for one of `words` in the original? Without its marks it may be any word (giảm,
 * giám), so marks that are printed must be the right ones; a word that lost all of them counts. `words` ends with NULL. */
gboolean kh_fold_is_printed (const kh_fold *fold, gsize start, gsize end, const char *const *words);

#endif
