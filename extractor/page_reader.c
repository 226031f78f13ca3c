/* page_reader.c - see page_reader.h. */
#include "page_reader.h"

#include "base/limits.h"
#include "layout/layout.h"
#include "ocr/hand.h"
#include "source/source.h"
#include "viet/encoding.h"
#include "viet/layer.h"
#include "viet/repair.h"
#include "viet/viet.h"
#include "workers/page_wire.h"

#include <locale.h>
#include <string.h>

/* A page with less text than this over an image that fills it is a scan with a stamp line or signature note. */
#define SCAN_IMAGE_SHARE 0.60
#define SCAN_TEXT_WORDS 40
#define SOME_WORDS 12 /* fewer say nothing of a text layer */

typedef struct page_reader {
    GBytes *file;      /* the document `source` was opened from */
    kh_source *source;
    kh_encoding encoding; /* of a text file, before it was brought to Unicode */
    const kh_reading_models *models;
    kh_repairer *repairer; /* made when the first text layer is judged */
    kh_ocr *ocr;       /* made when the first page needs it */
} page_reader;

static gpointer
page_reader_start (gpointer user_data)
{
    uselocale (LC_GLOBAL_LOCALE); /* the parent may have been in run_unlocalised() */
    page_reader *reader = g_new0 (page_reader, 1);
    reader->models = user_data;
    return reader;
}

/* Is there something to read that only the engine could? */
static gboolean
has_more_than_text (const kh_page *page, const kh_page_look *look)
{
    return look->image_share > SCAN_IMAGE_SHARE || page->words->len >= SOME_WORDS;
}

static void
array_unref (void *array)
{
    g_array_unref (array);
}

/* The page's text, column by column and cell by cell: a text layer often has the lines of all cells in one. */
static char *
text_in_reading_order (kh_page *page, kh_pool *pool)
{
    GPtrArray *pages = kh_pool_list (pool);
    g_ptr_array_add (pages, page);
    const kh_flow *flow = kh_layout (pages, pool);
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (flow->blocks, i);
        g_string_append_printf (text, "%s\n", block->text.str);
        for (int c = 0; block->grid != NULL && c < block->grid->n_rows * block->grid->n_cols; c++)
            if (block->grid->cells[c] != NULL)
                g_string_append_printf (text, "%s\n", block->grid->cells[c]->text.str);
    }
    return g_string_free (text, FALSE);
}

/* Judged on a copy in Unicode (the page `is_decoded` already, or the copy is now) and in normal form: a layer of loose marks is sound. */
static kh_layer_verdict
judge_text_layer (page_reader *reader, const kh_page *page, gboolean is_decoded, const kh_page_look *look, kh_pool *pool)
{
    if (!look->has_text) /* an empty page needs no engine */
        return look->image_share == 0 && !look->has_drawings ? KH_LAYER_SOUND : KH_LAYER_WORTHLESS;
    if (look->image_share > SCAN_IMAGE_SHARE && page->words->len < SCAN_TEXT_WORDS)
        return KH_LAYER_WORTHLESS;
    if (reader->repairer == NULL)
        reader->repairer = kh_repairer_new (reader->models->lm);
    kh_page normal = *page;
    normal.words = kh_pool_own (pool, g_array_copy (page->words), array_unref);
    if (!is_decoded)
        kh_layer_decode (&normal, pool);
    kh_viet_normalise_page (&normal, pool);
    kh_layer_verdict verdict = kh_layer_judge (reader->repairer, &normal);
    if (verdict != KH_LAYER_UNLIKELY)
        return verdict;
    g_autofree char *text = text_in_reading_order (&normal, pool);
    return kh_layer_is_likely (reader->repairer, text) ? KH_LAYER_SOUND : KH_LAYER_WORTHLESS;
}

/* How a block of the page should have been turned beyond what it was, as its words say: 0, 90, 180, 270. */
static int
block_turn_needed (page_reader *reader, const kh_pixels *pixels, kh_pool *pool, const kh_page *page, kh_box block)
{
    g_autoptr (kh_pixels) part = kh_pixels_part (pixels, block);
    kh_page *alone = kh_page_new (pool, page->number, page->width, page->height);
    for (guint i = 0; i < page->words->len; i++)
        if (kh_box_holds_center (block, kh_page_word (page, i)->box))
            g_array_append_val (alone->words, *kh_page_word (page, i));
    return kh_ocr_turn_needed (reader->ocr, part, alone);
}

/* Is the page, or a block in it, to be turned otherwise than was guessed? `options` then say how. */
static gboolean
mend_turns (page_reader *reader, const kh_pixels *pixels, kh_pool *pool, const kh_page *page, kh_scan_options *options)
{
    if (options->block_turn == KH_TURN_GUESS && page->regions->len > 0) {
        const kh_region *block = kh_page_region (page, 0);
        int more = block_turn_needed (reader, pixels, pool, page, block->box), turn = (block->turn + more) % 360;
        if (more != 0) {
            options->block_turn = turn % 180 == 0 ? 0 : turn;
            return TRUE;
        }
    }
    if (options->turn != KH_TURN_GUESS)
        return FALSE;
    int more = kh_ocr_turn_needed (reader->ocr, pixels, page);
    if (more != 0)
        *options = (kh_scan_options){ (page->rotation + more) % 360, KH_TURN_GUESS };
    return more != 0;
}

