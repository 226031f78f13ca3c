/* texts.js - what the page says, in Vietnamese and English, and how numbers and days are written.
 *
 * In HTML: data-text="key" sets an element's text, data-label="key" its aria-label and title, data-hint="key" its placeholder. */

const TEXTS = {
  // key: [Vietnamese, English]
  "app": ["Kế hoạch – soát lại", "Plans – review"],
  "language": ["English", "Tiếng Việt"],
  "skip": ["Đến nội dung", "Skip to content"],

  "list.search": ["Tìm trong các kế hoạch (không cần gõ dấu)", "Search the plans (marks not needed)"],
  "list.state": ["Trạng thái", "State"],
  "list.province": ["Tỉnh", "Province"],
  "list.all_states": ["Mọi trạng thái", "Any state"],
  "list.all_provinces": ["Mọi tỉnh", "Any province"],
  "list.read_file": ["Đọc tệp…", "Read a file…"],
  "list.drop": ["Thả tệp PDF hoặc ảnh vào đây để đọc", "Drop a PDF or an image here to read it"],
  "list.drop_hint": ["Có thể kéo thả tệp PDF vào trang này.", "You can drop a PDF onto this page."],
  "list.count": ["{0} văn bản", "{0} documents"],
  "list.range": ["{0}–{1} trong {2}", "{0}–{1} of {2}"],
  "list.none": ["Không có văn bản nào khớp.", "No document matches."],
  "list.empty": ["Kho chưa có văn bản nào. Hãy kéo thả một tệp PDF vào trang này.", "The store is empty. Drop a PDF onto this page."],
  "list.previous": ["Trang trước", "Previous"],
  "list.next": ["Trang sau", "Next"],
  "list.caption": ["Các kế hoạch trong kho", "Plans in the store"],
  "list.issuer": ["Cơ quan ban hành", "Issuing body"],
  "list.number": ["Số, ký hiệu", "Number"],
  "list.date": ["Ngày", "Date"],
  "list.title": ["Trích yếu", "Title"],
  "list.tasks": ["Nhiệm vụ", "Tasks"],
  "list.doubts": ["Cần xem", "To check"],
  "list.doubts_left": ["còn {0} trong {1} chỗ cần xem", "{0} of {1} places left to check"],
  "list.no_doubts": ["không có chỗ cần xem", "nothing to check"],
  "list.untitled": ["(không có trích yếu)", "(no title)"],
  "list.failed": ["Không đọc được: {0}", "Could not be read: {0}"],
  "jobs": ["Đang đọc", "Being read"],
  "job.sending": ["đang gửi", "sending"],
  "job.waiting": ["đang chờ", "waiting"],
  "job.reading": ["đang đọc trang {0} trên {1}", "reading page {0} of {1}"],
  "job.starting": ["đang mở tệp", "opening the file"],
  "job.done": ["đã đọc xong", "read"],
  "job.failed": ["không đọc được: {0}", "could not be read: {0}"],
  "job.open": ["Mở", "Open"],
  "job.hide": ["Bỏ khỏi danh sách này", "Remove from this list"],

  "state.new": ["Mới", "New"],
  "state.in_review": ["Đang soát", "In review"],
  "state.done": ["Đã xong", "Done"],

  "back": ["Danh sách", "List"],
  "back.long": ["Về danh sách văn bản", "Back to the list"],
  "undo": ["Hoàn tác", "Undo"],
  "undo.long": ["Hoàn tác thay đổi cuối (Ctrl+Z)", "Undo the last change (Ctrl+Z)"],
  "undone": ["Đã hoàn tác.", "Undone."],
  "changed_elsewhere": ["Thẻ khác vừa sửa văn bản này; hãy xem lại rồi hoàn tác.", "Another tab has changed this document; look, then undo again."],
  "nothing_to_undo": ["Không còn gì để hoàn tác.", "Nothing to undo."],
  "print": ["In", "Print"],
  "print.long": ["In bản ghi", "Print the record"],
  "keys": ["Phím tắt", "Keys"],
  "keys.long": ["Danh sách phím tắt (?)", "Keyboard shortcuts (?)"],
  "close": ["Đóng", "Close"],
  "download": ["Tải bản ghi dạng {0}", "Download the record as {0}"],
  "splitter": ["Chia chỗ giữa trang và bản ghi (phím mũi tên)", "Room of page and record (arrow keys)"],

  "page": ["Trang quét", "Scanned page"],
  "page.of": ["Trang {0} trên {1}", "Page {0} of {1}"],
  "page.picture": ["Ảnh trang {0}; bấm vào chữ để chọn giá trị đã đọc ở đó", "Picture of page {0}; click text to select the value read there"],
  "page.previous": ["Trang trước (Page Up)", "Previous page (Page Up)"],
  "page.next": ["Trang sau (Page Down)", "Next page (Page Down)"],
  "page.in": ["Phóng to (+)", "Zoom in (+)"],
  "page.out": ["Thu nhỏ (-)", "Zoom out (-)"],
  "page.fit": ["Vừa khung (0)", "Fit the width (0)"],
  "page.rotate": ["Xoay (R)", "Rotate (R)"],
  "page.boxes": ["Hiện khung của mọi giá trị (B)", "Show the boxes of all values (B)"],
  "page.no_picture": ["Không có ảnh của trang này.", "There is no picture of this page."],
  "page.no_pages": ["Văn bản này không có trang để xem.", "This document has no pages to show."],
  "page.nothing": ["Không có giá trị nào đọc ở chỗ này.", "No value was read there."],

  "tab.doubts": ["Cần xem", "To check"],
  "tab.header": ["Phần đầu", "Header"],
  "tab.tasks": ["Nhiệm vụ", "Tasks"],
  "tab.targets": ["Chỉ tiêu", "Targets"],
  "tab.sections": ["Các mục", "Sections"],
  "tabs": ["Các phần của bản ghi", "Parts of the record"],

  "doubt.none": ["Không có chỗ nào cần xem.", "There is nothing to check."],
  "doubt.left": ["Còn {0} trong {1} chỗ cần xem", "{0} of {1} places left to check"],
  "doubt.all_seen": ["Đã xem hết các chỗ nghi ngờ.", "All doubtful places have been seen."],
  "doubt.finish": ["Đánh dấu văn bản đã xong", "Mark the document as done"],
  "doubt.accept": ["Đúng", "Right"],
  "doubt.edit": ["Sửa", "Edit"],
  "doubt.next": ["Để sau", "Later"],
  "doubt.list": ["Chỗ cần xem, đáng ngờ nhất trước", "Places to check, worst first"],
  "doubt.accepted": ["đã xem", "seen"],
  "doubt.corrected": ["đã sửa", "corrected"],
  "doubt.nothing_there": ["(để trống)", "(empty)"],
  "doubt.moved": ["Đã ghi nhận: đúng.", "Accepted."],
  "conflict.title": ["Máy đọc lại khác lần trước", "The program reads this differently now"],
  "conflict.story": ["Khi sửa, máy đọc: {0}. Nay máy đọc: {1}. Đã sửa thành: {2}.", "When it was corrected, the program had read: {0}. Now it reads: {1}. It was corrected to: {2}."],
  "conflict.lost": ["Máy đã đọc {0}, đã sửa thành {1}; nay không tìm thấy chỗ này trong văn bản nữa.", "The program had read {0}, corrected to {1}; this place is not found any more."],
  "conflict.drop": ["Bỏ bản sửa này", "Drop this correction"],
  "conflict.mine": ["Giữ bản đã sửa", "Keep the correction"],
  "conflict.read": ["Lấy bản mới đọc", "Take the new reading"],

  "value.empty": ["trống", "empty"],
  "value.doubtful": ["cần xem", "to check"],
  "value.corrected": ["đã sửa", "corrected"],
  "value.confidence": ["Độ tin cậy {0}", "Confidence {0}"],
  "value.page": ["trang {0}", "page {0}"],
  "value.no_place": ["Không đọc từ trang nào.", "Not read from a page."],
  "value.under": ["nằm dưới {0}", "under the {0}"],
  "mark.stamp": ["dấu", "stamp"],
  "mark.signature": ["chữ ký", "signature"],
  "value.repair": ["Đã đọc “{0}”, máy sửa thành “{1}”: {2}; chắc {3}.", "Read “{0}”, mended to “{1}”: {2}; {3} sure."],
  "value.read": ["Máy đọc: {0}", "The program read: {0}"],
  "value.by": ["{0} sửa lúc {1}", "corrected by {0}, {1}"],
  "value.link": ["Chép liên kết", "Copy link"],
  "value.link_long": ["Chép liên kết đến giá trị này, để gửi người cùng máy", "Copy a link to this value, for a colleague on this machine"],
  "value.link_done": ["Đã chép liên kết.", "Link copied."],
  "value.chosen": ["Giá trị đang chọn", "The chosen value"],
  "value.choose": ["Chọn một giá trị để xem nó được đọc từ đâu.", "Choose a value to see where it was read."],
  "value.edit": ["Sửa", "Edit"],
  "value.restore": ["Lấy lại bản máy đọc", "Back to what was read"],

  "repair.encoding": ["bảng mã cũ", "legacy encoding"],
  "repair.combining": ["dấu rời", "loose marks"],
  "repair.lost_letter": ["mất chữ", "lost letter"],
  "repair.ocr": ["nhận dạng nhầm", "misread"],
  "repair.diacritic": ["dấu thanh, dấu mũ", "diacritics"],
  "repair.spacing": ["khoảng trắng", "spacing"],
  "repair.ditto": ["dấu “như trên”", "ditto marks"],

  "edit.help": ["Enter: ghi · Esc: bỏ · Tab: ghi, sang ô sau", "Enter: save · Esc: cancel · Tab: save, next"],
  "edit.list_help": ["Mỗi dòng một đơn vị (Shift+Enter xuống dòng) · Enter: ghi · Esc: bỏ", "One unit a line (Shift+Enter) · Enter: save · Esc: cancel"],
  "edit.split_help": ["Ctrl+Enter: tách dòng tại con trỏ · Enter: ghi · Esc: bỏ", "Ctrl+Enter: split the row at the caret · Enter: save · Esc: cancel"],
  "edit.date_help": ["Ngày/tháng/năm, tháng/năm hoặc năm · Enter: ghi · Esc: bỏ", "day/month/year, month/year or year · Enter: save · Esc: cancel"],
  "edit.deadline_help": ["Gõ như in (Quý II/2025, trước 30/6/2025…) hoặc chọn ngày · Enter: ghi", "Type it as printed (Quý II/2025, trước 30/6/2025…) or pick a day · Enter: save"],
  "edit.pick_day": ["Chọn ngày", "Pick a day"],
  "edit.deadline_empty": ["Để trống: không có thời hạn.", "Empty: no deadline."],
  "edit.deadline_unknown": ["Không hiểu là ngày nào: sẽ ghi như lời văn, không có ngày.", "No date is understood: it will be kept as words, without a date."],
  "edit.bad_date": ["Không phải là ngày: {0}", "Not a date: {0}"],
  "edit.bad_number": ["Không phải là số: {0}", "Not a number: {0}"],
  "edit.wanted": ["Ô này không được để trống.", "This must not be empty."],

  "deadline.date": ["hạn {0}", "by {0}"],
  "deadline.period": ["từ {0} đến {1}", "{0} to {1}"],
  "deadline.recurring": ["định kỳ", "recurring"],
  "deadline.conditional": ["theo điều kiện, không có ngày", "conditional, no date"],

  "saving": ["Đang ghi…", "Saving…"],
  "saved": ["Đã ghi.", "Saved."],
  "missing": ["Đã ghi. Còn thiếu: {0}", "Saved. Still missing: {0}"],
  "server_gone": ["Chưa ghi được: chương trình không trả lời. Giữ trang này mở; sẽ thử lại.", "Not saved: the program does not answer. Keep this page open; it will be tried again."],
  "refused": ["Không ghi được: {0}", "Not saved: {0}"],
  "load_failed": ["Không mở được: {0}", "Cannot open: {0}"],
  "gone": ["chương trình không trả lời; hãy chạy lại kehoach review", "the program does not answer; start kehoach review again"],
  "clash.title": ["Thẻ khác đã sửa chỗ này", "Another tab has changed this"],
  "clash.story": ["{0} đã ghi lúc {1}:", "{0} saved at {1}:"],
  "clash.yours": ["Bản của bạn, chưa ghi:", "Yours, not saved:"],
  "clash.theirs": ["Giữ bản kia", "Keep theirs"],
  "clash.mine": ["Ghi bản của tôi", "Save mine"],

  "row.tools": ["Việc với dòng đang chọn", "Work on the chosen row"],
  "row.add": ["Thêm dòng", "Add row"],
  "row.add_long": ["Thêm một dòng bị sót, sau dòng đang chọn (Insert)", "Add a missed row below (Insert)"],
  "row.split": ["Tách", "Split"],
  "row.split_long": ["Tách dòng làm hai tại con trỏ (S)", "Split the row at the caret (S)"],
  "row.join": ["Nối", "Join"],
  "row.join_long": ["Nối với dòng sau (J)", "Join with the next row (J)"],
  "row.remove_tasks": ["Không phải nhiệm vụ", "No task"],
  "row.remove_targets": ["Không phải chỉ tiêu", "No target"],
  "row.remove_long": ["Đánh dấu dòng này không phải, hoặc lấy lại (Delete)", "Mark the row as none, or restore it (Delete)"],
  "row.move": ["Chủ trì ⇄ phối hợp", "Lead ⇄ coordinate"],
  "row.move_long": ["Chuyển đơn vị giữa chủ trì và phối hợp (M)", "Move the unit between lead and coordinate (M)"],
  "row.all_columns": ["Đủ cột", "All columns"],
  "row.restore": ["Lấy lại", "Restore"],
  "row.done_add": ["Đã thêm dòng.", "Row added."],
  "row.done_remove": ["Đã đánh dấu; Delete lần nữa để lấy lại.", "Marked; Delete again takes the mark away."],
  "row.done_split": ["Đã tách dòng.", "Row split."],
  "row.done_join": ["Đã nối dòng.", "Rows joined."],
  "row.done_restore": ["Đã lấy lại dòng.", "Row restored."],
  "row.made": ["Dòng do người soát thêm, tách hoặc nối", "A row that a person added, split or joined"],
  "row.no_unit": ["Hãy chọn một đơn vị chủ trì hoặc phối hợp.", "Choose a lead or coordinating unit first."],
  "grid.tasks": ["Bảng nhiệm vụ", "Tasks"],
  "grid.targets": ["Bảng chỉ tiêu", "Targets"],
  "grid.none_tasks": ["Chưa có nhiệm vụ nào.", "There are no tasks."],
  "grid.none_targets": ["Chưa có chỉ tiêu nào.", "There are no targets."],

  "part.header": ["Phần đầu văn bản", "Header"],
  "part.bases": ["Căn cứ", "Legal bases"],
  "part.responsibilities": ["Trách nhiệm", "Responsibilities"],
  "part.recipients": ["Nơi nhận", "Recipients"],
  "part.signature": ["Người ký", "Signed by"],
  "part.warnings": ["Cảnh báo khi đọc", "Warnings of the reading"],
  "part.table": ["Bảng {0}", "Table {0}"],

  "field.parent": ["Cơ quan chủ quản", "Parent body"],
  "field.issuer": ["Cơ quan ban hành", "Issuing body"],
  "field.number": ["Số, ký hiệu", "Number"],
  "field.place": ["Địa danh", "Place"],
  "field.date": ["Ngày ban hành", "Date of issue"],
  "field.type": ["Loại văn bản", "Type"],
  "field.title": ["Trích yếu", "Title"],
  "field.province": ["Tỉnh (khi ban hành)", "Province (then)"],
  "field.today": ["Tỉnh hiện nay", "Province today"],
  "field.start": ["Thời kỳ từ", "Period from"],
  "field.end": ["Thời kỳ đến", "Period to"],
  "field.authority": ["Quyền hạn", "Authority"],
  "field.position": ["Chức vụ", "Position"],
  "field.name": ["Họ tên", "Name"],
  "field.row_number": ["TT", "No."],
  "field.group": ["Nhóm", "Group"],
  "field.text": ["Nội dung", "Text"],
  "field.lead": ["Chủ trì", "Lead"],
  "field.coordinate": ["Phối hợp", "Coordinate"],
  "field.product": ["Sản phẩm", "Product"],
  "field.deadline": ["Thời hạn", "Deadline"],
  "field.budget": ["Kinh phí", "Budget"],
  "field.notes": ["Ghi chú", "Notes"],
  "field.subject": ["Đối tượng", "Subject"],
  "field.comparator": ["So sánh", "Comparison"],
  "field.value": ["Giá trị", "Value"],
  "field.unit": ["Đơn vị", "Unit"],
  "field.by": ["Đến ngày", "By"],
  "field.baseline": ["Mốc so sánh", "Baseline"],
  "name.tasks": ["Nhiệm vụ {0}", "Task {0}"],
  "name.targets": ["Chỉ tiêu {0}", "Target {0}"],
  "name.sections": ["Mục {0}", "Section {0}"],
  "name.paragraphs": ["đoạn {0}", "paragraph {0}"],
  "name.bases": ["Căn cứ {0}", "Basis {0}"],
  "name.responsibilities": ["Trách nhiệm {0}", "Responsibility {0}"],
  "name.recipients": ["Nơi nhận {0}", "Recipient {0}"],
  "name.references": ["viện dẫn {0}", "reference {0}"],
  "name.tables": ["Bảng {0}", "Table {0}"],
  "name.rows": ["dòng {0}", "row {0}"],
  "name.signatures": ["Người ký {0}", "Signature {0}"],
  "name.signature": ["Người ký", "Signature"],

  "key.enter": ["Chỗ cần xem: đúng. Ô khác: sửa", "A doubtful place: right. Elsewhere: edit"],
  "key.e": ["Sửa", "Edit"],
  "key.n": ["Chỗ cần xem sau / trước (Shift)", "Next / previous (Shift) place to check"],
  "key.undo": ["Hoàn tác", "Undo"],
  "key.arrows": ["Sang ô khác", "Move between cells"],
  "key.tabs": ["Cần xem, phần đầu, nhiệm vụ, chỉ tiêu, các mục", "To check, header, tasks, targets, sections"],
  "key.rows": ["Thêm dòng · tách · nối · không phải nhiệm vụ", "Add row · split · join · no task"],
  "key.move": ["Chuyển đơn vị giữa chủ trì và phối hợp", "Move a unit between lead and coordinate"],
  "key.page": ["Trang trước, trang sau", "Previous, next page"],
  "key.zoom": ["Phóng to, thu nhỏ, vừa khung", "Zoom in, out, fit"],
  "key.rotate": ["Xoay trang · hiện mọi khung", "Rotate the page · show all boxes"],
  "key.help": ["Danh sách này", "This list"],
};

