/* corpus.h - the texts the models are trained on, line by line.
 *
 * corpus.tsv names them: file below the corpus folder, weight, and for a table (a list of places) which of its columns to read as one
 * line ("2,4": "Phường Ba Đình, Thành phố Hà Nội"). A line of a table is public and counts LIST_COPIES times, so that no name falls
 * below the least count of an n-gram.
 */
#ifndef KH_MODELS_CORPUS_H
#define KH_MODELS_CORPUS_H

#include <glib.h>

typedef struct corpus_file {
    char *path, *name;
    guint weight2;  /* twice the weight, a whole number */
    GArray *columns; /* of guint, from 0; NULL for running text */
} corpus_file;

/* The files of corpus.tsv, as an array of corpus_file. Ends the program when it cannot be read. */
GArray *corpus_recipe (const char *path, const char *folder);

typedef struct corpus_reader {
    void (*begin) (const corpus_file *file, gpointer user_data); /* may be NULL */
    void (*line) (char *line, gpointer user_data);               /* may change the line */
    gpointer user_data;
} corpus_reader;

/* Every line that is trained on; with `hold_out`, all but the tenth of the documents of the domain that is held out (stretches
 * of HELD_LINES lines of the files of weight 3 and more). */
void corpus_read (const GArray *recipe, gboolean hold_out, const corpus_reader *reader);

/* Writes the lines held out to `path`, "file<TAB>line", without those that stand nearly the same in what is trained on: more than half of
 * their stretches of 8 words. */
void corpus_write_held_out (const GArray *recipe, const char *path);

/* Ends the program with a message. */
void corpus_fail (const char *what, const char *subject) G_GNUC_NORETURN;

#endif
