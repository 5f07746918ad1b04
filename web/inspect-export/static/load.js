// Stands at the end of inspect-export.js, wasm-bindgen's module. The inspector's page asks for this script when the first file is
// wanted, and waits for `nguonExporter`.
globalThis.nguonExporter = (async () => {
  const answer = await fetch("{{inspect-export.wasm}}", { integrity: "{{integrity:inspect-export.wasm}}" });
  const { instance, module } = await WebAssembly.instantiateStreaming(answer, __wbg_get_imports());
  __wbg_finalize_init(instance, module);
  return globalThis.nguonExport;
})();
