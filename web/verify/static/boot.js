// Runs before anything else and in browsers of any age, hence ES5. It does three things: asks for the lot's
// bundle and the words of the language while the program is still on its way, makes sure that a plain sentence
// shows when the program does not come, and owns the one network call of the page.
(function () {
  'use strict';
  var TIMEOUT = 15000;
  // What is fetched only when it is needed: {name: [address, integrity]}.
  var LATER = {{later}};
  var asked = {};
  var more;
  var page = document.documentElement;
  var app = false;

  function meta(name) {
    var found = document.querySelector('meta[name="nguon-' + name + '"]');
    return found ? found.content : '';
  }

  // why: "slow" (did not come), "old" (cannot run here), "broken" (stopped at work)
  function fail(why) {
    page.className = 'js failed failed-' + why;
  }

  // Asks an address, on whatever origin the policy allows. Promise of {status, bytes}; rejects when nothing came
  // within the milliseconds given.
  function get(url, within, integrity) {
    var stop = new AbortController();
    var timer = setTimeout(function () { stop.abort(); }, within || TIMEOUT);
    // A large bundle comes in stages, if it may.
    var asking = { signal: stop.signal, credentials: 'omit', headers: { accept: 'application/cbor-seq, application/cbor' } };
    // Left out where there is none: an empty one is a wrong one to some browsers.
    if (integrity) { asking.integrity = integrity; }
    return fetch(url, asking)
      .then(function (answer) {
        var staged = /cbor-seq/.test(answer.headers.get('content-type'));
        if (staged && answer.body) {
          // More of it is read as it comes: see `more` in load.js.
          return { status: answer.status, bytes: new Uint8Array(), staged: true, stream: answer.body.getReader() };
        }
        return answer.arrayBuffer().then(function (body) {
          return { status: answer.status, bytes: new Uint8Array(body), staged: staged };
        });
      })
      .then(function (got) { clearTimeout(timer); return got; },
        function (error) { clearTimeout(timer); throw error; });
  }

  // One of LATER, asked for once unless it did not come.
  function later(name) {
    if (!asked[name]) {
      asked[name] = get(LATER[name][0], 0, LATER[name][1]);
      asked[name].then(null, function () { asked[name] = null; });
    }
    return asked[name];
  }

  // What the address asks for, or an earlier choice, or the browser: the first language that the page speaks.
  function language() {
    var tags = [(/[?&]lang=(\w+)/.exec(location.search) || [])[1]];
    // Throws where storage is forbidden.
    try { tags.push(localStorage.getItem('lang')); } catch (none) {}
    tags = tags.concat(navigator.languages || navigator.language);
    for (var i = 0; i < tags.length; i++) {
      var tag = String(tags[i]).slice(0, 2);
      if (tag === 'vi' || LATER[tag + '.txt']) { return tag; }
    }
    return '';
  }

  // Begins the companion, another program.
  window.nguonMore = function () {
    if (more) { return; }
    more = document.createElement('script');
    more.type = 'module';
    more.src = '{{companion.js}}';
    more.integrity = '{{integrity:companion.js}}';
    document.head.appendChild(more);
  };

  page.className = 'js';
  window.nguonInside = /Zalo|FBAN|FBAV|Instagram|Line\/|MicroMessenger/.test(navigator.userAgent);
  window.nguonFail = fail;
  window.nguonReady = function () { app = true; };
  // Not a link: an empty one would lose the fragment, and with it what binds the label to its lot.
  document.addEventListener('click', function (event) {
    if (event.target.hasAttribute && event.target.hasAttribute('data-again')) { location.reload(); }
  });

  if (!('noModule' in document.createElement('script')) || typeof WebAssembly !== 'object' ||
      !window.fetch || !window.AbortController || !window.BigInt) {
    fail('old');
    return;
  }

  // The program and the bundle travel at the same time; load.js takes the answer up.
  window.nguonWasm = fetch('{{app.wasm}}', { integrity: '{{integrity:app.wasm}}' });
  window.nguonWasm.then(null, function () {});

  window.nguonGet = get;
  // The text of this program, for the worker it hires: what the browser has checked, and holds, once more.
  window.nguonText = function () { return get('{{app.js}}', 0, '{{integrity:app.js}}'); };
  window.nguonLater = later;
  var early = window.nguonEarly = {};
  window.nguonLanguage = language();
  if (LATER[window.nguonLanguage + '.txt']) { later(window.nguonLanguage + '.txt'); }
  var link = /\/01\/(\d{8,14})\/10\/([^\/]+)/.exec(location.pathname);
  if (link) {
    var url = meta('api') + '/v1/bundles/01/' + ('000000' + link[1]).slice(-14) + '/10/' + link[2];
    // With it those who may have seen a newer log, where there is one: the verdict waits for them.
    (url + meta('ask')).split(' ').forEach(function (url, at) {
      early[url] = get(url, at && 5000);
      // Whoever reads the answer handles its failure; this keeps the console quiet until then.
      early[url].then(null, function () {});
    });
  } else {
    // Where there is no verdict to wait for.
    window.nguonMore();
  }

  // The program has no words for its own faults, to be small: where it stops, the engine throws this. A companion that
  // stops takes nothing back of what the page says.
  function stopped(error) {
    if (error instanceof WebAssembly.RuntimeError && !/companion/.test(error.stack)) { fail('broken'); }
  }
  window.addEventListener('error', function (event) { stopped(event.error); });
  window.addEventListener('unhandledrejection', function (event) { stopped(event.reason); });

  window.addEventListener('error', function (event) {
    if (!app && event.target && event.target.tagName === 'SCRIPT' && event.target !== more) { fail('slow'); }
  }, true);
  setTimeout(function () { if (!app && page.className === 'js') { fail('slow'); } }, TIMEOUT);
})();
