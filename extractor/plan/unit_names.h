/* unit_names.h - a body's name cut into words and signs, and the list of names (models/units.tsv) that stretches of it are looked up
 * in. For unit_key.c alone.
 *
 * Stretches are compared without case and signs ("và" counts as one), and without marks but for the first word (Ban Quản lý, bản và
 * quản lý); where all marks are lost, by letters alone. Single words and short forms in capitals go by their marks: TU and TƯ, Sở
 * and sơ are others.
 */
#ifndef KH_PLAN_UNIT_NAMES_H
#define KH_PLAN_UNIT_NAMES_H

#include <glib.h>

typedef struct kh_unit_token {
    char *text;   /* as printed, tones in one place */
    char *small;  /* of a word: lower case */
    char *folded; /* without marks */
    gboolean is_word, is_joint, is_capitals; /* joint: a sign or "và" that parts the words of one name */
    gboolean spaced;                         /* white space before it */
} kh_unit_token;

/* The words and signs of a text: kh_unit_token. The caller frees with g_array_unref. */
GArray *kh_unit_tokens (const char *text);

/* The one spelling of tokens [from, to) that the list has in one of the contexts (NULL ones are skipped): the word it stands behind,
 * "*" … . `in_capitals`: the whole name is printed so, and a lone syllable no short form. NULL: none; else the list's own. */
const char *kh_unit_listed (const GArray *tokens, guint from, guint to, const char *const *contexts, guint n_contexts, gboolean in_capitals);

#endif
