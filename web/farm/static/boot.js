// Runs before anything else and in browsers of any age, hence ES5: asks for the program at once, makes sure that a plain
// sentence shows when it does not come, and owns the page's reading of addresses.
(function () {
  'use strict';
  var TIMEOUT = 15000;
  var page = document.documentElement;
  var app = false;

  // why: "slow" (did not come), "old" (cannot run here), "broken" (stopped at work)
  function fail(why) {
    page.className = 'js failed failed-' + why;
  }

  // Promise of {status, bytes}; rejects when nothing came within the milliseconds given.
  function get(url, within) {
    var stop = new AbortController();
    var timer = setTimeout(function () { stop.abort(); }, within || TIMEOUT);
    return fetch(url, { signal: stop.signal, credentials: 'omit' })
      .then(function (answer) {
        return answer.arrayBuffer().then(function (body) {
          return { status: answer.status, bytes: new Uint8Array(body), date: answer.headers.get('date') };
        });
      })
      .then(function (got) { clearTimeout(timer); return got; },
        function (error) { clearTimeout(timer); throw error; });
  }

  page.className = 'js';
  window.nguonFail = fail;
  window.nguonReady = function () { app = true; };
  window.nguonGet = get;
  document.addEventListener('click', function (event) {
    if (event.target.hasAttribute && event.target.hasAttribute('data-again')) { location.reload(); }
  });

  if (!('noModule' in document.createElement('script')) || typeof WebAssembly !== 'object' ||
      !window.fetch || !window.AbortController || !window.BigInt || !window.ReadableStream) {
    fail('old');
    return;
  }

  // The co-op's desk is another program, which load.js starts.
  window.nguonWasm = location.hash.slice(0, 5) === '#desk' ? Promise.resolve() :
    fetch('{{app.wasm}}', { integrity: '{{integrity:app.wasm}}' });
  window.nguonWasm.then(null, function () {});

  // The program has no words for its own faults, to be small: where it stops, the engine throws this.
  function stopped(error) {
    if (error instanceof WebAssembly.RuntimeError) { fail('broken'); }
  }
  window.addEventListener('error', function (event) { stopped(event.error); });
  window.addEventListener('unhandledrejection', function (event) { stopped(event.reason); });
  window.addEventListener('error', function (event) {
    if (event.target && event.target.tagName === 'SCRIPT') { fail('slow'); }
  }, true);
  setTimeout(function () { if (!app && page.className === 'js') { fail('slow'); } }, TIMEOUT);
})();
