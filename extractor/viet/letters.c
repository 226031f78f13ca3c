#include "viet/letters.h"

#include <string.h>

static const gunichar TONE_MARKS[KH_N_TONES] = { 0, 0x300, 0x301, 0x309, 0x303, 0x323 };
static const gunichar SHAPE_MARKS[KH_N_SHAPES] = { 0, 0x302, 0x306, 0x31B, 0 };
/* The letters that bear a shape: â ê ô, ă, ơ ư; no ŷ, no ŭ. */
static const char *const SHAPE_BASES[KH_N_SHAPES] = { "abcdefghijklmnopqrstuvwxyz", "aeo", "a", "ou", "d" };

/* Vietnamese letters lie in two stretches of Unicode: below U+01B1 and at U+1EA0..U+1EF9. */
#define LOW_END 0x1B1
#define HIGH_START 0x1EA0
#define HIGH_END 0x1EFA
#define N_SLOTS (LOW_END + HIGH_END - HIGH_START)

typedef struct tables {
    kh_letter letters[N_SLOTS];
    guint8 numbers[N_SLOTS];
    gunichar composed[KH_N_BASES][KH_N_SHAPES][KH_N_TONES][2];
} tables;

static int
slot_of (gunichar c)
{
    return c < LOW_END ? (int) c : c >= HIGH_START && c < HIGH_END ? (int) (c - HIGH_START + LOW_END) : -1;
}

static guint8
find_mark (const gunichar *marks, guint n, gunichar mark)
{
    for (guint i = 1; i < n; i++)
        if (marks[i] != 0 && marks[i] == mark)
            return (guint8) i;
    return 0;
}

static kh_letter
decompose (gunichar c)
{
    kh_letter letter = { KH_NO_BASE, 0, 0, g_unichar_isupper (c) ? 1 : 0 };
    if (c == 0x110 || c == 0x111)
        return (kh_letter){ 'd' - 'a', KH_SHAPE_BAR, 0, c == 0x110 };
    gunichar base = c, rest, mark;
    while (base >= 0x80 && g_unichar_decompose (base, &rest, &mark)) {
        guint8 tone = find_mark (TONE_MARKS, KH_N_TONES, mark), shape = find_mark (SHAPE_MARKS, KH_N_SHAPES, mark);
        if (tone == 0 && shape == 0)
            return letter; /* ç: no mark of ours */
        letter.tone = tone != 0 ? tone : letter.tone;
        letter.shape = shape != 0 ? shape : letter.shape;
        base = rest;
    }
    gunichar lower = g_unichar_tolower (base);
    if (lower < 'a' || lower > 'z' || (letter.tone != 0 && strchr ("aeiouy", (int) lower) == NULL)
        || strchr (SHAPE_BASES[letter.shape], (int) lower) == NULL)
        return (kh_letter){ KH_NO_BASE, 0, 0, letter.upper };
    letter.base = (guint8) (lower - 'a');
    return letter;
}

static const tables *
get_tables (void)
{
    static tables made;
    static gsize once;
    if (g_once_init_enter (&once)) {
        guint8 number = 1;
        for (int slot = 0; slot < N_SLOTS; slot++) {
            gunichar c = (gunichar) (slot < LOW_END ? slot : slot - LOW_END + HIGH_START);
            kh_letter letter = made.letters[slot] = decompose (c);
            if (letter.base == KH_NO_BASE)
                continue;
            made.composed[letter.base][letter.shape][letter.tone][letter.upper] = c;
            if (!letter.upper && number < KH_N_LETTERS)
                made.numbers[slot] = number++;
        }
        g_once_init_leave (&once, 1);
    }
    return &made;
}

kh_letter
kh_letter_take_apart (gunichar c)
{
    int slot = slot_of (c);
    return slot >= 0 ? get_tables ()->letters[slot] : (kh_letter){ KH_NO_BASE, 0, 0, g_unichar_isupper (c) ? 1 : 0 };
}

gunichar
kh_letter_put_together (kh_letter letter)
{
    return letter.base < KH_N_BASES ? get_tables ()->composed[letter.base][letter.shape][letter.tone][letter.upper & 1] : 0;
}

guint8
kh_letter_number (gunichar c)
{
    kh_letter letter = kh_letter_take_apart (c);
    if (letter.base == KH_NO_BASE)
        return 0;
    letter.upper = 0;
    return get_tables ()->numbers[slot_of (kh_letter_put_together (letter))];
}
