// Stands at the end of farm-practice.js, wasm-bindgen's module. The farm's page starts it in place of its own program while somebody
// practises; what it asks of the browser are the farm page's own tools (`nguonDo`).
(async function () {
  try {
    const answer = await fetch("{{farm-practice.wasm}}", { integrity: "{{integrity:farm-practice.wasm}}" });
    const whole = window.nguonJoin(new Uint8Array(await answer.arrayBuffer()));
    const { instance, module } = await WebAssembly.instantiate(whole, __wbg_get_imports());
    __wbg_finalize_init(instance, module);
  } catch (error) {
    console.error(error);
    window.nguonFail(error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError ? "old" : "slow");
  }
})();
