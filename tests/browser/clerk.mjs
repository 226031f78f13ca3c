/* clerk.mjs - what a clerk does, in a real browser, with the keyboard where it can be done so.
 *
 * Environment: PROGRAM, MODULES (node modules), STORE (a store with samples/ruled-portrait/scan-a.pdf and a plan whose title is a script),
 * OTHER (a scan that is not in the store). */

import { readFileSync } from "node:fs";
import { equal, failed, faults, findings, launch, newContext, serve, status, test, that } from "./browser.mjs";

const { STORE, OTHER } = process.env;
const browser = await launch();
let server = await serve(STORE);
let context = await newContext(browser);
let page = await context.newPage();
let plan = ""; /* the sha256 of the scan */

const panel = (pointer) => page.locator(`#panel .value[data-pointer="${pointer}"]`).first();
const focused = () => page.evaluate(() => document.activeElement.dataset?.pointer ?? document.activeElement.id);
const record = async () => (await page.request.get(`${server.address}api/documents/${plan}`)).json();
const at = (value, pointer) => pointer.split("/").slice(1).reduce((within, step) => within?.[step], value);
const saved = () => page.waitForFunction(() => /Đã ghi|Saved/.test(document.getElementById("message").textContent));

/* Opens the scan; `at` a value when one is given. */
async function open(pointer = "", tab = page) {
  await tab.goto("about:blank");
  await tab.goto(`${server.address}d/${plan}${pointer && `#${pointer}`}`);
  await tab.waitForSelector("#panel .value");
  if (pointer) await tab.waitForSelector(`#panel .value.chosen`);
}

/* Edits the value in focus by keyboard. */
async function type(text) {
  await page.waitForSelector(".editor textarea");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

/* ---- the list ---- */

await test("the list shows the documents of the store", async () => {
  const begun = performance.now();
  await page.goto(server.address);
  await page.waitForSelector(".documents tbody tr");
  console.log(`# first page shown after ${Math.round(performance.now() - begun)} ms`);
  equal(await page.locator(".documents tbody tr").count(), 2, "documents");
  plan = (await page.locator(".documents a", { hasText: "Đào tạo, bồi dưỡng" }).getAttribute("href")).split("/").pop();
});

await test("a title that is a script is text", async () => {
  equal(await page.locator(".documents a", { hasText: "<script>" }).count(), 1, "titles");
  await page.locator(".documents a", { hasText: "<script>" }).click();
  await page.waitForSelector("#panel *");
  that((await page.locator("#title").textContent()).includes("<script>"), "the title is not shown");
  equal(await page.evaluate(() => globalThis.struck), undefined, "the script ran");
});

await test("the search wants no marks, and finds by composed letters", async () => {
  await page.goto(server.address);
  await page.locator("#query").fill("dao tao boi duong");
  await page.waitForFunction(() => document.querySelectorAll(".documents tbody tr").length === 1);
  await page.locator("#query").fill("không có ở đâu cả");
  await page.waitForSelector(".found .nothing");
  await page.locator("#query").fill("");
  await page.waitForFunction(() => document.querySelectorAll(".documents tbody tr").length === 2);
});

/* ---- page and record ---- */

await test("the doubtful values come first, the worst in focus and boxed on its page", async () => {
  await page.locator(".documents a", { hasText: "Đào tạo" }).click();
  await page.waitForSelector(".doubt.current");
  const { record: read } = await record();
  equal(await focused(), read.review[0].pointer, "focus");
  await page.waitForSelector(".box.chosen");
  await page.waitForFunction(() => document.querySelector("#page-sheet img")?.naturalWidth > 0);
});

await test("the box of a value shows at once when it has the focus", async () => {
  await open("/tasks/2/text");
  await page.waitForFunction(() => document.querySelector("#page-sheet img")?.naturalWidth > 0);
  const [middle, slowest] = await page.evaluate(async () => {
    const all = [];
    for (const stop of document.querySelectorAll("#panel tr:not(.group) .value:not(.empty)")) {
      const begun = performance.now();
      stop.focus();
      document.querySelector(".box.chosen")?.getBoundingClientRect();
      all.push(performance.now() - begun);
    }
    all.sort((a, b) => a - b);
    return [all[Math.floor(all.length / 2)], all.at(-1)];
  });
  console.log(`# from focus to box: ${middle.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`);
  await page.evaluate(() => document.querySelector('[data-pointer="/tasks/2/text"]').focus());
  const inside = await page.evaluate(() => {
    const box = document.querySelector(".box.chosen").getBoundingClientRect(), frame = document.getElementById("page-frame").getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;
  });
  that(inside, "the box is not scrolled to");
});

await test("a click on the page chooses the value read there, also when it is turned and zoomed", async () => {
  await open("/tasks/2/lead/0");
  for (const keys of [[], ["r"], ["r", "+"], ["r", "0"]]) {
    await page.evaluate(() => document.querySelector('[data-pointer="/tasks/2/lead/0"]').focus());
    for (const key of keys) await page.keyboard.press(key);
    await page.locator(".box.chosen").first().scrollIntoViewIfNeeded();
    const { x, y, width, height } = await page.locator(".box.chosen").first().boundingBox();
    await page.evaluate(() => document.querySelector('[data-pointer="/tasks/2/text"]').focus({ preventScroll: true }));
    await page.evaluate(() => document.activeElement.blur());
    const now = await page.evaluate(() => document.querySelector(".box.chosen") !== null);
    that(now, "no box");
    await page.evaluate(([left, top]) => {
      const sheet = document.getElementById("page-sheet");
      sheet.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: left, clientY: top }));
    }, [x + width / 2, y + height / 2]);
    equal(await focused(), "/tasks/2/lead/0", `focus after ${keys.join(" ") || "no turn"}`);
  }
});

