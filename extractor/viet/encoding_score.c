/* A word is read in each encoding and its reading is taken apart into parts of letters. Each marked part is a possible syllable
 * or counts against the reading; so do signs within a word, letters Vietnamese has not, and letters the encoding has not.
 */
#include "viet/encoding_score.h"

#include "viet/encoding_codec.h"
#include "viet/encoding_tables.h"
#include "viet/viet.h"

#include <string.h>

#define FREQUENT 1
#define SYLLABLE 0
#define MIXED_CASE (-2)
#define IMPOSSIBLE (-3) /* no syllable, or a letter Vietnamese has not: another language, in any encoding */
#define BROKEN (-4)     /* a sign within a word */
#define STRAY (-3)      /* a letter the encoding has not, or a sign where none stands */
#define SOFT_HYPHEN (-1)
#define NO_BYTE (-6)   /* a Vietnamese letter that is no byte read wrong: it was Unicode */
#define UNTOUCHED (-1) /* a word of misread UTF-8 that was not misread: the sound text goes on */
#define WORST (-6)
#define VIQR_LEAST 3 /* signs of VIQR in a text worth a closer look */
#define MOST_LETTERS 40

#define LONGEST_WORD 256 /* bytes; a longer one is a table of figures, an address, an image as text */
#define CACHE_SLOTS 8192
#define CACHE_WORD 24

/* Marked words so frequent that they tell apart readings that are both possible. */
static const char frequent[] = " của và các công có được trong tổ chức thực hiện tỉnh số nội vụ sở chính cải cách hành kế hoạch"
                               " năm ngày tháng quyết định việc quản lý nước nhà đơn vị cơ thủ tục ủy nhân dân xã huyện thành"
                               " phố phòng độc lập tự hạnh phúc cộng hòa hội chủ nghĩa việt căn cứ về với người đến từ trình báo"
                               " cáo trước kết quả xây dựng để là không này những một đảm bảo phối hợp trách nhiệm văn bản cán"
                               " bộ viên đồng chí nghị điều kiện tiếp nhận giải phát triển kinh tế hướng dẫn giám đốc lĩnh vực"
                               " đạo tạo bồi dưỡng đề án dịch tuyến trường học giáo dục mục tiêu yêu cầu đã sẽ tại giờ phải rất"
                               " lại còn mới khác nhất thông kỳ kỷ luật sửa đổi bổ sung"
                               " ";

typedef struct cached {
    char word[CACHE_WORD]; /* not terminated; length 0: the slot is free */
    guint8 length;
    gboolean is_evidence;
    kh_word_score score;
} cached;

struct kh_scorer {
    GString *reading;
    kh_word_score score;
    cached *slots;
};

kh_scorer *
kh_scorer_new (void)
{
    kh_scorer *scorer = g_new0 (kh_scorer, 1);
    scorer->reading = g_string_new (NULL);
    scorer->slots = g_new0 (cached, CACHE_SLOTS);
    return scorer;
}

void
kh_scorer_free (kh_scorer *scorer)
{
    if (scorer == NULL)
        return;
    g_string_free (scorer->reading, TRUE);
    g_free (scorer->slots);
    g_free (scorer);
}

/* ------------------------------------------------------------------ letters */

/* Letters that only Unicode has: ă đ ĩ ũ ơ ư and the block of Vietnamese. */
static gboolean
is_unicode_only (gunichar c)
{
    return (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 || c == 0x128 || c == 0x129 ||
           c == 0x168 || c == 0x169 || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0;
}

static gboolean
is_vietnamese (gunichar c)
{
    if (c < 0x80)
        return g_ascii_isalpha ((char)c);
    if (is_unicode_only (c))
        return TRUE;
    switch (g_unichar_tolower (c)) {
    case 0xE0:
    case 0xE1:
    case 0xE2:
    case 0xE3:
    case 0xE8:
    case 0xE9:
    case 0xEA:
    case 0xEC:
    case 0xED:
    case 0xF2:
    case 0xF3:
    case 0xF4:
    case 0xF5:
    case 0xF9:
    case 0xFA:
    case 0xFD:
        return TRUE;
    default:
        return g_unichar_combining_class (c) != 0;
    }
}

/* Is the character in the list? */
static gboolean
is_among (gunichar c, const char *list)
{
    return g_utf8_strchr (list, -1, c) != NULL;
}

/* ------------------------------------------------------------------ one reading */

static gboolean
is_frequent (const char *part)
{
    g_autofree char *lower = g_utf8_strdown (part, -1);
    g_autofree char *key = g_strconcat (" ", lower, " ", NULL);
    return strstr (frequent, key) != NULL;
}

/* A part of a word: letters all through. `small_font`: its case says nothing, as in TCVN3. */
static int
score_part (const char *part, gsize length, gboolean small_font)
{
    gboolean marked = FALSE, mixed = FALSE, seen_small = FALSE, foreign = FALSE, plain_capitals = TRUE;
    char word[MOST_LETTERS * 4 + 1];
    if (length >= sizeof word)
        return IMPOSSIBLE;
    memcpy (word, part, length);
    word[length] = '\0';
    for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (c >= 0x370 && g_unichar_isalpha (c) && !is_vietnamese (c))
            return SYLLABLE; /* another script: the same in every reading */
        marked |= c >= 0x80;
        foreign |= !is_vietnamese (c);
        mixed |= seen_small && g_unichar_isupper (c);
        seen_small |= g_unichar_islower (c);
        plain_capitals &= c < 0x80 ? g_ascii_isupper ((char)c) : c == 0x110;
    }
    if (!marked || plain_capitals || strcmp (word, "đ") == 0)
        return SYLLABLE;
    if (foreign || !kh_viet_is_syllable (word))
        return IMPOSSIBLE;
    return mixed && !small_font ? MIXED_CASE : is_frequent (word) ? FREQUENT : SYLLABLE;
}

