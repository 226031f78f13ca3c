/* postgresql.c - a store in a PostgreSQL database, for workers on many machines.
 *
 * Rows of a document are sent one after the other without waiting (pipeline), and their results taken before the transaction
 * ends: a document costs six journeys to the server, whatever it holds. The clock of leases is the server's. A connection that is
 * lost is an error: what was claimed over it is claimed by others when its lease is over.
 */
#include <libpq-fe.h>
#include <string.h>

#include "base/intl.h"
#include "kehoach.h"
#include "store/backend.h"
#include "store/statements.h"

#define KEPT_STATEMENTS 100 /* prepared statements that are kept */
#define UNREAD_RESULTS                                                                                                           \
    100 /* statements sent before their results are taken: they are short, and fit into what the system holds for us */
#define SETUP_LOCK "7310577196180236372" /* "kehoachT": one at a time makes the tables */

typedef struct database {
    PGconn *connection;
    char *name;
    GHashTable *kept; /* SQL -> name of the prepared statement */
    guint n_named;
    guint n_unread; /* statements sent whose results are not taken yet; > 0: in pipeline mode */
} database;

typedef struct postgresql_rows {
    kh_store_rows head;
    PGresult *result;
    int at, n;
} postgresql_rows;

/* ---- errors ---- */

/* `result` NULL: the connection itself. */
static gboolean
fail (database *db, const PGresult *result, GError **error)
{
    const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
    const char *said = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    g_autofree char *message = g_strdup (said != NULL ? said : PQerrorMessage (db->connection));
    g_strchomp (message);
    g_strdelimit (message, "\n", ' ');
    if (PQstatus (db->connection) != CONNECTION_OK)
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("the connection to store '%s' was lost: %s"), db->name, message);
    else if (state != NULL && strcmp (state, "25006") == 0)
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("cannot write store '%s': it is read-only"), db->name);
    else if (state != NULL && (g_str_has_prefix (state, "42") || g_str_has_prefix (state, "22")) && strcmp (state, "42501") != 0)
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s': %s"), db->name, message); /* SQL that is wrong */
    else
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("cannot write store '%s': %s"), db->name, message);
    return FALSE;
}

/* Takes the result; TRUE when it is a good one. */
static gboolean
is_good (database *db, PGresult *result, GError **error)
{
    ExecStatusType status = PQresultStatus (result);
    gboolean good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good)
        fail (db, result, error);
    PQclear (result);
    return good;
}

/* ---- statements ---- */

/* ? and ?2 as $1 and $2, but for those in strings, names and comments. */
static char *
with_dollars (const char *sql)
{
    GString *out = g_string_new (NULL);
    guint n = 0;
    for (const char *p = sql; *p != '\0';) {
        const char *end = NULL;
        if (*p == '\'' || *p == '"')
            end = strchr (p + 1, *p);
        else if (g_str_has_prefix (p, "--"))
            end = strchr (p, '\n');
        if (end != NULL) {
            g_string_append_len (out, p, end + 1 - p);
            p = end + 1;
        } else if (*p == '?') {
            gsize digits = strspn (p + 1, "0123456789");
            g_string_append_c (out, '$');
            if (digits > 0)
                g_string_append_len (out, p + 1, digits);
            else
                g_string_append_printf (out, "%u", ++n);
            p += 1 + digits;
        } else {
            g_string_append_c (out, *p++);
        }
    }
    return g_string_free (out, FALSE);
}

/* Takes the results of what was sent; FALSE with the first error among them. */
static gboolean
take_results (database *db, GError **error)
{
    if (db->n_unread == 0)
        return TRUE;
    db->n_unread = 0;
    gboolean good = PQpipelineSync (db->connection) == 1;
    if (!good)
        return fail (db, NULL, error);
    for (gboolean is_over = FALSE; !is_over;) { /* a statement's results end with NULL; all of them with that of the sync */
        PGresult *result = PQgetResult (db->connection);
        ExecStatusType status = PQresultStatus (result);
        if (result == NULL) {
            if (PQstatus (db->connection) != CONNECTION_OK)
                return good ? fail (db, NULL, error) : FALSE;
            continue;
        }
        is_over = status == PGRES_PIPELINE_SYNC;
        if (!is_over && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_ABORTED) {
            if (good)
                fail (db, result, error);
            good = FALSE;
        }
        PQclear (result);
    }
    PQexitPipelineMode (db->connection);
    return good;
}

/* What was prepared is not known for sure after an error among statements sent. */
static void
forget_statements (database *db)
{
    g_hash_table_remove_all (db->kept);
    PQclear (PQexec (db->connection, "DEALLOCATE ALL"));
}

