#include "viet/layer.h"

#include "viet/encoding.h"
#include "viet/viet.h"

#include <string.h>

/* A text layer is believed when this share of its words are possible Vietnamese, or when hardly a word is not (foreign names).
 * Measured by page: sound layers 0.996 and more, layers that lost letters 0.90 to 0.99, legacy encodings 0.2 to 0.3. */
#define SOUND_SHARE 0.988
#define SOUND_LEAST 0.90
#define FOREIGN_WORDS 2.5
#define SOUND_WORDS 12
/* ... and when its marks are likely: ln p a word by the language model. Measured on 101 pages: sound layers -2.6 to -4.9; with one mark in
 * five wrong -5.6 in the middle, with one in three (other programs' OCR) -6.8. A sound table without rules, its columns as narrow as a word
 * and read across: -5.8. Text without marks is no matter of marks. */
#define LIKELY_LEAST -6.0
#define MARKED_SHARE 0.3

/* ------------------------------------------------------------------ encodings */

static char *
join_words_of_font (const kh_page *page, const char *font)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < page->words->len; i++)
        if (g_strcmp0 (kh_page_word (page, i)->font, font) == 0)
            g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", kh_page_word (page, i)->text);
    return g_string_free (text, FALSE);
}

static void
decode_font (kh_page *page, const char *font, kh_encoding encoding, kh_pool *pool)
{
    gboolean capitals = encoding == KH_ENCODING_TCVN3 && kh_encoding_is_capital_font (font);
    for (guint i = 0; i < page->words->len; i++) {
        kh_word *word = kh_page_word (page, i);
        if (g_strcmp0 (word->font, font) != 0)
            continue;
        g_autofree char *text = kh_encoding_decode_text (word->text, encoding);
        g_autofree char *shown = capitals ? g_utf8_strup (text, -1) : g_strdup (text);
        word->text = word->read = kh_pool_strdup (pool, shown);
    }
    page->encoding = kh_encoding_name (encoding);
}

void
kh_layer_decode (kh_page *page, kh_pool *pool)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < page->words->len; i++) {
        const char *font = kh_page_word (page, i)->font;
        if (!g_hash_table_add (seen, (gpointer) (font != NULL ? font : "")))
            continue;
        g_autofree char *text = join_words_of_font (page, font);
        kh_encoding encoding = kh_encoding_detect (text, font);
        if (encoding != KH_ENCODING_UNICODE)
            decode_font (page, font, encoding, pool);
    }
}

/* ------------------------------------------------------------------ the verdict */

static gboolean
is_possible (double soundness, guint words)
{
    gboolean few_foreign = soundness >= SOUND_LEAST && (1 - soundness) * words < FOREIGN_WORDS;
    return soundness < 0 || soundness >= SOUND_SHARE || few_foreign;
}

static gboolean
has_marks (const kh_page *page)
{
    guint marked = 0;
    for (guint i = 0; i < page->words->len; i++)
        marked += !g_str_is_ascii (kh_page_word (page, i)->text);
    return page->words->len >= SOUND_WORDS && marked >= MARKED_SHARE * page->words->len;
}

gboolean
kh_layer_is_likely (kh_repairer *repairer, const char *text)
{
    return kh_repairer_likelihood (repairer, text, strlen (text)) >= LIKELY_LEAST;
}

kh_layer_verdict
kh_layer_judge (kh_repairer *repairer, const kh_page *page)
{
    g_autofree char *text = kh_page_text (page, NULL);
    if (is_possible (kh_viet_soundness (page, SOUND_WORDS), page->words->len))
        return !has_marks (page) || kh_layer_is_likely (repairer, text) ? KH_LAYER_SOUND : KH_LAYER_UNLIKELY;
    kh_damage damage = kh_repairer_diagnose (repairer, text, strlen (text));
    return damage.kinds == KH_DAMAGE_LOST_LETTERS ? KH_LAYER_LOST_LETTERS : KH_LAYER_WORTHLESS;
}
