#include "viet/trust.h"

#include "viet/token.h"
#include "viet/viet.h"

#include <string.h>

/* The chance of a word to be wrong: least + by_ink (1 - confidence) + BY_CONTEXT (1 - likely), at most MOST_DOUBT. */
typedef struct doubt {
    const char *name;
    double least, by_ink;
} doubt;

#include "viet/trust_table.h"

#define MOST_DOUBT 0.95

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

kh_print
kh_print_of (const char *word)
{
    kh_word_parts parts = kh_word_take_apart (word);
    g_autofree char *core = g_strndup (word + parts.start, parts.end - parts.start);
    if (*core == '\0')
        return KH_PRINT_SIGN;
    if (parts.core == KH_TOKEN_NUMBER)
        return is_figures (core) ? KH_PRINT_FIGURES : is_code (core) ? KH_PRINT_CODE : KH_PRINT_STRANGE;
    if (parts.core == KH_TOKEN_ABBREVIATION)
        return KH_PRINT_ABBREVIATION;
    return are_syllables (core) ? KH_PRINT_SYLLABLE : parts.core == KH_TOKEN_CODE && is_code (core) ? KH_PRINT_CODE : KH_PRINT_STRANGE;
}

void
kh_trust_page (kh_page *page)
{
    for (guint i = 0; i < page->words->len; i++) {
        kh_word *word = kh_page_word (page, i);
        double wrong = BY_CONTEXT * (1 - word->likely);
        if (page->origin == KH_ORIGIN_OCR) {
            const doubt *by = &DOUBTS[kh_print_of (word->text)];
            wrong += by->least + by->by_ink * (1 - word->confidence);
        }
        word->trust = (float) (1 - CLAMP (wrong, 0, MOST_DOUBT));
    }
}

void
kh_trust_write (GString *out, const GPtrArray *pages)
{
    g_string_append (out, "page\tx0\ty0\tx1\ty1\tsort\tconfidence\tlikely\ttrust\ttext\n");
    for (guint i = 0; i < pages->len; i++) {
        const kh_page *page = pages->pdata[i];
        for (guint k = 0; k < page->words->len; k++) {
            const kh_word *word = kh_page_word (page, k);
            const double numbers[] = { word->box.x0, word->box.y0, word->box.x1, word->box.y1 };
            const double shares[] = { word->confidence, word->likely, word->trust };
            char text[G_ASCII_DTOSTR_BUF_SIZE];
            g_string_append_printf (out, "%d", page->number);
            for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
                g_string_append_printf (out, "\t%s", g_ascii_formatd (text, sizeof text, "%.2f", numbers[n]));
            g_string_append_printf (out, "\t%s", kh_print_name (kh_print_of (word->text)));
            for (guint n = 0; n < G_N_ELEMENTS (shares); n++)
                g_string_append_printf (out, "\t%s", g_ascii_formatd (text, sizeof text, "%.4f", shares[n]));
            g_string_append_printf (out, "\t%s\n", word->text);
        }
    }
}
