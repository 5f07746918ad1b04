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

// The program travels with its code taken apart (xtask/web/src/split.rs), an eighth smaller. This puts it together: all that
// is done here for each instruction is to copy what belongs to it from where its kind stands.
function join(apart) {
  let from = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = apart[from++];
      value |= (byte & 127) << shift;
      if (byte < 128) { return value; }
    }
  };
  while (apart[from]) {
    from++;
    const length = number();
    from += length;
  }
  const before = from++;
  const after = number() + from;
  from += 5;
  const length = number();
  let functions = number();
  const streams = [];
  let next = 0;
  for (let count = number(); count--;) {
    streams[number()] = next;
    next += number();
  }
  for (const key in streams) { streams[key] += from; }

  const joined = new Uint8Array(before + 5 + length + apart.length - after);
  joined.set(apart.subarray(0, before));
  let to = before;
  // A number in so many bytes, whatever it is.
  const write = (value, bytes) => {
    while (--bytes) {
      joined[to++] = value | 128;
      value >>= 7;
    }
    joined[to++] = value;
  };
  const copy = (key, count) => {
    let value;
    while (count--) {
      value = 0;
      for (let shift = 0, byte = 128; byte > 127; shift += 7) {
        byte = joined[to++] = apart[streams[key]++];
        value |= (byte & 127) << shift;
      }
    }
    return value;
  };
  joined[to++] = 10;
  write(length, 4);
  for (let rest = functions; ; rest >>= 7) {
    joined[to++] = rest > 127 ? rest | 128 : rest;
    if (rest < 128) { break; }
  }
  while (functions--) {
    const begin = to += 4;
    copy(1, 2 * copy(1, 1));
    for (let depth = 1; depth;) {
      const op = joined[to++] = apart[streams[0]++];
      if (op > 1 && op < 5) { depth++; }
      if (op === 11) { depth--; }
      if (op > 39 && op < 63) {
        joined[to++] = "23230011001122232301012"[op - 40];
        copy(op < 54 ? 40 : 54, 1);
      } else if (op === 65) {
        copy(256 + apart[streams[0]], 1);
      } else if (op === 67 || op === 68) {
        for (let bytes = op === 67 ? 4 : 8; bytes--;) { joined[to++] = apart[streams[op]++]; }
      } else if (op === 14) {
        copy(op, copy(op, 1) + 1);
      } else if (op === 28) {
        copy(op, copy(op, 1));
      } else if (op === 252) {
        const second = copy(op, 1);
        copy(op, second < 8 ? 0 : second < 15 && second % 2 === 0 ? 2 : 1);
      } else if (op === 17) {
        copy(op, 2);
      } else if (op > 1 && op < 5 || op === 12 || op === 13 || op === 16 || op > 31 && op < 39 || op > 62 && op < 67 ||
          op === 208 || op === 210) {
        copy(op, 1);
      }
    }
    const end = to;
    to = begin - 4;
    write(end - begin, 4);
    to = end;
  }
  joined.set(apart.subarray(after), to);
  return joined;
}

if (window.nguonWasm) {
  (async function () {
    try {
      const answer = await window.nguonWasm;
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