/* A sign that is no letter, between `before` and `behind` (0: the edge of the word). */
static int
score_sign (gunichar c, gunichar before, gunichar behind)
{
    gboolean letter_before = g_unichar_isalpha (before), letter_behind = g_unichar_isalpha (behind);
    if (c < 0x20 || (c >= 0x80 && c < 0xA0))
        return STRAY; /* control characters, where VPS and VISCII have letters */
    if (c == 0xAD)
        return SOFT_HYPHEN;
    if (c < 0x80 || c == 0xA0 || (!letter_before && !letter_behind) || kh_cp1252_byte (c) < 0)
        return 0;
    if (letter_before && letter_behind)
        return is_among (c, "–—’…") ? 0 : BROKEN;
    return is_among (c, letter_before ? "”’…–—»›®™²³°" : "“‘„‚«‹…–—•·’") ? 0 : STRAY;
}

static int
score_reading (const char *text, gboolean small_font)
{
    int score = 0;
    gunichar before = 0;
    for (const char *p = text; *p != '\0';) {
        const char *start = p;
        gboolean digits = FALSE;
        gunichar c = 0;
        for (; *p != '\0'; p = g_utf8_next_char (p)) {
            c = g_utf8_get_char (p);
            if (!g_unichar_isalnum (c) && g_unichar_combining_class (c) == 0)
                break;
            digits |= g_unichar_isdigit (c) != 0;
            before = c;
        }
        if (p > start && !digits)
            score += score_part (start, (gsize)(p - start), small_font);
        if (*p != '\0') {
            const char *next = g_utf8_next_char (p);
            score += score_sign (c, before, *next == '\0' ? 0 : g_utf8_get_char (next));
            before = c;
            p = next;
        }
    }
    return CLAMP (score, WORST, FREQUENT);
}

/* ------------------------------------------------------------------ VIQR */

static gboolean
is_ascii_vowel (char c)
{
    return c != '\0' && strchr ("aeiouyAEIOUY", c) != NULL;
}

/* Is the sign at `i` one that English does not set behind a vowel? */
static gboolean
is_viqr_sign (const char *text, gsize length, gsize i)
{
    char before = i == 0 ? '\0' : g_ascii_tolower (text[i - 1]), behind = i + 1 < length ? text[i + 1] : '\0';
    switch (text[i]) {
    case '^':
        return before == 'a' || before == 'e' || before == 'o';
    case '+':
    case '*':
        return before == 'u' || before == 'o';
    case '(':
        return before == 'a' && (g_ascii_isalpha (behind) || (behind != '\0' && strchr ("'`?~.", behind) != NULL));
    case '`':
    case '~':
        return is_ascii_vowel (before) || (before != '\0' && strchr ("^(+*", before) != NULL);
    default:
        return FALSE;
    }
}

static guint
viqr_signs (const char *text, gsize length, guint enough)
{
    guint n = 0;
    for (gsize i = 0; i < length && n < enough; i++)
        n += g_ascii_ispunct (text[i]) && is_viqr_sign (text, length, i);
    return n;
}

gboolean
kh_score_may_be_viqr (const char *text, gsize length)
{
    return viqr_signs (text, length, VIQR_LEAST) == VIQR_LEAST;
}

