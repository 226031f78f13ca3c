/* kehoach.h - reads Vietnamese administrative plans: a file goes in, a record comes out.
 *
 *     kh_reader *reader = kh_reader_new (0, NULL);
 *     GError *error = NULL;
 *     kh_document *document = kh_reader_read (reader, bytes, "588-kh-stp.pdf", NULL, &error);
 *     if (document == NULL)
 *         g_printerr ("%s\n", error->message);
 *     GString *json = kh_document_format (document, KH_FORMAT_JSON, 0);
 *
 * The one installed header of libkehoach. What a record holds is written down in
 * schemas/plan.schema.json. The library never prints, never exits and writes no
 * file (but nameless ones for a while, when a workbook is put together). A reader forks worker processes, which read the pages in a sandbox: make
 * it before your program starts threads, and use it from one thread.
 *
 * Errors have the domain KH_ERROR; the code is a kh_error_code and is also the
 * program's exit status. Messages name the file and, where it matters, the page.
 */
#ifndef KEHOACH_H
#define KEHOACH_H

#include <glib.h>

G_BEGIN_DECLS

#define KH_API __attribute__ ((visibility ("default")))

/* Domain of all errors below. */
#define KH_ERROR (kh_error_quark ())
KH_API GQuark kh_error_quark (void);

/* Classes of outcome a script can act on; 0 is success. Never renumbered. */
typedef enum kh_error_code {
    KH_ERROR_ATTENTION = 1,     /* written, but a person should look (--strict); or some inputs of several failed */
    KH_ERROR_USAGE = 2,         /* the command line is wrong */
    KH_ERROR_INPUT = 3,         /* the input cannot be read: missing, broken, encrypted, not a known format */
    KH_ERROR_LIMIT = 4,         /* a ceiling was met: pages, pixels, bytes, seconds */
    KH_ERROR_MODEL = 5,         /* a model or language is missing */
    KH_ERROR_OUTPUT = 6,        /* the output cannot be written */
    KH_ERROR_INTERRUPTED = 130, /* SIGINT or SIGTERM */
} kh_error_code;

/* "0.1.0". Static. */
KH_API const char *kh_version (void);

/* A reader: worker processes kept warm from document to document. */
typedef struct kh_reader kh_reader;

/* A reader with up to `jobs` workers, forked when first needed; 0: as many as processors.
 * `interrupted` may be NULL; else reading stops within 0.2 s after it becomes non-zero
 * (a signal handler may set it). Never NULL. */
KH_API kh_reader *kh_reader_new (guint jobs, const volatile int *interrupted);
/* Ends the workers. NULL is allowed. Documents outlive their reader. */
KH_API void kh_reader_free (kh_reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_reader, kh_reader_free)

typedef enum kh_ocr_mode {
    KH_OCR_AUTO,   /* pages without a sound text layer */
    KH_OCR_ALWAYS, /* every page */
    KH_OCR_NEVER,  /* text layers only, however bad */
} kh_ocr_mode;

/* Small pictures of pages, to be looked at. */
typedef enum kh_pictures {
    KH_PICTURES_NONE,
    KH_PICTURES_TABLES, /* of pages with a table */
    KH_PICTURES_ALL,
} kh_pictures;

typedef struct kh_read_options {
    kh_ocr_mode ocr;
    const char *pages;      /* "1-3,7"; NULL: all. Pages past the end are an error */
    double page_seconds;    /* time a page may take; 0: the default (50 s) */
    gboolean no_repair;     /* text as it was read */
    kh_pictures pictures;   /* of which pages to keep a small picture, for KH_STAGE_TABLES_HTML and KH_FORMAT_HTML */
    const char *words;      /* recorded words (see --dump words) to use in place of reading; NULL: read */
    const volatile guint *jobs; /* workers this document may keep busy, looked at page by page: another thread or process may
                               change it meanwhile; NULL: all of the reader's */
    void (*progress) (guint pages_done, guint pages, gpointer user_data); /* NULL: none */
    gpointer user_data;
} kh_read_options;

/* A document that was read and understood. */
typedef struct kh_document kh_document;

/* Reads a document held in memory. `name` is its file name, for messages and the record (only the
 * base name is kept). `options` NULL: the defaults. A page that fails costs a warning in the record; the call fails
 * only when the document cannot be opened, no page at all could be read, or a limit was met. The caller frees. */
KH_API kh_document *kh_reader_read (kh_reader *reader, GBytes *bytes, const char *name, const kh_read_options *options,
                                    GError **error);
/* The same from a file; "-" is standard input. */
KH_API kh_document *kh_reader_read_file (kh_reader *reader, const char *path, const kh_read_options *options, GError **error);
KH_API void kh_document_free (kh_document *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_document, kh_document_free)

