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
// What a page that is being opened will ask for, asked for before it can: by its address, for as long as it may take to ask.
const early = new Map();
const OPENING = 10000;

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
  // The server of the records may be another, and so are those who watch it.
  if (pathname.startsWith("/v1/bundles/01/")) {
    event.respondWith(bundle(event));
  } else if (early.has(request.url)) {
    event.respondWith(asked(request));
  }
  if (origin !== location.origin) { return; }
  if (request.mode === "navigate") {
    if (pathname === "/" || pathname.startsWith("/01/")) {
      // First: a phone takes longer to open a page than to ask for this.
      open(pathname);
      event.respondWith(file(INDEX.url, request, HERE));
    }
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(file(pathname, request));
  }
});

async function file(url, request, cacheName) {
  return await caches.match(url, { cacheName }) || fetch(request);
}

// Asks for the lot of an address and for what its verdict waits for, as boot.js will.
function open(pathname) {
  const link = /\/01\/(\d{8,14})\/10\/([^/]+)/.exec(pathname);
  if (!link) { return; }
  const lot = `{{api}}/v1/bundles/01/${link[1].padStart(14, "0")}/10/${link[2]}`;
  for (const url of `${lot}{{ask}}`.split(" ")) {
    const { href } = new URL(url, location.origin);
    const accept = "application/cbor-seq, application/cbor";
    const coming = fetch(href, { credentials: "omit", headers: { accept } });
    coming.catch(() => {});
    early.set(href, coming);
    setTimeout(() => early.get(href) === coming && early.delete(href), OPENING);
  }
}

// The answer to what was asked for early, once.
function asked(request) {
  const coming = early.get(request.url) || fetch(request);
  early.delete(request.url);
  return coming;
}

// The network decides, where there is one. The companion has kept what the page last verified.
async function bundle({ request, clientId }) {
  const coming = asked(request);
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
