/* channels.h - what a stretch of text may have been before it was damaged: each kind of damage proposes, none decides.
 *
 *      read        T h _ ờ n g _ _ u y ê n         proposals from the first letter on
 *                  └───────────────┘               thường (a letter lost at the space)       cost 0
 *                  └───┘                           Th     (as read, a word nobody knows)     cost 3
 *
 * One walk through the lexicon finds them all (lexicon.h): at each symbol of the text it goes on by the letter as read, by one the engine
 * takes for it, by a lost letter in place of a space, or over a space that does not belong there. Costs are -ln p of the damage, so
 * that the search (search.h) can add them to the language model's.
 */
#ifndef KH_VIET_CHANNELS_H
#define KH_VIET_CHANNELS_H

#include "core/page.h"
#include "viet/lexicon.h"
#include "viet/misread.h"
#include "viet/passage.h"

typedef enum kh_damage_kind {
    KH_DAMAGE_NONE = 0,
    KH_DAMAGE_LOST_LETTERS = 1, /* letters that became spaces, or nothing */
    KH_DAMAGE_OCR = 2,          /* marks, letters, spaces misread; specks read as signs */
    KH_DAMAGE_BARE = 4,         /* all marks gone */
} kh_damage_kind;

/* Which letters were lost, and how. */
typedef struct kh_lost_letters {
    gboolean is_lost[KH_N_LETTERS]; /* by number (letters.h) */
    gboolean bases[KH_N_BASES];     /* bases of those */
    gboolean vanish;                /* they left nothing behind, not even a space */
    gboolean spaces_merged;         /* several spaces were made one: a space may stand for letters and a space */
} kh_lost_letters;

typedef struct kh_damage {
    unsigned kinds;                 /* kh_damage_kind, or-ed */
    kh_lost_letters lost;
} kh_damage;

/* How the text of an edge is made from what was read, where it is no word of the lexicon. */
typedef enum kh_rewrite {
    KH_REWRITE_NONE,
    KH_REWRITE_SMALL,   /* small letters */
    KH_REWRITE_BARRED,  /* with the bars its Đ lost (kh_abbreviation_barred) */
    KH_REWRITE_UNMARKED, /* without marks, the bar of Đ excepted (kh_abbreviation_unmarked) */
    KH_REWRITE_NOTHING, /* it goes, and no space comes for it */
} kh_rewrite;

/* One proposal: signs, a word, signs, and where the text goes on. */
typedef struct kh_edge {
    guint32 to;             /* symbol the next word begins at */
    guint32 start, end;     /* symbols that the word replaces */
    guint32 lost;           /* bit k: letter k of the entry was not in the text */
    const kh_entry *entry;  /* the word; NULL: as read, or none, or `form` */
    const char *form;       /* a word the lexicon need not hold, in full */
    guint16 token;          /* its token; only with has_word */
    guint8 has_word;
    guint8 before, after;   /* kh_token of the signs around it, KH_TOKEN_CLASSES: none */
    guint8 kind;            /* kh_repair_kind */
    guint8 rewrite;         /* kh_rewrite */
    guint8 begins_anew;     /* behind it stands something else: another column, another cell */
    float cost;             /* nats */
} kh_edge;

/* What the channels know. */
typedef struct kh_channel_tables {
    const kh_lm *lm;
    const kh_lexicon *lexicon;
    const kh_misread *misread;
} kh_channel_tables;

/* Appends to `edges` (of kh_edge) what the text may be from symbol `from` on. The first symbol of a chunk always has a proposal. */
void kh_channels_propose (const kh_passage *passage, const kh_channel_tables *tables, const kh_damage *damage, guint32 from, GArray *edges);

/* The word an edge stands for, with the capitals of what was read; with a space behind it where it is parted from the next. "" when it is
 * nothing. The caller frees. */
char *kh_edge_text (const kh_passage *passage, const kh_channel_tables *tables, const kh_edge *edge);

/* An abbreviation without tones, hats and horns: "ƯBND" -> "UBND". The caller frees. */
char *kh_abbreviation_unmarked (const char *core);

/* An abbreviation or code with a bar on each D that the vocabulary knows one for: "62/2025/ND-CP" -> "62/2025/NĐ-CP". NULL when it has
 * none. The caller frees. */
char *kh_abbreviation_barred (const kh_lm *lm, const char *core);

#endif
