/* The journal of what people changed: replayed, taken back, killed, and held against another reading. */
#include "store_sample.h"

#include "store/journal.h"

/* The store with one document that was read. */
static kh_store *
open_read (const char *name, const char *json)
{
    kh_store *store = open_store (name, KH_STORE_CREATE);
    add_documents (store, 1);
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    claim_that (store, 1);
    finish_with (store, digest (1), json);
    return store;
}

static void
read_again (kh_store *store, const char *json)
{
    good (kh_store_upgrade (store, "other", &error_) == 1);
    claim_that (store, 1);
    finish_with (store, digest (1), json);
}

static kh_journal *
begin (kh_store *store)
{
    GError *error = NULL;
    kh_journal *journal = kh_journal_begin (store, digest (1), &error);
    if (journal == NULL)
        fail_msg ("%s", error != NULL ? error->message : "no document");
    return journal;
}

static kh_present *
present_of (const kh_journal *journal)
{
    return kh_present_new (journal->read, journal->entries, journal->revision);
}

/* {"do": "change"} of a value by its pointer in the record now. */
static json_t *
change_of (const kh_journal *journal, const char *pointer, json_t *value)
{
    g_autoptr (kh_present) present = present_of (journal);
    int list = -1;
    const char *path = pointer;
    const kh_present_row *row = kh_present_row_at (present, pointer, &list, &path);
    g_autofree char *as_read = kh_present_pointer (present, list, row, path, TRUE);
    json_t *read = as_read != NULL ? kh_pointer_value (journal->read, as_read) : NULL;
    json_t *set = json_pack ("{s:s, s:O?, s:o}", "path", path, "read", read, "value", value);
    if (row != NULL) {
        json_object_set_new (set, "list", json_string (kh_list_names[list]));
        json_object_set_new (set, "row", kh_present_row_name (present, list, row));
    }
    return json_pack ("{s:s, s:[o]}", "do", "change", "set", set);
}

static json_t *
row_operation (const kh_journal *journal, const char *what, guint row)
{
    g_autoptr (kh_present) present = present_of (journal);
    return json_pack ("{s:s, s:s, s:o}", "do", what, "list", "tasks", "row", kh_present_row_name (present, KH_LIST_TASKS, present->rows[KH_LIST_TASKS]->pdata[row]));
}

static void
write_operation (kh_store *store, json_t *(*make) (const kh_journal *, const char *, json_t *), const char *pointer, json_t *value)
{
    g_autoptr (kh_journal) journal = begin (store);
    good (kh_journal_add (journal, "An", make (journal, pointer, value), &error_));
    good (kh_journal_end (journal, &error_));
}

static void
change (kh_store *store, const char *pointer, const char *value)
{
    write_operation (store, change_of, pointer, value != NULL ? json_string (value) : json_null ());
}

static void
undo (kh_store *store, gint64 revision)
{
    g_autoptr (kh_journal) journal = begin (store);
    good (kh_journal_undo (journal, "An", revision, &error_));
    good (kh_journal_end (journal, &error_));
}

/* A value of the record now; "(none)". */
static char *
value_at (kh_store *store, const char *pointer)
{
    g_autoptr (kh_journal) journal = kh_journal_open (store, digest (1), NULL);
    g_autoptr (kh_present) present = present_of (journal);
    json_t *value = kh_present_value (present, pointer);
    char *text = value == NULL ? g_strdup ("(none)") : json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY), *copy = g_strdup (text);
    free (text);
    return copy;
}

#define holds(store, pointer, wanted)                                                                                            \
    do {                                                                                                                         \
        g_autofree char *got_ = value_at (store, pointer);                                                                       \
        assert_string_equal (got_, wanted);                                                                                      \
    } while (0)

/* ---- changes ---- */