/* The reasons of `review`, in English; in Vietnamese the record says them. */
const REASONS = {
  unreadable: "Cannot be read; type it from the paper",
  not_found: "Not found in the document",
  handwritten: "Handwritten; compare and type it anew",
  blank_or_handwritten: "Left blank, or handwritten",
  inferred: "Inferred from elsewhere, not clearly read",
  low_confidence: "Letters are not certain; compare with the scan",
  figures_unsure: "Figures or signs are not certain; compare with the scan",
  strange_word: "A strange word, perhaps misread",
  repaired: "Letters were mended; see whether that is what the author meant",
  under_mark: "Under a stamp or a signature",
  unlike_column: "Unlike the other cells of its column",
  unlike_others: "Numbered unlike other places of the document",
  layout_unsure: "The table lacks ruling lines; cells may be shifted",
  row_number_gap: "Row numbers jump or repeat",
  section_number_gap: "Section numbers jump or repeat",
  unit_unlike_others: "A unit's name close to another, and met only once",
  deadline_not_understood: "The deadline is not understood",
  deadline_outside_period: "The deadline lies outside the plan's period",
  deadline_ends_before_start: "The deadline ends before it starts",
  date_impossible: "A day that is in no calendar",
  date_unlikely: "The date of issue is far from the plan's period",
  date_after_plan: "The document cited was issued after this plan",
  year_differs: "The year in the number is not that of issue",
  appendix_missing: "Names an appendix that is not in the file",
  targets_contradict: "Two targets contradict each other",
};

