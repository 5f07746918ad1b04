// Stands at the end of app.js, whose __wbg_init starts the program. boot.js asked for the wasm file long before.
if (window.nguonWasm) {
  __wbg_init({ module_or_path: window.nguonWasm }).catch(function (error) {
    console.error(error);
    // A program that came but cannot be compiled: too old a browser. One that did not come: the network.
    var old = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
    window.nguonFail(old ? "old" : "slow");
  });
}
