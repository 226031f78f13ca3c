/* roles.h - what a section is for, by the words of its heading.
 *
 *   MỤC ĐÍCH, YÊU CẦU …  objectives     PHÂN CÔNG …           assignments
 *   NHIỆM VỤ, GIẢI PHÁP  tasks          KINH PHÍ …            funding
 *   THỰC TRẠNG …         other          TỔ CHỨC THỰC HIỆN …   implementation
 *
 * The word that stands first decides. A heading without such a word has the role of the section it stands in.
 */
#ifndef KH_PLAN_ROLES_H
#define KH_PLAN_ROLES_H

#include "core/record.h"

/* The role a heading names. `inside`: the role of the section around it (KH_ROLE_OTHER at the top), which is also the answer
 * when the heading names none. `at_top`: it is one of the document's (or a named part's) main headings, where the word may
 * stand anywhere; below, it must begin the heading. `known` (may be NULL): a word was found. */
kh_role kh_role_of_heading (const char *heading, kh_role inside, gboolean at_top, gboolean *known);

/* Does a sentence begin like a task: with a verb of doing (xây dựng, tổ chức, rà soát …)? */
gboolean kh_begins_like_task (const char *text);

#endif