await test("a link leads to its value", async () => {
  await open("/targets/1/value");
  equal(await focused(), "/targets/1/value", "focus");
  equal(await page.locator("#tab-targets").getAttribute("aria-selected"), "true", "the tab of targets");
});

await test("what was repaired tells what was read, and why", async () => {
  const { record: read } = await record();
  const repaired = read.review.find((one) => one.reason === "repaired");
  await open(repaired.pointer);
  const told = await page.locator("#card").textContent();
  that(told.includes("Đã đọc “"), `the card says: ${told}`);
});

/* ---- correcting ---- */

const corrected = {};

await test("five doubtful values are corrected, and one accepted, by keyboard alone", async () => {
  await open();
  const { record: read } = await record();
  that(read.review.length >= 6, `${read.review.length} doubts`);
  for (let i = 0; i < 5; i++) {
    await page.waitForSelector(".doubt.current:not(.settled)");
    const pointer = await focused();
    await page.keyboard.press("e");
    const text = pointer.endsWith("/deadline") ? "Trước ngày 15/6/2022" : `Chữ đã sửa, chỗ thứ ${i + 1}.`;
    await type(text);
    await page.keyboard.press("Enter");
    await page.waitForFunction((before) => document.activeElement.dataset.pointer && document.activeElement.dataset.pointer !== before, pointer);
    await saved();
    corrected[pointer] = text;
  }
  equal(Object.keys(corrected).length, 5, "different values");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "finish");
  const now = await record();
  for (const [pointer, text] of Object.entries(corrected)) {
    const value = at(now.record, pointer);
    equal(value.text ?? value, text, pointer);
  }
  equal(now.state, "in_review", "state");
});

await test("N goes on, Shift+N back, and undo takes back an acceptance, then a correction", async () => {
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelectorAll(".doubt:not(.settled)").length === 1);
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelectorAll(".doubt:not(.settled)").length === 2);
  const [first, second] = await page.locator(".doubt:not(.settled) .value").evaluateAll((all) => all.map((one) => one.dataset.pointer));
  await page.locator(`.value[data-pointer="${first}"]`).focus();
  await page.keyboard.press("n");
  equal(await focused(), second, "after N");
  await page.keyboard.press("Shift+N");
  equal(await focused(), first, "after Shift+N");
  const lost = Object.keys(corrected).pop();
  const now = await record();
  that(!now.changes.some((one) => one.pointer === lost), "the correction is still there");
  await page.locator(`.value[data-pointer="${lost}"]`).focus();
  await page.keyboard.press("e");
  await type(corrected[lost]);
  await page.keyboard.press("Enter");
  await saved();
});

