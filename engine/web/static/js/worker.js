// Keeps static files and the offline page, never a page with data. STATIC and OFFLINE are written above by the server.
const LANGUAGE = "/offline/language";

self.addEventListener("install", (event) => {
  const sheets = ["tokens.css", "tokens.fallback.css", "components.css", "app.css", "css/entry.css", "icons.svg"];
  const wanted = [...Object.values(OFFLINE), ...sheets.map((name) => `${STATIC}/${name}`)];
  event.waitUntil(caches.open(STATIC).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== STATIC).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visited(request));
  else if (new URL(request.url).pathname.startsWith(`${STATIC}/`)) event.respondWith(kept(request));
});

async function visited(request) {
  try {
    const response = await fetch(request);
    const language = response.headers.get("content-language");
    if (language in OFFLINE) (await caches.open(STATIC)).put(LANGUAGE, new Response(language));
    return response;
  } catch {
    const language = await (await caches.match(LANGUAGE))?.text();
    return (await caches.match(OFFLINE[language] ?? Object.values(OFFLINE)[0])) ?? Response.error();
  }
}

async function kept(request) {
  const found = await caches.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) (await caches.open(STATIC)).put(request, response.clone());
  return response;
}
