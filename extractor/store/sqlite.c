/* sqlite.c - a store in one SQLite file.
 *
 * What is committed survives the death of the process, whenever it comes: it is in the kernel's hands. The log (WAL) is written
 * to the disk when it is folded into the file (synchronous = NORMAL): when the machine loses its power, the last commits may be
 * gone, each of them whole; their documents are queued again, or claimed by a process that is dead, and are read once more.
 * Waiting for the disk at each commit (FULL) would guard nothing that cannot be made again, and cost two waits a document. Who
 * writes what a person made sets FULL for that connection.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "kehoach.h"
#include "store/backend.h"
#include "store/statements.h"

#define BUSY_MILLISECONDS 60000 /* how long a writer waits for the others */
#define KEPT_STATEMENTS 100     /* prepared statements that are kept */

typedef struct database {
    sqlite3 *handle;
    char *name;
    GHashTable *kept; /* SQL -> sqlite3_stmt, those not in use */
} database;

typedef struct sqlite_rows {
    kh_store_rows head;
    database *database;
    sqlite3_stmt *statement;
    char *sql;
    int before; /* total changes before it ran */
    gboolean is_over;
} sqlite_rows;

/* ---- errors ---- */

static gboolean
fail (database *db, GError **error)
{
    int code = sqlite3_extended_errcode (db->handle);
    const char *message = sqlite3_errmsg (db->handle);
    switch (code & 0xFF) {
    case SQLITE_NOTADB:
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("'%s' is no store: not a SQLite database"), db->name);
        break;
    case SQLITE_CORRUPT:
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s' is damaged: %s"), db->name, message);
        break;
    case SQLITE_READONLY:
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("cannot write store '%s': it is read-only"), db->name);
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT,
                     _ ("cannot write store '%s': another program has been writing it for %d seconds"), db->name,
                     BUSY_MILLISECONDS / 1000);
        break;
    case SQLITE_ERROR: /* SQL that is wrong: of an analyst, or ours */
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s': %s"), db->name, message);
        break;
    case SQLITE_FULL:
    case SQLITE_IOERR:
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("cannot write store '%s': %s"), db->name, message);
        break;
    default:
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("store '%s': %s"), db->name, message);
    }
    return FALSE;
}

/* ---- statements ---- */

static sqlite3_stmt *
prepare (database *db, const char *sql, GError **error)
{
    gpointer key, kept;
    if (g_hash_table_steal_extended (db->kept, sql, &key, &kept)) {
        g_free (key);
        return kept;
    }
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        fail (db, error);
        return NULL;
    }
    if (statement == NULL)
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s': a statement is empty"), db->name);
    return statement;
}

static void
give_back (database *db, sqlite3_stmt *statement, const char *sql)
{
    sqlite3_reset (statement);
    sqlite3_clear_bindings (statement);
    if (g_hash_table_size (db->kept) >= KEPT_STATEMENTS)
        g_hash_table_remove_all (db->kept);
    g_hash_table_replace (db->kept, g_strdup (sql), statement);
}

static void
drop_statement (gpointer statement)
{
    sqlite3_finalize (statement);
}

static gboolean
bind (database *db, sqlite3_stmt *statement, const char *const *parameters, gsize n, sqlite3_destructor_type life, GError **error)
{
    if ((gsize)sqlite3_bind_parameter_count (statement) != n) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s': a statement has not %u parameters"), db->name, (guint)n);
        return FALSE;
    }
    for (gsize i = 0; i < n; i++)
        if (parameters[i] != NULL && sqlite3_bind_text (statement, (int)i + 1, parameters[i], -1, life) != SQLITE_OK)
            return fail (db, error);
    return TRUE;
}

static gboolean
put (void *pointer, const char *sql, const char *const *parameters, gsize n, GError **error)
{
    database *db = pointer;
    sqlite3_stmt *statement = prepare (db, sql, error);
    if (statement == NULL)
        return FALSE;
    gboolean good = bind (db, statement, parameters, n, SQLITE_STATIC, error);
    int code = SQLITE_ROW;
    while (good && (code = sqlite3_step (statement)) == SQLITE_ROW)
        ;
    if (good && code != SQLITE_DONE)
        good = fail (db, error);
    give_back (db, statement, sql);
    return good;
}

/* ---- rows ---- */