typedef enum kh_format {
    KH_FORMAT_JSON,   /* the record, indented */
    KH_FORMAT_NDJSON, /* the record on one line */
    KH_FORMAT_CSV,    /* the task table, for spreadsheets (see kh_format_options) */
    KH_FORMAT_TEXT,   /* the text in reading order, one paragraph or table row a line */
    KH_FORMAT_TABLE,  /* a summary and the task table, drawn for a terminal */
    KH_FORMAT_XLSX,   /* a workbook: tasks, targets, facts, what to look at. Binary */
    KH_FORMAT_HTML,   /* one page that needs nothing else, in the language of the locale; each value shows the piece of the page it was read
                         off, which wants KH_PICTURES_ALL, else pages are shown by their words */
} kh_format;

typedef struct kh_format_options {
    guint columns;  /* KH_FORMAT_TABLE: the terminal's width; 0: 100 */
    char separator; /* KH_FORMAT_CSV: between fields; 0: a comma */
    gboolean plain; /* KH_FORMAT_CSV: for programs, without what spreadsheets need: a byte order mark, which tells them it is UTF-8, and an
                       apostrophe before text that begins with = + - @, which they would take for a formula */
} kh_format_options;

/* The record in one of its forms; `options` NULL: the defaults. The caller frees. NULL, with KH_ERROR_OUTPUT, for KH_FORMAT_XLSX alone: when there
 * is no room for the temporary files a workbook is put together in ($TMPDIR). */
KH_API GString *kh_document_export (const kh_document *document, kh_format format, const kh_format_options *options, GError **error);
/* The same with defaults but `columns`; NULL where the other would give an error. */
KH_API GString *kh_document_format (const kh_document *document, kh_format format, guint columns);

typedef enum kh_stage {
    KH_STAGE_WORDS,  /* recorded words, to be replayed with kh_read_options.words */
    KH_STAGE_LINES,  /* printed lines with their places */
    KH_STAGE_TABLES, /* grids with spans */
    KH_STAGE_TEXT,   /* blocks in reading order */
    KH_STAGE_TRUST,  /* words after mending, with how likely each is right and why */
    KH_STAGE_TABLES_HTML, /* the grids drawn over the pages they stand on: an HTML page, in the language of the locale; wants
                             KH_PICTURES_TABLES, else pages are shown by their words */
} kh_stage;

/* What a stage made of the document, as text for people and tests. The caller frees. */
KH_API GString *kh_document_dump (const kh_document *document, kh_stage stage);

/* How much a person should look at: entries of `review` and `warnings`. */
KH_API guint kh_document_review_count (const kh_document *document);
KH_API guint kh_document_warning_count (const kh_document *document);
/* The i-th warning: its page (0: the document) and message. Owned by the document. */
KH_API const char *kh_document_warning (const kh_document *document, guint i, int *page);

/* ---- what a file is, before it is read: `kehoach survey` ---- */

typedef enum kh_glance_state {
    KH_GLANCE_OPENED,
    KH_GLANCE_ENCRYPTED, /* it wants a password */
    KH_GLANCE_BROKEN,    /* a PDF or an image by its first bytes, but it cannot be opened */
    KH_GLANCE_UNKNOWN,   /* no format that is read */
    KH_GLANCE_LIMIT,     /* a ceiling was met: bytes, memory, seconds */
    KH_N_GLANCE_STATES
} kh_glance_state;

/* What is to be read on a page. */
typedef enum kh_page_kind {
    KH_PAGE_SOUND,        /* a sound text layer */
    KH_PAGE_LEGACY,       /* a text layer in an encoding older than Unicode */
    KH_PAGE_LOST_LETTERS, /* a text layer that lost letters: read, and compared with the image */
    KH_PAGE_WORTHLESS,    /* a text layer that is of no use: the image is read */
    KH_PAGE_SCAN,         /* an image */
    KH_PAGE_TEXT,         /* of a text file */
    KH_PAGE_BLANK,        /* nothing */
    KH_PAGE_UNREADABLE,   /* it cannot be looked at */
    KH_N_PAGE_KINDS
} kh_page_kind;

#define KH_GLANCE_PAGES 3 /* of a document are looked at: the first, the one in the middle, the last */

/* What a look at a document tells. Strings are valid until the call that was given them returns. */
typedef struct kh_glance {
    kh_glance_state state;
    const char *cause;      /* why it was not opened: for logs, in English; NULL: it was */
    const char *media_type; /* "application/pdf" ...; "" when it was not opened */
    const char *encoding;   /* of a text file, or of the first text layer that is not "Unicode". Static */
    guint pages;
    guint looked_at;        /* pages of these: */
    struct {
        guint number;
        kh_page_kind kind;
        int turn;           /* degrees clockwise that would put its content upright: 0, 90, 180, 270, as it seems */
    } page[KH_GLANCE_PAGES];
} kh_glance;

