#!/bin/sh
# What the program writes is a record: samples and a text of our own, held against the schema by the program and by an independent
# implementation (python3-jsonschema), which must also agree on damaged copies (check.py).
. "$(dirname "$0")/../lib.sh"

mkdir "$work/own"
cat >"$work/own/plan.txt" <<'TEXT'
UBND TỈNH HÀ GIANG
SỞ THỬ NGHIỆM
Số: 12/KH-STN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Giang, ngày 05 tháng 02 năm 2024
KẾ HOẠCH
Trồng cây xanh năm 2024
Căn cứ Quyết định số 3/QĐ-UBND ngày 02/01/2024 của UBND tỉnh về trồng cây;
Sở Thử nghiệm ban hành kế hoạch như sau:
I. MỤC TIÊU
- Tối thiểu 90% cơ quan trồng cây trước ngày 30/6/2024.
II. NHIỆM VỤ
1. Giao Văn phòng Sở chủ trì mua cây giống, hoàn thành trước ngày 31/3/2024.
III. TỔ CHỨC THỰC HIỆN
Văn phòng Sở theo dõi, báo cáo Giám đốc Sở.
Nơi nhận:
- Các phòng thuộc Sở;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn Mẫu
TEXT
set --
for input in samples/*/digital.pdf "$work/own/plan.txt"; do
    name=$(basename "$(dirname "$input")")-$(basename "$input")
    runs "extract $name" "$program" extract --quiet --ocr never -o "$work/$name.json" "$input"
    set -- "$@" "$work/$name.json"
done
"$program" extract --quiet --ocr never --format ndjson -o "$work/own.ndjson" "$work/own/plan.txt"
"$python" tests/schema/check.py --program "$program" "$@" "$work/own.ndjson" || failed=1
finish
