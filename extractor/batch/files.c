/* A folder is walked depth first, its names in the order of their bytes, so that the same archive is the same list everywhere. */
#include "batch/files.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *const SUFFIXES[] = { ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt" };

typedef struct search {
    GPtrArray *found;
    GHashTable *entered; /* folders, by device and inode */
    const char *const *left_out;
    const volatile int *interrupted;
} search;

static void
found_free (gpointer data)
{
    kh_batch_file *found = data;
    g_free (found->path);
    g_free (found->shown);
    g_free (found->sha256);
    g_free (found->cause);
    g_free (found);
}

static char *
shown_path (const char *path)
{
    GString *out = g_string_new (NULL);
    const char *end;
    while (!g_utf8_validate (path, -1, &end)) {
        g_string_append_len (out, path, end - path);
        g_string_append_printf (out, "\\x%02X", (guchar)*end);
        path = end + 1;
    }
    g_string_append (out, path);
    return g_string_free (out, FALSE);
}

/* Has the name the suffix of a document? `text` counts only where a text is not taken for a list. */
static gboolean
is_document (const char *name, gboolean text)
{
    g_autofree char *lower = g_ascii_strdown (name, -1);
    for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
        if (g_str_has_suffix (lower, SUFFIXES[i]))
            return text || strcmp (SUFFIXES[i], ".txt") != 0;
    return FALSE;
}

/* A file that is being written has others beside it: SQLite's, and what will be renamed to it. */
static gboolean
is_left_out (const search *s, const char *path)
{
    for (guint i = 0; s->left_out != NULL && s->left_out[i] != NULL; i++) {
        if (!g_str_has_prefix (path, s->left_out[i]))
            continue;
        const char *rest = path + strlen (s->left_out[i]);
        if (*rest == '\0' || strcmp (rest, "-wal") == 0 || strcmp (rest, "-shm") == 0 || strcmp (rest, "-journal") == 0
            || (*rest == '.' && g_str_has_suffix (rest, ".part")))
            return TRUE;
    }
    return FALSE;
}

static kh_batch_file *
add (search *s, const char *path, const struct stat *info, const char *cause)
{
    kh_batch_file *found = g_new0 (kh_batch_file, 1);
    found->path = g_strdup (path);
    found->shown = shown_path (path);
    if (info != NULL) {
        found->bytes = (guint64)info->st_size;
        found->modified = (gint64)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
    }
    found->cause = g_strdup (cause);
    g_ptr_array_add (s->found, found);
    return found;
}

static void
add_other (search *s, const char *path, const struct stat *info, const char *cause)
{
    add (s, path, info, cause)->is_other = TRUE;
}

