// Stands at the end of desk-print.js, wasm-bindgen's module. The desk asks for this script on the first "In tem" and waits for
// `nguonPrinter`.
globalThis.nguonPrinter = (async () => {
  const answer = await fetch("{{desk-print.wasm}}", { integrity: "{{integrity:desk-print.wasm}}" });
  const whole = window.nguonJoin(new Uint8Array(await answer.arrayBuffer()));
  const { instance, module } = await WebAssembly.instantiate(whole, __wbg_get_imports());
  __wbg_finalize_init(instance, module);
  return globalThis.nguonPrint;
})();
