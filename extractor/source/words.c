#include "source/words.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    kh_origin origin;
    const char *name;
} ORIGINS[] = {
    { KH_ORIGIN_OCR, "ocr" },
    { KH_ORIGIN_TEXT_LAYER, "text-layer" },
    { KH_ORIGIN_TEXT_LAYER_REPAIRED, "text-layer-repaired" },
    { KH_ORIGIN_TEXT, "text" },
};

/* "12.50"; never "-0.00", never the locale's comma. */
static void
put_number (GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    double rounded = isfinite (value) ? round (value * 100) / 100 : 0;
    g_string_append_c (out, '\t');
    g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.2f", rounded == 0 ? 0 : rounded));
}

static void
put_box (GString *out, kh_box box)
{
    put_number (out, box.x0);
    put_number (out, box.y0);
    put_number (out, box.x1);
    put_number (out, box.y1);
}

/* Text without the characters that end a field or a line. */
static void
put_text (GString *out, const char *text)
{
    g_string_append_c (out, '\t');
    for (; *text != '\0'; text++)
        g_string_append_c (out, strchr ("\t\r\n", *text) != NULL ? ' ' : *text);
}

/* The matrix of skewed pages needs more than two decimals. */
static void
put_exact (GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_c (out, '\t');
    g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.8g", value == 0 ? 0 : value));
}

/* 0.998 is what an engine read, 1 is certain. */
static void
put_confidence (GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_c (out, '\t');
    g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.4g", value));
}

static void
write_words (GString *out, const char *kind, const GArray *words)
{
    for (guint i = 0; i < words->len; i++) {
        const kh_word *word = &g_array_index (words, kh_word, i);
        g_string_append_printf (out, "%s\t%d", kind, word->line);
        put_box (out, word->box);
        put_number (out, word->size);
        g_string_append_printf (out, "\t%u", word->style);
        put_confidence (out, word->confidence);
        put_text (out, word->read);
        g_string_append_c (out, '\n');
        if (word->others != NULL) {
            g_string_append (out, "others");
            put_text (out, word->others);
            g_string_append_c (out, '\n');
        }
    }
}

static void
put_affine (GString *out, const kh_affine *m)
{
    const double terms[] = { m->xx, m->xy, m->x0, m->yx, m->yy, m->y0 };
    for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
        put_exact (out, terms[i]);
    g_string_append_c (out, '\n');
}

static void
write_page (GString *out, const kh_page *page)
{
    g_string_append_printf (out, "page\t%d", page->number);
    put_number (out, page->width);
    put_number (out, page->height);
    g_string_append_printf (out, "\t%d\t%s", page->rotation, ORIGINS[page->origin].name);
    put_number (out, page->dpi);
    put_number (out, page->skew);
    put_number (out, page->frame_width);
    put_number (out, page->frame_height);
    put_affine (out, &page->to_page);
    if (page->warning_code != NULL) {
        g_string_append (out, "warning");
        put_text (out, page->warning_code);
        put_text (out, page->warning != NULL ? page->warning : "");
        g_string_append_c (out, '\n');
    }
    if (page->encoding != NULL) {
        g_string_append (out, "encoding");
        put_text (out, page->encoding);
        g_string_append_c (out, '\n');
    }
    for (guint i = 0; i < page->regions->len; i++) {
        const kh_region *region = kh_page_region (page, i);
        g_string_append_printf (out, "region\t%d", region->turn);
        put_box (out, region->box);
        put_affine (out, &region->to_page);
    }
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (page, i);
        g_string_append_printf (out, "rule\t%c", rule->horizontal ? 'h' : 'v');
        put_box (out, rule->box);
        g_string_append_c (out, '\n');
    }
    for (guint i = 0; i < page->marks->len; i++) {
        const kh_mark *mark = kh_page_mark (page, i);
        g_string_append_printf (out, "mark\t%s", kh_mark_kind_name (mark->kind));
        put_box (out, mark->box);
        g_string_append_c (out, '\n');
    }
    write_words (out, "word", page->read_words != NULL ? page->read_words : page->words);
    if (page->image_words != NULL)
        write_words (out, "image", page->image_words);
}

void
kh_words_write (GString *out, const GPtrArray *pages)
{
    for (guint i = 0; i < pages->len; i++)
        write_page (out, pages->pdata[i]);
}

