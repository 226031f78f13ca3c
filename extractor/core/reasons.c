#include "core/reasons.h"

#include <string.h>

static const kh_reason REASONS[] = {
    /* not there, or not believed */
    { "unreadable", 0, "Không đọc được; hãy nhập theo bản giấy" },
    { "not_found", 0.02f, "Không tìm thấy trong văn bản" },
    { "handwritten", 0.1f, "Viết tay; hãy đối chiếu và nhập lại" },
    { "blank_or_handwritten", 0.8f, "Để trống hoặc viết tay" },
    { "inferred", 0.95f, "Suy ra từ chỗ khác, không đọc được rõ" },
    /* how it was read */
    { "low_confidence", 1, "Chữ đọc không chắc; hãy đối chiếu với bản quét" },
    { "figures_unsure", 1, "Số hoặc ký hiệu đọc không chắc; hãy đối chiếu với bản quét" },
    { "strange_word", 1, "Có từ lạ, có thể đọc nhầm" },
    { "repaired", 1, "Chữ đã được sửa; hãy xem có đúng ý người soạn" },
    { "under_mark", 1, "Nằm dưới dấu hoặc chữ ký" },
    /* how it stands */
    { "unlike_column", 1, "Khác các ô cùng cột" },
    { "unlike_others", 1, "Đánh số khác với những chỗ khác trong văn bản" },
    { "layout_unsure", 1, "Bảng không có đủ đường kẻ; ô có thể lệch" },
    { "row_number_gap", 0.85f, "Số thứ tự nhảy quãng hoặc lặp lại" },
    { "section_number_gap", 0.95f, "Số mục nhảy quãng hoặc lặp lại" },
    { "unit_unlike_others", 0.3f, "Tên đơn vị gần giống tên khác nhưng chỉ gặp một lần" },
    /* what does not agree */
    { "deadline_not_understood", 0.2f, "Không hiểu được thời hạn" },
    { "deadline_outside_period", 0.85f, "Thời hạn ngoài thời gian thực hiện kế hoạch" },
    { "deadline_ends_before_start", 0.3f, "Thời hạn kết thúc trước khi bắt đầu" },
    { "date_impossible", 0, "Ngày không có trong lịch" },
    { "date_unlikely", 0.5f, "Ngày ban hành cách xa thời gian thực hiện kế hoạch" },
    { "date_after_plan", 0.3f, "Văn bản viện dẫn ban hành sau kế hoạch này" },
    { "year_differs", 0.3f, "Năm trong số hiệu khác năm ban hành" },
    { "appendix_missing", 0.85f, "Nhắc đến phụ lục không có trong tệp" },
    { "targets_contradict", 0.5f, "Hai chỉ tiêu trái nhau" },
    { NULL, 1, NULL },
};

const kh_reason *
kh_reasons (void)
{
    return REASONS;
}

const kh_reason *
kh_reason_of (const char *code)
{
    for (const kh_reason *reason = REASONS; reason->code != NULL; reason++)
        if (strcmp (reason->code, code) == 0)
            return reason;
    return NULL;
}