static void
changes (void **state)
{
    (void)state;
    g_autofree char *json = record_of ("1", "Lam", 3);
    g_autoptr (kh_store) store = open_read ("journal", json);
    change (store, "/tasks/0/text", "Làm ngay");
    change (store, "/tasks/0/text", "Làm");
    change (store, "/tasks/1/lead/0", "Sở Nội vụ");
    change (store, "/header/parent", "UBND tỉnh");
    holds (store, "/tasks/0/text", "\"Làm\"");
    holds (store, "/tasks/1/lead_key", "[null,null]"); /* the program did not look at the new name */
    holds (store, "/tasks/2/lead_key", "[\"Sở Tư pháp\",null]");
    expect (store, "SELECT text FROM tasks ORDER BY position LIMIT 1", "Làm");
    expect (store, "SELECT parent FROM documents", "UBND tỉnh");
    expect (store, "SELECT state FROM documents", "done");
    expect (store, "SELECT state FROM progress", "in_review");
    expect (store, "SELECT pointer || ' ' || coalesce(read, '-') || ' ' || corrected || ' ' || who FROM corrections ORDER BY pointer",
            "/header/parent - UBND tỉnh An|/tasks/0/text Lam Làm An|/tasks/1/lead/0 Sở Tư pháp Sở Nội vụ An");
    g_autofree char *kept = ask (store, "SELECT record FROM records");
    assert_string_equal (kept, json); /* as the program read it */

    undo (store, 4);
    undo (store, 2);
    holds (store, "/header/parent", "null");
    holds (store, "/tasks/0/text", "\"Làm ngay\"");
    expect (store, "SELECT text FROM tasks ORDER BY position LIMIT 1", "Làm ngay");
    expect (store, "SELECT revision FROM changes WHERE undone IS NOT NULL ORDER BY revision", "2|4");
    g_autoptr (kh_journal) journal = kh_journal_open (store, digest (1), NULL);
    assert_int_equal (journal->revision, 6);
    g_autoptr (kh_present) before = kh_present_new (journal->read, journal->entries, 4); /* as a tab may still have it */
    assert_string_equal (json_string_value (kh_present_value (before, "/header/parent")), "UBND tỉnh");
    assert_null (kh_journal_open (store, digest (9), NULL));
}

static void
what_is_shared_stays (void **state)
{
    (void)state;
    g_autofree char *json = record_of ("1", "Lam", 2);
    g_autoptr (kh_store) store = open_read ("shared", json);
    static const char *const POINTERS[] = { "/tasks/7", "/tasks", "/evidence/~1tasks~10", "/review/0/reason", "/source/file", "x", "" };
    for (guint i = 0; i < G_N_ELEMENTS (POINTERS); i++)
        change (store, POINTERS[i], "X");
    g_autoptr (kh_journal) journal = kh_journal_open (store, digest (1), NULL);
    g_autoptr (kh_present) present = present_of (journal);
    json_t *record = kh_present_record (present, TRUE);
    assert_true (json_equal (record, journal->read));
    json_decref (record);
}

/* What was corrected in the table before there was a journal. */
static void
corrections_of_before (void **state)
{
    (void)state;
    g_autofree char *json = record_of ("1", "Lam", 2);
    g_autoptr (kh_store) store = open_read ("corrected_before", json);
    static const char *const ROWS[][3] = { { "/tasks/0/text", "Lam", "Làm" }, { "/targets/0/value", "85.5", "95" }, { "/tasks/2", NULL, "{\"text\": \"Sót\", \"lead\": []}" },
                                           { "tasks", NULL, "X" } };
    for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
        g_autoptr (kh_store_rows) rows =
            kh_store_query (store, "INSERT INTO corrections (sha256, pointer, read, corrected, who, at) VALUES (?, ?, ?, ?, 'Bình', 5)",
                            (const char *[]){ digest (1), ROWS[i][0], ROWS[i][1], ROWS[i][2] }, 4, NULL);
        assert_false (kh_store_rows_next (rows, NULL));
    }
    holds (store, "/tasks/0/text", "\"Làm\"");
    holds (store, "/tasks/2/text", "\"Sót\"");
    holds (store, "/targets/0/value", "95");
    change (store, "/tasks/1/notes", "ghi");
    expect (store, "SELECT count(*) FROM changes", "4");
    expect (store, "SELECT who FROM corrections ORDER BY pointer", "Bình|Bình|An|Bình");
    holds (store, "/tasks/2/text", "\"Sót\"");
}

/* ---- rows ---- */