static gboolean
rows_next (kh_store_rows *head, GError **error)
{
    sqlite_rows *rows = (sqlite_rows *)head;
    if (rows->is_over)
        return FALSE;
    int code = sqlite3_step (rows->statement);
    if (code == SQLITE_ROW)
        return TRUE;
    rows->is_over = TRUE;
    if (code != SQLITE_DONE)
        fail (rows->database, error);
    head->n_changed = sqlite3_total_changes (rows->database->handle) - rows->before;
    sqlite3_reset (rows->statement);
    return FALSE;
}

static const char *
rows_text (kh_store_rows *head, int column)
{
    sqlite_rows *rows = (sqlite_rows *)head;
    return rows->is_over ? NULL : (const char *)sqlite3_column_text (rows->statement, column);
}

static void
rows_free (kh_store_rows *head)
{
    sqlite_rows *rows = (sqlite_rows *)head;
    give_back (rows->database, rows->statement, rows->sql);
    g_free (rows->sql);
    g_free (rows);
}

static kh_store_rows *
query (void *pointer, const char *sql, const char *const *parameters, gsize n, GError **error)
{
    database *db = pointer;
    sqlite3_stmt *statement = prepare (db, sql, error);
    if (statement == NULL)
        return NULL;
    if (!bind (db, statement, parameters, n, SQLITE_TRANSIENT, error)) {
        give_back (db, statement, sql);
        return NULL;
    }
    sqlite_rows *rows = g_new0 (sqlite_rows, 1);
    rows->head = (kh_store_rows){ .next = rows_next, .text = rows_text, .free = rows_free };
    rows->database = db;
    rows->statement = statement;
    rows->sql = g_strdup (sql);
    rows->before = sqlite3_total_changes (db->handle);
    return &rows->head;
}

/* ---- transactions ---- */

static gboolean
script (void *pointer, const char *sql, GError **error)
{
    database *db = pointer;
    return sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, error);
}

static gboolean
begin (void *pointer, gboolean is_setup, GError **error)
{
    (void)is_setup;
    return script (pointer, "BEGIN IMMEDIATE", error);
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
    if (!sqlite3_get_autocommit (db->handle)) /* some errors have taken it back already */
        script (db, "ROLLBACK", NULL);
}

/* ---- open and close ---- */

static void
close_database (void *pointer)
{
    database *db = pointer;
    g_hash_table_unref (db->kept);
    sqlite3_close_v2 (db->handle);
    g_free (db->name);
    g_free (db);
}

