// The page's behaviour, one module per concern. Every screen works without it.
import "./requests.js";
import "./toasts.js";
import "./layers.js";
import "./theme.js";
import "./forms.js";
import "./editing.js";
import "./filters.js";
import "./keyboard.js";
import "./install.js";
import "./summon.js";
import "./controls.js";
import "./areas.js";

// The page is there first, then it begins to listen.
addEventListener("load", () => Promise.all([import("./live.js"), import("./skeleton.js"), import("./strips.js")]));
