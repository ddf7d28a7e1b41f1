// What the developer tools' word on a finished request says beyond its status: the head of a failed answer's body, or how
// an answer's stream ended. What ChatGPT answered goes no further than this.
globalThis[Symbol.for("mend.inspected")] = (() => {
  const HEAD = 4096;
  const { chat: CHAT } = globalThis[Symbol.for("mend.endpoints")];
  const records = globalThis[Symbol.for("mend.records")];

  // Firefox says it with a promise, Chromium with a callback, and what it takes for binary in base64.
  const content = (request) => new Promise((take) => {
    const read = (text, encoding) => {
      const bytes = encoding === "base64" ? Uint8Array.from(atob(text), (one) => one.charCodeAt(0)) : null;
      take(bytes ? new TextDecoder().decode(bytes) : text);
    };
    // An entry of an older log carries its text, if any.
    if (!request.getContent) return take(request.response.content?.text);
    request.getContent(read)?.then?.(([text, encoding]) => read(text, encoding));
  });

  return async (request) => {
    const url = request.request.url.split(/[?#]/, 1)[0];
    const { status } = request.response;
    if (!(status >= 400 || (status === 200 && CHAT.test(url)))) return {};
    const text = (await content(request)) ?? "";
    if (status >= 400) return { text: text.slice(0, HEAD) };
    const seen = records();
    seen.take(new TextEncoder().encode(`${text}\n`));
    // Without a text there is nothing to say: a stream that was stopped has none.
    return { stream: text ? seen.end() : null };
  };
})();