static void
rows (void **state)
{
    (void)state;
    g_autofree char *json = record_of ("1", "Rà soát; công bố", 3);
    g_autoptr (kh_store) store = open_read ("moved_rows", json);
    g_autoptr (kh_journal) journal = begin (store);
    json_t *split = row_operation (journal, "split", 0);
    json_object_set_new (split, "was", json_string ("Rà soát; công bố"));
    json_object_set_new (split, "at", json_integer (8));
    good (kh_journal_add (journal, "An", split, &error_));
    good (kh_journal_add (journal, "An", row_operation (journal, "remove", 2), &error_));
    good (kh_journal_end (journal, &error_));
    holds (store, "/tasks/0/text", "\"Rà soát;\"");
    holds (store, "/tasks/1/text", "\"công bố\"");
    g_autoptr (kh_present) present = present_of (journal);
    json_t *all = kh_present_record (present, TRUE), *left = kh_present_record (present, FALSE);
    assert_int_equal (json_array_size (json_object_get (all, "tasks")), 4);
    assert_int_equal (json_array_size (json_object_get (left, "tasks")), 3);
    const json_t *evidence = json_object_get (left, "evidence");
    assert_true (json_equal (json_object_get (evidence, "/tasks/1"), json_object_get (evidence, "/tasks/0"))); /* where the whole stood */
    assert_true (json_equal (json_object_get (evidence, "/tasks/2"), json_object_get (json_object_get (journal->read, "evidence"), "/tasks/2")));
    assert_string_equal (json_string_value (kh_pointer_value (all, "/tasks/1/id")), "t4"); /* an id of its own */
    json_decref (all);
    json_decref (left);
    expect (store, "SELECT id FROM tasks ORDER BY position", "t1|t4|t3");

    g_autoptr (kh_journal) more = begin (store);
    json_t *join = row_operation (more, "join", 0);
    g_autoptr (kh_present) now = present_of (more);
    json_object_set_new (join, "with", kh_present_row_name (now, KH_LIST_TASKS, now->rows[KH_LIST_TASKS]->pdata[1]));
    good (kh_journal_add (more, "An", join, &error_));
    good (kh_journal_add (more, "An", row_operation (more, "restore", 2), &error_));
    good (kh_journal_end (more, &error_));
    holds (store, "/tasks/0/text", "\"Rà soát; công bố\"");
    expect (store, "SELECT id FROM tasks ORDER BY position", "t1|t2|t3");
    undo (store, 1); /* what was made by it is not there any more: its join is a conflict, and changes nothing */
    holds (store, "/tasks/0/text", "\"Rà soát; công bố\"");
    g_autoptr (kh_journal) last = kh_journal_open (store, digest (1), NULL);
    g_autoptr (kh_present) end = present_of (last);
    assert_int_equal (end->conflicts->len, 1);
}

/* ---- another version reads the document ---- */

static void
put (json_t *record, const char *pointer, json_t *value)
{
    g_autofree char *parent = g_path_get_dirname (pointer), *key = g_path_get_basename (pointer);
    json_object_set_new (kh_pointer_value (record, parent), key, value);
}

