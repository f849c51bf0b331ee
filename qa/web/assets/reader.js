// One listener for the whole page serves every link to a place in the record: [n] in an answer, the list of quotes, the
// list of transcripts. Enter follows a link as a click does. Esc goes back to the link that was followed.
const PREFIX = "#cite-";
const texts = window.onTheRecord.texts;
let followed = null;
let isAsked = false; // whether somebody followed a link, rather than that the page brought what it begins with

const links = (href) => document.querySelectorAll(`a[href="${CSS.escape(href)}"]`);
const isShown = (link) => link.isConnected && link.offsetParent !== null;

function goBack() {
  if (!followed) return;
  // an answer that is drawn again has new links: take the one that leads to the same place
  const link = isShown(followed.link) ? followed.link : [...links(followed.href)].find(isShown);
  link?.focus();
}

function remember(address) {
  const url = new URL(location.href);
  url.searchParams.delete("is");
  url.searchParams.delete("cite");
  url.hash = "";
  const rest = url.searchParams.toString();
  url.search = [address && `cite=${address}`, rest].filter(Boolean).join("&");
  history.replaceState(history.state, "", url);
}

function follow(event) {
  const link = event.target.closest?.(`a[href^="${PREFIX}"]`);
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  const href = link.getAttribute("href");
  if (!link.closest(".reader")) followed = { link, href };
  open(href.slice(PREFIX.length));
}

function open(address) {
  isAsked = true;
  remember(address);
  props.value += " "; // the same link followed twice brings the same transcript: only what differs is shown again
  trigger("select", { id: address });
}

// The reader scrolls inside itself; the page moves only where the reader is out of sight, as on a telephone.
function show() {
  const reader = element.querySelector(".reader");
  step();
  // the name of who speaks stays in sight just below the tools, however many rows they take
  reader.style.setProperty("--tools", `${reader.querySelector(".reader-tools")?.offsetHeight ?? 0}px`);
  const target = reader.querySelector("mark") || (isAsked && reader.querySelector("h2"));
  isAsked = false;
  if (!target) return;
  reveal(target.getBoundingClientRect(), target.localName === "mark");
  target.focus({ preventScroll: true });
  const frame = reader.getBoundingClientRect();
  if (frame.top < 0 || frame.bottom > innerHeight) reader.scrollIntoView({ block: "nearest" });
}

function reveal(place, inTheMiddle) {
  const reader = element.querySelector(".reader");
  const room = inTheMiddle ? Math.max(reader.clientHeight - place.height, 0) / 2 : reader.clientHeight;
  reader.scrollTop += place.top - reader.getBoundingClientRect().top - room;
}

// The quotes before and after, in the order of the last answer.
function step() {
  const told = document.querySelector("#tools [data-history]")?.dataset.history;
  const addresses = told ? JSON.parse(told).cards.map((card) => card.place) : [];
  const at = addresses.indexOf(new URL(location.href).search.match(/[?&]cite=([^&]*)/)?.[1]);
  for (const [name, other] of [["previous", at - 1], ["next", at + 1]]) {
    const button = element.querySelector(`.quote-${name}`);
    if (!button) continue;
    button.hidden = at < 0 || !(other in addresses);
    button.onclick = () => open(addresses[other]);
  }
}

// Search inside the transcript: matches are painted over the text, which stays as it is.
let matches = [];
let current = -1;

function find(words) {
  matches = [];
  current = -1;
  const wanted = fold(words.trim());
  if (wanted) for (const part of element.querySelectorAll(".words, .lines")) matches.push(...rangesIn(part, wanted));
  CSS.highlights?.set("found", new Highlight(...matches));
  for (const button of element.querySelectorAll(".find-previous, .find-next")) button.hidden = !matches.length;
  const none = wanted ? texts["reader.no_match"] : "";
  element.querySelector(".found").textContent = matches.length ? `${matches.length}` : none;
}

// Case and accents aside; a letter stays one letter, so that places in the folded text are places in the text.
function fold(text) {
  return [...text].map((letter) => {
    const plain = letter.normalize("NFD")[0].toLowerCase();
    return plain.length === letter.length ? plain : letter;
  }).join("").replace(/[\s\u00a0]/g, " ");
}

function rangesIn(part, wanted) {
  const nodes = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  const folded = fold(text);
  const place = (at) => {
    const [start, node] = nodes.findLast(([begin]) => begin <= at);
    return [node, at - start];
  };
  const found = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const range = document.createRange();
    range.setStart(...place(at));
    range.setEnd(...place(at + wanted.length - 1).map((value, n) => (n ? value + 1 : value)));
    found.push(range);
  }
  return found;
}

function go(by) {
  if (!matches.length) return;
  current = (current + by + matches.length) % matches.length;
  CSS.highlights?.set("found-now", new Highlight(matches[current]));
  reveal(matches[current].getBoundingClientRect(), true);
  const said = texts["reader.matches"].replace("{at}", current + 1).replace("{n}", matches.length);
  element.querySelector(".found").textContent = said;
}

element.addEventListener("input", (event) => {
  if (event.target.matches(".find")) find(event.target.value);
});
element.addEventListener("click", (event) => {
  if (event.target.closest(".find-next")) go(1);
  if (event.target.closest(".find-previous")) go(-1);
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".find")) return;
  event.preventDefault();
  if (current < 0) find(event.target.value);
  go(event.shiftKey ? -1 : 1);
});

document.addEventListener("click", follow, true);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest(".reader")) goBack();
});
watch("value", () => requestAnimationFrame(show));