/* A store on a medium where nothing can be written, not even the files beside it that WAL wants. */
static int
open_unchanging (database *db, const char *path)
{
    g_autofree char *log = g_strconcat (path, "-wal", NULL);
    if (g_file_test (log, G_FILE_TEST_EXISTS))
        return SQLITE_CANTOPEN;
    sqlite3_close_v2 (db->handle);
    g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE),
                    *uri = g_strconcat ("file:", escaped, "?immutable=1", NULL);
    int code = sqlite3_open_v2 (uri, &db->handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    return code != SQLITE_OK ? code : sqlite3_exec (db->handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

/* Records are long: large pages (of a file that is made now) and a log folded into it at 32 MB take a third less time than the
 * defaults. Changing to WAL does not wait by itself while others open the same new file. */
static int
use_log (sqlite3 *handle)
{
    int code = SQLITE_BUSY;
    for (int tries = 0; (code & 0xFF) == SQLITE_BUSY && tries < BUSY_MILLISECONDS / 20; tries++) {
        if (tries > 0)
            g_usleep (20000);
        code = sqlite3_exec (handle, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
    return code;
}

/* SQLite tells of its last try only, which is to open for reading a file that cannot be made. */
static int
why_not (const char *path)
{
    g_autofree char *folder = g_path_get_dirname (path);
    errno = 0;
    gboolean is_there = g_file_test (path, G_FILE_TEST_EXISTS);
    return g_access (is_there ? path : folder, is_there ? R_OK : W_OK) != 0 && errno != 0 ? errno : EIO;
}

static void *
open_database (const char *path, const char *name, kh_store_access access, GError **error)
{
    static const int FLAGS[] = {
        [KH_STORE_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        [KH_STORE_EXISTING] = SQLITE_OPEN_READWRITE,
        [KH_STORE_READ] = SQLITE_OPEN_READONLY,
    };
    gboolean is_memory = strcmp (path, ":memory:") == 0;
    gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
    if (!is_memory && (is_folder || (access != KH_STORE_CREATE && !g_file_test (path, G_FILE_TEST_EXISTS)))) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open store '%s': %s"), name,
                     g_strerror (is_folder ? EISDIR : ENOENT));
        return NULL;
    }
    database *db = g_new0 (database, 1);
    db->name = g_strdup (name);
    db->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, drop_statement);
    int code = sqlite3_open_v2 (path, &db->handle, FLAGS[access], NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout (db->handle, BUSY_MILLISECONDS);
        sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config (db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        code = sqlite3_exec (db->handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
        if (((code & 0xFF) == SQLITE_CANTOPEN || (code & 0xFF) == SQLITE_READONLY) && access == KH_STORE_READ)
            code = open_unchanging (db, path);
    }
    if (code == SQLITE_OK && access != KH_STORE_READ)
        code = use_log (db->handle);
    if (code == SQLITE_OK)
        code = sqlite3_exec (db->handle,
                             "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA "
                             "wal_autocheckpoint = 2000",
                             NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return db;
    if ((code & 0xFF) == SQLITE_CANTOPEN)
        g_set_error (error, KH_ERROR, access == KH_STORE_READ ? KH_ERROR_INPUT : KH_ERROR_OUTPUT,
                     _ ("cannot open store '%s': %s"), name, g_strerror (why_not (path)));
    else
        fail (db, error);
    close_database (db);
    return NULL;
}

/* ---- search: FTS5 ---- */

/* Words in the quotes of FTS5; they hold letters and digits only. */
static char *
quoted (char *const *words, const char *before, const char *between, const char *after)
{
    g_autoptr (GString) out = g_string_new (before);
    for (guint i = 0; words[i] != NULL; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? between : "", words[i]);
    return g_strconcat (out->str, after, NULL);
}

static char *
all_words (char *const *words)
{
    return quoted (words, "\"", "\" AND \"", "\" *");
}

static char *
phrase (char *const *words)
{
    return quoted (words, "\"", " ", "\" *");
}

/* The rows of a document follow each other in `search`: their span is noted, as FTS5 finds nothing by sha256. */
static const char TABLES[] = "CREATE VIRTUAL TABLE search USING fts5 (plain, sha256 UNINDEXED, id UNINDEXED, kind UNINDEXED,"
                             " tokenize = \"unicode61 remove_diacritics 0\");"
                             "CREATE TABLE search_rows (sha256 TEXT PRIMARY KEY, first BIGINT NOT NULL, last BIGINT NOT NULL);";

static const char *const INDEX[] = {
    "DELETE FROM search WHERE rowid BETWEEN (SELECT first FROM search_rows WHERE sha256 = ?1)"
    " AND (SELECT last FROM search_rows WHERE sha256 = ?1)",
    "DELETE FROM search_rows WHERE sha256 = ?",
    "INSERT INTO search (plain, sha256, id, kind)"
    " SELECT plain, sha256, id, kind FROM (SELECT plain, sha256, id, 'task' AS kind, position FROM tasks WHERE sha256 = ?1"
    " UNION ALL SELECT plain, sha256, id, 'target', position FROM targets WHERE sha256 = ?1) ORDER BY kind DESC, position",
    "INSERT INTO search_rows (sha256, first, last) SELECT sha256, last_insert_rowid() - n + 1, last_insert_rowid() FROM"
    " (SELECT ?1 AS sha256, (SELECT count(*) FROM tasks WHERE sha256 = ?1) + (SELECT count(*) FROM targets WHERE sha256 = ?1) AS "
    "n)"
    " WHERE n > 0",
    NULL,
};

/* ---- what differs from other databases ---- */

#define NOW "CAST(strftime('%s', 'now') AS INTEGER)"

static const char *const STATEMENTS[KH_N_STATEMENTS][KH_N_SCOPES] = {
    [KH_SQL_TABLES] =
        KH_ANY_SCOPE ("SELECT sum(name = 'kehoach'), sum(name <> 'kehoach') FROM sqlite_schema WHERE type = 'table'"),
    [KH_SQL_MINE] = KH_ANY_SCOPE ("INSERT INTO mine (sha256) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING"),
    [KH_SQL_CLAIM_QUEUED] = KH_CLAIM_QUEUED (NOW, ""),
    [KH_SQL_CLAIM_LAPSED] = KH_CLAIM_LAPSED (NOW, ""),
    [KH_SQL_RENEW] = KH_RENEW (NOW),
    [KH_SQL_SEARCH] = KH_ANY_SCOPE ("SELECT sha256, id, kind FROM search WHERE search MATCH '(' || ?1 || ') OR (' || ?2 || ')'"
                                    " AND (?3 IS NULL OR kind = ?3) ORDER BY rank, sha256, kind, id LIMIT ?4"),
};

const kh_backend kh_backend_sqlite = {
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
    .durable = "PRAGMA synchronous = FULL",
    .index = INDEX,
};
