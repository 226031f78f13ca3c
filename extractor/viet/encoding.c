/* Every word that is evidence is a step. At each step the text may be in any of the encodings, which adds the word's score in it
 * to the total; to change the encoding takes something off, more within a line than between two. The best total of all ways to a
 * step is kept for each encoding it may end in (Viterbi), then the best way is followed back:
 *
 *              Së   Néi   vô   | Sở   Nội   vụ
 *   Unicode    -3   -6    -6       -6   -6    -6       the way: TCVN3, and at the line Unicode (-2 - 4 + 0)
 *   TCVN3  -5  -4   -3    -2       -8   -14   -18
 *
 * Words of ASCII between two steps are no matter: they are the same in both. (Totals are kept relative to the best.)
 */
#include "viet/encoding.h"

#include "viet/encoding_codec.h"
#include "viet/encoding_score.h"

#include <string.h>

#define CHANGE_IN_LINE 6
#define CHANGE_AT_LINE 4
#define PIECE (1024 * 1024)      /* of a long file at a time */
#define LONGEST_LINE (64 * 1024) /* is cut */

typedef struct step {
    gsize begin;                 /* where the text is cut if the encoding changes here */
    guint8 from[KH_N_ENCODINGS]; /* the best encoding of the step before */
    guint8 sense;                /* a bit for each encoding the word makes sense in */
    guint8 encoding;             /* as found */
} step;

struct kh_healer {
    kh_scorer *scorer;
    int totals[KH_N_ENCODINGS]; /* of the best way to the last step, for each encoding it may end in; the best is 0 */
    GArray *steps;
    guint64 words[KH_N_ENCODINGS];
};

kh_healer *
kh_healer_new (void)
{
    kh_healer *healer = g_new0 (kh_healer, 1);
    healer->scorer = kh_scorer_new ();
    healer->steps = g_array_new (FALSE, FALSE, sizeof (step));
    for (int e = 0; e < KH_N_ENCODINGS; e++)
        healer->totals[e] = e == KH_ENCODING_UNICODE ? 0 : -KH_SCORE_DOUBT;
    return healer;
}

void
kh_healer_free (kh_healer *healer)
{
    if (healer == NULL)
        return;
    kh_scorer_free (healer->scorer);
    g_array_unref (healer->steps);
    g_free (healer);
}

kh_encoding
kh_healer_encoding (const kh_healer *healer)
{
    kh_encoding most = KH_ENCODING_UNICODE;
    guint64 words = 0;
    for (kh_encoding e = KH_ENCODING_TCVN3; e < KH_N_ENCODINGS; e++)
        if (healer->words[e] > words) {
            most = e;
            words = healer->words[e];
        }
    return most;
}

guint64
kh_healer_words (const kh_healer *healer, kh_encoding encoding)
{
    return healer->words[encoding];
}

/* ------------------------------------------------------------------ the best way */

G_STATIC_ASSERT (KH_N_ENCODINGS <= 8); /* the bits of step.sense */

static void
add_step (kh_healer *healer, const kh_word_score *score, gsize begin, int change)
{
    step new = { .begin = begin };
    int best = 0, highest = G_MININT;
    for (int e = 1; e < KH_N_ENCODINGS; e++)
        if (healer->totals[e] > healer->totals[best])
            best = e;
    int least = healer->totals[best] - change;
    for (int e = 0; e < KH_N_ENCODINGS; e++) {
        gboolean stays = healer->totals[e] >= least;
        new.from[e] = (guint8)(stays ? e : best);
        healer->totals[e] = (stays ? healer->totals[e] : least) + score->of[e];
        highest = MAX (highest, healer->totals[e]);
        new.sense |= (guint8)((score->of[e] >= 0) << e);
    }
    for (int e = 0; e < KH_N_ENCODINGS; e++)
        healer->totals[e] -= highest;
    g_array_append_val (healer->steps, new);
}