await test("letters that are composed save nothing and are no shortcut", async () => {
  await open("/tasks/3/text");
  await page.keyboard.press("e");
  await page.waitForSelector(".editor textarea");
  const before = (await record()).revision;
  await page.keyboard.press("Control+A");
  const keys = await context.newCDPSession(page);
  await keys.send("Input.imeSetComposition", { text: "Bồi dưỡn", selectionStart: 8, selectionEnd: 8 });
  await keys.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 });
  await page.evaluate(() => document.querySelector(".editor textarea").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true })));
  await page.evaluate(() => document.querySelector(".editor textarea").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true })));
  await page.waitForTimeout(150);
  equal((await record()).revision, before, "revision while composing");
  equal(await page.locator(".editor textarea").count(), 1, "editors");
  await keys.send("Input.imeSetComposition", { text: "Bồi dưỡng", selectionStart: 9, selectionEnd: 9 });
  await keys.send("Input.insertText", { text: "Bồi dưỡng" });
  await page.keyboard.insertText(" nghiệp vụ");
  await page.keyboard.press("Enter");
  await saved();
  equal((await record()).record.tasks[3].text, "Bồi dưỡng nghiệp vụ", "text");
  equal(await focused(), "/tasks/3/text", "focus");
});

/* ---- the grid ---- */

await test("arrows walk the table, Tab saves and goes on", async () => {
  await open("/tasks/3/number");
  await page.keyboard.press("ArrowRight");
  equal(await focused(), "/tasks/3/text", "right");
  await page.keyboard.press("ArrowDown");
  equal(await focused(), "/tasks/4/text", "down");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("F2");
  await type("Bồi dưỡng nghiệp vụ tổ chức; bồi dưỡng nghiệp vụ nhà nước");
  await page.keyboard.press("Tab");
  await saved();
  equal(await focused(), "/tasks/3/lead/0", "after Tab");
});

await test("a unit moves from lead to coordinate", async () => {
  const before = (await record()).record.tasks[3];
  await open("/tasks/3/lead/1");
  await page.keyboard.press("m");
  await saved();
  const after = (await record()).record.tasks[3];
  equal(after.lead, [before.lead[0]], "lead");
  equal(after.coordinate, [...before.coordinate, before.lead[1]], "coordinate");
  equal(await focused(), `/tasks/3/coordinate/${before.coordinate.length}`, "focus");
});

await test("units of a cell are parted by lines", async () => {
  await open("/tasks/4/lead/0");
  await page.keyboard.press("Enter");
  await type("Phòng Công chức");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.insertText("Phòng Viên chức");
  await page.keyboard.press("Enter");
  await saved();
  equal((await record()).record.tasks[4].lead, ["Phòng Công chức", "Phòng Viên chức"], "lead");
});

await test("a deadline is understood as it is typed", async () => {
  await open("/tasks/5/deadline");
  await page.keyboard.press("Enter");
  await type("Trước ngày 30/6/2022");
  await page.waitForFunction(() => document.querySelector(".editor .meaning").textContent.includes("30/06/2022"));
  await page.keyboard.press("Enter");
  await saved();
  const { deadline } = (await record()).record.tasks[5];
  equal([deadline.text, deadline.end], ["Trước ngày 30/6/2022", "2022-06-30"], "deadline");
});

await test("a row is split at the caret, and joined again", async () => {
  await open("/tasks/3/text");
  const count = (await record()).record.tasks.length;
  await page.keyboard.press("s");
  await page.waitForSelector(".editor textarea");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => document.getElementById("message").textContent === "Đã tách dòng.");
  let now = await record();
  equal(now.record.tasks.length, count + 1, "rows");
  equal([now.record.tasks[3].text, now.record.tasks[4].text], ["Bồi dưỡng nghiệp vụ tổ chức;", "bồi dưỡng nghiệp vụ nhà nước"], "texts");
  await open("/tasks/3/text");
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.getElementById("message").textContent === "Đã nối dòng.");
  now = await record();
  equal(now.record.tasks[3].text, "Bồi dưỡng nghiệp vụ tổ chức; bồi dưỡng nghiệp vụ nhà nước", "text");
});