const remembered = (() => {
  try { return localStorage.getItem("language"); } catch { return null; }
})();
let column = remembered === "en" ? 1 : 0;

/* A text in the language chosen; {0}, {1} … are replaced. */
export function t(key, ...values) {
  const text = TEXTS[key]?.[column] ?? key;
  return text.replace(/\{(\d)\}/g, (whole, i) => values[i] ?? whole);
}

export const has = (key) => key in TEXTS;
export const language = () => (column === 1 ? "en" : "vi");
export const reason = (entry) => (column === 1 && REASONS[entry.reason]) || entry.message || REASONS[entry.reason] || entry.reason;

/* Sets the texts of what stands in HTML. */
export function say(within = document) {
  document.documentElement.lang = language();
  const other = document.getElementById("language"); /* it is named in the language it leads to */
  if (other) other.lang = column === 1 ? "vi" : "en";
  for (const element of within.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of within.querySelectorAll("[data-hint]")) element.placeholder = t(element.dataset.hint);
  for (const element of within.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
    element.title = t(element.dataset.label);
  }
}

/* The button that changes the language; `redraw` is called afterwards. */
export function languageButton(button, redraw) {
  button.addEventListener("click", () => {
    column = 1 - column;
    try { localStorage.setItem("language", language()); } catch { /* not remembered, then */ }
    say();
    redraw();
  });
}

