// Runs before the page's own scripts: notes when what came to be, and tells once the verdict is on the screen.
(() => {
  if (window !== top || location.protocol === "about:") { return; }
  const marks = {};
  const mark = name => { marks[name] ??= performance.now(); };
  const tasks = [];
  const long = new PerformanceObserver(list => {
    tasks.push(...list.getEntries().map(task => ({ start: task.startTime, duration: task.duration })));
  });
  long.observe({ type: "longtask", buffered: true });
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    mark("instantiate");
    const made = await instantiate(...given);
    mark("instantiated");
    return made;
  };
  const tell = () => {
    mark("shown");
    const times = ({ name, startTime, responseStart, responseEnd, encodedBodySize }) =>
      ({ name, start: startTime, first: responseStart, end: responseEnd, bytes: encodedBodySize });
    const loads = ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind)).map(times);
    const paints = performance.getEntriesByType("paint").map(paint => [paint.name, paint.startTime]);
    const verdict = document.querySelector("#verdict h1").innerText;
    const controlled = !!navigator.serviceWorker?.controller;
    // Long tasks are told of a moment after they end.
    setTimeout(() => watcherTold(JSON.stringify({ verdict, marks, loads, paints, tasks, controlled })), 300);
  };
  const watch = new MutationObserver(() => {
    if (document.querySelector("#app > *")) { mark("drawn"); }
    if (!document.querySelector("#verdict:not([aria-busy=true]) h1")) { return; }
    mark("said");
    watch.disconnect();
    // After the frame that shows it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = tell;
      port2.postMessage(null);
    });
  });
  watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });
})();
