/* The list is looked up by what is left of it without marks; up to four syllables, the longest first. A word of one syllable must
 * also be printed with its own marks (chợ is a unit, cho is none). Behind it "/…" is part of the unit: "bác sĩ/vạn dân". */
#include "plan/measures.h"

#include "plan/numbers.h"
#include "viet/viet.h"

#include <math.h>
#include <string.h>

#define MOST_SYLLABLES 4

/* clang-format off */
static const char *const LIST[] = {
    /* shares, ranks */
    "%", "‰", "phần trăm", "điểm %", "điểm phần trăm", "điểm", "bậc", "hạng", "thứ hạng", "lần", "sao", "vạn dân", "phần nghìn",
    /* time */
    "ngày làm việc", "ngày công", "ngày đêm", "ngày", "giờ làm việc", "giờ", "phút", "giây", "tháng", "tuần", "năm", "quý", "năm liên tục",
    /* money */
    "nghìn tỷ đồng", "ngàn tỷ đồng", "tỷ đồng", "tỉ đồng", "triệu đồng", "nghìn đồng", "ngàn đồng", "đồng", "tỷ USD", "triệu USD", "USD",
    "triệu đô la", "tỷ đô la", "đô la", "triệu đô la Mỹ", "tỷ đô la Mỹ", "triệu", "tỷ", "nghìn",
    /* lengths, areas, weights, data, energy */
    "km", "km2", "m", "m2", "m3", "mét", "mét vuông", "mét khối", "ha", "hecta", "héc ta", "kg", "tấn", "tạ", "nghìn tấn", "triệu tấn", "lít", "MW", "kW",
    "kWh", "MB", "GB", "TB", "Mbps", "Gbps", "hải lý", "độ", "cm", "mm", "nghìn ha", "triệu m3",
    /* people */
    "người", "dân", "nhân khẩu", "lượt người", "lượt khách", "lượt", "triệu lượt khách", "nghìn lượt khách", "triệu lượt", "nghìn lượt", "triệu người",
    "nghìn người", "cá nhân", "tập thể", "cán bộ", "công chức", "viên chức", "đảng viên", "đoàn viên", "hội viên", "thành viên", "đội viên", "học viên",
    "học sinh", "sinh viên", "giáo viên", "giảng viên", "nhân viên", "tổ viên", "xã viên", "cộng tác viên", "tuyên truyền viên", "báo cáo viên",
    "tình nguyện viên", "hòa giải viên", "hướng dẫn viên", "kiểm lâm viên", "trợ giúp viên", "thẩm phán", "luật sư", "công chứng viên", "đấu giá viên",
    "chuyên gia", "chuyên viên", "kỹ sư", "bác sĩ", "dược sĩ", "điều dưỡng", "y sĩ", "nghệ nhân", "lao động", "việc làm", "trẻ em", "phụ nữ", "nông dân",
    "ngư dân", "thanh niên", "dân quân", "chiến sĩ", "đồng chí", "công dân", "cử tri", "đại biểu", "tiến sĩ", "thạc sĩ", "vận động viên", "huấn luyện viên",
    "người dân", "người lao động", "đối tượng", "hộ", "hộ dân", "hộ gia đình", "hộ nghèo", "gia đình", "bệnh nhân", "nạn nhân", "khách hàng", "hành khách",
    "thí sinh", "bà mẹ", "đôi", "cặp", "cặp vợ chồng", "biên chế", "cấp phó", "phó giám đốc", "phó trưởng phòng", "đầu mối", "đầu mối trực thuộc", "suất", "suất học bổng", "suất quà", "gương", "điển hình",
    /* bodies and places */
    "đơn vị", "địa phương", "cơ quan", "tổ chức", "tỉnh", "tỉnh, thành phố", "tỉnh, thành", "xã, phường", "phường, xã", "xã, phường, thị trấn", "sở, ban, ngành", "bộ, ngành", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "thôn", "bản",
    "ấp", "làng", "khóm", "khu phố", "tổ dân phố", "khu dân cư", "buôn", "phum", "sóc", "khu", "khu vực", "vùng", "cụm", "cụm dân cư", "tuyến", "tuyến đường",
    "tuyến phố", "điểm dân cư", "điểm", "trung tâm", "doanh nghiệp", "hợp tác xã", "tổ hợp tác", "tổ", "tổ công tác", "tổ công nghệ", "đội", "nhóm", "ban",
    "hội", "chi hội", "chi bộ", "chi nhánh", "câu lạc bộ", "cơ sở", "cơ sở sản xuất", "cửa hàng", "siêu thị", "chợ", "trường", "trường học", "lớp", "lớp học",
    "phòng", "phòng học", "trạm", "trạm y tế", "bệnh viện", "phòng khám", "nhà máy", "nhà văn hóa", "nhà", "nhà ở", "căn nhà", "căn hộ", "căn", "trang trại",
    "gia trại", "mô hình", "làng nghề", "khu công nghiệp", "cụm công nghiệp", "ngành", "sở", "sở, ngành", "tòa nhà", "công sở", "di tích", "lễ hội",
    "bãi tắm", "khu du lịch", "điểm du lịch", "điểm đến", "thư viện", "bảo tàng", "sân vận động", "sân chơi", "khu vui chơi", "công viên", "bến", "bến xe",
    "bến đò", "cảng", "cảng cá", "khu neo đậu", "bãi rác", "điểm nóng", "điểm cầu", "hộ kinh doanh", "hộ sản xuất",
    /* things made and done */
    "sản phẩm", "sản phẩm OCOP", "dịch vụ", "dịch vụ công", "công trình", "dự án", "tiểu dự án", "đề án", "đề tài", "nhiệm vụ", "chương trình", "kế hoạch",
    "chuyên đề", "chuyên mục", "văn bản", "thủ tục", "thủ tục hành chính", "TTHC", "hồ sơ", "quy trình", "quy định", "sáng kiến", "giải pháp", "mục tiêu",
    "chỉ tiêu", "tiêu chí", "chỉ số", "lĩnh vực", "nội dung", "thành phần", "tiêu chuẩn", "báo cáo", "tin", "bài", "tin bài", "tin, bài", "tin/bài", "phóng sự", "bài viết",
    "bài báo", "phần mềm", "ứng dụng", "nền tảng", "hệ thống", "cơ sở dữ liệu", "bộ dữ liệu", "thiết bị", "máy", "máy tính", "máy vi tính", "bộ", "mẫu",
    "tài khoản", "giao dịch", "hợp đồng", "thương hiệu", "nhãn hiệu", "chỉ dẫn địa lý", "bằng sáng chế", "giấy phép", "giấy chứng nhận", "mã số",
    "mã số vùng trồng", "cuộc", "cuộc thi", "cuộc họp", "cuộc gọi", "buổi", "hội nghị", "hội thảo", "lớp tập huấn", "khóa", "khóa học", "đợt", "kỳ", "chuyến",
    "chuyến bay", "phiên", "phiên chợ", "phiên tòa", "vụ", "vụ việc", "vụ án", "ca", "ca bệnh", "trường hợp", "ý kiến", "kiến nghị", "phản ánh", "câu hỏi",
    "chức danh", "vị trí", "vị trí việc làm", "hạng mục", "loại", "loại hình", "ấn phẩm", "tờ rơi", "tờ gấp", "tờ", "cuốn", "quyển", "bản tin", "đĩa", "video",
    "pa nô", "băng rôn", "khẩu hiệu", "đoàn", "đoàn kiểm tra", "kỹ thuật", "giống", "giống cây", "danh mục", "đầu sách", "thuê bao", "kênh", "camera",
    "điểm phát sóng", "trạm phát sóng", "thửa đất", "thửa", "lô", "phần", "mặt", "trụ cột", "khâu", "bước", "cấp", "biểu", "giai đoạn", "nhiệm kỳ",
    /* living and built things */
    "con", "con giống", "cây", "cây xanh", "cây trồng", "cây giống", "giường", "giường bệnh", "chỗ", "chỗ ở", "chỗ ngồi", "cầu", "cống", "đập", "hồ", "hồ chứa",
    "ao", "bể", "bể chứa", "bể bơi", "giếng", "giếng khoan", "lồng", "lồng bè", "bè", "tàu", "tàu cá", "thuyền", "xe", "xe buýt", "ô tô", "phương tiện", "đèn",
    "trụ", "cột", "biển báo", "thùng rác", "hố", "hố rác", "hầm", "nhà tiêu", "nhà vệ sinh", "công trình vệ sinh", "nhà vườn", "vườn", "vườn mẫu", "lò", "kho",
    "kho lạnh", "đường", "nhà lưới", "nhà màng", "chuỗi", "chuỗi liên kết", "chuỗi giá trị", "đàn", "tổ hợp", "cánh đồng", "cánh đồng lớn", "bình", "tủ sách",
    "tủ thuốc", "loa", "cụm loa", "đài", "hộp thư", "đường dây nóng", "cổng", "trang", "trang thông tin", "nhà đầu tư", "giải", "giải thưởng", "huy chương",
};
/* clang-format on */

