#include "viet/lexicon.h"

#include "viet/token.h"

#include <math.h>
#include <string.h>

typedef struct node {
    guint16 children[KH_N_BASES];
    guint16 first, n; /* its entries */
} node;

struct kh_lexicon {
    GArray *nodes;    /* of node */
    GArray *entries;  /* of kh_entry, those of one node together */
    double frequency[KH_N_LETTERS];
};

/* An entry and the node it ends at, before entries are sorted by node. */
typedef struct placed {
    kh_entry entry;
    guint16 node;
} placed;

static gboolean
make_entry (const char *form, guint16 token, kh_entry *entry)
{
    *entry = (kh_entry){ .token = token };
    for (const char *p = form; *p != '\0'; p = g_utf8_next_char (p)) {
        kh_letter letter = kh_letter_take_apart (g_utf8_get_char (p));
        if (letter.base == KH_NO_BASE || letter.upper || entry->length == KH_LEXICON_LETTERS || (letter.tone != 0 && entry->tone != 0))
            return FALSE;
        if (letter.tone != 0) {
            entry->tone = letter.tone;
            entry->tone_at = entry->length;
        }
        entry->bases[entry->length] = letter.base;
        entry->shapes[entry->length++] = letter.shape;
    }
    return entry->length > 0;
}

/* The vocabulary holds hòa, thủy: is there the newer hoà, thuỷ, with the tone one letter on? */
static gboolean
has_newer_placement (const kh_entry *entry)
{
    guint n = entry->length;
    if (entry->tone == 0 || n < 2 || entry->tone_at != n - 2 || entry->shapes[n - 2] != 0 || entry->shapes[n - 1] != 0)
        return FALSE;
    char first = (char) ('a' + entry->bases[n - 2]), second = (char) ('a' + entry->bases[n - 1]);
    gboolean after_q = n > 2 && entry->bases[n - 3] == 'q' - 'a';
    return !after_q && ((first == 'o' && (second == 'a' || second == 'e')) || (first == 'u' && second == 'y'));
}

static guint16
node_of (kh_lexicon *lexicon, const kh_entry *entry)
{
    guint16 at = 0;
    for (guint i = 0; i < entry->length; i++) {
        guint16 next = g_array_index (lexicon->nodes, node, at).children[entry->bases[i]];
        if (next == 0) {
            node empty = { 0 };
            next = (guint16) lexicon->nodes->len;
            g_array_append_val (lexicon->nodes, empty);
            g_array_index (lexicon->nodes, node, at).children[entry->bases[i]] = next;
        }
        at = next;
    }
    return at;
}

static int
by_node (gconstpointer a, gconstpointer b)
{
    const placed *x = a, *y = b;
    if (x->node != y->node)
        return (x->node > y->node) - (x->node < y->node);
    if (x->entry.token != y->entry.token) /* tokens are numbered by frequency */
        return (x->entry.token > y->entry.token) - (x->entry.token < y->entry.token);
    return (x->entry.tone_at > y->entry.tone_at) - (x->entry.tone_at < y->entry.tone_at);
}

static void
count_letters (kh_lexicon *lexicon, const kh_entry *entry, double weight)
{
    for (guint i = 0; i < entry->length; i++)
        lexicon->frequency[kh_letter_number (kh_letter_put_together (kh_entry_letter (entry, i)))] += weight;
}

kh_lexicon *
kh_lexicon_new (const kh_lm *lm)
{
    kh_lexicon *lexicon = g_new0 (kh_lexicon, 1);
    lexicon->nodes = g_array_new (FALSE, TRUE, sizeof (node));
    lexicon->entries = g_array_new (FALSE, FALSE, sizeof (kh_entry));
    g_array_set_size (lexicon->nodes, 1);
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (placed));
    const kh_lm_state nowhere = kh_lm_nowhere ();
    kh_lm_state ignored;
    for (guint t = KH_TOKEN_CLASSES; t < kh_lm_size (lm) && lexicon->nodes->len < G_MAXUINT16 - KH_LEXICON_LETTERS; t++) {
        placed one;
        if (!make_entry (kh_lm_form (lm, (guint16) t), (guint16) t, &one.entry))
            continue;
        count_letters (lexicon, &one.entry, exp (kh_lm_score (lm, &nowhere, (guint16) t, &ignored)));
        one.node = node_of (lexicon, &one.entry);
        g_array_append_val (all, one);
        if (has_newer_placement (&one.entry)) {
            one.entry.tone_at++;
            g_array_append_val (all, one);
        }
    }
    g_array_sort (all, by_node);
    for (guint i = 0; i < all->len; i++) {
        const placed *one = &g_array_index (all, placed, i);
        node *at = &g_array_index (lexicon->nodes, node, one->node);
        if (at->n++ == 0)
            at->first = (guint16) lexicon->entries->len;
        g_array_append_val (lexicon->entries, one->entry);
    }
    double sum = 0;
    for (guint i = 0; i < KH_N_LETTERS; i++)
        sum += lexicon->frequency[i];
    for (guint i = 0; i < KH_N_LETTERS; i++)
        lexicon->frequency[i] /= sum;
    return lexicon;
}

void
kh_lexicon_free (kh_lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    g_array_unref (lexicon->nodes);
    g_array_unref (lexicon->entries);
    g_free (lexicon);
}

guint16
kh_lexicon_child (const kh_lexicon *lexicon, guint16 at, guint8 base)
{
    return g_array_index (lexicon->nodes, node, at).children[base];
}

const kh_entry *
kh_lexicon_entries (const kh_lexicon *lexicon, guint16 at, guint *n)
{
    const node *one = &g_array_index (lexicon->nodes, node, at);
    *n = one->n;
    return one->n == 0 ? NULL : &g_array_index (lexicon->entries, kh_entry, one->first);
}

static gboolean
is_entry (const kh_entry *entry, const kh_letter *letters)
{
    for (guint i = 0; i < entry->length; i++)
        if (letters[i].shape != entry->shapes[i] || letters[i].tone != (entry->tone_at == i ? entry->tone : 0))
            return FALSE;
    return TRUE;
}

const kh_entry *
kh_lexicon_find (const kh_lexicon *lexicon, const kh_letter *letters, guint length)
{
    guint16 at = 0;
    for (guint i = 0; i < length; i++)
        if (letters[i].base == KH_NO_BASE || (at = kh_lexicon_child (lexicon, at, letters[i].base)) == 0)
            return NULL;
    guint n;
    const kh_entry *entries = kh_lexicon_entries (lexicon, at, &n);
    for (guint i = 0; i < n; i++)
        if (is_entry (&entries[i], letters))
            return &entries[i];
    return NULL;
}

double
kh_lexicon_frequency (const kh_lexicon *lexicon, guint8 number)
{
    return lexicon->frequency[number];
}
