/* unit_key.c - the name is cut into words and signs; from left to right the longest stretch that the list of names holds
 * (models/units.tsv) is replaced by its one spelling, and what it does not hold is kept.
 *
 *     P. | VHXH | - | XÃ | BÌNH | AN       Phòng | Văn hóa - Xã hội |   | xã | Bình | An
 */
#include "plan/unit_key.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/province.h"
#include "plan/unit_names.h"
#include "viet/viet.h"

#define MOST_WORDS 24  /* more is a sentence */
#define LONGEST 20     /* words of a name in the list */
#define LONGEST_NAME 6 /* words of a province */

static gboolean
is_among (const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp (word, *list) == 0)
            return TRUE;
    return FALSE;
}

/* --- the walk ------------------------------------------------------------------------------- */

typedef struct writer {
    const GArray *tokens;
    const kh_province *home;
    gboolean in_capitals; /* the whole name is printed so */
    GString *out;
    const char *head;     /* the context: Sở, Bộ, Phòng, Ngành directly before, or before a list of what they are for; else NULL */
    gboolean naming;      /* in capitals: behind xã, huyện …, words are a place's name */
    gboolean opening;     /* in capitals: behind Phòng, Ban …, the next word has a capital */
} writer;

static const kh_unit_token *
at (const writer *w, guint i)
{
    static const kh_unit_token none = { .text = (char *) "", .small = (char *) "", .folded = (char *) "" };
    return i < w->tokens->len ? &g_array_index (w->tokens, kh_unit_token, i) : &none;
}

/* Does a sign without spaces hold the word before `end` to another short form (Ban TG&DV)? */
static gboolean
is_held_to_more (const writer *w, guint end)
{
    const kh_unit_token *joint = at (w, end), *next = at (w, end + 1);
    return joint->is_joint && !joint->spaced && strchr ("&-/", *joint->folded) != NULL && next->is_word && !next->spaced && next->is_capitals && !kh_viet_is_syllable (next->text);
}

/* The longest stretch from `from` on that the list has behind `head` or anywhere; its end in `to`. NULL: none. */
static const char *
longest (const writer *w, guint from, const char *head, gboolean only_head, guint *to)
{
    const char *contexts[] = { head, only_head ? NULL : "*", only_head || w->out->len == 0 ? NULL : "inside",
                               only_head || w->home == NULL || w->home->code == NULL ? NULL : w->home->is_city ? "thành phố" : "tỉnh" };
    guint ends[LONGEST], n = 0;
    for (guint i = from; i < w->tokens->len && n < LONGEST && (at (w, i)->is_word || at (w, i)->is_joint); i++)
        if (at (w, i)->is_word)
            ends[n++] = i + 1;
    while (n-- > 0) {
        const char *canonical = kh_unit_listed (w->tokens, from, ends[n], contexts, G_N_ELEMENTS (contexts), w->in_capitals);
        if (canonical != NULL && (!is_held_to_more (w, ends[n]) || longest (w, ends[n] + 1, head, FALSE, to) != NULL)) {
            *to = ends[n];
            return canonical;
        }
    }
    return NULL;
}

/* Is word `i` set off from what is before it? */
static gboolean
is_spaced (const writer *w, guint i)
{
    const kh_unit_token *before = i > 0 ? at (w, i - 1) : NULL;
    return before == NULL || at (w, i)->spaced || (strchr (",.", *before->folded) != NULL && g_unichar_isalpha (g_utf8_get_char (at (w, i)->text)));
}

/* The name of a province that stands from `from` on, spelled; its end in `to`. */
static const char *
province_at (const writer *w, guint from, guint *to)
{
    g_autoptr (GString) name = g_string_new (NULL);
    const char *found = NULL;
    if (!g_unichar_isupper (g_utf8_get_char (at (w, from)->text)))
        return NULL;
    for (guint i = from, n = 0; i < w->tokens->len && n < LONGEST_NAME; i++, n++) {
        const kh_unit_token *t = at (w, i);
        if (!t->is_word && strcmp (t->folded, "-") != 0)
            break;
        g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", t->folded);
        const char *spelling = n > 0 ? kh_province_spelling (name->str) : NULL;
        if (spelling != NULL) {
            found = spelling;
            *to = i + 1;
        }
    }
    return found;
}

