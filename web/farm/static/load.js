// Stands at the end of app.js, wasm-bindgen's module, and starts the program. boot.js asked for the wasm file long before.

// Practice has a database of its own; which of the two this page works with is known before it asks for anything.
const PRACTICE = "tap-thu";
const practises = () => { try { return sessionStorage.getItem("mode") === PRACTICE; } catch (refused) { return false; } };
const NAME = practises() ? "nguon-farm-practice" : "nguon-farm";
const SHELVES = ["keys", "device", "people", "work", "entries", "chains", "photos", "things"];

let opened;
const base = () => opened ||= new Promise((done, fail) => {
  const ask = indexedDB.open(NAME, 1);
  ask.onupgradeneeded = () => SHELVES.forEach(name => ask.result.createObjectStore(name));
  ask.onsuccess = () => {
    // Closed by the browser, as when its data are cleared: opened anew when next it is needed.
    ask.result.onclose = () => { opened = null; };
    done(ask.result);
  };
  ask.onerror = ask.onblocked = () => { opened = null; fail(ask.error); };
});
const on = async (shelves, mode, act) => {
  // "strict": what is said to be kept is on disk, not on its way there. A tab that is dropped leaves all of it or nothing.
  const work = (await base()).transaction(shelves, mode, { durability: "strict" });
  return new Promise((done, fail) => {
    const asked = act(work);
    work.oncomplete = () => done(asked && asked.result);
    work.onerror = work.onabort = () => fail(work.why || work.error || Object.assign(new Error(), { name: "AbortError" }));
  });
};
const read = (shelf, act) => on(shelf, "readonly", work => act(work.objectStore(shelf)));

// Who may write: one page at a time. The page that began last has its mark in the database, and a transaction of any other
// finds that out and ends itself.
let mark;
let lost;
const owning = (shelves, act) => on([...new Set([...shelves, "things"])], "readwrite", work => {
  const things = work.objectStore("things"), asked = things.get("writer");
  asked.onsuccess = () => {
    if (!mark || asked.result !== mark) return work.abort();
    // Why it was ended is told by whoever threw: no room is another thing than another page.
    try { act(work); } catch (unfit) { work.why = unfit; work.abort(); }
  };
  return asked;
});

const text = words => new TextEncoder().encode(words);
// What is typed is all that keeps a thief who has the phone from signing: as many rounds as a slow phone does in about a second.
const ROUNDS = 600000;
const wrapping = async (secret, salt) => crypto.subtle.deriveKey(
  { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
  await crypto.subtle.importKey("raw", text(secret.normalize("NFC")), "PBKDF2", false, ["deriveKey"]),
  { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
// A second lock, whose key the browser gives to no page: what is read out of the database by a page's ways cannot be guessed at elsewhere.
const deviceLock = async () => {
  const kept = await read("device", store => store.get("lock"));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await owning(["device"], work => work.objectStore("device").put(made, "lock"));
  return made;
};
const boxed = async (lock, plain) => {
  const iv = tools.random(12);
  return { iv, box: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, lock, plain)) };
};
const unboxed = async (lock, { iv, box }) =>
  new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, lock, box));

const LATER = {{later}};

// The scanner is fetched when it is first asked for.
const SCANNER = ["{{scan-worker.js}}", "{{integrity:scan-worker.js}}"];
let scanner;
const fetchScanner = async () => {
  const missing = () => Object.assign(new Error("Missing"), { name: "Missing" });
  await fetch(SCANNER[0], { integrity: SCANNER[1] }).catch(() => { throw missing(); });
  await new Promise((done, fail) => {
    const script = document.createElement("script");
    Object.assign(script, { type: "module", src: SCANNER[0], integrity: SCANNER[1] });
    script.onload = done;
    script.onerror = () => fail(missing());
    document.head.append(script);
  });
  return globalThis.nguonScanner(...SCANNER);
};

let offer;
addEventListener("beforeinstallprompt", event => {
  event.preventDefault();
  offer = event;
});

// The program, once it runs in this page, and the parts that it asked for. Others that run here are whole.
let program;
const parts = {};
// The programs that take the page over travel taken apart too.
window.nguonJoin = join;

