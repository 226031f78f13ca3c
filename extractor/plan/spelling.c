/* spelling.c - the longest name of the list at each word; the words' marks are replaced, their capitals kept. */
#include "plan/spelling.h"

#include <string.h>

#include "viet/viet.h"

#define LONGEST 12 /* words of the longest name */

static const char *const names[] = {
    /* bodies */
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Ủy ban", "Hội đồng", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy",
    "Đảng ủy", "Đảng bộ", "Chi bộ", "Ban Thường vụ", "Ban Chấp hành", "Ban Tổ chức", "Ban Tuyên giáo", "Ban Dân vận", "Ban Nội chính", "Ban Chỉ đạo",
    "Ban Quản lý", "Ban Dân tộc", "Ban An toàn giao thông", "Văn phòng", "Thanh tra", "Công an", "Trung tâm", "Chi cục", "Tổng cục", "Cục", "Phòng", "Ban",
    "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Công Thương", "Sở Xây dựng", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ",
    "Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa và Thể thao", "Sở Du lịch",
    "Sở Ngoại vụ", "Sở Dân tộc và Tôn giáo", "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông", "Sở Tài nguyên và Môi trường",
    "Sở Lao động - Thương binh và Xã hội", "Sở Lao động, Thương binh và Xã hội", "Sở Giao thông vận tải", "Sở Giao thông công chánh", "Sở", "Bộ Nội vụ",
    "Bộ Tư pháp", "Bộ Tài chính", "Bộ Công an", "Bộ Quốc phòng", "Bộ Ngoại giao", "Bộ Công Thương", "Bộ Xây dựng", "Bộ Y tế", "Bộ Giáo dục và Đào tạo",
    "Bộ Khoa học và Công nghệ", "Bộ Nông nghiệp và Môi trường", "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Chỉ huy quân sự", "Bộ Chỉ huy Bộ đội Biên phòng",
    "Bảo hiểm xã hội", "Kho bạc Nhà nước", "Ngân hàng Nhà nước", "Tòa án nhân dân", "Viện kiểm sát nhân dân", "Liên đoàn Lao động", "Liên minh Hợp tác xã",
    "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh", "Đoàn Thanh niên", "Đài Phát thanh và Truyền hình", "Tư pháp", "Nội vụ", "Y tế", "Tài chính",
    "Bệnh viện đa khoa", "Trung tâm Y tế", "Trung tâm Kiểm soát bệnh tật", "An toàn vệ sinh thực phẩm", "Dân số - Kế hoạch hóa gia đình", "Kinh tế",
    "Văn hóa - Xã hội", "Văn hóa và Thông tin", "Kinh tế và Hạ tầng", "Tài chính - Kế hoạch", "Phục vụ hành chính công", "Quản lý thị trường", "Kiểm lâm",
    "Bộ Tài nguyên và Môi trường", "Bộ Thông tin và Truyền thông", "Bộ Kế hoạch và Đầu tư", "Bộ Lao động - Thương binh và Xã hội", "Bộ Giao thông vận tải",
    "Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Dân tộc và Tôn giáo", "Ủy ban Dân tộc", "Bộ Tư lệnh", "Bộ đội Biên phòng", "Quân khu", "Thanh tra tỉnh", "Thanh tra Chính phủ",
    "Sở Giao thông Vận tải", "Sở Lao động, Thương binh và Xã hội", "Sở Quy hoạch - Kiến trúc", "Sở An toàn thực phẩm", "Sở Công nghiệp", "Sở Thương mại",
    "Phòng Nội vụ", "Phòng Tư pháp", "Phòng Y tế", "Phòng Giáo dục và Đào tạo", "Phòng Tài chính - Kế hoạch", "Phòng Kinh tế", "Phòng Kinh tế và Hạ tầng", "Phòng Quản lý đô thị",
    "Phòng Văn hóa và Thông tin", "Phòng Văn hóa - Xã hội", "Phòng Tài nguyên và Môi trường", "Phòng Nông nghiệp và Phát triển nông thôn", "Phòng Nông nghiệp và Môi trường",
    "Phòng Lao động - Thương binh và Xã hội", "Phòng Dân tộc", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Cảnh sát", "Văn phòng Đoàn đại biểu Quốc hội", "Đoàn đại biểu Quốc hội",
    "Trung tâm Phục vụ hành chính công", "Trung tâm Trợ giúp pháp lý nhà nước", "Trợ giúp pháp lý", "Trung tâm Khuyến nông", "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên",
    "Trung tâm Chính trị", "Trung tâm Văn hóa", "Trung tâm Dịch vụ nông nghiệp", "Kiểm soát bệnh tật", "Y tế dự phòng", "Chi cục Thuế", "Cục Thuế", "Cục Thống kê", "Cục Hải quan",
    "Cục Thi hành án dân sự", "Chi cục Thi hành án dân sự", "Chi cục Thủy lợi", "Chi cục Kiểm lâm", "Hạt Kiểm lâm", "Chi cục Chăn nuôi và Thú y", "Trồng trọt và Bảo vệ thực vật",
    "Chi cục Bảo vệ môi trường", "Quản lý đất đai", "Đăng ký đất đai", "Tiêu chuẩn Đo lường Chất lượng", "Tổng cục Thuế", "Tổng cục Hải quan", "Tổng cục Thống kê", "Kho bạc",
    "Ngân hàng Chính sách xã hội", "Bảo hiểm xã hội Việt Nam", "Mặt trận Tổ quốc Việt Nam", "Mặt trận Tổ quốc", "Ủy ban Trung ương", "Ủy ban Kiểm tra", "Ban Tuyên giáo và Dân vận", "Ban Xây dựng Đảng",
    "Ban Cán sự Đảng", "Ban Quản lý dự án", "Ban Quản lý Khu kinh tế", "Ban Quản lý các khu công nghiệp", "khu công nghiệp", "khu kinh tế", "các cơ quan", "cơ quan và doanh nghiệp", "Đảng ủy Khối", "Đảng bộ tỉnh",
    "Ban Vì sự tiến bộ phụ nữ", "phòng, chống", "phòng chống", "thiên tai và tìm kiếm cứu nạn", "tìm kiếm cứu nạn", "phòng thủ dân sự", "cải cách hành chính", "chuyển đổi số", "xây dựng nông thôn mới",
    "mục tiêu quốc gia", "chương trình", "Hội đồng phối hợp phổ biến, giáo dục pháp luật", "Hội Khuyến học", "Hội Chữ thập đỏ", "Hội Người cao tuổi", "Hội Luật gia", "Hội Nhà báo", "Hội Đông y",
    "Hội Liên hiệp Phụ nữ Việt Nam", "Hội Nông dân Việt Nam", "Hội Cựu chiến binh Việt Nam", "Liên hiệp các Hội Khoa học và Kỹ thuật", "Liên hiệp các tổ chức hữu nghị", "Tổng Liên đoàn Lao động Việt Nam",
    "Công đoàn", "Tỉnh đoàn", "Thành đoàn", "Huyện đoàn", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Đoàn TNCS Hồ Chí Minh", "Bệnh viện", "Bệnh viện Y học cổ truyền", "Bệnh viện Sản - Nhi", "Bệnh viện Phụ sản",
    "Trường Trung học phổ thông", "Trường Trung học cơ sở", "Trường Tiểu học", "Trường Mầm non", "Trường Cao đẳng", "Trường Đại học", "Trường Chính trị", "Báo và Phát thanh, Truyền hình", "Đài Phát thanh - Truyền hình",
    "Giáo dục và Đào tạo", "Khoa học và Công nghệ", "Tài nguyên và Môi trường", "Nông nghiệp và Môi trường", "Nông nghiệp và PTNT", "Văn hóa, Thể thao và Du lịch", "Lao động - Thương binh và Xã hội",
    "Thông tin và Truyền thông", "Kế hoạch và Đầu tư", "Giao thông vận tải", "Công Thương", "Xây dựng", "Ngoại vụ", "Dân tộc và Tôn giáo", "phát triển nông thôn", "nông thôn mới", "quân sự", "biên phòng",
    /* places */
    "tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn",
    /* offices */
    "Giám đốc", "Phó Giám đốc", "Tổng Giám đốc", "Chủ tịch", "Phó Chủ tịch", "Chánh Văn phòng", "Phó Chánh Văn phòng", "Chánh Thanh tra", "Phó Chánh Thanh tra",
    "Trưởng ban", "Phó Trưởng ban", "Trưởng phòng", "Phó Trưởng phòng", "Bí thư", "Phó Bí thư", "Chi cục trưởng", "Phó Chi cục trưởng", "Cục trưởng", "Phó Cục trưởng",
    "Hiệu trưởng", "Phó Hiệu trưởng", "Viện trưởng", "Bộ trưởng", "Thứ trưởng", "Thủ trưởng", "Trưởng đoàn", "Trưởng khoa", "Chỉ huy trưởng", "Ủy viên", "Thường trực",
    /* provinces, as they were and as they are */
    "Hà Nội", "Hà Giang", "Cao Bằng", "Bắc Kạn", "Tuyên Quang", "Lào Cai", "Điện Biên", "Lai Châu", "Sơn La", "Yên Bái", "Hòa Bình", "Thái Nguyên", "Lạng Sơn",
    "Quảng Ninh", "Bắc Giang", "Phú Thọ", "Vĩnh Phúc", "Bắc Ninh", "Hải Dương", "Hải Phòng", "Hưng Yên", "Thái Bình", "Hà Nam", "Nam Định", "Ninh Bình",
    "Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên Huế", "Đà Nẵng", "Quảng Nam", "Quảng Ngãi", "Bình Định", "Phú Yên", "Khánh Hòa",
    "Ninh Thuận", "Bình Thuận", "Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng", "Bình Phước", "Tây Ninh", "Bình Dương", "Đồng Nai",
    "Bà Rịa - Vũng Tàu", "Hồ Chí Minh", "Long An", "Tiền Giang", "Bến Tre", "Trà Vinh", "Vĩnh Long", "Đồng Tháp", "An Giang", "Kiên Giang", "Cần Thơ",
    "Hậu Giang", "Sóc Trăng", "Bạc Liêu", "Cà Mau",
};

