# postgresql.sh - for shell tests that want a PostgreSQL server of their own; sourced after lib.sh.
#
#   postgresql_start        starts one below $work: unix socket only, nothing kept. FALSE, with $postgresql_cause, when none can be started.
#                           Then $postgresql_url is the address of its empty database, and `postgresql_sql SQL...` runs statements in it
#   postgresql_stop         (also done when the test ends)
#
# A server refuses to run as root: then it runs as `postgres`, else `nobody`.

postgresql_cause='' postgresql_url=''

postgresql_as () {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    else
        setpriv --reuid "$postgresql_user" --regid "$(id -g "$postgresql_user")" --clear-groups "$@"
    fi
}

postgresql_start () {
    postgresql_bin=
    for folder in /usr/lib/postgresql/*/bin; do [ -x "$folder/initdb" ] && postgresql_bin=$folder; done
    [ -n "$postgresql_bin" ] || { postgresql_cause='no PostgreSQL server is installed'; return 1; }
    postgresql_user=nobody
    id -u postgres >/dev/null 2>&1 && postgresql_user=postgres
    postgresql_home=$(mktemp -d "${TMPDIR:-/tmp}/kehoach-pg.XXXXXX") || return 1 # a socket's path is short
    chmod 755 "$postgresql_home"
    [ "$(id -u)" -ne 0 ] || chown "$postgresql_user" "$postgresql_home"
    trap 'postgresql_stop; rm -rf "$work"' EXIT
    if ! (cd / && postgresql_as "$postgresql_bin/initdb" -D "$postgresql_home/data" -A trust -U kehoach --no-sync -E UTF8 --locale=C.UTF-8) \
        >"$work/initdb.log" 2>&1; then
        postgresql_cause="initdb: $(tail -n 1 "$work/initdb.log")"
        return 1
    fi
    (cd / && postgresql_as "$postgresql_bin/pg_ctl" -D "$postgresql_home/data" -w -t 60 -l "$postgresql_home/log" \
        -o "-k $postgresql_home -c listen_addresses='' -c fsync=off -c unix_socket_permissions=0777 -c max_connections=60" start) \
        >"$work/pg_ctl.log" 2>&1 || { postgresql_cause="the server did not start: $(tail -n 1 "$postgresql_home/log")"; return 1; }
    postgresql_url="postgresql://kehoach@/postgres?host=$postgresql_home"
}

postgresql_sql () { for statement in "$@"; do "$postgresql_bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$postgresql_url" -c "$statement" || return 1; done; }

postgresql_stop () {
    [ -n "${postgresql_home:-}" ] || return 0
    [ ! -f "$postgresql_home/data/postmaster.pid" ] ||
        (cd / && postgresql_as "$postgresql_bin/pg_ctl" -D "$postgresql_home/data" -m immediate stop) >/dev/null 2>&1
    rm -rf "$postgresql_home"
    postgresql_home=
}