/* The end of the words from `from` on that signs without spaces hold together, when they are a short form that the list does not
 * have whole (XDKT&TDTHPL); it stays as printed. Else `from`. */
static guint
end_of_unknown (const writer *w, guint from)
{
    guint end = from + 1, stop = end;
    gboolean is_unknown = FALSE;
    while (is_held_to_more (w, end))
        end += 2;
    for (guint i = from; i < end && !is_unknown; i = stop)
        if (at (w, i)->is_joint)
            stop = i + 1;
        else
            is_unknown = longest (w, i, w->head, FALSE, &stop) == NULL;
    return end > from + 1 && is_unknown && at (w, from)->is_capitals ? end : from;
}

static void
put (writer *w, const char *text, gboolean spaced)
{
    if (spaced && w->out->len > 0 && strchr (" ([/", w->out->str[w->out->len - 1]) == NULL)
        g_string_append_c (w->out, ' ');
    g_string_append (w->out, text);
}

static void
put_capital (writer *w, const char *text, gboolean spaced)
{
    g_autofree char *first = g_utf8_substring (text, 0, 1), *upper = g_utf8_strup (first, -1);
    g_autofree char *whole = g_strconcat (upper, text + strlen (first), NULL);
    put (w, whole, spaced);
}

/* What the list has for the words [from, to). Words printed small in the middle of a name are common ones and stay so ("các bệnh
 * viện"); a capital stays before what is small by itself ("Vụ Cải cách hành chính"), and a short form behind such a head gets one. */
static void
put_known (writer *w, guint from, guint to, const char *canonical, gboolean spaced)
{
    gboolean all_small = !w->in_capitals && w->head == NULL && w->out->len > 0, small = g_unichar_islower (g_utf8_get_char (canonical));
    static const char *const never[] = { "các", "thành phố", "thị xã", NULL }; /* no names by themselves */
    static const char *const heads[] = { "cục", "vụ", "phòng", "tổ", "đội", NULL };
    gboolean named = from > 0 && is_among (at (w, from - 1)->small, heads);
    for (guint i = from; i < to; i++)
        all_small &= strcmp (at (w, i)->text, at (w, i)->small) == 0;
    if (!small && all_small)
        for (guint i = from; i < to; i++)
            put (w, at (w, i)->text, i == from ? spaced : at (w, i)->spaced);
    else if (small && !w->in_capitals && (named || !at (w, from)->is_capitals) && g_unichar_isupper (g_utf8_get_char (at (w, from)->text)) && !is_among (canonical, never))
        put_capital (w, canonical, spaced);
    else
        put (w, canonical, spaced);
}

/* The context that the word `small` is; NULL: none. */
static const char *
context_of (const char *small)
{
    static const char *const heads[] = { "Sở", "Bộ", "Ngành", "Phòng" };
    static const char *const words[] = { "sở", "bộ", "ngành", "phòng" };
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (strcmp (small, words[i]) == 0)
            return heads[i];
    return NULL;
}

/* A word that the list does not have. In a name in capitals small letters are what is to be told apart: a place's name and the
 * word behind a head keep their capital. */
