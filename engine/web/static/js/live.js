// The inbox while a page is open. One tab of the browser listens to the server and tells the others; where events do
// not come through, and where tabs cannot agree on one, the count is asked for now and then.
import { $, $$ } from "./dom.js";
import { toast } from "./toasts.js";

const POLL = 45_000;
const FAILURES = 2;
const here = $("[data-unread]");
const channel = "BroadcastChannel" in window ? new BroadcastChannel("inbox") : null;
let newest = null;

function show(unread) {
  $$("[data-unread]").forEach((badge) => { badge.textContent = unread > 99 ? "99+" : unread; badge.hidden = !unread; });
}

async function ask() {
  const answer = await fetch(`/inbox/count?since=${newest ?? ""}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || !answer.headers.get("content-type")?.includes("json")) return;
  hear(await answer.json());
}

function hear(news) {
  show(news.unread);
  const text = isNewer(news) ? news.text : "";
  newest = news.newest;
  if (text && !document.hidden) toast(text);
}

const isNewer = (standing) => newest !== null && BigInt(standing.newest) > BigInt(newest);

// What is unread already when a page opens is no news.
function told(standing) {
  show(standing.unread);
  if (isNewer(standing)) ask();
  else newest ??= standing.newest;
}

function poll() {
  ask();
  setInterval(() => { if (!document.hidden) ask(); }, POLL);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
}

// Holds the lock as long as the tab lives; then another tab listens.
function listen() {
  return new Promise(() => {
    let failures = 0;
    const source = new EventSource("/events");
    source.addEventListener("message", (event) => { failures = 0; const standing = JSON.parse(event.data); told(standing); channel.postMessage(standing); });
    source.addEventListener("over", () => source.close());
    source.addEventListener("error", () => {
      failures += 1;
      if (failures < FAILURES && source.readyState !== EventSource.CLOSED) return;
      source.close();
      poll();
    });
    addEventListener("pagehide", () => source.close());
  });
}

if (here) {
  channel?.addEventListener("message", (event) => told(event.data));
  document.addEventListener("unread", (event) => { show(event.detail.count); channel?.postMessage({ unread: event.detail.count, newest: "0" }); });
  if (navigator.locks && window.EventSource && channel) navigator.locks.request("inbox", listen);
  else poll();
}