/* Where documents come from, and where what was seen goes. */
typedef struct kh_glance_calls {
    /* The next document and its name for messages; NULL: no more. `*document` is given back with what was seen. Bytes are held no
     * longer than they are looked at; twice as many documents as there are workers are held at a time. */
    GBytes *(*next) (const char **name, gpointer *document, gpointer user_data);
    /* In any order. */
    void (*done) (gpointer document, const kh_glance *glance, gpointer user_data);
} kh_glance_calls;

/* Looks at all documents, with all workers, without reading them: a few milliseconds a digital page. What cannot be opened is told to
 * `done`; the call fails only when interrupted or without a model. */
KH_API gboolean kh_reader_glance (kh_reader *reader, const kh_glance_calls *calls, gpointer user_data, GError **error);

/* The picture of a page (from 1) of a document held in memory, as it is shown: a JPEG of about 110 dpi that fits when it is stretched over the page's
 * width and height. It is drawn in a worker, within `seconds` (0: as long as a page may take). A text file has none: KH_ERROR_INPUT. As
 * long as `bytes` is the same object the worker has the document open. The caller drops the reference. */
KH_API GBytes *kh_reader_picture (kh_reader *reader, GBytes *bytes, const char *name, guint page, double seconds, GError **error);

/* ---- a deadline without a document, as it is typed ---- */

typedef struct kh_due {
    char *text;         /* in normal form */
    const char *kind;   /* date, period, recurring, conditional; static */
    char *start, *end;  /* days, ISO 8601; NULL: none */
} kh_due;

/* What a task's deadline says ("Quý II/2025", "trước 15/10"), in a plan for the days from `start` to `end` (NULL: not known). FALSE when
 * the text is empty. */
KH_API gboolean kh_due_parse (const char *text, const char *start, const char *end, kh_due *due);
KH_API void kh_due_clear (kh_due *due);

/* ---- text without a document: `kehoach repair` ---- */

/* What may have happened to a text. */
typedef enum kh_text_damage {
    KH_TEXT_AUTO,         /* told from the text itself; sound text is left alone */
    KH_TEXT_SOUND,        /* nothing: only encoding and normal form */
    KH_TEXT_LOST_LETTERS, /* some letters became spaces, or nothing; which, is found from the text */
    KH_TEXT_OCR,          /* read from an image */
    KH_TEXT_BARE,         /* typed or read without any marks */
} kh_text_damage;

/* One change to a text. Strings are the mender's, until the call returns. */
typedef struct kh_text_change {
    guint line, column;   /* of the text in Unicode, before repair; from 1, in characters */
    const char *kind;     /* lost_letter, ocr, diacritic, spacing */
    const char *from, *to;
    double confidence;    /* 0..1 */
} kh_text_change;

typedef struct kh_mend_options {
    const char *from;     /* encoding: auto (NULL), unicode, tcvn3, vni, vps, viscii, viqr, cp1258 */
    kh_text_damage damage;
    void (*change) (const kh_text_change *change, gpointer user_data); /* called for each change, in order; NULL: not */
    gpointer user_data;
} kh_mend_options;

/* Mends text of any length in bounded memory. */
typedef struct kh_mender kh_mender;

/* KH_ERROR_USAGE for an unknown encoding, KH_ERROR_MODEL without the language model. The caller frees. */
KH_API kh_mender *kh_mender_new (const kh_mend_options *options, GError **error);
KH_API void kh_mender_free (kh_mender *mender);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_mender, kh_mender_free)

/* Takes the next bytes of the text and appends to `out`, as UTF-8, what is mended by now; with `is_last` all of it. */
KH_API void kh_mender_feed (kh_mender *mender, const char *bytes, gsize length, gboolean is_last, GString *out);

/* What was found: the encoding of most of the text ("Unicode", "TCVN3" ...; static), and what happened to it ("none", "ocr", "bare",
 * "lost-letters ư p"; the caller frees). */
KH_API const char *kh_mender_encoding (const kh_mender *mender);
KH_API char *kh_mender_damage (const kh_mender *mender);

/* Checks a record against the schema compiled into the library. Appends a line a fault, "POINTER: what is wrong", to
 * `faults`. TRUE when there is none. */
KH_API gboolean kh_validate (const char *json, gsize length, GString *faults);

/* schemas/plan.schema.json as compiled in. Static. */
KH_API const char *kh_schema_json (void);

G_END_DECLS

#endif
