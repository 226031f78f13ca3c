/* page_wire.h - a page crosses from a worker to the parent.
 *
 *   (i dd i u dd d dd (dddddd) ms ms ms  words  image's words  rules  marks  regions)
 *    │ │  │ │ │  │ │  │         │  │  └─ encoding
 *    │ │  │ │ │  │ │  │         │  └─ warning message
 *    │ │  │ │ │  │ │  │         └─ warning code
 *    │ │  │ │ │  │ │  └─ to_page: xx xy x0 yx yy y0
 *    │ │  │ │ │  │ └─ frame width, height
 *    │ │  │ │ │  └─ confidence
 *    │ │  │ │ └─ dpi, skew
 *    │ │  │ └─ origin
 *    │ │  └─ rotation
 *    │ └─ width, height
 *    └─ number
 *   words: a(s ms ms (dddd) d d u i)   text, read when it differs, others, box, size, confidence, style, line
 *   rules: a((dddd) b)              box, is it horizontal
 *   marks: a((dddd) u)              box, kind
 *   regions: a((dddd) i (dddddd))   box, turn, to_page
 *
 * What comes from a worker may have been made up by the file it read. Reading it back keeps the promises of
 * core/page.h whatever it says: numbers are finite, boxes have their corners in order, the ceilings of
 * base/limits.h hold. A word, rule or mark that breaks them is dropped; a page
 * that does is refused, and so is one with a region that does: it would name false places.
 */
#ifndef KH_WORKERS_PAGE_WIRE_H
#define KH_WORKERS_PAGE_WIRE_H

#include "core/page.h"

#define KH_PAGE_WIRE_FORMAT "(iddiuddddd(dddddd)msmsmsa(smsms(dddd)ddui)ma(smsms(dddd)ddui)a((dddd)b)a((dddd)u)a((dddd)i(dddddd)))"
#define KH_PAGE_WIRE_TYPE G_VARIANT_TYPE (KH_PAGE_WIRE_FORMAT)

/* The page as a variant of type KH_PAGE_WIRE_TYPE; floating. */
GVariant *kh_page_to_variant (const kh_page *page);

/* The page again, in `pool`. NULL when `variant` is of another type or no page at all: not of normal form, sizes that are not
 * finite and positive (up to KH_LIMIT_PAGE_POINTS), a number below 1. */
kh_page *kh_page_from_variant (GVariant *variant, kh_pool *pool);

/* A page's picture crosses by itself, when it is asked for. */
#define KH_PICTURE_WIRE_TYPE G_VARIANT_TYPE_BYTESTRING
GVariant *kh_picture_to_variant (GBytes *picture);
/* The caller drops the reference. NULL when it is no JPEG, by its first bytes, or larger than KH_LIMIT_PICTURE_BYTES. */
GBytes *kh_picture_from_variant (GVariant *variant);

#endif
