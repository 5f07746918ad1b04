// Stands at the end of companion.js, wasm-bindgen's module, and starts the program. The page asked for this script once its
// verdict stood.

// What the shelf, keeping and the installed app ask of the browser. Each may fail, above all in browsers inside other apps;
// the program says so then.
const device = {
  inside: () => Boolean(window.nguonInside),
  android: () => /Android/.test(navigator.userAgent),
  origin: () => location.origin,
  focus: id => document.getElementById(id).focus({ preventScroll: true }),
  reload: () => location.reload(),
  // Of an address that differs in its fragment alone a browser would load nothing.
  open(address) {
    const here = location.pathname;
    location.assign(address);
    if (location.pathname === here) { location.reload(); }
  },
  print: () => window.print(),
  canShare: () => Boolean(navigator.share),
  canShareFile: (name, type) =>
    Boolean(navigator.canShare) && navigator.canShare({ files: [new File(["x"], name, { type })] }),
  share: (title, url) => navigator.share({ title, url }),
  shareFile: (bytes, name, type, title) => navigator.share({ title, files: [new File([bytes], name, { type })] }),
  save(bytes, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    // The browser has taken hold of the bytes by the time the click returns.
    URL.revokeObjectURL(link.href);
    return true;
  },
  async copy(text) {
    if (navigator.clipboard) { return navigator.clipboard.writeText(text); }
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (!copied) { throw new Error("copy"); }
  },

  // SHA-256 of this page's index.html: of those that lie about, the one that this page is.
  async pageHash() {
    const marks = [
      document.querySelector("script[type=module]").getAttribute("src"),
      ...["root", "api"].map(name => document.querySelector(`meta[name="nguon-${name}"]`).outerHTML),
    ];
    const found = [() => fetch(location.pathname, { cache: "force-cache" })];
    for (const name of self.caches ? await caches.keys() : []) {
      if (name.startsWith("nguon page ")) { found.unshift(() => caches.match("/", { cacheName: name })); }
    }
    for (const one of found) {
      const bytes = await (await one()).arrayBuffer();
      const text = new TextDecoder().decode(bytes);
      if (marks.every(mark => text.includes(mark))) {
        return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
          .map(byte => byte.toString(16).padStart(2, "0")).join("");
      }
    }
  },

  // The picture of a verdict, for passing on: words by the browser's own letters, hence a canvas.
  async card({ tone, wash, ink, quiet, brand, heading, sentence, lines, symbol, side, scan, limit }) {
    const sign = selector => document.querySelector(selector).getAttribute("d");
    const canvas = document.createElement("canvas");
    const [width, margin] = [1080, 72];
    const g = canvas.getContext("2d");
    const font = (size, weight = 400) => `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif`;
    // Words where the language has spaces, letters where not.
    const cut = (text, room) => {
      const rows = [];
      let row = "";
      for (const part of text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) || []) {
        if (row && g.measureText((row + part).trimEnd()).width > room) {
          rows.push(row.trimEnd());
          row = "";
        }
        row += part;
      }
      return [...rows, row.trimEnd()];
    };
    const blocks = [];
    let y = 300;
    const words = (text, size, weight, colour, room, gap) => {
      g.font = font(size, weight);
      for (const row of cut(text, room)) {
        y += size * 1.4;
        blocks.push([row, font(size, weight), colour, y]);
      }
      y += gap;
    };
    words(heading, 40, 650, tone, width - 2 * margin, 8);
    words(sentence, 52, 650, ink, width - 2 * margin, 28);
    for (const line of lines) { words(line, 34, 400, quiet, width - 2 * margin, 6); }
    const band = y + 48;
    y = band + 40;
    const room = 340;
    const top = y;
    words(scan, 38, 650, ink, width - 2 * margin - room - 48, 16);
    words(limit, 30, 400, quiet, width - 2 * margin - room - 48, 0);
    canvas.width = width;
    canvas.height = Math.ceil(Math.max(y, top + room) + margin);
    g.fillStyle = "#FFFBF5";
    g.fillRect(0, 0, width, canvas.height);
    g.fillStyle = wash;
    g.fillRect(0, 0, width, band);
    const drawn = (path, x, top, size, grid, colour, stroke) => {
      g.save();
      g.translate(x, top);
      g.scale(size / grid, size / grid);
      g.lineCap = g.lineJoin = "round";
      if (stroke) {
        g.strokeStyle = colour;
        g.lineWidth = stroke;
        g.stroke(new Path2D(path));
      } else {
        g.fillStyle = colour;
        g.fill(new Path2D(path));
      }
      g.restore();
    };
    // The page's own mark, and the sign of the verdict.
    g.strokeStyle = g.fillStyle = "#A5243D";
    g.lineWidth = 9;
    g.beginPath();
    g.arc(margin + 34, 98, 29, 0, 7);
    g.stroke();
    drawn(sign(".brand path"), margin, 64, 68, 32, "#A5243D");
    g.font = font(44, 700);
    g.fillStyle = ink;
    g.fillText(brand, margin + 88, 114);
    g.fillStyle = tone;
    g.beginPath();
    g.arc(margin + 56, 236, 56, 0, 7);
    g.fill();
    drawn(sign("#verdict .mark path"), margin + 22, 202, 68, 24, "#FFFFFF", 2.6);
    for (const [text, font, colour, at] of blocks) {
      g.font = font;
      g.fillStyle = colour;
      g.fillText(text, margin, at);
    }
    g.fillStyle = "#FFFFFF";
    g.fillRect(width - margin - room, top, room, room);
    drawn(symbol, width - margin - room, top, room, side, "#000000");
    const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
    return new Uint8Array(await blob.arrayBuffer());
  },

  // The lots that were looked at, in this browser and nowhere else.
  async looked(mode, work) {
    const request = indexedDB.open("nguon", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("looked", { keyPath: "address" });
    const database = await new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = request.onblocked = () => fail(request.error);
    });
    try {
      const change = database.transaction("looked", mode);
      const asked = work(change.objectStore("looked"));
      return await new Promise((done, fail) => {
        change.oncomplete = () => done(asked.result);
        change.onerror = change.onabort = () => fail(change.error || asked.error);
      });
    } finally {
      database.close();
    }
  },
  look: entry => device.looked("readwrite", store => store.put(entry)),
  all: () => device.looked("readonly", store => store.getAll()),
  forget: address => device.looked("readwrite", store => store.delete(address)),
  forgetAll: () => device.looked("readwrite", store => store.clear()),

  // The bundles that were verified last, for sw.js to answer with when there is no network: newest last.
  async keep(url, bytes, type, most, room) {
    const store = await caches.open("nguon bundles");
    const address = new URL(url, location.origin).href;
    const headers = { "content-type": type, "nguon-kept": String(Date.now()), "nguon-size": String(bytes.length) };
    const before = await store.match(address);
    if (before) {
      const same = new Uint8Array(await before.arrayBuffer());
      // Kept already, and no newer for having been looked at again.
      if (same.length === bytes.length && same.every((byte, at) => byte === bytes[at])) { return; }
    }
    await store.delete(address);
    let kept = await store.keys();
    for (;;) {
      try {
        await store.put(address, new Response(bytes, { headers }));
        break;
      } catch (full) {
        // Half of what is kept makes room, the oldest first.
        if (!kept.length) { throw full; }
        const gone = kept.splice(0, Math.ceil(kept.length / 2));
        await Promise.all(gone.map(request => store.delete(request)));
      }
    }
    kept = (await store.keys()).reverse();
    let sum = 0;
    for (const [at, request] of kept.entries()) {
      sum += Number((await store.match(request)).headers.get("nguon-size"));
      if (at >= most || sum > room) { await store.delete(request); }
    }
  },
  // When each of these was kept; nothing for those that are not.
  async kept(urls) {
    const store = self.caches && await caches.has("nguon bundles") && await caches.open("nguon bundles");
    return Promise.all(urls.map(async url => {
      const found = store && await store.match(new URL(url, location.origin).href);
      return found ? Number(found.headers.get("nguon-kept")) : null;
    }));
  },
  async unkeep(url) {
    if (self.caches) { await (await caches.open("nguon bundles")).delete(new URL(url, location.origin).href); }
  },
  unkeepAll: async () => { if (self.caches) { await caches.delete("nguon bundles"); } },
  // What the server has now, for the shelf. Not verified here: the page does that when the lot is opened.
  async refresh(url) {
    const answer = await fetch(url, { credentials: "omit", cache: "no-cache", headers: { accept: "application/cbor" } });
    if (!answer.ok || !/^application\/cbor/.test(answer.headers.get("content-type"))) { throw new Error(url); }
    // What the service worker answers with because nothing came is nothing new.
    if (answer.headers.get("nguon-kept")) { throw new Error(url); }
    return new Uint8Array(await answer.arrayBuffer());
  },

  // The service worker, and what makes the page an app. `tell` hears "ready" of a newer version that waits.
  async install(tell) {
    for (const [rel, href] of [["manifest", "{{app.webmanifest}}"], ["apple-touch-icon", "{{icon-180.png}}"]]) {
      document.head.append(Object.assign(document.createElement("link"), { rel, href }));
    }
    addEventListener("beforeinstallprompt", event => {
      event.preventDefault();
      device.offer = event;
      tell("offered");
    });
    addEventListener("appinstalled", () => tell("installed"));
    for (const change of ["online", "offline"]) { addEventListener(change, () => tell(change)); }
    if (!navigator.serviceWorker || device.inside()) { return; }
    const kept = navigator.serviceWorker.controller && await new Promise(done => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      navigator.serviceWorker.controller.postMessage("kept?", [port2]);
      setTimeout(done, 3000);
    });
    if (kept) { tell(`kept ${kept}`); }
    const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    const watch = worker => {
      const ready = () => {
        if (worker.state === "installed" && navigator.serviceWorker.controller) { tell("newer"); }
      };
      worker.addEventListener("statechange", ready);
      ready();
    };
    for (const worker of [registration.waiting, registration.installing]) { if (worker) { watch(worker); } }
    registration.addEventListener("updatefound", () => watch(registration.installing));
    device.registration = registration;
  },
  takeOver() {
    const { waiting } = device.registration;
    if (!waiting) { return location.reload(); }
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  },
  seekNewer: () => device.registration && device.registration.update(),
  addToScreen: () => device.offer.prompt(),
};
// Undefined where a browser lacks what is asked of it.
globalThis.nguonDevice = (tool, ...given) => {
  try {
    return device[tool](...given);
  } catch (lacking) {}
};