await test("a row is marked as no task, and restored", async () => {
  await open("/tasks/1/text");
  await page.keyboard.press("Delete");
  await page.waitForSelector(".grid tr.removed");
  await open("/tasks/1/text");
  equal(await page.locator(".grid tr.removed").count(), 1, "rows marked");
  await page.keyboard.press("Delete");
  await page.waitForFunction(() => document.querySelectorAll(".grid tr.removed").length === 0);
});

let added = "";
await test("a missed row is added", async () => {
  await open("/tasks/6/text");
  await page.keyboard.press("Insert");
  await type("Việc bị sót khi đọc");
  await page.keyboard.press("Enter");
  await saved();
  added = await focused();
  equal(at((await record()).record, added), "Việc bị sót khi đọc", added);
});

/* ---- nothing is lost ---- */

await test("what is being typed is kept when the tab is closed", async () => {
  await open("/header/place");
  await page.keyboard.press("e");
  await type("Thành phố Hòa Bình");
  await page.close();
  page = await context.newPage();
  await page.waitForTimeout(300);
  equal((await record()).record.header.place, "Thành phố Hòa Bình", "place");
});

await test("killed and started again, everything is there", async () => {
  const before = await record();
  await open("/header/number");
  await server.kill();
  await page.keyboard.press("e");
  await type("999/KH-SNV");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#alarm:not([hidden])"); /* not kept, and told so */
  await page.close();
  server = await serve(STORE);
  page = await context.newPage();
  const after = await record();
  equal(after.record, before.record, "record");
  equal(after.revision, before.revision, "revision");
  for (const [pointer, text] of Object.entries(corrected)) equal(at(after.record, pointer).text ?? at(after.record, pointer), text, pointer);
  await open(added);
  equal(await panel(added).textContent(), "Việc bị sót khi đọc", "the added row");
});

/* ---- two tabs ---- */

await test("two tabs that edit the same value: a person decides", async () => {
  const other = await context.newPage();
  await open("/header/title");
  await open("/header/title", other);
  await page.bringToFront();
  await page.keyboard.press("e");
  await type("Trích yếu của thẻ thứ nhất");
  await other.bringToFront();
  await other.keyboard.press("e");
  await other.waitForSelector(".editor textarea");
  await other.keyboard.press("Control+A");
  await other.keyboard.insertText("Trích yếu của thẻ thứ hai");
  await other.keyboard.press("Enter");
  await other.waitForFunction(() => document.getElementById("message").textContent.startsWith("Đã ghi"));
  await page.bringToFront();
  await page.locator(".editor textarea").press("Enter");
  await page.waitForSelector("dialog[open]");
  that((await page.locator("dialog").textContent()).includes("Trích yếu của thẻ thứ hai"), "what the other saved is not told");
  await page.locator("dialog button", { hasText: "Ghi bản của tôi" }).click();
  await saved();
  equal((await record()).record.header.title, "Trích yếu của thẻ thứ nhất", "title");
  await other.waitForFunction(() => document.querySelector('[data-pointer="/header/title"]').textContent === "Trích yếu của thẻ thứ nhất");
  await other.close();
});

await test("a newer reading that differs from what was corrected is asked about", async () => {
  const path = `**/api/documents/${plan}`;
  const posted = [];
  await page.route(path, async (route) => {
    const told = await (await route.fetch()).json();
    told.conflicts = [
      { pointer: "/header/number", was_read: "214/KH-SNV", read_now: "241/KH-SNV", value: "214/KH-SNV.", lost: false, revision: 1 },
      { pointer: "/text", was_read: "Việc cũ", read_now: null, value: "Việc mới", lost: true, revision: 2 },
    ];
    await route.fulfill({ json: told });
  });
  await page.route(`${path}/changes`, async (route) => {
    posted.push(...route.request().postDataJSON().changes);
    await route.fulfill({ json: { revision: 1000, missing: [] } });
  });
  await open();
  await page.keyboard.press("1");
  equal(await page.locator(".doubt.conflict").count(), 2, "conflicts");
  that((await page.locator(".doubt.conflict").first().textContent()).includes("241/KH-SNV"), "what is read now is not told");
  await page.locator(".doubt.conflict button", { hasText: "Giữ bản đã sửa" }).click();
  await page.waitForTimeout(300);
  equal(posted, [{ pointer: "/header/number", value: "214/KH-SNV." }], "what is sent");
  await page.unroute(path);
  await page.unroute(`${path}/changes`);
});

