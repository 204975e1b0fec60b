// The service worker, where the browser has one (a secure address or this machine).
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
