/* command.h - one file a subcommand, one option table each.
 *
 * A command's table gives the parser, --help, the man page and the bash
 * completion (manual.c), so that they cannot disagree.
 */
#ifndef KH_CLI_COMMAND_H
#define KH_CLI_COMMAND_H

#include "kehoach.h"

#include <libintl.h>

#define KH_TEXT_DOMAIN "kehoach"
#define _(message) dgettext (KH_TEXT_DOMAIN, message)
#define N_(message) message

typedef struct kh_command {
    const char *name;
    const char *arguments;        /* "FILE..." */
    const char *summary;          /* one line, N_() */
    const char *description;      /* paragraphs for the man page and --help, N_() */
    const GOptionEntry *options;  /* NULL-ended, without the common ones */
    const char *const *choices;   /* pairs "long-name", "a|b|c" for completion, NULL-ended */
    int (*run) (int argc, char **argv); /* arguments left after the options; the exit status */
} kh_command;

extern const kh_command kh_command_batch, kh_command_compare, kh_command_extract, kh_command_repair, kh_command_review, kh_command_survey, kh_command_validate;
extern const kh_command *const kh_commands[]; /* NULL-ended */
extern const GOptionEntry kh_common_options[];

/* The common options of every command. */
typedef enum kh_color { KH_COLOR_AUTO, KH_COLOR_ALWAYS, KH_COLOR_NEVER } kh_color;
extern gboolean kh_quiet, kh_verbose;

/* Whether to write colours to a stream: --color, NO_COLOR, and whether it is a terminal. */
gboolean kh_use_color (int fd);

/* A message on standard error: "kehoach: message". */
void kh_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* The same for a note that --quiet silences. */
void kh_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Becomes non-zero at SIGINT or SIGTERM. */
extern volatile int kh_interrupted;

/* An output that is written bit by bit: `path` ("-" or NULL: standard output), beside it and renamed when it is closed, so that the file is
 * whole or not there. NULL with KH_ERROR_OUTPUT, which names the path. */
typedef struct kh_output kh_output;
kh_output *kh_output_open (const char *path, GError **error);
/* FALSE once writing failed; kh_output_close() says why. */
gboolean kh_output_write (kh_output *out, const char *data, gsize length);
gboolean kh_output_close (kh_output *out, GError **error);
/* Frees it; what was not closed is removed. */
void kh_output_free (kh_output *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_output, kh_output_free)

/* Writes all of it to `path` in this way. */
gboolean kh_write_output (const char *path, const GString *content, GError **error);

/* Progress of one document on standard error: only on a terminal, after one second, not with --quiet. */
void kh_progress_begin (const char *name);
void kh_progress (guint done, guint total, gpointer unused);
void kh_progress_end (void);

/* The man page (roff) and the bash completion, made from the tables above. */
void kh_print_manual (GString *out);
void kh_print_completion (GString *out);

#endif
