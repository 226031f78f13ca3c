/* mender.c - text, stretch by stretch, becomes sound text: the stages of viet/ in order.
 *
 *   bytes ── encoding ── normal form ── repair ── text
 *
 * What happened to the text is told from its first KH_DAMAGE_SAMPLE_BYTES; until then it is held back. After that each stretch is mended
 * up to its last end of line, and only what stands behind it is kept, so that a text of any length needs the same memory.
 */
#include "kehoach.h"

#include "base/data.h"
#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "viet/damage.h"
#include "viet/encoding.h"
#include "viet/lm.h"
#include "viet/repair.h"
#include "viet/viet.h"

#include <string.h>

#define LANGUAGE_MODEL "vi.lm"

struct kh_mender {
    kh_mend_options options;
    kh_encoding encoding; /* given; only when `is_given` */
    gboolean is_given;
    kh_healer *healer;
    kh_lm *lm;
    kh_repairer *repairer;
    kh_damage damage;
    gboolean is_diagnosed;
    GString *held;        /* not yet mended */
    guint line;           /* that what is held begins in, from 1 */
    guint column;
};

kh_mender *
kh_mender_new (const kh_mend_options *options, GError **error)
{
    g_autoptr (kh_mender) mender = g_new0 (kh_mender, 1);
    mender->options = *options;
    mender->held = g_string_new (NULL);
    mender->healer = kh_healer_new ();
    mender->line = mender->column = 1;
    if (options->from != NULL && strcmp (options->from, "auto") != 0) {
        mender->is_given = TRUE;
        if (!kh_encoding_parse (options->from, &mender->encoding)) {
            g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _("'%s' is not an encoding"), options->from);
            return NULL;
        }
    }
    g_autofree char *path = kh_data_path (LANGUAGE_MODEL);
    mender->lm = kh_lm_open (path, error);
    if (mender->lm == NULL)
        return NULL;
    mender->repairer = kh_repairer_new (mender->lm);
    return g_steal_pointer (&mender);
}

void
kh_mender_free (kh_mender *mender)
{
    if (mender == NULL)
        return;
    kh_repairer_free (mender->repairer);
    kh_lm_free (mender->lm);
    kh_healer_free (mender->healer);
    g_string_free (mender->held, TRUE);
    g_free (mender);
}

/* The bytes as UTF-8. */
static char *
decode (kh_mender *mender, const char *bytes, gsize length)
{
    if (!mender->is_given) {
        char *healed = kh_healer_next (mender->healer, bytes, length);
        return healed != NULL ? healed : g_utf8_make_valid (bytes, (gssize) length);
    }
    if (mender->encoding == KH_ENCODING_UNICODE || !g_utf8_validate_len (bytes, length, NULL) || mender->encoding == KH_ENCODING_VIQR)
        return kh_encoding_decode (bytes, length, mender->encoding);
    g_autofree char *text = g_strndup (bytes, length);
    return kh_encoding_decode_text (text, mender->encoding);
}

static void
diagnose (kh_mender *mender, const char *text)
{
    if (mender->is_diagnosed)
        return;
    mender->is_diagnosed = TRUE;
    switch (mender->options.damage) {
    case KH_TEXT_AUTO:
        mender->damage = kh_repairer_diagnose (mender->repairer, text, strlen (text));
        break;
    case KH_TEXT_LOST_LETTERS:
        mender->damage = kh_repairer_find_lost_letters (mender->repairer, text, strlen (text));
        break;
    case KH_TEXT_OCR:
        mender->damage.kinds = KH_DAMAGE_OCR;
        break;
    case KH_TEXT_BARE:
        mender->damage.kinds = KH_DAMAGE_BARE;
        break;
    case KH_TEXT_SOUND:
        break;
    }
}

/* Moves `line` and `column` over `length` bytes of text. */
static void
advance (guint *line, guint *column, const char *text, gsize length)
{
    for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
        if (*p == '\n') {
            (*line)++;
            *column = 1;
        } else {
            (*column)++;
        }
}

