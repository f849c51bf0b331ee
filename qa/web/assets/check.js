// Says that a check is under way: the first one reads every transcript, which takes seconds on a large record.
document.addEventListener("submit", ({ target }) => {
  if (target.id !== "check-form") return;
  const result = document.querySelector("#check-result");
  const status = document.querySelector("#check-status");
  status.textContent = window.onTheRecord.texts["check.looking"];
  const over = new MutationObserver(() => {
    if (result.hasAttribute("aria-busy")) return;
    status.textContent = "";
    over.disconnect();
  });
  over.observe(result, { attributeFilter: ["aria-busy"] });
});
