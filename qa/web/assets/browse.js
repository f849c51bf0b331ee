// The list of transcripts: its form is kept in the address of the page, its count is said, and a transcript can be asked.
import "./dates.js";
import { show } from "./parts.js";

const IN_ADDRESS = { find: "find", speaker: "who", from: "since", to: "until", by: "by", order: "order" };
const USUAL = { by: "date", order: "newest" };

const form = () => document.querySelector("#browse-form");
let speaker = ""; // named by the address, until there are speakers to choose from

function writeAddress() {
  const open = Boolean(form()?.offsetParent);
  const values = open ? new FormData(form()) : new FormData();
  const url = new URL(location.href);
  for (const [field, name] of Object.entries(IN_ADDRESS)) {
    const value = values.get(field);
    if (value && value !== USUAL[field]) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (open) url.searchParams.set("view", "browse");
  else if (url.searchParams.get("view") === "browse") url.searchParams.delete("view");
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

function chooseSpeaker(select, name) {
  if (!name) return;
  select.value = name;
  if (select.value !== name) select.add(new Option(name, name, false, true));
}

function readAddress() {
  const { elements } = form();
  for (const [field, name] of Object.entries(IN_ADDRESS)) {
    const value = told.get(name);
    if (!value) continue;
    if (field === "speaker") chooseSpeaker(elements.speaker, speaker = value);
    else elements[field].value = value;
  }
}

document.addEventListener("part:shown", ({ target }) => {
  if (target.id === "browse-speaker") chooseSpeaker(target, speaker);
  if (target.id !== "browse-list") return;
  document.querySelector("#browse-count").textContent = target.firstElementChild.dataset.said;
  writeAddress();
});
document.addEventListener("record:changed", () => {
  if (!form()) return;
  const select = document.querySelector("#browse-speaker");
  show(select, select.dataset.part, { live: true });
  show(document.querySelector("#browse-list"), form().dataset.part, { values: Object.fromEntries(new FormData(form())), live: true });
});
document.addEventListener("change", ({ target }) => {
  if (target.id === "browse-speaker") speaker = target.value;
});
document.addEventListener("reset", ({ target }) => {
  if (target !== form()) return;
  speaker = "";
  setTimeout(() => target.requestSubmit());
});
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("#views")) setTimeout(writeAddress); // another tab may have been opened
  const asked = target.closest?.(".browse-ask");
  if (!asked) return;
  const title = asked.parentElement.querySelector("a").textContent;
  document.dispatchEvent(new CustomEvent("ask:within", { detail: { doc_id: decodeURIComponent(asked.dataset.doc), title } }));
});

// A list that the address names. The page is drawn some time after its scripts are there, and its tabs take a moment more
// until they answer; what stands in a tab is drawn when it is first opened.
const told = new URLSearchParams(location.search);
if (told.get("view") === "browse") {
  const opening = setInterval(() => document.querySelector("#view-browse-button")?.click(), 100);
  const drawn = new MutationObserver(() => {
    if (!form()) return;
    clearInterval(opening);
    drawn.disconnect();
    readAddress();
  });
  drawn.observe(document.documentElement, { childList: true, subtree: true });
}