/* The words of a text, in order. */
static void
weigh (kh_healer *healer, const char *text, gsize length)
{
    gboolean with_viqr = kh_score_may_be_viqr (text, length) || healer->words[KH_ENCODING_VIQR] > 0;
    gsize line = 0;
    int change = CHANGE_AT_LINE;
    g_array_set_size (healer->steps, 0);
    for (gsize i = 0; i < length;) {
        if (kh_score_is_space (text[i])) {
            if (text[i] == '\n') {
                line = i + 1;
                change = CHANGE_AT_LINE;
            }
            i++;
            continue;
        }
        gsize start = i;
        while (i < length && !kh_score_is_space (text[i]))
            i++;
        const kh_word_score *score = kh_scorer_word (healer->scorer, text + start, i - start, with_viqr);
        if (score == NULL)
            continue;
        add_step (healer, score, change == CHANGE_AT_LINE ? line : start, change);
        change = CHANGE_IN_LINE;
    }
}

static void
follow_back (kh_healer *healer)
{
    guint8 encoding = 0;
    for (int e = 1; e < KH_N_ENCODINGS; e++)
        if (healer->totals[e] > healer->totals[encoding])
            encoding = (guint8)e;
    for (guint i = healer->steps->len; i-- > 0;) {
        step *at = &g_array_index (healer->steps, step, i);
        at->encoding = encoding;
        encoding = at->from[encoding];
    }
}

/* The least unlikely encoding of a run may be none: where most words are no Vietnamese in it, the run stays as it is. FALSE when
 * all does. */
static gboolean
drop_nonsense (kh_healer *healer)
{
    gboolean changes = FALSE;
    for (guint i = 0, end; i < healer->steps->len; i = end) {
        guint8 encoding = g_array_index (healer->steps, step, i).encoding;
        guint sense = 0;
        for (end = i; end < healer->steps->len && g_array_index (healer->steps, step, end).encoding == encoding; end++)
            sense += (g_array_index (healer->steps, step, end).sense >> encoding) & 1;
        if (encoding != KH_ENCODING_UNICODE && sense * 2 <= end - i)
            encoding = KH_ENCODING_UNICODE;
        for (guint k = i; k < end; k++)
            g_array_index (healer->steps, step, k).encoding = encoding;
        healer->words[encoding] += end - i;
        changes |= encoding != KH_ENCODING_UNICODE;
    }
    return changes;
}

/* ------------------------------------------------------------------ the text itself */

/* In VIQR a word stays that its signs make no Vietnamese of: an address, an English genitive. */
static void
append_viqr (GString *out, kh_scorer *scorer, const char *text, gsize length)
{
    for (gsize i = 0; i < length;) {
        gsize start = i;
        gboolean is_space = kh_score_is_space (text[i]);
        while (i < length && kh_score_is_space (text[i]) == is_space)
            i++;
        const kh_word_score *score = is_space ? NULL : kh_scorer_word (scorer, text + start, i - start, TRUE);
        gboolean is_viqr = score != NULL && score->of[KH_ENCODING_VIQR] >= 0;
        kh_encoding_read (out, text + start, i - start, is_viqr ? KH_ENCODING_VIQR : KH_ENCODING_UNICODE);
    }
}

static void
append_run (GString *out, kh_scorer *scorer, const char *text, gsize length, kh_encoding encoding)
{
    if (encoding == KH_ENCODING_VIQR) {
        append_viqr (out, scorer, text, length);
    } else if (encoding == KH_ENCODING_TCVN3) {
        g_autofree char *run = g_strndup (text, length);
        g_autofree char *decoded = kh_encoding_decode_text (run, encoding);
        g_string_append (out, decoded);
    } else {
        kh_encoding_read (out, text, length, encoding);
    }
}

static char *
healed_text (kh_healer *healer, const char *text, gsize length)
{
    GString *out = g_string_sized_new (length + length / 4);
    gsize begin = 0;
    for (guint i = 0; i < healer->steps->len; i++) {
        const step *at = &g_array_index (healer->steps, step, i);
        const step *next = i + 1 < healer->steps->len ? at + 1 : NULL;
        if (next != NULL && next->encoding == at->encoding)
            continue;
        gsize end = next != NULL ? next->begin : length;
        append_run (out, healer->scorer, text + begin, end - begin, at->encoding);
        begin = end;
    }
    return g_string_free (out, FALSE);
}

