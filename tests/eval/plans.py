#!/usr/bin/python3
"""plans.py [--plans N] [--seed S] [--tasks N] [--targets N] > records.ndjson

Records of plans that nobody wrote: yearly plans on administrative reform of provinces, newest year first, as `kehoach extract -f ndjson` would
write them; for tests and measurements of what reads many records. From 2026 on they are of the 34 provinces. Wording, numbers and bodies are
made here; the same seed gives the same bytes.
"""
import argparse
import hashlib
import json
import os
import random

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# topic, subject (variants), comparator, unit, value in 2019, step a year, scatter
AIMS = [
    ("online_filing_share", ["Tỷ lệ hồ sơ nộp trực tuyến trên tổng số hồ sơ", "Hồ sơ nộp trực tuyến"], ">=", "%", 25, 9, 12),
    ("on_time_share", ["Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn", "Hồ sơ trả đúng hẹn"], ">=", "%", 92, 1, 3),
    ("online_payment_share", ["Tỷ lệ giao dịch thanh toán trực tuyến", "Thanh toán trực tuyến phí, lệ phí"], ">=", "%", 10, 8, 12),
    ("digitised_results_share", ["Tỷ lệ số hóa hồ sơ, kết quả giải quyết", "Kết quả giải quyết được số hóa"], ">=", "%", 20, 10, 15),
    ("satisfaction_share", ["Mức độ hài lòng của người dân, tổ chức", "Tỷ lệ người dân hài lòng"], ">=", "%", 82, 1.5, 4),
    ("par_index", ["Xếp hạng Chỉ số cải cách hành chính của tỉnh"], "<=", "hạng", 34, -2, 12),
    ("waiting_time", ["Thời gian chờ đến lượt giao dịch của một người"], "<=", "phút", 35, -3, 6),
    ("staff_cut", ["Giảm biên chế công chức so với năm trước"], "-", "%", 2, 0, 1),
    ("training_share", ["Công chức một cửa được bồi dưỡng hằng năm"], ">=", "%", 70, 3, 10),
    ("inspections", ["Số cơ quan, đơn vị được kiểm tra cải cách hành chính"], ">=", "%", 25, 1, 8),
    ("electronic_documents_share", ["Văn bản điện tử được ký số, gửi qua mạng"], ">=", "%", 70, 4, 8),
    ("procedure_cut", ["Thời gian giải quyết hồ sơ được cắt giảm"], "-", "%", 10, 1, 6),
    ("initiatives", ["Số sáng kiến được công nhận, áp dụng"], ">=", "sáng kiến", 2, 0.3, 2),
    (None, ["Số xã có điểm hỗ trợ kê khai tại nhà văn hóa"], ">=", "xã", 5, 6, 8),
    (None, ["Hộ gia đình có địa chỉ số"], ">=", "%", 15, 10, 12),
]
TASKS = [
    ["Rà soát, cắt bớt giấy tờ trùng lặp trong thành phần hồ sơ", "Rà soát thành phần hồ sơ, bỏ giấy tờ trùng lặp"],
    ["Mở tổ hỗ trợ người dân nộp hồ sơ qua mạng tại bộ phận một cửa", "Bố trí tổ hỗ trợ nộp hồ sơ qua mạng tại bộ phận một cửa các xã"],
    ["Khảo sát mức độ hài lòng bằng phiếu điện tử sau khi trả kết quả", "Lấy phiếu điện tử khảo sát mức độ hài lòng của người dân"],
    ["Tập huấn kỹ năng số cho công chức tiếp nhận hồ sơ", "Mở lớp tập huấn kỹ năng số cho công chức cấp xã"],
    ["Kiểm tra đột xuất việc thực hiện giờ giấc, tác phong công vụ", "Kiểm tra giờ giấc và tác phong công vụ, không báo trước"],
    ["Công khai danh sách hồ sơ quá hẹn kèm thư xin lỗi trên trang thông tin", "Đăng danh sách hồ sơ quá hẹn và thư xin lỗi"],
    ["Nâng cấp phần mềm một cửa, kết nối kho dữ liệu dân cư", "Kết nối phần mềm một cửa với kho dữ liệu dân cư"],
    ["Số hóa sổ hộ tịch còn lưu bằng giấy", "Quét, nhập liệu sổ hộ tịch giấy giai đoạn trước"],
    ["Sắp xếp lại các ban quản lý dự án chuyên ngành", "Lập đề án sắp xếp ban quản lý dự án"],
    ["Xây dựng bản mô tả từng vị trí việc làm", "Hoàn chỉnh bản mô tả vị trí việc làm của từng phòng"],
    ["Giao quyền tự chủ thêm cho các bệnh viện công lập", "Lập phương án tự chủ cho bệnh viện công lập"],
    ["Trả lời phản ánh, kiến nghị qua đường dây nóng trong ba ngày", "Xử lý phản ánh, kiến nghị gửi qua đường dây nóng"],
    ["Phát động thi sáng kiến giảm giấy tờ trong cơ quan nhà nước", "Tổ chức cuộc thi sáng kiến giảm giấy tờ"],
    ["Lắp máy lấy số, màn hình chờ tại trung tâm phục vụ", "Trang bị máy lấy số và màn hình cho trung tâm phục vụ"],
    ["Dùng chữ ký số cho toàn bộ văn bản đi", "Cấp chữ ký số cho lãnh đạo các phòng"],
    ["Phát sóng chuyên mục hỏi đáp thủ tục trên đài truyền thanh", "Làm chuyên mục hỏi đáp thủ tục trên báo, đài"],
    ["Chấm điểm, công bố xếp hạng cải cách của các sở, huyện", "Công bố xếp hạng cải cách của các sở, huyện"],
    ["Bỏ bản sao chứng thực khi dữ liệu đã có trên hệ thống", "Thay bản sao chứng thực bằng dữ liệu trên hệ thống"],
    ["Luân chuyển công chức làm ở vị trí nhạy cảm", "Chuyển đổi vị trí công tác ở khâu nhạy cảm"],
    ["Thống nhất mẫu báo cáo tháng trên phần mềm dùng chung", "Gửi báo cáo tháng qua phần mềm dùng chung"],
    ["Bàn giao trụ sở dôi dư sau khi nhập đơn vị", "Lập danh mục trụ sở dôi dư cần bàn giao"],
    ["Thuê ngoài dịch vụ vận hành máy chủ", "Chuyển máy chủ sang dịch vụ thuê ngoài"],
    ["Bảo đảm dự phòng đường truyền cho ngày cao điểm", "Thuê đường truyền dự phòng"],
    ["Mời doanh nghiệp đối thoại hằng quý về thủ tục đất đai", "Đối thoại với doanh nghiệp về thủ tục đất đai"],
    ["Đưa bưu tá vào quy trình trả kết quả tận nhà", "Trả kết quả tận nhà qua bưu điện"],
    ["Kiểm kê văn bản hết hiệu lực của hội đồng các cấp", "Lập danh mục văn bản hết hiệu lực"],
    ["Thí điểm ca làm việc sáng thứ Bảy", "Mở cửa tiếp nhận hồ sơ sáng thứ Bảy"],
    ["Dịch hướng dẫn thủ tục ra tiếng dân tộc thiểu số", "In hướng dẫn thủ tục bằng tiếng dân tộc thiểu số"],
]
LEADS = ["Sở Nội vụ", "Sở Tư pháp", "Sở Thông tin và Truyền thông", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Tài chính", "Thanh tra tỉnh"]
TAILS = ["", "", " trên địa bàn", " theo phân cấp", ", báo cáo kết quả hằng quý"]


def provinces():
    """(code, name, kind, today's code, name, kind) of the 63."""
    with open(os.path.join(ROOT, "models", "provinces.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return rows[1:]


def places_of(year):
    """[(code, name, today's code, today's name)] when the plan for that year is issued, in December before it."""
    if year >= 2026:
        return sorted({(row[3], row[4], row[3], row[4]) for row in provinces()})
    return [(row[0], row[1], row[3], row[4]) for row in provinces()]


def task(number, theme, year, rng, said):
    lead = LEADS[theme % len(LEADS)] if rng.random() < 0.85 else rng.choice(LEADS)
    quarter = rng.randrange(1, 5)
    kind = rng.random()
    if kind < 0.55:
        ends = f"{year}-{['03-31', '06-30', '09-30', '12-31'][quarter - 1]}"
        deadline = {"text": f"Quý {['I', 'II', 'III', 'IV'][quarter - 1]}/{year}", "kind": "period", "start": f"{year}-{3 * quarter - 2:02}-01", "end": ends}
    elif kind < 0.85:
        deadline = {"text": "Thường xuyên", "kind": "recurring", "start": None, "end": None}
    else:
        deadline = None
    return {"id": f"t{number}", "origin": "table", "group": None, "number": str(number), "text": said, "lead": [lead], "lead_key": [lead],
            "coordinate": [], "coordinate_key": [], "product": ["Báo cáo kết quả"], "deadline": deadline, "budget": None, "notes": None,
            "other": {}, "section": "s1", "table": "tb1", "row": number}


def plan(place, year, n_tasks, n_targets, seed):
    code, name, today_code, today_name = place
    rng = random.Random(f"{seed}/{code}/{name}/{year}")
    habit = random.Random(f"{seed}/{code}/{name}")  # what a province likes to plan, and how well it does, from year to year
    likes = sorted(range(len(TASKS)), key=lambda theme: habit.random() + theme * 0.012)
    skill, words = habit.uniform(-1, 1), [habit.randrange(2) for _ in TASKS]
    tail = [habit.choice(TAILS) for _ in TASKS]
    tasks = []
    for theme in sorted(likes[:n_tasks - 2] + rng.sample(likes[n_tasks - 2:], min(2, len(likes) - n_tasks + 2))):
        tasks.append(task(len(tasks) + 1, theme, year, rng, TASKS[theme][words[theme]] + tail[theme] + ("" if rng.random() < 0.7 else f" năm {year}")))
    targets = []
    for topic, subjects, comparator, unit, start, step, scatter in sorted(habit.sample(AIMS, min(n_targets, len(AIMS))), key=AIMS.index):
        value = start + step * (year - 2019) + (skill if step >= 0 else -skill) * scatter + rng.uniform(-1, 1)
        value = max(1, round(value)) if unit != "%" or value < 98.5 else 100
        sign = {">=": "từ {} trở lên", "<=": "không quá {}", "-": "ít nhất {}", "=": "{}"}[comparator]
        subject = habit.choice(subjects)
        amount = f"{value}%" if unit == "%" else f"{value} {unit}"
        targets.append({"id": f"g{len(targets) + 1}", "text": f"{subject}: {sign.format(amount)}.", "subject": subject, "comparator": comparator,
                        "value": value, "unit": unit, "by": f"{year}-12-31", "baseline": None, "topic": topic, "section": "s1"})
    number = f"{100 + int(code) + year % 10}/KH-UBND"
    issuer = f"ỦY BAN NHÂN DÂN TỈNH {name.upper()}"
    places = {}
    for i in range(len(tasks)):
        places[f"/tasks/{i}"] = {"confidence": round(rng.uniform(0.7, 1), 3), "where": [{"page": 2 + i // 8, "bbox": [90, 100, 300, 112]}]}
    for i in range(len(targets)):
        places[f"/targets/{i}"] = {"confidence": round(rng.uniform(0.7, 1), 3), "where": [{"page": 1, "bbox": [90, 400, 300, 412]}]}
    date = f"{year - 1}-12-{rng.randrange(10, 31)}"
    page = {"width": 595, "height": 842, "rotation": 0, "origin": "text_layer", "dpi": None, "skew": None, "confidence": 1}
    return {
        "schema": "kehoach.plan/1",
        "generator": {"name": "kehoach", "version": "0.1.0", "models": {"ocr": None, "repair": None}},
        "source": {"file": f"kh-{code}-{year}.pdf", "sha256": hashlib.sha256(f"{code}/{name}/{year}".encode()).hexdigest(), "bytes": 100000 + year,
                   "media_type": "application/pdf", "page_count": 4, "pages": [dict(number=n, **page) for n in range(1, 5)]},
        "header": {"issuer": issuer, "issuer_key": f"Ủy ban nhân dân tỉnh {name}", "parent": None, "parent_key": None,
                   "province": {"code": code, "name": name, "today": {"code": today_code, "name": today_name}}, "number": number,
                   "place": name, "date": date, "type": "KẾ HOẠCH", "title": f"Cải cách hành chính tỉnh {name} năm {year}",
                   "period": {"start": f"{year}-01-01", "end": f"{year}-12-31"}},
        "bases": [],
        "sections": [{"id": "s1", "parent": None, "level": 1, "number": "I", "title": "NỘI DUNG", "role": "tasks", "paragraphs": []}],
        "tasks": tasks, "targets": targets, "responsibilities": [], "recipients": [], "recipients_key": [],
        "signature": {"authority": None, "position": "CHỦ TỊCH", "name": None}, "signatures": [],
        "tables": [{"id": "tb1", "pages": [2], "role": "tasks", "columns": [], "rows": []}],
        "repairs": [], "evidence": places, "review": [], "warnings": [],
    }


def plans(count, seed=1, n_tasks=20, n_targets=10):
    made, year = 0, 2026
    while made < count:
        for place in places_of(year):
            if made < count:
                yield plan(place, year, n_tasks, n_targets, seed)
                made += 1
        year -= 1


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--plans", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--tasks", type=int, default=20)
    options.add_argument("--targets", type=int, default=10)
    asked = options.parse_args()
    for record in plans(asked.plans, asked.seed, asked.tasks, asked.targets):
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
