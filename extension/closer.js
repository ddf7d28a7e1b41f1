// A closer look, in the page's own world: only where the person switched it on for this tab. Reads a copy of failed answers
// and of answers' streams, and tells what went wrong, never what was said. The page gets its own promise, its own answer and
// its own bytes; on any surprise it is as if this script were not there.
(() => {
  const HERE = Symbol.for("mend.closer");
  const records = globalThis[Symbol.for("mend.records")];
  delete globalThis[Symbol.for("mend.records")];
  const { watched: AWAITED, chat: CHAT } = globalThis[Symbol.for("mend.endpoints")];
  delete globalThis[Symbol.for("mend.endpoints")];
  if (globalThis[HERE]) return globalThis[HERE].on();

  const HEAD = 4096; // of a failed answer's body, in bytes
  const fetch = globalThis.fetch;
  let looking = true;

  const tell = (saw) => document.dispatchEvent(new CustomEvent("mend:closer", { detail: JSON.stringify(saw) }));

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
      const answer = Reflect.apply(target, self, given);
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
    // Whatever fails in the page's fetch goes through this file, too.
    const by = extensions(`${filename} ${(error ?? reason)?.stack ?? ""}`).find((id) => id !== own);
    if (by) tell({ thrown: { by } });
  };
  addEventListener("error", thrown);
  addEventListener("unhandledrejection", thrown);

  const on = () => {
    looking = true;
    if (globalThis.fetch === fetch) globalThis.fetch = closer;
  };
  document.addEventListener("mend:closer-off", () => {
    looking = false;
    // Somebody may have wrapped ours meanwhile; then it stays, and does nothing.
    if (globalThis.fetch === closer) globalThis.fetch = fetch;
  });
  Object.defineProperty(globalThis, HERE, { value: { on } });
  on();
})();
