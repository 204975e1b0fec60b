// Controls whose modules load when one is first shown.
import { $, whenAdded } from "./dom.js";

const MODULES = {
  "[data-color]": () => Promise.all([import("./color.js"), styled("color")]).then(([module]) => module),
  "[data-tags]": () => Promise.all([import("./tags.js"), styled("tags")]).then(([module]) => module),
  "[data-address]": () => import("./address.js"),
  "[data-links]": () => Promise.all([import("./links.js"), styled("links")]).then(([module]) => module),
  "[data-sums]": () => import("./line_sums.js"),
  "[data-lines]": () => import("./line_paste.js"),
  "[data-rich]": () => Promise.all([import("./rich_text.js"), styled("rich_text")]).then(([module]) => module),
};

// Those that listen on the page or find their controls by themselves.
const LISTENERS = {
  "select[data-picker]": () => import("./picker.js"),
  "[data-lines], [data-show], [data-remove-line]": () => import("./lines.js"),
  "[data-line-grip]": () => import("./line_order.js"),
  "[data-grouped]": () => import("./groups.js"),
  "[data-near]": () => Promise.all([import("./duplicates.js"), styled("duplicates")]),
  "[data-grouped], [data-tinted]": () => import("./fresh.js"),
};
for (const [selector, load] of Object.entries(LISTENERS)) whenAdded(selector, load);

for (const [selector, load] of Object.entries(MODULES)) {
  whenAdded(selector, (control) => load().then((module) => {
    if (control.isConnected && control.dataset.wired === undefined) { control.dataset.wired = ""; module.wire?.(control); }
  }));
}

/** Settles when the sheet of a control is there, or cannot be had. */
function styled(name) {
  const link = document.createElement("link");
  const settled = new Promise((resolve) => { link.onload = resolve; link.onerror = resolve; });
  Object.assign(link, { rel: "stylesheet", href: new URL(`../css/${name}.css`, import.meta.url).pathname });
  if ($(`link[href="${link.getAttribute("href")}"]`)) return Promise.resolve();
  document.head.append(link);
  return settled;
}