// The scanner: what reaches the page without its buttons, and fetching the rest of it when it is first asked for.
const SCANNER = ["{{scan-worker.js}}", "{{integrity:scan-worker.js}}"];
let scanner;
let hear;

async function fetchScanner() {
  const missing = () => Object.assign(new Error("Missing"), { name: "Missing" });
  // To a page, a script that does not come is a page that does not; here it is for the reader to try again.
  await fetch(SCANNER[0], { integrity: SCANNER[1] }).catch(() => { throw missing(); });
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { type: "module", src: SCANNER[0], integrity: SCANNER[1] });
    script.onload = resolve;
    script.onerror = () => reject(missing());
    document.head.append(script);
  });
  return globalThis.nguonScanner(...SCANNER);
}

globalThis.nguonScan = {
  host: () => location.host,
  inside: () => Boolean(window.nguonInside),
  means() {
    if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) { return "camera"; }
    if (window.isSecureContext === false) { return "insecure"; }
    return window.nguonInside ? "inside" : "none";
  },
  listen(then) { hear = then; },
  chosen(id) {
    const field = document.getElementById(id);
    const [file] = field.files;
    field.value = "";
    return file;
  },
  go(path) {
    const to = new URL(path, location.origin);
    const lang = new URLSearchParams(location.search).get("lang");
    if (lang) { to.searchParams.set("lang", lang); }
    const same = to.pathname + to.search === location.pathname + location.search;
    location.assign(to);
    // Another fragment alone loads nothing, and it is what binds a label to its lot.
    if (same) { location.reload(); }
  },
  async ask(tool, given) {
    scanner = scanner || fetchScanner();
    try {
      await scanner;
    } catch (missing) {
      scanner = null;
      throw missing;
    }
    return (await scanner)[tool](given);
  },
  // At once where it is here; nothing to close where it is not.
  close() { if (scanner) { scanner.then(it => it.close(), () => {}); } },
};

