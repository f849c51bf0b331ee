// Days the way the reader's own country writes them, where its language is that of the page: "October 4, 2018".
const LANGUAGE = window.onTheRecord.language;
const country = navigator.languages.find((one) => one.startsWith(`${LANGUAGE}-`));
const written = country && new Intl.DateTimeFormat(country, { dateStyle: "long", timeZone: "UTC" });

function localDates() {
  for (const time of document.querySelectorAll("time[datetime]:not([data-local])")) {
    time.dataset.local = "";
    if (!/^\d{4}-\d\d-\d\d$/.test(time.dateTime)) continue;
    const words = written.format(new Date(`${time.dateTime}T00:00Z`));
    time.textContent = LANGUAGE === "fr" ? words.replace(/^1 /, "1er ") : words;
  }
}

if (written) {
  new MutationObserver(localDates).observe(document.documentElement, { childList: true, subtree: true });
  localDates();
}
