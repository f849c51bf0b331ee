// What the parts beside the chat share: pieces of the page that the server writes, fetched and put in place.
//
//   data-part="/parts/…"   on a form: sent when it is submitted, or with data-live as soon as a field changes
//                          on a button or link: sent when it is pressed, data-values='{"a": 1}' with it
//                          on anything with data-load: fetched into itself when it is first seen
//   data-into="#id"        where the reply goes (default: the element itself); data-method="post" changes something
//   data-download          the reply is a file
// After a reply, [data-focus] in it takes the focus; "part:shown" tells scripts that an element has new content.
const LANGUAGE = document.documentElement.lang === "fr" ? "fr" : "en";
const ROOT = location.pathname.replace(/(\/fr)?\/?$/, "");
const latest = new WeakMap(); // for each place, its newest request: an older reply that comes late is dropped

export function partUrl(path, values = {}) {
  const url = new URL(ROOT + path, location.href);
  url.searchParams.set("lang", LANGUAGE);
  for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) url.searchParams.append(name, one);
  return url;
}

// The reply to a request, or an Error whose message can be shown.
export async function send(path, { method = "get", values = {}, body = null } = {}) {
  const posted = method === "post";
  let reply;
  try {
    reply = await fetch(partUrl(path, posted ? {} : values), posted
      ? { method: "POST", headers: body ? {} : { "content-type": "application/json" }, body: body ?? JSON.stringify(values) }
      : {});
  } catch {
    throw new Error(window.onTheRecord.texts["page.offline"]);
  }
  if (reply.ok) return reply;
  const told = await reply.json().catch(() => ({}));
  throw new Error(told.error || window.onTheRecord.texts["page.failed"]);
}

export async function show(target, path, options = {}) {
  const turn = {};
  latest.set(target, turn);
  target.setAttribute("aria-busy", "true");
  try {
    const html = await (await send(path, options)).text();
    if (latest.get(target) !== turn) return;
    target.innerHTML = html;
    target.dispatchEvent(new CustomEvent("part:shown", { bubbles: true }));
    if (!options.live) target.querySelector("[data-focus]")?.focus();
  } catch (error) {
    if (latest.get(target) === turn) fail(target, error);
  } finally {
    if (latest.get(target) === turn) target.removeAttribute("aria-busy");
  }
}

export function fail(target, error) {
  const said = document.createElement("p");
  said.className = "part-error";
  said.setAttribute("role", "alert");
  said.textContent = error.message;
  target.querySelector(":scope > .part-error")?.remove();
  target.prepend(said);
}

export async function download(path, options = {}) {
  const reply = await send(path, options);
  const name = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(reply.headers.get("content-disposition") || "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = name ? decodeURIComponent(name[1]) : "on-the-record";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Copied where the browser allows it, which outside of https it only does the old way.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    if (!done) throw new Error(window.onTheRecord.texts["page.copy_failed"]);
  }
}

// Said by a screen reader, and shown for a moment.
export function say(words) {
  const status = document.querySelector("#said");
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = words; });
  clearTimeout(say.clearing);
  say.clearing = setTimeout(() => { status.textContent = ""; }, 6_000);
}

function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) values[name] = name in values ? [values[name], value].flat() : value;
  return values;
}

async function run(element, { live = false } = {}) {
  const target = element.dataset.into ? document.querySelector(element.dataset.into) : element;
  const values = element.localName === "form" ? valuesOf(element) : JSON.parse(element.dataset.values || "{}");
  const options = { method: element.dataset.method, values, live };
  if (!("download" in element.dataset)) return show(target, element.dataset.part, options);
  try {
    await download(element.dataset.part, options);
  } catch (error) {
    fail(target, error);
  }
}

const waiting = new WeakMap();
function runSoon(form) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => run(form, { live: true }), 180));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-part]")) return;
  event.preventDefault();
  run(event.target);
});
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-part][data-live]");
  if (form) runSoon(form);
});
document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("button[data-part], a[data-part]");
  if (!pressed) return;
  event.preventDefault();
  run(pressed);
});

const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    run(target, { live: true });
  }
});
const known = new WeakSet();
export function watchLoads() {
  for (const element of document.querySelectorAll("[data-part][data-load]")) {
    if (known.has(element)) continue;
    known.add(element);
    seen.observe(element);
  }
}
new MutationObserver(watchLoads).observe(document.documentElement, { childList: true, subtree: true });
watchLoads();