{
  const tell = (what, value) => { if (hear) { hear(what, value); } };
  const inField = target => target.closest && target.closest("input:not([type=file]), textarea, select, [contenteditable]");
  const picture = files => [...files || []].find(file => file.type.startsWith("image/"));
  addEventListener("keydown", event => { if (event.key === "Escape") { tell("escape"); } });
  addEventListener("pagehide", () => tell("hidden"));
  document.addEventListener("paste", event => {
    const file = picture(event.clipboardData.files);
    const text = event.clipboardData.getData("text/plain");
    if (file) {
      event.preventDefault();
      tell("picture", file);
    } else if (text && !inField(event.target)) {
      tell("text", text);
    }
  });
  // Before the page takes what is dropped for a saved proof.
  addEventListener("drop", event => {
    const file = picture(event.dataTransfer.files);
    if (file) {
      event.preventDefault();
      event.stopImmediatePropagation();
      tell("picture", file);
    }
  }, true);
}

(async function () {
  for (const [href, integrity, media] of [
    ["{{companion.css}}", "{{integrity:companion.css}}", "all"],
    ["{{print.css}}", "{{integrity:print.css}}", "print"],
  ]) {
    const sheet = document.createElement("link");
    Object.assign(sheet, { rel: "stylesheet", media, href, integrity });
    document.head.append(sheet);
  }
  try {
    const answer = await fetch("{{companion.wasm}}", { integrity: "{{integrity:companion.wasm}}" });
    const { instance, module } = await WebAssembly.instantiate(await answer.arrayBuffer(), __wbg_get_imports());
    __wbg_finalize_init(instance, module);
  } catch (error) {
    // The page stands without it.
    console.warn(error);
  }
})();
