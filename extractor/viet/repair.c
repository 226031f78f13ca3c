#include "viet/repair.h"

#include "viet/damage.h"

#include <string.h>

#define PASSAGE_BYTES 16384     /* a search's worth of text; cut at line ends */
#define LEAST_POSTERIOR 0.5     /* a change of what may be sound is not made when it is less likely than that */
#define TYPED_CONFIDENCE 0.75f  /* of a text that says nothing of how it was read */

struct kh_repairer {
    const kh_lm *lm;
    kh_lexicon *lexicon;
    kh_word_memory *memory;
    kh_search *search;
    kh_passage passage;
};

kh_repairer *
kh_repairer_new (const kh_lm *lm)
{
    kh_repairer *r = g_new0 (kh_repairer, 1);
    r->lm = lm;
    r->lexicon = kh_lexicon_new (lm);
    r->memory = kh_word_memory_new (lm);
    r->search = kh_search_new (lm, r->lexicon);
    kh_passage_init (&r->passage);
    return r;
}

void
kh_repairer_free (kh_repairer *r)
{
    if (r == NULL)
        return;
    kh_passage_clear (&r->passage);
    kh_search_free (r->search);
    kh_word_memory_free (r->memory);
    kh_lexicon_free (r->lexicon);
    g_free (r);
}

/* The bytes up to which a text is one passage: the last end of a paragraph, line, or word within `most`; all of it when it is shorter. */
static gsize
cut (const char *text, gsize length, gsize most)
{
    if (length <= most)
        return length;
    gsize word = 0, line = 0, paragraph = 0;
    for (gsize i = 1; i < most; i++) {
        if (text[i] == '\n' && text[i - 1] == '\n')
            paragraph = i + 1;
        if (text[i] == '\n')
            line = i + 1;
        if (text[i] == ' ')
            word = i + 1;
    }
    gsize at = paragraph > most / 2 ? paragraph : line > most / 4 ? line : word > 0 ? word : most;
    while (at > 0 && at < length && (text[at] & 0xC0) == 0x80) /* inside a character */
        at--;
    return at;
}

static void
take_sample (kh_repairer *r, const char *text, gsize length)
{
    kh_passage_fill (&r->passage, r->memory, text, cut (text, length, KH_DAMAGE_SAMPLE_BYTES), NULL, 0, TYPED_CONFIDENCE);
}

kh_damage
kh_repairer_diagnose (kh_repairer *r, const char *text, gsize length)
{
    take_sample (r, text, length);
    return kh_damage_find (r->search, &r->passage, r->lexicon);
}

kh_damage
kh_repairer_find_lost_letters (kh_repairer *r, const char *text, gsize length)
{
    kh_damage damage;
    take_sample (r, text, length);
    kh_damage_find_lost_letters (r->search, &r->passage, r->lexicon, &damage);
    return damage;
}

static void
free_change (gpointer change)
{
    g_free (((kh_change *) change)->to);
}

/* The bytes that a choice replaces. */
static void
place_of (const kh_passage *passage, const kh_edge *edge, gsize length, gsize *at, gsize *end)
{
    *at = edge->start < passage->symbols->len ? kh_passage_symbol (passage, edge->start)->at : length;
    *end = edge->end < passage->symbols->len ? kh_passage_symbol (passage, edge->end)->at : length;
}

/* The changes among the choices. A word that was split from the one behind it brings the space. */
static void
add_changes (GArray *changes, const kh_passage *passage, const GArray *choices, const kh_damage *damage, gsize offset,
             gsize length)
{
    for (guint i = 0; i < choices->len; i++) {
        const kh_choice *choice = &g_array_index (choices, kh_choice, i);
        gboolean doubtful = damage->kinds == KH_DAMAGE_OCR && choice->posterior < LEAST_POSTERIOR;
        if (choice->edge.kind == KH_REPAIR_NONE || doubtful)
            continue;
        gsize at, end;
        place_of (passage, &choice->edge, length, &at, &end);
        g_autofree char *word = kh_edge_text (passage, &choice->edge);
        gboolean splits = choice->edge.to == choice->edge.end && choice->edge.after == KH_TOKEN_CLASSES
                          && choice->edge.to < passage->symbols->len;
        kh_change change = { offset + at, end - at, g_strconcat (word, splits ? " " : "", NULL), (kh_repair_kind) choice->edge.kind,
                             (float) choice->posterior };
        if (strlen (change.to) == change.length && strncmp (change.to, passage->text + at, change.length) == 0)
            g_free (change.to);
        else
            g_array_append_val (changes, change);
    }
}

