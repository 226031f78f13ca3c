"""Plans that never were, by seed: themes, bodies, numbers and dates put together anew. All wording is this project's own.

A plan is what `typeset.py` sets: a head, paragraphs with a style each, a table of tasks perhaps, and a foot.
"""
import csv
import glob
import json
import os
import random
import re

HERE = os.path.dirname(os.path.abspath(__file__))

# Theme: title, departments that write such plans (name, code), targets, tasks. {p} a share, {n} a number, {y} the year.
THEMES = [
    ("Cải cách hành chính", [("SỞ NỘI VỤ", "SNV")], [
        "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn đạt {p}% trở lên", "Tối thiểu {p}% hồ sơ được nộp trực tuyến",
        "Mức độ hài lòng của người dân, tổ chức đạt ít nhất {p}%", "Cắt giảm ít nhất {n} thủ tục không còn phù hợp"], [
        "Rà soát, công bố danh mục thủ tục hành chính thuộc lĩnh vực {f}", "Niêm yết bảng hướng dẫn làm hồ sơ về {f} tại nơi tiếp nhận",
        "Kiểm tra việc trả kết quả hồ sơ về {f} tại {n} đơn vị", "Lấy ý kiến người dân về cách phục vụ trong lĩnh vực {f}",
        "Viết lại mẫu đơn về {f} cho gọn, bỏ những mục đã có trong cơ sở dữ liệu", "Tập huấn {n} cán bộ tiếp nhận hồ sơ về {f}"]),
    ("Chuyển đổi số", [("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "STTTT")], [
        "Tỷ lệ văn bản điện tử có ký số đạt {p}%", "Ít nhất {p}% dịch vụ công đủ điều kiện được cung cấp toàn trình",
        "{p}% cán bộ, công chức được bồi dưỡng kỹ năng số", "Số hóa tối thiểu {n} nghìn trang hồ sơ lưu trữ"], [
        "Số hóa hồ sơ lưu trữ về {f} còn giá trị sử dụng", "Kết nối phần mềm quản lý {f} với kho dữ liệu dùng chung của tỉnh",
        "Thay {n} máy trạm đã dùng quá bảy năm tại bộ phận {f}", "Diễn tập xử lý sự cố mất an toàn thông tin của hệ thống {f}",
        "Mở {n} lớp hướng dẫn người dân dùng dịch vụ công về {f}", "Làm sạch dữ liệu về {f}, đối chiếu với bản giấy"]),
    ("Phát triển nông nghiệp và nông thôn", [("SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "SNNPTNT")], [
        "Tỷ lệ hộ dân nông thôn dùng nước sạch đạt {p}%", "Có thêm {n} xã đạt chuẩn nông thôn mới", "Tỷ lệ che phủ rừng giữ ở mức {p}%",
        "Trồng mới {n} ha cây phân tán"], [
        "Nạo vét kênh nội đồng phục vụ {f}, tổng chiều dài {n} km", "Kiểm đếm trạm bơm phục vụ {f} trước mùa mưa",
        "Hỗ trợ {n} hộ chuyển đổi giống cho {f}", "Dựng {n} mô hình trình diễn về {f}", "Tiêm phòng đợt {r} cho đàn vật nuôi, báo cáo kết quả về {f}",
        "Hướng dẫn ghi nhật ký sản xuất trong {f}"]),
    ("Nâng cao chất lượng khám, chữa bệnh", [("SỞ Y TẾ", "SYT")], [
        "Tỷ lệ dân số tham gia bảo hiểm y tế đạt {p}%", "Tỷ lệ trẻ dưới một tuổi tiêm đủ mũi vắc xin đạt trên {p}%",
        "{p}% trạm y tế xã có bác sĩ làm việc", "Giảm thời gian chờ khám còn dưới {n} phút"], [
        "Sắp xếp lại quầy đăng ký, bớt {n} bước trong {f}", "Mua bổ sung {n} bộ dụng cụ cho {f}", "Cử {n} bác sĩ học nâng cao về {f}",
        "Giám sát kê đơn tại các cơ sở có {f}", "Truyền thông tại thôn, bản về {f}", "Lập hồ sơ theo dõi sức khỏe người dân qua {f}"]),
    ("Bảo đảm trật tự an toàn giao thông", [("SỞ GIAO THÔNG VẬN TẢI", "SGTVT")], [
        "Giảm ít nhất {s}% số vụ tai nạn so với năm trước", "Xóa {n} điểm đen trên các tuyến tỉnh quản lý",
        "{p}% phương tiện kinh doanh có thiết bị giám sát", "Tỷ lệ hộ nghèo ven tuyến giảm còn {s}%"], [
        "Sơn lại vạch kẻ, thay {n} biển báo trên tuyến phục vụ {f}", "Tuần tra lưu động, xử lý vi phạm liên quan đến {f}",
        "Phát {n} mũ bảo hiểm, kèm tờ hướng dẫn về {f}", "Thẩm định an toàn nút giao gần nơi có {f}", "Họp rút kinh nghiệm quý {r} về {f}",
        "Kẻ gờ giảm tốc tại {n} nơi đông người qua lại do {f}"]),
    ("Phát triển giáo dục", [("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SGDĐT")], [
        "Tỷ lệ học sinh hoàn thành chương trình tiểu học đạt {p}%", "Huy động {p}% trẻ năm tuổi ra lớp", "Thêm {n} trường đạt chuẩn quốc gia",
        "{p}% trường học có thư viện đạt chuẩn"], [
        "Kiểm kê thiết bị dạy học phục vụ {f}", "Xây {n} phòng học thay phòng tạm, ưu tiên nơi có {f}", "Bồi dưỡng {n} giáo viên về {f}",
        "Tổ chức ngày hội đọc sách gắn với {f}", "Dự giờ, góp ý tiết dạy về {f} tại {n} trường", "Biên soạn tài liệu địa phương về {f}"]),
]
FIELDS = ["đất đai", "hộ tịch", "xây dựng", "môi trường", "lao động", "người có công", "đăng ký kinh doanh", "thủy lợi", "chăn nuôi", "cây ăn quả",
          "khám ngoại trú", "y tế dự phòng", "vận tải khách", "đường tỉnh", "giáo dục mầm non", "dạy nghề", "du lịch cộng đồng", "lưu trữ hồ sơ",
          "tiếp công dân", "văn hóa cơ sở", "thư viện", "phòng cháy, chữa cháy", "an toàn thực phẩm", "nuôi trồng thủy sản", "chợ đầu mối"]
BODIES = ["Văn phòng Sở", "Thanh tra Sở", "Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ", "Sở Tài chính", "Sở Nội vụ", "Sở Kế hoạch và Đầu tư",
          "Sở Tư pháp", "Sở Y tế", "Công an tỉnh", "Sở Xây dựng", "Sở Thông tin và Truyền thông", "UBND các huyện, thành phố", "Báo tỉnh",
          "Đài Phát thanh và Truyền hình tỉnh", "Bảo hiểm xã hội tỉnh", "Hội Nông dân tỉnh", "Tỉnh đoàn"]
PRODUCTS = ["Báo cáo", "Quyết định", "Danh sách", "Biên bản kiểm tra", "Kế hoạch chi tiết", "Phần mềm được nghiệm thu", "Tài liệu hướng dẫn", "Tờ trình"]
AIMS = ["Làm rõ việc, rõ người, rõ thời hạn trong lĩnh vực {f}; khắc phục tình trạng đùn đẩy giữa các đơn vị.",
        "Giữ nền nếp công việc về {f}, bớt giấy tờ trung gian, bớt họp.", "Các đơn vị bố trí người theo dõi {f} trong suốt năm {y}.",
        "Số liệu về {f} phải thống nhất giữa báo cáo giấy và phần mềm.", "Việc nào xong trong quý {r} thì nghiệm thu ngay trong quý đó.",
        "Mỗi đơn vị chọn {n} việc khó nhất về {f} để làm trước.", "Lồng ghép nhiệm vụ về {f} với các chương trình đang triển khai để tiết kiệm kinh phí."]
WORK = ["{u} chủ trì theo dõi, đôn đốc; định kỳ hằng quý tổng hợp tình hình về {f}.", "{u} cân đối nguồn chi cho nhiệm vụ về {f} trong dự toán năm {y}.",
        "{u} phối hợp cung cấp số liệu về {f} trước ngày {d} hằng tháng.", "{u} đưa tin, bài về kết quả triển khai {f}.",
        "Trong quá trình thực hiện nếu vướng mắc về {f}, các đơn vị phản ánh về {u} để xem xét."]
SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Lương Nông Triệu".split()
NAMES = "An Bình Chi Dũng Giang Hải Hạnh Hùng Khánh Lan Linh Long Mai Minh Nam Ngọc Phúc Quân Sơn Tâm Thảo Thắng Tuấn Vân Yên".split()
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


def provinces():
    """(name, name since July 2025) of the 63."""
    with open(os.path.join(HERE, "..", "..", "models", "provinces.tsv"), encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [(row["name"], row["today_name"]) for row in rows]


def sample_paragraphs():
    """Paragraphs of the samples' running text, with the sample's province and year."""
    found = []
    for path in sorted(glob.glob(os.path.join(HERE, "..", "*", "gold.json"))):
        with open(path, encoding="utf-8") as file:
            record = json.load(file)
        header = record["header"]
        found.append([(header["province"]["name"], int(header["date"][:4]), part["text"]) for section in record["sections"]
                      for part in section["paragraphs"] if part.get("text") and "./." not in part["text"] and section["role"] in ("objectives", "implementation", "funding")])
    return found


PROVINCES, SAMPLES = provinces(), sample_paragraphs()


class Plan:
    """One plan; `n_tasks` and `n_paragraphs` say how long it is."""

    def __init__(self, seed, n_tasks, n_paragraphs):
        self.rng = rng = random.Random(f"plan {seed}")
        self.theme, departments, self.target_texts, self.task_texts = rng.choice(THEMES)
        self.year = rng.randint(2016, 2025)
        month, day = (rng.randint(7, 12) if self.year == 2025 else rng.randint(1, 12)), rng.randint(1, 28)
        self.province = rng.choice(PROVINCES)[1 if self.year == 2025 else 0]
        self.place = "tỉnh" if self.province not in ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Hồ Chí Minh") else "thành phố"
        self.by_province = rng.random() < 0.4
        council = f"ỦY BAN NHÂN DÂN {self.place.upper()} {self.province.upper()}"
        name, code = rng.choice(departments)
        self.parent, self.issuer = (None, council) if self.by_province else (council.replace("ỦY BAN NHÂN DÂN", "UBND"), name)
        self.number = f'{rng.randint(3, 3999)}/KH-{"UBND" if self.by_province else code}'
        month_text = f"{month:02d}" if month < 3 else str(month)
        self.date = f"{self.province}, ngày {day:02d} tháng {month_text} năm {self.year}"
        self.title = f'{self.theme} {rng.choice(["trên địa bàn " + self.place, "lĩnh vực " + rng.choice(FIELDS), "ngành, địa phương"])} năm {self.year}'
        self.signer = f"{rng.choice(SURNAMES)} {rng.choice(NAMES)} {rng.choice(NAMES)}"
        self.authority = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] if self.by_province else ["GIÁM ĐỐC"]
        self.recipients = rng.sample(BODIES, 4) + ["Lưu: VT"]
        self.parts = []  # (style, text) or ("tasks", rows)
        self.write(n_tasks, n_paragraphs)

    def fill(self, text):
        rng = self.rng
        return text.format(p=rng.choice([60, 70, 75, 80, 85, 90, 95, 98, 100]), n=rng.randint(2, 90), s=rng.randint(2, 12), y=self.year,
                           f=rng.choice(FIELDS), u=rng.choice(BODIES), r=rng.choice(ROMAN[:4]), d=rng.randint(5, 28))

    def deadline(self):
        rng = self.rng
        return rng.choice([f"Quý {rng.choice(ROMAN[:4])}/{self.year}", f"Tháng {rng.randint(1, 12)}/{self.year}", "Thường xuyên", "Hằng quý",
                           f"Trước {rng.randint(1, 28):02d}/{rng.randint(3, 12):02d}/{self.year}", f"Năm {self.year}"])

    def borrowed(self, n):
        """Paragraphs of one sample, in this plan's province and years."""
        found = self.rng.choice(SAMPLES)
        return [self.at_home(*one) for one in self.rng.sample(found, min(n, len(found)))]

    def at_home(self, province, year, text):
        text = re.sub(r"\b20[12]\d\b", lambda match: str(int(match[0]) + self.year - year), text.replace(province, self.province))
        return re.sub(r"\b[1-9]\d(?=%)", lambda match: str(self.rng.randint(50, 99)), text)

    def task_row(self, number):
        rng = self.rng
        return [str(number), self.fill(rng.choice(self.task_texts)), rng.choice(BODIES), "; ".join(rng.sample(BODIES, rng.randint(1, 2))),
                self.deadline(), rng.choice(PRODUCTS)]

    def write(self, n_tasks, n_paragraphs):
        rng, add = self.rng, self.parts.append
        add(("body", f"Căn cứ Nghị quyết số {rng.randint(2, 99)}/NQ-HĐND ngày {rng.randint(1, 28):02d}/12/{self.year - 1} của Hội đồng nhân dân "
             f"{self.place} {self.province} về nhiệm vụ năm {self.year};"))
        add(("body", f"{self.issuer.capitalize() if not self.by_province else 'Ủy ban nhân dân ' + self.place} ban hành Kế hoạch "
             f"{self.title[0].lower() + self.title[1:]} như sau:"))
        add(("h1", "I. MỤC ĐÍCH, YÊU CẦU"))
        for text in rng.sample(AIMS, 3):
            add(("body", "- " + self.fill(text)))
        for text in self.borrowed(n_paragraphs):
            add(("body", "- " + text.lstrip("- ")))
        add(("h1", "II. CHỈ TIÊU"))
        for text in rng.sample(self.target_texts, 3):
            add(("body", "- " + self.fill(text) + "."))
        add(("h1", "III. NHIỆM VỤ"))
        if n_tasks:
            add(("tasks", [["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]]
                 + [self.task_row(i + 1) for i in range(n_tasks)]))
        else:
            for i, text in enumerate(rng.sample(self.task_texts, 4)):
                due = self.deadline()
                add(("body", f"{i + 1}. {self.fill(text)}; thời gian: {due[0].lower()}{due[1:]}."))
        add(("h1", "IV. TỔ CHỨC THỰC HIỆN"))
        for i, text in enumerate(rng.sample(WORK, 3)):
            add(("body", f"{i + 1}. {self.fill(text)}"))
        add(("body", f"Trên đây là Kế hoạch {self.title[0].lower() + self.title[1:]}./."))

    def text(self):
        """The plan as a plain text file."""
        lines = [self.parent or "", self.issuer, f"Số: {self.number}", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", self.date,
                 "", "KẾ HOẠCH", self.title, ""]
        for style, part in self.parts:
            lines += [" | ".join(row) for row in part] if style == "tasks" else [part]
        lines += ["", "Nơi nhận:"] + [f"- {body};" for body in self.recipients] + ["", *self.authority, "", self.signer]
        return "\n".join(lines).strip() + "\n"
