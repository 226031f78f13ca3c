/* encoding_codec.h - text of CP1252 characters read in an encoding, without judging; for the files of encoding.h. */
#ifndef KH_VIET_ENCODING_CODEC_H
#define KH_VIET_ENCODING_CODEC_H

#include "viet/encoding.h"

/* Appends the text as the encoding reads it, letter for letter (capitals of TCVN3 stay small, MOJIBAKE and UNICODE stay as they
 * are). Returns how many letters the encoding has no use for. */
guint kh_encoding_read (GString *out, const char *text, gsize length, kh_encoding encoding);

/* Bytes as their CP1252 characters, appended as UTF-8. */
void kh_encoding_append_bytes (GString *out, const char *bytes, gsize length);

/* encoding_case.c: words of TCVN3's capital fonts, read as small letters, become capitals. Takes and gives allocated text. */
char *kh_tcvn3_restore_capitals (char *text);

#endif