/* ------------------------------------------------------------------ files */

static gboolean
is_binary (const char *bytes, gsize length)
{
    gsize look = MIN (length, 4096);
    return memchr (bytes, '\0', look) != NULL || g_strstr_len (bytes, (gssize)MIN (length, 1024), "%PDF-") != NULL ||
           (look >= 2 && memcmp (bytes, "\xFF\xD8", 2) == 0) || (look >= 4 && memcmp (bytes, "\x89PNG", 4) == 0);
}

/* Is a line UTF-8 that a person may have written? Two letters of VISCII side by side are UTF-8 by chance, of a far script. */
static gboolean
is_likely_utf8 (const char *line, gsize length)
{
    if (!g_utf8_validate_len (line, length, NULL))
        return FALSE;
    for (const char *p = line; p < line + length; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (c >= 0x250 && c < 0x1E00 && g_unichar_combining_class (c) == 0)
            return FALSE;
    }
    return TRUE;
}

/* A file of bare bytes as text: lines that are UTF-8 stay, others become the CP1252 characters of their bytes. */
static GString *
text_of_bytes (const char *bytes, gsize length)
{
    GString *text = g_string_sized_new (length + length / 2);
    for (gsize i = 0; i < length;) {
        const char *newline = memchr (bytes + i, '\n', length - i);
        gsize n = newline == NULL ? length - i : (gsize)(newline + 1 - (bytes + i));
        if (is_likely_utf8 (bytes + i, n))
            g_string_append_len (text, bytes + i, (gssize)n);
        else
            kh_encoding_append_bytes (text, bytes + i, n);
        i += n;
    }
    return text;
}

/* As kh_healer_next(); with `keep`, unchanged text is given back as UTF-8, too. */
static char *
heal_piece (kh_healer *healer, const char *bytes, gsize length, gboolean keep)
{
    g_autoptr (GString) text = NULL;
    if (!g_utf8_validate_len (bytes, length, NULL)) {
        text = text_of_bytes (bytes, length);
        bytes = text->str;
        length = text->len;
    }
    weigh (healer, bytes, length);
    follow_back (healer);
    return drop_nonsense (healer) ? healed_text (healer, bytes, length) : keep ? g_strndup (bytes, length) : NULL;
}

char *
kh_healer_next (kh_healer *healer, const char *bytes, gsize length)
{
    if (length == 0 || is_binary (bytes, length))
        return NULL;
    return heal_piece (healer, bytes, length, FALSE);
}

/* The length of the next piece: it ends behind a line. */
static gsize
piece_length (const char *bytes, gsize length)
{
    if (length <= PIECE)
        return length;
    const char *newline = memchr (bytes + PIECE, '\n', MIN (length - PIECE, LONGEST_LINE));
    if (newline != NULL)
        return (gsize)(newline + 1 - bytes);
    gsize cut = PIECE;
    while (cut > PIECE - 4 && ((guchar)bytes[cut] & 0xC0) == 0x80)
        cut--;
    return cut;
}

char *
kh_encoding_heal (const char *bytes, gsize length, kh_encoding *encoding)
{
    *encoding = KH_ENCODING_UNICODE;
    if (length == 0 || is_binary (bytes, length))
        return NULL;
    g_autoptr (kh_healer) healer = kh_healer_new ();
    g_autoptr (GString) out = g_string_new (NULL);
    for (gsize at = 0; at < length;) {
        gsize n = piece_length (bytes + at, length - at);
        g_autofree char *healed = heal_piece (healer, bytes + at, n, TRUE);
        g_string_append (out, healed);
        at += n;
    }
    *encoding = kh_healer_encoding (healer);
    return *encoding == KH_ENCODING_UNICODE ? NULL : g_string_free (g_steal_pointer (&out), FALSE);
}
