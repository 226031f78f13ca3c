/* issuer.c - who issues the plan, and under whom.
 *
 *      ỦY BAN NHÂN DÂN        │ body 1 ┐ parent
 *      TỈNH BẮC KẠN           │        ┘
 *      SỞ LAO ĐỘNG - THƯƠNG   │ body 2 ┐ issuer
 *      BINH VÀ XÃ HỘI         │        ┘
 *
 *   1. Lines are put together to bodies. A line begins a new one when it begins with a word that heads bodies' names (the table
 *      below), unless the name above it plainly goes on: it ends in "và" or a dash, it is a head without a name (VĂN PHÒNG, ĐẢNG
 *      ỦY), a known name or word is broken between the two (… VÀ MÔI | TRƯỜNG, HẢI | PHÒNG), or what the line names could only be
 *      above what is named before it (BAN CHỈ ĐẠO 35 | TỈNH ỦY …).
 *   2. The last body is the issuer, those above are the parent. Two that are of one rank issue jointly (SỞ … | SỞ …), also
 *      when a dash joins them or the number's code says so (KHPH, KHLN, KHLT).
 */
#include "plan/head.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/signs.h"
#include "plan/spelling.h"
#include "viet/viet.h"

#define TYPED_SURELY 0.9999f /* an image is read less surely, taken over a whole line */

typedef enum rank {
    NO_BODY,
    NATION,     /* ministries and what is over the whole country */
    STATE,      /* people's committees and councils */
    PARTY,      /* committees of the party */
    DEPARTMENT, /* Sở */
    SECTION,    /* Phòng of a district */
    SECTOR,     /* tax, insurance, courts … with lines of their own */
    FORCE,      /* police */
    MASS,       /* associations */
    BOARD,      /* Ban chỉ đạo, Hội đồng: set up by another body, often named after it */
    HOUSE,      /* offices, centres, schools: below another body */
} rank;

/* How bodies' names begin, folded; the longest that fits counts. `marked`: a syllable that other words share but for the marks (SỞ,
 * SỐ), to be spelled so where the text is no engine's. */
