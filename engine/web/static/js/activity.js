// The side of a record's page: drafts, mentions, and a timeline that follows what is changed on the page.
import { $ } from "./dom.js";
import "./drafts.js";
import "./mentions.js";

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  const source = ctx.sourceElement;
  if (source?.closest?.("#activity") && source.id !== "activity") return;
  if (source?.id === "activity") show(location.hash);
  else if (ctx.request?.method === "POST" && ctx.response?.status < 300) reload();
});

function reload() {
  const timeline = $("[data-timeline]");
  if (timeline) htmx.ajax("GET", timeline.dataset.timeline, { target: "#timeline", swap: "innerHTML" });
}

// The comment an address names is not in the page yet when the browser looks for it; an old one begins a page of its own.
async function show(hash) {
  const [, id] = hash.match(/^#comment-(\d+)$/) ?? [];
  const timeline = $("[data-timeline]");
  if (id && timeline && !$(hash)) await htmx.ajax("GET", `${timeline.dataset.timeline.split("?")[0]}?comment=${id}`, { target: "#timeline", swap: "innerHTML" });
  const item = id && $(hash);
  if (!item) return;
  item.classList.add("is-target");
  item.scrollIntoView({ block: "center" });
  item.focus({ preventScroll: true });
}
addEventListener("hashchange", () => show(location.hash));
show(location.hash); // The timeline may have come before this module did.