static void
another_reading (void **state)
{
    (void)state;
    g_autofree char *json = record_of ("1", "Lam", 6);
    json_t *record = json_loads (json, 0, NULL);
    static const char *const TEXTS[] = { "Lam", "hai", "ba", "bốn", "năm", "sáu" };
    for (guint i = 0; i < 6; i++) {
        g_autofree char *text = g_strdup_printf ("/tasks/%u/text", i), *place = g_strdup_printf ("/tasks/%u", i);
        put (record, text, json_string (TEXTS[i]));
        json_object_set_new (json_object_get (record, "evidence"), place,
                             json_pack ("{s:f, s:[{s:i, s:[i,i,i,i]}]}", "confidence", 0.9, "where", "page", 1, "bbox", 50, 100 * (int)i, 500, 100 * (int)i + 80));
    }
    char *first = json_dumps (record, JSON_COMPACT);
    g_autoptr (kh_store) store = open_read ("again", first);
    change (store, "/tasks/0/text", "Làm");     /* will be read the same */
    change (store, "/tasks/1/notes", "ghi");    /* its row will stand elsewhere in the list */
    change (store, "/tasks/2/budget", "5 triệu"); /* its row will be read otherwise, at the same place */
    change (store, "/tasks/3/notes", "của tôi"); /* the value itself will be read otherwise */
    change (store, "/tasks/4/notes", "mất");    /* its row will be gone */
    change (store, "/tasks/5/notes", "đúng");   /* the new version reads what the person wrote */
    change (store, "/header/number", "13/KH-STP");

    json_t *again = json_deep_copy (record), *tasks = json_object_get (again, "tasks"), *evidence = json_object_get (again, "evidence");
    put (again, "/generator/version", json_string ("2"));
    put (again, "/tasks/2/text", json_string ("ba, đọc tốt hơn"));
    put (again, "/tasks/3/notes", json_string ("của máy"));
    put (again, "/tasks/5/notes", json_string ("đúng"));
    put (again, "/header/number", json_string ("12/KH-STP (mới)"));
    json_array_remove (tasks, 4);
    json_object_del (evidence, "/tasks/4");
    json_object_set (evidence, "/tasks/4", json_object_get (evidence, "/tasks/5"));
    json_object_del (evidence, "/tasks/5");
    json_t *hai = json_incref (json_array_get (tasks, 1)); /* the second becomes the last */
    json_array_remove (tasks, 1);
    json_array_append_new (tasks, hai);
    json_t *places[5];
    static const int FROM[] = { 0, 2, 3, 4, 1 };
    for (guint i = 0; i < 5; i++) {
        g_autofree char *from = g_strdup_printf ("/tasks/%d", FROM[i]);
        places[i] = json_incref (json_object_get (evidence, from));
    }
    for (guint i = 0; i < 5; i++) {
        g_autofree char *to = g_strdup_printf ("/tasks/%u", i), *id = g_strdup_printf ("t%u", i + 1), *id_at = g_strdup_printf ("/tasks/%u/id", i);
        json_object_set_new (evidence, to, places[i]);
        put (again, id_at, json_string (id));
    }
    char *second = json_dumps (again, JSON_COMPACT);
    read_again (store, second);

    holds (store, "/tasks/0/text", "\"Làm\"");
    holds (store, "/tasks/4/text", "\"hai\"");
    holds (store, "/tasks/4/notes", "\"ghi\"");
    holds (store, "/tasks/1/text", "\"ba, đọc tốt hơn\"");
    holds (store, "/tasks/1/budget", "\"5 triệu\"");
    holds (store, "/tasks/2/notes", "\"của máy\"");
    holds (store, "/tasks/3/notes", "\"đúng\"");
    holds (store, "/header/number", "\"12/KH-STP (mới)\"");
    expect (store, "SELECT notes FROM tasks ORDER BY position", "-|-|của máy|đúng|ghi"); /* the tables, too */
    expect (store, "SELECT version FROM documents", "2");
    g_autoptr (kh_journal) journal = kh_journal_open (store, digest (1), NULL);
    g_autoptr (kh_present) present = present_of (journal);
    assert_int_equal (present->conflicts->len, 3);
    const kh_present_change *value = present->conflicts->pdata[0], *lost = present->conflicts->pdata[1], *number = present->conflicts->pdata[2];
    g_autofree char *pointer = kh_present_pointer (present, value->list, value->row, value->path, FALSE);
    assert_string_equal (pointer, "/tasks/2/notes");
    assert_true (json_is_null (value->read));
    assert_string_equal (json_string_value (value->value), "của tôi");
    assert_null (lost->row);
    assert_string_equal (lost->path, "/tasks/4/notes");
    assert_string_equal (number->path, "/header/number");

    change (store, "/header/number", "13/KH-STP"); /* a person decides */
    holds (store, "/header/number", "\"13/KH-STP\"");
    undo (store, 5); /* and lets go of what is lost */
    g_autoptr (kh_journal) settled = kh_journal_open (store, digest (1), NULL);
    g_autoptr (kh_present) end = present_of (settled);
    assert_int_equal (end->conflicts->len, 1);
    free (first);
    free (second);
    json_decref (record);
    json_decref (again);
}

/* ---- seen ---- */

