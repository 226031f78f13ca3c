/* check_appendices.c - appendices that the text points to and the document does not have.
 *
 *   1. What is there: appendices (with their numbers), sections and lines that are named as one (PHỤ LỤC, BIỂU, MẪU).
 *   2. What is pointed to: "Phụ lục", "Mẫu số 02", "danh sách kèm theo". Not those of other papers: a sentence that names one
 *      ("Phụ lục II ban hành kèm theo Thông tư …") says nothing about this document.
 *   3. Missing is: any, where there is none at all; a numbered one, where all that are there have other numbers. Each once.
 */
#include "plan/parts.h"

#include <string.h>

#include "plan/dates.h"
#include "plan/document_numbers.h"
#include "plan/document_types.h"
#include "plan/pattern.h"
#include "plan/signs.h"
#include "viet/viet.h"

typedef struct appendices {
    gboolean any, tables;
    guint unnumbered;
    GHashTable *numbers; /* of those called Phụ lục: GINT_TO_POINTER */
} appendices;

/* ------------------------------------------------------------------ what is there */

/* The number a heading of an appendix ends in ("Phụ lục số 02", "PHỤ LỤC II"); 0 when it has none, -1 when it is called otherwise. */
static int
number_of_heading (const char *text)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text);
    static GRegex *slot;
    int place[4];
    if (!kh_pattern_match (kh_pattern ("^phu luc(?: so)?(?: ?[:.])? ?([0-9]{1,2}|[ivx]{1,5})?(?![a-z0-9])", &slot), fold, 0, place, 2))
        return -1;
    return place[2] < 0 ? 0 : kh_small_number (fold->str + place[2], place[3] - place[2]);
}

static void
note (appendices *there, const char *heading)
{
    int number = number_of_heading (heading);
    there->any = TRUE;
    if (number > 0)
        g_hash_table_add (there->numbers, GINT_TO_POINTER (number));
    else
        there->unnumbered++;
}

/* A line that names an appendix: in capitals, or right before a table. */
static gboolean
is_heading_line (const kh_section *section, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, i);
    gboolean strong;
    if (paragraph->text.text == NULL || kh_appendix_heading (paragraph->text.text, &strong) == 0 || !strong)
        return FALSE;
    const kh_paragraph *next = i + 1 < section->paragraphs->len ? g_ptr_array_index (section->paragraphs, i + 1) : NULL;
    return kh_sign_is_capitals (paragraph->text.text) || (next != NULL && next->table != NULL);
}

static void
collect (const kh_zones *zones, const kh_record *record, appendices *there)
{
    there->any = zones->appendices->len > 0;
    there->tables = record->tables->len > 0;
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        gboolean strong = FALSE;
        const char *name = section->number.text != NULL && section->role == KH_ROLE_APPENDIX ? section->number.text : section->title.text;
        if (section->role == KH_ROLE_APPENDIX || (name != NULL && kh_appendix_heading (name, &strong) > 0 && strong))
            note (there, name != NULL ? name : "");
        for (guint k = 0; k < section->paragraphs->len; k++)
            if (is_heading_line (section, k))
                note (there, ((const kh_paragraph *) g_ptr_array_index (section->paragraphs, k))->text.text);
    }
}

/* ------------------------------------------------------------------ what is pointed to */

typedef struct mention {
    gsize start, end; /* folded */
    int number;       /* of a Phụ lục; 0: none */
    gboolean loose;   /* a list or table "kèm theo": any table may be it */
} mention;

static gboolean
find_mention (const kh_fold *fold, gsize from, mention *out)
{
    static GRegex *slot;
    int place[8];
    GRegex *pattern = kh_pattern ("(?<![a-z])(?:"
                                  "(phu luc)(?: so)?(?: ([0-9]{1,2}|[ivx]{1,5})(?![a-z0-9/]))?(?![a-z])"
                                  "|(?:bieu mau|mau|bieu|phu bieu) so [0-9]{1,2}[a-z]?(?![a-z0-9/])"
                                  "|((?:danh sach|danh muc|bieu mau|mau bieu|bieu|bang|lich)(?: [a-z]+){0,4} (?:dinh kem|gui kem|kem theo)(?![a-z]))"
                                  ")", &slot);
    if (!kh_pattern_match (pattern, fold, from, place, 4))
        return FALSE;
    *out = (mention){ place[0], place[1], place[4] < 0 ? 0 : kh_small_number (fold->str + place[4], place[5] - place[4]), place[6] >= 0 };
    return TRUE;
}

/* The bounds of the sentence around [start, end). */
static void
sentence_around (const kh_fold *fold, gsize *start, gsize *end)
{
    while (*start > 0 && !(fold->str[*start - 1] == ';' || (fold->str[*start - 1] == ' ' && *start > 1 && fold->str[*start - 2] == '.')))
        (*start)--;
    while (*end < fold->length && fold->str[*end] != ';' && !(fold->str[*end] == '.' && (fold->str[*end + 1] == ' ' || fold->str[*end + 1] == '\0')))
        (*end)++;
}

/* Is it an appendix of another paper? */
static gboolean
is_of_other (const kh_fold *fold, const mention *m)
{
    gsize start = m->start, end = m->end, number, number_end;
    sentence_around (fold, &start, &end);
    if (kh_document_number_find (fold, start, &number, &number_end) && number < end)
        return TRUE;
    for (gsize i = m->end; i < end; i++) {
        gsize length;
        if (kh_document_type_at (fold, i, &length) == NULL)
            continue;
        gboolean own = strncmp (fold->str + i + length, " nay", 4) == 0;
        gboolean capital = g_unichar_isupper (g_utf8_get_char (fold->original + fold->at[i]));
        if (own)
            return FALSE;
        if (capital && i - m->end < 48)
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_missing (const appendices *there, const mention *m)
{
    if (!there->any)
        return !m->loose || !there->tables;
    return m->number > 0 && there->unnumbered == 0 && !g_hash_table_contains (there->numbers, GINT_TO_POINTER (m->number));
}

static void
check_paragraph (kh_pool *pool, kh_record *record, const appendices *there, GHashTable *told, guint section, guint index)
{
    const kh_section *of = g_ptr_array_index (record->sections, section);
    const kh_paragraph *paragraph = g_ptr_array_index (of->paragraphs, index);
    if (paragraph->text.text == NULL || is_heading_line (of, index))
        return;
    const kh_fold *fold = kh_fold_new (pool, paragraph->text.text);
    mention m;
    for (gsize from = 0; find_mention (fold, from, &m); from = m.end) {
        if (!is_missing (there, &m) || is_of_other (fold, &m))
            continue;
        if (!g_hash_table_add (told, g_strndup (fold->str + m.start, m.end - m.start)))
            continue;
        g_autofree char *pointer = g_strdup_printf ("/sections/%u/paragraphs/%u", section, index);
        kh_plan_review (pool, record, pointer, "appendix_missing");
        return;
    }
}

void
kh_plan_check_appendices (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    if ((int) record->pages->len < record->page_count) /* some pages were not asked for */
        return;
    appendices there = { .numbers = g_hash_table_new (NULL, NULL) };
    g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    collect (zones, record, &there);
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        for (guint k = 0; k < section->paragraphs->len; k++)
            check_paragraph (pool, record, &there, told, i, k);
    }
    g_hash_table_unref (there.numbers);
}
