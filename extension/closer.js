// A closer look, in the page's own world: only where the person switched it on for this tab. Reads a copy of failed answers
// and of answers' streams, and tells what went wrong, never what was said. The page gets its own promise, its own answer and
// its own bytes; on any surprise it is as if this script were not there.
//
// The worker puts this function into the page with two names that only the witness in the page's isolated world knows: of the
// event that tells, and of the one that ends it. They are new for each look and stand nowhere but in here. What it needs of
// the page's world it takes at once, so that a script which replaces those functions later learns neither.
export function lookCloser(told, off) {
  const records = globalThis[Symbol.for("mend.records")];
  delete globalThis[Symbol.for("mend.records")];
  const { watched: AWAITED, chat: CHAT } = globalThis[Symbol.for("mend.endpoints")];
  delete globalThis[Symbol.for("mend.endpoints")];

  const HEAD = 4096; // of a failed answer's body, in bytes
  const { fetch, CustomEvent: Told, document: page } = globalThis;
  const { dispatchEvent, addEventListener: listen } = EventTarget.prototype;
  const { apply } = Reflect;
  const { stringify } = JSON;
  let looking = true;

  const tell = (saw) => apply(dispatchEvent, page, [new Told(told, { detail: stringify(saw) })]);

  async function body(url, response) {
    const reader = response.clone().body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    while (text.length < HEAD) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    reader.cancel().catch(() => {});
    tell({ body: { url, status: response.status, text: text.slice(0, HEAD) } });
  }

  async function stream(url, response) {
    const reader = response.clone().body.getReader();
    const seen = records();
    for (;;) {
      const { done, value } = await reader.read(); // throws where the connection broke or Stop was pressed: not ours to tell
      if (done) break;
      seen.take(value);
    }
    const ended = seen.end();
    if (ended) tell({ stream: { url, ...ended } });
  }

  function look(response) {
    if (!looking) return;
    const url = response.url.split(/[?#]/, 1)[0];
    if (!AWAITED.test(url) || !response.body) return;
    if (response.status >= 400) body(url, response).catch(() => {});
    else if (CHAT.test(url)) stream(url, response).catch(() => {});
  }

  // The page's function in all but this: whoever asks it for its name or its source gets the browser's own.
  const closer = new Proxy(fetch, {
    apply(target, self, given) {
      const answer = apply(target, self, given);
      try {
        answer.then(look).catch(() => {});
      } catch {
        // No promise: then there is nothing to look at.
      }
      return answer;
    },
  });

  const extensions = (text) => Array.from(text.matchAll(/(?:chrome|moz|safari-web)-extension:\/\/([\w-]+)/g), ([, id]) => id);
  const [own] = extensions(new Error().stack ?? "");
  const thrown = ({ filename = "", error, reason }) => {
    if (!looking) return;
    // Whatever fails in the page's fetch goes through this function, too.
    const by = extensions(`${filename} ${(error ?? reason)?.stack ?? ""}`).find((id) => id !== own);
    if (by) tell({ thrown: { by } });
  };
  apply(listen, globalThis, ["error", thrown]);
  apply(listen, globalThis, ["unhandledrejection", thrown]);
  apply(listen, page, [off, () => {
    looking = false;
    // Somebody may have wrapped ours meanwhile; then it stays, and does nothing.
    if (globalThis.fetch === closer) globalThis.fetch = fetch;
  }]);
  globalThis.fetch = closer;
}
