/* sections.c - the body, what follows the signature, and the appendices become sections with paragraphs and tables.
 *
 *   introduction ──> s1 {other, no number, no title}
 *   body         ──> outline ──> I (level 1) ─ 1 (level 2) ─ 1.1 (level 3) …, paragraphs below their heading
 *   after        ──> the last section; an approval (PHÊ DUYỆT …) is a section by itself
 *   appendices   ──> level 1 each: number when it has one, title lines; their own headings one level below
 *
 * Roles come last: a heading's words, else the section around it, else, for a main heading that says nothing, whether its
 * items read like tasks.
 */
#include "plan/outline.h"
#include "plan/parts.h"
#include "plan/roles.h"
#include "plan/tables.h"
#include "plan/wording.h"
#include "viet/fold.h"

#include <string.h>

#define MAX_DEPTH 5         /* of a paragraph: 1 "-" or numbered item, 2 what hangs below it … */
#define MAX_TITLE_LINES 6   /* of an appendix */
#define HEADING_WITHIN 6    /* an appendix is named within so many lines */

typedef struct builder {
    kh_pool *pool;
    kh_record *record;
    GPtrArray *markers;  /* kh_marker *, one a section: its own number (kind NONE when it has none) */
    GArray *open_lists;  /* kh_marker: the lists open in the section that is being filled, outermost first */
    gboolean introduced; /* the paragraph before ends in ":" */
} builder;

/* ------------------------------------------------------------------ sections and paragraphs */

static kh_section *
section_at (const builder *b, guint i)
{
    return g_ptr_array_index (b->record->sections, i);
}

static kh_section *
add_section (builder *b, const kh_section *parent, const kh_marker *marker)
{
    static const kh_marker none = { 0 };
    kh_section *section = kh_pool_new0 (b->pool, kh_section, 1);
    section->id = kh_pool_printf (b->pool, "s%u", b->record->sections->len + 1);
    section->parent = parent != NULL ? parent->id : NULL;
    section->level = parent != NULL ? parent->level + 1 : 1;
    section->paragraphs = kh_pool_list (b->pool);
    g_ptr_array_add (b->record->sections, section);
    g_ptr_array_add (b->markers, kh_pool_memdup (b->pool, marker != NULL ? marker : &none, sizeof (kh_marker)));
    g_array_set_size (b->open_lists, 0);
    b->introduced = FALSE;
    return section;
}

/* The depth of an item with this marker among the lists open in its section; opens its list. */
static int
depth_of (builder *b, const kh_marker *marker)
{
    guint depth = b->open_lists->len;
    for (guint i = 0; i < b->open_lists->len; i++)
        if (kh_marker_same_list (&g_array_index (b->open_lists, kh_marker, i), marker)) {
            depth = i;
            break;
        }
    /* Numbers stand above bullets, unless a bullet's text introduces them. */
    while (!b->introduced && depth == b->open_lists->len && depth > 0 && kh_marker_is_numbered (marker)
           && kh_marker_is_bullet (&g_array_index (b->open_lists, kh_marker, depth - 1)))
        g_array_set_size (b->open_lists, --depth);
    g_array_set_size (b->open_lists, depth);
    g_array_append_val (b->open_lists, *marker);
    return (int) MIN (depth + 1, MAX_DEPTH);
}

static void
add_paragraph (builder *b, kh_section *section, const kh_text *text, const kh_marker *marker)
{
    gboolean marked = marker != NULL && marker->kind != KH_MARKER_NONE;
    kh_text *source = kh_pool_new0 (b->pool, kh_text, 1);
    kh_text body = kh_text_slice (b->pool, text, marked ? marker->length : 0, strlen (text->str));
    *source = kh_text_without_specks (b->pool, &body);
    if (kh_text_is_empty (source) && !marked)
        return;
    kh_paragraph *paragraph = kh_pool_new0 (b->pool, kh_paragraph, 1);
    paragraph->marker = marked ? marker->printed : NULL;
    paragraph->depth = marked ? depth_of (b, marker) : 0;
    paragraph->text = kh_value_of (b->pool, source);
    paragraph->source = source;
    b->introduced = kh_last_character (source->str) == ':';
    g_ptr_array_add (section->paragraphs, paragraph);
}

