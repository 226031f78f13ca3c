#include "corpus.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HELD_LINES 300   /* a stretch of lines: a document or several */
#define HELD_OF 10
#define HELD_WHICH 7
#define HELD_WEIGHT2 6
#define LIST_COPIES 3
#define STRETCH 8        /* words that tell a line from others */

void
corpus_fail (const char *what, const char *subject)
{
    fprintf (stderr, "train: %s '%s'\n", what, subject);
    exit (1);
}

static GArray *
parse_columns (const char *list)
{
    GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint));
    g_auto (GStrv) numbers = g_strsplit (list, ",", -1);
    for (guint i = 0; numbers[i] != NULL; i++) {
        guint column = (guint) atoi (numbers[i]) - 1;
        g_array_append_val (columns, column);
    }
    return columns;
}

GArray *
corpus_recipe (const char *path, const char *folder)
{
    g_autofree char *content = NULL;
    if (!g_file_get_contents (path, &content, NULL, NULL))
        corpus_fail ("cannot read", path);
    GArray *recipe = g_array_new (FALSE, FALSE, sizeof (corpus_file));
    g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (*lines[i] == '\0' || *lines[i] == '#')
            continue;
        g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
        if (g_strv_length (fields) < 2)
            corpus_fail ("no weight in", lines[i]);
        corpus_file file = { g_build_filename (folder, fields[0], NULL), g_strdup (fields[0]),
                             (guint) lround (2 * g_ascii_strtod (fields[1], NULL)), fields[2] == NULL ? NULL : parse_columns (fields[2]) };
        g_array_append_val (recipe, file);
    }
    return recipe;
}

/* Calls `visit` for every line of a file with its number; tables as lines of text. */
static void
read_file (const corpus_file *file, void (*visit) (char *line, guint64 number, const corpus_file *, gpointer), gpointer user_data)
{
    g_autofree char *quoted = g_shell_quote (file->path);
    gboolean packed = g_str_has_suffix (file->path, ".xz");
    g_autofree char *command = g_strdup_printf ("%s %s", packed ? "xz -dc" : "cat", quoted);
    FILE *in = popen (command, "r");
    if (in == NULL)
        corpus_fail ("cannot read", file->path);
    char *line = NULL;
    size_t size = 0;
    for (guint64 number = 0; getline (&line, &size, in) > 0; number++) {
        if (file->columns == NULL) {
            visit (line, number, file, user_data);
            continue;
        }
        g_auto (GStrv) cells = g_strsplit (g_strchomp (line), "\t", -1);
        g_autoptr (GString) joined = g_string_new (NULL);
        for (guint c = 0; c < file->columns->len; c++) {
            guint column = g_array_index (file->columns, guint, c);
            if (column < g_strv_length (cells) && *cells[column] != '\0')
                g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "", cells[column]);
        }
        for (guint copy = 0; number > 0 && copy < LIST_COPIES; copy++) { /* line 0 is the table's head */
            g_autofree char *again = g_strdup (joined->str);
            visit (again, number, file, user_data);
        }
    }
    free (line);
    if (pclose (in) != 0)
        corpus_fail ("cannot unpack", file->path);
}

static gboolean
is_held_out (const corpus_file *file, guint64 number)
{
    return file->columns == NULL && file->weight2 >= HELD_WEIGHT2 && number / HELD_LINES % HELD_OF == HELD_WHICH;
}

typedef struct reading {
    gboolean hold_out;
    const corpus_reader *reader;
} reading;

static void
visit_trained (char *line, guint64 number, const corpus_file *file, gpointer user_data)
{
    const reading *r = user_data;
    if (!r->hold_out || !is_held_out (file, number))
        r->reader->line (line, r->reader->user_data);
}

void
corpus_read (const GArray *recipe, gboolean hold_out, const corpus_reader *reader)
{
    reading r = { hold_out, reader };
    for (guint i = 0; i < recipe->len; i++) {
        const corpus_file *file = &g_array_index (recipe, corpus_file, i);
        if (reader->begin != NULL)
            reader->begin (file, reader->user_data);
        read_file (file, visit_trained, &r);
    }
}

/* ------------------------------------------------------------------ what is held out */

typedef struct held_line {
    const corpus_file *file;
    char *text;
} held_line;

typedef struct holding {
    GArray *lines;     /* of held_line */
    GHashTable *seen;  /* hash of a stretch of the lines held out -> is it in what is trained on? */
    gboolean training; /* second pass */
} holding;

/* The hashes of a line's stretches of STRETCH words (letters and digits; case aside); of a shorter line one for all of it. */
static GArray *
hash_stretches (const char *line)
{
    g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint64));
    guint64 word = 0;
    for (const char *p = line;; p++) {
        if (g_ascii_isalnum (*p) || (*p & 0x80) != 0)
            word = (word ^ (guint8) g_ascii_tolower (*p)) * G_GUINT64_CONSTANT (1099511628211) + 1;
        else if (word != 0) {
            g_array_append_val (words, word);
            word = 0;
        }
        if (*p == '\0')
            break;
    }
    GArray *hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
    guint length = MIN (words->len, STRETCH);
    for (guint i = 0; length > 0 && i + length <= words->len; i++) {
        guint64 hash = length;
        for (guint k = 0; k < length; k++)
            hash = (hash ^ g_array_index (words, guint64, i + k)) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) + (hash >> 29);
        g_array_append_val (hashes, hash);
    }
    return hashes;
}

static void
visit_for_holding (char *line, guint64 number, const corpus_file *file, gpointer user_data)
{
    holding *h = user_data;
    gboolean held = is_held_out (file, number);
    if (held == h->training)
        return;
    g_autoptr (GArray) hashes = hash_stretches (line);
    for (guint i = 0; i < hashes->len; i++) {
        guint64 hash = g_array_index (hashes, guint64, i);
        if (held || g_hash_table_contains (h->seen, &hash))
            g_hash_table_insert (h->seen, g_memdup2 (&hash, sizeof hash), GINT_TO_POINTER (h->training));
    }
    if (held) {
        held_line one = { file, g_strdup (g_strchomp (line)) };
        g_array_append_val (h->lines, one);
    }
}

void
corpus_write_held_out (const GArray *recipe, const char *path)
{
    holding h = { g_array_new (FALSE, FALSE, sizeof (held_line)), g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL), FALSE };
    for (int pass = 0; pass < 2; pass++) {
        h.training = pass == 1;
        for (guint i = 0; i < recipe->len; i++)
            read_file (&g_array_index (recipe, corpus_file, i), visit_for_holding, &h);
    }
    FILE *out = fopen (path, "w");
    if (out == NULL)
        corpus_fail ("cannot write", path);
    for (guint i = 0; i < h.lines->len; i++) {
        const held_line *line = &g_array_index (h.lines, held_line, i);
        g_autoptr (GArray) hashes = hash_stretches (line->text);
        guint known = 0;
        for (guint k = 0; k < hashes->len; k++)
            known += GPOINTER_TO_INT (g_hash_table_lookup (h.seen, &g_array_index (hashes, guint64, k)));
        if (hashes->len > 0 && 2 * known <= hashes->len)
            fprintf (out, "%s\t%s\n", line->file->name, line->text);
        g_free (line->text);
    }
    if (fclose (out) != 0)
        corpus_fail ("cannot write", path);
    g_array_unref (h.lines);
    g_hash_table_unref (h.seen);
}
