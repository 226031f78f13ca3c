/* sort.h - orders for g_array_sort() and qsort(). */
#ifndef KH_BASE_SORT_H
#define KH_BASE_SORT_H

/* Ascending doubles. */
int kh_compare_doubles (const void *a, const void *b);

#endif
