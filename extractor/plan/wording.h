/* wording.h - how a stretch of text is written: in capitals, how long, how it ends. */
#ifndef KH_PLAN_WORDING_H
#define KH_PLAN_WORDING_H

#include "core/text.h"

guint kh_word_count (const char *text);

/* Is it set in capitals: at least `least` letters, all but few of them capitals? */
gboolean kh_is_capitals (const char *text, guint least);

/* The last character that is neither space nor closing quote; 0 for an empty text. */
gunichar kh_last_character (const char *text);

/* Does a sentence end inside: full stop, space, capital (not after an abbreviation of one or two letters)? */
gboolean kh_has_inner_stop (const char *text);

/* The bytes of `text` without closing ':' and the spaces before it. */
gsize kh_length_without_colon (const char *text);

/* The bytes of a heading without the marks it may end in (a full stop stays). */
gsize kh_length_of_title (const char *text);

/* Was it read by an engine, so that letters and marks may be misread? */
gboolean kh_text_is_from_engine (const kh_text *text);

/* The text without what a scanner makes of specks at its edges (` ' _ ^ ~ …); as it is when no engine read it. */
kh_text kh_text_without_specks (kh_pool *pool, const kh_text *text);

/* Has it a letter or figure at all? */
gboolean kh_says_something (const char *text);

#endif
