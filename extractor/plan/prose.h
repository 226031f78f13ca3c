/* prose.h - the paragraphs of a section as a list of items: which are leaves, which only lead to others or point elsewhere. */
#ifndef KH_PLAN_PROSE_H
#define KH_PLAN_PROSE_H

#include "core/record.h"

/* Do items hang below paragraph `i` (deeper ones right behind it, labels apart)? */
gboolean kh_prose_has_items (const kh_section *section, guint i);

/* Does paragraph `i` end in ":" and introduce what follows it in the section or in the sections below it? A ":" that nothing
 * follows is a misread ";". */
gboolean kh_prose_introduces (const kh_record *record, const kh_section *section, guint i);

/* A paragraph that says nothing by itself: an introduction, a pointer in brackets, a closing sentence ("Trên đây là …"), a
 * table, an empty one. */
gboolean kh_prose_is_frame (const kh_record *record, const kh_section *section, guint i);

/* "Thời gian kiểm tra: Quý III/2018.", "Đơn vị chủ trì: Phòng A": the field its label names (columns.h) and where what it says
 * begins; NULL when it is no such line. */
const char *kh_prose_label (const char *text, gsize *value);

/* Is the paragraph such a line and nothing else, with a bullet or without? */
gboolean kh_prose_is_label (const kh_paragraph *paragraph);

#endif
