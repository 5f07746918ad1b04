// Lets the page open without a network after the first visit. Every file is fetched with its integrity, all of them or none,
// and served from there; what is asked of the server always goes to the server.
const LIST = {{precache}};
const SHELF = `nguon-farm ${LIST.page}`;
const PAGE = LIST.files[0].url;

self.addEventListener("install", event => event.waitUntil((async () => {
  const shelf = await caches.open(SHELF);
  await Promise.all(LIST.files.map(async ({ url, integrity }) => {
    const answer = await fetch(url, { integrity, cache: "no-cache" });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    await shelf.put(url, answer);
  }));
  await self.skipWaiting();
})()));

self.addEventListener("activate", event => event.waitUntil((async () => {
  const old = (await caches.keys()).filter(name => name.startsWith("nguon-farm ") && name !== SHELF);
  await Promise.all(old.map(name => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener("fetch", event => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  const kept = event.request.mode === "navigate" ? PAGE : pathname;
  if (!LIST.files.some(({ url }) => url === kept)) return;
  event.respondWith((async () => (await (await caches.open(SHELF)).match(kept)) || fetch(event.request))());
});
