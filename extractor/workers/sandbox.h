/* sandbox.h - a process shuts itself in.
 *
 * Afterwards, for the rest of its life, this process
 *   - makes no network connection, starts no program, no process and no thread;
 *   - opens files for reading only; with Landlock (Linux 5.13 and later, where the kernel has it switched on) only
 *     below the given folders and what the C library and the fonts need. Without Landlock the rights of the user
 *     remain the bound of what can be read; seccomp still leaves no way for it to go anywhere but the parent;
 *   - has at most `memory_bytes` of address space, writes no file, dumps no core.
 *
 * A forbidden call fails with an error where libraries may meet it in good faith (a lookup through a socket, a
 * cache that would like to be written) and ends the process where only an intruder makes it (exec, ptrace).
 */
#ifndef KH_WORKERS_SANDBOX_H
#define KH_WORKERS_SANDBOX_H

#include <glib.h>

/* Closes the sandbox. `readable` is NULL-ended; what does not exist is passed over. FALSE with KH_ERROR_MODEL when the system
 * does not offer seccomp: then nothing of a stranger should be read. KEHOACH_NO_SANDBOX=1 in the environment leaves out
 * seccomp and Landlock (for a debugger, and for systems that have neither). */
gboolean kh_sandbox_close (guint64 memory_bytes, const char *const *readable, GError **error);

/* Lets the address space grow by the bytes of a document that is about to be mapped (in place of the one before). */
void kh_sandbox_make_room (guint64 file_bytes);

/* Is Landlock there? 0: no, else its version. */
int kh_sandbox_landlock_version (void);

#endif