/* Reads the page's image; again when the reading says that it, or a block in it, stands otherwise than it seemed to. */
static gboolean
read_image (page_reader *reader, guint number, kh_pool *pool, kh_page *page, GError **error)
{
    if (reader->ocr == NULL)
        reader->ocr = kh_ocr_new (NULL, reader->models->spelling, error);
    if (reader->ocr == NULL)
        return FALSE;
    kh_scan_options options = { KH_TURN_GUESS, KH_TURN_GUESS };
    gboolean again = TRUE;
    while (again) { /* each thing that was guessed is mended once at most */
        g_autoptr (kh_pixels) pixels = kh_source_scan (reader->source, number, options, page, error);
        if (pixels == NULL || !kh_ocr_read (reader->ocr, pixels, pool, page, error))
            return FALSE;
        again = mend_turns (reader, pixels, pool, page, &options);
        if (!again)
            kh_hand_mark (pixels, page);
    }
    return TRUE;
}

/* Reads the image of a page whose text layer lost letters, and keeps what it reads beside the layer, in the layer's frame. */
static gboolean
read_image_beside (page_reader *reader, guint number, kh_pool *pool, kh_page *page, GError **error)
{
    kh_page *image = kh_page_new (pool, page->number, page->width, page->height);
    if (!read_image (reader, number, pool, image, error))
        return FALSE;
    kh_affine to_frame = kh_affine_inverse (&page->to_page);
    for (guint i = 0; i < image->words->len; i++)
        kh_page_word (image, i)->box = kh_affine_box (&to_frame, kh_page_shown (image, kh_page_word (image, i)->box));
    for (guint i = 0; i < image->marks->len; i++) {
        kh_mark *mark = kh_page_mark (image, i);
        kh_page_add_mark (page, kh_affine_box (&to_frame, kh_page_shown (image, mark->box)), mark->kind);
    }
    page->image_words = image->words;
    page->dpi = image->dpi;
    return TRUE;
}

static GVariant *
read_page (page_reader *reader, guint number, kh_ocr_mode mode, gboolean mend, GError **error)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look = { 0 };
    kh_page *page = kh_source_read (reader->source, number, pool, &look, error);
    if (page == NULL)
        return NULL;
    gboolean is_text_file = page->origin == KH_ORIGIN_TEXT;
    if (!is_text_file && mend)
        kh_layer_decode (page, pool);
    kh_layer_verdict verdict = is_text_file ? KH_LAYER_SOUND : judge_text_layer (reader, page, mend, &look, pool);
    gboolean replace = !is_text_file && (mode == KH_OCR_ALWAYS || (mode == KH_OCR_AUTO && verdict == KH_LAYER_WORTHLESS));
    gboolean compare = !replace && mode == KH_OCR_AUTO && verdict == KH_LAYER_LOST_LETTERS;
    if ((replace && !read_image (reader, number, pool, page, error)) || (compare && !read_image_beside (reader, number, pool, page, error)))
        return NULL;
    if (mode == KH_OCR_NEVER && verdict == KH_LAYER_WORTHLESS && has_more_than_text (page, &look)) {
        page->warning_code = "text_layer_unsound";
        page->warning = "the text layer is missing or damaged, and reading the image was not asked for";
    }
    return kh_page_to_variant (page);
}

static GVariant *
make_picture (page_reader *reader, guint number, GError **error)
{
    g_autoptr (GBytes) picture = kh_source_picture (reader->source, number, error);
    return picture == NULL ? NULL : kh_picture_to_variant (picture);
}

/* By its words alone, which is quick: many words, and sound ones or such as lost letters. NULL when more must be looked at. */
static kh_page *
look_at_words (page_reader *reader, guint number, kh_pool *pool, kh_layer_verdict *verdict)
{
    static const kh_page_look has_text = { .has_text = TRUE };
    kh_page *page = kh_source_words (reader->source, number, pool, NULL);
    if (page == NULL || (page->origin != KH_ORIGIN_TEXT && page->words->len < SCAN_TEXT_WORDS))
        return NULL;
    *verdict = KH_LAYER_SOUND;
    if (page->origin != KH_ORIGIN_TEXT) {
        kh_layer_decode (page, pool);
        *verdict = judge_text_layer (reader, page, TRUE, &has_text, pool);
    }
    return *verdict != KH_LAYER_WORTHLESS ? page : NULL;
}

