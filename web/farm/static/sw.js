// Lets the page open without a network after the first visit. Every file is fetched with its integrity, all of them or none,
// and served from there; what is asked of the server always goes to the server. The desk is no part of what a phone in an
// orchard fetches: its files are kept where they are used.
const LIST = {{precache}};
const SHELF = `nguon-farm ${LIST.page}`;
const PAGE = LIST.files[0].url;
const LATER = /\/assets\/desk-/;

self.addEventListener("install", event => event.waitUntil((async () => {
  const shelf = await caches.open(SHELF);
  await Promise.all(LIST.files.filter(({ url }) => !LATER.test(url)).map(async ({ url, integrity }) => {
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
  event.respondWith((async () => {
    const shelf = await caches.open(SHELF), found = await shelf.match(kept);
    if (found) return found;
    const answer = await fetch(event.request);
    if (answer.ok && LATER.test(kept)) await shelf.put(kept, answer.clone());
    return answer;
  })());
});
