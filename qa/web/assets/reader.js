// One listener for the whole page serves every link to a place in the record: [n] in an answer, the list of quotes, the
// list of transcripts. Enter follows a link as a click does. Esc goes back to the link that was followed.
const PREFIX = "#cite-";
let followed = null;

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
  url.search = address ? `?cite=${address}` : "";
  url.hash = "";
  history.replaceState(history.state, "", url);
}

function follow(event) {
  const link = event.target.closest?.(`a[href^="${PREFIX}"]`);
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  const href = link.getAttribute("href");
  const address = href.slice(PREFIX.length);
  if (!link.closest(".reader")) followed = { link, href };
  remember(address);
  props.value += " "; // the same link followed twice brings the same transcript: only what differs is shown again
  trigger("select", { id: address });
}

// The reader scrolls inside itself; the page moves only where the reader is out of sight, as on a telephone.
function show() {
  const reader = element.querySelector(".reader");
  const target = reader.querySelector("mark") || reader.querySelector("h2");
  if (!target) return;
  const place = target.getBoundingClientRect();
  const room = target.localName === "mark" ? Math.max(reader.clientHeight - place.height, 0) / 2 : reader.clientHeight;
  reader.scrollTop += place.top - reader.getBoundingClientRect().top - room;
  target.focus({ preventScroll: true });
  const frame = reader.getBoundingClientRect();
  if (frame.top < 0 || frame.bottom > innerHeight) reader.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", follow, true);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest(".reader")) goBack();
});
watch("value", () => requestAnimationFrame(show));
