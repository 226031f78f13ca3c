/* header.c - the head of the paper (Nghị định 30/2020/NĐ-CP, annex I):
 *
 *      UBND TỈNH HÀ TĨNH      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *         SỞ TƯ PHÁP                 Độc lập - Tự do - Hạnh phúc
 *       Số: 588/KH-STP            Hà Tĩnh, ngày 16 tháng 12 năm 2021
 *
 *                              KẾ HOẠCH
 *               Công tác cải cách hành chính giai đoạn 2021-2030
 *
 *   0. Lines over both columns are cut, those that the edge of a column broke are joined, a scan's specks are dropped.
 *   1. The lines of the left column above the number are put together to bodies: a line that begins with a head word (SỞ,
 *      UBND …) begins one, others go on. The last is the issuer, those above are the parent; two of one rank issue jointly.
 *   2. The number: digits (or a blank) and the code behind the slash. What is not clean, or written by hand, is null, with a
 *      review entry. The
 *      line "(Kèm theo Kế hoạch số … ngày …)" of an annex names this plan and fills what the head lacks.
 *   3. Place and date: what stands before "ngày", and the day as far as it is filled in.
 *   4. Type and title: the line in capitals and the lines below it (title.c).
 *   5. Period: the title's; else that of the introducing sentence, or of a line that gives the time of the whole.
 */
#include "plan/parts.h"

#include <stdlib.h>
#include <string.h>

#include "plan/dates.h"
#include "plan/pattern.h"
#include "plan/period.h"
#include "plan/document_numbers.h"
#include "plan/signs.h"
#include "plan/spelling.h"
#include "plan/units.h"
#include "viet/viet.h"

#define TYPED 0.99f /* what was not read from an image is surer than this */
#define TYPED_SURELY 0.9999f /* an image is read less surely, taken over a whole line */
#define SURE 0.9f /* confidence of figures that were read without doubt */
#define LEAST_SURE 0.5f /* confidence of digits that are believed */

/* --- the head's lines ----------------------------------------------------------------------- */

/* What is left of a staple, a punched hole or a fold: a lone sign. */
static gboolean
is_speck (const char *text)
{
    int n = 0;
    for (const char *p = text; *p; p = g_utf8_next_char (p))
        n += g_unichar_isalnum (g_utf8_get_char (p)) != 0;
    return n <= 1;
}

/* Marks that a scan set behind a line of the issuer's ("ỦY BAN NHÂN DÂN." above "TỈNH …"): a body's name ends in none; the dash
 * of two issuers stays. */
static kh_text
without_specks (kh_pool *pool, const kh_text *line)
{
    gsize end = strlen (line->str);
    if (kh_text_confidence (line) >= TYPED_SURELY || !kh_sign_is_capitals (line->str))
        return *line;
    while (end > 0 && strchr (".,:;'`_| ", line->str[end - 1]) != NULL)
        end--;
    return kh_text_slice (pool, line, 0, end);
}

static double
top_of (const kh_text *text)
{
    return text->n_pieces > 0 ? text->pieces[0].word->box.y0 : G_MAXDOUBLE;
}

/* Adds the left half of a line over both columns, above the lines that stand lower. */
static void
insert_left (GPtrArray *left, kh_text *half)
{
    guint i = left->len;
    while (i > 0 && top_of (half) < top_of (g_ptr_array_index (left, i - 1)))
        i--;
    g_ptr_array_insert (left, i, half);
}

/* Lines of the head that came as one over both columns are cut where the right column's words begin. One that was put to the
 * right for its motto or date is over both when its start is an issuer's or a number. */