// What the program asks of the browser.
const tools = {
  setting: name => document.querySelector(`meta[name="nguon-${name}"]`).content,
  unpack: base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)),
  fragment: () => location.hash,
  // By the browser's own way back: each page of the app is a step of it.
  go(fragment) { if (location.hash !== fragment) location.hash = fragment; },
  replace: fragment => history.replaceState(null, "", location.pathname + location.search + fragment),
  moved: () => new Promise(done => addEventListener("hashchange", done, { once: true })),
  language: () => new URLSearchParams(location.search).get("lang") || localStorage.getItem("lang"),
  describe(title, language) {
    if (document.title !== title) document.title = title;
    document.documentElement.lang = language;
  },
  element: id => document.getElementById(id),
  focus: id => tools.element(id).focus(),
  top: () => scrollTo(0, 0),
  typed: id => tools.element(id).value.normalize("NFC"),
  typeInto(id, words) { tools.element(id).value = words; },
  copy: words => navigator.clipboard.writeText(words),
  ready: () => window.nguonReady(),
  reload: () => location.reload(),
  hidden: () => document.hidden,
  vibrate: () => navigator.vibrate(60),

  // The part of the program that is behind a door: fetched once, and again after it failed.
  async part(name) {
    if (!program) return true;
    parts[name] ||= (async ([url, integrity]) => {
      const answer = await fetch(url, { integrity });
      const whole = join(new Uint8Array(await answer.arrayBuffer()));
      await WebAssembly.instantiate(whole, { ...program.imports, whole: program.exports });
    })(LATER[`${name}.wasm`]);
    try {
      await parts[name];
      return true;
    } catch (missing) {
      delete parts[name];
      throw missing;
    }
  },
  // Another language, as the build wrote it.
  async later(name) {
    const [url, integrity] = LATER[name];
    return (await fetch(url, { integrity })).text();
  },
  get: (url, within) => window.nguonGet(url, within),
  async send([method, url, type, headers], body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 90000);
    try {
      const answer = await fetch(url, {
        method, body, headers: { "content-type": type, ...JSON.parse(headers || "{}") }, credentials: "omit", signal: stop.signal,
      });
      return {
        status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()),
        offset: answer.headers.get("upload-offset"), date: answer.headers.get("date"),
      };
    } finally {
      clearTimeout(timer);
    }
  },
  online: () => navigator.onLine,
  networkChanged: () => new Promise(done => {
    addEventListener("online", done, { once: true });
    addEventListener("offline", done, { once: true });
  }),
  // Seen again after it was not: a phone that was in a pocket.
  shown: () => new Promise(done => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      done();
    };
    document.addEventListener("visibilitychange", look);
  }),
  recall: name => localStorage.getItem(name),
  remember: (name, words) => localStorage.setItem(name, words),
  random: count => crypto.getRandomValues(new Uint8Array(count)),
  breathe: () => new Promise(done => setTimeout(done)),
  wait: milliseconds => new Promise(done => setTimeout(done, milliseconds)),
  clock: () => performance.now(),

  practises,
  practise(on) {
    if (on) sessionStorage.setItem("mode", PRACTICE);
    else sessionStorage.removeItem("mode");
    history.replaceState(null, "", location.pathname + location.search);
    location.reload();
  },
  // Practice begins anew: its database goes, the real one is not touched.
  async clearPractice() {
    if (!practises()) throw new Error("not practising");
    (await base()).close();
    opened = null;
    await new Promise((done, fail) => {
      const ask = indexedDB.deleteDatabase(NAME);
      ask.onsuccess = done;
      ask.onerror = ask.onblocked = fail;
    });
    return true;
  },

  // All of `changes`, [shelf, key, value] each and without a value to be removed, in one transaction; nothing of it where
  // another page writes now.
  write: async changes => (await owning(changes.map(([shelf]) => shelf), work => {
    for (const [shelf, key, value] of changes) {
      const store = work.objectStore(shelf);
      if (value === undefined) store.delete(key);
      else store.put(value, key);
    }
  }), true),
  kept: (shelf, key) => read(shelf, store => store.get(key)),
  all: shelf => read(shelf, store => store.getAll()),
  keysOf: shelf => read(shelf, store => store.getAllKeys()),

  // This page writes from now on. `steal`: whoever has it has to give it up. "elsewhere" if another page has it.
  async own(steal) {
    await base();
    const taken = !navigator.locks || await new Promise(done => {
      const options = steal ? { steal: true } : { ifAvailable: true };
      navigator.locks.request(NAME, options, lock => {
        done(Boolean(lock));
        return lock && new Promise(() => {});
      }).catch(() => { mark = null; if (lost) lost(); });
    });
    if (!taken) return "elsewhere";
    const mine = `${Date.now()}-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
    await on("things", "readwrite", work => work.objectStore("things").put(mine, "writer"));
    mark = mine;
    return "here";
  },
  // Waits until another page has taken it.
  lostIt: () => new Promise(done => { lost = done; }),

  async persist() {
    if (await navigator.storage.persisted()) return "kept";
    return await navigator.storage.persist() ? "kept" : "may-go";
  },
  installed: () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true,
  canInstall: () => Boolean(offer),
  async install() {
    offer.prompt();
    const { outcome } = await offer.userChoice;
    offer = null;
    return outcome === "accepted";
  },

  canHold: () => Boolean(crypto.subtle),
  async makeKey(name) {
    const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
    const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    await owning(["keys"], work => work.objectStore("keys").put({ held: pair.privateKey }, name || hex(open)));
    return open;
  },
  async wrapKey([name, seed], secret) {
    const salt = tools.random(16);
    const inner = await boxed(await wrapping(secret, salt), seed);
    const outer = await boxed(await deviceLock(), inner.box);
    await owning(["keys"], work => work.objectStore("keys").put({ salt, inner: inner.iv, outer }, name));
    return true;
  },
  async openKey(name, secret) {
    const { salt, inner, outer } = await read("keys", store => store.get(name));
    const box = await unboxed(await deviceLock(), outer);
    return unboxed(await wrapping(secret, salt), { iv: inner, box });
  },
  async sign(name, message) {
    const { held } = await read("keys", store => store.get(name));
    return new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, held, message));
  },

  // The bytes of the files chosen in a field, at most so many of each.
  async files(id, most) {
    const field = tools.element(id), found = [];
    for (const file of [...field.files]) found.push(new Uint8Array(await file.slice(0, most + 1).arrayBuffer()));
    field.value = "";
    return found;
  },
  // A picture drawn anew, no side longer than `longest`, in no more than `most` bytes.
  async redraw(bytes, [longest, most]) {
    const picture = await createImageBitmap(new Blob([bytes]), { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] =
      [picture.width, picture.height].map(side => Math.max(1, Math.round(side * scale)));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of [.82, .7, .5, .3]) {
      const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", quality));
      if (blob.size <= most) return new Uint8Array(await blob.arrayBuffer());
    }
    throw new Error("too large");
  },
  blobAddress: (bytes, type) => URL.createObjectURL(new Blob([bytes], { type })),
  forgetAddress: address => URL.revokeObjectURL(address),

  camera: () => {
    if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) return "camera";
    return window.isSecureContext === false ? "insecure" : "none";
  },
  async scan(tool, given) {
    scanner ||= fetchScanner();
    try {
      await scanner;
    } catch (missing) {
      scanner = null;
      throw missing;
    }
    return (await scanner)[tool](given);
  },
  // At once where it is here; nothing to close where it is not.
  stopScan() { if (scanner) scanner.then(it => it.close(), () => {}); },
  pictures: id => {
    const field = tools.element(id), found = [...field.files];
    field.value = "";
    return found;
  },
};
const hex = bytes => [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");

// Undefined where a browser lacks what is asked of it.
window.nguonDo = (tool, one, other) => {
  try {
    return tools[tool](one, other);
  } catch (lacking) {}
};

// Opens without a network after the first visit. A page that is not reached over https has no such helper.
if (navigator.serviceWorker) navigator.serviceWorker.register("sw.js", { updateViaCache: "none" }).catch(() => {});

// What makes the page an app comes once it stands, as no drop of the first load.
addEventListener("load", () => {
  const links = [["manifest", "{{app.webmanifest}}"], ["icon", "{{icon.svg}}"], ["apple-touch-icon", "{{icon-180.png}}"]];
  for (const [rel, href] of links) document.head.append(Object.assign(document.createElement("link"), { rel, href }));
});

// The desk is a program of its own, which takes the page over while the address begins with `#desk`; so is practice, which
// carries the world that is practised in. One program at a time holds the outbox.
const DESK = ["{{desk.js}}", "{{integrity:desk.js}}"];
const PRACTISED = ["{{farm-practice.js}}", "{{integrity:farm-practice.js}}"];
const atDesk = url => new URL(url).hash.startsWith("#desk");
addEventListener("hashchange", event => { if (atDesk(event.oldURL) !== atDesk(event.newURL)) location.reload(); });
const other = atDesk(location.href) ? DESK : practises() ? PRACTISED : null;

if (window.nguonWasm && other) {
  const script = document.createElement("script");
  Object.assign(script, { type: "module", src: other[0], integrity: other[1], onerror: () => window.nguonFail("slow") });
  document.head.append(script);
} else if (window.nguonWasm) {
  (async function () {
    try {
      const answer = await window.nguonWasm;
      // Put together by what the build brings along, for it travels taken apart.
      const whole = join(new Uint8Array(await answer.arrayBuffer()));
      const imports = __wbg_get_imports();
      const { instance, module } = await WebAssembly.instantiate(whole, imports);
      program = { imports, exports: instance.exports };
      __wbg_finalize_init(instance, module);
    } catch (error) {
      console.error(error);
      const old = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
      window.nguonFail(old ? "old" : "slow");
    }
  })();
}
