// A region that is asked for anew and waits longer than a moment turns into bars of the shape it has.
import { $ } from "./dom.js";

const REGIONS = "#list, #peek, #record-main, #timeline";
const MOMENT = 150;
const waits = new Map();

document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("../css/skeleton.css", import.meta.url).href }));

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  const region = typeof ctx.target === "string" ? $(ctx.target) : ctx.target;
  if (ctx.request.method !== "GET" || !region?.matches?.(REGIONS)) return;
  waits.set(ctx, { region, timer: setTimeout(() => show(region), MOMENT) });
});

document.addEventListener("htmx:finally:request", (event) => {
  const wait = waits.get(event.detail.ctx);
  if (!wait) return;
  waits.delete(event.detail.ctx);
  clearTimeout(wait.timer);
  wait.region.removeAttribute("aria-busy");
  if ($(":scope > .skels", wait.region)) { wait.region.hidden = true; wait.region.replaceChildren(); }
});

function show(region) {
  region.setAttribute("aria-busy", "true");
  if (region.childElementCount) return;
  const lines = Object.assign(document.createElement("div"), { className: "skels" });
  for (let line = 0; line < 9; line += 1) lines.append(Object.assign(document.createElement("span"), { className: "skel" }));
  region.append(lines);
  region.hidden = false;
}