static void
add_table (builder *b, kh_section *section, const kh_grid *grid)
{
    g_autofree char *id = g_strdup_printf ("tb%u", b->record->tables->len + 1);
    kh_table *table = kh_table_of_grid (b->pool, grid, id);
    g_ptr_array_add (b->record->tables, table);
    kh_paragraph *paragraph = kh_pool_new0 (b->pool, kh_paragraph, 1);
    paragraph->table = table->id;
    g_ptr_array_add (section->paragraphs, paragraph);
}

/* ------------------------------------------------------------------ an outline */

static void
set_heading (builder *b, kh_section *section, const kh_item *item)
{
    kh_text number = kh_text_slice (b->pool, item->text, 0, item->marker.length);
    kh_text title = kh_text_slice (b->pool, item->text, item->title_start, item->title_end);
    section->number = kh_value_derived (b->pool, item->marker.number, &number);
    if (item->marker.corrected) {
        g_autofree char *pointer = g_strdup_printf ("/sections/%u/number", b->record->sections->len - 1);
        section->number = kh_value_doubt (section->number, 0.7f);
        kh_plan_review (b->pool, b->record, pointer, "inferred");
    }
    title = kh_text_without_specks (b->pool, &title);
    section->title = kh_value_of (b->pool, &title);
}

/* The nearest section around item `i`; `root` when there is none. */
static kh_section *
section_around (const GArray *outline, guint i, kh_section *const *sections, kh_section *root)
{
    int above = kh_outline_item (outline, i)->parent;
    while (above >= 0 && sections[above] == NULL)
        above = kh_outline_item (outline, (guint) above)->parent;
    return above >= 0 ? sections[above] : root;
}

/* Appends the sections of an outline below `root` (NULL: at the top). What comes before the first heading goes to `before`,
 * made when it is needed (NULL and no root: a section without number and title). The section last filled comes back. */
static kh_section *
add_outline (builder *b, const GArray *outline, kh_section *root, kh_section *before)
{
    g_autofree kh_section **sections = g_new0 (kh_section *, outline->len + 1);
    kh_section *last = before;
    for (guint i = 0; i < outline->len; i++) {
        const kh_item *item = kh_outline_item (outline, i);
        kh_section *around = section_around (outline, i, sections, root);
        if (item->is_section) {
            last = sections[i] = add_section (b, around, &item->marker);
            set_heading (b, last, item);
            kh_text rest = kh_text_slice (b->pool, item->text, item->rest, strlen (item->text->str));
            add_paragraph (b, last, &rest, NULL);
            continue;
        }
        if (last == NULL)
            last = add_section (b, NULL, NULL);
        if (item->grid != NULL)
            add_table (b, last, item->grid);
        else
            add_paragraph (b, last, item->text, &item->marker);
    }
    return last;
}

/* ------------------------------------------------------------------ after the signature */

static gboolean
is_approval (const kh_text *text)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text->str);
    return kh_fold_begins (fold, "phe duyet") || kh_fold_begins (fold, "duyet") || kh_fold_begins (fold, "xac nhan");
}

static void
add_after (builder *b, const GPtrArray *blocks, kh_section *last)
{
    gboolean approved = FALSE;
    kh_text approval = { "", 0, NULL };
    for (guint i = 0; i < blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        approved = approved || is_approval (&block->text);
        if (last == NULL || (approved && kh_text_is_empty (&approval)))
            last = add_section (b, NULL, NULL);
        if (block->kind == KH_BLOCK_TABLE)
            add_table (b, last, block->grid);
        else if (approved)
            approval = kh_text_join (b->pool, &approval, &block->text);
        else
            add_paragraph (b, last, &block->text, NULL);
    }
    if (approved)
        add_paragraph (b, last, &approval, NULL);
}

