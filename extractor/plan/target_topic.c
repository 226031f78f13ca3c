/* Which known indicator something speaks of.
 *
 * Each key of models/topics.tsv has patterns: words as they are printed, "…" for whatever may stand between them within a clause.
 * They are looked for without marks; the pattern with most letters wins, because it says most. One that begins with "~" only tells
 * where something is done ("~bộ phận một cửa"): it wins where no other is found. One that begins with "=" must be printed with its
 * marks (chờ, cho).
 */
#include "plan/targets.h"

#include "base/lists.h"
#include "viet/viet.h"

#include <string.h>

#define GAP "…"
#define LEAST_BLURRED 12 /* letters of a pattern that is looked for though letters are misread */
#define GAP_BYTES 90 /* that may stand in a gap */
#define MOST_BYTES 1500 /* of a stretch that are looked at */

typedef struct topic_pattern {
    const char *key;
    char **parts;   /* folded; each as whole words */
    char **printed; /* the parts as they must be printed; NULL when marks do not matter */
    gsize letters;  /* a weak one: 1 */
} topic_pattern;

static topic_pattern *
pattern_of (const char *key, const char *said)
{
    topic_pattern *pattern = g_new0 (topic_pattern, 1);
    gboolean weak = *said == '~', strict = *said == '=';
    pattern->key = g_strdup (key);
    pattern->parts = g_strsplit (said + (weak || strict), GAP, -1);
    for (char **part = pattern->parts; *part != NULL; part++)
        g_strstrip (*part);
    pattern->printed = strict ? g_strdupv (pattern->parts) : NULL;
    for (char **part = pattern->parts; *part != NULL; part++) {
        char *folded = kh_viet_fold (*part);
        g_free (*part);
        *part = folded;
        pattern->letters += strlen (folded);
    }
    if (weak)
        pattern->letters = 1;
    return pattern;
}

/* topic_pattern *: the patterns of models/topics.tsv, once. */
static const GPtrArray *
patterns (void)
{
    static GPtrArray *made;
    if (g_once_init_enter (&made)) {
        GPtrArray *list = g_ptr_array_new ();
        g_autoptr (GPtrArray) rows = kh_list_rows ("topics.tsv", 4);
        for (guint i = 0; i < rows->len; i++) {
            char **row = rows->pdata[i];
            g_auto (GStrv) said = g_strsplit (row[3], " | ", -1);
            for (guint n = 0; said[n] != NULL; n++)
                g_ptr_array_add (list, pattern_of (row[0], said[n]));
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

/* Is it long enough, and without gaps, to be known though letters are misread? */
static gboolean
is_known_blurred (const topic_pattern *pattern)
{
    return pattern->parts[1] == NULL && pattern->printed == NULL && pattern->letters >= LEAST_BLURRED;
}

const char *
kh_topic_of (const kh_fold *fold, gsize from, gsize to, gboolean blurred)
{
    const GPtrArray *list = patterns ();
    const char *key = NULL;
    gsize most = 0, length = MIN (to - from, MOST_BYTES);
    g_autofree char *words = g_strndup (fold->str + from, length);
    const kh_fold stretch = { words, length, fold->at + from, fold->original };
    for (guint i = 0; i < list->len; i++) {
        const topic_pattern *pattern = list->pdata[i];
        if (pattern->letters <= most || (blurred && !is_known_blurred (pattern)))
            continue;
        if (blurred ? kh_fold_find_alike (&stretch, pattern->parts[0]) < 0 : !stands (pattern, &stretch))
            continue;
        key = pattern->key;
        most = pattern->letters;
    }
    return key;
}
