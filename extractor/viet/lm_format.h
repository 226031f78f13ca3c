/* lm_format.h - the language model's file, as it lies in memory.
 *
 *   header | strings | cases | spelling | level 1 | level 2 | level 3 | level 4        each part padded to KH_LM_ALIGN bytes
 *
 * strings: the vocabulary's forms, each ended by a zero byte, in order of their ids; the classes of token.h first.
 * cases: 4 bytes a word: -ln p / KH_LM_STEP of being printed small and with a capital inside a sentence, after a word without capital;
 * the same after one with.
 * spelling: a byte for each three letters (numbers of letters.h): -ln p of the third after the first two / KH_LM_STEP; 0 is the edge of a word.
 * A level is a layer of a trie, read forward (first word at the root). Of a level:
 *
 *   children_end  uint32 for each node of the level above: where its children end (they begin where those
 *                 of the node before it end); not for level 1, whose nodes are the vocabulary
 *   word          uint16 each, ascending among the children of one node; not for level 1
 *   log_p         uint8 each: -ln p / KH_LM_STEP
 *   back_off      uint8 each: -ln weight / KH_LM_STEP; not for the last level
 *
 * Little-endian.
 */
#ifndef KH_VIET_LM_FORMAT_H
#define KH_VIET_LM_FORMAT_H

#include <glib.h>

#define KH_LM_MAGIC 0x324d4c4bu /* "KLM2" */
#define KH_LM_ALIGN 16
#define KH_LM_STEP (1.0 / 14)   /* nats; 255 steps reach e^-18 */
#define KH_LM_MAX_ORDER 4

typedef struct kh_lm_header {
    guint32 magic, order, n_words, string_bytes;
    guint32 n_nodes[KH_LM_MAX_ORDER + 1]; /* by level; [0] unused */
    guint32 reserved[3];
} kh_lm_header;

#endif
