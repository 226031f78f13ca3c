/* reasons.h - why a value is in `review`: the codes, what they say to a clerk, how often such a value is right.
 *
 * The one list of them: parsers and checks use its codes, plan/trust.c ranks by it, emit/ writes its sentences, schemas/plan.schema.json names the codes
 * (tests/unit/test_trust.c holds them together).
 */
#ifndef KH_CORE_REASONS_H
#define KH_CORE_REASONS_H

#include <glib.h>

/* A value less sure than this is worth a look. */
#define KH_REVIEW_BELOW 0.97

typedef struct kh_reason {
    const char *code;
    float right;         /* of values doubted for this, the share that is right all the same (counted on samples/, or judged where they have none); of
                            what is missing, how little it is missed */
    const char *message; /* for a clerk, in Vietnamese */
} kh_reason;

/* Of a code; NULL when it is none. Static. */
const kh_reason *kh_reason_of (const char *code);

/* All of them, ended by one without code. Static. */
const kh_reason *kh_reasons (void);

#endif