static GHashTable *
name_table (void)
{
    static GHashTable *table;
    if (g_once_init_enter (&table)) {
        GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
            char *folded = kh_viet_fold (names[i]);
            gboolean ambiguous = g_hash_table_contains (made, folded); /* Thứ trưởng, Thủ trưởng: then neither is put right */
            g_hash_table_insert (made, folded, ambiguous ? NULL : (gpointer) names[i]);
        }
        g_once_init_leave (&table, made);
    }
    return table;
}

/* Old and new places of the tone (hòa, hoà) are one spelling. */
static gboolean
is_same_tone (const char *a, const char *b)
{
    g_autofree char *x = g_utf8_normalize (a, -1, G_NORMALIZE_NFD), *y = g_utf8_normalize (b, -1, G_NORMALIZE_NFD);
    g_autofree char *fa = kh_viet_fold (a), *fb = kh_viet_fold (b);
    static const gunichar marks[] = { 0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323 };
    if (strcmp (fa, fb) != 0)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
        int n = 0;
        for (const char *p = x; *p; p = g_utf8_next_char (p))
            n += g_utf8_get_char (p) == marks[i];
        for (const char *p = y; *p; p = g_utf8_next_char (p))
            n -= g_utf8_get_char (p) == marks[i];
        if (n != 0)
            return FALSE;
    }
    return TRUE;
}

