/* list.js - the documents of the store: search, filters, and files dropped to be read.
 *
 * What is asked for stands in the address (#q=…&state=…), so that going back from a document finds the list as it was. */

import * as api from "./api.js";
import { button, el, id, isTyping, tell } from "./dom.js";
import { t, day, languageButton, percent, say } from "./texts.js";

const PAGE = 50;       /* documents shown at once */
const PAUSE = 180;     /* milliseconds after the last key until a search is sent */
const POLL = 700;      /* milliseconds between two looks at what is being read */
const STATES = ["new", "in_review", "done"];

const asked = { q: "", state: "", province: "", offset: 0 };
let answer = null;     /* the list as it came last */
let asking = 0;        /* number of the last question: earlier answers are late, and left */

/* ---- the list ---- */

function row(found) {
  const left = Math.max(0, found.doubts - found.checked);
  const title = found.title || t("list.untitled");
  const doubts = found.failed ? null : found.doubts === 0 ? el("span", { class: "good" }, "✓") : el("span", { class: left > 0 ? "count doubtful" : "count good" }, left > 0 ? `${left}/${found.doubts}` : "✓");
  return el("tr", { class: found.failed ? "failed" : null },
    el("td", {}, found.province ?? ""),
    el("td", { class: "issuer" }, found.issuer ?? ""),
    el("td", { class: "number" }, found.number ?? ""),
    el("td", { class: "day" }, day(found.date)),
    el("td", { class: "title" },
      found.failed ? el("span", {}, found.file) : el("a", { href: api.documentAddress(found.sha256) }, title), found.title && el("small", {}, found.file),
      found.failed && el("p", { class: "cause" }, t("list.failed", found.failed))),
    el("td", { class: "figure" }, found.failed ? "" : String(found.tasks)),
    el("td", { class: "figure", title: found.doubts > 0 ? t("list.doubts_left", left, found.doubts) : t("list.no_doubts") }, doubts),
    el("td", {}, found.failed ? "" : el("span", { class: `state ${found.state}` }, t(`state.${found.state}`))));
}

function draw() {
  const { documents, total, provinces } = answer;
  const heads = ["province", "issuer", "number", "date", "title", "tasks", "doubts", "state"];
  id("found").replaceChildren(documents.length === 0
    ? el("p", { class: "nothing" }, t(asked.q || asked.state || asked.province ? "list.none" : "list.empty"))
    : el("table", { class: "documents" },
      el("caption", { class: "hidden" }, t("list.caption")),
      el("thead", {}, el("tr", {}, heads.map((name) => el("th", { scope: "col", class: ["tasks", "doubts"].includes(name) ? "figure" : null }, t(`list.${name}`))))),
      el("tbody", {}, documents.map(row))));
  id("count").textContent = t("list.count", total);
  id("pages").hidden = total <= PAGE;
  id("range").textContent = t("list.range", asked.offset + 1, asked.offset + documents.length, total);
  id("previous").disabled = asked.offset === 0;
  id("next").disabled = asked.offset + PAGE >= total;
  options(id("state"), [["", t("list.all_states")], ...STATES.map((state) => [state, t(`state.${state}`)])], asked.state);
  options(id("province"), [["", t("list.all_provinces")], ...provinces.map((one) => [one.code, `${one.name} (${one.count})`])], asked.province);
}

function options(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
}

async function look() {
  const question = ++asking;
  const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== "" && value !== 0));
  history.replaceState(null, "", `#${new URLSearchParams(query)}`);
  try { sessionStorage.setItem("list", location.hash); } catch { /* the way back leads to the whole list, then */ }
  try {
    const found = await api.documents({ ...query, limit: PAGE });
    if (question !== asking) return;
    answer = found;
    draw();
  } catch (refusal) {
    tell(t("load_failed", refusal.status === 0 ? t("gone") : refusal.message), true);
  }
}

/* ---- asking ---- */

let waiting = 0;
id("query").addEventListener("input", (event) => {
  clearTimeout(waiting);
  if (event.isComposing) return; /* a letter is still being composed */
  waiting = setTimeout(() => change({ q: id("query").value.trim() }), PAUSE);
});
id("query").addEventListener("compositionend", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => change({ q: id("query").value.trim() }), PAUSE);
});

function change(what) {
  Object.assign(asked, { offset: 0 }, what);
  look();
}

id("state").addEventListener("change", (event) => change({ state: event.target.value }));
id("province").addEventListener("change", (event) => change({ province: event.target.value }));
for (const [name, step] of [["previous", -PAGE], ["next", PAGE]]) {
  id(name).addEventListener("click", () => {
    change({ offset: Math.max(0, asked.offset + step) });
    scrollTo(0, 0);
  });
}