/* The name of a statement that is to be prepared, and whether that is to be done now. */
static const char *
name_of (database *db, const char *sql, gboolean *is_new)
{
    const char *name = g_hash_table_lookup (db->kept, sql);
    *is_new = name == NULL;
    if (name == NULL) {
        name = g_strdup_printf ("kehoach_%u", db->n_named++);
        g_hash_table_insert (db->kept, g_strdup (sql), (gpointer)name);
    }
    return name;
}

static gboolean
put (void *pointer, const char *sql, const char *const *parameters, gsize n, GError **error)
{
    database *db = pointer;
    if (db->n_unread == 0 && PQenterPipelineMode (db->connection) != 1)
        return fail (db, NULL, error);
    gboolean is_new;
    const char *name = name_of (db, sql, &is_new);
    g_autofree char *text = is_new ? with_dollars (sql) : NULL;
    if ((is_new && PQsendPrepare (db->connection, name, text, 0, NULL) != 1) ||
        PQsendQueryPrepared (db->connection, name, (int)n, parameters, NULL, NULL, 0) != 1)
        return fail (db, NULL, error);
    return ++db->n_unread < UNREAD_RESULTS || take_results (db, error);
}

/* ---- rows ---- */

static gboolean
rows_next (kh_store_rows *head, GError **error)
{
    (void)error;
    postgresql_rows *rows = (postgresql_rows *)head;
    if (rows->at < rows->n)
        rows->at++;
    return rows->at < rows->n;
}

static const char *
rows_text (kh_store_rows *head, int column)
{
    postgresql_rows *rows = (postgresql_rows *)head;
    if (rows->at < 0 || rows->at >= rows->n || column >= PQnfields (rows->result) || PQgetisnull (rows->result, rows->at, column))
        return NULL;
    return PQgetvalue (rows->result, rows->at, column);
}

static void
rows_free (kh_store_rows *head)
{
    postgresql_rows *rows = (postgresql_rows *)head;
    PQclear (rows->result);
    g_free (rows);
}

static kh_store_rows *
query (void *pointer, const char *sql, const char *const *parameters, gsize n, GError **error)
{
    database *db = pointer;
    if (!take_results (db, error))
        return NULL;
    if (g_hash_table_size (db->kept) >= KEPT_STATEMENTS)
        forget_statements (db);
    gboolean is_new;
    g_autofree char *name = g_strdup (name_of (db, sql, &is_new)), *text = is_new ? with_dollars (sql) : NULL;
    if (is_new && !is_good (db, PQprepare (db->connection, name, text, 0, NULL), error)) {
        g_hash_table_remove (db->kept, sql);
        return NULL;
    }
    PGresult *result = PQexecPrepared (db->connection, name, (int)n, parameters, NULL, NULL, 0);
    if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK) {
        if (PQresultStatus (result) == PGRES_EMPTY_QUERY)
            g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s': a statement is empty"), db->name);
        else
            fail (db, result, error);
        PQclear (result);
        return NULL;
    }
    postgresql_rows *rows = g_new0 (postgresql_rows, 1);
    rows->head = (kh_store_rows){ .next = rows_next, .text = rows_text, .free = rows_free };
    rows->head.n_changed = g_ascii_strtoll (PQcmdTuples (result), NULL, 10);
    rows->result = result;
    rows->at = -1;
    rows->n = PQntuples (result);
    return &rows->head;
}

/* ---- transactions ---- */

static gboolean
script (void *pointer, const char *sql, GError **error)
{
    database *db = pointer;
    return take_results (db, error) && is_good (db, PQexec (db->connection, sql), error);
}

static gboolean
begin (void *pointer, gboolean is_setup, GError **error)
{
    return script (pointer, "BEGIN ISOLATION LEVEL READ COMMITTED", error) &&
           (!is_setup || script (pointer, "SELECT pg_advisory_xact_lock (" SETUP_LOCK ")", error));
}

static gboolean
commit (void *pointer, GError **error)
{
    return script (pointer, "COMMIT", error);
}

static void
rollback (void *pointer)
{
    database *db = pointer;
    take_results (db, NULL);
    if (PQtransactionStatus (db->connection) != PQTRANS_IDLE)
        PQclear (PQexec (db->connection, "ROLLBACK"));
    forget_statements (db);
}

/* ---- open and close ---- */

static void
say_nothing (void *nothing, const char *message)
{
    (void)nothing;
    (void)message;
}

