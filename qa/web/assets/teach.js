// The teach part: fills the table cell by cell, keeps quotes for a class, shows them large, and marks the quiz.
// What is kept of a quote is its address, the digest of its words and a note; its words always come from the server.
import { download, fail, say, show } from "./parts.js";

const NAME = "on-the-record.pack";
const MOST = 40; // quotes of a pack, as on the server
const BODY = 2_000_000; // bytes that may be sent at once
const AT_ONCE = 2; // cells of a table that are asked for at a time

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const told = (key, values = {}) => {
  const texts = window.onTheRecord.texts;
  const text = (values.n === 1 && texts[`teach.${key}.one`]) || texts[`teach.${key}`];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};

// --- the table -----------------------------------------------------------------------------------------------------

async function fillTable(table) {
  const waiting = $$("[data-cell]", table);
  const next = async () => {
    for (let cell = waiting.shift(); cell && table.isConnected; cell = waiting.shift()) {
      await show(cell, "/parts/teach/cell", { values: JSON.parse(cell.dataset.cell), live: true });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  if (!table.isConnected) return;
  const cards = $$("tbody tr", table).flatMap((row, group) =>
    $$(".teach-card", row).map(({ dataset }) => ({ place: dataset.place, digest: dataset.digest, group })));
  say(told("filled", { n: cards.length }));
  if (cards.length) await show($("#teach-after"), "/parts/teach/after", { method: "post", values: { cards }, live: true });
}

document.addEventListener("part:shown", ({ target }) => {
  if (target.id === "teach-table") {
    $("#teach-after").replaceChildren();
    const table = $("table", target);
    if (table) fillTable(table);
  }
});

document.addEventListener("click", ({ target }) => {
  const step = target.closest?.(".teach-step");
  if (!step) return;
  const form = $(".teach-pair");
  form.elements.earlier.value = step.dataset.earlier;
  form.elements.later.value = step.dataset.later;
  form.requestSubmit();
});

// --- what is kept --------------------------------------------------------------------------------------------------

const EMPTY = { title: "", introduction: "", cards: [] };
let pack = recall();
let undone = null; // the pack before the last removal

function stores() {
  return window.onTheRecord.remember === false ? [sessionStorage] : [localStorage, sessionStorage];
}

function recall() {
  for (const store of (() => { try { return stores(); } catch { return []; } })()) {
    try {
      const found = JSON.parse(store.getItem(NAME));
      const cards = found?.cards?.filter(({ place, digest }) => typeof place === "string" && /^[0-9a-f]{8}$/.test(digest));
      if (cards) return { title: String(found.title || ""), introduction: String(found.introduction || ""), cards: cards.slice(0, MOST) };
    } catch { /* kept by something else, or nothing may be read: as if nothing were kept */ }
  }
  return structuredClone(EMPTY);
}

function keep() {
  try {
    stores()[0].setItem(NAME, JSON.stringify(pack));
  } catch {
    say(told("no_store"));
  }
}

const named = (place) => pack.cards.findIndex((card) => card.place === place);

function toggle({ dataset: { place, digest } }) {
  const at = named(place);
  if (at < 0 && pack.cards.length >= MOST) return say(told("full_pack"));
  if (at < 0) pack.cards.push({ place, digest, note: "" });
  else pack.cards.splice(at, 1);
  say(at < 0 ? told("kept", { n: pack.cards.length }) : told("unkept"));
  return changed();
}

function changed() {
  keep();
  return draw();
}

function press() {
  for (const button of $$("button.keep")) {
    const pressed = String(named(button.dataset.place) >= 0);
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  }
}

async function draw() {
  press();
  if (!$("#teach-kept")) return;
  const many = pack.cards.length;
  $("#teach-pack-count").textContent = many ? told("pack_count", { n: many }) : "";
  $("#teach-pack-body").hidden = !many;
  for (const [id, name] of [["#teach-title", "title"], ["#teach-introduction", "introduction"]]) {
    if ($(id).value !== pack[name]) $(id).value = pack[name];
  }
  if (!many) return $("#teach-kept").replaceChildren();
  await show($("#teach-kept"), "/parts/teach/kept", { method: "post", values: { cards: refs() }, live: true });
  $$("#teach-kept li").forEach((item, at) => { $("textarea", item).value = pack.cards[at]?.note || ""; });
}

const refs = () => pack.cards.map(({ place, digest }) => ({ place, digest }));

function undoable(key, act) {
  undone = structuredClone(pack);
  act();
  const line = $("#teach-undo");
  line.hidden = false;
  $("span", line).textContent = told(key);
  say(told(key));
}

async function move(item, act) {
  const at = named(item.dataset.place);
  const to = act === "up" ? at - 1 : act === "down" ? at + 1 : Number(act);
  if (act === "remove") {
    undoable("removed", () => pack.cards.splice(at, 1));
    await changed();
    return ($$("#teach-kept [data-move=remove]")[Math.min(at, pack.cards.length - 1)] || $("#teach-undo button")).focus();
  }
  if (to >= 0 && to < pack.cards.length && to !== at) {
    pack.cards.splice(to, 0, ...pack.cards.splice(at, 1));
    await changed();
    if (act === "up" || act === "down") $(`[data-move=${act}]`, $$("#teach-kept li")[to]).focus();
  }
  return say(told("moved_to", { n: named(item.dataset.place) + 1, many: pack.cards.length }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button");
  if (!button) return;
  if (button.matches(".keep")) toggle(button);
  if (button.dataset.move) move(button.closest("li"), button.dataset.move);
  if (button.id === "teach-clear") {
    undoable("cleared", () => { pack = structuredClone(EMPTY); });
    changed().then(() => $("#teach-undo button").focus());
  }
  if (button.closest("#teach-undo")) {
    pack = undone;
    $("#teach-undo").hidden = true;
    changed().then(() => $("#teach-pack-title").focus());
  }
  if (button.matches(".teach-save")) save(button.dataset.format);
});

document.addEventListener("input", ({ target }) => {
  if (target.id === "teach-title") pack.title = target.value;
  else if (target.id === "teach-introduction") pack.introduction = target.value;
  else if (target.closest("#teach-kept .teach-note")) pack.cards[named(target.closest("li").dataset.place)].note = target.value;
  else return;
  keep();
});

async function save(format) {
  const seed = Number($(".teach-quiz")?.dataset.seed || 0);
  const quiz = $("#teach-with-quiz").checked;
  const values = { format, ...pack, quiz, seed, lang: window.onTheRecord.language };
  $("#teach-error").replaceChildren();
  try {
    if (new Blob([JSON.stringify(values)]).size > BODY) throw new Error(told("too_long"));
    await download("/parts/pack", { method: "post", values });
  } catch (error) {
    fail($("#teach-error"), error);
  }
}

// a card is dragged by its grip; the buttons do the same
let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".teach-grip")?.closest("li") || null;
  if (dragged) event.dataTransfer.setDragImage(dragged, 12, 12);
});
document.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest?.("#teach-kept li")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const over = event.target.closest?.("#teach-kept li");
  if (!dragged || !over) return;
  event.preventDefault();
  move(dragged, String(named(over.dataset.place)));
  dragged = null;
});