/* What is to be read on the page, and how it stands; what it was in before Unicode goes into `encoding`. */
static kh_page_kind
look_at_page (page_reader *reader, guint number, const char **encoding, int *turn)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look = { .has_text = TRUE };
    kh_layer_verdict verdict;
    kh_page *page = look_at_words (reader, number, pool, &verdict);
    gboolean is_scan = FALSE;
    *turn = 0;
    if (page == NULL) {
        page = kh_source_read (reader->source, number, pool, &look, NULL);
        if (page == NULL)
            return KH_PAGE_UNREADABLE;
        if (!look.has_text && !look.has_drawings && look.image_share == 0)
            return KH_PAGE_BLANK;
        is_scan = !look.has_text || (look.image_share > SCAN_IMAGE_SHARE && page->words->len < SCAN_TEXT_WORDS);
        kh_layer_decode (page, pool);
        verdict = is_scan ? KH_LAYER_WORTHLESS : judge_text_layer (reader, page, TRUE, &look, pool);
    }
    if (page->origin == KH_ORIGIN_TEXT)
        return KH_PAGE_TEXT;
    *encoding = page->encoding;
    *turn = verdict == KH_LAYER_WORTHLESS ? MAX (kh_source_turn (reader->source, number, NULL), 0) : page->rotation;
    if (is_scan)
        return KH_PAGE_SCAN;
    if (verdict != KH_LAYER_SOUND)
        return verdict == KH_LAYER_LOST_LETTERS ? KH_PAGE_LOST_LETTERS : KH_PAGE_WORTHLESS;
    return *encoding != NULL ? KH_PAGE_LEGACY : KH_PAGE_SOUND;
}

/* Some pages of the document that is open. */
static GVariant *
look_at_document (page_reader *reader)
{
    guint n = kh_source_page_count (reader->source), numbers[KH_GLANCE_PAGES] = { 1, n / 2 + 1, n };
    kh_encoding encoding = reader->encoding;
    GVariantBuilder pages;
    g_variant_builder_init (&pages, G_VARIANT_TYPE ("a(uuu)"));
    for (guint i = 0; i < KH_GLANCE_PAGES; i++) {
        if (i > 0 && numbers[i] <= numbers[i - 1])
            continue;
        const char *layer = NULL;
        int turn;
        kh_page_kind kind = look_at_page (reader, numbers[i], &layer, &turn);
        if (encoding == KH_ENCODING_UNICODE && layer != NULL)
            kh_encoding_parse (layer, &encoding);
        g_variant_builder_add (&pages, "(uuu)", numbers[i], (guint32) kind, (guint32) turn);
    }
    return g_variant_new (KH_GLANCE_FORMAT, KH_GLANCE_OPENED, "", kh_source_media_type (reader->source), (guint32) encoding, n, &pages);
}

/* Why the document was not opened. */
static GVariant *
tell_unopened (GBytes *file, const GError *error)
{
    kh_glance_state state = KH_GLANCE_UNKNOWN;
    if (error->code == KH_ERROR_LIMIT)
        state = KH_GLANCE_LIMIT;
    else if (kh_source_wants_password (file))
        state = KH_GLANCE_ENCRYPTED;
    else if (kh_source_sniff (file) != NULL)
        state = KH_GLANCE_BROKEN;
    return g_variant_new (KH_GLANCE_FORMAT, state, error->message, "", KH_ENCODING_UNICODE, 0, NULL);
}

/* Opens the document; a text file in a legacy encoding is brought to Unicode first. */
static gboolean
open_source (page_reader *reader, GBytes *file, const char *name, GError **error)
{
    g_clear_pointer (&reader->source, kh_source_free);
    g_clear_pointer (&reader->file, g_bytes_unref);
    reader->encoding = KH_ENCODING_UNICODE;
    gsize length;
    const char *data = g_bytes_get_data (file, &length);
    gboolean is_text = kh_source_sniff (file) == NULL && length <= KH_LIMIT_TEXT_BYTES;
    char *healed = is_text ? kh_encoding_heal (data, length, &reader->encoding) : NULL;
    g_autoptr (GBytes) unicode = healed == NULL ? g_bytes_ref (file) : g_bytes_new_take (healed, strlen (healed));
    reader->source = kh_source_open (unicode, name, error);
    if (reader->source != NULL)
        reader->file = g_bytes_ref (file);
    return reader->source != NULL;
}

static GVariant *
page_reader_run (gpointer state, GBytes *file, GVariant *request, GError **error)
{
    page_reader *reader = state;
    const char *name;
    guint32 kind, number, mode;
    gboolean mend;
    g_variant_get (request, "(&suuub)", &name, &kind, &number, &mode, &mend);
    /* Why a document cannot be opened is told to a person, in his language; why a page was lost goes into the record,
     * which does not depend on the locale. */
    setlocale (LC_MESSAGES, kind == KH_REQUEST_OPEN ? "" : "C");
    g_autoptr (GError) why = NULL;
    if (reader->file != file && !open_source (reader, file, name, &why)) {
        if (kind == KH_REQUEST_GLANCE)
            return tell_unopened (file, why);
        g_propagate_error (error, g_steal_pointer (&why));
        return NULL;
    }
    if (kind == KH_REQUEST_GLANCE)
        return look_at_document (reader);
    if (kind == KH_REQUEST_OPEN)
        return g_variant_new ("(suu)", kh_source_media_type (reader->source), kh_source_page_count (reader->source),
                              (guint32) reader->encoding);
    return kind == KH_REQUEST_PICTURE ? make_picture (reader, number, error) : read_page (reader, number, mode, mend, error);
}

const kh_worker_calls kh_page_reader_calls = { page_reader_start, page_reader_run };