/* The right word with the capitals of the read one. */
static char *
in_case_of (const char *read, const char *right)
{
    gboolean upper = TRUE, first = TRUE;
    for (const char *p = read; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (g_unichar_isalpha (c))
            upper &= !g_unichar_islower (c);
    }
    first = g_unichar_isupper (g_utf8_get_char (read));
    if (upper)
        return g_utf8_strup (right, -1);
    g_autofree char *small = g_utf8_strdown (right, -1);
    if (!first)
        return g_steal_pointer (&small);
    const char *rest = g_utf8_next_char (small);
    g_autofree char *head = g_strndup (small, rest - small);
    g_autofree char *capital = g_utf8_strup (head, -1);
    return g_strconcat (capital, rest, NULL);
}

/* "KT GIÁM ĐỐC", "KT, GIÁM ĐỐC": the short forms of signing for somebody end in a full stop (Nghị định 30/2020), which a
 * scanner loses easily. */
static gboolean
restore_stop (char **word)
{
    static const char *const SHORT_FORMS[] = { "TM", "KT", "TL", "TUQ", "Q" };
    for (guint i = 0; i < G_N_ELEMENTS (SHORT_FORMS); i++) {
        gsize length = strlen (SHORT_FORMS[i]);
        if (strncmp (*word, SHORT_FORMS[i], length) != 0 || strspn (*word + length, ",:;'") != strlen (*word + length))
            continue;
        g_free (*word);
        *word = g_strconcat (SHORT_FORMS[i], ".", NULL);
        return TRUE;
    }
    return FALSE;
}

