/* signature.c - who signs:
 *
 *        TM. ỦY BAN NHÂN DÂN        authority: lines that say for whom
 *           KT. CHỦ TỊCH
 *          PHÓ CHỦ TỊCH             position: the office below
 *
 *          Trương Hoài Nhân         name: the last line that is a person's
 *
 * Signers side by side are told apart by their column, left to right; one below the other by the name that ends each.
 */
#include "plan/parts.h"

#include <string.h>

#include "plan/names.h"
#include "plan/pattern.h"
#include "plan/signs.h"
#include "plan/spelling.h"
#include "viet/fold.h"
#include "viet/viet.h"

#define LEAST_SURE 0.9f /* of a line that is taken for a part of an authority by its place alone */
#define RARE_SURE 0.97f  /* of a name that begins as few do */

typedef struct signer {
    kh_text authority, position, name;
    kh_text capital_name; /* a line in capitals that may be the name */
    kh_text signed_name;  /* "Ký bởi: …": when no other is there */
    double bottom;        /* where the last line of authority or position ends; a stamp's letters stand farther below */
} signer;

static const kh_text EMPTY = { "", 0, NULL };

static gboolean
is_signed_note (const char *text)
{
    return KH_FITS (text, "^\\W*(?:chu ky|xac nhan|phe duyet)");
}

static gboolean
has_sound_words (const char *text)
{
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    for (int i = 0; words[i] != NULL; i++)
        if (strchr (words[i], '.') == NULL && !kh_viet_is_syllable (words[i]))
            return FALSE;
    return TRUE;
}

/* A line in capitals below an office that begins a body's name: whose office it is. A lone "SỞ" names none; a stamp holds one. */
static gboolean
names_body (const char *text)
{
    return KH_FITS (text, "^(?:(?:so|tinh|huyen|xa|phuong|quan|ban) [a-z]|(?:ubnd|uy ban|thanh pho|thi xa|hoi dong|van phong|cong an|thuong truc|chuyen trach|phu trach|cua)\\b)");
}

/* Does the line in capitals belong to the office above it? It names the office's body, or goes on with a name that the line above
 * broke off: at "VÀ", or amidst a listed name ("SỞ CÔNG" / "THƯƠNG"). */
static gboolean
goes_on (const char *office, const char *text)
{
    return names_body (text) || KH_FITS (text, "^va [a-z]") || KH_FITS (office, "(?: va|[,-])$") || kh_spelling_is_over_lines (office, text);
}

static void
flush (kh_pool *pool, GPtrArray *signers, signer *one)
{
    if (kh_text_is_empty (&one->name) && !kh_text_is_empty (&one->position))
        one->name = one->capital_name;
    if (kh_text_is_empty (&one->name) && !kh_text_is_empty (&one->position))
        one->name = one->signed_name;
    if (!kh_text_is_empty (&one->position) || !kh_text_is_empty (&one->name) || !kh_text_is_empty (&one->authority))
        g_ptr_array_add (signers, kh_pool_memdup (pool, one, sizeof *one));
    *one = (signer){ EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, 0 };
}

static kh_text
trimmed_name (kh_pool *pool, const kh_text *line)
{
    const char *text = line->str;
    gsize end = strlen (text);
    while (end > 0 && !g_unichar_isalpha (g_utf8_get_char (g_utf8_find_prev_char (text, text + end))))
        end = g_utf8_find_prev_char (text, text + end) - text;
    return kh_text_slice (pool, line, 0, end);
}

