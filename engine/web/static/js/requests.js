// What all htmx requests share: the CSRF header, and what happens when the server says no.
import { csrf, say } from "./dom.js";
import { toast } from "./toasts.js";

// Answers a screen has a fragment for; any other refusal leaves the page as it is and says so.
const ANSWERED = [409, 422];

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRF-Token"] = csrf();
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  if (status < 400) return;
  if (ANSWERED.includes(status) && !ctx.swap.startsWith("delete")) return;
  ctx.swap = "none";
  ctx.hx.retarget = ctx.hx.reswap = undefined;
  if (status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  else if (!ctx.hx.trigger) toast(say(status === 403 ? "refused" : "failed"), { bad: true });
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !event.detail.ctx.sourceElement?.closest?.(".is-editing")) toast(say("offline"), { bad: true });
});