/* The fields of one line. A reader past the end or over a bad number sets `bad`; the fields read so far are what they are. */
typedef struct fields {
    char **at; /* NULL-ended */
    gboolean bad;
} fields;

static const char *
take_text (fields *f)
{
    if (*f->at == NULL) {
        f->bad = TRUE;
        return "";
    }
    return *f->at++;
}

static double
take_number (fields *f)
{
    const char *text = take_text (f);
    char *end;
    double value = g_ascii_strtod (text, &end);
    if (end == text || *end != '\0' || !isfinite (value) || fabs (value) > 1e9)
        f->bad = TRUE;
    return f->bad ? 0 : value;
}

static int
take_int (fields *f)
{
    double value = take_number (f);
    if (value != floor (value))
        f->bad = TRUE;
    return f->bad ? 0 : (int) value;
}

static kh_box
take_box (fields *f)
{
    kh_box box;
    box.x0 = take_number (f);
    box.y0 = take_number (f);
    box.x1 = take_number (f);
    box.y1 = take_number (f);
    if (box.x0 > box.x1 || box.y0 > box.y1)
        f->bad = TRUE;
    return box;
}

static void
take_affine (fields *f, kh_affine *m)
{
    double *const terms[] = { &m->xx, &m->xy, &m->x0, &m->yx, &m->yy, &m->y0 };
    for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
        *terms[i] = take_number (f);
}

static kh_origin
take_origin (fields *f)
{
    const char *name = take_text (f);
    for (gsize i = 0; i < G_N_ELEMENTS (ORIGINS); i++)
        if (g_str_equal (ORIGINS[i].name, name))
            return ORIGINS[i].origin;
    f->bad = TRUE;
    return KH_ORIGIN_OCR;
}

static kh_page *
parse_page (fields *f, kh_pool *pool)
{
    int number = take_int (f);
    double width = take_number (f), height = take_number (f);
    kh_page *page = kh_page_new (pool, number, width, height);
    page->rotation = take_int (f);
    page->origin = take_origin (f);
    page->dpi = take_number (f);
    page->skew = take_number (f);
    page->frame_width = take_number (f);
    page->frame_height = take_number (f);
    take_affine (f, &page->to_page);
    return page;
}

static void
parse_region (fields *f, kh_page *page)
{
    kh_region region = { .turn = take_int (f) };
    region.box = take_box (f);
    take_affine (f, &region.to_page);
    if (!f->bad && (region.turn < 0 || region.turn >= 360 || region.turn % 90 != 0 || !kh_page_add_region (page, region)))
        f->bad = TRUE;
}

static void
parse_rule (fields *f, kh_page *page)
{
    const char *direction = take_text (f);
    kh_box box = take_box (f);
    if (!g_str_equal (direction, "h") && !g_str_equal (direction, "v"))
        f->bad = TRUE;
    if (!f->bad && !kh_page_add_rule (page, box, *direction == 'h'))
        f->bad = TRUE;
}

static void
parse_mark (fields *f, kh_page *page)
{
    const char *name = take_text (f);
    kh_box box = take_box (f);
    kh_mark_kind kind = g_str_equal (name, kh_mark_kind_name (KH_MARK_STAMP)) ? KH_MARK_STAMP : KH_MARK_SIGNATURE;
    if (!g_str_equal (name, kh_mark_kind_name (kind)))
        f->bad = TRUE;
    if (!f->bad && !kh_page_add_mark (page, box, kind))
        f->bad = TRUE;
}

static void
parse_word (fields *f, kh_page *page, kh_pool *pool)
{
    kh_word word = { 0 };
    word.line = take_int (f);
    word.box = take_box (f);
    word.size = take_number (f);
    word.style = (unsigned) take_int (f);
    word.confidence = (float) take_number (f);
    const char *text = take_text (f);
    if (*text == '\0' || !kh_page_add_word (pool, page, text, word))
        f->bad = TRUE;
}

/* A word of the image's reading. */
static void
parse_image_word (fields *f, kh_page *page, kh_pool *pool)
{
    GArray *words = page->words;
    if (page->image_words == NULL)
        page->image_words = kh_page_word_list (pool);
    page->words = page->image_words;
    parse_word (f, page, pool);
    page->words = words;
}