static const struct {
    const char *head;
    rank rank;
    const char *marked;
} heads[] = {
    { "chinh phu", NATION, NULL },
    { "bo", NATION, "BỘ" },
    { "bo chi huy", FORCE, NULL },
    { "bo tu lenh", FORCE, NULL },
    { "bo doi bien phong", FORCE, NULL },
    { "bo mon", HOUSE, NULL },
    { "tong cuc", NATION, NULL },
    { "tong cong ty", NATION, NULL },
    { "tap doan", NATION, NULL },
    { "tong lien doan", NATION, NULL },
    { "uy ban trung uong", NATION, NULL },
    { "uy ban dan toc", NATION, NULL },
    { "quan khu", NATION, NULL },
    { "kiem toan", NATION, NULL },
    { "bao hiem xa hoi viet nam", NATION, NULL },
    { "ubnd", STATE, NULL },
    { "uy ban nhan dan", STATE, NULL },
    { "hdnd", STATE, NULL },
    { "hoi dong nhan dan", STATE, NULL },
    { "doan dai bieu quoc hoi", STATE, NULL },
    { "doan dbqh", STATE, NULL },
    { "tinh uy", PARTY, NULL },
    { "thanh uy", PARTY, NULL },
    { "huyen uy", PARTY, NULL },
    { "quan uy", PARTY, NULL },
    { "thi uy", PARTY, NULL },
    { "dang uy", PARTY, NULL },
    { "dang bo", PARTY, NULL },
    { "chi bo", PARTY, NULL },
    { "dang doan", PARTY, NULL },
    { "ban can su", PARTY, NULL },
    { "so", DEPARTMENT, "SỞ" },
    { "phong", SECTION, "PHÒNG" },
    { "cuc", SECTOR, "CỤC" },
    { "kho bac", SECTOR, NULL },
    { "ngan hang", SECTOR, NULL },
    { "bao hiem", SECTOR, NULL },
    { "bhxh", SECTOR, NULL },
    { "toa an", SECTOR, NULL },
    { "vien kiem sat", SECTOR, NULL },
    { "vksnd", SECTOR, NULL },
    { "tand", SECTOR, NULL },
    { "cong an", FORCE, NULL },
    { "uy ban mat tran", MASS, NULL },
    { "ubmttq", MASS, NULL },
    { "ub mttq", MASS, NULL },
    { "mat tran to quoc", MASS, NULL },
    { "lien doan lao dong", MASS, NULL },
    { "ldld", MASS, NULL },
    { "lien hiep", MASS, NULL },
    { "lien minh", MASS, NULL },
    { "hoi", MASS, "HỘI" },
    { "hiep hoi", MASS, NULL },
    { "tinh doan", MASS, NULL },
    { "thanh doan", MASS, NULL },
    { "huyen doan", MASS, NULL },
    { "quan doan", MASS, NULL },
    { "thi doan", MASS, NULL },
    { "bch", BOARD, NULL },
    { "bcd", BOARD, NULL },
    { "bql", BOARD, NULL },
    { "bqp", NATION, NULL },
    { "bca", NATION, NULL },
    { "ban chi dao", BOARD, NULL },
    { "ban chi huy", BOARD, NULL },
    { "ban van dong", BOARD, NULL },
    { "ban to chuc hoi", BOARD, NULL },
    { "hoi dong", BOARD, NULL },
    { "uy ban", BOARD, NULL },
    { "to chi dao", BOARD, NULL },
    { "to cong tac", BOARD, NULL },
    { "tieu ban", BOARD, NULL },
    { "doan kiem tra", BOARD, NULL },
    { "doan giam sat", BOARD, NULL },
    { "doan cong tac", BOARD, NULL },
    { "ban", HOUSE, "BAN" },
    { "doan", HOUSE, "ĐOÀN" },
    { "cong doan", HOUSE, NULL },
    { "van phong", HOUSE, NULL },
    { "thanh tra", HOUSE, NULL },
    { "trung tam", HOUSE, NULL },
    { "tt", HOUSE, NULL },
    { "ttyt", HOUSE, NULL },
    { "chi cuc", HOUSE, NULL },
    { "chi nhanh", HOUSE, NULL },
    { "hat", HOUSE, "HẠT" },
    { "tram", HOUSE, "TRẠM" },
    { "truong", HOUSE, "TRƯỜNG" },
    { "hoc vien", HOUSE, NULL },
    { "dai hoc", HOUSE, NULL },
    { "khoa", HOUSE, "KHOA" },
    { "benh vien", HOUSE, NULL },
    { "vien", HOUSE, "VIỆN" },
    { "vu", HOUSE, "VỤ" },
    { "to", HOUSE, "TỔ" },
    { "doi", HOUSE, "ĐỘI" },
    { "bo phan", HOUSE, NULL },
    { "bao", HOUSE, "BÁO" },
    { "dai", HOUSE, "ĐÀI" },
    { "tap chi", HOUSE, NULL },
    { "cong ty", HOUSE, NULL },
    { "hop tac xa", HOUSE, NULL },
    { "quy", HOUSE, "QUỸ" },
    { "khu", HOUSE, "KHU" },
    { "khoi", HOUSE, "KHỐI" },
    { "thu vien", HOUSE, NULL },
    { "bao tang", HOUSE, NULL },
    { "nha", HOUSE, "NHÀ" },
    { "vuon quoc gia", HOUSE, NULL },
    { "cang vu", HOUSE, NULL },
};

/* Words that begin with a head's syllable and head no body, folded. */
static const char *const no_heads[] = {
    "to quoc", "to chuc", "nha nuoc", "nha giao", "nha bao", "khoa hoc", "khoa hoc,", "phong chong", "phong, chong", "phong ngua", "phong chay", "phong khong", "doan ket",
    "doan the", "doan vien", "khu vuc", "bao tro", "bao ton", "bao ve", "bao dam", "bao chi", "so huu", "so hoa", "doi moi", "doi ngoai", "vien thong", "vien chuc",
    "truong hoc", "hoi nhap", "hoi cho", "ban hanh", "dai bieu", "khoi nghiep", "quy hoach", "quy dinh", "to quoc,",
};

/* Words that a line's end may break, so that the second half looks like a head; folded. */
static const char *const broken_words[] = {
    "moi truong", "thi truong", "quoc phong", "du phong", "bien phong", "van phong", "xa hoi", "quoc hoi", "chi hoi", "hiep hoi",
    "benh vien", "hoc vien", "thu vien", "cong vien", "lien doan", "cong doan", "tap doan", "tinh doan", "thanh doan", "huyen doan", "chi doan", "dan so", "chi cuc", "tong cuc", "can bo", "tien bo",
    "noi bo", "dang bo", "chi bo", "duong bo", "da khoa", "chuyen khoa", "du bao", "canh bao", "thong bao", "quan doi", "tieu ban", "tru so", "co so",
};