/* "/" goes to the search; arrows go from title to title. */
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "/" && !isTyping(event)) {
    id("query").focus();
    event.preventDefault();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || (event.target !== id("query") && isTyping(event))) return;
  const titles = [...id("found").querySelectorAll("a")];
  const place = titles.indexOf(document.activeElement) + step;
  (place < 0 ? id("query") : titles[place])?.focus();
  event.preventDefault();
});

/* ---- files that are read ---- */

const sending = new Map(); /* name -> {share} or {failed} of files on their way to the server */
const hidden = new Set();  /* jobs that were put away */
let jobs = [], polling = false;

function jobLine({ name, text, share, bad, sha256, hide }) {
  return el("div", { class: bad ? "job failed" : "job" },
    el("span", { class: "name" }, name),
    share === null ? "" : el("progress", { max: "1", value: String(share), "aria-label": `${name}: ${text}` }),
    el("span", { class: "what" }, text),
    sha256 && el("a", { class: "button", href: api.documentAddress(sha256) }, t("job.open")),
    hide && button("×", hide, { "aria-label": `${t("job.hide")}: ${name}`, title: t("job.hide") }));
}

function drawJobs() {
  const lines = [...sending].map(([file, one]) => jobLine({
    name: file.name, bad: Boolean(one.failed), share: one.failed ? null : one.share,
    text: one.failed ? t("job.failed", one.failed) : `${t("job.sending")} ${percent(one.share)}`,
    hide: one.failed && (() => { sending.delete(file); drawJobs(); }),
  }));
  for (const job of jobs) {
    if (hidden.has(job.id)) continue;
    const over = job.state === "done" || job.state === "failed";
    const reading = job.pages > 0 ? t("job.reading", Math.min(job.pages, job.pages_done + 1), job.pages) : t("job.starting");
    lines.push(jobLine({
      name: job.name, bad: job.state === "failed", share: over ? null : job.pages > 0 ? job.pages_done / job.pages : 0,
      text: { waiting: t("job.waiting"), reading, done: t("job.done"), failed: t("job.failed", job.cause ?? "") }[job.state],
      sha256: job.state === "done" && job.sha256,
      hide: over && (() => { hidden.add(job.id); drawJobs(); }),
    }));
  }
  id("jobs").replaceChildren(...lines);
  id("jobs").hidden = lines.length === 0;
}

/* Looks until nothing is being read any more; each document that is ready appears in the list. */
async function follow() {
  if (polling) return;
  polling = true;
  for (let running = true; running;) {
    try {
      const before = new Map(jobs.map((job) => [job.id, job.state]));
      jobs = (await api.jobs()).jobs;
      running = jobs.some((job) => job.state === "waiting" || job.state === "reading");
      drawJobs();
      if (jobs.some((job) => job.state === "done" && before.get(job.id) !== "done")) look();
    } catch {
      running = false;
    }
    if (running) await new Promise((wake) => setTimeout(wake, POLL));
  }
  polling = false;
}

async function send(file) {
  const one = { share: 0 };
  sending.set(file, one);
  drawJobs();
  try {
    await api.upload(file, (share) => { one.share = share; drawJobs(); });
    sending.delete(file);
  } catch (refusal) {
    one.failed = refusal.status === 0 ? t("gone") : refusal.message;
  }
  drawJobs();
  follow();
}

id("read").addEventListener("click", () => id("file").click());
id("file").addEventListener("change", () => {
  [...id("file").files].forEach(send);
  id("file").value = "";
});

let above = 0; /* elements that the dragged file is over */
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
function showDrop(step) {
  above = Math.max(0, above + step);
  id("drop").hidden = above === 0;
}
document.addEventListener("dragenter", (event) => hasFiles(event) && showDrop(1));
document.addEventListener("dragleave", (event) => hasFiles(event) && showDrop(-1));
document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  showDrop(-above);
  [...event.dataTransfer.files].forEach(send);
});

/* ---- beginning ---- */

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  if (name in asked) asked[name] = name === "offset" ? Number(value) || 0 : value;
}
id("query").value = asked.q;
say();
document.title = t("app");
languageButton(id("language"), () => {
  document.title = t("app");
  if (answer) draw();
  drawJobs();
});
look();
follow();
api.about().then((about) => { id("store").textContent = about.store ?? ""; }, () => {});
/* Coming back from a document, by the browser's own button: what was corrected shows. */
addEventListener("pageshow", (event) => { if (event.persisted) look(); });
