// Deep inspection, in the page's own world: only where the person switched it on for this tab. Reads a copy of failed answers
// and of answers' streams, and reports what went wrong, never what was said. The page gets its own promise, its own answer and
// its own bytes; on any surprise it is as if this script were not there.
//
// The worker puts this function into the page (scripting.executeScript, so it has to stand alone) with two names that only the
// content script in the page's isolated world knows: of the event that reports, and of the one that ends it. They are new
// each time and stand nowhere but in here. What it needs of the page's world it takes at once, so that a script which
// replaces those functions later learns neither.
/** @import { Endpoints } from "./endpoints.js" */
/** @import { PageSignal } from "./messages.js" */
/** @import { StreamReader } from "./sse.js" */

/**
 * @param {string} reportName
 * @param {string} endName
 */
export function tapFetch(reportName, endName) {
  const world = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis));
  const newReader = /** @type {() => StreamReader} */ (world[Symbol.for("mend.sse")]);
  delete world[Symbol.for("mend.sse")];
  const { watched, chat } = /** @type {Endpoints} */ (world[Symbol.for("mend.endpoints")]);
  delete world[Symbol.for("mend.endpoints")];

  const HEAD = 4096; // characters of a failed answer's body
  const { fetch, CustomEvent, document } = globalThis;
  const { dispatchEvent, addEventListener } = EventTarget.prototype;
  const { apply } = Reflect;
  const { stringify } = JSON;
  let on = true;

  /** @param {PageSignal} saw */
  const report = (saw) => apply(dispatchEvent, document, [new CustomEvent(reportName, { detail: stringify(saw) })]);

  /** @param {Response} response */
  const copy = (response) => response.clone().body?.getReader();

  /**
   * @param {string} url
   * @param {Response} response
   */
  async function readBody(url, response) {
    const reader = copy(response);
    if (!reader) return;
    const decoder = new TextDecoder();
    let text = "";
    while (text.length < HEAD) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    // What broke meanwhile needs no end.
    reader.cancel().catch(() => {});
    report({ kind: "body", url, status: response.status, text: text.slice(0, HEAD) });
  }

  /**
   * @param {string} url
   * @param {Response} response
   */
  async function readStream(url, response) {
    const reader = copy(response);
    if (!reader) return;
    const stream = newReader();
    for (;;) {
      const { done, value } = await reader.read(); // throws where the connection broke or Stop was pressed: others report that
      if (done) break;
      stream.take(value);
    }
    const ended = stream.end();
    if (ended) report({ kind: "stream", url, ...ended });
  }

  /** @param {Response} response */
  function look(response) {
    if (!on) return;
    const url = response.url.split(/[?#]/, 1)[0] ?? "";
    if (!watched.test(url) || !response.body) return;
    const read = response.status >= 400 ? readBody : readStream;
    if (read === readStream && !chat.test(url)) return;
    // The page's own reading breaks likewise, and of that others report. Nothing is written to the page's console.
    read(url, response).catch(() => {});
  }

  // The page's function in all but this: whoever asks it for its name or its source gets the browser's own.
  const tapped = new Proxy(fetch, {
    apply(target, self, given) {
      const answer = apply(target, self, given);
      try {
        // A rejection is the page's, which gets it from `answer`.
        answer.then(look).catch(() => {});
      } catch {
        // No promise: then there is nothing to look at.
      }
      return answer;
    },
  });

  /** The extensions whose files a text names.
   * @param {string} text */
  const extensions = (text) => Array.from(text.matchAll(/(?:chrome|moz|safari-web)-extension:\/\/([\w-]+)/g), ([, id]) => id);
  const [own] = extensions(new Error().stack ?? "");
  /** An error, or a promise's rejection.
   * @param {Partial<ErrorEvent & PromiseRejectionEvent>} event */
  const thrown = ({ filename = "", error, reason }) => {
    if (!on) return;
    // Whatever fails in the page's fetch goes through this function, too.
    const by = extensions(`${filename} ${(error ?? reason)?.stack ?? ""}`).find((id) => id !== own);
    if (by) report({ kind: "thrown", by });
  };
  apply(addEventListener, globalThis, ["error", thrown]);
  apply(addEventListener, globalThis, ["unhandledrejection", thrown]);
  apply(addEventListener, document, [endName, () => {
    on = false;
    // Somebody may have wrapped ours meanwhile; then it stays, and does nothing.
    if (globalThis.fetch === tapped) globalThis.fetch = fetch;
  }]);
  globalThis.fetch = tapped;
}