/* Names of bodies that are none yet without what the next line adds, though that begins like a body's. */
static gboolean
is_bare_head (const char *body)
{
    return KH_FITS (body, "^(?:(?:hdnd|hoi dong nhan dan|ubnd|uy ban nhan dan)(?: (?:va|&|-) (?:hdnd|hoi dong nhan dan|ubnd|uy ban nhan dan))?|dang (?:uy|bo|doan)|chi bo|van phong|thanh tra|"
                          "uy ban|uy ban mat tran to quoc(?: viet nam)?|ubmttq(?: viet nam)?|ban(?: (?:chi dao|chap hanh|thuong vu|quan ly|dan van|tuyen giao|to chuc|can su dang))?|so|phong|bo|cuc|chi cuc|"
                          "to|doi|vien|dai|hoi|hoi dong|trung tam|truong|benh vien|hoc vien|cong an|cong doan|bo (?:chi huy|tu lenh)|bao hiem xa hoi|doan thanh nien|ban chi dao thuc hien|to cong tac|"
                          "hoi lien hiep|lien doan lao dong)$");
}

static gboolean
is_typed (const kh_text *line)
{
    return kh_text_confidence (line) >= TYPED_SURELY;
}

/* What a line that begins like a body's name names; NO_BODY for others. A place (TỈNH …, XÃ …) begins none, and "VÀ …" goes on. */
static rank
rank_of (const kh_text *line)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_fold *fold = kh_fold_new (pool, line->str);
    for (guint i = 0; i < G_N_ELEMENTS (no_heads); i++)
        if (kh_fold_begins (fold, no_heads[i]))
            return NO_BODY;
    rank best = NO_BODY;
    gsize length = 0;
    for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
        if (strlen (heads[i].head) <= length || !kh_fold_begins (fold, heads[i].head))
            continue;
        if (heads[i].marked != NULL && is_typed (line)) {
            g_autofree char *upper = g_utf8_strup (line->str, -1);
            if (!g_str_has_prefix (upper, heads[i].marked))
                continue;
        }
        best = heads[i].rank;
        length = strlen (heads[i].head);
    }
    return best;
}

/* Is a word or a known name broken between the two lines? A district may end like one ("HUYỆN ĐỒNG VĂN" | "PHÒNG NỘI VỤ"): then
 * only where no name of a section follows. */
static gboolean
breaks_word (const char *body, const char *line)
{
    g_autofree char *above = kh_viet_fold (body), *below = kh_viet_fold (line);
    const char *last = strrchr (above, ' ');
    g_autofree char *first = g_strndup (below, strcspn (below, " ,-"));
    g_autofree char *both = g_strconcat (last != NULL ? last + 1 : above, " ", first, NULL);
    gboolean broken = kh_spelling_is_over_lines (body, line);
    for (guint i = 0; i < G_N_ELEMENTS (broken_words) && !broken; i++)
        broken = strcmp (both, broken_words[i]) == 0;
    return broken && (strcmp (first, "phong") != 0 || KH_FITS (below, "^phong(?:$|[,-]| (?:tinh|thanh pho|tp|huyen|quan|thi xa|ubnd|hdnd|uy ban|hoi dong|doan|dang uy|tinh uy|dieu phoi|dang ky|va|-)\\b)"));
}

/* Does the name of the body so far go on in the line, though the line begins like a body's name? */
static gboolean
goes_on (const kh_text *body, const kh_text *line)
{
    g_autofree char *folded = kh_viet_fold (body->str);
    gsize length = strlen (folded);
    if (length > 0 && strchr ("-,&(", folded[length - 1]) != NULL)
        return TRUE;
    if (KH_FITS (folded, " (?:va|cac|cua|khoi|ve|thuoc|cap)$|phong, chong$") || is_bare_head (folded) || breaks_word (body->str, line->str))
        return TRUE;
    rank above = rank_of (body), below = rank_of (line);
    gboolean high = below == NATION || below == STATE || below == DEPARTMENT;
    return (above == BOARD && (high || below == PARTY)) || (above == HOUSE && high && !KH_FITS (folded, "^(?:ban thuong vu|ban chap hanh|bao|dai|ban dan toc|ban quan ly|thanh tra tinh)\\b"));
}

/* How high a state body stands: province 1 … commune 4, 0 not said. */
static int
level_of (const char *name)
{
    return KH_FITS (name, " (?:xa|phuong|thi tran|dac khu) ")   ? 4
           : KH_FITS (name, " (?:huyen|quan|thi xa) ")          ? 3
           : KH_FITS (name, " (?:thanh pho|tp)[ .]")            ? 2
           : KH_FITS (name, " tinh(?: |$)")                     ? 1
                                                                : 0;
}