/* What a scan puts before and behind a line in capitals: quotes, dots, bars. */
static kh_text
trimmed_office (kh_pool *pool, const kh_text *line)
{
    const char *text = line->str, *p = text;
    while (*p && !g_unichar_isalpha (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
    gsize end = strlen (text);
    while (end > (gsize) (p - text) && !g_unichar_isalnum (g_utf8_get_char (g_utf8_find_prev_char (text, text + end))) && text[end - 1] != ')')
        end = g_utf8_find_prev_char (text, text + end) - text;
    return kh_text_slice (pool, line, p - text, end);
}

/* The line without what an engine read behind a name: the page's number, specks ("Nguyễn Văn A 4"). */
static kh_text
without_tail (kh_pool *pool, const kh_text *line)
{
    gsize end = strlen (line->str);
    const char *space = NULL;
    while (kh_text_confidence (line) < 0.9999f && (space = g_strrstr_len (line->str, (gssize) end, " ")) != NULL) {
        g_autofree char *tail = g_strndup (space, end - (gsize) (space - line->str));
        if (KH_FITS (tail, "[a-z]"))
            break;
        end = (gsize) (space - line->str);
    }
    return kh_text_slice (pool, line, 0, end);
}

/* "Ký bởi: Nguyễn Văn A": the name behind the colon, when it is a person's. */
static void
read_note (kh_pool *pool, signer *one, const kh_text *line)
{
    const char *colon = strchr (line->str, ':');
    if (colon == NULL || !KH_FITS (line->str, "ky boi|nguoi ky|signed by|signer"))
        return;
    kh_text name = kh_text_slice (pool, line, (gsize) (colon + 1 - line->str), strlen (line->str));
    if (kh_sign_is_person (name.str) && kh_name_kind_of (name.str) != KH_NAME_BROKEN)
        one->signed_name = name;
}

static void
add_line (kh_pool *pool, GPtrArray *signers, signer *one, const kh_line *row)
{
    kh_text plain = without_tail (pool, &row->text);
    const kh_text *printed = &plain;
    if (kh_text_is_empty (printed) || kh_sign_is_ornament (printed->str) || is_signed_note (printed->str))
        return;
    if (kh_sign_is_signing (printed->str)) {
        read_note (pool, one, printed);
        return;
    }
    kh_text trimmed = kh_sign_is_capitals (printed->str) ? trimmed_office (pool, printed) : *printed;
    const kh_text *line = &trimmed;
    const char *text = line->str;
    gboolean authority = kh_sign_is_authority (text), office = kh_sign_is_office (text);
    static GRegex *slot;
    int place[4];
    kh_fold *fold = kh_fold_new (pool, text);
    if (!authority && !office && kh_sign_is_capitals (text) && kh_text_confidence (line) < 0.9999 &&
        kh_pattern_match (kh_pattern ("^[a-z]{1,2}[^a-z]* (?=[a-z]{3})", &slot), fold, 0, place, 1)) { /* "T GIÁM ĐỐC": what is left of "KT." */
        kh_text rest = kh_text_slice (pool, line, fold->at[place[1]], strlen (text));
        if (kh_sign_is_office (rest.str)) {
            trimmed = rest;
            text = line->str;
            office = TRUE;
        }
    }
    if (!office && !kh_text_is_empty (&one->authority) && kh_text_is_empty (&one->position) && kh_sign_is_capitals (text) &&
        (KH_FITS (text, "^pho [a-z]+$") || (KH_FITS (one->authority.str, "kt\\.? (?:chu tich|giam doc)") && KH_FITS (text, "(?:chu tich|giam doc)$"))))
        office = TRUE; /* "PHÓ TỊCH", "QO CHỦ TỊCH" below "KT. CHỦ TỊCH" */
    if (authority || office) {
        if (!kh_text_is_empty (&one->name) || (authority && !kh_text_is_empty (&one->position)))
            flush (pool, signers, one);
        gboolean acting = office && KH_FITS (text, "^(?:q\\.|quyen )"); /* "Q. GIÁM ĐỐC" signs for nobody */
        kh_text *part = authority && !acting ? &one->authority : &one->position;
        *part = kh_text_join (pool, part, line);
        one->bottom = row->box.y1;
        return;
    }
    if (kh_sign_is_capitals (text) && kh_text_is_empty (&one->name)) {
        gboolean below = row->box.y0 - one->bottom < 0.8 * kh_box_height (row->box);
        kh_text *part = !kh_text_is_empty (&one->position) ? &one->position : &one->authority;
        gboolean awaits_office = part == &one->authority && kh_text_confidence (line) > LEAST_SURE; /* no name stands right below "TM. …" */
        if (!kh_text_is_empty (part) && kh_text_is_empty (&one->capital_name) && below && has_sound_words (text) && (awaits_office || goes_on (part->str, text))) {
            *part = kh_text_join (pool, part, line);
            one->bottom = row->box.y1;
        } else if (kh_sign_is_person (text) && has_sound_words (text) && kh_name_kind_of (text) != KH_NAME_BROKEN) {
            one->capital_name = trimmed_name (pool, line);
        }
        return;
    }
    if (kh_sign_is_person (text)) {
        if (!kh_text_is_empty (&one->name) && kh_text_is_empty (&one->position))
            return; /* a second name without an office is no signer of ours */
        one->name = trimmed_name (pool, line);
    }
}

/* "KT. CHỦ TỊCH" is signed by a deputy: a position of which the scan lost a word is "PHÓ" + that office. Two lines with the same
 * office are that form, too, with "KT." and "PHÓ" lost. Both are inferred, so doubted. */
static void
heal_deputy (kh_pool *pool, kh_record *record, kh_signature *signature)
{
    if (signature->position.text == NULL || signature->position.seen.confidence > 0.9999)
        return;
    g_autofree char *position = kh_viet_fold (signature->position.text);
    if (signature->authority.text != NULL) {
        const char *for_whom = strstr (signature->authority.text, "KT. ");
        if (for_whom == NULL)
            return;
        static const char *const offices[] = { "GIÁM ĐỐC", "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "CHÁNH THANH TRA", "TRƯỞNG BAN", "TRƯỞNG PHÒNG", "CỤC TRƯỞNG", "HIỆU TRƯỞNG" };
        for (guint i = 0; i < G_N_ELEMENTS (offices); i++) {
            if (!g_str_has_prefix (for_whom + 4, offices[i]))
                continue;
            g_autofree char *deputy = g_strconcat ("PHÓ ", offices[i], NULL);
            g_autofree char *folded = kh_viet_fold (deputy);
            gboolean near = kh_fold_distance (position, folded, 4) <= 4;
            if (near && strcmp (deputy, signature->position.text) != 0) {
                signature->position.text = kh_pool_strdup (pool, deputy);
                signature->position.seen.confidence *= 0.7;
                kh_plan_review (pool, record, "/signature/position", "inferred");
            }
            return;
        }
        return;
    }
    static const char *const doubled[][2] = { { "giam doc giam doc", "GIÁM ĐỐC" }, { "chu tich chu tich", "CHỦ TỊCH" }, { "truong ban truong ban", "TRƯỞNG BAN" } };
    for (guint i = 0; i < G_N_ELEMENTS (doubled); i++) {
        if (strcmp (position, doubled[i][0]) != 0)
            continue;
        signature->authority = signature->position;
        signature->authority.text = kh_pool_printf (pool, "KT. %s", doubled[i][1]);
        signature->position.text = kh_pool_printf (pool, "PHÓ %s", doubled[i][1]);
        signature->authority.seen.confidence *= 0.5;
        signature->position.seen.confidence *= 0.5;
        kh_plan_review (pool, record, "/signature/authority", "inferred");
        kh_plan_review (pool, record, "/signature/position", "inferred");
        return;
    }
}

/* The middle of a column of the foot, by the blocks that are known to be in it; 0 when there are none. */
static double
column_middle (const kh_zones *zones, kh_column column)
{
    double sum = 0;
    guint n = 0;
    for (guint i = 0; i < zones->signature->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->signature, i);
        if (block->column == column) {
            sum += kh_box_center_x (block->box);
            n++;
        }
    }
    return n > 0 ? sum / n : 0;
}

/* Is the block in the left of two columns of signers? One that stands in no column goes to the nearer. */
static gboolean
is_left (const kh_zones *zones, const kh_block *block)
{
    double left = column_middle (zones, KH_COLUMN_LEFT), right = column_middle (zones, KH_COLUMN_RIGHT);
    if (block->column != KH_COLUMN_FULL)
        return block->column == KH_COLUMN_LEFT;
    if (left == 0 || right == 0)
        return left != 0;
    double x = kh_box_center_x (block->box);
    return ABS (x - left) < ABS (x - right);
}

static GPtrArray *
read_column (const kh_zones *zones, kh_pool *pool, gboolean left)
{
    GPtrArray *signers = kh_pool_list (pool);
    signer one = { EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, 0 };
    for (guint i = 0; i < zones->signature->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->signature, i);
        if (is_left (zones, block) != left)
            continue;
        for (guint k = 0; k < block->lines->len; k++)
            add_line (pool, signers, &one, g_ptr_array_index (block->lines, k));
    }
    flush (pool, signers, &one);
    return signers;
}

/* A scan may lose the dot of "KT. " */
static kh_value
authority_value (kh_pool *pool, kh_record *record, const kh_text *text)
{
    static GRegex *slot;
    kh_value value = kh_spelling_value (pool, record, text);
    if (value.text == NULL || kh_text_confidence (text) > 0.9999)
        return value;
    g_autofree char *folded = kh_viet_fold (value.text);
    if (strstr (folded, "ban nhan dan") != NULL && !g_str_has_prefix (folded, "tm") && kh_fold_distance (folded, "tm. uy ban nhan dan", 3) <= 3) {
        value.text = "TM. ỦY BAN NHÂN DÂN";
        return kh_value_doubt (value, 0.7);
    }
    if (g_once_init_enter (&slot))
        g_once_init_leave (&slot, g_regex_new ("\\b(KT|TM|TL|TUQ)[., ]+(?=\\p{Lu})", 0, 0, NULL));
    g_autofree char *dotted = g_regex_replace (slot, value.text, -1, 0, "\\1. ", 0, NULL);
    if (dotted != NULL && strcmp (dotted, value.text) != 0)
        value.text = kh_pool_strdup (pool, dotted);
    return value;
}

/* On a scan the stamp over a name may be read for it: two words of the issuer's own name in a row are the stamp's. */
static gboolean
is_of_stamp (const kh_value *name, const kh_value *issuer)
{
    if (name->text == NULL || issuer->text == NULL || name->seen.confidence > 0.9999)
        return FALSE;
    g_autofree char *folded = kh_viet_fold (name->text), *body = kh_viet_fold (issuer->text), *spaced = g_strdup_printf (" %s ", body);
    g_auto (GStrv) words = g_strsplit (folded, " ", -1);
    for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++) {
        g_autofree char *two = g_strdup_printf (" %s %s ", words[i], words[i + 1]);
        if (strstr (spaced, two) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* Read on a scan, and no name: it lost its beginning, or letters of it, under a stamp. */
static gboolean
is_broken (const kh_value *name)
{
    if (name->text == NULL || name->seen.confidence > 0.9999f)
        return FALSE;
    kh_name_kind kind = kh_name_kind_of (name->text);
    gboolean short_name = strchr (name->text, ' ') == strrchr (name->text, ' ');
    return kind == KH_NAME_BROKEN || (kind == KH_NAME_RARE && (short_name || name->seen.confidence < RARE_SURE));
}

void
kh_plan_signatures (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();
    for (int column = 0; column < 2; column++) {
        GPtrArray *signers = read_column (zones, pool, column == 0);
        for (guint i = 0; i < signers->len; i++)
            g_ptr_array_add (all, g_ptr_array_index (signers, i));
    }
    for (guint i = 0; i < all->len; i++) {
        const signer *one = g_ptr_array_index (all, i);
        kh_signature *signature = kh_pool_new0 (pool, kh_signature, 1);
        signature->authority = authority_value (pool, record, &one->authority);
        signature->position = kh_spelling_value (pool, record, &one->position);
        signature->name = kh_value_of (pool, &one->name);
        const char *pointer = i == 0 ? "/signature/name" : kh_pool_printf (pool, "/signatures/%u/name", i);
        gboolean unread = is_of_stamp (&signature->name, &record->header.issuer) || is_broken (&signature->name);
        if (unread)
            signature->name = KH_NULL_VALUE;
        if (i == 0)
            heal_deputy (pool, record, signature);
        if (i == 0)
            record->signature = *signature;
        if (all->len > 1)
            g_ptr_array_add (record->signatures, signature);
        if (signature->name.text == NULL)
            kh_plan_review (pool, record, pointer, unread ? "unreadable" : "not_found");
        if (signature->position.text == NULL && (signature->name.text != NULL || signature->authority.text != NULL))
            kh_plan_review (pool, record, i == 0 ? "/signature/position" : kh_pool_printf (pool, "/signatures/%u/position", i), "not_found");
    }
}
