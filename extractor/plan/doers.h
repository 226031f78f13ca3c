/* doers.h - who a sentence says shall do it.
 *
 *   Văn phòng Sở | chủ trì, phối hợp …                       at the beginning
 *   Giao | Phòng Tổ chức | tổng hợp …                        after a word of assigning
 *   Trên cơ sở …, | Trưởng các phòng | có trách nhiệm …      after a clause
 *   Bệnh viện huyện | : mỗi đơn vị cử …                      before a colon
 *
 * A name ends where a verb begins. Verbs inside names are told by what stands before them ("Phòng Xây dựng, kiểm tra văn bản
 * và theo dõi thi hành pháp luật").
 */
#ifndef KH_PLAN_DOERS_H
#define KH_PLAN_DOERS_H

#include "core/text.h"

typedef struct kh_doer {
    gsize start, end;     /* bytes of the name */
    gsize predicate;      /* where what it does begins */
    gboolean assigned;    /* "Giao …", "Đề nghị …", "Mời …" stands before it */
    gboolean before_colon;
} kh_doer;

/* The doer a text begins with, after a word of assigning if there is one. */
gboolean kh_doer_at_start (const char *text, kh_doer *doer);

/* The doer of a text: at its start, behind its opening clause, or at the start of a later sentence. */
gboolean kh_doer_find (const char *text, kh_doer *doer);

/* The first "Giao X …" of a text, at the start of a sentence or clause. */
gboolean kh_doer_assigned (const char *text, kh_doer *doer);

/* The unit a heading names ("1. Văn phòng Sở", "Trách nhiệm của Sở Y tế", "Đề nghị Ủy ban …"): its bytes; FALSE when it names none. */
gboolean kh_doer_of_heading (const char *title, gsize *start, gsize *end);

#endif
