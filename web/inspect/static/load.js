// Stands at the end of app.js, wasm-bindgen's module, and starts the program. boot.js asked for the wasm file long before.

// IndexedDB: the key, the outbox, its photos, and what else has to survive a closed page.
let opened;
const base = () => opened ||= new Promise((done, fail) => {
  const ask = indexedDB.open("nguon-inspect", 1);
  ask.onupgradeneeded = () => ["keys", "outbox", "photos", "things"].forEach(name => ask.result.createObjectStore(name));
  ask.onsuccess = () => done(ask.result);
  ask.onerror = () => fail(ask.error);
});
const on = async (shelf, mode, act) => {
  // "strict": what is said to be kept is on disk, not on its way there.
  const work = (await base()).transaction(shelf, mode, { durability: "strict" });
  return new Promise((done, fail) => {
    const asked = act(work.objectStore(shelf));
    work.oncomplete = () => done(asked.result);
    work.onerror = work.onabort = () => fail(work.error);
  });
};

const text = words => new TextEncoder().encode(words);
// A passphrase is what keeps a stolen phone from signing: as many rounds as a slow phone does in about a second.
const ROUNDS = 600000;
const wrapping = async (passphrase, salt) => crypto.subtle.deriveKey(
  { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
  await crypto.subtle.importKey("raw", text(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]),
  { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

// The longest side of a photo that is kept.
const SIDE = 1600;
const drawnAnew = async file => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", .82));
  return new Uint8Array(await blob.arrayBuffer());
};

// Makes files for other readers: fetched when the first is wanted, and again after it failed.
const EXPORTER = ["{{inspect-export.js}}", "{{integrity:inspect-export.js}}"];
let exporter;
const script = ([src, integrity]) => new Promise((done, fail) => {
  const element = document.createElement("script");
  Object.assign(element, { type: "module", src, integrity, onload: done, onerror: () => fail(new Error("Missing")) });
  document.head.append(element);
});

// What the program asks of the browser.
const tools = {
  async make([file, now, despite], bundle) {
    exporter ||= script(EXPORTER).then(() => globalThis.nguonExporter);
    try {
      const root = tools.unpack(tools.setting("root"));
      return (await exporter)({ file, now, despite, page: location.origin, bundle, root });
    } catch (missing) {
      exporter = null;
      throw missing;
    }
  },
  setting: name => document.querySelector(`meta[name="nguon-${name}"]`).content,
  unpack: base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)),
  fragment: () => location.hash,
  inFragment: name => new URLSearchParams(location.hash.split("?")[1] || "").get(name),
  go: fragment => history.replaceState(null, "", location.pathname + location.search + fragment),
  language: () => new URLSearchParams(location.search).get("lang") || localStorage.getItem("lang"),
  describe(title, language) {
    if (document.title !== title) document.title = title;
    document.documentElement.lang = language;
  },
  element: id => document.getElementById(id),
  focus: id => tools.element(id).focus(),
  reveal(id) {
    const part = tools.element(id), frame = part.closest(".scroll");
    const at = part.getBoundingClientRect(), seen = frame.getBoundingClientRect();
    frame.scrollLeft += at.left + at.width / 2 - seen.left - seen.width / 2;
    frame.scrollTop += at.top + at.height / 2 - seen.top - seen.height / 2;
  },
  typed: id => tools.element(id).value,
  typeInto(id, words) { tools.element(id).value = words; },
  chosen: name => document.querySelector(`input[name="${name}"]:checked`)?.value,
  save(named, bytes) {
    const [name, type] = [named].flat(), link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: type || "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  },
  copy: words => navigator.clipboard.writeText(words),
  ready: () => window.nguonReady(),
  get: (url, within) => window.nguonGet(url, within),
  async send([method, url, type], body) {
    const answer = await fetch(url, { method, body, headers: { "content-type": type }, credentials: "omit" });
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
  },
  async open(url) {
    const answer = await fetch(url, { credentials: "omit" });
    return { status: answer.status, reader: answer.body.getReader() };
  },
  next: async stream => (await stream.reader.read()).value,
  stop: stream => stream.reader.cancel(),
  online: () => navigator.onLine,
  networkChanged: () => new Promise(done => {
    addEventListener("online", done, { once: true });
    addEventListener("offline", done, { once: true });
  }),
  recall: name => localStorage.getItem(name),
  remember: (name, words) => localStorage.setItem(name, words),
  random: count => crypto.getRandomValues(new Uint8Array(count)),
  breathe: () => new Promise(done => setTimeout(done)),
  wait: milliseconds => new Promise(done => setTimeout(done, milliseconds)),
  clock: () => performance.now(),

  keep: async ([shelf, key], value) => (await on(shelf, "readwrite", store => store.put(value, key)), true),
  kept: (shelf, key) => on(shelf, "readonly", store => store.get(key)),
  all: shelf => on(shelf, "readonly", store => store.getAll()),
  forget: (shelf, key) => on(shelf, "readwrite", store => store.delete(key)),
  holdOn: () => navigator.storage.persist(),
  alone: () => new Promise(done => navigator.locks.request("outbox", { ifAvailable: true },
    lock => lock ? new Promise(release => done(release)) : done(null))),

  async key() {
    // Without a secure context there is nothing to keep a key with.
    crypto.subtle.encrypt;
    return (await on("keys", "readonly", store => store.get("me"))) || {};
  },
  async makeKey() {
    const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
    const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const made = { held: pair.privateKey, public: open };
    await on("keys", "readwrite", store => store.put(made, "me"));
    return made;
  },
  async wrapKey([seed, open], passphrase) {
    const [salt, iv] = [tools.random(16), tools.random(12)];
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await wrapping(passphrase, salt), seed);
    await on("keys", "readwrite", store => store.put({ salt, iv, box, public: open }, "me"));
    return true;
  },
  async openKey(passphrase) {
    const { salt, iv, box } = await on("keys", "readonly", store => store.get("me"));
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await wrapping(passphrase, salt), box));
  },
  async sign(message) {
    const { held } = await on("keys", "readonly", store => store.get("me"));
    return new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, held, message));
  },

  async photos(id) {
    const field = tools.element(id), kept = [];
    // A file that is no picture is left out; the others are not lost for it.
    for (const file of field.files) try { kept.push(await drawnAnew(file)); } catch (other) { console.warn(other); }
    field.value = "";
    return kept;
  },
  photoAddress: bytes => URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })),

  canScan: () => "BarcodeDetector" in window && "mediaDevices" in navigator,
  async scan(stop) {
    const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const dialog = document.createElement("dialog");
    const video = document.createElement("video"), button = document.createElement("button");
    dialog.className = "scan";
    [button.className, button.textContent] = ["button", stop];
    [video.srcObject, video.muted, video.playsInline] = [camera, true, true];
    dialog.append(video, button);
    document.body.append(dialog);
    dialog.showModal();
    let open = true;
    button.onclick = () => dialog.close();
    dialog.onclose = () => { open = false; };
    try {
      await video.play();
      const detector = new BarcodeDetector({ formats: ["qr_code", "data_matrix", "code_128"] });
      while (open) {
        const [found] = await detector.detect(video);
        if (found) return found.rawValue;
        await tools.wait(120);
      }
    } finally {
      camera.getTracks().forEach(track => track.stop());
      dialog.remove();
    }
  },
};

// Undefined where a browser lacks what is asked of it.
window.nguonDo = (tool, one, other) => {
  try {
    return tools[tool](one, other);
  } catch (lacking) {}
};

// Opens without a network after the first visit. A page that is not reached over https has no such helper.
if (navigator.serviceWorker) navigator.serviceWorker.register("sw.js").catch(() => {});

if (window.nguonWasm) {
  (async function () {
    try {
      const answer = await window.nguonWasm;
      const imports = __wbg_get_imports();
      // A host that does not name the file's kind cannot have it compiled while it arrives.
      const streams = WebAssembly.instantiateStreaming && answer.headers.get("content-type") === "application/wasm";
      const { instance, module } = await (streams
        ? WebAssembly.instantiateStreaming(answer, imports)
        : WebAssembly.instantiate(await answer.arrayBuffer(), imports));
      __wbg_finalize_init(instance, module);
    } catch (error) {
      console.error(error);
      const old = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
      window.nguonFail(old ? "old" : "slow");
    }
  })();
}
