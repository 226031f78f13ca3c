/* encoding_tables.h - the tables of the encodings: which letter a byte or a sign stands for, and back.
 *
 *   one byte a letter      TCVN3, VPS, VISCII; CP1258 with its tones as combining characters
 *   a vowel, then a sign   VNI (one character says shape and tone), VIQR (one each)
 *
 * Bytes are met as the characters CP1252 or Latin-1 reads them as: text is text, wherever it came from.
 */
#ifndef KH_VIET_ENCODING_TABLES_H
#define KH_VIET_ENCODING_TABLES_H

#include "viet/encoding.h"

/* 256 letters by byte, 0 where the byte is none of the encoding's own. NULL when the encoding is no such table. */
const gunichar *kh_encoding_letters (kh_encoding encoding);

/* A sign behind a vowel and the combining characters it stands for; 0: none. */
typedef struct kh_mark_sign {
    gunichar sign, shape, tone;
} kh_mark_sign;

/* NULL when the character is no such sign. A capital vowel of VNI has its signs in capitals, too. */
const kh_mark_sign *kh_vni_mark (gunichar sign);
const kh_mark_sign *kh_viqr_mark (gunichar sign);

/* The sign for marks; 0: none. */
gunichar kh_vni_sign (gunichar shape, gunichar tone);
gunichar kh_viqr_sign (gunichar mark);

/* VNI's letters of one character ("ñ" is đ), there and back; 0: none. */
gunichar kh_vni_letter (gunichar sign);
gunichar kh_vni_letter_sign (gunichar letter);

/* The character CP1252 has at the byte; where it has none, the control character Latin-1 has. */
gunichar kh_cp1252_char (guint8 byte);

/* The byte CP1252 or Latin-1 reads as this character; -1: none. */
int kh_cp1252_byte (gunichar c);

/* The vowel, which may bear marks, with these as well (0: none); 0 when it has such a mark already or there is no such letter. */
gunichar kh_viet_compose (gunichar letter, gunichar shape, gunichar tone);

/* The letter's base and marks; 0 for marks it has not. */
void kh_viet_decompose (gunichar c, gunichar *base, gunichar *shape, gunichar *tone);

#endif
