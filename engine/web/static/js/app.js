// The page's behaviour, one module per concern. Every screen works without it.
import "./requests.js";
import "./toasts.js";
import "./layers.js";
import "./theme.js";
import "./forms.js";
import "./picker.js";
import "./edit.js";
import "./filters.js";
import "./keyboard.js";
import "./install.js";
import "./summon.js";
import "./controls.js";
import { whenAdded } from "./dom.js";

// Line items are on few pages: their module comes when there are some.
whenAdded("[data-lines], [data-show], [data-remove-line]", () => import("./lines.js"));

// The page is there first, then it begins to listen.
addEventListener("load", () => import("./live.js"));
