#include "viet/trust.h"

#include "viet/token.h"
#include "viet/viet.h"

#include <string.h>

/* The chance of a word to be wrong: (least + by_ink (1 - confidence) + by_ink2 (1 - confidence)²) / times + BY_CONTEXT (1 - likely), at most MOST_DOUBT. */
typedef struct doubt {
    const char *name;
    double least, by_ink, by_ink2;
} doubt;

#include "viet/trust_table.h"

#define MOST_DOUBT 0.95
#define MOST_TIMES 5 /* what is misread may be so each time */

const char *
kh_print_name (kh_print print)
{
    return DOUBTS[print].name;
}

/* Digits with the signs that numbers and dates have. */
static gboolean
is_figures (const char *core)
{
    gsize digits = strspn (core, "0123456789.,/:-%");
    return core[digits] == '\0' && strpbrk (core, "0123456789") != NULL;
}

/* A document's number or a Roman one with its year: parts of capitals, or of figures, between slashes and dashes. */
static gboolean
is_code (const char *core)
{
    gboolean parted = FALSE;
    g_auto (GStrv) parts = g_strsplit_set (core, "/-", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
        gboolean figures = FALSE, capitals = FALSE;
        for (const char *p = parts[i]; *p != '\0'; p = g_utf8_next_char (p)) {
            gunichar c = g_utf8_get_char (p);
            figures |= g_unichar_isdigit (c) != 0;
            capitals |= g_unichar_isupper (c) != 0;
            if (!g_unichar_isalnum (c) && c != '&' && c != '.')
                return FALSE;
        }
        if (figures && capitals && strncmp (parts[i], "QH", 2) != 0)
            return FALSE;
        parted |= i > 0;
    }
    return parted;
}

static gboolean
are_syllables (const char *core)
{
    g_auto (GStrv) parts = g_strsplit_set (core, "-/&", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        if (*parts[i] != '\0' && !kh_viet_is_syllable (parts[i]))
            return FALSE;
    return TRUE;
}

/* NN&PTNT, and what a list or body is counted by: V, b. */
static gboolean
is_capitals (const char *core)
{
    glong letters = g_utf8_strlen (core, -1);
    for (const char *p = core; *p != '\0' && letters > 1; p = g_utf8_next_char (p))
        if (!g_unichar_isupper (g_utf8_get_char (p)) && *p != '&')
            return FALSE;
    return letters > 1 || g_unichar_isalpha (g_utf8_get_char (core));
}

static gboolean
is_known (const char *core, const kh_lm *lm)
{
    g_autofree char *form = kh_token_form (core, strlen (core), KH_TOKEN_UNKNOWN);
    return lm != NULL && kh_lm_token (lm, form, KH_TOKEN_UNKNOWN) != KH_TOKEN_UNKNOWN;
}

kh_print
kh_print_of (const char *word, const kh_lm *lm)
{
    kh_word_parts parts = kh_word_take_apart (word);
    g_autofree char *core = g_strndup (word + parts.start, parts.end - parts.start);
    if (*core == '\0')
        return KH_PRINT_SIGN;
    if (parts.core == KH_TOKEN_NUMBER)
        return is_figures (core) ? KH_PRINT_FIGURES : is_code (core) ? KH_PRINT_CODE : KH_PRINT_STRANGE;
    if (parts.core == KH_TOKEN_ABBREVIATION || (is_capitals (core) && !are_syllables (core)))
        return KH_PRINT_ABBREVIATION;
    if (are_syllables (core) || (parts.core == KH_TOKEN_UNKNOWN && is_known (core, lm)))
        return KH_PRINT_SYLLABLE;
    return parts.core == KH_TOKEN_CODE && is_code (core) ? KH_PRINT_CODE : KH_PRINT_STRANGE;
}

/* A word without the signs around it. The caller frees. */
static char *
core_of (const kh_word *word)
{
    kh_word_parts parts = kh_word_take_apart (word->text);
    return g_strndup (word->text + parts.start, parts.end - parts.start);
}

/* Words that the language does not speak for: how often a document has each. */
static gboolean
is_counted (const kh_word *word)
{
    return word->print == KH_PRINT_STRANGE || word->print == KH_PRINT_ABBREVIATION || word->print == KH_PRINT_CODE;
}

/* core -> how often the pages that were read from images have it. */
static GHashTable *
count_words (const GPtrArray *pages)
{
    GHashTable *times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < pages->len; i++) {
        const kh_page *page = pages->pdata[i];
        for (guint k = 0; k < page->words->len && page->origin == KH_ORIGIN_OCR; k++)
            if (is_counted (kh_page_word (page, k))) {
                char *core = core_of (kh_page_word (page, k));
                g_hash_table_insert (times, core, GUINT_TO_POINTER (1 + GPOINTER_TO_UINT (g_hash_table_lookup (times, core))));
            }
    }
    return times;
}

