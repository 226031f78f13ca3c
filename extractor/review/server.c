/* server.c - HTTP on 127.0.0.1, and who is let in.
 *
 *   Host not ours ─> 403       (a name of another site that points to this address: DNS rebinding)
 *   Origin not ours ─> 403     (a page of another site that sends a form)
 *   token not ours ─> 404 without content: who does not know the address learns nothing
 *   body too long ─> 413       told before it is sent where its length is announced
 */
#include "review/parts.h"

#include "base/intl.h"
#include "base/limits.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 16
#define IDLE_MILLISECONDS 200 /* how late a signal may be seen */
#define BUSY_MILLISECONDS 30  /* the same for an answer of a reader */
#define QUIET_MICROSECONDS 100000 /* then something may be done ahead */
#define CONNECTIONS 64
#define CONNECTION_SECONDS 60
#define OUR_POLICY                                                                                                               \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"              \
    " form-action 'none'; frame-ancestors 'none'"

/* A request while its body comes in. */
typedef struct request {
    GByteArray *body;
    gboolean is_too_long;
} request;

/* ---- who is let in ---- */

static gboolean
is_our_host (const kh_review *review, const char *host)
{
    g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", review->port);
    g_autofree char *name = g_strdup_printf ("localhost:%u", review->port);
    return g_strcmp0 (host, address) == 0 || g_strcmp0 (host, name) == 0;
}

static gboolean
is_our_origin (const kh_review *review, const char *origin)
{
    return origin == NULL || (g_str_has_prefix (origin, "http://") && is_our_host (review, origin + strlen ("http://")));
}

/* Takes as long whatever is wrong with it. */
static gboolean
is_our_token (const kh_review *review, const char *given, gsize length)
{
    guint differs = length != strlen (review->token);
    for (gsize i = 0; i < strlen (review->token); i++)
        differs |= (guint)(review->token[i] ^ (i < length ? given[i] : 0));
    return differs == 0;
}

static guint64
most_bytes (const char *url)
{
    return g_str_has_suffix (url, "/api/documents") ? KH_LIMIT_UPLOAD_BYTES : KH_LIMIT_CHANGE_BYTES;
}

/* 0: welcome; else the status of the refusal. */
static guint
refusal (const kh_review *review, struct MHD_Connection *connection, const char *url, const char *method)
{
    const char *host = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Host");
    const char *origin = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Origin");
    const char *length = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Content-Length");
    gboolean is_post = strcmp (method, "POST") == 0;
    if (!is_our_host (review, host) || (is_post && !is_our_origin (review, origin)))
        return MHD_HTTP_FORBIDDEN;
    const char *token = *url == '/' ? url + 1 : url, *end = strchr (token, '/');
    if (end == NULL || !is_our_token (review, token, (gsize)(end - token)))
        return MHD_HTTP_NOT_FOUND;
    if (!is_post && strcmp (method, "GET") != 0 && strcmp (method, "HEAD") != 0)
        return MHD_HTTP_METHOD_NOT_ALLOWED;
    if (length != NULL && g_ascii_strtoull (length, NULL, 10) > most_bytes (url))
        return MHD_HTTP_CONTENT_TOO_LARGE;
    return 0;
}

/* ---- sending ---- */

static enum MHD_Result
send_reply (struct MHD_Connection *connection, const kh_reply *reply)
{
    gsize length = 0;
    const void *data = reply->body == NULL ? NULL : g_bytes_get_data (reply->body, &length);
    struct MHD_Response *response = MHD_create_response_from_buffer (length, (void *)data, MHD_RESPMEM_MUST_COPY);
    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header (response, "Content-Security-Policy", OUR_POLICY);
    MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header (response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header (response, "Cross-Origin-Resource-Policy", "same-origin");
    g_autofree char *kept =
        reply->max_age > 0 ? g_strdup_printf ("private, max-age=%u", reply->max_age) : g_strdup ("no-store");
    MHD_add_response_header (response, "Cache-Control", kept);
    if (reply->body != NULL)
        MHD_add_response_header (response, "Content-Type", reply->type != NULL ? reply->type : "application/json; charset=utf-8");
    if (reply->file != NULL) {
        g_autofree char *name = g_uri_escape_string (reply->file, NULL, FALSE);
        g_autofree char *offered = g_strdup_printf ("attachment; filename*=UTF-8''%s", name);
        MHD_add_response_header (response, "Content-Disposition", offered);
    }
    enum MHD_Result result = MHD_queue_response (connection, reply->status, response);
    MHD_destroy_response (response);
    return result;
}

static enum MHD_Result
note_query (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    if (value != NULL && g_utf8_validate (value, -1, NULL))
        g_hash_table_replace (data, g_strdup (name), g_strdup (value));
    return MHD_YES;
}

static enum MHD_Result
answer (kh_review *review, struct MHD_Connection *connection, const char *url, const char *method, request *got)
{
    kh_reply reply = { .status = MHD_HTTP_CONTENT_TOO_LARGE };
    review->asked = g_get_monotonic_time ();
    if (!got->is_too_long) {
        g_auto (GStrv) path = g_strsplit (url + 1, "/", 8);
        g_autoptr (GHashTable) query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
        MHD_get_connection_values (connection, MHD_GET_ARGUMENT_KIND, note_query, query);
        g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&got->body));
        kh_ask ask = { .is_post = strcmp (method, "POST") == 0,
                       .path = path + 1,
                       .query = query,
                       .type = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Content-Type"),
                       .body = body };
        reply = g_utf8_validate (url, -1, NULL) ? kh_route (review, &ask) : kh_reply_nothing ();
    }
    enum MHD_Result result = send_reply (connection, &reply);
    kh_reply_clear (&reply);
    return result;
}

