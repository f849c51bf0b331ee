// What is done with the last answer reaches the server as events of this element; the rest of the page asks by events
// of the document: "ask:question" with the fields of a link to a question, "ask:within" with a transcript.
const FIELDS = ["q", "from", "to", "in", "record"];

element.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act === "edit") trigger("edit", {});
  if (act === "again") trigger("retry", {});
});
document.addEventListener("ask:question", ({ detail }) => {
  const asked = new URLSearchParams(detail.link);
  const fields = Object.fromEntries(FIELDS.map((name) => [name, asked.get(name) || ""]));
  trigger("submit", { ...fields, speaker: asked.getAll("speaker") });
});
document.addEventListener("ask:within", ({ detail }) => {
  trigger("select", detail);
  document.querySelector("#question textarea")?.focus();
});
watch("value", () => document.dispatchEvent(new CustomEvent("answer:done", { detail: { tools: element } })));

// a link to a question is a question asked once
const link = new URL(location.href);
if (link.searchParams.has("q")) {
  const asked = link.search;
  for (const name of [...FIELDS, "speaker"]) link.searchParams.delete(name);
  history.replaceState(history.state, "", link);
  setTimeout(() => document.dispatchEvent(new CustomEvent("ask:question", { detail: { link: asked } })), 0);
}