static void
put_word (writer *w, guint i)
{
    static const char *const kinds[] = { "tỉnh", "huyện", "quận", "xã", "phường", "trấn", "khu", "phố", NULL }, *const plural[] = { "các", "cấp", NULL };
    static const char *const heads[] = { "sở", "bộ", "phòng", "ban", "cục", "vụ", "viện", "trường", "hội", "đoàn", "đội", "tổ", "khoa", "hạt", NULL };
    static const char *const second[] = { "tâm", "cục", "viện", "ty", "nghiệp", NULL }; /* trung tâm, chi cục, bệnh viện, công ty … */
    static const char *const common[] = { "tỉnh", "huyện", "quận", "xã", "phường", NULL };
    const kh_unit_token *t = at (w, i), *before = at (w, i - 1 < i ? i - 1 : w->tokens->len);
    const char *context = context_of (t->small);
    guint end;
    gboolean of_many = is_among (before->small, plural);
    gboolean before_name = context != NULL && !of_many && strcmp (context, "Ngành") != 0 && longest (w, i + 1, context, TRUE, &end) != NULL;
    gboolean spaced = is_spaced (w, i);
    if (!w->in_capitals || !kh_viet_is_syllable (t->text))
        before_name ? put_capital (w, t->small, spaced) : put (w, i > 0 && is_among (t->small, common) ? t->small : t->text, spaced);
    else if (before_name || w->naming || w->opening || strcmp (t->small, "sở") == 0)
        put_capital (w, t->small, spaced);
    else
        put (w, t->small, spaced);
    w->head = context;
    w->opening = (i == 0 && is_among (t->small, heads)) || (i == 1 && is_among (t->small, second));
    w->naming = w->naming || (i > 0 && !of_many && is_among (t->small, kinds));
}

/* A sign between words: ", " and " - " and " và " in one form; a hyphen or slash without spaces beside what the list does not have
 * is part of it (CB-TH, COVID-19). */
static void
put_joint (writer *w, guint i, gboolean known_before)
{
    const kh_unit_token *t = at (w, i);
    guint end;
    gboolean known_after = at (w, i + 1)->is_word && (longest (w, i + 1, w->head, FALSE, &end) != NULL || !at (w, i + 1)->is_capitals);
    gboolean glued = !t->spaced && i + 1 < w->tokens->len && !at (w, i + 1)->spaced && !(known_before && known_after);
    if (known_before && strcmp (t->text, ".") == 0 && at (w, i + 1)->is_word && !at (w, i + 1)->spaced)
        return;
    gboolean dash = strcmp (t->folded, "-") == 0, and = strcmp (t->folded, "&") == 0 || strcmp (t->small, "và") == 0;
    put (w, dash ? "-" : and && !(glued && *t->folded == '&') ? "và" : t->text, (dash || and) && !glued);
    if ((dash || and) && !glued)
        g_string_append_c (w->out, ' ');
    w->naming = FALSE;
}

/* --- what is no unit ------------------------------------------------------------------------ */

/* The name without a remark in brackets behind it ("(b/c)", "(để phối hợp)"), marks at its ends and "Đồng chí" before an office. */
static char *
bare_name (const char *printed)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_fold *fold = kh_fold_new (pool, printed);
    int place[2];
    static GRegex *remark_slot, *address_slot;
    gsize start = 0, end = strlen (printed);
    if (kh_pattern_match (kh_pattern ("[ ;,.]*\\((?:de |b/c|bc\\)|bao cao|t/h|th\\)|thuc hien|p/h|ph\\)|phoi hop|biet|chi dao)[^()]*\\)[ .;,]*$", &remark_slot), fold, 0, place, 1))
        end = fold->at[place[0]];
    if (kh_pattern_match (kh_pattern ("^(?:cac )?(?:dong chi|d/c):? (?=(?:pho |uy vien|bi thu|chu tich|giam doc|truong|chanh))", &address_slot), fold, 0, place, 1))
        start = fold->at[place[1]];
    while (end > start && strchr (" .,;:-&/", printed[end - 1]) != NULL)
        end--;
    while (start < end && strchr (" .,;:-+*", printed[start]) != NULL)
        start++;
    return g_strndup (printed + start, end - start);
}

static gboolean
is_no_unit (const char *name)
{
    return KH_FITS (name, "^(?:luu|nhu (?:tren|dieu|kinh|muc|noi)|nhu$|(?:ong|ba)(?!n? ?ria)\\b|kinh gui|noi nhan|vt$)|[@]|https?:")
           || !KH_FITS (name, "[a-z]{2}");
}

