// Stands at the end of desk.js, wasm-bindgen's module. The farm's page starts it in place of its own program while the address
// begins with `#desk`; what it asks of the browser are the farm page's own tools (`nguonDo`) and these.

const PRINTER = ["{{desk-print.js}}", "{{integrity:desk-print.js}}"];
let printer;
const script = ([src, integrity]) => new Promise((done, fail) => {
  const element = document.createElement("script");
  Object.assign(element, { type: "module", src, integrity, onload: done, onerror: () => fail(new Error("Missing")) });
  document.head.append(element);
});

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
  download(address, name) {
    const link = document.createElement("a");
    Object.assign(link, { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
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
    const answer = await fetch("{{desk.wasm}}", { integrity: "{{integrity:desk.wasm}}" });
    const { instance, module } = await WebAssembly.instantiate(await answer.arrayBuffer(), __wbg_get_imports());
    __wbg_finalize_init(instance, module);
  } catch (error) {
    console.error(error);
    window.nguonFail(error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError ? "old" : "slow");
  }
})();
