// Stands at the end of app.js, wasm-bindgen's module, and starts the program. boot.js asked for the wasm file long before.

// The program, compiled; what is still coming of the last answer; and the worker, once there is one.
let program;
let stream;
let worker;

// What the program asks of the browser. Said here it takes a third of what the same calls take from wasm.
const tools = {
  setting: name => document.querySelector(`meta[name="nguon-${name}"]`).content,
  unpack: base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)),
  encode: encodeURIComponent,
  path: () => location.pathname,
  fragment: () => location.hash,
  address: () => location.href,
  // Only a worker has them.
  origin: () => null,
  job: () => null,
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
  copy: text => navigator.clipboard.writeText(text),
  // What stands below the verdict's slots is the companion's: another program, begun when there is something to tell it.
  tell(page) {
    window.nguonTold = page;
    window.nguonMore();
    setTimeout(() => dispatchEvent(new Event("nguontold")));
  },
  proof(bundle) { window.nguonProof = bundle; },
  ready: () => window.nguonReady(),
  fail(why) {
    console.error(why);
    window.nguonFail("broken");
  },
  async get(url, within) {
    // What boot.js asked for is the answer once: a second try asks anew.
    const early = window.nguonEarly[url];
    delete window.nguonEarly[url];
    const answer = await (early || window.nguonGet(url, within));
    stream = answer.stream || stream;
    return { status: answer.status, bytes: answer.bytes, staged: answer.staged };
  },
  // What comes next of an answer in stages; nothing at its end.
  async more() {
    if (!stream) { return { status: 204, bytes: new Uint8Array() }; }
    const idle = new Promise((_, fail) => setTimeout(fail, 15000));
    const { value } = await Promise.race([stream.read(), idle]);
    return { status: 200, bytes: value || new Uint8Array() };
  },
  answer: (bytes, staged) => ({ status: 200, bytes, staged }),
  hire: (job, url) => hire(job, url),
  heard: () => new Promise((resolve, reject) => {
    worker.taker = { resolve, reject };
    worker.deliver();
  }),
  later: name => window.nguonLater(name),
  online: () => navigator.onLine,
  // The companion keeps them.
  async kept(url) {
    const store = await caches.has("nguon bundles") && await caches.open("nguon bundles");
    const kept = await store.match(url) || await store.match((await store.keys()).pop());
    return new Uint8Array(await kept.arrayBuffer());
  },
  recall: name => localStorage.getItem(name),
  remember: (name, text) => localStorage.setItem(name, text),
  pack: bytes => btoa(String.fromCharCode(...bytes)),
  file: async id => ({ status: 200, bytes: new Uint8Array(await tools.element(id).files[0].arrayBuffer()) }),
  breathe: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  // A page that nobody looks at has no frames.
  frame: () => new Promise(resolve => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 300);
  }),
  clock: () => performance.now(),
};

// Starts this program once more, in a worker, which verifies what it is given and asks the page for what only a page can do.
// Rejects where workers are lacking: then the page does the work, in slices.
async function hire(job, url) {
  const text = await window.nguonText();
  const address = URL.createObjectURL(new Blob([text.bytes], { type: "text/javascript" }));
  worker = new Worker(address);
  const messages = [];
  let failed = false;
  worker.deliver = () => {
    if (worker.taker && messages.length) { worker.taker.resolve(messages.shift()); }
    else if (worker.taker && failed) { worker.taker.reject(); }
    else { return; }
    worker.taker = null;
  };
  const fail = () => {
    failed = true;
    worker.terminate();
    worker.deliver();
  };
  const began = new Promise((resolve, reject) => {
    setTimeout(reject, 4000);
    worker.onerror = event => {
      event.preventDefault();
      reject();
      fail();
    };
    worker.onmessage = async ({ data }) => {
      if (data.began) {
        resolve({});
      } else if (data.failed) {
        reject();
        fail();
      } else if (data.proof) {
        tools.proof(data.proof);
      } else if (data.tool) {
        let answer;
        try { answer = await tools[data.tool](data.one, data.other); } catch (lacking) {}
        worker.postMessage({ id: data.id, answer });
      } else {
        messages.push(data);
        worker.deliver();
      }
    };
  });
  const known = {};
  for (const name of ["seen", "recalls"]) {
    try { known[name] = tools.recall(name); } catch (forbidden) {}
  }
  const settings = { root: tools.setting("root"), api: tools.setting("api") };
  const { pathname: path, hash: fragment } = location;
  worker.postMessage({ program, job, url, settings, known, path, fragment });
  try {
    return await began;
  } catch (lacking) {
    fail();
    throw lacking;
  } finally {
    URL.revokeObjectURL(address);
  }
}

// Undefined where a browser, above all one inside another app, lacks what is asked of it.
globalThis.nguonDo = (tool, one, other) => {
  try {
    return tools[tool](one, other);
  } catch (lacking) {}
};

// In the worker: the same tools where it has them, and the page's where not.
function work() {
  const waiting = [];
  const ask = tool => (one, other) => new Promise((resolve, reject) => {
    waiting.push(answer => answer === undefined ? reject() : resolve(answer));
    postMessage({ tool, one, other, id: waiting.length - 1 });
  });
  addEventListener("unhandledrejection", () => postMessage({ failed: true }));
  onmessage = async ({ data }) => {
    if (!data.program) {
      waiting[data.id](data.answer);
      return;
    }
    Object.assign(tools, {
      setting: name => data.settings[name],
      path: () => data.path,
      fragment: () => data.fragment,
      origin: () => data.url,
      job: () => data.job,
      recall: name => data.known[name],
      breathe: () => null,
      say: message => postMessage(message, [message.buffer]),
      proof: proof => postMessage({ proof }, [proof.buffer]),
    });
    for (const tool of ["get", "more", "remember", "fail"]) { tools[tool] = ask(tool); }
    const instance = await WebAssembly.instantiate(data.program, __wbg_get_imports());
    postMessage({ began: true });
    __wbg_finalize_init(instance, data.program);
  };
}

if (typeof document === "undefined") {
  work();
} else if (window.nguonWasm) {
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

  (async function () {
    try {
      const answer = await window.nguonWasm;
      // Put together by what the build brings along, for it travels taken apart.
      const whole = join(new Uint8Array(await answer.arrayBuffer()));
      const { instance, module } = await WebAssembly.instantiate(whole, __wbg_get_imports());
      program = module;
      __wbg_finalize_init(instance, module);
    } catch (error) {
      console.error(error);
      // A program that came but cannot be compiled: too old a browser. One that did not come: the network.
      const old = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
      window.nguonFail(old ? "old" : "slow");
    }
  })();
}
