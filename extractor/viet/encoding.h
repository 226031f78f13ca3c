/* encoding.h - text in the encodings of the 1990s becomes Unicode.
 *
 * Before Unicode, Vietnamese was typed in fonts that drew its letters at the bytes of Western ones: "KÕ ho¹ch" in TCVN3 (ABC) and
 * "Keá hoaïch" in VNI are both "Kế hoạch". Such text comes as bare bytes, or as those bytes read as CP1252 and saved as UTF-8.
 */
#ifndef KH_VIET_ENCODING_H
#define KH_VIET_ENCODING_H

#include <glib.h>

typedef enum kh_encoding {
    KH_ENCODING_UNICODE,
    KH_ENCODING_TCVN3, /* TCVN 5712:1993, "ABC": one byte a letter; toned capitals only in capital fonts */
    KH_ENCODING_VNI,   /* VNI Windows: a vowel, then a byte for its marks */
} kh_encoding;

/* Reads bytes of the encoding as UTF-8. A byte the encoding does not use is read as CP1252. The caller frees. */
char *kh_encoding_decode (const char *bytes, gsize length, kh_encoding encoding);

/* The other way, for tests and old programs: characters the encoding lacks become "?". `*length` (may be NULL) becomes the bytes
 * written. The caller frees. */
char *kh_encoding_encode (const char *text, kh_encoding encoding, gsize *length);

/* Is this a text file in a legacy encoding, as bare bytes or as UTF-8 of their CP1252 characters? Judged by how many of its words
 * are possible Vietnamese when decoded. Returns it as UTF-8 and sets `encoding`; NULL when it is no text, or sound as it is, or
 * no encoding makes sense of it. The caller frees. */
char *kh_encoding_heal (const char *bytes, gsize length, kh_encoding *encoding);

#endif
