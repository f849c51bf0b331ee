// Beside the chat: quotes copied with their citation, links copied, and the history of this browser.
import { copy, download, fail, say, send } from "./parts.js";

const texts = window.onTheRecord.texts;
const LANGUAGE = window.onTheRecord.language;

// --- copying -------------------------------------------------------------------------------------------------------

let style = recall("cite-style") || "plain";

async function copyCitation(place, digest, at) {
  try {
    const reply = await send("/parts/cite", { values: { place: decodeURIComponent(place), digest, style } });
    await copy(await reply.text());
    say(texts["page.copied"]);
  } catch (error) {
    say(error.message);
    if (at) at.title = error.message;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#copy-"]');
  const button = event.target.closest?.("button.copy-citation");
  const asked = event.target.closest?.("button.copy-link");
  if (link) {
    event.preventDefault();
    event.stopPropagation();
    const [, place, digest] = /^#copy-(.+)~([0-9a-f]{8})$/.exec(link.getAttribute("href")) || [];
    copyCitation(place, digest, link);
  } else if (button) {
    copyCitation(button.dataset.place, button.dataset.digest, button);
  } else if (asked) {
    const url = new URL(location.href);
    url.search = asked.dataset.link;
    url.hash = "";
    copy(url.href).then(() => say(texts["ask.link_copied"]), (error) => say(error.message));
  }
}, true);

document.addEventListener("change", (event) => {
  if (!event.target.matches(".cite-style")) return;
  style = event.target.value;
  keep("cite-style", style);
});
document.addEventListener("answer:done", () => {
  for (const field of document.querySelectorAll(".cite-style")) field.value = style;
});

// --- "ask within" of the reader ------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.ask-within");
  if (!button) return;
  const detail = { doc_id: button.dataset.doc };
  document.dispatchEvent(new CustomEvent("ask:within", { detail }));
});

// --- history -------------------------------------------------------------------------------------------------------
// Questions with the addresses of their quotes, in this browser alone. On computers that are shared it ends with the tab.

const MOST = 200;
const REMEMBER = window.onTheRecord.remember !== false;

function recall(name) {
  for (const store of [sessionStorage, localStorage]) {
    try {
      const kept = JSON.parse(store.getItem(`on-the-record.${name}`));
      if (kept !== null) return kept;
    } catch { /* kept by somebody else, or storage is forbidden: as if nothing were kept */ }
  }
  return null;
}

function keep(name, value) {
  const lasting = REMEMBER && keeping();
  try {
    (lasting ? localStorage : sessionStorage).setItem(`on-the-record.${name}`, JSON.stringify(value));
    (lasting ? sessionStorage : localStorage).removeItem(`on-the-record.${name}`);
  } catch { /* storage is full or forbidden: the page works without it */ }
}

function keeping() {
  try { return localStorage.getItem("on-the-record.keep") !== "no"; } catch { return false; }
}

const list = () => recall("history") || [];

function remember({ detail }) {
  const told = detail.tools.querySelector("[data-history]")?.dataset.history;
  if (!told) return;
  const entry = JSON.parse(told);
  const entries = list();
  if (!entry.id || entries.some((one) => one.id === entry.id)) return;
  keep("history", [{ ...entry, when: new Date().toISOString() }, ...entries].slice(0, MOST));
  draw();
}

function draw() {
  const panel = document.querySelector(".history-panel");
  if (!panel) return;
  const entries = list();
  panel.querySelector(".hint").hidden = entries.length > 0;
  panel.querySelector(".history-list").replaceChildren(...entries.map(item));
  for (const name of ["export", "clear"]) panel.querySelector(`.history-${name}`).disabled = !entries.length;
  panel.querySelector(".history-keep").checked = keeping();
  panel.querySelector(".history-kept").hidden = !REMEMBER;
  panel.querySelector(".history-shared").hidden = REMEMBER;
}

function item(entry) {
  const line = document.createElement("li");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = entry.question;
  again.addEventListener("click", () => {
    document.querySelector("details.history").open = false;
    document.querySelector("#ask-button")?.click();
    document.dispatchEvent(new CustomEvent("ask:question", { detail: { link: entry.link } }));
  });
  const facts = document.createElement("span");
  facts.className = "facts";
  const when = new Date(entry.when);
  const said = entry.quotes === 0 ? texts["history.refused"]
    : texts[entry.quotes === 1 ? "history.quotes.one" : "history.quotes"].replace("{n}", entry.quotes);
  facts.textContent = `${when.toLocaleString(LANGUAGE, { dateStyle: "medium", timeStyle: "short" })} · ${said}`;
  line.append(again, facts);
  return line;
}

document.addEventListener("answer:done", remember);
document.addEventListener("click", (event) => {
  const panel = document.querySelector(".history-panel");
  if (event.target.matches?.(".history-clear")) {
    keep("history", []);
    draw();
    say(texts["history.cleared"]);
  } else if (event.target.matches?.(".history-export")) {
    const items = list().map(({ question, when, cards, quotes }) => ({ question, when, cards: quotes ? cards : [] }));
    download("/parts/history/export", { method: "post", values: { items } }).catch((error) => fail(panel, error));
  } else if (!event.target.closest?.("details.history")) {
    document.querySelector("details.history[open]")?.removeAttribute("open");
  }
});
document.addEventListener("change", (event) => {
  if (!event.target.matches(".history-keep")) return;
  const entries = list();
  try { localStorage.setItem("on-the-record.keep", event.target.checked ? "yes" : "no"); } catch { /* as before */ }
  keep("history", entries);
  draw();
});
document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.history[open]");
  if (event.key !== "Escape" || !open?.contains(document.activeElement)) return;
  open.removeAttribute("open");
  open.querySelector("summary").focus();
});
document.addEventListener("toggle", (event) => { if (event.target.matches?.("details.history")) draw(); }, true);
