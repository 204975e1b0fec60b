// Keeps how a person arranged the columns of a list, and draws its rows again where they changed.
import { $, csrf, say } from "./dom.js";
import { toast } from "./toasts.js";

let pending = null;
let timer;

/** Sends `parts` to `url` once nothing more came for a moment; with `draw` the rows are drawn again. */
export function keep(url, parts, { draw = false, wait = 400 } = {}) {
  pending = { url, parts: { ...pending?.parts, ...parts }, draw: draw || pending?.draw };
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
}

async function flush() {
  if (!pending) return;
  const { url, parts, draw } = pending;
  pending = null;
  const headers = { "HX-Request": "true", "X-CSRF-Token": csrf() };
  const answer = await fetch(url, { method: "POST", keepalive: true, headers, body: new URLSearchParams(parts) }).catch(() => null);
  if (!answer?.ok) toast(say("failed"), { bad: true });
  else if (draw) await redraw();
}

addEventListener("pagehide", flush);

// Columns that the address named itself give way to those that were just chosen.
async function redraw() {
  const here = new URL(location.href);
  if (here.searchParams.has("cols")) { here.searchParams.delete("cols"); location.replace(here); return; }
  const answer = await fetch(here, { headers: { "HX-Request": "true", "HX-Target": "list" } }).catch(() => null);
  if (!answer?.ok || pending) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const [old, fresh] = [$("#list .split__main"), $(".split__main", holder.content)];
  if (!old || !fresh) return;
  const { scrollTop = 0, scrollLeft = 0 } = $(".dtable-wrap", old) ?? {};
  old.replaceWith(fresh);
  htmx.process(fresh);
  $(".dtable-wrap", fresh)?.scrollTo({ top: scrollTop, left: scrollLeft, behavior: "instant" });
}
