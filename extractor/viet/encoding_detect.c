/* One run of text: its words are weighed in each encoding, and the heaviest wins. */
#include "viet/encoding.h"

#include "viet/encoding_score.h"

#include <string.h>

#define FONT_HINT 5.5 /* a font's name outweighs the doubt, and little more */

/* What the name of a font says. */
static kh_encoding
encoding_of_font (const char *font)
{
    const char *subset = strchr (font, '+'); /* "ABCDEF+.VnTime" */
    if (subset != NULL)
        font = subset + 1;
    return g_ascii_strncasecmp (font, ".vn", 3) == 0   ? KH_ENCODING_TCVN3
           : g_ascii_strncasecmp (font, "vni", 3) == 0 ? KH_ENCODING_VNI
           : g_ascii_strncasecmp (font, "vps", 3) == 0 ? KH_ENCODING_VPS
                                                       : KH_ENCODING_UNICODE;
}

gboolean
kh_encoding_is_capital_font (const char *font)
{
    if (font == NULL || encoding_of_font (font) != KH_ENCODING_TCVN3)
        return FALSE;
    gsize length = strcspn (font, ",-"); /* ".VnTimeH,Bold", ".VnTimeH-Bold" */
    return length > 0 && font[length - 1] == 'H';
}

kh_encoding
kh_encoding_detect (const char *text, const char *font)
{
    g_autoptr (kh_scorer) scorer = kh_scorer_new ();
    double totals[KH_N_ENCODINGS] = { 0 };
    gboolean is_told = FALSE; /* plain ASCII is Unicode, whatever its font */
    gsize length = strlen (text);
    gboolean with_viqr = kh_score_may_be_viqr (text, length);
    for (gsize i = 0; i < length; i++) {
        gsize start = i;
        while (i < length && !kh_score_is_space (text[i]))
            i++;
        const kh_word_score *score = i > start ? kh_scorer_word (scorer, text + start, i - start, with_viqr) : NULL;
        for (int e = 0; score != NULL && e < KH_N_ENCODINGS; e++)
            totals[e] += score->of[e];
        is_told |= score != NULL;
    }
    for (int e = KH_ENCODING_TCVN3; e < KH_N_ENCODINGS; e++)
        totals[e] -= KH_SCORE_DOUBT;
    kh_encoding hinted = font == NULL ? KH_ENCODING_UNICODE : encoding_of_font (font), best = KH_ENCODING_UNICODE;
    if (hinted != KH_ENCODING_UNICODE && is_told)
        totals[hinted] += FONT_HINT;
    for (int e = KH_ENCODING_TCVN3; e < KH_N_ENCODINGS; e++)
        if (totals[e] > totals[best])
            best = e;
    return best;
}
