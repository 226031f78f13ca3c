/* grid.js - tasks and targets as a table that is walked with arrow keys, a cell at a time; a cell of units has a stop for each.
 *
 * The table is drawn anew after each change; what was focused is found again by its pointer (document.js). */

import { button, el, tell } from "./dom.js";
import { t, day, deadlineMeaning } from "./texts.js";
import { LISTS, at, isJoined, isMade, isRemoved, rowOf, written } from "./record.js";
import { valueElement } from "./value.js";

const COLUMNS = {
  tasks: ["number", "text", "lead", "coordinate", "product", "deadline", "budget", "notes"],
  targets: ["text", "subject", "comparator", "value", "unit", "by", "baseline"],
};
const ALWAYS = { tasks: ["number", "text", "lead", "coordinate", "deadline"], targets: ["text", "subject", "comparator", "value", "unit", "by"] };

const NEW = "…"; /* the text of a target that is being added: the schema wants one */

/* Names of columns other than the usual ones: the keys of `other`. */
function otherColumns(rows) {
  return [...new Set(rows.flatMap((row) => Object.keys(row.other ?? {})))];
}

const isEmpty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
const stepFor = (key) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/* The columns that are shown: {path, header, field}. */
function columnsOf(list, rows, all) {
  const usual = COLUMNS[list]
    .filter((field) => all || ALWAYS[list].includes(field) || rows.some((row) => !isEmpty(row[field])))
    .map((field) => ({ path: field, field, header: t(list === "tasks" && field === "number" ? "field.row_number" : `field.${field}`) }));
  const more = otherColumns(rows).map((key) => ({ path: `other/${stepFor(key)}`, field: "other", header: key }));
  return [...usual, ...more];
}

/* ---- drawing ---- */

function cell(shown, list, index, column) {
  const pointer = `/${list}/${index}/${column.path}`;
  const value = at(shown.record, pointer);
  const options = { stop: false };
  const holder = el("td", { class: `of-${column.field}`, data: { holder: pointer } });
  if (LISTS.includes(column.field) && list === "tasks" && value?.length > 0) {
    holder.append(...value.map((unit, i) => valueElement(shown, `${pointer}/${i}`, { ...options, tag: "div" })));
    return holder;
  }
  holder.append(valueElement(shown, pointer, { ...options, tag: "div" }));
  if (column.field === "deadline" && value && (value.start || value.end)) {
    const meaning = value.start && value.end ? `${day(value.start)} – ${day(value.end)}` : day(value.end ?? value.start);
    if (!written(value).includes(meaning)) holder.append(el("small", { title: deadlineMeaning(value) }, `→ ${meaning}`));
  }
  return holder;
}

/* A row that was marked as none: struck through, and no cell of it is edited. */
function removedRow(shown, list, index, columns, restore) {
  const pointer = `/${list}/${index}/text`;
  return el("tr", { class: "removed", data: { row: index } },
    el("td", { colspan: columns.length },
      el("span", { class: "tag" }, t(`row.remove_${list}`)), valueElement(shown, pointer, { stop: false }),
      restore && button(t("row.restore"), () => restore(pointer), { tabindex: "-1" })));
}

