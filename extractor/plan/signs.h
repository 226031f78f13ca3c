/* signs.h - what lines of the trade look like, by their words alone; tolerant of marks read wrong. */
#ifndef KH_PLAN_SIGNS_H
#define KH_PLAN_SIGNS_H

#include <glib.h>

/* At least two letters, and at most one in eight of them small (OCR reads one wrong now and then). */
gboolean kh_sign_is_capitals (const char *text);

/* No letter and no digit: a drawn line, a row of dots or stars. */
gboolean kh_sign_is_ornament (const char *text);

/* CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, Độc lập - Tự do - Hạnh phúc, ĐẢNG CỘNG SẢN VIỆT NAM. */
gboolean kh_sign_is_motto (const char *text);

/* "Số: 71/KH-STP", "Số:   /KH-STP". */
gboolean kh_sign_is_number_line (const char *text);

/* "Hà Tĩnh, ngày 16 tháng 12 năm 2021", also with blanks. */
gboolean kh_sign_is_date_line (const char *text);

/* A line that is place and day and nothing more: "Hà Tĩnh, ngày 16 tháng 12 năm 2021". */
gboolean kh_sign_is_place_and_day (const char *text);

/* The type of document a line names alone or at its beginning, in capitals: "KẾ HOẠCH", "QUYẾT ĐỊNH". The bytes it takes, its
 * proper spelling in `name`; 0 when it names none. */
gsize kh_sign_type (const char *text, const char **name);

/* Căn cứ, Thực hiện, Xét đề nghị, Theo, … at the beginning of a paragraph that may be a base. */
gboolean kh_sign_is_base (const char *text);

/* "1. Căn cứ Luật … ngày 19/6/2015;": a base that is numbered, not a heading: it cites. The bytes of its number; 0 when it is none. */
gsize kh_sign_numbered_base (const char *text);

/* "Nơi nhận:" (also "Nơi gửi", "Gửi:"): the bytes of that heading, 0 when it is none. */
gsize kh_sign_recipients (const char *text);

/* TM., KT., TL., TUQ. at the beginning: acting for whom (Q., too, which is also an office). */
gboolean kh_sign_is_authority (const char *text);

/* GIÁM ĐỐC, PHÓ CHỦ TỊCH, CHÁNH VĂN PHÒNG, TRƯỞNG BAN … as a line of its own: office of a signer. */
gboolean kh_sign_is_office (const char *text);

/* What tells that it was signed, beside the name: "(Đã ký)", "(Ký tên, đóng dấu)"; by certificate "Ký bởi: …", "Ngày ký: …",
 * "Signature valid", "Digitally signed by …". */
gboolean kh_sign_is_signing (const char *text);

/* Two to six capitalised syllables without anything else: a person's name (a title such as BS., ThS. may go before). */
gboolean kh_sign_is_person (const char *text);

/* Marks that are stamped on a paper: of urgency and secrecy (HỎA TỐC, KHẨN, THƯỢNG KHẨN, MẬT, TỐI MẬT), DỰ THẢO. */
gboolean kh_sign_is_urgency (const char *text);

/* Begins a numbered heading of the first rank: "I.", "A.", "1.", "Phần I", "PHẦN THỨ NHẤT", "Chương I", "Điều 1.", "Mục 1". */
gboolean kh_sign_is_first_heading (const char *text);

#endif