/* ------------------------------------------------------------------ appendices */

/* Does the appendix's name end in a number ("phu luc ii", "bieu so 1")? */
static gboolean
name_has_number (const kh_fold *fold, gsize length)
{
    const char *last = fold->str + length;
    while (last > fold->str && last[-1] != ' ')
        last--;
    gsize rest = (gsize) (fold->str + length - last);
    return last > fold->str && (strspn (last, "0123456789.") >= rest || strspn (last, "ivx") >= rest || rest == 1);
}

/* A line that goes on an appendix's title. */
static gboolean
is_title_line (const kh_block *block)
{
    const char *text = block->text.str;
    if (block->kind != KH_BLOCK_PARAGRAPH || block->band != 0 || *text == '(' || kh_last_character (text) == ':')
        return FALSE;
    return block->align == KH_ALIGN_CENTER || block->bold >= 0.6 || kh_is_capitals (text, 6);
}

/* Does "(Kèm theo Kế hoạch …)" stand few lines below `next`, with nothing but plain lines between: are these the title? */
static gboolean
leads_to_pointer (kh_pool *pool, const GPtrArray *blocks, guint next)
{
    for (guint i = next; i < MIN (blocks->len, next + 4); i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        const kh_fold *fold = kh_fold_new (pool, block->text.str);
        kh_marker readings[KH_MARKER_READINGS];
        if (g_str_has_prefix (fold->str, "(kem") || g_str_has_prefix (fold->str, "(ban hanh"))
            return i > next;
        if (block->kind != KH_BLOCK_PARAGRAPH || kh_markers_read (pool, block->text.str, readings) > 0)
            return FALSE;
    }
    return FALSE;
}

/* The line that names the appendix, among its first; -1 when none. */
static int
naming_line (const GPtrArray *blocks, gsize *folded)
{
    for (guint i = 0; i < MIN (blocks->len, HEADING_WITHIN); i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        gboolean strong;
        *folded = block->kind == KH_BLOCK_PARAGRAPH ? kh_appendix_heading (block->text.str, &strong) : 0;
        if (*folded > 0)
            return (int) i;
    }
    return -1;
}

static kh_section *
add_appendix (builder *b, const GPtrArray *blocks)
{
    g_autoptr (GPtrArray) rest = g_ptr_array_new ();
    gsize folded = 0;
    int name = naming_line (blocks, &folded);
    kh_text title = { "", 0, NULL }, number = { "", 0, NULL };
    guint next = 0;
    if (name >= 0) {
        const kh_block *block = g_ptr_array_index (blocks, (guint) name);
        const kh_fold *fold = kh_fold_new (b->pool, block->text.str);
        gsize end = kh_fold_end (fold, folded);
        kh_text own = kh_text_slice (b->pool, &block->text, 0, end);
        gsize after = end + strspn (block->text.str + end, " .:-");
        if (g_str_has_prefix (block->text.str + after, "–"))
            after += strlen ("–");
        kh_text same_line = kh_text_slice (b->pool, &block->text, after, strlen (block->text.str));
        if (name_has_number (fold, folded))
            number = own;
        else
            title = own;
        title = kh_text_join (b->pool, &title, &same_line);
        for (guint i = 0; i < (guint) name; i++)
            g_ptr_array_add (rest, g_ptr_array_index (blocks, i));
        next = (guint) name + 1;
    }
    for (guint lines = 0; next < blocks->len && lines < MAX_TITLE_LINES; next++, lines++) {
        const kh_block *block = g_ptr_array_index (blocks, next);
        kh_marker readings[KH_MARKER_READINGS];
        gboolean titled = is_title_line (block) || leads_to_pointer (b->pool, blocks, next);
        if (!titled || kh_markers_read (b->pool, block->text.str, readings) > 0)
            break;
        title = kh_text_join (b->pool, &title, &block->text);
    }
    for (; next < blocks->len; next++)
        g_ptr_array_add (rest, g_ptr_array_index (blocks, next));

    kh_section *section = add_section (b, NULL, NULL);
    section->number = kh_value_of (b->pool, &number);
    section->title = kh_value_of (b->pool, &title);
    section->role = KH_ROLE_APPENDIX;
    add_outline (b, kh_outline_of (b->pool, rest, TRUE), section, section);
    return section;
}

