// Days the way the reader's own country writes them, where its language is that of the page: "October 4, 2018".
const LANGUAGE = window.onTheRecord.language;
const country = navigator.languages.find((one) => one.startsWith(`${LANGUAGE}-`));
const written = country && new Intl.DateTimeFormat(country, { dateStyle: "long", timeZone: "UTC" });

export function localDates(root) {
  if (!written) return;
  for (const time of root.querySelectorAll("time[datetime]")) {
    if (!/^\d{4}-\d\d-\d\d$/.test(time.dateTime)) continue;
    const words = written.format(new Date(`${time.dateTime}T00:00Z`));
    time.textContent = LANGUAGE === "fr" ? words.replace(/^1 /, "1er ") : words;
  }
}

document.addEventListener("part:shown", (event) => localDates(event.target));