/* Do the two issue jointly? `told`: the number's code says that several do. */
static gboolean
are_peers (const kh_text *a, const kh_text *b, gboolean told)
{
    rank x = rank_of (a), y = rank_of (b);
    if (x == y && (x == DEPARTMENT || x == SECTION))
        return TRUE;
    if (x == y && x == NATION)
        return KH_FITS (a->str, "^bo ") && KH_FITS (b->str, "^bo ");
    if (x == STATE && y == STATE)
        return level_of (a->str) == level_of (b->str);
    static const guint sides = 1u << DEPARTMENT | 1u << SECTOR | 1u << FORCE | 1u << MASS; /* none of these is below another */
    gboolean both = (sides >> x & 1) != 0 && (sides >> y & 1) != 0;
    return both && (x != y || told);
}

/* --- lines ---------------------------------------------------------------------------------- */

/* Marks that a scan set behind a line of the issuer's ("ỦY BAN NHÂN DÂN." above "TỈNH …"): a body's name ends in none; the dash
 * of two issuers stays. */
static kh_text
without_specks (kh_pool *pool, const kh_text *line)
{
    gsize end = strlen (line->str);
    if (is_typed (line) || !kh_sign_is_capitals (line->str))
        return *line;
    while (end > 0 && strchr (".,:;'`_| ", line->str[end - 1]) != NULL)
        end--;
    return kh_text_slice (pool, line, 0, end);
}

/* "SỞ TƯ PHÁP -" without its dash; FALSE when it has none. */
static gboolean
drop_dash (kh_pool *pool, kh_text *body)
{
    static const char *const dashes[] = { " -", " –" };
    for (guint i = 0; i < G_N_ELEMENTS (dashes); i++)
        if (g_str_has_suffix (body->str, dashes[i])) {
            *body = kh_text_slice (pool, body, 0, strlen (body->str) - strlen (dashes[i]));
            return TRUE;
        }
    return FALSE;
}

/* "A - B" */
static kh_text
joined (kh_pool *pool, const kh_text *a, const kh_text *b)
{
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    kh_text_builder_add_text (&builder, a, FALSE);
    kh_text_builder_add_string (&builder, " -");
    kh_text_builder_add_text (&builder, b, TRUE);
    return kh_text_builder_finish (&builder, pool);
}

void
kh_head_issuer (kh_pool *pool, const GPtrArray *lines, guint n_lines, const char *number_line, kh_record *record)
{
    g_autoptr (GPtrArray) bodies = g_ptr_array_new (); /* kh_text * */
    gboolean joint = FALSE; /* the last two are joined by a dash */
    gboolean told = number_line != NULL && KH_FITS (number_line, "kh ?-? ?(?:ph|ln|lt|ls|lt|plt)\\b");
    for (guint i = 0; i < n_lines; i++) {
        kh_text line = without_specks (pool, g_ptr_array_index (lines, i));
        if (kh_sign_is_urgency (line.str) || kh_sign_is_motto (line.str) || kh_sign_is_ornament (line.str) || KH_FITS (line.str, "^\\W*(?:cong van )?(?:den )?so ?[:;.]? ?\\d"))
            continue; /* the last: a stamp of receipt */
        kh_text *last = bodies->len > 0 ? g_ptr_array_index (bodies, bodies->len - 1) : NULL;
        if (last != NULL) {
            gboolean fresh = rank_of (&line) != NO_BODY;
            kh_text bare = *last;
            if (fresh && drop_dash (pool, &bare) && are_peers (&bare, &line, TRUE)) {
                *last = bare;
                joint = TRUE;
            } else if (!fresh || goes_on (last, &line)) {
                *last = kh_text_join (pool, last, &line);
                continue;
            }
        }
        g_ptr_array_add (bodies, kh_pool_memdup (pool, &line, sizeof line));
    }
    if (bodies->len == 0)
        return;
    guint first = bodies->len - 1;
    kh_text issuer = *(kh_text *) g_ptr_array_index (bodies, first);
    for (; first > 0 && (joint || are_peers (g_ptr_array_index (bodies, first - 1), g_ptr_array_index (bodies, first), told)); first--) {
        issuer = joined (pool, g_ptr_array_index (bodies, first - 1), &issuer);
        joint = FALSE;
    }
    record->header.issuer = kh_spelling_value (pool, record, &issuer);
    kh_text parent = { "", 0, NULL };
    for (guint i = 0; i < first; i++)
        parent = kh_text_join (pool, &parent, g_ptr_array_index (bodies, i));
    record->header.parent = kh_spelling_value (pool, record, &parent);
}
