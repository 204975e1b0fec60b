// What list pages do on top of every page.
import { whenAdded } from "./dom.js";
import "./loaded.js";
import { whenNear } from "./near.js";

const load = () => Promise.all([import("./peek.js"), import("./select.js"), import("./columns.js"), import("./headers.js")]);

whenNear(load, "#list :is([data-peek], .dtable__sel)", "#list .rowlink", " jksx");
whenAdded("#peek:not([hidden])", load);
