// Controls that need more than the browser gives: each loads its module when a page or an editor first shows one.
import { whenAdded } from "./dom.js";

const MODULES = {
  "[data-address]": () => import("./address.js"),
};

for (const [selector, load] of Object.entries(MODULES)) {
  whenAdded(selector, (control) => load().then((module) => {
    if (control.isConnected && !control.dataset.wired) { control.dataset.wired = ""; module.wire(control); }
  }));
}