/* A word of ASCII: what VIQR makes of it, and what that says against its being sound. FALSE when it says nothing. */
static gboolean
score_ascii (kh_scorer *scorer, const char *word, gsize length, kh_word_score *score)
{
    guint letters = 0, small = 0, others = 0;
    for (gsize i = 0; i < length; i++) {
        letters += g_ascii_isalpha (word[i]);
        small += g_ascii_islower (word[i]);
        others += word[i] == '@' || word[i] == '/' || word[i] == '_' || word[i] == '=' || g_ascii_isdigit (word[i]);
    }
    if (letters == 0 || (length == 2 && word[1] == '.'))
        return FALSE; /* "A." counts items */
    g_string_truncate (scorer->reading, 0);
    kh_encoding_read (scorer->reading, word, length, KH_ENCODING_VIQR);
    gboolean same = scorer->reading->len == length && memcmp (scorer->reading->str, word, length) == 0;
    if (same) { /* an English word speaks against VIQR, a little */
        score->of[KH_ENCODING_VIQR] = small > 1 && others == 0 && !kh_viet_is_syllable (scorer->reading->str) ? -1 : 0;
        return score->of[KH_ENCODING_VIQR] != 0;
    }
    int reading =
        others > 0 && strchr (scorer->reading->str, '@') != NULL ? IMPOSSIBLE : score_reading (scorer->reading->str, FALSE);
    score->of[KH_ENCODING_VIQR] = (gint8)reading;
    if (reading >= SYLLABLE)
        for (int e = 0; e < KH_N_ENCODINGS; e++)
            if (e != KH_ENCODING_VIQR)
                score->of[e] = viqr_signs (word, length, 1) > 0 ? IMPOSSIBLE : -1;
    return TRUE;
}

/* ------------------------------------------------------------------ words */

static gboolean
has_unicode_only (const char *text, gsize length)
{
    for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
        if ((guchar)*p >= 0xC4 && is_unicode_only (g_utf8_get_char (p)))
            return TRUE;
    return FALSE;
}

/* What a word with a letter says that no byte is ever read as: with such a letter it was typed as Unicode. */
static const kh_word_score typed_as_unicode = { {
    [KH_ENCODING_MOJIBAKE] = UNTOUCHED,
    [KH_ENCODING_TCVN3] = NO_BYTE,
    [KH_ENCODING_VNI] = NO_BYTE,
    [KH_ENCODING_VPS] = NO_BYTE,
    [KH_ENCODING_VISCII] = NO_BYTE,
    [KH_ENCODING_VIQR] = NO_BYTE,
    [KH_ENCODING_CP1258] = NO_BYTE,
} };

/* FALSE when the word is no evidence. */
static gboolean
score_word (kh_scorer *scorer, const char *word, gsize length, gboolean is_ascii, kh_word_score *score)
{
    memset (score, 0, sizeof *score);
    if (is_ascii)
        return score_ascii (scorer, word, length, score);
    for (int e = 0; e < KH_N_ENCODINGS; e++) {
        if (e == KH_ENCODING_VIQR) {
            score->of[e] = NO_BYTE;
            continue;
        }
        g_string_truncate (scorer->reading, 0);
        guint strays = kh_encoding_read (scorer->reading, word, length, e);
        int reading = score_reading (scorer->reading->str, e == KH_ENCODING_TCVN3) + STRAY * (int)MIN (strays, 2);
        gboolean is_same = scorer->reading->len == length && memcmp (scorer->reading->str, word, length) == 0;
        if (e == KH_ENCODING_MOJIBAKE && is_same)
            reading += UNTOUCHED;
        else if (reading < 0 && e != KH_ENCODING_UNICODE)
            reading--; /* what is no Vietnamese in any reading is more likely what it looks like */
        score->of[e] = (gint8)MAX (reading, WORST);
        if (e == KH_ENCODING_MOJIBAKE && has_unicode_only (scorer->reading->str, scorer->reading->len))
            score->of[KH_ENCODING_UNICODE] = WORST; /* to give such a letter by chance is next to impossible */
    }
    return TRUE;
}

static guint32
hash_of (const char *word, gsize length)
{
    guint32 hash = 2166136261u;
    for (gsize i = 0; i < length; i++)
        hash = (hash ^ (guint8)word[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

const kh_word_score *
kh_scorer_word (kh_scorer *scorer, const char *word, gsize length, gboolean with_viqr)
{
    gsize plain = 0;
    while (plain < length && (guchar)word[plain] >= 0x20 && (guchar)word[plain] < 0x80)
        plain++;
    gboolean is_ascii = plain == length;
    if (length > LONGEST_WORD || (is_ascii && !with_viqr))
        return NULL;
    if (!is_ascii && has_unicode_only (word + plain, length - plain))
        return &typed_as_unicode;
    if (length > CACHE_WORD)
        return score_word (scorer, word, length, is_ascii, &scorer->score) ? &scorer->score : NULL;
    cached *slot = &scorer->slots[hash_of (word, length) % CACHE_SLOTS];
    if (slot->length != length || memcmp (slot->word, word, length) != 0) {
        memcpy (slot->word, word, length);
        slot->length = (guint8)length;
        slot->is_evidence = score_word (scorer, word, length, is_ascii, &slot->score);
    }
    return slot->is_evidence ? &slot->score : NULL;
}
