// While a person has the developer tools open on ChatGPT, what they show of a failed request is a closer look, without a
// hand on the page. Tells the same facts as closer.js.
(() => {
  const { devtools, runtime } = chrome;
  const { watched, chat } = globalThis.MEND;
  const records = globalThis[Symbol.for("mend.records")];
  const HEAD = 4096;
  const visit = crypto.randomUUID();
  let told = 0;

  // Firefox says it with a promise, Chromium with a callback, and what it takes for binary in base64.
  const content = (request) => new Promise((take) => {
    const read = (text, encoding) => {
      const bytes = encoding === "base64" ? Uint8Array.from(atob(text), (one) => one.charCodeAt(0)) : null;
      take(bytes ? new TextDecoder().decode(bytes) : text);
    };
    request.getContent(read)?.then?.(([text, encoding]) => read(text, encoding));
  });

  function tell(saw, at) {
    const inspected = { tab: devtools.inspectedWindow.tabId, key: `${visit}:${told++}`, at, saw };
    runtime.sendMessage({ inspected }).catch(() => {});
  }

  devtools.network.onRequestFinished.addListener(async (request) => {
    const url = request.request.url.split(/[?#]/, 1)[0];
    const { status } = request.response;
    if (!watched.test(url) || !(status >= 400 || (status === 200 && chat.test(url)))) return;
    const at = Math.round(Date.parse(request.startedDateTime) + request.time);
    const text = (await content(request)) ?? "";
    if (status >= 400) return tell({ body: { url, status, text: text.slice(0, HEAD) } }, at);
    const seen = records();
    seen.take(new TextEncoder().encode(`${text}\n`));
    const ended = seen.end();
    // Without a text there is nothing to say: a stream that was stopped has none.
    if (text && ended) tell({ stream: { url, ...ended } }, at);
  });
})();