/* Folded form -> the entries with it (tổ, tờ), ended by NULL. */
static GHashTable *
table (void)
{
    static GHashTable *forms;
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS (LIST); i++) {
            char *form = kh_viet_fold (LIST[i]);
            const char **known = g_hash_table_lookup (forms, form);
            guint n = 0;
            while (known != NULL && known[n] != NULL)
                n++;
            known = g_renew (const char *, known, n + 2);
            known[n] = LIST[i];
            known[n + 1] = NULL;
            g_hash_table_replace (forms, form, known);
        }
        g_once_init_leave (&ready, 1);
    }
    return forms;
}

gboolean
kh_fold_is_printed (const kh_fold *fold, gsize start, gsize end, const char *const *words)
{
    gsize from = fold->at[start], to = kh_fold_end (fold, end);
    g_autofree char *lower = g_utf8_strdown (fold->original + from, to - from);
    g_autofree char *printed = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
    if (printed == NULL)
        return FALSE;
    for (; *words != NULL; words++) {
        g_autofree char *word = g_utf8_strdown (*words, -1);
        if (strcmp (printed, word) == 0)
            return TRUE;
    }
    return strlen (printed) == end - start && strncmp (printed, fold->str + start, end - start) == 0;
}

/* The end of the syllable at `at`: letters, digits, or a sign such as %. */
static gsize
syllable_end (const kh_fold *fold, gsize at)
{
    const char *s = fold->str;
    if (s[at] == '%')
        return at + 1;
    if (g_str_has_prefix (s + at, "‰"))
        return at + strlen ("‰");
    while (g_ascii_isalnum (s[at]))
        at++;
    return at;
}