static int
by_bytes (gconstpointer a, gconstpointer b)
{
    return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Names in a folder, sorted; NULL when it cannot be read (errno). */
static GPtrArray *
names_in (const char *path)
{
    errno = 0;
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    if (dir == NULL)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
    for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
        g_ptr_array_add (names, g_strdup (name));
    g_ptr_array_sort (names, by_bytes);
    return names;
}

static void meet (search *s, const char *path, gboolean is_named);

static gboolean
is_full (const search *s)
{
    return s->found->len > KH_LIMIT_FILES || (s->interrupted != NULL && *s->interrupted != 0);
}

static void
enter (search *s, const char *path, const struct stat *info)
{
    char *key = g_strdup_printf ("%llx:%llx", (unsigned long long)info->st_dev, (unsigned long long)info->st_ino);
    if (!g_hash_table_add (s->entered, key))
        return; /* through another link: its files are there already */
    g_autoptr (GPtrArray) names = names_in (path);
    if (names == NULL) {
        g_autofree char *cause = g_strdup_printf ("cannot open folder: %s", strerrordesc_np (errno));
        add (s, path, NULL, cause);
        return;
    }
    for (guint i = 0; i < names->len && !is_full (s); i++) {
        g_autofree char *below = g_build_filename (path, names->pdata[i], NULL);
        meet (s, below, FALSE);
    }
}

/* A file or folder is met on the way (`is_named`: or was asked for by name, so that its own name tells nothing about it). */
static void
meet (search *s, const char *path, gboolean is_named)
{
    struct stat info;
    g_autofree char *name = g_path_get_basename (path);
    if (is_left_out (s, path))
        return;
    if (stat (path, &info) != 0) {
        g_autofree char *cause = g_strdup_printf ("cannot open: %s", strerrordesc_np (errno));
        add (s, path, NULL, cause);
    } else if (!is_named && name[0] == '.')
        add_other (s, path, &info, S_ISDIR (info.st_mode) ? "hidden folder" : "hidden file");
    else if (S_ISDIR (info.st_mode))
        enter (s, path, &info);
    else if (!S_ISREG (info.st_mode))
        add_other (s, path, NULL, "not a regular file");
    else if (!is_named && !is_document (name, TRUE))
        add_other (s, path, &info, "not a kind of file that is read (pdf, png, jpg, tif, txt)");
    else if (info.st_size == 0)
        add (s, path, &info, "empty file");
    else if (info.st_size > KH_LIMIT_INPUT_BYTES)
        add (s, path, &info, "larger than 1024 MiB");
    else
        add (s, path, &info, NULL);
}

/* The lines of a list. */
static gboolean
read_list (search *s, const char *source, GError **error)
{
    gboolean is_stdin = strcmp (source, "-") == 0;
    g_autofree char *content = NULL;
    g_autoptr (GError) why = NULL;
    gsize length;
    if (!g_file_get_contents (is_stdin ? "/dev/stdin" : source, &content, &length, &why)) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _("cannot open '%s': %s"), source, why->message);
        return FALSE;
    }
    if (memchr (content, '\0', length) != NULL) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _("cannot open '%s': neither a folder nor a list of paths"), source);
        return FALSE;
    }
    char *rest = content;
    for (char *line; (line = strsep (&rest, "\n")) != NULL && !is_full (s);) {
        gsize end = strlen (line);
        if (end > 0 && line[end - 1] == '\r')
            line[end - 1] = '\0';
        if (*line == '\0')
            continue;
        g_autofree char *path = g_canonicalize_filename (line, NULL);
        meet (s, path, TRUE);
    }
    return TRUE;
}

static gboolean
take_source (search *s, const char *source, GError **error)
{
    struct stat info;
    if (strcmp (source, "-") == 0)
        return read_list (s, source, error);
    if (stat (source, &info) != 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _("cannot open '%s': %s"), source, g_strerror (errno));
        return FALSE;
    }
    g_autofree char *path = g_canonicalize_filename (source, NULL);
    if (!S_ISDIR (info.st_mode) && !is_document (source, FALSE))
        return read_list (s, source, error);
    if (S_ISDIR (info.st_mode)) { /* a folder that was asked for must be there to be read */
        g_autoptr (GPtrArray) names = names_in (path);
        if (names == NULL) {
            g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _("cannot open '%s': %s"), source, g_strerror (errno));
            return FALSE;
        }
    }
    meet (s, path, TRUE);
    return TRUE;
}

static int
by_path (gconstpointer a, gconstpointer b)
{
    const kh_batch_file *one = *(kh_batch_file *const *)a, *other = *(kh_batch_file *const *)b;
    return strcmp (one->path, other->path);
}

static GPtrArray *
sort_once (GPtrArray *found)
{
    g_ptr_array_sort (found, by_path);
    GPtrArray *once = g_ptr_array_new_with_free_func (found_free);
    for (guint i = 0; i < found->len; i++) {
        kh_batch_file *one = found->pdata[i], *last = once->len > 0 ? once->pdata[once->len - 1] : NULL;
        if (last != NULL && strcmp (last->path, one->path) == 0)
            found_free (one);
        else
            g_ptr_array_add (once, one);
    }
    g_ptr_array_set_free_func (found, NULL);
    return once;
}

GPtrArray *
kh_files_find (const char *const *sources, const char *const *left_out, const volatile int *interrupted, GError **error)
{
    g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (found_free);
    g_autoptr (GHashTable) entered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    search s = { found, entered, left_out, interrupted };
    for (guint i = 0; sources[i] != NULL; i++)
        if (!take_source (&s, sources[i], error))
            return NULL;
    if (interrupted != NULL && *interrupted != 0) {
        g_set_error_literal (error, KH_ERROR, KH_ERROR_INTERRUPTED, _("interrupted"));
        return NULL;
    }
    if (found->len > KH_LIMIT_FILES) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _("more than the limit of %u files; divide the folder, or name parts of it"), KH_LIMIT_FILES);
        return NULL;
    }
    return sort_once (found);
}
