// While a person has the developer tools open on ChatGPT, what they show of a failed request is a closer look, without a
// hand on the page. Tells the same facts as closer.js. The panel beside it shows all requests.
(() => {
  const { devtools, runtime } = chrome;
  const { watched } = globalThis[Symbol.for("mend.endpoints")];
  const inspected = globalThis[Symbol.for("mend.inspected")];
  const visit = crypto.randomUUID();
  let told = 0;

  devtools.panels.create("Mend", "icons/16.png", "panel.html");

  function tell(saw, at) {
    const inspected = { tab: devtools.inspectedWindow.tabId, key: `${visit}:${told++}`, at, saw };
    runtime.sendMessage({ inspected }).catch(() => {});
  }

  devtools.network.onRequestFinished.addListener(async (request) => {
    const url = request.request.url.split(/[?#]/, 1)[0];
    if (!watched.test(url)) return;
    const { text, stream } = await inspected(request);
    const at = Math.round(Date.parse(request.startedDateTime) + request.time);
    if (text !== undefined) tell({ body: { url, status: request.response.status, text } }, at);
    else if (stream) tell({ stream: { url, ...stream } }, at);
  });
})();