static void
add_line (kh_pool *pool, const kh_text *text, GPtrArray *left, GPtrArray *right, gboolean is_right)
{
    if (kh_text_is_empty (text) || is_speck (text->str))
        return;
    static GRegex *slot;
    kh_fold *fold = kh_fold_new (pool, text->str);
    int place[2];
    GRegex *seam = kh_pattern ("(?<=.)\\b(?:cong hoa xa hoi|doc lap ?- ?tu do|dang cong san viet nam|(?<=[a-z0-9] )[a-z .]{2,30}, ?ngay\\b)", &slot);
    if (kh_pattern_match (seam, fold, 0, place, 1) && place[0] > 0) {
        gsize cut = fold->at[place[0]];
        kh_text *halves = kh_pool_new0 (pool, kh_text, 2);
        halves[0] = kh_text_slice (pool, text, 0, cut);
        halves[1] = kh_text_slice (pool, text, cut, strlen (text->str));
        g_autofree char *start = kh_viet_fold (halves[0].str);
        gboolean of_motto = strstr ("cong hoa xa hoi chu nghia viet nam", start) != NULL; /* "VIỆT NAM Độc lập …" */
        if (!is_right || kh_sign_is_number_line (halves[0].str) || (kh_sign_is_capitals (halves[0].str) && !of_motto)) {
            if (!is_speck (halves[0].str))
                insert_left (left, &halves[0]);
            g_ptr_array_add (right, &halves[1]);
            return;
        }
    }
    kh_text *copy = kh_pool_memdup (pool, text, sizeof *text);
    g_ptr_array_add (is_right || kh_sign_is_motto (text->str) ? right : left, copy);
    int below[2]; /* parent and issuer in one line: a reading program joined them */
    static GRegex *joint;
    GRegex *bodies = kh_pattern ("^(?:(?:ubnd|uy ban nhan dan) .*[a-z] (?=(?:so|thanh tra|ban dan toc) [a-z])|so .*[a-z] (?=(?:chi cuc|trung tam) [a-z]))", &joint);
    if (!is_right && kh_sign_is_capitals (text->str) && kh_pattern_match (bodies, fold, 0, below, 1)) {
        gsize cut = fold->at[below[1]];
        kh_text *rest = kh_pool_new0 (pool, kh_text, 1);
        *rest = kh_text_slice (pool, text, cut, strlen (text->str));
        *copy = kh_text_slice (pool, text, 0, cut);
        g_ptr_array_add (left, rest);
    }
}

static void
gather_lines (kh_pool *pool, const kh_zones *zones, GPtrArray *left, GPtrArray *right)
{
    const GPtrArray *sides[] = { zones->left, zones->right };
    for (int side = 0; side < 2; side++)
        for (guint i = 0; i < sides[side]->len; i++) {
            const kh_block *block = g_ptr_array_index (sides[side], i);
            if (block->kind == KH_BLOCK_TABLE)
                continue;
            if (block->lines->len <= 1) {
                add_line (pool, &block->text, left, right, side == 1);
                continue;
            }
            for (guint k = 0; k < block->lines->len; k++)
                add_line (pool, &((kh_line *) g_ptr_array_index (block->lines, k))->text, left, right, side == 1);
        }
}

/* --- issuer and parent ---------------------------------------------------------------------- */

static gboolean
is_alone (const char *folded, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp (folded, *words) == 0)
            return TRUE;
    return FALSE;
}

/* Does the name of the body so far need the next line? */
static gboolean
wants_more (const char *body)
{
    static const char *const open[] = {
        "uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd", "dang uy", "cong an", "uy ban mat tran to quoc", "van phong", "ban quan ly", "so", "phong", "trung tam",
        "ban chi dao", "ban chap hanh", "chi cuc", "cuc", "uy ban", "truong", "benh vien", "hoi dong", "ban", "bo chi huy", "bao hiem xa hoi", "uy ban mat tran to quoc viet nam",
        "ban thuong vu", "hoi lien hiep", "lien doan lao dong", "ubmttq viet nam", "ban dan van", "ban tuyen giao", "ban to chuc", "huyen uy", "tinh uy", "thanh uy", "thi uy", NULL };
    g_autofree char *folded = kh_viet_fold (body);
    gsize length = strlen (folded);
    if (length > 0 && (folded[length - 1] == '-' || folded[length - 1] == ',' || folded[length - 1] == '&'))
        return TRUE;
    return g_str_has_suffix (folded, " va") || is_alone (folded, open);
}

/* Does the line begin a body's name? A place (TỈNH …, XÃ …) never does, and "VÀ …" goes on. */
static gboolean
begins_body (const char *line)
{
    if (KH_FITS (line, "^(?:va|- )\\b|^(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|khu vuc|dac khu)\\b(?! ?(?:uy|doan)\\b)"))
        return FALSE;
    return kh_unit_head (line) > 0 || KH_FITS (line, "^(?:dang bo|chi bo|khoi|tong|nha|quan khu|to cong tac|doi|bch|bcd|bql|bqp|bca)\\b");
}

