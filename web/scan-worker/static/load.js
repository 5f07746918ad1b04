// Stands at the end of scan-worker.js, wasm-bindgen's module. The companion asks for this script when the reader first wants to
// scan. In the page it runs the camera and a worker; in the worker, started from the same text, it reads what it is sent.

// Milliseconds that a video's frame and a picture may take in the worker; what takes this much longer hangs.
const FRAME = 90;
const PICTURE = 6000;
const PATIENCE = 6000;
// The longest side of a picture in pixels: enough for a label held before a telephone's camera, and not too much for its memory.
const LONGEST = 3072;

// address, integrity: of this script.
function scanner(address, integrity) {
  let program;
  let worker;
  let stream;
  let why;
  let wake;
  let turn = 0;
  // How a frame gets to the worker, the best way first; which of them works is found out.
  const ways = [video => new VideoFrame(video), video => createImageBitmap(video), video => drawn(video, 1280)];
  let way = 0;

  const element = () => document.getElementById("scan-video");

  // The pixels, for browsers whose workers cannot draw.
  function drawn(source, longest) {
    const [width, height] = [source.videoWidth || source.width, source.videoHeight || source.height];
    const scale = Math.min(1, longest / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = width * scale;
    canvas.height = height * scale;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }

  // Compiled once, however often a worker has to be started.
  async function compiled() {
    const text = fetch(address, { integrity }).then(answer => answer.blob());
    const wasm = fetch("{{scan-worker.wasm}}", { integrity: "{{integrity:scan-worker.wasm}}" });
    const module = await WebAssembly.compile(await (await wasm).arrayBuffer());
    return { module, text: new Blob([await text], { type: "text/javascript" }) };
  }

  async function hire() {
    program = program || compiled();
    let ready;
    try {
      ready = await program;
    } catch (missing) {
      program = null;
      throw named("Missing");
    }
    const url = URL.createObjectURL(ready.text);
    try {
      const hired = new Worker(url);
      await ask(hired, { program: ready.module }, []);
      return hired;
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  // One question, one answer, or the worker's end.
  function ask(hired, question, moved) {
    return new Promise((resolve, reject) => {
      const fail = () => {
        clearTimeout(timer);
        hired.terminate();
        reject(named("Stopped"));
      };
      const timer = setTimeout(fail, PATIENCE + (question.milliseconds || 0));
      hired.onerror = event => {
        event.preventDefault();
        fail();
      };
      hired.onmessage = ({ data }) => {
        if (data.failed) { return fail(); }
        clearTimeout(timer);
        resolve(data);
      };
      hired.postMessage(question, moved);
    });
  }

  async function read(picture, isPicture, milliseconds) {
    worker = worker || hire();
    const mine = worker;
    const moved = [picture.data ? picture.data.buffer : picture];
    const { width, height } = picture;
    const question = picture.data ? { data: picture.data.buffer, width, height } : { picture };
    try {
      return await ask(await mine, { ...question, isPicture, milliseconds }, moved);
    } catch (error) {
      // The next one starts a new worker.
      if (worker === mine) { worker = null; }
      throw error;
    }
  }

  const named = name => Object.assign(new Error(name), { name });

  function close(reason) {
    turn++;
    why = reason;
    for (const track of stream ? stream.getTracks() : []) { track.stop(); }
    stream = null;
    const video = element();
    if (video) { video.srcObject = null; }
    if (wake) { wake(); }
  }

  // A page that is not seen does not look either.
  document.addEventListener("visibilitychange", () => { if (document.hidden) { close("hidden"); } });
  addEventListener("pagehide", () => close("hidden"));

  return {
    close: () => close("closed"),

    // lens: a device's id, or empty for the one at the back. Gives what the camera can do.
    async open(lens) {
      close("closed");
      const mine = turn;
      const which = lens ? { deviceId: { exact: lens } } : { facingMode: { ideal: "environment" } };
      const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, ...which };
      // The worker starts while the reader is asked for the camera.
      worker = worker || hire();
      worker.catch(() => { worker = null; });
      const found = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      if (mine !== turn) {
        for (const track of found.getTracks()) { track.stop(); }
        throw named("Closed");
      }
      stream = found;
      const [track] = stream.getVideoTracks();
      track.onended = () => { if (stream === found) { close("ended"); } };
      const video = element();
      video.muted = true;
      video.srcObject = stream;
      await video.play();
      const devices = await navigator.mediaDevices.enumerateDevices();
      const torch = track.getCapabilities ? !!track.getCapabilities().torch : false;
      const current = track.getSettings ? track.getSettings().deviceId || "" : "";
      const lenses = devices.filter(device => device.kind === "videoinput" && device.deviceId);
      return { torch, current, lenses: lenses.flatMap(({ deviceId, label }) => [deviceId, label]) };
    },

    async torch(on) {
      await stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
      return {};
    },

    // The payloads in the next frame, or why there is none.
    async frame() {
      const video = element();
      await new Promise(next => {
        wake = next;
        if (!stream) { next(); }
        else if (video.requestVideoFrameCallback) { video.requestVideoFrameCallback(next); }
        else { requestAnimationFrame(next); }
      });
      wake = null;
      if (!stream) { return { stopped: why }; }
      if (video.readyState < 2) { return { payloads: [] }; }
      let picture;
      while (!picture) {
        try {
          picture = await ways[way](video);
        } catch (lacking) {
          if (!stream) { return { stopped: why }; }
          if (++way === ways.length) {
            way = 0;
            throw named("Stopped");
          }
        }
      }
      const { payloads } = await read(picture, false, FRAME);
      if (!stream) { return { stopped: why }; }
      // A worker that cannot see what it was sent: from now on by the next way.
      if (!payloads) { way = Math.min(way + 1, ways.length - 1); }
      return { payloads: payloads || [] };
    },

    // The payloads in a picture.
    async picture(file) {
      const bitmap = async () => {
        const whole = await createImageBitmap(file);
        const scale = LONGEST / Math.max(whole.width, whole.height);
        if (scale >= 1) { return whole; }
        const [resizeWidth, resizeHeight] = [whole.width * scale | 0, whole.height * scale | 0];
        return createImageBitmap(whole, { resizeWidth, resizeHeight, resizeQuality: "high" });
      };
      let picture;
      try { picture = await bitmap(); } catch (unreadable) { throw named("Picture"); }
      const { payloads } = await read(picture, true, PICTURE);
      return payloads ? { payloads } : read(drawn(await bitmap(), LONGEST), true, PICTURE);
    },
  };
}

// In the worker.
function work() {
  let detector;
  let trusted = false;
  let canvas;

  const within = (milliseconds, promise) =>
    Promise.race([promise, new Promise((_, fail) => setTimeout(fail, milliseconds))]);

  // Whether this browser's own detector reads what is known; without one, or with one that cannot, this program reads alone.
  async function prove() {
    try {
      if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) { return; }
      detector = new BarcodeDetector({ formats: ["qr_code"] });
      const { side, bytes } = nguonProbe();
      const picture = new ImageData(new Uint8ClampedArray(bytes), side, side);
      const found = await within(1500, detector.detect(picture));
      trusted = nguonProbed(found.map(code => code.rawValue));
    } catch (lacking) {}
  }

  async function detected(source) {
    if (!trusted) { return []; }
    try {
      const found = await within(1500, detector.detect(source));
      const texts = found.map(code => code.rawValue);
      // It gives text; what is none is read by this program, which gives bytes.
      if (texts.every(text => text && !text.includes("\ufffd"))) {
        return texts.map(text => new TextEncoder().encode(text));
      }
    } catch (broken) {
      trusted = nguonTrusted(undefined, 0);
    }
    return [];
  }

  function drawn(source) {
    const width = source.displayWidth || source.width;
    const height = source.displayHeight || source.height;
    canvas = canvas || new OffscreenCanvas(width, height);
    if (canvas.width !== width || canvas.height !== height) { Object.assign(canvas, { width, height }); }
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0, width, height);
    return [new Uint8Array(context.getImageData(0, 0, width, height).data.buffer), width, height, width * 4, "RGBA"];
  }

  // What this program reads; undefined where the pixels cannot be had.
  async function read({ data, picture, width, height, isPicture, milliseconds }) {
    if (data) { return nguonRead(new Uint8Array(data), width, height, width * 4, "RGBA", isPicture, milliseconds); }
    if (picture.copyTo && picture.format) {
      const bytes = new Uint8Array(picture.allocationSize());
      const [plane] = await picture.copyTo(bytes).catch(() => []);
      if (plane) {
        const { visibleRect: rect, format } = picture;
        const luma = bytes.subarray(plane.offset, plane.offset + plane.stride * rect.height);
        const found = nguonRead(luma, rect.width, rect.height, plane.stride, format, isPicture, milliseconds);
        if (found) { return found; }
      }
    }
    if (typeof OffscreenCanvas === "function") { return nguonRead(...drawn(picture), isPicture, milliseconds); }
  }

  async function look(question) {
    const source = question.picture
      || trusted && new ImageData(new Uint8ClampedArray(question.data), question.width, question.height);
    const theirs = await detected(source);
    if (theirs.length) { return theirs; }
    const ours = await read(question);
    if (trusted && ours) { trusted = nguonTrusted(0, ours.length); }
    return ours;
  }

  addEventListener("unhandledrejection", () => postMessage({ failed: true }));
  onmessage = async ({ data }) => {
    try {
      if (data.program) {
        const instance = await WebAssembly.instantiate(data.program, __wbg_get_imports());
        __wbg_finalize_init(instance, data.program);
        await prove();
        postMessage({});
      } else {
        postMessage({ payloads: await look(data) });
      }
    } catch (error) {
      postMessage({ failed: true });
    } finally {
      if (data.picture) { data.picture.close(); }
    }
  };
}

if (typeof document === "undefined") {
  work();
} else {
  globalThis.nguonScanner = scanner;
}