static void
tell_changes (kh_mender *mender, const char *text, const GArray *changes)
{
    gsize at = 0;
    guint line = mender->line, column = mender->column;
    for (guint i = 0; mender->options.change != NULL && i < changes->len; i++) {
        const kh_change *change = &g_array_index (changes, kh_change, i);
        advance (&line, &column, text + at, change->at - at);
        at = change->at;
        g_autofree char *from = g_strndup (text + at, change->length);
        kh_text_change told = { line, column, kh_repair_kind_name (change->kind), from, change->to, change->confidence };
        mender->options.change (&told, mender->options.user_data);
    }
}

static void
mend (kh_mender *mender, const char *bytes, gsize length, GString *out)
{
    g_autofree char *decoded = decode (mender, bytes, length);
    g_autofree char *text = kh_viet_normal (decoded);
    diagnose (mender, text);
    gsize n = strlen (text);
    kh_reading reading = { .text = text, .length = n, .confidence = KH_TYPED_CONFIDENCE, .lines_flow = TRUE };
    g_autoptr (GArray) changes = kh_repairer_find_changes (mender->repairer, &reading, &mender->damage, NULL);
    g_autofree char *mended = kh_apply_changes (text, n, changes);
    g_string_append (out, mended);
    tell_changes (mender, text, changes);
    advance (&mender->line, &mender->column, text, n);
}

/* The bytes of what is held that can be mended now: up to the last end of a line, or of a word where a line has none. */
static gsize
ready (const kh_mender *mender)
{
    const GString *held = mender->held;
    if (held->len < (mender->is_diagnosed ? 1 : KH_DAMAGE_SAMPLE_BYTES))
        return 0;
    const char *line = memrchr (held->str, '\n', held->len);
    if (line != NULL)
        return (gsize) (line + 1 - held->str);
    if (held->len < KH_LIMIT_MENDED_LINE)
        return 0;
    const char *word = memrchr (held->str, ' ', held->len);
    if (word != NULL)
        return (gsize) (word + 1 - held->str);
    gsize end = held->len; /* not inside a character */
    while (end > 1 && (held->str[end - 1] & 0xC0) == 0x80)
        end--;
    return end > 1 ? end - 1 : held->len;
}

void
kh_mender_feed (kh_mender *mender, const char *bytes, gsize length, gboolean is_last, GString *out)
{
    for (gsize done = 0; done < length;) {
        gsize part = MIN (length - done, KH_DAMAGE_SAMPLE_BYTES);
        g_string_append_len (mender->held, bytes + done, (gssize) part);
        done += part;
        gsize n = ready (mender);
        if (n > 0) {
            mend (mender, mender->held->str, n, out);
            g_string_erase (mender->held, 0, (gssize) n);
        }
    }
    if (is_last && mender->held->len > 0) {
        mend (mender, mender->held->str, mender->held->len, out);
        g_string_truncate (mender->held, 0);
    }
}

const char *
kh_mender_encoding (const kh_mender *mender)
{
    return kh_encoding_name (mender->is_given ? mender->encoding : kh_healer_encoding (mender->healer));
}

char *
kh_mender_damage (const kh_mender *mender)
{
    const kh_damage *damage = &mender->damage;
    if (damage->kinds == KH_DAMAGE_BARE)
        return g_strdup ("bare");
    if (damage->kinds == KH_DAMAGE_OCR)
        return g_strdup ("ocr");
    if (damage->kinds == KH_DAMAGE_NONE)
        return g_strdup ("none");
    GString *out = g_string_new ("lost-letters");
    for (gunichar c = 'a'; c < 0x1EFA; c++)
        if (!g_unichar_isupper (c) && damage->lost.is_lost[kh_letter_number (c)])
            g_string_append_unichar (g_string_append_c (out, ' '), c);
    return g_string_free (out, FALSE);
}