/* ------------------------------------------------------------------ roles */

/* How many of a section's items (sections below it included) read like tasks, of how many; tables of tasks count as many. */
static void
count_tasks (const builder *b, guint root, guint *tasks, guint *items)
{
    const kh_section *top = section_at (b, root);
    for (guint i = root; i < b->record->sections->len; i++) {
        const kh_section *section = section_at (b, i);
        if (i > root && section->level <= top->level)
            break;
        for (guint k = 0; k < section->paragraphs->len; k++) {
            const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, k);
            for (guint t = 0; paragraph->table != NULL && t < b->record->tables->len; t++) {
                const kh_table *table = g_ptr_array_index (b->record->tables, t);
                guint weight = strcmp (table->id, paragraph->table) == 0 && table->role == KH_TABLE_TASKS ? 10 : 0;
                *tasks += weight;
                *items += weight;
            }
            if (paragraph->table == NULL) {
                *items += 1;
                *tasks += kh_begins_like_task (paragraph->source->str);
            }
        }
    }
}

/* The index of the section around section `i`; -1 at the top. */
static int
parent_of (const builder *b, guint i)
{
    const char *parent = section_at (b, i)->parent;
    for (int k = (int) i - 1; parent != NULL && k >= 0; k--)
        if (strcmp (section_at (b, (guint) k)->id, parent) == 0)
            return k;
    return -1;
}

static const kh_marker *
marker_at (const builder *b, int i)
{
    return g_ptr_array_index (b->markers, (guint) i);
}

static kh_role
role_of (const builder *b, guint i)
{
    const kh_section *section = section_at (b, i);
    int parent = parent_of (b, i);
    kh_role inside = parent >= 0 ? section_at (b, (guint) parent)->role : KH_ROLE_OTHER;
    if (marker_at (b, (int) i)->kind == KH_MARKER_NAMED && marker_at (b, (int) i)->name == KH_NAMED_ARTICLE)
        return KH_ROLE_OTHER;
    if (section->title.text == NULL)
        return inside;
    gboolean known = FALSE;
    gboolean in_part = parent >= 0 && marker_at (b, parent)->kind == KH_MARKER_NAMED;
    kh_role role = kh_role_of_heading (section->title.text, inside, parent < 0 || in_part, &known);
    if (known || parent >= 0)
        return role;
    guint tasks = 0, items = 0;
    count_tasks (b, i, &tasks, &items);
    return items > 0 && tasks * 2 > items ? KH_ROLE_TASKS : KH_ROLE_OTHER;
}

static void
set_roles (builder *b)
{
    for (guint i = 0; i < b->record->sections->len; i++) {
        kh_section *section = section_at (b, i);
        if (section->role != KH_ROLE_APPENDIX)
            section->role = role_of (b, i);
    }
}

/* ------------------------------------------------------------------ all */

void
kh_plan_sections (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    builder b = { pool, record, g_ptr_array_new (), g_array_new (FALSE, FALSE, sizeof (kh_marker)), FALSE };
    kh_section *introduction = NULL;
    for (guint i = 0; zones->introduction != NULL && i < zones->introduction->len; i++) {
        if (introduction == NULL)
            introduction = add_section (&b, NULL, NULL);
        add_paragraph (&b, introduction, g_ptr_array_index (zones->introduction, i), NULL);
    }
    kh_section *last = add_outline (&b, kh_outline_of (pool, zones->body, FALSE), NULL, introduction);
    add_after (&b, zones->after, last);
    for (guint i = 0; i < zones->appendices->len; i++)
        add_appendix (&b, g_ptr_array_index (zones->appendices, i));
    set_roles (&b);
    g_ptr_array_unref (b.markers);
    g_array_unref (b.open_lists);
}