GArray *
kh_repairer_find_changes (kh_repairer *r, const char *text, gsize length, const kh_damage *damage, const kh_certainty *certain, guint n,
                          float confidence)
{
    GArray *changes = g_array_new (FALSE, FALSE, sizeof (kh_change));
    g_array_set_clear_func (changes, free_change);
    guint k = 0;
    for (gsize done = 0, part; damage->kinds != KH_DAMAGE_NONE && done < length; done += part) {
        part = cut (text + done, length - done, PASSAGE_BYTES);
        while (k + 1 < n && certain[k + 1].at <= done)
            k++;
        guint first = k;
        g_autofree kh_certainty *here = g_memdup2 (certain + first, (n - first) * sizeof *here);
        for (guint i = 0; i < n - first; i++)
            here[i].at = here[i].at > done ? here[i].at - done : 0;
        kh_passage_fill (&r->passage, r->memory, text + done, part, here, n - first, confidence);
        add_changes (changes, &r->passage, kh_search_run (r->search, &r->passage, damage), damage, done, part);
    }
    return changes;
}

char *
kh_apply_changes (const char *text, gsize length, const GArray *changes)
{
    GString *out = g_string_sized_new (length + length / 8);
    gsize at = 0;
    for (guint i = 0; i < changes->len; i++) {
        const kh_change *change = &g_array_index (changes, kh_change, i);
        g_string_append_len (out, text + at, (gssize) (change->at - at));
        g_string_append (out, change->to);
        at = change->at + change->length;
    }
    g_string_append_len (out, text + at, (gssize) (length - at));
    return g_string_free (out, FALSE);
}

/* ------------------------------------------------------------------ pages */

/* The page's words as one text, a line a line; where each begins, and how sure it is. */
static char *
text_of_page (const kh_page *page, GArray *certain)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        if (i > 0)
            g_string_append_c (text, kh_page_word (page, i - 1)->line == word->line ? ' ' : '\n');
        kh_certainty one = { text->len, word->confidence };
        g_array_append_val (certain, one);
        g_string_append (text, word->text);
    }
    return g_string_free (text, FALSE);
}

guint
kh_repair_ocr_page (kh_repairer *repairer, kh_page *page, kh_pool *pool)
{
    static const kh_damage ocr = { .kinds = KH_DAMAGE_OCR };
    g_autoptr (GArray) certain = g_array_new (FALSE, FALSE, sizeof (kh_certainty));
    g_autofree char *text = text_of_page (page, certain);
    gsize length = strlen (text);
    g_autoptr (GArray) changes = kh_repairer_find_changes (repairer, text, length, &ocr, (const kh_certainty *) certain->data, certain->len, 1);
    guint changed = 0, c = 0;
    for (guint i = 0; i < page->words->len && c < changes->len; i++) {
        gsize start = g_array_index (certain, kh_certainty, i).at;
        gsize end = i + 1 < certain->len ? g_array_index (certain, kh_certainty, i + 1).at - 1 : length;
        g_autoptr (GArray) inside = g_array_new (FALSE, FALSE, sizeof (kh_change));
        for (; c < changes->len && g_array_index (changes, kh_change, c).at < end; c++) {
            kh_change change = g_array_index (changes, kh_change, c);
            if (change.at >= start && change.at + change.length <= end) {
                change.at -= start;
                g_array_append_val (inside, change);
            }
        }
        if (inside->len == 0)
            continue;
        kh_word *word = kh_page_word (page, i);
        g_autofree char *mended = kh_apply_changes (word->text, strlen (word->text), inside);
        word->text = kh_pool_strdup (pool, mended);
        changed++;
    }
    return changed;
}