/* Called first when the head of a request is there, then for each piece of its body, at last when it is whole. */
static enum MHD_Result
handle (void *data, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
        const char *piece, size_t *length, void **kept)
{
    (void)version;
    kh_review *review = data;
    request *got = *kept;
    if (got == NULL) {
        kh_reply reply = { .status = refusal (review, connection, url, method) };
        if (reply.status != 0)
            return send_reply (connection, &reply);
        *kept = got = g_new0 (request, 1);
        got->body = g_byte_array_new ();
        return MHD_YES;
    }
    if (*length == 0)
        return answer (review, connection, url, method, got);
    if (got->is_too_long || got->body->len + *length > most_bytes (url)) {
        if (got->is_too_long)
            return MHD_NO; /* it goes on sending: nobody listens any more */
        got->is_too_long = TRUE;
        g_byte_array_set_size (got->body, 0);
    } else
        g_byte_array_append (got->body, (const guint8 *)piece, (guint)*length);
    *length = 0;
    return MHD_YES;
}

static void
forget (void *data, struct MHD_Connection *connection, void **kept, enum MHD_RequestTerminationCode how)
{
    (void)data;
    (void)connection;
    (void)how;
    request *got = *kept;
    if (got == NULL)
        return;
    g_clear_pointer (&got->body, g_byte_array_unref);
    g_free (got);
    *kept = NULL;
}

/* ---- the server ---- */

static char *
make_token (GError **error)
{
    guint8 bytes[TOKEN_BYTES];
    if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes) {
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("cannot serve: %s"), g_strerror (errno));
        return NULL;
    }
    GString *token = g_string_new (NULL);
    for (gsize i = 0; i < sizeof bytes; i++)
        g_string_append_printf (token, "%02x", bytes[i]);
    return g_string_free (token, FALSE);
}

static struct MHD_Daemon *
listen_on (kh_review *review, guint port, GError **error)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16)port) };
    address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    struct MHD_Daemon *daemon = MHD_start_daemon (
        MHD_USE_EPOLL, (guint16)port, NULL, NULL, handle, review, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, CONNECTION_SECONDS,
        MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
    if (daemon == NULL) {
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("cannot listen on port %u of 127.0.0.1: %s"), port, g_strerror (errno));
        return NULL;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT);
    review->port = info->port;
    return daemon;
}

static gboolean
add_files (kh_review *review, const char *const *files, GError **error)
{
    for (; files != NULL && *files != NULL; files++)
        if (!kh_jobs_add_file (review->jobs, *files, error))
            return FALSE;
    return TRUE;
}

/* What a person made is on the disk before he is told so. */
static gboolean
open_store (kh_review *review, GError **error)
{
    review->store = kh_store_open (review->store_name, KH_STORE_CREATE, error);
    return review->store != NULL && kh_store_be_durable (review->store, error);
}

gboolean
kh_review_serve (const kh_review_options *options, GError **error)
{
    kh_review review = { .store_name = options->store,
                         .who = options->who != NULL ? options->who : g_get_user_name (),
                         .language = options->language };
    struct MHD_Daemon *daemon = NULL;
    review.token = make_token (error);
    review.pictures = kh_shown_pages_new ();
    review.jobs = kh_jobs_new (&review);
    gboolean good = review.token != NULL && open_store (&review, error) && add_files (&review, options->files, error) &&
                    (daemon = listen_on (&review, options->port, error)) != NULL;
    if (good) {
        kh_jobs_resume (review.jobs);
        g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/%s/", review.port, review.token);
        options->ready (address, options->user_data);
        while (*options->interrupted == 0) {
            gboolean is_busy = kh_jobs_step (review.jobs);
            MHD_run_wait (daemon, is_busy ? BUSY_MILLISECONDS : IDLE_MILLISECONDS);
            if (g_get_monotonic_time () - review.asked > QUIET_MICROSECONDS)
                kh_shown_pages_step (&review);
        }
        MHD_stop_daemon (daemon);
    }
    kh_jobs_free (review.jobs);
    kh_shown_pages_free (review.pictures);
    kh_store_free (review.store);
    g_free (review.token);
    return good;
}
