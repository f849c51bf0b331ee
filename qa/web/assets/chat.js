// A new question moves to the top of the conversation and its answer grows below it: nobody has to scroll back to read.
const chat = document.querySelector("#chat");
let questions = 0;
new MutationObserver(() => {
  const rows = chat.querySelectorAll(".user-row");
  if (rows.length > questions) rows[rows.length - 1].scrollIntoView({ block: "start" });
  questions = rows.length;
}).observe(chat, { childList: true, subtree: true });
