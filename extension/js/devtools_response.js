// What the developer tools show of a finished request beyond its status: the head of a failed answer's body, or how an
// answer's stream ended. What ChatGPT answered goes no further than this.
/** @import { Endpoints } from "./endpoints.js" */
/** @import { StreamEnd } from "./messages.js" */
/** @import { StreamReader } from "./sse.js" */

/**
 * What both browsers give: a HAR entry, of a running request with its content (MDN, "devtools.network.onRequestFinished").
 * @typedef {(text: string, encoding: string) => void} TakeContent
 * @typedef {import("har-format").Entry & {
 *   getContent?: (take: TakeContent) => Promise<[text: string, encoding: string]> | void
 * }} FinishedRequest
 *
 * @typedef {{ text?: string, stream?: { end: StreamEnd, text: string } | null }} Detail
 * @typedef {(request: FinishedRequest) => Promise<Detail>} ReadDetail
 */
(() => {
  const HEAD = 4096; // characters of a failed answer's body
  const shared = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis));
  const { chat } = /** @type {Endpoints} */ (shared[Symbol.for("mend.endpoints")]);
  const newReader = /** @type {() => StreamReader} */ (shared[Symbol.for("mend.sse")]);

  // Firefox gives it with a promise, Chromium with a callback, and what it takes for binary in base64.
  /**
   * @param {FinishedRequest} request
   * @returns {Promise<string | undefined>}
   */
  const content = (request) => new Promise((take) => {
    /** @type {TakeContent} */
    const read = (text, encoding) => {
      const bytes = encoding === "base64" ? Uint8Array.from(atob(text), (one) => one.charCodeAt(0)) : null;
      take(bytes ? new TextDecoder().decode(bytes) : text);
    };
    // An entry of an older log carries its text, if any.
    if (!request.getContent) return take(request.response.content?.text);
    request.getContent(read)?.then?.(([text, encoding]) => read(text, encoding));
  });

  /** @type {ReadDetail} */
  const readDetail = async (request) => {
    const url = request.request.url.split(/[?#]/, 1)[0] ?? "";
    const { status } = request.response;
    if (!(status >= 400 || (status === 200 && chat.test(url)))) return {};
    const text = (await content(request)) ?? "";
    if (status >= 400) return { text: text.slice(0, HEAD) };
    const stream = newReader();
    stream.take(new TextEncoder().encode(`${text}\n`));
    // Without a text there is nothing to say: a stream that was stopped has none.
    return { stream: text ? stream.end() : null };
  };
  shared[Symbol.for("mend.devtools-response")] = readDetail;
})();
