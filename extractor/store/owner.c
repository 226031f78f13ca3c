/* owner.c - "host:pid:start". The host is its name and the number of its process namespace: two containers with one name have
 * different processes of the same number. The start is the time the kernel noted for the process, so that a number that is given
 * away again is not taken for the old one. */
#include "store/owner.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The 22nd field of /proc/PID/stat: ticks since the machine started. NULL: no such process, or only what is left of it until its parent
 * looks. The second, the program's name in brackets, may hold anything. */
static char *
start_of (const char *pid)
{
    g_autofree char *path = g_strdup_printf ("/proc/%s/stat", pid), *stat = NULL;
    if (!g_file_get_contents (path, &stat, NULL, NULL))
        return NULL;
    const char *rest = strrchr (stat, ')');
    if (rest == NULL)
        return NULL;
    g_auto (GStrv) fields = g_strsplit (rest, " ", -1); /* [0] is ")", the second field's end */
    return g_strv_length (fields) > 20 && strcmp (fields[1], "Z") != 0 ? g_strdup (fields[20]) : NULL;
}

char *
kh_store_this_owner (void)
{
    char host[256] = "localhost", space[64] = "";
    gethostname (host, sizeof host - 1);
    g_strdelimit (host, ":", '-');
    gssize length = readlink ("/proc/self/ns/pid", space, sizeof space - 1);
    space[MAX (length, 0)] = '\0';
    const char *number = strpbrk (space, "0123456789");
    g_autofree char *pid = g_strdup_printf ("%d", (int)getpid ()), *start = start_of (pid);
    return g_strdup_printf ("%s%s%.*s:%s:%s", host, number != NULL ? "." : "",
                            number != NULL ? (int)strspn (number, "0123456789") : 0, number != NULL ? number : "", pid,
                            start != NULL ? start : "0");
}

gboolean
kh_owner_is_dead (const char *owner, const char *self)
{
    g_auto (GStrv) its = g_strsplit (owner, ":", -1), own = g_strsplit (self, ":", -1);
    if (g_strv_length (its) != 3 || g_strv_length (own) != 3 || strcmp (its[0], own[0]) != 0 ||
        strspn (its[1], "0123456789") == 0 || its[1][strspn (its[1], "0123456789")] != '\0')
        return FALSE;
    g_autofree char *start = start_of (its[1]);
    if (start == NULL)
        return !g_file_test ("/proc/self/stat", G_FILE_TEST_EXISTS) ? FALSE : TRUE;
    return strcmp (start, its[2]) != 0;
}
