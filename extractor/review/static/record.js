/* record.js - where values stand in a record, what they are called, how they are written, where they were read. No page here.
 *
 * A place is a JSON Pointer: /tasks/3/lead/0. Some places are parts of a value that is edited whole (`whole`): the units of a cell, the
 * days of a deadline. */

import { t, has, day, number } from "./texts.js";

export const LISTS = ["lead", "coordinate", "product"];
export const COMPARATORS = [">=", "<=", "=", "+", "-"];
const SIGNS = { ">=": "≥", "<=": "≤", "=": "=", "+": "+", "-": "−" };

const unescape = (step) => step.replaceAll("~1", "/").replaceAll("~0", "~");
const stepsOf = (pointer) => pointer.split("/").slice(1).map(unescape);
export const at = (record, pointer) => stepsOf(pointer).reduce((value, step) => value?.[step], record);

export function put(record, pointer, value) {
  const steps = stepsOf(pointer);
  const last = steps.pop();
  const holder = steps.reduce((within, step) => within?.[step], record);
  if (holder) holder[last] = value;
}

/* Is `pointer` at or below `place`? */
export const isWithin = (pointer, place) => pointer === place || pointer.startsWith(`${place}/`);

/* ---- what kind of value ---- */

/* row: 3 and list: "tasks" of /tasks/3/lead/0; undefined elsewhere. */
export function rowOf(pointer) {
  const found = pointer.match(/^\/(tasks|targets)\/(\d+)(?:\/|$)/);
  return found ? { list: found[1], row: Number(found[2]) } : undefined;
}

/* text, wanted (a text that must not be empty), list, deadline, date (its day or month may be open), day, number, choice, baseline;
 * null: a place that is no single value. */
export function kindOf(pointer) {
  if (/^\/tasks\/\d+\/(lead|coordinate|product)(\/\d+)?$/.test(pointer)) return "list";
  if (/^\/tasks\/\d+\/deadline(\/\w+)?$/.test(pointer)) return "deadline";
  if (/^\/targets\/\d+\/baseline(\/\w+)?$/.test(pointer)) return "baseline";
  if (/^\/header\/date$|\/references\/\d+\/date$/.test(pointer)) return "date";
  if (/^\/header\/period\/(start|end)$|^\/targets\/\d+\/by$/.test(pointer)) return "day";
  if (/^\/targets\/\d+\/value$/.test(pointer)) return "number";
  if (/^\/targets\/\d+\/comparator$/.test(pointer)) return "choice";
  if (/^\/(targets|bases|responsibilities)\/\d+\/text$|^\/recipients\/\d+$|\/paragraphs\/\d+\/text$/.test(pointer)) return "wanted";
  if (/^\/tasks\/\d+\/other\/|^\/(tasks|targets)\/\d+\/(group|number|text|budget|notes|subject|unit)$/.test(pointer)) return "text";
  if (/^\/header\/(issuer|parent|number|place|type|title|province\/(today\/)?name)$/.test(pointer)) return "text";
  if (/\/(references\/\d+\/(type|number|issuer)|responsibilities\/\d+\/unit|sections\/\d+\/(number|title))$/.test(pointer)) return "text";
  if (/^\/signatures?(\/\d+)?\/(authority|position|name)$|^\/tables\/\d+\/(rows\/\d+\/\d+\/text|columns\/\d+\/header)$/.test(pointer)) return "text";
  return null;
}

/* The place that is edited when `pointer` is: the list of a unit, the text of a row. null: it is not edited. */
export function whole(pointer) {
  const kind = kindOf(pointer);
  if (kind === "list") return pointer.replace(/\/\d+$/, (end, from) => (/\/(lead|coordinate|product)$/.test(pointer.slice(0, from)) ? "" : end));
  if (kind === "deadline" || kind === "baseline") return pointer.replace(/(\/deadline|\/baseline)\/\w+$/, "$1");
  if (kind) return pointer;
  const inner = [
    [/^\/(tasks|targets)\/\d+$|^\/bases\/\d+$|^\/responsibilities\/\d+$|\/paragraphs\/\d+$|^\/tables\/\d+\/rows\/\d+\/\d+$/, "/text"],
    [/^\/sections\/\d+$/, "/title"],
    [/\/references\/\d+$/, "/number"],
    [/^\/signature$|^\/signatures\/\d+$|^\/header\/province$/, "/name"],
    [/^\/header\/period$/, "/start"],
    [/^\/tables\/\d+\/columns\/\d+$/, "/header"],
  ].find(([shape]) => shape.test(pointer));
  return inner ? pointer + inner[1] : null;
}

/* Was the row made by a person: added, or split off? */
export const isMade = (shown, pointer) => shown.changes.some((change) => change.do && change.do !== "change" && change.do !== "remove" && isWithin(change.pointer, pointer));

/* Was the row of a place marked as none ("no task")? It stays in the list, and can be restored. */
export function isRemoved(shown, pointer) {
  const row = rowOf(pointer);
  return Boolean(row) && (shown.removed ?? []).includes(`/${row.list}/${row.row}`);
}

