// Stands at the end of app.js, wasm-bindgen's module, and starts the program. boot.js asked for the wasm file long before.

// What the program asks of the browser. Said here it takes a third of what the same calls take from wasm.
const tools = {
  setting: name => document.querySelector(`meta[name="nguon-${name}"]`).content,
  unpack: base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)),
  encode: encodeURIComponent,
  path: () => location.pathname,
  fragment: () => location.hash,
  address: () => location.href,
  query: name => new URLSearchParams(location.search).get(name),
  language: () => window.nguonLanguage,
  speak(language) {
    // Into the address so that it is passed on, and for the next visit.
    const query = new URLSearchParams(location.search);
    query.set("lang", language);
    history.replaceState(null, "", `${location.pathname}?${query}${location.hash}`);
    localStorage.setItem("lang", language);
  },
  describe(title, language) {
    document.title = title;
    document.documentElement.lang = language;
  },
  go: path => location.assign(path),
  element: id => document.getElementById(id),
  focus(id) {
    tools.element(id).focus();
    tools.element(id).scrollIntoView();
  },
  typed: id => tools.element(id).value,
  print: () => window.print(),
  inside: () => window.nguonInside,
  save(name, bytes) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/cbor" }));
    link.download = name;
    link.click();
    // The browser has taken hold of the bytes by the time the click returns.
    URL.revokeObjectURL(link.href);
  },
  copy: text => navigator.clipboard.writeText(text),
  share: title => navigator.share({ title, url: location.href }),
  ready: () => window.nguonReady(),
  fail(why) {
    console.error(why);
    window.nguonFail("broken");
  },
  get(url, within) {
    // What boot.js asked for is the answer once: a second try asks anew.
    const first = window.nguonFirst || {};
    window.nguonFirst = null;
    return first.url === url ? first.answer : window.nguonGet(url, within);
  },
  later: name => window.nguonLater(name),
  online: () => navigator.onLine,
  recall: name => localStorage.getItem(name),
  remember: (name, text) => localStorage.setItem(name, text),
  pack: bytes => btoa(String.fromCharCode(...bytes)),
  file: async id => ({ status: 200, bytes: new Uint8Array(await tools.element(id).files[0].arrayBuffer()) }),
  breathe: () => new Promise(resolve => setTimeout(resolve)),
  clock: () => performance.now(),
};

// Undefined where a browser, above all one inside another app, lacks what is asked of it.
window.nguonDo = (tool, one, other) => {
  try {
    return tools[tool](one, other);
  } catch (lacking) {}
};

// A file that is dropped anywhere is one that was chosen.
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
  event.preventDefault();
  const field = tools.element("file");
  if (field && event.dataTransfer.files.length) {
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

if (window.nguonWasm) {
  (async function () {
    try {
      const answer = await window.nguonWasm;
      // Put together by what the build brings along, for it travels taken apart.
      const program = join(new Uint8Array(await answer.arrayBuffer()));
      const { instance, module } = await WebAssembly.instantiate(program, __wbg_get_imports());
      __wbg_finalize_init(instance, module);
    } catch (error) {
      console.error(error);
      // A program that came but cannot be compiled: too old a browser. One that did not come: the network.
      const old = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
      window.nguonFail(old ? "old" : "slow");
    }
  })();
}