/* The table of a list; `all`: columns too that are empty in every row. `restore (pointer)` brings a removed row back; null: they are left out. */
export function makeGrid(shown, list, all, restore = null) {
  const rows = shown.record[list];
  if (rows.length === 0) return el("p", { class: "nothing" }, t(`grid.none_${list}`));
  const columns = columnsOf(list, rows, all);
  const body = el("tbody");
  let group = null;
  rows.forEach((row, index) => {
    if (list === "tasks" && row.group && row.group !== group) {
      const pointer = `/tasks/${index}/group`;
      body.append(el("tr", { class: "group" },
        el("td", { colspan: columns.length, data: { holder: pointer } }, valueElement(shown, pointer, { tag: "div", stop: false }))));
    }
    group = row.group;
    if (isRemoved(shown, `/${list}/${index}`)) {
      if (restore && !isJoined(shown, `/${list}/${index}`)) body.append(removedRow(shown, list, index, columns, restore));
      return;
    }
    const made = isMade(shown, `/${list}/${index}`);
    body.append(el("tr", { class: made ? "made" : null, title: made ? t("row.made") : null, data: { row: index } }, columns.map((column) => cell(shown, list, index, column))));
  });
  const table = el("table", { class: `grid ${list}${columns.length > 6 ? " wide" : ""}`, role: "grid", "aria-label": t(`grid.${list}`) },
    el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col", class: `of-${column.field}` }, column.header)))), body);
  const first = table.querySelector(".value");
  if (first) first.tabIndex = 0;
  return table;
}

/* ---- walking ---- */

const stopsIn = (holder) => [...holder.querySelectorAll(".value")];
let column = 0; /* the column that Up and Down keep to, over headings that have but one cell */

/* The stop that an arrow leads to from `stop`; null at the edge. */
export function neighbour(stop, key, far) {
  const row = stop.closest("tr"), cellNow = stop.closest("td");
  const inRow = stopsIn(row), inCell = stopsIn(cellNow);
  if (row.cells.length > 1) column = cellNow.cellIndex;
  const rows = [...row.parentElement.rows];
  const place = rows.indexOf(row), here = inCell.indexOf(stop);
  const ofRow = (other, last) => {
    if (!other) return null;
    const stops = stopsIn(other.cells[Math.min(column, other.cells.length - 1)]);
    return (last ? stops.at(-1) : stops[0]) ?? null;
  };
  switch (key) {
    case "ArrowLeft": return inRow[inRow.indexOf(stop) - 1] ?? null;
    case "ArrowRight": return inRow[inRow.indexOf(stop) + 1] ?? null;
    case "ArrowUp": return inCell[here - 1] ?? ofRow(rows[place - 1], true);
    case "ArrowDown": return inCell[here + 1] ?? ofRow(rows[place + 1], false);
    case "Home": return far ? ofRow(rows[0], false) : inRow[0];
    case "End": return far ? ofRow(rows.at(-1), false) : inRow.at(-1);
    default: return null;
  }
}

/* One stop of the table is in the order of Tab: the one last focused. */
export function keepStop(stop) {
  const table = stop.closest("table");
  for (const other of table.querySelectorAll('.value[tabindex="0"]')) other.tabIndex = -1;
  stop.tabIndex = 0;
}

/* ---- work on rows ---- */

/* `doc`: {shown, chosen (), rows (operation, focus, told), save (changes, focus), edit (pointer, options), undo ()} of document.js. */
export function rowWork(doc) {
  const place = (list) => {
    const row = rowOf(doc.chosen() ?? "");
    return row && (!list || row.list === list) && doc.shown().record[row.list][row.row] ? row : null;
  };

  return {
    /* A row that was missed, after the chosen one, in its group and section; its text is edited at once. */
    async add(list) {
      const record = doc.shown().record, chosen = place(list);
      const row = chosen ? chosen.row + 1 : record[list].length;
      const near = record[list][row - 1];
      const values = list === "tasks" ? { group: near?.group ?? null } : { text: NEW, comparator: "=", value: 0 };
      values.section = near?.section ?? null;
      const pointer = `/${list}/${row}/text`;
      if (!(await doc.rows({ do: "add", list, row, values }, pointer, "row.done_add"))) return;
      await doc.edit(pointer);
      if ([null, NEW].includes(at(doc.shown().record, pointer))) doc.undo(); /* nothing was typed */
    },
    /* Marks the chosen row as none, or takes the mark away. */
    async remove() {
      const chosen = place();
      if (!chosen) return;
      const pointer = `/${chosen.list}/${chosen.row}/text`;
      const back = isRemoved(doc.shown(), pointer);
      await doc.rows({ do: back ? "restore" : "remove", ...chosen }, pointer, back ? "row.done_restore" : "row.done_remove");
    },
    async join() {
      const chosen = place();
      if (!chosen || chosen.row + 1 >= doc.shown().record[chosen.list].length || isRemoved(doc.shown(), doc.chosen())) return;
      await doc.rows({ do: "join", ...chosen }, `/${chosen.list}/${chosen.row}/text`, "row.done_join");
    },
    /* Where it is split is told in its editor: Ctrl+Enter at the caret. */
    split() {
      const chosen = place();
      if (!chosen) return;
      const text = doc.shown().record[chosen.list][chosen.row].text ?? "";
      const middle = text.indexOf(";") >= 0 ? text.indexOf(";") + 1 : Math.ceil(text.length / 2);
      doc.edit(`/${chosen.list}/${chosen.row}/text`, { caret: middle });
    },
    async restore(pointer) {
      await doc.rows({ do: "restore", ...rowOf(pointer) }, pointer, "row.done_restore");
    },
    /* A unit goes from lead to coordinate, or back. */
    async move() {
      const found = (doc.chosen() ?? "").match(/^\/tasks\/(\d+)\/(lead|coordinate)\/(\d+)$/);
      const from = found && at(doc.shown().record, `/tasks/${found[1]}/${found[2]}`);
      if (!from) return tell(t("row.no_unit"));
      const [, row, field, index] = found;
      const other = field === "lead" ? "coordinate" : "lead";
      const to = at(doc.shown().record, `/tasks/${row}/${other}`);
      await doc.save([
        { pointer: `/tasks/${row}/${field}`, value: from.filter((unit, i) => i !== Number(index)) },
        { pointer: `/tasks/${row}/${other}`, value: [...to, from[index]] },
      ], `/tasks/${row}/${other}/${to.length}`);
    },
  };
}
