/* damage.h - what happened to a text, told from the text itself.
 *
 * Nobody says that a font map lost its ư, or that marks were left out when a text was typed: but letters that are missing are missing
 * everywhere, and what is left of their words is no Vietnamese.
 */
#ifndef KH_VIET_DAMAGE_H
#define KH_VIET_DAMAGE_H

#include "viet/search.h"

#define KH_DAMAGE_SAMPLE_BYTES (64 * 1024) /* that much of a text tells its damage */

/* Makes `damage` one of lost letters: which, is found from the text; an empty set when none explains it. */
void kh_damage_find_lost_letters (kh_search *search, const kh_passage *passage, const kh_lexicon *lexicon, kh_damage *damage);

/* What happened to the text of a passage, at most one kind of damage; KH_DAMAGE_NONE when it is sound or too short to tell. */
kh_damage kh_damage_find (kh_search *search, const kh_passage *passage, const kh_lexicon *lexicon);

/* Does the text of a passage lack the lost letters, more or less, where so long a text should hold some? */
gboolean kh_damage_lacks_letters (const kh_passage *passage, const kh_lexicon *lexicon, const kh_damage *damage);

/* Adds a letter to the lost ones, by number. */
void kh_lost_letters_add (kh_lost_letters *lost, guint8 number);

#endif