// --- the presentation ----------------------------------------------------------------------------------------------

const slides = () => $$("#teach-present .teach-slide");
const current = () => slides().findIndex((slide) => !slide.hidden);

async function present() {
  const dialog = $("#teach-present");
  await show(dialog, "/parts/teach/present", { method: "post", values: { cards: refs() }, live: true });
  if (!slides().length) return;
  for (const slide of slides()) {
    const note = pack.cards[slide.dataset.at]?.note || "";
    $("aside p", slide).textContent = note;
    slide.dataset.noted = note ? "yes" : "";
  }
  dialog.showModal();
  go(0);
}

function go(to) {
  const all = slides();
  const at = Math.max(0, Math.min(to, all.length - 1));
  const isOpen = $("[data-go=note]").getAttribute("aria-expanded") === "true";
  all.forEach((slide, n) => {
    slide.hidden = n !== at;
    $("aside", slide).hidden = !isOpen || !slide.dataset.noted;
  });
  $("[data-go=note]").disabled = !all[at].dataset.noted;
  $("#teach-count").textContent = all[at].dataset.label;
  all[at].scrollTop = 0;
  all[at].focus();
}

const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
document.addEventListener("keydown", (event) => {
  if (!(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey || !$("#teach-present")?.open) return;
  event.preventDefault();
  go(current() + STEPS[event.key]);
});
document.addEventListener("click", ({ target }) => {
  const act = target.closest?.("[data-go]")?.dataset.go;
  const dialog = $("#teach-present");
  if (target.closest?.("#teach-start")) present().catch((error) => fail($("#teach-error"), error));
  if (act === "previous") go(current() - 1);
  if (act === "next") go(current() + 1);
  if (act === "close") dialog.close();
  if (act === "full") document.fullscreenElement ? document.exitFullscreen() : dialog.requestFullscreen?.();
  if (act === "note") {
    const button = $("[data-go=note]");
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
    go(current());
  }
});
document.addEventListener("fullscreenchange", () => {
  $("[data-go=full]")?.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
});
document.addEventListener("close", ({ target }) => {
  if (target.id === "teach-present") $("#teach-start").focus();
}, true);

// --- the quiz ------------------------------------------------------------------------------------------------------

const ask = (seed) => show($("#teach-quiz"), "/parts/teach/quiz", { method: "post", values: { cards: refs(), seed } });

function mark(form) {
  let right = 0;
  const all = $$("fieldset", form);
  all.forEach((question) => {
    const chosen = $("input:checked", question)?.value;
    const verdict = chosen === undefined ? "unanswered" : chosen === question.dataset.answer ? "right" : "wrong";
    right += verdict === "right";
    question.dataset.verdict = verdict;
    $(".teach-solution strong", question).textContent = told(verdict);
    for (const hidden of $$(".teach-solution, .teach-source", question)) hidden.hidden = false;
  });
  $("#teach-score").textContent = told("score", { n: right, many: all.length });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".teach-quiz")) return;
  event.preventDefault();
  mark(event.target);
});
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("#teach-ask-quiz")) ask(Number($(".teach-quiz")?.dataset.seed || 0));
  if (target.closest?.("#teach-again")) ask(Number($(".teach-quiz").dataset.seed) + 1);
});

// --- the page as it changes ----------------------------------------------------------------------------------------

let isDrawn = false;
let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    press();
    if (!isDrawn && $("#teach-kept")) { isDrawn = true; draw(); }
  });
}).observe(document.documentElement, { childList: true, subtree: true });
addEventListener("storage", (event) => { // another tab of the same browser
  if (event.key === NAME) { pack = recall(); draw(); }
});