static void
close_database (void *pointer)
{
    database *db = pointer;
    PQfinish (db->connection);
    g_hash_table_unref (db->kept);
    g_free (db->name);
    g_free (db);
}

static void *
open_database (const char *address, const char *name, kh_store_access access, GError **error)
{
    /* what the address says comes later, and wins; but the encoding is ours */
    static const char *const KEYS[] = { "connect_timeout", "fallback_application_name", "dbname", "client_encoding", NULL };
    const char *const values[] = { "15", "kehoach", address, "UTF8", NULL };
    database *db = g_new0 (database, 1);
    db->name = g_strdup (name);
    db->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    db->connection = PQconnectdbParams (KEYS, values, 1);
    if (PQstatus (db->connection) != CONNECTION_OK) {
        g_autofree char *message = g_strdup (PQerrorMessage (db->connection));
        g_strdelimit (g_strchomp (message), "\n", ' ');
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open store '%s': %s"), name, message);
        close_database (db);
        return NULL;
    }
    PQsetNoticeProcessor (db->connection, say_nothing, NULL);
    const char *encoding = PQparameterStatus (db->connection, "server_encoding");
    if (g_strcmp0 (encoding, "UTF8") != 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open store '%s': the database is %s, not UTF8"), name, encoding);
        close_database (db);
        return NULL;
    }
    if (access == KH_STORE_READ && !script (db, "SET default_transaction_read_only = on", error)) {
        close_database (db);
        return NULL;
    }
    return db;
}

/* ---- search: an index of the words, by a function that analysts may use too ---- */

static const char TABLES[] =
    "CREATE FUNCTION search_words (plain TEXT) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS"
    " $$ SELECT to_tsvector ('simple', regexp_replace (left (plain, 100000), '[^[:alnum:]]+', ' ', 'g')) $$;"
    "CREATE INDEX tasks_search ON tasks USING gin (search_words (plain));"
    "CREATE INDEX targets_search ON targets USING gin (search_words (plain));";

static char *
joined (char *const *words, const char *between)
{
    g_autofree char *all = g_strjoinv (between, (char **)words);
    return g_strconcat (all, ":*", NULL);
}

static char *
all_words (char *const *words)
{
    return joined (words, " & ");
}

static char *
phrase (char *const *words)
{
    return joined (words, " <-> ");
}

#define FOUND(table, kind)                                                                                                       \
    "SELECT sha256, id, '" kind "' AS kind, search_words (plain) AS words FROM " table                                           \
    " WHERE search_words (plain) @@ to_tsquery ('simple', ?1) AND (?3::text IS NULL OR ?3 = '" kind "')"
#define SEARCH                                                                                                                   \
    "SELECT sha256, id, kind FROM (" FOUND ("tasks", "task") " UNION ALL " FOUND (                                               \
        "targets", "target") ") AS found"                                                                                        \
                             " ORDER BY words @@ to_tsquery ('simple', ?2) DESC, ts_rank (words, to_tsquery ('simple', ?1), 1) " \
                             "DESC, sha256, kind, id LIMIT ?4"

/* ---- what differs from other databases ---- */

#define NOW "CAST (extract (epoch FROM clock_timestamp ()) AS BIGINT)"
#define LOCKED " FOR UPDATE SKIP LOCKED"

static const char *const STATEMENTS[KH_N_STATEMENTS][KH_N_SCOPES] = {
    /* not to_regclass(): within a transaction it may remember that there was none */
    [KH_SQL_TABLES] =
        KH_ANY_SCOPE ("SELECT count (*) FILTER (WHERE relname = 'kehoach'), count (*) FILTER (WHERE relname = 'documents')"
                      " FROM pg_class WHERE relname IN ('kehoach', 'documents') AND pg_table_is_visible (oid)"),
    [KH_SQL_MINE] = KH_ANY_SCOPE ("INSERT INTO mine (sha256) SELECT json_array_elements_text (?::json) ON CONFLICT DO NOTHING"),
    [KH_SQL_CLAIM_QUEUED] = KH_CLAIM_QUEUED (NOW, LOCKED),
    [KH_SQL_CLAIM_LAPSED] = KH_CLAIM_LAPSED (NOW, LOCKED),
    [KH_SQL_RENEW] = KH_RENEW (NOW),
    [KH_SQL_SEARCH] = KH_ANY_SCOPE (SEARCH),
};

const kh_backend kh_backend_postgresql = {
    .open = open_database,
    .close = close_database,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .query = query,
    .put = put,
    .all_words = all_words,
    .phrase = phrase,
    .statements = STATEMENTS,
    .tables = TABLES,
};
