#include "plan/pattern.h"

#include "viet/viet.h"

GRegex *
kh_pattern (const char *source, GRegex **slot)
{
    if (g_once_init_enter (slot)) {
        GRegex *regex = g_regex_new (source, G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
        g_assert (regex != NULL);
        g_once_init_leave (slot, regex);
    }
    return *slot;
}

gboolean
kh_pattern_match (GRegex *pattern, const kh_fold *fold, gsize from, int *places, int n)
{
    g_autoptr (GMatchInfo) info = NULL;
    if (from > fold->length || !g_regex_match_full (pattern, fold->str, fold->length, from, 0, &info, NULL))
        return FALSE;
    for (int i = 0; i < n; i++)
        if (!g_match_info_fetch_pos (info, i, &places[2 * i], &places[2 * i + 1]))
            places[2 * i] = places[2 * i + 1] = -1;
    return TRUE;
}

gboolean
kh_pattern_fits (GRegex *pattern, const char *text)
{
    g_autofree char *folded = kh_viet_fold (text);
    return g_regex_match (pattern, folded, 0, NULL);
}
