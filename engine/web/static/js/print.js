// The page for the printer opens its dialog by itself.
addEventListener("load", () => window.print());
