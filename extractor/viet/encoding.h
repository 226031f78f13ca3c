/* encoding.h - text in the encodings of the 1990s becomes Unicode.
 *
 * Before Unicode, Vietnamese was typed in fonts that drew its letters at the bytes of Western ones: "KÕ ho¹ch" in TCVN3 (ABC),
 * "Keá hoaïch" in VNI; by mail it was typed with ASCII signs, "Ke^' hoa.ch" (VIQR). Such text comes as bare bytes, or as those
 * bytes read as CP1252 or Latin-1 and saved as UTF-8. Unicode itself may have been read as CP1252 ("Káº¿ hoáº¡ch"), once or more.
 *
 * Nothing says which it is, and one document may mix them. So every word is read in each encoding and weighed as Vietnamese
 * (encoding_score.h), and the cheapest way through all words is taken, where changing the encoding costs something: least between
 * lines, more between the words of one line. A word that could be either goes with those beside it.
 */
#ifndef KH_VIET_ENCODING_H
#define KH_VIET_ENCODING_H

#include <glib.h>

typedef enum kh_encoding {
    KH_ENCODING_UNICODE,
    KH_ENCODING_TCVN3,    /* TCVN 5712:1993, "ABC": one byte a letter; toned capitals only in capital fonts */
    KH_ENCODING_VNI,      /* VNI Windows: a vowel, then a byte for its marks */
    KH_ENCODING_VPS,      /* one byte a letter */
    KH_ENCODING_VISCII,   /* RFC 1456: one byte a letter */
    KH_ENCODING_VIQR,     /* RFC 1456: ASCII, a vowel, then signs for its marks */
    KH_ENCODING_CP1258,   /* Windows-1258: shaped vowels, then a byte for the tone */
    KH_ENCODING_MOJIBAKE, /* UTF-8 read as CP1252 or Latin-1 */
    KH_N_ENCODINGS
} kh_encoding;

/* As printed in records: "TCVN3". Static. */
const char *kh_encoding_name (kh_encoding encoding);

/* The other way, in any case ("tcvn3"). FALSE when there is none of that name. */
gboolean kh_encoding_parse (const char *name, kh_encoding *encoding);

/* ------------------------------------------------------------------ when it is known which */

/* Reads bytes of the encoding as UTF-8. A byte the encoding does not use is read as CP1252. The caller frees. */
char *kh_encoding_decode (const char *bytes, gsize length, kh_encoding encoding);

/* The same for UTF-8 text that shows the CP1252 or Latin-1 characters of the bytes; characters that are no byte stay. The caller
 * frees. */
char *kh_encoding_decode_text (const char *text, kh_encoding encoding);

/* The other way, for tests and old programs: characters the encoding lacks become "?". Capitals of TCVN3 that only its capital
 * font has become the bytes of small letters. `*length` (may be NULL) becomes the bytes written. The caller frees. */
char *kh_encoding_encode (const char *text, kh_encoding encoding, gsize *length);

/* ------------------------------------------------------------------ one run of text */

/* Which encoding is this run of UTF-8 text in (the words of one font on a page, parted by spaces)? UNICODE when it is sound as it
 * is or nothing makes sense of it. `font` (may be NULL) tips the scale, no more: many a file in ".VnTime" is Unicode. */
kh_encoding kh_encoding_detect (const char *text, const char *font);

/* Is it a font of TCVN3 that shows small letters as capitals (".VnTimeH")? Text decoded of it is to be put in capitals. */
gboolean kh_encoding_is_capital_font (const char *font);

/* ------------------------------------------------------------------ whole files */

/* A text file, as bare bytes or UTF-8, decided run by run. Returns UTF-8; NULL when nothing had to change, or it is no text.
 * `encoding` becomes that of most of what changed, UNICODE when nothing did. The caller frees. */
char *kh_encoding_heal (const char *bytes, gsize length, kh_encoding *encoding);

/* The same piece by piece, in bounded memory: what was found in one piece is what the next is first taken for.
 *
 *   kh_healer *healer = kh_healer_new ();
 *   while (a piece, cut behind a line end)
 *       healed = kh_healer_next (healer, piece, length);   NULL: write the piece as it is
 *   kh_healer_free (healer);
 */
typedef struct kh_healer kh_healer;

kh_healer *kh_healer_new (void);
void kh_healer_free (kh_healer *healer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_healer, kh_healer_free)

/* The piece as UTF-8; NULL when nothing had to change (it may be no UTF-8 even so: a text in Latin-1). The caller frees. */
char *kh_healer_next (kh_healer *healer, const char *bytes, gsize length);

/* The encoding of most of what changed up to now; UNICODE when nothing did. */
kh_encoding kh_healer_encoding (const kh_healer *healer);

/* Words in that encoding up to now that told it from others. */
guint64 kh_healer_words (const kh_healer *healer, kh_encoding encoding);

#endif
