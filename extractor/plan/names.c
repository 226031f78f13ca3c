#include "plan/names.h"

#include <string.h>

#include "viet/viet.h"

/* Family names, in small letters: of the Kinh; of the Tày, Thái, Mường, Nùng, Mông and Dao; of the Khmer, Chăm and Hoa. */
static const char *const FAMILIES[] = {
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đào", "đoàn", "vương",
    "trịnh", "trương", "đinh", "lâm", "phùng", "mai", "tô", "hà", "tạ", "lương", "thái", "cao", "tống", "chu", "châu", "tăng", "quách", "la", "lưu",
    "thân", "tôn", "tường", "thiều", "triệu", "đàm", "nghiêm", "văn", "viên", "vi", "khổng", "khúc", "kiều", "lã", "lại", "liêu", "lục", "mạc",
    "nông", "ninh", "ông", "phó", "phí", "quản", "thạch", "tiêu", "từ", "ứng", "âu", "bạch", "bành", "cát", "chử", "cù", "cung", "danh", "diệp",
    "doãn", "đậu", "đồng", "đới", "giang", "giáp", "hạ", "hàn", "hàng", "hứa", "khương", "lành", "lù", "lường", "lò", "cầm", "quàng", "tòng", "hoắc",
    "mùa", "giàng", "vàng", "thào", "sùng", "hạng", "chảo", "tẩn", "lừu", "ly", "mã", "ma", "cứ", "cháng", "tráng", "phàn", "bàn", "đèo", "điêu",
    "sầm", "lữ", "lỳ", "xồng", "già", "hờ", "và", "vừ", "lầu", "chá", "thò", "lậu", "sần", "sìn", "pờ", "khoàng", "tao", "vì", "lự", "mè", "cà",
    "bạc", "hoành", "thị", "nhâm", "nhan", "ngụy", "ngọ", "ngũ", "nhữ", "ôn", "phi", "phú", "phương", "quang", "quế", "tào", "tất", "thi", "thẩm",
    "thiệu", "trang", "trà", "trình", "trác", "trầm", "tưởng", "uông", "vòng", "xa", "khâu", "lỗ", "lộ", "lều", "mẫn", "mâu", "mông", "nhậm", "nhiếp",
    "bá", "biện", "bế", "chế", "chung", "chương", "công", "dư", "đan", "đống", "đường", "hầu", "hề", "hùng", "khà", "kha", "khiếu", "khuất", "kim",
    "lăng", "lạc", "mang", "đạo", "đàng", "qua", "đổng", "thành", "thông", "thập", "lưỡng", "quảng", "báo", "sử", "ức", "não", "thổ", "hán", "miêu",
    "ngân", "hoa", "sơn", "điểu", "hồng", "như", "minh", "bảo", "thanh", "cil", "liêng", "patâu", "tro", "neáng", "néang",
    "vưu", "phù", "quan", "thang", "ngưu", "lôi", "đái", "cổ", "cồ", "bồ", "úc", "cấn", "nguỵ", "lèng", "hảng", "thền", "tải", "cư", "chẩu", "chìu",
    "chíu", "tằng", "phủng", "phùn", "lèo", "vang", "lô", "cụt", "moong", "xeo", "sái", "tiết", "phụng", "tân", "tiền", "vạn", "đô", "đồ",
};

/* Of the highlands: what follows is spelled as their languages are ("Kơ Să", "Rơ Châm"). */
static const char *const HIGHLAND[] = {
    "y", "h'", "h’", "k'", "k’", "a", "siu", "nay", "ksor", "rmah", "rơ", "rah", "kpă", "kpuih", "kơ", "niê", "hmok", "hlong", "bríu", "bhríu", "zơ",
    "zơrâm", "alăng", "pơ", "pơloong", "blong", "blúp", "coor", "bhling", "arất", "ating", "bnướch", "hôih", "cơlâu", "lơ", "ka", "bon", "kon",
    "păng", "chamaléa", "katơr", "pinăng", "mấu", "patâu", "pupur", "êban", "mlô", "byă", "kbuôr", "ayun", "adrơng", "knul", "kđoh", "buôn", "krajăn",
    "rơông", "k'să", "cơ", "ha", "đing", "puih", "rcom", "ralan", "nê", "rô", "hvinh", "ya", "bơ", "brao", "pang", "ting", "tơ", "riah", "romah",
    "êya",
};

/* Of those, what stands in the middle or at the end of names more often than at their head. */
static const char *const RARE[] = {
    "hồng", "như", "kim", "minh", "bảo", "thanh", "văn", "thị", "quang", "phương", "hùng", "thành", "thông", "ngân", "hoa", "sơn", "phú", "thi",
    "trang", "trà", "công", "chung", "chương", "bá", "giang", "hà", "thái", "quế", "sử", "báo", "qua", "viên", "phi", "lạc", "tất", "đan", "mông", "già", "và",
    "thổ", "não", "ức", "mang", "mè", "xa", "tao", "bàn", "hàng", "hạ", "cứ",
};

static gboolean
is_listed (const char *word, const char *const *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp (word, list[i]) == 0)
            return TRUE;
    return FALSE;
}

gsize
kh_name_title (const char *text)
{
    static const char *const RANKS[] = { "Đại tướng ", "Thượng tướng ", "Trung tướng ", "Thiếu tướng ", "Đại tá ", "Thượng tá ", "Trung tá ", "Thiếu tá ",
                                         "Đại úy ", "Đại uý ", "Thượng úy ", "Thượng uý ", "Trung úy ", "Trung uý ", "Thiếu úy ", "Thiếu uý ", "Bác sĩ ",
                                         "Thạc sĩ ", "Tiến sĩ ", "Kỹ sư ", "ThS ", "TS ", "BS ", "KS ", "CN ", "DS ", "BSCKII ", "BSCKI ", "BSCK1 ", "BSCK2 ", "CKI ", "CKII " };
    gsize length = 0;
    for (gboolean more = TRUE; more;) {
        more = FALSE;
        gsize word = strcspn (text + length, " "), dot = 0;
        for (gsize i = 0; i < word; i++)
            if (text[length + i] == '.')
                dot = i + 1;
        if (dot > 1 && (text[length + dot] != '\0')) { /* "ThS.", "PGS.TS.", "TS.Nguyễn" */
            length += dot;
            length += strspn (text + length, " ");
            more = TRUE;
        }
        for (gsize i = 0; i < G_N_ELEMENTS (RANKS) && !more; i++)
            if (g_str_has_prefix (text + length, RANKS[i])) {
                length += strlen (RANKS[i]);
                more = TRUE;
            }
    }
    return length;
}

kh_name_kind
kh_name_kind_of (const char *name)
{
    g_autofree char *small = g_utf8_strdown (name + kh_name_title (name), -1);
    g_auto (GStrv) words = g_strsplit (small, " ", -1);
    guint n = 0, odd = 0;
    for (; words[n] != NULL; n++)
        odd += !kh_viet_is_syllable (words[n]);
    if (n >= 2 && (is_listed (words[0], HIGHLAND, G_N_ELEMENTS (HIGHLAND)) || g_str_has_prefix (words[0], "h'") || g_str_has_prefix (words[0], "k'")))
        return KH_NAME_SOUND;
    if (n < 2 || odd > 0 || !is_listed (words[0], FAMILIES, G_N_ELEMENTS (FAMILIES)))
        return KH_NAME_BROKEN;
    return is_listed (words[0], RARE, G_N_ELEMENTS (RARE)) ? KH_NAME_RARE : KH_NAME_SOUND;
}