const char *
kh_spelling_of (kh_pool *pool, const char *string)
{
    g_auto (GStrv) words = g_strsplit (string, " ", -1);
    guint n = g_strv_length (words);
    gboolean changed = FALSE;
    for (guint i = 0; i + 1 < n; i++)
        changed |= restore_stop (&words[i]);
    for (guint i = 0; i < n;) {
        guint taken = 1;
        for (guint length = MIN (LONGEST, n - i); length >= 1; length--) {
            char *kept = words[i + length];
            words[i + length] = NULL;
            g_autofree char *phrase = g_strjoinv (" ", words + i);
            words[i + length] = kept;
            g_autofree char *folded = kh_viet_fold (phrase);
            const char *name = g_hash_table_lookup (name_table (), folded);
            if (name == NULL)
                continue;
            g_auto (GStrv) right = g_strsplit (name, " ", -1);
            if (g_strv_length (right) != length)
                break;
            for (guint k = 0; k < length; k++) {
                g_autofree char *word = in_case_of (words[i + k], right[k]);
                if (strcmp (word, words[i + k]) == 0 || is_same_tone (word, words[i + k]))
                    continue;
                g_free (words[i + k]);
                words[i + k] = g_steal_pointer (&word);
                changed = TRUE;
            }
            taken = length;
            break;
        }
        i += taken;
    }
    if (!changed)
        return NULL;
    g_autofree char *joined = g_strjoinv (" ", words);
    return kh_pool_strdup (pool, joined);
}

gboolean
kh_spelling_is_over_lines (const char *line, const char *below)
{
    g_autofree char *above = kh_viet_fold (line), *next = kh_viet_fold (below);
    g_auto (GStrv) x = g_strsplit (above, " ", -1), y = g_strsplit (next, " ", -1);
    guint n = g_strv_length (x);
    for (guint from = n > LONGEST ? n - LONGEST : 0; from < n; from++) {
        g_autofree char *start = g_strjoinv (" ", x + from);
        g_autoptr (GString) name = g_string_new (start);
        for (guint k = 0; y[k] != NULL && n - from + k < LONGEST; k++) {
            g_string_append_printf (name, " %s", y[k]);
            if (g_hash_table_contains (name_table (), name->str))
                return TRUE;
        }
    }
    return FALSE;
}

kh_value
kh_spelling_value (kh_pool *pool, kh_record *record, const kh_text *text)
{
    const char *right = kh_text_confidence (text) < 0.9999 ? kh_spelling_of (pool, text->str) : NULL;
    if (right == NULL)
        return kh_value_of (pool, text);
    kh_repair *repair = kh_pool_new0 (pool, kh_repair, 1);
    repair->page = text->n_pieces > 0 ? text->pieces[0].word->page : 1;
    repair->kind = "diacritic";
    repair->from = text->str;
    repair->to = right;
    repair->confidence = 0.98;
    repair->count = 1;
    g_ptr_array_add (record->repairs, repair);
    return kh_value_derived (pool, right, text);
}
