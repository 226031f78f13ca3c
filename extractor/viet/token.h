/* token.h - how the language model sees a text: a sequence of tokens.
 *
 *   "Trước ngày 30/6/2024, UBND tỉnh"  ->  trước | ngày | <n> | , | UBND | tỉnh
 *
 * A syllable stands for itself in lower case, with the older of the two tone placements (hòa, not hoà). Capitals that
 * are no syllable are an abbreviation and keep their form. Every number is one token, punctuation a few. What the vocabulary
 * does not hold is <unk> (or <abbr>). The trainer (models/train.c) and the repair use this same reading.
 */
#ifndef KH_VIET_TOKEN_H
#define KH_VIET_TOKEN_H

#include <glib.h>

/* Tokens that stand for classes; they head every vocabulary, in this order. */
typedef enum kh_token {
    KH_TOKEN_UNKNOWN,      /* <unk>: letters the vocabulary does not hold */
    KH_TOKEN_START,        /* <s> */
    KH_TOKEN_NUMBER,       /* <n>: digits in it, whatever else */
    KH_TOKEN_ABBREVIATION, /* <abbr>: capitals the vocabulary does not hold */
    KH_TOKEN_CODE,         /* <code>: letters mixed with signs: web addresses, a/b */
    KH_TOKEN_COMMA,
    KH_TOKEN_STOP,         /* . ! ? */
    KH_TOKEN_SEMICOLON,
    KH_TOKEN_COLON,
    KH_TOKEN_SIGN,         /* any other punctuation */
    KH_TOKEN_CLASSES,
} kh_token;

extern const char *const KH_TOKEN_NAMES[KH_TOKEN_CLASSES];

/* The class of a punctuation mark. */
kh_token kh_token_of_sign (gunichar c);

/* A printed word taken apart: signs before, what it is, signs after. */
typedef struct kh_word_parts {
    gsize start, end;          /* bytes of the core; start == end when there is none */
    kh_token before, after;    /* class of the last sign before and after the core, KH_TOKEN_CLASSES when there is none */
    kh_token core;             /* KH_TOKEN_NUMBER, _CODE, _ABBREVIATION (by its form), or _UNKNOWN: letters, to be looked up */
} kh_word_parts;

kh_word_parts kh_word_take_apart (const char *word);

/* The bytes of the first piece of a word: "tế-xã," is "tế-" and "xã,", "lý,bổ" is "lý," and "bổ"; what holds digits, capitals or other signs (QĐ-UBND, 12/KH, a/b,
 * an address) is one piece. */
gsize kh_word_piece (const char *word);

/* How a core of letters is printed. */
typedef enum kh_word_case {
    KH_CASE_SMALL,    /* tỉnh */
    KH_CASE_CAPITAL,  /* Tỉnh, and Ý alone */
    KH_CASE_CAPITALS, /* TỈNH */
    KH_CASE_OTHER,    /* tỈnh, and what has no case */
} kh_word_case;

kh_word_case kh_word_case_of (const char *core);

/* The form in which the vocabulary holds a core of letters: lower case and older tone placement, or as it is for an
 * abbreviation by its form. The caller frees. */
char *kh_token_form (const char *core, gsize length, kh_token kind);

#endif