/* Words in capitals alone, not only short forms: "SỞ Y TẾ", no "VP TU". */
static gboolean
is_in_capitals (const GArray *tokens)
{
    gboolean has_word = FALSE;
    for (guint i = 0; i < tokens->len; i++) {
        const kh_unit_token *t = &g_array_index (tokens, kh_unit_token, i);
        if (t->is_word && !t->is_capitals)
            return FALSE;
        has_word |= t->is_word && tokens->len > 1 && kh_viet_is_syllable (t->text) && (strlen (t->folded) >= 3 || !g_str_is_ascii (t->text));
    }
    return has_word;
}

const char *
kh_unit_key (kh_pool *pool, const char *printed, const kh_province *home)
{
    if (printed == NULL)
        return NULL;
    g_autofree char *name = bare_name (printed);
    if (is_no_unit (name))
        return NULL;
    g_autoptr (GArray) tokens = kh_unit_tokens (name);
    writer w = { .tokens = tokens, .home = home, .in_capitals = is_in_capitals (tokens) };
    guint n_words = 0;
    for (guint i = 0; i < tokens->len; i++)
        n_words += g_array_index (tokens, kh_unit_token, i).is_word;
    if (n_words > MOST_WORDS)
        return NULL;
    w.out = g_string_new (NULL);
    gboolean known = FALSE;
    for (guint i = 0, end; i < tokens->len;) {
        const kh_unit_token *t = at (&w, i);
        const char *canonical;
        if (!t->is_word) {
            if (t->is_joint)
                put_joint (&w, i, known);
            else
                put (&w, t->text, t->spaced && strchr (":;)", *t->text) == NULL);
            if (strchr (":;", *t->folded) == NULL && !t->is_joint)
                w.head = NULL;
            i++;
            continue;
        }
        gboolean spaced = is_spaced (&w, i);
        /* "P. KH-TC": one letter stands for Phòng where the name of one follows */
        guint cluster = end_of_unknown (&w, i), next = i + 1 + (strcmp (at (&w, i + 1)->text, ".") == 0);
        if (cluster > i) {
            for (; i < cluster; i++)
                put (&w, at (&w, i)->text, spaced && at (&w, i) == t);
            w.head = NULL;
            known = FALSE;
            continue;
        }
        if (strcmp (t->text, "P") == 0 && (canonical = longest (&w, next, "Phòng", TRUE, &end)) != NULL) {
            put (&w, "Phòng", spaced);
            put (&w, canonical, TRUE);
            w.head = "Phòng";
        } else if ((canonical = longest (&w, i, w.head, FALSE, &end)) != NULL) {
            gboolean listed = w.head != NULL && g_unichar_isupper (g_utf8_get_char (canonical));
            put_known (&w, i, end, canonical, spaced);
            g_autofree char *small = g_utf8_strdown (canonical, -1);
            const char *last = strrchr (canonical, ' ');
            gboolean heads = last != NULL && (g_unichar_isupper (g_utf8_get_char (last + 1)) || strcmp (at (&w, end)->text, ":") == 0);
            heads &= !g_str_has_suffix (small, "văn phòng");
            const char *context = context_of (small + (heads ? last + 1 - canonical : 0)); /* "Thanh tra Sở", "các sở: …" */
            w.head = context != NULL ? context : listed ? w.head : NULL;
            w.opening = FALSE;
            w.naming = strcmp (small, "thị xã") == 0 || g_str_has_suffix (small, "thành phố") || KH_FITS (small, "^cong an (?:tinh|huyen|xa|phuong|thanh pho|thi xa)$");
        } else if ((canonical = province_at (&w, i, &end)) != NULL) {
            put (&w, canonical, spaced);
            w.head = NULL;
            w.naming = w.opening = FALSE;
        } else {
            put_word (&w, i);
            known = FALSE;
            i++;
            continue;
        }
        known = TRUE;
        i = end;
    }
    g_autoptr (GString) out = w.out;
    if (out->len == 0)
        return NULL;
    w.out = g_string_new (NULL);
    put_capital (&w, out->str, FALSE);
    const char *key = kh_pool_strdup (pool, w.out->str);
    g_string_free (w.out, TRUE);
    return key;
}
