/* limits.h - the ceilings: every growth that input drives ends at one of these.
 *
 * A limit that is met gives KH_ERROR_LIMIT with a message that names the file,
 * the page and the ceiling, or a warning in the record where only a page is
 * lost. tests/ has a case for each.
 */
#ifndef KH_BASE_LIMITS_H
#define KH_BASE_LIMITS_H

#define KH_LIMIT_INPUT_BYTES (1024u * 1024 * 1024)  /* one input file */
#define KH_LIMIT_PAGES 2000u                        /* pages read of one document; --pages chooses which */
#define KH_LIMIT_PAGE_POINTS 14400.0                /* a side of a page: 200 inches, the limit of PDF 1.x itself */
#define KH_LIMIT_PAGE_PIXELS (64u * 1000 * 1000)    /* a rendered or decoded page: A2 at 300 dpi and more */
#define KH_LIMIT_PICTURE_SIDE 2600.0                /* pixels of the longer side of a page's picture: A2 at 110 dpi */
#define KH_LIMIT_PICTURE_BYTES (8u * 1024 * 1024)   /* a page's picture */
#define KH_LIMIT_PICTURES 300u                      /* pictures of one document; later pages are shown by their words */
#define KH_LIMIT_PAGE_WORDS 50000u                  /* words of one page */
#define KH_LIMIT_PAGE_RULES 20000u                  /* ruling lines of one page */
#define KH_LIMIT_PAGE_MARKS 64u                     /* stamps and signatures of one page */
#define KH_LIMIT_PAGE_REGIONS 16u                   /* parts of one page that stand elsewhere on it than the rest */
#define KH_LIMIT_WORD_BYTES 2048u                   /* UTF-8 bytes of one word */
#define KH_LIMIT_TEXT_BYTES (64u * 1024 * 1024)     /* a plain text input */
#define KH_LIMIT_MENDED_LINE (1024u * 1024)         /* bytes of a line that `repair` mends in one piece; a longer one is cut at a space */
#define KH_LIMIT_PAGE_SECONDS 50                    /* wall-clock seconds a page, default of --time-limit */
#define KH_LIMIT_OPEN_SECONDS 20                    /* wall-clock seconds to open a document */
#define KH_LIMIT_GLANCE_SECONDS 30                  /* wall-clock seconds to open a document and look at some of its pages */
#define KH_LIMIT_WORKER_BYTES (2048ull * 1024 * 1024) /* address space of a worker */
#define KH_LIMIT_REPLY_BYTES (64u * 1024 * 1024)    /* what a worker may answer for one page */
#define KH_LIMIT_JOBS 256u                          /* --jobs */
#define KH_LIMIT_TRIES 3u                           /* how often a page or a document is tried whose process was killed from outside */
#define KH_LIMIT_FILES 5000000u                     /* files of one batch */
#define KH_LIMIT_SILENT_SECONDS 120                 /* a document in which nothing moves, beside the time of a page ... */
#define KH_LIMIT_SILENT_PAGE_SECONDS 2              /* ... and for each of its pages, when all are read and it is being understood */
#define KH_LIMIT_RECORD_BYTES (256u * 1024 * 1024)  /* a record that goes into a store */
#define KH_LIMIT_DOCUMENT_ROWS 100000u              /* rows of one document in one table of a store */
#define KH_LIMIT_KEY_BYTES 1000u                    /* what a store looks up by index: the key of a body; PostgreSQL takes 2,700 */
#define KH_LIMIT_PATH_BYTES 2500u                   /* the path of a file that a store notes; the same ceiling */
#define KH_LIMIT_COMPARED_ROWS 300000u             /* targets, and tasks, of one comparison */
#define KH_LIMIT_UPLOAD_BYTES (256u * 1024 * 1024)  /* a document that is sent to the review server */
#define KH_LIMIT_CHANGE_BYTES (1024u * 1024)        /* any other request */
#define KH_LIMIT_CHANGES 20000u                     /* of one document, by people */
#define KH_LIMIT_WAITING 1000u                      /* documents sent to the review server that wait to be read */
#define KH_LIMIT_SHOWN_BYTES (64u * 1024 * 1024)    /* page images the review server keeps */
#define KH_LIMIT_SHOWN_SECONDS 10.0                 /* to make one */

#endif
