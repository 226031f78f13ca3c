/* numbers.h - numbers as they are printed in Vietnamese: digits, or small ones in words.
 *
 *     1.250     a dot groups thousands           12,5    a comma begins the fraction
 *     93.5      no group of three: a fraction    hai, mười, chín mươi
 */
#ifndef KH_PLAN_NUMBERS_H
#define KH_PLAN_NUMBERS_H

#include "viet/fold.h"

/* Reads a number at folded byte `at`: bytes it takes (0: none), its value. */
gsize kh_number_read (const kh_fold *fold, gsize at, double *value);

/* Reads a small number in words (một … mười) at folded byte `at`: bytes it takes, 0 when none stands there, or when it is not bound
 * ("ít nhất hai sáng kiến") or counts nothing known: such a word may mean anything else. */
gsize kh_number_word_at (const kh_fold *fold, gsize at, double *value);

/* The bytes in front of the digits at `at` that say the same in words: "chín mươi phần trăm (" of "… (90%)". */
gsize kh_number_words_before (const kh_fold *fold, gsize from, gsize at);
/* The bytes behind a number that ends at `at` that say the same in words: " (mười)" of "10 (mười) ngày". */
gsize kh_number_words_behind (const kh_fold *fold, gsize at);

#endif