/* Two letters and more: one alone says the same in too many places. */
static guint
times_of (const kh_word *word, GHashTable *times)
{
    if (!is_counted (word))
        return 1;
    g_autofree char *core = core_of (word);
    return g_utf8_strlen (core, -1) < 2 ? 1 : CLAMP (GPOINTER_TO_UINT (g_hash_table_lookup (times, core)), 1, MOST_TIMES);
}

void
kh_trust_pages (const GPtrArray *pages, const kh_lm *lm)
{
    for (guint i = 0; i < pages->len; i++)
        for (guint k = 0; k < ((const kh_page *) pages->pdata[i])->words->len; k++) {
            kh_word *word = kh_page_word (pages->pdata[i], k);
            word->print = (unsigned char) kh_print_of (word->text, lm);
        }
    g_autoptr (GHashTable) times = count_words (pages);
    for (guint i = 0; i < pages->len; i++) {
        const kh_page *page = pages->pdata[i];
        for (guint k = 0; k < page->words->len; k++) {
            kh_word *word = kh_page_word (page, k);
            const doubt *by = &DOUBTS[word->print];
            double wrong = BY_CONTEXT * (1 - word->likely), doubted = 1 - word->confidence;
            if (page->origin == KH_ORIGIN_OCR)
                wrong += (by->least + (by->by_ink + by->by_ink2 * doubted) * doubted) / times_of (word, times);
            word->trust = (float) (1 - CLAMP (wrong, 0, MOST_DOUBT));
        }
    }
}

void
kh_trust_write (GString *out, const GPtrArray *pages)
{
    g_string_append (out, "page\tx0\ty0\tx1\ty1\tsort\tconfidence\tlikely\ttimes\ttrust\ttext\tread\n");
    g_autoptr (GHashTable) times = count_words (pages);
    for (guint i = 0; i < pages->len; i++) {
        const kh_page *page = pages->pdata[i];
        for (guint k = 0; k < page->words->len; k++) {
            const kh_word *word = kh_page_word (page, k);
            const double numbers[] = { word->box.x0, word->box.y0, word->box.x1, word->box.y1 };
            const double shares[] = { word->confidence, word->likely, times_of (word, times), word->trust };
            char text[G_ASCII_DTOSTR_BUF_SIZE];
            g_string_append_printf (out, "%d", page->number);
            for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
                g_string_append_printf (out, "\t%s", g_ascii_formatd (text, sizeof text, "%.2f", numbers[n]));
            g_string_append_printf (out, "\t%s", kh_print_name (word->print));
            for (guint n = 0; n < G_N_ELEMENTS (shares); n++)
                g_string_append_printf (out, "\t%s", g_ascii_formatd (text, sizeof text, "%.4f", shares[n]));
            g_string_append_printf (out, "\t%s\t%s\n", word->text, word->repair != KH_REPAIR_NONE ? word->read : "");
        }
    }
}
