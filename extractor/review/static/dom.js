/* dom.js - elements made by script. Text is always text: nothing here, or anywhere, sets HTML. */

/* el("td", { class: "value", data: { pointer }, onclick }, "text", child, …); null and false children are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "data") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const id = (name) => document.getElementById(name);

/* A button with its key beside the name; "key" is shown, not bound. */
export function button(text, onclick, { key, title, ...attributes } = {}) {
  return el("button", { type: "button", title, onclick, ...attributes }, text, key && el("kbd", { "aria-hidden": "true" }, key));
}

/* Is this key typed into a field, or part of a letter that an input method still composes? Then it is no shortcut. */
export function isTyping(event) {
  const within = event.target;
  return event.isComposing || event.keyCode === 229 || within.isContentEditable
    || (within.matches?.("textarea, select, input") && !within.matches("input[type=checkbox], input[type=radio]"));
}

/* Tells what happened: below the bar for a while, and to a screen reader. `bad` stays until the next. */
let fading = 0;
export function tell(text, bad = false) {
  const line = id("message");
  clearTimeout(fading);
  line.textContent = text;
  line.classList.toggle("bad", bad);
  line.classList.toggle("shown", text !== "");
  if (!bad) fading = setTimeout(() => line.classList.remove("shown"), 4000);
}

/* Asks; resolves with the chosen button's value, or null when the dialog was left. `parts` are what it shows. */
export function ask(title, parts, choices) {
  return new Promise((resolve) => {
    const heading = el("h2", { id: "dialog-title" }, title);
    const dialog = el("dialog", { "aria-labelledby": "dialog-title" }, heading, ...parts);
    const buttons = choices.map(({ text, value, main }) =>
      button(text, () => dialog.close(value), { class: main ? "main" : null }));
    dialog.append(el("div", { class: "choices" }, ...buttons));
    const before = document.activeElement;
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
      resolve(dialog.returnValue || null);
    });
    document.body.append(dialog);
    dialog.showModal();
    (buttons.find((one) => one.classList.contains("main")) ?? buttons[0]).focus();
  });
}
