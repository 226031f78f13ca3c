/* letters.h - what a Vietnamese letter is made of: a base, a shape, a tone, a case.
 *
 *      ặ  =  a  +  breve  +  dot          Ở  =  o  +  horn  +  hook, a capital          đ  =  d  +  bar
 *
 * Reading and repair compare letters part by part: OCR mistakes tones far more often than shapes, and shapes far more often
 * than bases; a tone belongs to the whole syllable, wherever it is printed (hòa = hoà).
 */
#ifndef KH_VIET_LETTERS_H
#define KH_VIET_LETTERS_H

#include <glib.h>

typedef enum kh_tone { KH_TONE_NONE, KH_TONE_GRAVE, KH_TONE_ACUTE, KH_TONE_HOOK, KH_TONE_TILDE, KH_TONE_DOT, KH_N_TONES } kh_tone;
typedef enum kh_shape { KH_SHAPE_PLAIN, KH_SHAPE_CIRCUMFLEX, KH_SHAPE_BREVE, KH_SHAPE_HORN, KH_SHAPE_BAR, KH_N_SHAPES } kh_shape;

#define KH_N_BASES 26 /* a to z */
#define KH_NO_BASE 255

typedef struct kh_letter {
    guint8 base;  /* 0 .. 25 for a .. z; KH_NO_BASE: no letter of Vietnamese or English */
    guint8 shape; /* kh_shape */
    guint8 tone;  /* kh_tone */
    guint8 upper; /* 1: a capital */
} kh_letter;

/* The parts of a composed (NFC) character. */
kh_letter kh_letter_take_apart (gunichar c);

/* The composed character of these parts; 0 when there is none (a horn on an e). */
gunichar kh_letter_put_together (kh_letter letter);

/* Letters without their case have a number, 1 .. KH_N_LETTERS - 1; 0 is everything else, the edge of a word among it. For tables
 * that are indexed by letters. */
#define KH_N_LETTERS 94
guint8 kh_letter_number (gunichar c);

#endif
