/* cited_issuer.h - who issued the document that is cited, as printed.
 *
 *   … ngày 9/9/2021 [của] Sở Văn hóa, Thể thao và Du lịch | về việc …      behind it
 *   đề nghị của Sở Xây dựng tại | Tờ trình số …                            before it
 *
 * A name ends where the title of the paper or a verb begins (về việc, quy định, ban hành, tại), and at a mark. A comma goes on only
 * inside a name; several bodies are one issuer where "và" or a dash joins them.
 */
#ifndef KH_PLAN_CITED_ISSUER_H
#define KH_PLAN_CITED_ISSUER_H

#include "viet/fold.h"

typedef enum kh_issuer_flags {
    KH_ISSUER_BARE = 1,  /* a body's name at once will do, without "của" */
    KH_ISSUER_JOINT = 2, /* the paper is of several bodies, which commas may part */
} kh_issuer_flags;

/* The issuer named at folded byte `at`: "của X", "do X ban hành". */
gboolean kh_cited_issuer_follows (const kh_fold *fold, gsize at, gsize limit, kh_issuer_flags flags, gsize *start, gsize *end);

/* "đề nghị của X tại", "ý kiến của X (": the issuer before its paper, whose type word begins at `type`; not before `floor`. */
gboolean kh_cited_issuer_precedes (const kh_fold *fold, gsize floor, gsize type, gsize *start, gsize *end);

#endif