static void
set_confidence (kh_page *page)
{
    double sum = 0;
    for (guint i = 0; i < page->words->len; i++)
        sum += kh_page_word (page, i)->confidence;
    page->confidence = page->words->len > 0 ? (float) (sum / page->words->len) : 0;
}

static int
field_count (const char *kind)
{
    static const struct {
        const char *kind;
        int fields;
    } COUNTS[] = { { "page", 17 }, { "region", 12 }, { "rule", 6 }, { "mark", 6 }, { "word", 10 }, { "image", 10 }, { "warning", 3 }, { "encoding", 2 }, { "others", 2 } };
    for (gsize i = 0; i < G_N_ELEMENTS (COUNTS); i++)
        if (g_str_equal (COUNTS[i].kind, kind))
            return COUNTS[i].fields;
    return 3;
}

/* What else the last word of the page may be. */
static void
parse_others (fields *f, kh_page *page, kh_pool *pool)
{
    GArray *words = page->image_words != NULL && page->image_words->len > 0 ? page->image_words : page->words;
    if (words->len == 0)
        f->bad = TRUE;
    else
        g_array_index (words, kh_word, words->len - 1).others = kh_pool_strdup (pool, take_text (f));
}

/* One line into `pages`; FALSE when it makes no sense. */
static gboolean
parse_line (const char *line, GPtrArray *pages, kh_pool *pool)
{
    g_auto (GStrv) kind = g_strsplit (line, "\t", 2);
    g_auto (GStrv) all = g_strsplit (line, "\t", field_count (kind[0] != NULL ? kind[0] : ""));
    kh_page *page = pages->len > 0 ? pages->pdata[pages->len - 1] : NULL;
    fields f = { all, FALSE };
    const char *name = take_text (&f);
    if (g_str_equal (name, "page")) {
        page = parse_page (&f, pool);
        if (page->number < 1 || page->width <= 0 || page->height <= 0)
            return FALSE;
        g_ptr_array_add (pages, page);
    } else if (page == NULL) {
        return FALSE;
    } else if (g_str_equal (name, "region")) {
        parse_region (&f, page);
    } else if (g_str_equal (name, "rule")) {
        parse_rule (&f, page);
    } else if (g_str_equal (name, "mark")) {
        parse_mark (&f, page);
    } else if (g_str_equal (name, "word")) {
        parse_word (&f, page, pool);
    } else if (g_str_equal (name, "image")) {
        parse_image_word (&f, page, pool);
    } else if (g_str_equal (name, "others")) {
        parse_others (&f, page, pool);
    } else if (g_str_equal (name, "encoding")) {
        page->encoding = kh_pool_strdup (pool, take_text (&f));
    } else if (g_str_equal (name, "warning")) {
        page->warning_code = kh_pool_strdup (pool, take_text (&f));
        page->warning = kh_pool_strdup (pool, take_text (&f));
    } else {
        return FALSE;
    }
    return !f.bad && *f.at == NULL;
}

GPtrArray *
kh_words_parse (const char *text, const char *name, kh_pool *pool, GError **error)
{
    GPtrArray *pages = kh_pool_list (pool);
    if (!g_utf8_validate (text, -1, NULL)) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read recorded words '%s': not UTF-8"), name);
        return NULL;
    }
    guint number = 1;
    for (const char *at = text; *at != '\0'; number++) {
        gsize length = strcspn (at, "\n");
        g_autofree char *line = g_strndup (at, length > 0 && at[length - 1] == '\r' ? length - 1 : length);
        if (*line != '\0' && *line != '#' && !parse_line (line, pages, pool)) {
            g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read recorded words '%s': line %u makes no sense"), name,
                         number);
            return NULL;
        }
        at += length + (at[length] == '\n');
    }
    if (pages->len == 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read recorded words '%s': no page in it"), name);
        return NULL;
    }
    for (guint i = 0; i < pages->len; i++)
        set_confidence (pages->pdata[i]);
    return pages;
}

void
kh_words_left_out (kh_page *page, kh_pool *pool)
{
    if (page->warning_code != NULL)
        return;
    page->warning_code = "page_limit";
    page->warning = kh_pool_printf (pool, "page %d: words beyond %u, or longer than %u bytes, were left out", page->number,
                                    KH_LIMIT_PAGE_WORDS, KH_LIMIT_WORD_BYTES);
}