/* The longest entry of the list at `at`. */
static gsize
listed (const kh_fold *fold, gsize at)
{
    gsize ends[MOST_SYLLABLES];
    guint n = 0;
    for (gsize place = at; n < MOST_SYLLABLES; n++) {
        ends[n] = syllable_end (fold, place);
        if (ends[n] == place)
            break;
        place = ends[n] + (fold->str[ends[n]] == ',' && fold->str[ends[n] + 1] == ' ' ? 2 : 1); /* "tin, bài" */
        if (place > fold->length || (fold->str[ends[n]] != ' ' && fold->str[ends[n]] != ',' && fold->str[ends[n]] != '/')) {
            n++;
            break;
        }
    }
    while (n-- > 0) {
        g_autofree char *form = g_strndup (fold->str + at, ends[n] - at);
        const char *const *entries = g_hash_table_lookup (table (), form);
        if (entries != NULL && (n > 0 || kh_fold_is_printed (fold, at, ends[n], entries)))
            return ends[n] - at;
    }
    return 0;
}

gsize
kh_measure_per_at (const kh_fold *fold, gsize at)
{
    gsize end = at;
    while (fold->str[end] == '/') {
        double of;
        gsize next = end + 1, number = kh_number_read (fold, next, &of);
        if (number > 0) { /* "/100.000 dân": a round number, else it is a date or a number of a document */
            if (of < 100 || fmod (of, 100) != 0 || fold->str[next + number] != ' ')
                break;
            next += number + 1;
        }
        gsize more = listed (fold, next);
        if (more == 0 && (number > 0 || !g_ascii_isalpha (fold->str[next])))
            break;
        end = next + (more > 0 ? more : syllable_end (fold, next) - next);
    }
    return end - at;
}

static gsize
with_per (const kh_fold *fold, gsize at, gsize length)
{
    return length == 0 ? 0 : length + kh_measure_per_at (fold, at + length);
}

gsize
kh_measure_at (const kh_fold *fold, gsize at)
{
    return with_per (fold, at, listed (fold, at));
}

/* "cộng tác viên", "kiểm soát viên": up to "viên" among the next syllables. */
static gsize
up_to_vien (const kh_fold *fold, gsize at)
{
    gsize end = syllable_end (fold, at);
    for (int i = 0; i < 2 && end > at && fold->str[end] == ' '; i++) {
        gsize next = end + 1;
        end = syllable_end (fold, next);
        if (end - next == 4 && strncmp (fold->str + next, "vien", 4) == 0 &&
            kh_fold_is_printed (fold, next, end, (const char *const[]){ "viên", NULL }))
            return end - at;
    }
    return 0;
}

gsize
kh_measure_or_word_at (const kh_fold *fold, gsize at)
{
    /* what begins the next part of a sentence, and never a unit */
    static const char *const others[] = {
        "va",    "den",   "tro",   "thi",  "la",   "cua",  "trong", "so",    "theo", "tai", "voi",  "cho",  "hoac",
        "hay",   "moi",   "tren",  "duoi", "duoc", "co",   "nhu",   "de",    "khi",  "do",  "o",    "tu",   "cac",
        "nhung", "nay",   "dat",   "hang", "gom",  "nham", "vao",   "bang",  "phai", "se",  "da",   "dang", "bi",
        "ve",    "thuoc", "truoc", "sau",  "toi",  "ke",   "len",   "xuong", "nua",  "x",   "cung", "nen",  "ma",
        "neu",   "tiep",  "duy",   "bao",  "hoan", "thuc", "tang",  "giam",  NULL,
    };
    gsize length = kh_measure_at (fold, at);
    if (length > 0 || !g_ascii_isalpha (fold->str[at]))
        return length;
    gsize end = syllable_end (fold, at);
    g_autofree char *word = g_strndup (fold->str + at, end - at);
    if (g_strv_contains (others, word))
        return 0;
    gsize vien = up_to_vien (fold, at);
    return with_per (fold, at, vien > 0 ? vien : end - at);
}
