/* labels.h - how values of a comparison are written, in Vietnamese: 1.234,5; ≥ 90%; 31/12/2025. */
#ifndef KH_COMPARE_LABELS_H
#define KH_COMPARE_LABELS_H

#include "compare/comparison.h"

/* A number with decimal comma and dots between thousands, four decimals at most. */
void kh_put_number (GString *out, double value);
/* Number and unit: "90%", "30 phút". */
void kh_put_measure (GString *out, double value, const char *unit);
/* "≥ ", "≤ ", "tăng ", "giảm ", or nothing, of a comparator of the record. */
void kh_put_comparator (GString *out, const char *comparator);
/* What is to be reached: "≥ 90%", "≤ 30 phút", "100%", "tăng 5%", "giảm 10%". */
void kh_put_level (GString *out, const kh_aim *aim);
/* "31/12/2025" of an ISO day, "12/2025" of a month, "2025" of a year; nothing of NULL. */
void kh_put_day (GString *out, const char *day);
/* When tasks of a kind are due: the day when it is one, "quý I 12 · IV 30 · không có ngày 5" of several. */
void kh_put_when (GString *out, const kh_kind *kind);
/* The same level, without its unit: for a table whose rows name it. */
void kh_put_bare_level (GString *out, const kh_aim *aim);
/* The deadline as printed, else its last day. */
void kh_put_deadline (GString *out, const kh_duty *duty);

/* "71/KH-UBND ngày 27/12/2023", else the file. The caller frees. */
char *kh_paper_label (const kh_paper *paper);
/* "Hồ sơ nộp trực tuyến (%)", of a change "… (giảm %)". The caller frees. */
char *kh_indicator_label (const kh_indicator *indicator);
/* The address of a page of the paper's file: file:///…#page=3, or its name alone where the folder is not known; NULL when nothing
 * is. A page of 0 is the file. The caller frees. */
char *kh_paper_link (const kh_paper *paper, int page);

/* "Thêm", "Bỏ", "Đổi". Static. */
const char *kh_difference_word (kh_difference_sort sort);
/* "mức; thời hạn": in what a change differs. The caller frees. */
char *kh_difference_parts (guint in);

/* Is the value so poorly read that a person should look at the page? */
gboolean kh_is_doubtful (double confidence);

/* The most telling year of an indicator: the one most places have a target for, the latest of several such. */
int kh_indicator_main_year (const kh_indicator *indicator);

#endif