/* Two bodies of one rank side by side issue jointly. */
static gboolean
are_peers (const char *a, const char *b)
{
    static const char *const ranks[] = { "so ", "bo ", "uy ban nhan dan ", "ubnd ", "phong ", "hoi ", "ban " };
    g_autofree char *x = kh_viet_fold (a), *y = kh_viet_fold (b);
    for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
        if (g_str_has_prefix (x, ranks[i]) && g_str_has_prefix (y, ranks[i]))
            return i > 3 ? FALSE : !(i == 2 || i == 3) || strstr (y, " xa ") == NULL || strstr (x, " xa ") != NULL;
    return FALSE;
}

static void
read_issuer (kh_pool *pool, const GPtrArray *lines, guint n_lines, kh_record *record)
{
    g_autoptr (GPtrArray) bodies = g_ptr_array_new (); /* kh_text * */
    gboolean joint = FALSE;
    for (guint i = 0; i < n_lines; i++) {
        kh_text line = without_specks (pool, g_ptr_array_index (lines, i));
        if (kh_sign_is_urgency (line.str) || kh_sign_is_motto (line.str))
            continue;
        if (strcmp (line.str, "*") == 0)
            continue;
        kh_text *last = bodies->len > 0 ? g_ptr_array_index (bodies, bodies->len - 1) : NULL;
        gboolean dangling = last != NULL && (g_str_has_suffix (last->str, " -") || g_str_has_suffix (last->str, " –"));
        gboolean fresh = begins_body (line.str);
        if (last != NULL && dangling && fresh && are_peers (last->str, line.str)) {
            gsize end = strlen (last->str);
            *last = kh_text_slice (pool, last, 0, g_str_has_suffix (last->str, " -") ? end - 2 : end - 4);
            joint = TRUE;
        } else if (last != NULL && (!fresh || wants_more (last->str))) {
            *last = kh_text_join (pool, last, &line);
            continue;
        }
        g_ptr_array_add (bodies, kh_pool_memdup (pool, &line, sizeof line));
    }
    if (bodies->len == 0)
        return;
    guint first = bodies->len - 1;
    kh_text issuer = *(kh_text *) g_ptr_array_index (bodies, first);
    while (first > 0 && (joint || are_peers (((kh_text *) g_ptr_array_index (bodies, first - 1))->str, issuer.str))) {
        kh_text_builder builder;
        kh_text_builder_init (&builder);
        kh_text_builder_add_text (&builder, g_ptr_array_index (bodies, first - 1), FALSE);
        kh_text_builder_add_string (&builder, " -");
        kh_text_builder_add_text (&builder, &issuer, TRUE);
        issuer = kh_text_builder_finish (&builder, pool);
        first--;
        joint = FALSE;
    }
    record->header.issuer = kh_spelling_value (pool, record, &issuer);
    kh_text parent = { "", 0, NULL };
    for (guint i = 0; i < first; i++)
        parent = kh_text_join (pool, &parent, g_ptr_array_index (bodies, i));
    record->header.parent = kh_spelling_value (pool, record, &parent);
}

/* --- number --------------------------------------------------------------------------------- */

