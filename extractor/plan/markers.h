/* markers.h - the numbers and bullets that list items begin with.
 *
 *   Phần I   Chương II   Điều 3.        named
 *   A.  B.  Đ.                          capital
 *   I.  II-  III/                       Roman
 *   1.  2)  (3)                         Arabic
 *   1.1.  2.1.3                         decimal
 *   a)  đ)  b.                          letter
 *   -  –  •     +     *                 bullets
 *
 * A scanner takes I for l or 1 and II for H: a marker that can be read in several ways has several readings, most
 * likely first, and what stands around it decides (outline.h).
 */
#ifndef KH_PLAN_MARKERS_H
#define KH_PLAN_MARKERS_H

#include "base/pool.h"

#define KH_MARKER_READINGS 3
#define KH_MARKER_PARTS 6

typedef enum kh_marker_kind {
    KH_MARKER_NONE,
    KH_MARKER_NAMED, /* Phần, Chương, Mục, Điều: `name` tells which */
    KH_MARKER_CAPITAL,
    KH_MARKER_ROMAN,
    KH_MARKER_ARABIC,
    KH_MARKER_DECIMAL,
    KH_MARKER_LETTER,
    KH_MARKER_DASH,
    KH_MARKER_PLUS,
    KH_MARKER_STAR,
} kh_marker_kind;

/* The words of named numbers: Phần, Chương, Mục, Điều. */
enum { KH_NAMED_PART = 1, KH_NAMED_CHAPTER, KH_NAMED_DIVISION, KH_NAMED_ARTICLE };

typedef struct kh_marker {
    kh_marker_kind kind;
    int name;                    /* named: which of the words below; else 0 */
    gboolean in_brackets;        /* "(1)", "1)": another list than "1." ; not told apart for letters */
    int n_parts;                 /* 2.1.3: 3; else 1; bullets: 0 */
    int parts[KH_MARKER_PARTS];  /* values; a letter's place in the alphabet */
    const char *printed;         /* with its mark: "2.1.", "a)", "-" (dashes of all makes) */
    const char *number;          /* without: "2.1", "a", "III", "Điều 3"; NULL for bullets */
    gsize length;                /* bytes of the text up to what follows the marker and its spaces */
    gboolean corrected;          /* not as read: "ll." taken for II */
    gboolean only_in_list;       /* holds only where it goes on a list: "-3. Cải cách", a speck before the number */
} kh_marker;

/* The readings of the marker `text` begins with: how many (0: it begins with none). Strings in the pool. */
guint kh_markers_read (kh_pool *pool, const char *text, kh_marker readings[KH_MARKER_READINGS]);

/* A number whose mark an engine lost ("2 Cải cách thể chế"): holds only where it goes on a list. */
gboolean kh_marker_read_bare (kh_pool *pool, const char *text, kh_marker *marker);

static inline gboolean kh_marker_is_numbered (const kh_marker *m) { return m->kind >= KH_MARKER_NAMED && m->kind <= KH_MARKER_LETTER; }
static inline gboolean kh_marker_is_bullet (const kh_marker *m) { return m->kind >= KH_MARKER_DASH; }

/* The value that counts in its list: 3 for "2.1.3"; 0 for bullets. */
int kh_marker_value (const kh_marker *marker);

/* The same marker with another value: number and print are made anew, `corrected` is set. */
kh_marker kh_marker_with_value (kh_pool *pool, const kh_marker *marker, int value);

/* Could both stand in one list? Decimals need equally many parts. */
gboolean kh_marker_same_list (const kh_marker *a, const kh_marker *b);

/* Is `next` the number after `previous` in one list? Letters may leave out đ, f, j, w, z. */
gboolean kh_marker_follows (const kh_marker *previous, const kh_marker *next);

/* Does decimal `child` begin with the number of `parent` (2 or 2. of 2.1)? */
gboolean kh_marker_extends (const kh_marker *parent, const kh_marker *child);

#endif
