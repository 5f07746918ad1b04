// Stands at the end of desk.js, wasm-bindgen's module. The farm's page starts it in place of its own program while the address
// begins with `#desk`; what it asks of the browser are the farm page's own tools (`nguonDo`) and these.

const PRINTER = ["{{desk-print.js}}", "{{integrity:desk-print.js}}"];
const LATER = {{later}};
let printer;
const script = ([src, integrity]) => new Promise((done, fail) => {
  const element = document.createElement("script");
  Object.assign(element, { type: "module", src, integrity, onload: done, onerror: () => fail(new Error("Missing")) });
  document.head.append(element);
});

// A wasm file, put together by the farm page's own script.
const put = async (url, integrity) => {
  const answer = await fetch(url, { integrity });
  return window.nguonJoin(new Uint8Array(await answer.arrayBuffer()));
};
let importer;
let program;

const deskTools = {
  // An order for labels: {pdf, pages} or {fault}.
  async print(order) {
    printer ||= script(PRINTER).then(() => globalThis.nguonPrinter);
    try {
      return (await printer)(order);
    } catch (missing) {
      printer = null;
      throw missing;
    }
  },
  // Another language, as the build wrote it.
  async later(name) {
    const [url, integrity] = LATER[name];
    return (await fetch(url, { integrity })).text();
  },
  // The template of a list, as the build took it from nguon-import.
  async template() {
    const [url, integrity] = LATER["desk-mau-danh-sach-ho.xlsx"];
    const answer = await fetch(url, { integrity });
    deskTools.download(URL.createObjectURL(await answer.blob()), "mau-danh-sach-ho.xlsx");
    return true;
  },
  download(address, name) {
    const link = document.createElement("a");
    Object.assign(link, { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
  },
  // What reads lists: fetched once, and again after it failed.
  async part() {
    importer ||= (async () => {
      const whole = await put("{{desk-import.wasm}}", "{{integrity:desk-import.wasm}}");
      await WebAssembly.instantiate(whole, { ...program.imports, whole: program.exports });
    })();
    try {
      await importer;
      return true;
    } catch (missing) {
      importer = null;
      throw missing;
    }
  },
  origin: () => location.origin,
  fileName: id => document.getElementById(id).files[0]?.name || "",
  clock: () => performance.now(),
};
window.nguonDesk = (tool, one, other) => {
  try {
    return deskTools[tool](one, other);
  } catch (lacking) {}
};

(async function () {
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href: "{{desk.css}}", integrity: "{{integrity:desk.css}}" });
  document.head.append(sheet);
  try {
    const imports = __wbg_get_imports();
    const { instance, module } = await WebAssembly.instantiate(await put("{{desk.wasm}}", "{{integrity:desk.wasm}}"), imports);
    program = { imports, exports: instance.exports };
    __wbg_finalize_init(instance, module);
  } catch (error) {
    console.error(error);
    window.nguonFail(error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError ? "old" : "slow");
  }
})();
