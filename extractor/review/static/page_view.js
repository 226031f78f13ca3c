/* page_view.js - the picture of a page, boxes over it, and what a click on it means.
 *
 *     frame (scrolls) > room (the sheet's size as it stands) > sheet (turned, the page's proportions) > img, boxes
 *
 * Boxes are placed in shares of the page, so zoom moves nothing. Pictures are kept, page by page, once they came. */

import { el, id, tell } from "./dom.js";
import { t } from "./texts.js";

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4]; /* of the frame's width */
const MARGIN = 8;

/* `api` gives addresses; `onChoose (pointer)` is called for a click on a value; `candidates ()` lists {pointer, page, bbox, rank, doubtful}
 * of what can be chosen, lower rank first. */
export function makePageView(api, { onChoose, candidates }) {
  const frame = id("page-frame"), room = id("page-room"), sheet = id("page-sheet"), boxes = id("page-boxes"), counter = id("page-counter");
  const pictures = new Map(); /* number -> {image, ready, failed} */
  let pages = [], current = 0, zoom = 1, turned = 0, chosen = [], all = false;

  const page = () => pages[current];
  const sideways = () => turned % 180 !== 0;

  /* ---- the picture ---- */

  function pictureOf(number) {
    if (pictures.has(number)) return pictures.get(number);
    const image = el("img", { alt: t("page.picture", number), draggable: "false", decoding: "sync" });
    const picture = { image, ready: false, failed: false };
    pictures.set(number, picture);
    image.addEventListener("load", () => {
      picture.ready = true;
      if (page()?.number === number) showPicture();
    });
    image.addEventListener("error", () => {
      picture.failed = true;
      if (page()?.number === number) showPicture();
    });
    image.src = api.pageAddress(number);
    return picture;
  }

  function showPicture() {
    const picture = pictureOf(page().number);
    sheet.classList.toggle("loading", !picture.ready && !picture.failed);
    id("page-none").hidden = !picture.failed;
    picture.image.hidden = picture.failed;
    picture.image.alt = t("page.picture", page().number);
    if (picture.ready) fetchNear();
    if (sheet.firstElementChild !== picture.image) {
      sheet.querySelector("img")?.remove();
      sheet.prepend(picture.image);
    }
  }

  /* The sheet's size and turn, by the room there is. */
  function lay() {
    if (!page()) return;
    const { width, height } = page();
    const across = Math.max(200, frame.clientWidth - 2 * MARGIN) * zoom;
    const scale = across / (sideways() ? height : width);
    const wide = width * scale, high = height * scale;
    room.style.setProperty("width", `${sideways() ? high : wide}px`);
    room.style.setProperty("height", `${sideways() ? wide : high}px`);
    sheet.style.setProperty("width", `${wide}px`);
    sheet.style.setProperty("height", `${high}px`);
    const moves = { 0: "", 90: `translate(${high}px, 0)`, 180: `translate(${wide}px, ${high}px)`, 270: `translate(0, ${wide}px)` };
    sheet.style.setProperty("transform", `${moves[turned]} rotate(${turned}deg)`);
  }

  /* The next page's picture, and that of the one before, are fetched when this one is there. */
  function fetchNear() {
    for (const near of [pages[current + 1], pages[current - 1]]) if (near) pictureOf(near.number);
  }

  /* ---- boxes ---- */

  function boxAt([left, top, right, bottom], name) {
    const { width, height } = page();
    const box = el("div", { class: `box ${name}` });
    const pad = name === "chosen" ? 2 : 0;
    box.style.setProperty("left", `${(100 * (left - pad)) / width}%`);
    box.style.setProperty("top", `${(100 * (top - pad)) / height}%`);
    box.style.setProperty("width", `${(100 * (right - left + 2 * pad)) / width}%`);
    box.style.setProperty("height", `${(100 * (bottom - top + 2 * pad)) / height}%`);
    return box;
  }

  function drawBoxes() {
    if (!page()) return;
    const here = page().number;
    const others = candidates().filter((place) => place.page === here && (all || place.doubtful));
    boxes.replaceChildren(
      ...others.map((place) => boxAt(place.bbox, place.doubtful ? "doubtful" : "other")),
      ...chosen.filter((place) => place.page === here).map((place) => boxAt(place.bbox, "chosen")));
  }

  function scrollToChosen() {
    const found = [...boxes.querySelectorAll(".chosen")].map((box) => box.getBoundingClientRect());
    if (found.length === 0) return;
    const view = frame.getBoundingClientRect();
    const top = Math.min(...found.map((box) => box.top)), bottom = Math.max(...found.map((box) => box.bottom));
    const left = Math.min(...found.map((box) => box.left)), right = Math.max(...found.map((box) => box.right));
    const seen = top >= view.top + 20 && bottom <= view.bottom - 20 && left >= view.left && right <= view.right;
    if (seen) return;
    const high = Math.min(bottom - top, view.height - 80), wide = Math.min(right - left, view.width - 40);
    frame.scrollBy(left + wide / 2 - (view.left + view.width / 2), top + high / 2 - (view.top + view.height / 2.5));
  }

  /* ---- what is asked of it ---- */

  function go(index) {
    if (index < 0 || index >= pages.length) return;
    current = index;
    counter.textContent = t("page.of", index + 1, pages.length);
    id("page-previous").disabled = index === 0;
    id("page-next").disabled = index === pages.length - 1;
    lay();
    showPicture();
    drawBoxes();
    frame.scrollTo(0, 0);
  }

  /* Shows where a value was read: [{page, bbox}]. */
  function show(places) {
    chosen = places;
    const first = places[0] && pages.findIndex((one) => one.number === places[0].page);
    if (places.length > 0 && first >= 0 && !places.some((place) => place.page === page()?.number)) go(first);
    drawBoxes();
    scrollToChosen();
  }

  function zoomBy(step) {
    const place = step === 0 ? ZOOMS.indexOf(1) : ZOOMS.indexOf(zoom) + step;
    if (place < 0 || place >= ZOOMS.length) return;
    const middle = (frame.scrollTop + frame.clientHeight / 2) / (room.offsetHeight || 1);
    const centre = (frame.scrollLeft + frame.clientWidth / 2) / (room.offsetWidth || 1);
    zoom = ZOOMS[place];
    lay();
    frame.scrollTo(centre * room.offsetWidth - frame.clientWidth / 2, middle * room.offsetHeight - frame.clientHeight / 2);
  }

  function rotate() {
    turned = (turned + 90) % 360;
    lay();
    scrollToChosen();
  }

  function toggleAll() {
    all = !all;
    id("page-all").setAttribute("aria-pressed", String(all));
    drawBoxes();
  }

  /* The page's point under the mouse, whatever way the sheet is turned. */
  function pointOf(event) {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    const x = (event.clientX - left) / width, y = (event.clientY - top) / height;
    const [across, down] = { 0: [x, y], 90: [y, 1 - x], 180: [1 - x, 1 - y], 270: [1 - y, x] }[turned];
    return [across * page().width, down * page().height];
  }

  function choose(event) {
    if (!page()) return;
    const [x, y] = pointOf(event);
    const area = ([left, top, right, bottom]) => (right - left) * (bottom - top);
    const hit = candidates()
      .filter(({ page: number, bbox: [left, top, right, bottom] }) =>
        number === page().number && x >= left - 1 && x <= right + 1 && y >= top - 1 && y <= bottom + 1)
      .sort((a, b) => a.rank - b.rank || area(a.bbox) - area(b.bbox))[0];
    if (hit) onChoose(hit.pointer);
    else tell(t("page.nothing"));
  }

  sheet.addEventListener("click", choose);
  id("page-previous").addEventListener("click", () => go(current - 1));
  id("page-next").addEventListener("click", () => go(current + 1));
  id("page-in").addEventListener("click", () => zoomBy(1));
  id("page-out").addEventListener("click", () => zoomBy(-1));
  id("page-fit").addEventListener("click", () => zoomBy(0));
  id("page-rotate").addEventListener("click", rotate);
  id("page-all").addEventListener("click", toggleAll);
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1 : -1);
  }, { passive: false });
  new ResizeObserver(lay).observe(frame);

  const KEYS = {
    PageUp: () => go(current - 1), PageDown: () => go(current + 1), "+": () => zoomBy(1), "=": () => zoomBy(1), "-": () => zoomBy(-1),
    0: () => zoomBy(0), r: rotate, b: toggleAll,
  };

  return {
    setPages(list) {
      pages = list;
      id("page-pane").classList.toggle("without", pages.length === 0);
      counter.textContent = t("page.no_pages");
      if (pages.length > 0 && current === 0) go(0);
    },
    show,
    redraw() {
      if (page()) counter.textContent = t("page.of", current + 1, pages.length);
      drawBoxes();
    },
    /* A shortcut of the page: true when it was one. */
    key(event) {
      const work = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (work) work();
      return Boolean(work);
    },
  };
}
