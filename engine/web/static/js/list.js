// What list pages do on top of every page.
import "./peek.js";
import "./select.js";
import "./loaded.js";
import "./columns.js";
