/* layer.h - is a page's text layer worth reading, and what must be done to it first?
 *
 *   sound          it is Vietnamese: read it
 *   lost letters   its font map lost some: what is left is exact, the rest can be put back (repair.h), best with the image beside it
 *   unlikely       each word is sound, but not one after the other: its marks are wrong, or columns stand side by side in it
 *   worthless      marks or letters wrong all over (another program's OCR, question marks for letters): read the image instead
 */
#ifndef KH_VIET_LAYER_H
#define KH_VIET_LAYER_H

#include "viet/repair.h"

typedef enum kh_layer_verdict {
    KH_LAYER_SOUND,
    KH_LAYER_LOST_LETTERS,
    KH_LAYER_UNLIKELY,
    KH_LAYER_WORTHLESS,
} kh_layer_verdict;

/* Brings words of fonts in old encodings to Unicode, font by font, in place; page->encoding tells which it was. */
void kh_layer_decode (kh_page *page, kh_pool *pool);

/* The verdict on the page's words in normal form; a page with hardly a word is sound. */
kh_layer_verdict kh_layer_judge (kh_repairer *repairer, const kh_page *page);

/* Are the words of the text (of an unlikely layer, in the order a reader takes) likely one after the other? */
gboolean kh_layer_is_likely (kh_repairer *repairer, const char *text);

#endif
