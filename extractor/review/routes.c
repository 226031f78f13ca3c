/* routes.c - which handler answers an address. */
#include "review/parts.h"

#include "base/intl.h"

#include <gio/gio.h>
#include <string.h>

/* Generated from the files of static/. */
extern GResource *kh_review_static_get_resource (void);

static const struct {
    const char *suffix, *type;
} TYPES[] = {
    { ".html", "text/html; charset=utf-8" }, { ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },             { ".png", "image/png" },
};

kh_reply
kh_review_static (const char *name)
{
    g_autofree char *path = g_strconcat ("/kehoach/review/", name, NULL);
    g_autoptr (GBytes) content = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_-.") == strlen (name)
                                     ? g_resource_lookup_data (kh_review_static_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL)
                                     : NULL;
    for (guint i = 0; content != NULL && i < G_N_ELEMENTS (TYPES); i++)
        if (g_str_has_suffix (name, TYPES[i].suffix))
            return (kh_reply){ .status = 200, .body = g_steal_pointer (&content), .type = TYPES[i].type };
    return kh_reply_nothing ();
}

static gboolean
is_digest (const char *text)
{
    return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static kh_reply
tell_about (const kh_review *review)
{
    return kh_reply_json (200, json_pack ("{s:s, s:s, s:s, s:s}", "version", kh_version (), "store", review->store_name, "user", review->who,
                                          "language", review->language));
}

/* ---- POST ---- */

static gboolean
has_type (const kh_ask *ask, const char *type)
{
    gsize n = strlen (type);
    return ask->type != NULL && g_ascii_strncasecmp (ask->type, type, n) == 0 && strchr ("; ", ask->type[n]) != NULL;
}

static kh_reply
take_upload (kh_review *review, const kh_ask *ask)
{
    static const char *const DOCUMENTS[] = { "application/pdf", "application/octet-stream", "image/png", "image/jpeg", "image/tiff" };
    const char *name = kh_ask_query (ask, "name");
    gboolean is_document = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (DOCUMENTS); i++)
        is_document = is_document || has_type (ask, DOCUMENTS[i]);
    if (!is_document)
        return kh_reply_error (415, "%s", _ ("what is sent is no PDF and no image"));
    return kh_jobs_upload (review->jobs, name != NULL ? name : "document", ask->body);
}

static const struct {
    const char *name;
    kh_reply (*run) (kh_review *review, const char *sha256, const json_t *body);
} ACTIONS[] = {
    { "changes", kh_review_change }, { "rows", kh_review_rows },   { "undo", kh_review_undo },
    { "seen", kh_review_seen },      { "state", kh_review_state },
};

static kh_reply
post (kh_review *review, const kh_ask *ask)
{
    char **path = ask->path;
    guint n = g_strv_length (path);
    if (n < 2 || strcmp (path[0], "api") != 0)
        return kh_reply_nothing ();
    if (n == 2 && strcmp (path[1], "documents") == 0)
        return take_upload (review, ask);
    if (!has_type (ask, "application/json"))
        return kh_reply_error (415, "%s", _ ("what is sent is no JSON"));
    gsize length;
    const char *data = g_bytes_get_data (ask->body, &length);
    json_t *body = json_loadb (data != NULL ? data : "", length, JSON_REJECT_DUPLICATES, NULL);
    kh_reply reply = kh_reply_nothing ();
    if (!json_is_object (body))
        reply = kh_reply_error (400, "%s", _ ("what is sent is no JSON object"));
    else if (n == 2 && strcmp (path[1], "deadline") == 0)
        reply = kh_review_deadline (review, body);
    else if (n == 4 && strcmp (path[1], "documents") == 0 && is_digest (path[2]))
        for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
            if (strcmp (path[3], ACTIONS[i].name) == 0) {
                reply = ACTIONS[i].run (review, path[2], body);
                break;
            }
    json_decref (body);
    return reply;
}

/* ---- GET ---- */

static kh_reply
get_page (kh_review *review, const kh_ask *ask)
{
    guint64 number;
    if (!is_digest (ask->path[1]) || !g_ascii_string_to_unsigned (ask->path[2], 10, 1, G_MAXINT32, &number, NULL))
        return kh_reply_nothing ();
    return kh_shown_pages_get (review, ask->path[1], (guint)number);
}

static kh_reply
get_api (kh_review *review, const kh_ask *ask, guint n)
{
    const char *what = ask->path[1];
    if (n == 2 && strcmp (what, "documents") == 0)
        return kh_review_list (review, ask);
    if (n == 2 && strcmp (what, "jobs") == 0)
        return kh_jobs_list (review->jobs);
    if (n == 2 && strcmp (what, "about") == 0)
        return tell_about (review);
    if (n == 3 && strcmp (what, "documents") == 0 && is_digest (ask->path[2]))
        return kh_review_document (review, ask->path[2]);
    return kh_reply_nothing ();
}

kh_reply
kh_route (kh_review *review, const kh_ask *ask)
{
    if (ask->is_post)
        return post (review, ask);
    guint n = g_strv_length (ask->path);
    const char *first = ask->path[0];
    if (n == 1 && *first == '\0')
        return kh_review_static ("index.html");
    if (n == 2 && strcmp (first, "d") == 0 && is_digest (ask->path[1]))
        return kh_review_static ("document.html");
    if (n == 2 && strcmp (first, "static") == 0)
        return kh_review_static (ask->path[1]);
    if (n >= 2 && strcmp (first, "api") == 0)
        return get_api (review, ask, n);
    if (n == 3 && strcmp (first, "page") == 0)
        return get_page (review, ask);
    if (n == 2 && strcmp (first, "export") == 0)
        return kh_review_export (review, ask->path[1]);
    return kh_reply_nothing ();
}
