// Two things that Gradio's chat leaves undone. A new question moves to the top of the conversation and its answer grows
// below it, until somebody scrolls: nobody has to go back to read. And a message is named by what it is, not by its source.
const NAMES = { user: window.onTheRecord.texts["ask.question"], bot: window.onTheRecord.texts["ask.answer"] };
let questions = 0;
let following = false;

function tidy() {
  const chat = document.querySelector("#chat"); // not there yet when the page begins
  if (!chat) return;
  for (const message of chat.querySelectorAll("[data-testid=user], [data-testid=bot]")) {
    const name = NAMES[message.dataset.testid];
    if (message.getAttribute("aria-label") !== name) message.setAttribute("aria-label", name);
    if (message.getAttribute("role") !== "group") message.setAttribute("role", "group");
  }
  const rows = chat.querySelectorAll(".user-row");
  if (rows.length > questions) following = true;
  if (following && rows.length) rows[rows.length - 1].scrollIntoView({ block: "start" });
  questions = rows.length;
}

new MutationObserver(tidy).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  document.addEventListener(kind, () => { following = false; }, { passive: true });
}