/* Was the row removed because it was joined to the one above? Then it is told there. */
export function isJoined(shown, pointer) {
  const removal = shown.changes.find((change) => change.do === "remove" && change.pointer === pointer);
  return Boolean(removal) && shown.changes.some((change) => change.do === "join" && change.revision === removal.revision);
}

/* ---- how it is written, what it is called ---- */

/* One line of text for any value. */
export function written(value, pointer = "") {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => written(item)).join("; ");
  if (typeof value === "object") return value.text ?? value.name ?? value.title ?? value.number ?? [value.start, value.end].filter(Boolean).map(day).join(" – ");
  if (typeof value === "number") return number(value);
  if (["date", "day"].includes(kindOf(pointer))) return day(value);
  if (kindOf(pointer) === "choice") return SIGNS[value] ?? value;
  return value;
}

/* "Nhiệm vụ 4 › Chủ trì" */
export function nameOf(record, pointer) {
  const steps = stepsOf(pointer);
  const names = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i], index = /^\d+$/.test(steps[i + 1] ?? "");
    if (index && has(`name.${step}`)) {
      const item = at(record, `/${steps.slice(0, i + 2).join("/")}`);
      const own = step === "sections" || step === "tasks" ? item?.number : null;
      const place = Number(steps[++i]) + 1;
      names.push(t(`name.${step}`, own ?? (step === "tasks" ? `(${t("name.rows", place)})` : place)));
    } else if (step === "other") {
      names.push(steps[++i] ?? "");
    } else if (step === "number" && rowOf(pointer)) {
      names.push(t("field.row_number"));
    } else if (step === "province" && steps[i + 1] === "today") {
      names.push(t("field.today"));
      break;
    } else if (step === "province") {
      names.push(t("field.province"));
      break;
    } else if (has(`field.${step}`)) {
      if (step !== "text" || names.length === 0 || rowOf(pointer)) names.push(t(`field.${step}`));
    } else if (has(`name.${step}`)) {
      names.push(t(`name.${step}`));
    }
  }
  return names.join(" › ") || pointer;
}

/* Which part of the record shows it. */
export function tabOf(record, pointer) {
  const [first, index] = stepsOf(pointer);
  if (first === "tasks" || first === "targets") return first;
  if (first === "tables") {
    const role = record.tables[index]?.role;
    return role === "tasks" || role === "targets" ? role : "sections";
  }
  return first === "sections" || first === "responsibilities" ? "sections" : "header";
}

/* ---- where it was read ---- */

/* {confidence, where} of a place: its own, those of its parts, or that of what it is part of. */
export function evidenceOf(shown, pointer) {
  const { evidence } = shown.record;
  if (evidence[pointer]) return evidence[pointer];
  const list = whole(pointer);
  const parts = Object.keys(evidence).filter((place) => place.startsWith(`${pointer}/`) || (list && list !== pointer && isWithin(place, list)));
  if (parts.length > 0) {
    return {
      confidence: Math.min(...parts.map((place) => evidence[place].confidence)),
      where: parts.flatMap((place) => evidence[place].where),
    };
  }
  for (let above = pointer; above.includes("/", 1);) {
    above = above.slice(0, above.lastIndexOf("/"));
    if (evidence[above]) return { confidence: null, where: evidence[above].where };
  }
  return null;
}

const letters = /[\p{L}\p{N}\p{M}]/u;

/* Does `words` stand in `text`, not inside a longer word? */
function stands(words, text) {
  for (let from = text.indexOf(words); words && from >= 0; from = text.indexOf(words, from + 1)) {
    const before = text[from - 1] ?? " ", after = text[from + words.length] ?? " ";
    const open = !letters.test(words[0]) || !letters.test(before);
    if (open && (!letters.test(words.at(-1)) || !letters.test(after))) return true;
  }
  return false;
}

/* The repairs that were made in a value, as far as its words and pages tell. */
export function repairsOf(shown, pointer) {
  const pages = new Set((shown.record.evidence[pointer]?.where ?? evidenceOf(shown, pointer)?.where ?? []).map((place) => place.page));
  const text = written(at(shown.read ?? shown.record, pointer) ?? at(shown.record, pointer), pointer);
  return shown.record.repairs.filter((repair) => pages.has(repair.page) && stands(repair.to, text));
}

/* The correction that stands at a place, or at what is edited with it. */
export function changeOf(shown, pointer) {
  const place = whole(pointer) ?? pointer;
  const values = shown.changes.filter((change) => (change.do ?? "change") === "change");
  return values.find((change) => isWithin(change.pointer, place) && (change.pointer === pointer || change.pointer === place || pointer === place))
    ?? values.find((change) => isWithin(pointer, change.pointer) && change.pointer !== "");
}

export const doubtOf = (shown, pointer) => shown.record.review.find((entry) => entry.pointer === pointer);

/* A doubt is settled when a person accepted it, corrected what stands there, or marked its row as none. */
export function isSettled(shown, pointer) {
  return shown.seen.includes(pointer) || Boolean(changeOf(shown, pointer)) || isRemoved(shown, pointer);
}