/* ---- days, numbers ---- */

/* 2025-06-30, 2025-06, 2025 as they are written here: 30/06/2025, 06/2025, 2025. */
export const day = (iso) => (iso ? iso.split("-").reverse().join("/") : "");

/* The other way; null for an empty text, undefined for what is no day of the calendar. */
export function isoDay(text) {
  const given = text.trim();
  if (given === "") return null;
  const iso = given.match(/^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$/);
  const local = given.match(/^(?:(?:(\d\d?)[/.-])?(\d\d?)[/.-])?(\d{4})$/);
  if (!iso && !local) return undefined;
  const [year, month, date] = iso ? [iso[1], iso[2], iso[3]] : [local[3], local[2], local[1]];
  if (month && (month < 1 || month > 12)) return undefined;
  if (date && (date < 1 || date > new Date(Number(year), Number(month), 0).getDate())) return undefined;
  return [year, month?.padStart(2, "0"), date?.padStart(2, "0")].filter(Boolean).join("-");
}

/* 98,5 and 1.200 as they are written here, and back; NaN for what is no number. */
export const number = (value) => (value === null || value === undefined ? "" : String(value).replace(".", ","));
export function isNumber(text) {
  const given = text.trim().replace(/\s/g, "");
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(given)) return Number(given.replaceAll(".", "").replace(",", "."));
  return /^-?\d+([.,]\d+)?$/.test(given) ? Number(given.replace(",", ".")) : NaN;
}

export const percent = (share) => `${Math.round(share * 100)} %`;
export const moment = (seconds) => new Date(seconds * 1000).toLocaleString(column === 1 ? "en-GB" : "vi-VN", { dateStyle: "short", timeStyle: "short" });

/* A deadline in a line: what is understood of it. */
export function deadlineMeaning(deadline) {
  if (!deadline) return t("edit.deadline_empty");
  const { kind, start, end } = deadline;
  const days = start && end ? t("deadline.period", day(start), day(end)) : start || end ? t("deadline.date", day(end ?? start)) : "";
  const sort = kind === "recurring" || (kind === "conditional" && !days) ? t(`deadline.${kind}`) : "";
  return [sort, days].filter(Boolean).join(", ");
}