static void
seen (void **state)
{
    (void)state;
    g_autofree char *json = record_of ("1", "Lam", 2), *other = record_of ("2", "Lam", 2);
    g_autoptr (kh_store) store = open_read ("seen", json);
    change (store, "/tasks/0/deadline/text", "trước 1/7/2024"); /* the doubt is about this value */
    expect (store, "SELECT pointer FROM seen", "/tasks/0/deadline/text");
    {
        g_autoptr (kh_journal) journal = begin (store);
        good (kh_journal_see (journal, "An", "/header/number", TRUE, &error_));
        good (kh_journal_see (journal, "An", "/header/date", TRUE, &error_));
        good (kh_journal_see (journal, "An", "/header/date", FALSE, &error_));
        good (kh_journal_end (journal, &error_));
    }
    json_t *record = json_loads (other, 0, NULL);
    put (record, "/header/number", json_string ("99/KH-STP"));
    char *again = json_dumps (record, JSON_COMPACT);
    read_again (store, again);
    g_autoptr (kh_journal) journal = kh_journal_open (store, digest (1), NULL);
    assert_true (g_hash_table_contains (journal->seen, "/tasks/0/deadline/text"));
    assert_false (g_hash_table_contains (journal->seen, "/header/number")); /* something else is read there now */
    assert_int_equal (g_hash_table_size (journal->seen), 1);
    free (again);
    json_decref (record);
}

/* ---- killed ---- */

static void
killed (void **state)
{
    (void)state;
    if (server != NULL)
        return; /* the server's matter */
    g_autofree char *json = record_of ("1", "Lam", 2);
    g_autoptr (kh_store) first = open_read ("killed_journal", json);
    kh_store_free (g_steal_pointer (&first));
    for (int is_ended = 0; is_ended < 2; is_ended++) {
        pid_t child = fork ();
        if (child == 0) {
            kh_store *store = kh_store_open (g_strdup_printf ("sqlite:%s/killed_journal.db", folder), KH_STORE_EXISTING, NULL);
            kh_journal *journal = kh_journal_begin (store, digest (1), NULL);
            kh_journal_add (journal, "An", change_of (journal, "/tasks/0/text", json_string ("Làm")), NULL);
            if (is_ended)
                kh_journal_end (journal, NULL);
            kill (getpid (), SIGKILL);
        }
        int status;
        assert_int_equal (waitpid (child, &status, 0), child);
        assert_true (WIFSIGNALED (status));
        g_autoptr (kh_store) store = open_store ("killed_journal", KH_STORE_EXISTING);
        holds (store, "/tasks/0/text", is_ended ? "\"Làm\"" : "\"Lam\"");
        expect (store, "SELECT text FROM tasks ORDER BY position LIMIT 1", is_ended ? "Làm" : "Lam");
        expect (store, "SELECT count(*) FROM changes", is_ended ? "1" : "0");
    }
}

/* ---- a store of version 1 ---- */

static void
older_store (void **state)
{
    (void)state;
    g_autofree char *json = record_of ("1", "Lam", 2);
    {
        g_autoptr (kh_store) store = open_read ("older", json);
        static const char *const DROPPED[] = { "DROP TABLE changes", "DROP TABLE seen", "DROP TABLE progress", "UPDATE kehoach SET schema = 1" };
        for (guint i = 0; i < G_N_ELEMENTS (DROPPED); i++) {
            g_autoptr (kh_store_rows) rows = kh_store_query (store, DROPPED[i], NULL, 0, NULL);
            kh_store_rows_next (rows, NULL);
        }
    }
    {
        g_autoptr (kh_store) store = open_store ("older", KH_STORE_READ); /* what reads only is content */
        expect (store, "SELECT schema FROM kehoach", "1");
    }
    g_autoptr (kh_store) store = open_store ("older", KH_STORE_EXISTING);
    expect (store, "SELECT schema FROM kehoach", "2");
    change (store, "/tasks/0/text", "Làm");
    holds (store, "/tasks/0/text", "\"Làm\"");
    good (kh_store_be_durable (store, &error_));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (changes), cmocka_unit_test (what_is_shared_stays), cmocka_unit_test (corrections_of_before), cmocka_unit_test (rows),
        cmocka_unit_test (another_reading), cmocka_unit_test (seen), cmocka_unit_test (killed), cmocka_unit_test (older_store),
    };
    return cmocka_run_group_tests (tests, set_up, tear_down);
}