/* The number with spaces around its marks closed: "05 /KH-STP" -> "05/KH-STP". */
static char *
closed_number (const char *string)
{
    g_autoptr (GString) out = g_string_new (NULL);
    for (const char *p = string; *p; p++) {
        if (*p == ' ' && (p[1] == '/' || p[1] == '-' || (out->len > 0 && strchr ("/-", out->str[out->len - 1])) || p[1] == ' '))
            continue;
        g_string_append_c (out, *p);
    }
    return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Was what stands in a slot of the header hardly read? Digits by hand are, and a guess at them would be a wrong number. */
static gboolean
is_guess (kh_pool *pool, const kh_text *line, const kh_fold *fold, int start, int end)
{
    if (start < 0 || end <= start)
        return FALSE;
    kh_text slot = kh_text_slice (pool, line, fold->at[start], kh_fold_end (fold, end));
    return slot.n_pieces > 0 && kh_text_confidence (&slot) < LEAST_SURE;
}

/* Was the line read from an image? There, handwriting may have been overlooked where it seems blank. */
static gboolean
is_from_image (const kh_record *record, const kh_text *line)
{
    for (guint i = 0; i < record->pages->len && line->n_pieces > 0; i++) {
        const kh_page *page = g_ptr_array_index (record->pages, i);
        if (page->number == line->pieces[0].word->page && page->origin == KH_ORIGIN_OCR)
            return TRUE;
    }
    return kh_text_confidence (line) < TYPED;
}

/* Reads "Số: 588/KH-STP". What stands for the running number may be digits, blank (spaces, dots), or not readable. */
static void
read_number (kh_pool *pool, const kh_text *line, kh_record *record)
{
    static GRegex *slot;
    kh_fold *fold = kh_fold_new (pool, line->str);
    int place[6];
    GRegex *pattern = kh_pattern ("^[^a-z0-9]{0,2}(?:s.?|so|sd) ?[:;.,]*([^/]*?) ?(?:/|(?<=[0-9 .])-(?= ?[a-z]{2,6}/)|(?<=\\d)(?=[a-z]{2,4}/)) ?([a-z][a-z0-9/&. -]*[a-z0-9])", &slot);
    if (!kh_pattern_match (pattern, fold, 0, place, 3)) {
        kh_plan_review (pool, record, "/header/number", "unreadable");
        return;
    }
    g_autofree char *running = g_strndup (fold->str + place[2], place[3] - place[2]);
    g_strstrip (running);
    kh_text whole = kh_text_slice (pool, line, fold->at[place[2]], kh_fold_end (fold, place[5]));
    kh_text code = kh_text_slice (pool, line, fold->at[place[4]], kh_fold_end (fold, place[5]));
    gboolean blank = !KH_FITS (running, "[a-z0-9]");
    kh_text figures = kh_text_slice (pool, line, fold->at[place[2]], fold->at[place[4]]);
    if (!blank && kh_text_is_by_hand (&figures)) {
        kh_plan_review (pool, record, "/header/number", "handwritten");
        return;
    }
    /* the letter must be plain: "0đ" is a digit read wrong */
    gboolean plain = g_ascii_isdigit (line->str[fold->at[MAX (place[3] - 1, 0)]]) || strchr ("abcABC", line->str[fold->at[MAX (place[3] - 1, 0)]]) != NULL;
    gboolean clean = (plain && KH_FITS (running, "^\\d{1,5}[a-z]?$")) || KH_FITS (running, "^\\d{1,5} ?/ ?\\d{4}$");
    gboolean sound = KH_FITS (code.str, "^[a-z]{2,6}[0-9]{0,2} ?(?:[-/&.] ?[a-z0-9]+)*$") && g_unichar_isupper (g_utf8_get_char (code.str));
    if (!(blank || clean) || !sound || (!blank && is_guess (pool, line, fold, place[2], place[3]))) {
        kh_plan_review (pool, record, "/header/number", "unreadable");
        return;
    }
    g_autofree char *closed = closed_number (blank ? code.str : whole.str);
    /* the code may begin behind "-" or at once (12-KH/TU, 12CTr/TU); a blank keeps the slash as printed */
    g_autofree char *number = blank ? g_strconcat (fold->str[place[4] - 1] == '-' ? "-" : "/", closed, NULL) : g_strdup (closed);
    record->header.number = kh_value_derived (pool, number, blank ? &code : &whole);
    if (blank && is_from_image (record, line))
        kh_plan_review (pool, record, "/header/number", "blank_or_handwritten");
}

/* "(Kèm theo Kế hoạch số 12/KH-UBND ngày … của …)": this plan by name. */
static void
read_annex_line (kh_pool *pool, const GPtrArray *blocks, kh_record *record)
{
    static GRegex *slot;
    for (guint i = 0; i < blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        if (block->kind == KH_BLOCK_TABLE)
            continue;
        kh_fold *fold = kh_fold_new (pool, block->text.str);
        int place[2];
        gsize start, end;
        if (!kh_pattern_match (kh_pattern ("^\\W{0,3}(?:ban hanh )?kem theo ke hoach so ?:? ?", &slot), fold, 0, place, 1))
            continue;
        kh_header *header = &record->header;
        if ((header->number.text == NULL || *header->number.text == '/') && kh_document_number_find (fold, place[1], &start, &end) &&
            start <= (gsize) place[1] + 1) {
            kh_text part = kh_text_slice (pool, &block->text, fold->at[start], kh_fold_end (fold, end));
            g_autofree char *closed = closed_number (part.str);
            header->number = kh_value_derived (pool, closed, &part);
        }
        kh_date date;
        if ((header->date.text == NULL || strlen (header->date.text) < 10) && kh_day_find (fold, place[1], &start, &end, &date)) {
            kh_text part = kh_text_slice (pool, &block->text, fold->at[start], kh_fold_end (fold, end));
            header->date = kh_value_derived (pool, kh_date_iso (pool, date), &part);
        }
    }
}

/* --- place and date ------------------------------------------------------------------------- */

#define SLOT_UNREADABLE (-1)
#define SLOT_BY_HAND (-2)

/* What fold->str[start, end) says in the line's text: a number, 0: a blank, or why it cannot be read. */
static int
read_slot (kh_pool *pool, const kh_text *line, const kh_fold *fold, const int place[2], int low, int high)
{
    g_autofree char *slot = g_strstrip (g_strndup (fold->str + place[0], place[1] - place[0]));
    if (!KH_FITS (slot, "[a-z0-9]"))
        return 0;
    kh_text figures = kh_text_slice (pool, line, fold->at[place[0]], kh_fold_end (fold, place[1]));
    if (kh_text_is_by_hand (&figures))
        return SLOT_BY_HAND;
    if (!KH_FITS (slot, "^[0-9]{1,4}$"))
        return SLOT_UNREADABLE;
    int value = atoi (slot);
    return value >= low && value <= high ? value : SLOT_UNREADABLE;
}

/* A year that seems written by hand but was read without doubt, and that the title or the opening names in print, too: forms
 * leave day and month open, hardly ever the year, so a scan's bent line is the likelier reason. Else SLOT_BY_HAND. */
static int
confirmed_year (kh_pool *pool, const kh_text *line, const kh_fold *fold, const int place[2], const kh_zones *zones)
{
    kh_text figures = kh_text_slice (pool, line, fold->at[place[0]], kh_fold_end (fold, place[1]));
    const GPtrArray *printed[] = { zones->title, zones->opening };
    if (!KH_FITS (figures.str, "^(?:19|20)\\d\\d$") || kh_text_confidence (&figures) < SURE)
        return SLOT_BY_HAND;
    for (guint i = 0; i < G_N_ELEMENTS (printed); i++)
        for (guint k = 0; k < printed[i]->len; k++) {
            const kh_text *text = &((kh_block *) g_ptr_array_index (printed[i], k))->text;
            for (gsize n = 0; n < text->n_pieces; n++)
                if (!(text->pieces[n].word->style & KH_WORD_HAND) && strstr (text->pieces[n].word->text, figures.str) != NULL)
                    return atoi (figures.str);
        }
    return SLOT_BY_HAND;
}

/* A date line that its column broke off ("…, ngày tháng 7 năm" / "2025") with the line that ends it; else the line itself. */
static kh_text
whole_date_line (kh_pool *pool, const GPtrArray *lines, guint i)
{
    const kh_text *line = g_ptr_array_index (lines, i);
    if (i + 1 == lines->len || KH_FITS (line->str, "\\bn.m[ .]*\\d{3,4}\\b") || !KH_FITS (line->str, "\\bng?ay(?![a-z])(?:[^a-z]*|.*\\bthang(?![a-z]).*)$"))
        return *line;
    kh_text both = kh_text_join (pool, line, g_ptr_array_index (lines, i + 1));
    return KH_FITS (both.str, "\\bng?ay(?![a-z]).{0,24}\\bthang(?![a-z]).{0,20}\\bn.m[ .]*(?:19|20)\\d\\d\\W*$") ? both : *line;
}

static void
read_place_and_date (kh_pool *pool, const kh_text *line, const kh_zones *zones, kh_record *record)
{
    static GRegex *slot, *figures_slot;
    kh_header *header = &record->header;
    kh_fold *fold = kh_fold_new (pool, line->str);
    int place[8], place_end = -1;
    kh_date date = { 0 };
    gboolean doubtful = FALSE, by_hand = FALSE, blank = FALSE;
    gsize from = 0;
    GRegex *words = kh_pattern ("[,;.]? ?\\bng.{0,2}y?(?![a-z])([^a-z]*?|.{0,6}?)(?<![a-z])t{0,2}h?ang(?![a-z])(.{0,8}?) ?(?<![a-z])n.m(?![a-z])[ .]*((?:19|20)\\d\\d|[0-9]{1,4}|)", &slot);
    GRegex *figures = kh_pattern ("[,;]? ?\\bngay ?(\\d{1,2}) ?[/.-] ?(\\d{1,2}) ?[/.-] ?((?:19|20)\\d\\d)", &figures_slot);
    if (kh_pattern_match (words, fold, 0, place, 4) || kh_pattern_match (figures, fold, 0, place, 4)) {
        place_end = place[0];
        int d = is_guess (pool, line, fold, place[2], place[3]) ? SLOT_UNREADABLE : read_slot (pool, line, fold, place + 2, 1, 31);
        int m = is_guess (pool, line, fold, place[4], place[5]) ? SLOT_UNREADABLE : read_slot (pool, line, fold, place + 4, 1, 12);
        int y = read_slot (pool, line, fold, place + 6, 1900, 2099);
        if (y == SLOT_BY_HAND)
            y = confirmed_year (pool, line, fold, place + 6, zones);
        by_hand = d == SLOT_BY_HAND || m == SLOT_BY_HAND || y == SLOT_BY_HAND;
        doubtful = d < 0 || m < 0 || y <= 0;
        blank = d == 0 || m == 0;
        date = (kh_date){ MAX (y, 0), MAX (m, 0), m > 0 ? MAX (d, 0) : 0 };
        if (!kh_date_is_valid (date)) {
            doubtful = TRUE;
            date = (kh_date){ 0 };
        }
        from = fold->at[place[0]];
    }
    if (place_end < 0) {
        if (header->date.text == NULL)
            kh_plan_review (pool, record, "/header/date", kh_text_is_by_hand (line) ? "handwritten" : "unreadable");
        return;
    }
    kh_text where = kh_text_slice (pool, line, 0, kh_fold_end (fold, place_end));
    gsize end = strlen (where.str);
    while (end > 0 && strchr (" ,;.", where.str[end - 1]))
        end--;
    where = kh_text_slice (pool, &where, 0, end);
    if (header->place.text == NULL && *where.str != '\0' && g_unichar_isupper (g_utf8_get_char (where.str)) && strlen (where.str) < 60) {
        header->place = kh_spelling_value (pool, record, &where);
    }
    kh_text when = kh_text_slice (pool, line, from, strlen (line->str));
    if (header->date.text == NULL && date.year != 0)
        header->date = kh_value_derived (pool, kh_date_iso (pool, date), &when);
    if (doubtful) {
        header->date = kh_value_doubt (header->date, 0.3);
        kh_plan_review (pool, record, "/header/date", by_hand ? "handwritten" : "unreadable");
    } else if (blank && is_from_image (record, line))
        kh_plan_review (pool, record, "/header/date", "blank_or_handwritten");
}

static void
read_date_lines (kh_pool *pool, const GPtrArray *lines, guint from, const kh_zones *zones, kh_record *record)
{
    for (guint i = from; i < lines->len; i++) {
        kh_text line = whole_date_line (pool, lines, i);
        if (kh_sign_is_date_line (line.str))
            read_place_and_date (pool, &line, zones, record);
    }
}

/* --- all of it ------------------------------------------------------------------------------ */

void
kh_plan_header (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    GPtrArray *left = kh_pool_list (pool), *right = kh_pool_list (pool);
    kh_header *header = &record->header;
    gather_lines (pool, zones, left, right);

    guint number = left->len;
    for (guint i = 0; i < left->len; i++) {
        const kh_text *line = g_ptr_array_index (left, i);
        if (kh_sign_is_number_line (line->str) || KH_FITS (line->str, "^\\W*s.{0,2}[:.;]? ?[0-9 .]*/ ?[a-z]{2,5}-[a-z]+")) {
            number = i;
            break;
        }
    }
    read_issuer (pool, left, number, record);
    if (number < left->len)
        read_number (pool, g_ptr_array_index (left, number), record);
    read_date_lines (pool, right, 0, zones, record);
    if (header->date.text == NULL)
        read_date_lines (pool, left, number, zones, record);

    kh_plan_title (zones, pool, header);
    read_annex_line (pool, zones->opening, record);
    for (guint i = 0; i < zones->appendices->len; i++)
        read_annex_line (pool, g_ptr_array_index (zones->appendices, i), record);
    kh_plan_period (pool, zones, header);
}
