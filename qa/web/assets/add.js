// Adding transcripts: files are sent one after another, shown as the server understood them, and joined when told to.
// The session is a number drawn by chance that the browser keeps, so that a reload finds what was given before.
import { partUrl, say, show } from "./parts.js";

const texts = window.onTheRecord.texts;
const EVERY = 700; // milliseconds between two looks at how far the work has come
const at = (id) => document.getElementById(id);
const inside = (name) => at("add-inside")?.querySelector(name);

const say_with = (key, values) =>
  Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, () => value), texts[key]);

function session() {
  let kept = sessionStorage.getItem("add-session");
  if (!/^[0-9a-f]{32}$/.test(kept || "")) {
    kept = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem("add-session", kept);
  }
  return kept;
}

// --- what is given -------------------------------------------------------------------------------------------------

const waiting = [];
let sending = false;

// A file of a folder counts as the command line counts it: hidden ones, READMEs and other kinds are passed over.
function isTranscript({ name }, kinds) {
  return !name.startsWith(".") && !/^readme\./i.test(name) && kinds.some((kind) => name.toLowerCase().endsWith(kind));
}

async function below(entry) {
  if (entry.isFile) return [await new Promise((found, failed) => entry.file(found, failed))];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const some = await new Promise((found, failed) => reader.readEntries(found, failed));
    if (!some.length) return files;
    for (const one of some) if (!one.name.startsWith(".")) files.push(...(await below(one)));
  }
}

async function dropped(items) {
  // taken before anything is awaited, as the browser then empties the list
  const given = [...items].filter(({ kind }) => kind === "file").map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
  const kinds = inside(".add-drop").dataset.kinds.split(",");
  const files = [];
  for (const [entry, file] of given) {
    if (entry?.isDirectory) files.push(...(await below(entry)).filter((one) => isTranscript(one, kinds)));
    else files.push(file);
  }
  give(files);
}

function give(files) {
  if (!files.length) return say(texts["add.queue_none"]);
  for (const old of document.querySelectorAll("#add-queue .failed")) old.remove();
  for (const file of files) waiting.push({ file, row: row(file) });
  if (!sending) sendAll();
}

function row(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const state = document.createElement("span");
  name.className = "add-name";
  name.textContent = file.name;
  state.className = "add-hint";
  state.textContent = texts["add.queue_waiting"];
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", say_with("add.queue_progress", { name: file.name }));
  item.append(name, bar, state);
  at("add-queue").append(item);
  return { item, bar, state };
}

function refuse({ item }, sentences) {
  item.className = "failed";
  item.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
}

async function sendAll() {
  sending = true;
  let done = 0;
  let failed = 0;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    try {
      const told = await sendOne(next.file, next.row);
      done += told.names.length;
      failed += told.refused.length;
      if (told.refused.length) refuse(next.row, told.refused);
      else next.row.item.remove();
    } catch (error) {
      failed += 1;
      refuse(next.row, [error.message]);
    }
  }
  sending = false;
  say(say_with("add.queue_done", { done, failed }));
  if (done) await showStaged({ look: true });
}

// The bytes as they are, with progress, which fetch cannot tell of an upload.
function sendOne(file, { bar, state }) {
  const drop = inside(".add-drop");
  const limit = Number(drop.dataset.limit);
  if (file.size > limit) {
    return Promise.reject(new Error(say_with("add.refused_large", { name: file.name, n: limit / 2 ** 20 })));
  }
  if (!drop.dataset.kinds.split(",").some((kind) => file.name.toLowerCase().endsWith(kind))) {
    const kinds = drop.dataset.kinds.replaceAll(",", ", ");
    return Promise.reject(new Error(say_with("add.refused_kind", { name: file.name, kinds })));
  }
  return new Promise((read, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", partUrl("/parts/add/file", { session: session(), name: file.name }));
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = loaded / total;
      state.textContent = say_with("add.queue_sending", { share: Math.round((100 * loaded) / total) });
    };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      state.textContent = texts["add.queue_reading"];
    };
    request.onload = () => {
      if (request.status === 200 && request.response) read(request.response);
      else failed(new Error(request.response?.error || texts["page.failed"]));
    };
    request.onerror = () => failed(new Error(texts["page.offline"]));
    request.send(file);
  });
}

