/* statements.h - statements whose text depends on the database: each backend makes its table of them. Within store/ only.
 *
 * `now` is the SQL for the clock leases go by, in seconds: the server's own where there is one, as hosts' clocks differ. `locked`
 * makes a choice skip what others are choosing at the same moment.
 */
#ifndef KH_STORE_STATEMENTS_H
#define KH_STORE_STATEMENTS_H

#define KH_WITHIN_MINE " AND EXISTS (SELECT 1 FROM mine WHERE mine.sha256 = documents.sha256)"

#define KH_EACH_SCOPE(head, tail)                                                                                                \
    {                                                                                                                            \
        head tail, head KH_WITHIN_MINE tail                                                                                      \
    }
#define KH_ANY_SCOPE(text)                                                                                                       \
    {                                                                                                                            \
        text, text                                                                                                               \
    }

#define KH_CLAIM_HEAD(now)                                                                                                       \
    "UPDATE documents SET state = 'reading', owner = ?, lease_until = " now " + ?, attempts = attempts + 1"                      \
    " WHERE sha256 = (SELECT sha256 FROM documents WHERE "
#define KH_CLAIM_TAIL(order, locked) " ORDER BY " order " LIMIT 1" locked ") RETURNING sha256, bytes"

#define KH_CLAIM_QUEUED(now, locked)                                                                                             \
    KH_EACH_SCOPE (KH_CLAIM_HEAD (now) "state = 'queued' AND bytes <= ?", KH_CLAIM_TAIL ("bytes DESC", locked))
/* Who often killed its reader comes last. */
#define KH_CLAIM_LAPSED(now, locked)                                                                                             \
    KH_EACH_SCOPE (KH_CLAIM_HEAD (now) "state = 'reading' AND lease_until < " now " AND owner <> ?",                             \
                   KH_CLAIM_TAIL ("attempts, bytes DESC", locked))
#define KH_RENEW(now) KH_ANY_SCOPE ("UPDATE documents SET lease_until = " now " + ? WHERE state = 'reading' AND owner = ?")

#endif
