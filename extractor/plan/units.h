/* units.h - names of bodies: "Văn phòng Sở", "UBND các huyện, thị xã", "Sở Văn hóa, Thể thao và Du lịch".
 *
 * One string a unit, as printed, line breaks healed. Split on ";", on list dashes, on separate lines that start a new
 * unit, and at a comma only where the next unit begins with its own head word in capitals; never at "và" or a comma
 * inside one name.
 */
#ifndef KH_PLAN_UNITS_H
#define KH_PLAN_UNITS_H

#include "core/flow.h"
#include "core/record.h"

/* The bytes of the head word(s) with which `text` begins as the name of a body or office (Sở, Phòng, UBND, Các phòng,
 * Ban Chỉ đạo, Chánh Văn phòng, Giám đốc …), 0 when it begins with none. The head must begin with a capital. */
gsize kh_unit_head (const char *text);

/* The bytes of `text` that are the name of the body it begins with ("Sở Nội vụ chủ trì …" -> "Sở Nội vụ"): ends before the
 * verb or punctuation. 0 when it begins with none. */
gsize kh_unit_name (const char *text);

/* Does a body's name in a sentence end before `rest`: does it begin with a verb, or a small word that begins something else ("chủ
 * trì", "phối hợp", "về")? To be asked of words written small. */
gboolean kh_unit_stops_at (const char *rest);

/* The units of a table cell, by its printed lines and paragraphs: kh_value * . */
GPtrArray *kh_units_of_cell (kh_pool *pool, const kh_cell *cell);

/* The units of a text without line structure (prose): kh_value * . */
GPtrArray *kh_units_of_text (kh_pool *pool, const kh_text *text);

#endif
