/* names.h - what a Vietnamese person's name looks like.
 *
 *     ThS. Nguyễn Thị Bích Liên     a title, a family name, what follows it
 *     Thượng tá Lò Văn Pản          a rank
 *     H' Yim Kđoh, Y Thanh Hà Niê   names of the highlands
 *
 * A stamp over a name leaves an engine half of it ("Bảo Trung" of Lê Quốc Bảo Trung) or something else in its place. The family
 * name tells: a few hundred of them, listed in names.c, name nearly everybody.
 */
#ifndef KH_PLAN_NAMES_H
#define KH_PLAN_NAMES_H

#include <glib.h>

/* How well a line that kh_sign_is_person() takes for a name holds as one. */
typedef enum kh_name_kind {
    KH_NAME_BROKEN,  /* begins with no family name, or holds what is no syllable */
    KH_NAME_RARE,    /* begins with a family name that is more often a given one (Hồng, Như, Kim) */
    KH_NAME_SOUND,
} kh_name_kind;

kh_name_kind kh_name_kind_of (const char *name);

/* The bytes of the titles and ranks the line begins with ("PGS.TS. ", "Đại tá "), spaces included; 0 when it begins with none. */
gsize kh_name_title (const char *text);

#endif
