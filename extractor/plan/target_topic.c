/* Which known indicator something speaks of.
 *
 * Each key has patterns: words as they are printed, "…" for whatever may stand between them within a clause. They are looked for
 * without marks; the pattern with most letters wins, because it says most. A pattern that begins with "~" only tells where something
 * is done ("~bộ phận một cửa"): it wins where no other is found. One that begins with "=" must be printed with its marks (chờ, cho).
 */
#include "plan/targets.h"

#include "viet/viet.h"

#include <string.h>

#define GAP "…"
#define GAP_BYTES 90 /* that may stand in a gap */
#define MOST_BYTES 1500 /* of a stretch that are looked at */

static const struct {
    const char *key, *pattern;
} topics[] = {
#include "plan/topic_table.h"
};

typedef struct topic_pattern {
    char **parts; /* folded; each as whole words */
    char *all;    /* the only part; NULL when there are several */
    char **printed; /* the parts as they must be printed; NULL when marks do not matter */
    gsize letters;  /* a weak one: 1 */
} topic_pattern;

static const topic_pattern *
patterns (void)
{
    static topic_pattern *made;
    if (g_once_init_enter (&made)) {
        topic_pattern *list = g_new0 (topic_pattern, G_N_ELEMENTS (topics));
        for (gsize i = 0; i < G_N_ELEMENTS (topics); i++) {
            gboolean weak = *topics[i].pattern == '~', strict = *topics[i].pattern == '=';
            list[i].parts = g_strsplit (topics[i].pattern + (weak || strict), GAP, -1);
            for (char **part = list[i].parts; *part != NULL; part++)
                g_strstrip (*part);
            list[i].printed = strict ? g_strdupv (list[i].parts) : NULL;
            for (char **part = list[i].parts; *part != NULL; part++) {
                char *folded = kh_viet_fold (*part);
                g_free (*part);
                *part = folded;
                list[i].letters += strlen (folded);
            }
            if (weak)
                list[i].letters = 1;
            list[i].all = list[i].parts[1] == NULL ? list[i].parts[0] : NULL;
        }
        g_once_init_leave (&made, list);
    }
    return made;
}

static gboolean
is_printed (const kh_fold *fold, gsize start, gsize end, const char *words)
{
    gsize from = fold->at[start], to = kh_fold_end (fold, end);
    g_autofree char *lower = g_utf8_strdown (fold->original + from, to - from);
    g_autofree char *printed = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
    return g_strcmp0 (printed, words) == 0;
}

/* Where part `n` of the pattern stands at or after `from`; -1 when nowhere. */
static gssize
find_part (const topic_pattern *pattern, guint n, const kh_fold *fold, gsize from)
{
    const char *part = pattern->parts[n];
    gssize at = kh_fold_find (fold, part, from);
    while (at >= 0 && pattern->printed != NULL &&
           !is_printed (fold, at, at + strlen (part), pattern->printed[n]))
        at = kh_fold_find (fold, part, at + 1);
    return at;
}

/* Do the parts stand one behind the other? */
static gboolean
stands (const topic_pattern *pattern, const kh_fold *fold)
{
    for (gssize first = find_part (pattern, 0, fold, 0); first >= 0; first = find_part (pattern, 0, fold, first + 1)) {
        gsize end = first + strlen (pattern->parts[0]);
        gboolean all = TRUE;
        for (guint n = 1; all && pattern->parts[n] != NULL; n++) {
            gssize next = find_part (pattern, n, fold, end);
            gsize length = strlen (pattern->parts[n]);
            all = next >= 0 && (gsize)next <= end + GAP_BYTES;
            end = next + length;
        }
        if (all)
            return TRUE;
    }
    return FALSE;
}

const char *
kh_topic_of (const kh_fold *fold, gsize from, gsize to, gboolean blurred)
{
    const topic_pattern *list = patterns ();
    const char *key = NULL;
    gsize most = 0, length = MIN (to - from, MOST_BYTES);
    g_autofree char *words = g_strndup (fold->str + from, length);
    const kh_fold stretch = { words, length, fold->at + from, fold->original };
    for (gsize i = 0; i < G_N_ELEMENTS (topics); i++) {
        if (list[i].letters <= most || (blurred && (list[i].all == NULL || list[i].printed != NULL || list[i].letters < 12)))
            continue;
        if (blurred ? kh_fold_find_alike (&stretch, list[i].all) < 0 : !stands (&list[i], &stretch))
            continue;
        key = topics[i].key;
        most = list[i].letters;
    }
    return key;
}
