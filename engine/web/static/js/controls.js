// Controls whose modules load when one is first shown.
import { $, whenAdded } from "./dom.js";

const MODULES = {
  "[data-color]": () => both("color"),
  "[data-tags]": () => both("tags"),
  "[data-address]": () => import("./address.js"),
  "[data-links]": () => both("links"),
  "[data-sums]": () => import("./line_sums.js"),
  "[data-lines]": () => import("./line_paste.js"),
  "[data-rich]": () => both("rich_text"),
};

// Those that find their controls by themselves.
const LISTENERS = {
  "select[data-picker]": () => import("./picker.js"),
  "[data-lines], [data-show], [data-remove-line]": () => import("./lines.js"),
  "[data-line-grip]": () => import("./line_order.js"),
  "[data-grouped]": () => import("./groups.js"),
  "[data-judge]": () => both("rules"),
  "[data-near]": () => both("duplicates"),
  "[data-grouped], [data-tinted]": () => import("./fresh.js"),
};
for (const [selector, load] of Object.entries(LISTENERS)) whenAdded(selector, load);

for (const [selector, load] of Object.entries(MODULES)) {
  whenAdded(selector, (control) => load().then((module) => {
    if (control.isConnected && control.dataset.wired === undefined) { control.dataset.wired = ""; module.wire?.(control); }
  }));
}

async function both(name) {
  return (await Promise.all([import(`./${name}.js`), styled(name)]))[0];
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
