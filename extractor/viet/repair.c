#include "viet/repair.h"

#include "viet/damage.h"

#include <string.h>

#define PASSAGE_BYTES 16384     /* a search's worth of text; cut at line ends */
#define OCR_TRUTH 0.86           /* of sure changes of what was read, whoever read it; the others are slips of the author's, which are what the paper says */
/* Where the engine says how sure it was, a change is right by the odds of a misreading against a slip: shares of all words (dev and samples). */
#define MISREAD_LEAST 0.0004     /* however sure the engine was, and */
#define MISREAD_BY_DOUBT 0.087   /* so much more by its doubt (viet/trust_table.h, of syllables) */
#define SLIPS 0.00012            /* "đôn đốc" typed "đốn đốc" */
#define LEAST_POSTERIOR 0.5     /* a change of what may be sound is not made when it is less likely than that */

struct kh_repairer {
    const kh_lm *lm;
    kh_lexicon *lexicon;
    kh_misread *misread;
    kh_channel_tables tables; /* of the three above */
    kh_word_memory *memory;
    kh_search *search;
    kh_passage passage;
    kh_reading sample; /* that a text is judged by */
};

kh_repairer *
kh_repairer_new (const kh_lm *lm)
{
    kh_repairer *r = g_new0 (kh_repairer, 1);
    r->lm = lm;
    r->lexicon = kh_lexicon_new (lm);
    r->memory = kh_word_memory_new (lm);
    r->misread = kh_misread_new (lm);
    r->tables = (kh_channel_tables){ lm, r->lexicon, r->misread };
    r->search = kh_search_new (r->tables);
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
    kh_misread_free (r->misread);
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
    r->sample = (kh_reading){ .text = text, .length = length, .confidence = 1 };
    kh_passage_fill (&r->passage, r->memory, &r->sample, 0, cut (text, length, KH_DAMAGE_SAMPLE_BYTES));
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

gboolean
kh_repairer_lacks_letters (kh_repairer *r, const char *text, gsize length, const kh_damage *damage)
{
    take_sample (r, text, length);
    return kh_damage_lacks_letters (&r->passage, r->lexicon, damage);
}

double
kh_repairer_likelihood (kh_repairer *r, const char *text, gsize length)
{
    double sum = 0;
    guint words = 0;
    take_sample (r, text, length);
    kh_lm_state state = kh_lm_start (r->lm);
    for (guint i = 0; i < r->passage.chunks->len; i++) {
        const kh_chunk *chunk = kh_passage_chunk (&r->passage, i);
        gboolean jumps = chunk->start > 0 && kh_passage_symbol (&r->passage, chunk->start - 1)->c == KH_JUMP;
        if (jumps)
            state = kh_lm_nowhere ();
        if (chunk->before != KH_TOKEN_CLASSES)
            kh_lm_score (r->lm, &state, chunk->before, &state);
        if (chunk->core_end > chunk->core_start) {
            double p = kh_lm_score (r->lm, &state, chunk->token, &state);
            if (chunk->is_mendable && !jumps) {
                sum += p + chunk->spelling;
                words++;
            }
        }
        if (chunk->after != KH_TOKEN_CLASSES)
            kh_lm_score (r->lm, &state, chunk->after, &state);
    }
    return words == 0 ? 0 : sum / words;
}

static void
free_change (gpointer change)
{
    g_free (((kh_change *) change)->to);
}

/* The byte a symbol stands at; the passage's end for the one behind its last. */
static gsize
byte_of (const kh_passage *passage, guint32 symbol)
{
    return symbol < passage->symbols->len ? kh_passage_symbol (passage, symbol)->at : passage->end;
}

/* How likely it is that a change puts a misreading right, not a slip, by the surest word it touches. */
static double
truth_of (const kh_reading *reading, gsize at, gsize length)
{
    double surest = -1;
    for (guint i = 0; i < reading->n_certain && reading->certain[i].at < at + MAX (length, 1); i++)
        if (i + 1 == reading->n_certain || reading->certain[i + 1].at > at)
            surest = MAX (surest, reading->certain[i].confidence);
    double misread = MISREAD_LEAST + MISREAD_BY_DOUBT * (1 - surest);
    return surest < 0 ? OCR_TRUTH : misread / (misread + SLIPS);
}

/* The changes among the choices. */
static void
add_changes (GArray *changes, const kh_passage *passage, const kh_channel_tables *tables, const GArray *choices, const kh_damage *damage)
{
    for (guint i = 0; i < choices->len; i++) {
        const kh_choice *choice = &g_array_index (choices, kh_choice, i);
        gboolean doubtful = damage->kinds == KH_DAMAGE_OCR && choice->posterior < LEAST_POSTERIOR;
        if (choice->edge.kind == KH_REPAIR_NONE || doubtful)
            continue;
        gsize at = byte_of (passage, choice->edge.start), length = byte_of (passage, choice->edge.end) - at;
        kh_change change = { at, length, kh_edge_text (passage, tables, &choice->edge), (kh_repair_kind) choice->edge.kind,
                             (float) (choice->posterior * (damage->kinds == KH_DAMAGE_OCR ? truth_of (passage->reading, at, length) : 1)) };
        if (strlen (change.to) == length && strncmp (change.to, passage->reading->text + at, length) == 0)
            g_free (change.to);
        else
            g_array_append_val (changes, change);
    }
}

/* How likely the words are that stay as they were read. */
static void
note_posteriors (float *as_read, const kh_passage *passage, const GArray *choices)
{
    const kh_reading *reading = passage->reading;
    for (guint i = 0, k = 0; i < choices->len; i++) {
        const kh_choice *choice = &g_array_index (choices, kh_choice, i);
        gboolean stays = choice->edge.kind == KH_REPAIR_NONE;
        if ((stays && !choice->edge.has_word) || (!stays && choice->posterior >= LEAST_POSTERIOR))
            continue;
        gsize at = byte_of (passage, choice->edge.start);
        while (k + 1 < reading->n_certain && reading->certain[k + 1].at <= at)
            k++;
        if (k < reading->n_certain)
            as_read[k] = MIN (as_read[k], stays ? choice->posterior : 1 - choice->posterior);
    }
}

GArray *
kh_repairer_find_changes (kh_repairer *r, const kh_reading *reading, const kh_damage *damage, float *as_read)
{
    GArray *changes = g_array_new (FALSE, FALSE, sizeof (kh_change));
    g_array_set_clear_func (changes, free_change);
    for (gsize done = 0, end; damage->kinds != KH_DAMAGE_NONE && done < reading->length; done = end) {
        end = done + cut (reading->text + done, reading->length - done, PASSAGE_BYTES);
        kh_passage_fill (&r->passage, r->memory, reading, done, end);
        const GArray *choices = kh_search_run (r->search, &r->passage, damage);
        add_changes (changes, &r->passage, &r->tables, choices, damage);
        if (as_read != NULL)
            note_posteriors (as_read, &r->passage, choices);
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
