#!/bin/sh
# The clerk's page in a real browser: tests/browser/clerk.mjs, with Debian's Chromium driven by playwright-core, looked at by axe-core.
# Both come from npm, once, into build/browser. Environment: CHROMIUM the browser, MODULES a folder with node_modules.
. "$(dirname "$0")/../lib.sh"
playwright=1.65.1 axe=4.14.1
export CHROMIUM="${CHROMIUM:-/usr/bin/chromium}" MODULES="${MODULES:-$PWD/build/browser}"

give_up () { skip "the clerk's page in a browser" "$1"; finish; }

[ -x "$CHROMIUM" ] || give_up "no chromium"
command -v node >/dev/null || give_up "no node"
if [ ! -d "$MODULES/node_modules/playwright-core" ] || [ ! -d "$MODULES/node_modules/axe-core" ]; then
    mkdir -p "$MODULES"
    npm install --prefix "$MODULES" --no-audit --no-fund "playwright-core@$playwright" "axe-core@$axe" >"$work/npm" 2>&1 </dev/null ||
        give_up "npm cannot install playwright-core and axe-core"
fi

mkdir "$work/plans"
cp samples/ruled-portrait/scan-a.pdf "$work/plans/"
cat >"$work/plans/script.txt" <<'PLAN'
ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH
Số: 77/KH-UBND
Hòa Bình, ngày 03 tháng 5 năm 2022

KẾ HOẠCH
<script>struck = 1</script> Trồng cây ven đường năm 2022

I. MỤC ĐÍCH
Trồng cây ven các đường mới mở.
II. NHIỆM VỤ
1. Sở Giao thông vận tải trồng <img src=x onerror="struck=1"> 200 cây, xong trước ngày 30/9/2022.
PLAN
runs "an archive of two plans is read" "$program" batch -q --jobs 2 --store "sqlite:$work/office.db" "$work/plans"
[ "$failed" -eq 0 ] || finish
PROGRAM=$program STORE="sqlite:$work/office.db" OTHER=samples/prose-only/scan-b.pdf node tests/browser/clerk.mjs || failed=1
finish
