// Stands at the end of companion.js, wasm-bindgen's module, and starts the program. The page asked for this script once its
// verdict stood.

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