/* ---- out ---- */

await test("the record leaves corrected, and goes to paper whole", async () => {
  await open();
  for (const format of ["json", "csv", "xlsx"]) {
    const address = await page.locator("#exports a", { hasText: format.toUpperCase() }).getAttribute("href");
    const answer = await page.request.get(address);
    equal(answer.status(), 200, format);
    if (format === "json") equal((await answer.json()).header.title, "Trích yếu của thẻ thứ nhất", "title");
  }
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const paper = await page.locator("#paper").innerText();
  that(paper.includes("Việc bị sót khi đọc") && paper.includes("Trích yếu của thẻ thứ nhất"), "the paper lacks what was corrected");
  equal(await page.locator("#panel").isVisible(), false, "the page's own parts");
  await page.emulateMedia({ media: "screen" });
});

/* ---- in ---- */

await test("a scan that is dropped is read, and appears in the list", async () => {
  await page.goto(server.address);
  await page.waitForSelector(".documents tbody tr");
  const dropped = await page.evaluateHandle((base64) => {
    const carried = new DataTransfer();
    carried.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], "Kế hoạch mới.pdf", { type: "application/pdf" }));
    return carried;
  }, readFileSync(OTHER).toString("base64"));
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  equal(await page.locator("#drop").isVisible(), true, "the place to drop");
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  equal(await page.locator("#drop").isVisible(), false, "the place to drop, afterwards");
  await page.waitForSelector(".job progress", { timeout: 10000 });
  await page.waitForSelector(".job a", { timeout: 120000 });
  await page.waitForFunction(() => document.querySelectorAll(".documents tbody tr").length === 3);
  await page.locator(".job a").click();
  await page.waitForSelector("#panel .value");
});

/* ---- for everyone ---- */

await test("English by choice, and kept", async () => {
  await open();
  await page.locator("#language").click();
  equal(await page.locator("#tab-tasks").evaluate((tab) => tab.firstChild.textContent), "Tasks", "tab");
  equal(await page.evaluate(() => document.documentElement.lang), "en", "lang");
  await page.reload();
  await page.waitForSelector("#panel .value");
  equal(await page.locator("#tab-tasks").evaluate((tab) => tab.firstChild.textContent), "Tasks", "tab after reload");
  await page.locator("#language").click();
});

for (const scheme of ["light", "dark"]) {
  const views = await newContext(browser, { colorScheme: scheme });
  const view = await views.newPage();
  for (const [name, show] of [
    ["list", () => view.goto(server.address).then(() => view.waitForSelector(".documents tr"))],
    ["doubts", () => open("", view).then(() => view.keyboard.press("1"))],
    ["document", () => open("/tasks/3/lead/0", view)],
    ["editor", () => open("/tasks/3/deadline", view).then(() => view.keyboard.press("e")).then(() => view.waitForSelector(".editor"))],
  ]) {
    await test(`axe-core finds nothing serious: ${name}, ${scheme}`, async () => {
      await show();
      equal(await findings(view), [], "findings");
    });
  }
  await views.close();
}

await test("at 1366x768 nothing overflows the window", async () => {
  await open("/tasks/3/text");
  const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight, document.querySelector(".bar").scrollWidth - innerWidth]);
  that(over.every((pixels) => pixels <= 0), `over by ${over.join(", ")} pixels`);
});

/* ---- safe ---- */

await test("another Host, a foreign Origin, a wrong token are refused", async () => {
  const { port, token } = server;
  const json = { "Content-Type": "application/json" };
  equal(await status(port, `/${token}/`), 200, "the list");
  equal(await status(port, `/${token}/`, { Host: "example.org" }), 403, "another Host");
  equal(await status(port, `/${token}/api/deadline`, { ...json, Origin: "http://example.org" }, "POST", '{"text":"2025"}'), 403, "a foreign Origin");
  equal(await status(port, `/${"0".repeat(token.length)}/`), 404, "a wrong token");
  equal(await status(port, "/"), 404, "no token");
});

await test("no script failed and the policy forbade nothing", async () => equal(faults, [], "faults"));

await browser.close();
await server.kill();
process.exit(failed ? 1 : 0);
