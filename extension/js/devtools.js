// While a person has the developer tools open on ChatGPT, what these show of a failed request is as good as deep inspection,
// without a change to the page. Reports the same signals as fetch_tap.js. The panel beside it shows all requests.
/** @import { Endpoints } from "./endpoints.js" */
/** @import { PageSignal, ToCore } from "./messages.js" */
/** @import { FinishedRequest, ReadDetail } from "./devtools_response.js" */
(() => {
  const { devtools, runtime } = chrome;
  const shared = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis));
  const { watched } = /** @type {Endpoints} */ (shared[Symbol.for("mend.endpoints")]);
  const readDetail = /** @type {ReadDetail} */ (shared[Symbol.for("mend.devtools-response")]);
  const visit = crypto.randomUUID();
  let count = 0;

  devtools.panels.create("Mend", "icons/16.png", "panel.html");

  /**
   * @param {PageSignal} saw
   * @param {number} at
   */
  function report(saw, at) {
    /** @type {ToCore} */
    const message = { kind: "inspected", tab: devtools.inspectedWindow.tabId, key: `${visit}:${count++}`, at, saw };
    runtime.sendMessage(message).catch((error) => console.error(`Mend: report a request: ${error.message}`));
  }

  devtools.network.onRequestFinished.addListener(async (finished) => {
    const request = /** @type {FinishedRequest} */ (finished);
    const url = request.request.url.split(/[?#]/, 1)[0] ?? "";
    if (!watched.test(url)) return;
    const { text, stream } = await readDetail(request);
    const at = Math.round(Date.parse(request.startedDateTime) + request.time);
    if (text !== undefined) report({ kind: "body", url, status: request.response.status, text }, at);
    else if (stream) report({ kind: "stream", url, ...stream }, at);
  });
})();
