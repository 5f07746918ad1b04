// Has the page open without a network after the first visit. It keeps one version of the page, whole: every file is fetched
// with its integrity, all of them or none. A newer version is fetched beside it and takes over when the reader says so, or
// when no page of the old one is open any more; a page that is open goes on with its own files, which it names by their hash.
const LIST = {{precache}};
const PAGES = "nguon page ";
const HERE = PAGES + LIST.page;
const BUNDLES = "nguon bundles";
const [INDEX, ...FILES] = LIST.files;
// Milliseconds after which a network that does not answer counts as none, where there is something kept to answer with.
const PATIENCE = 6000;
// When the bundle was kept that a page was answered with, for the page to say so.
const answered = new Map();

self.addEventListener("install", event => event.waitUntil((async () => {
  const here = await caches.open(HERE);
  const fetched = async ({ url, integrity }, cache) => {
    // What an earlier try has brought need not travel again.
    if (await here.match(url)) { return; }
    const answer = await fetch(url, { integrity, cache });
    if (!answer.ok) { throw new Error(`${url}: ${answer.status}`); }
    await here.put(url, answer);
  };
  // The page just open has most of them in the browser's own cache, under names that never mean anything else.
  await Promise.all(FILES.map(file => fetched(file, "default")));
  // Last: a version that has its page is whole.
  await fetched(INDEX, "no-cache");
})()));

self.addEventListener("activate", event => event.waitUntil((async () => {
  const whole = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES) || name === HERE) { continue; }
    if (await (await caches.open(name)).match(INDEX.url)) { whole.push(name); } else { await caches.delete(name); }
  }
  // Pages that are still open may want a file of the version before.
  await Promise.all(whole.slice(0, -1).map(name => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener("message", event => {
  if (event.data === "take over") { self.skipWaiting(); }
  if (event.data === "kept?") { event.ports[0].postMessage(answered.get(event.source.id) || null); }
});

self.addEventListener("fetch", event => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET") { return; }
  // The server of the records may be another.
  if (pathname.startsWith("/v1/bundles/01/")) { event.respondWith(bundle(event)); }
  if (origin !== location.origin) { return; }
  if (request.mode === "navigate") {
    if (pathname === "/" || pathname.startsWith("/01/")) { event.respondWith(file(INDEX.url, request, HERE)); }
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(file(pathname, request));
  }
});

async function file(url, request, cacheName) {
  return await caches.match(url, { cacheName }) || fetch(request);
}

// The network decides, where there is one. The companion has kept what the page last verified.
async function bundle({ request, clientId }) {
  const coming = fetch(request);
  coming.catch(() => {});
  const store = await caches.has(BUNDLES) && await caches.open(BUNDLES);
  const kept = store && await store.match(request.url);
  answered.delete(clientId);
  if (!kept) { return coming; }
  try {
    const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
    const answer = await Promise.race([coming, late]);
    const type = answer.headers.get("content-type") || "";
    // A proxy's own page is no answer of the server's.
    if (answer.status >= 500 || answer.ok && !type.startsWith("application/cbor")) { throw new Error(type); }
    if (!answer.ok || type.includes("seq")) { return answer; }
    // One that breaks off is none either.
    const { status, headers } = answer;
    return new Response(await Promise.race([answer.arrayBuffer(), late]), { status, headers });
  } catch (none) {
    answered.set(clientId, Number(kept.headers.get("nguon-kept")));
    return kept;
  }
}
