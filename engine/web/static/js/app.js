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
import "./controls.js";