async function showStaged({ look = false } = {}) {
  const target = at("add-staged");
  if (!target) return;
  await show(target, "/parts/add/staged", { values: { session: session() }, live: true });
  const here = document.activeElement === document.body || inside(":focus"); // nobody is called back from elsewhere
  if (look && here) at("add-look")?.focus();
}

// --- what is chosen ------------------------------------------------------------------------------------------------

function count(form) {
  const chosen = form.querySelectorAll('input[name="take"]:checked').length;
  const button = form.querySelector(".add-main");
  button.textContent = say_with(chosen === 1 ? "add.join.one" : "add.join", { n: chosen });
  button.disabled = !chosen;
}

// --- what is under way ---------------------------------------------------------------------------------------------

let looking = 0;

function watch() {
  clearTimeout(looking);
  if (inside('#add-job [data-state="running"]')) looking = setTimeout(look, EVERY);
}

async function look() {
  const job = at("add-job");
  if (!job) return;
  const page = document.createElement("template");
  try {
    page.innerHTML = await (await fetch(partUrl("/parts/add/progress"))).text();
  } catch {
    looking = setTimeout(look, 4 * EVERY); // the server may be starting anew
    return;
  }
  const now = page.content.querySelector("[data-state]");
  const before = job.querySelector("[data-state]");
  if (now?.dataset.state === "running" && before) {
    follow(before, now);
    watch();
  } else {
    await finish(job, page, now);
  }
}

// Only what has changed is changed: what has the focus keeps it, and a screen reader hears each stage once.
function follow(before, now) {
  const bar = before.querySelector("progress");
  const newer = now.querySelector("progress");
  for (const name of ["value", "max"]) {
    if (newer.hasAttribute(name)) bar.setAttribute(name, newer.getAttribute(name));
    else bar.removeAttribute(name);
  }
  before.querySelector(".add-count").textContent = now.querySelector(".add-count").textContent;
  if (before.dataset.stage === now.dataset.stage) return;
  before.dataset.stage = now.dataset.stage;
  before.querySelector(".add-step").textContent = now.querySelector(".add-step").textContent;
  say(now.querySelector(".add-step").textContent);
}

async function finish(job, page, now) {
  const focused = job.contains(document.activeElement);
  job.replaceChildren(page.content);
  const heading = job.querySelector("h3");
  if (heading) say(heading.textContent);
  if (focused) heading?.focus();
  if (at("add-batches")) await show(at("add-batches"), "/parts/add/batches", { live: true });
  if (now?.dataset.state === "done") document.dispatchEvent(new CustomEvent("record:changed"));
}

// --- what happens on the page --------------------------------------------------------------------------------------

document.addEventListener("change", (event) => {
  if (event.target.matches("#add-files, #add-folder")) {
    const kinds = inside(".add-drop").dataset.kinds.split(",");
    const files = [...event.target.files];
    give(event.target.id === "add-folder" ? files.filter((file) => isTranscript(file, kinds)) : files);
    event.target.value = "";
  } else if (event.target.matches('.add-choose input[name="take"]')) {
    count(event.target.form);
  }
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.(".add-drop");
    if (!zone) return;
    event.preventDefault(); // or the browser would open the file in the page's place
    zone.classList.toggle("over", kind === "dragover");
    if (kind === "drop") dropped(event.dataTransfer.items);
  });
}

document.addEventListener("part:shown", async (event) => {
  if (event.target.id === "add-inside") {
    watch();
    if (inside(".add-drop")) await showStaged();
  } else if (event.target.id === "add-job") {
    watch();
    if (inside('#add-job [data-state="running"]')) setTimeout(showStaged, EVERY); // once they have left the stage
  }
});
