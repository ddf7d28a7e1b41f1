// Reads an answer's event stream (server-sent events) for what only the stream shows: the record of an error, or that it ended
// without an answer and the records that end a turn. Parses only records that can show it; of what ChatGPT answered nothing is
// kept but that it said something, and from then on its words pass by unread. The same rules as src/core/stream, which names
// their sources; tests/corpus/streams.jsonl holds both together. No module can be loaded into the page's own world, so it is a
// script that fetch_tap.js takes away at once.
/** @import { StreamEnd } from "./messages.js" */

/**
 * @typedef {{ take: (bytes: Uint8Array) => void, end: () => { end: StreamEnd, text: string } | null }} StreamReader
 *   `take` takes the next bytes as they come; `end` says how the stream ended, if not well.
 * @typedef {Record<string, unknown>} Obj A JSON object.
 */
(/** @type {Record<symbol, () => StreamReader>} */ (/** @type {unknown} */ (globalThis)))[Symbol.for("mend.sse")] = () => {
  const LONGEST = 32_768; // characters; a record that says how a turn went is short: of a longer line nothing is read
  const MESSAGE = 300; // characters of an error's message
  const WORTH = /"(?:error|message|moderation_response|end_turn|type|finish_reason)"|\/(?:error|message\/(?:end_turn|status))"/;
  const RUNNING = ["in_progress", "finished_successfully", "finished_partial_completion"]; // states of a message without a fault
  const SHOWN = ["text", "multimodal_text"]; // kinds of content that the page shows as an answer
  const UNSHOWN = ["analysis", "commentary"]; // channels beside the answer
  const COMPLETE = ["stop", "tool_calls", "function_call"]; // reasons to finish of a complete answer
  const FAILED = ["error", "response.failed"]; // events
  const decoder = new TextDecoder();
  let rest = "", cut = false, event = "";
  /** @type {string | null} */
  let error = null;
  let closed = false, done = false, handed = false;
  let answers = true, said = false, broken = false, blocked = false; // the turn, as in src/core/stream/turn.rs

  /** @param {unknown} value @returns {value is Obj} */
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  /** What stands in a record under these names, one in the other.
   * @param {unknown} value
   * @param {string[]} names
   * @returns {unknown} */
  const get = (value, ...names) => {
    for (const name of names) value = isObject(value) ? value[name] : undefined;
    return value;
  };
  /** @param {unknown} value */
  const isFilled = (value) => (typeof value === "string" ? value !== "" : isObject(value));
  /** @param {unknown} value @returns {unknown[]} */
  const list = (value) => (Array.isArray(value) ? value : []);
  /** @param {unknown} value */
  const text = (value, otherwise = "") => (typeof value === "string" ? value : otherwise);
  /** A record may be one patch, or hold several.
   * @param {Obj} record */
  const patches = (record) => [...list(record.v), record];

  /** The error alone, cut short, as JSON.
   * @param {unknown} found
   * @param {unknown} [code] */
  function errorText(found, code) {
    const from = isObject(found) ? found : { message: found };
    /** @type {Obj} */
    const error = {};
    for (const name of ["type", "code", "resets_in_seconds", "clears_in"]) {
      if (["string", "number"].includes(typeof from[name])) error[name] = from[name];
    }
    if (typeof code === "string") error.code ??= code;
    if (typeof from.message === "string") {
      error.message = Array.from(from.message.slice(0, 2 * MESSAGE)).slice(0, MESSAGE).join("");
    }
    return JSON.stringify({ error });
  }

  /** @param {Obj} record */
  function failure(record) {
    const own = get(record, "v", "error");
    const found = [record.error, get(record, "response", "error"), own].find(isFilled);
    if (found !== undefined) return errorText(found, isFilled(own) ? get(record, "v", "error_code") : record.error_code);
    const patched = patches(record).find((patch) => get(patch, "p") === "/error" && isFilled(get(patch, "v")));
    if (patched !== undefined) return errorText(get(patched, "v"));
    return FAILED.includes(event) || FAILED.includes(text(record.type)) ? errorText(record) : null;
  }

  /** @param {Obj} record */
  function isFinished(record) {
    const isWhole = (/** @type {unknown} */ message) => (get(message, "author", "role") ?? "assistant") === "assistant"
      && get(message, "end_turn") === true && get(message, "status") === "finished_successfully";
    return isWhole(record.message) || isWhole(get(record, "v", "message"))
      || patches(record).some((patch) => get(patch, "p") === "/message/end_turn" && get(patch, "v") === true);
  }

  /** @param {Obj} record */
  const isComplete = (record) => list(record.choices).some((choice) => COMPLETE.includes(text(get(choice, "finish_reason"))));
  /** @param {unknown} status */
  const isSound = (status) => typeof status !== "string" || RUNNING.includes(status);
  /** @param {unknown} part */
  const isAsset = (part) => typeof get(part, "asset_pointer") === "string";

  /** @param {Obj} seen */
  function message(seen) {
    const by = text(get(seen, "author", "role"), "assistant"), to = text(seen.recipient, "all");
    const kind = text(get(seen, "content", "content_type"), "text");
    answers = by === "assistant" && to === "all" && !UNSHOWN.includes(text(seen.channel)) && SHOWN.includes(kind);
    if (by === "assistant" && to !== "all") said = false; // what it said before it asked a tool was no answer yet
    if (by === "assistant" || kind === "system_error") broken = kind === "system_error" || !isSound(seen.status);
    said ||= list(get(seen, "content", "parts")).some((part) => (by !== "user" && isAsset(part)) || (answers && isFilled(part)));
  }

  /** @param {Obj} record */
  function turn(record) {
    blocked ||= get(record, "moderation_response", "blocked") === true;
    for (const seen of [record.message, get(record, "v", "message")]) if (isObject(seen)) message(seen);
    for (const patch of patches(record)) {
      const path = text(get(patch, "p")), value = get(patch, "v");
      if (path === "/message/status") broken = !isSound(value);
      else if (path.startsWith("/message/content") || (path === "" && typeof value === "string")) {
        said ||= isAsset(value) || (answers && isFilled(value));
      }
    }
  }

  /** @param {string} data */
  function read(data) {
    if (said && !WORTH.test(data) && !FAILED.includes(event)) return;
    /** @type {unknown} */
    let record = null;
    try {
      record = JSON.parse(data);
    } catch {
      // Half a record, or `[DONE]`, which says only that nothing more comes.
    }
    if (!isObject(record)) {
      if (FAILED.includes(event)) error ??= errorText({});
      return;
    }
    const { type } = record;
    const isNamed = (/** @type {string} */ name) => event === name || type === name;
    error ??= failure(record);
    turn(record);
    closed ||= isNamed("message_stream_complete") || isFinished(record);
    done ||= isNamed("response.completed") || isComplete(record);
    handed ||= isNamed("stream_handoff");
  }

  /** @param {string} text */
  function line(text) {
    const bare = text.replace(/\r+$/, "");
    if (bare === "") event = "";
    else if (bare.startsWith("event:")) event = bare.slice(6).trim();
    else if (bare.startsWith("data:")) read(bare.slice(5));
  }

  return {
    take(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) {
        if (!cut && text.length <= LONGEST) line(text);
        cut = false;
      }
      if (rest.length > LONGEST) [rest, cut] = ["", true];
    },
    end() {
      if (!cut) line(rest + decoder.decode());
      if (error !== null) return { end: "error", text: error };
      const isBad = broken || blocked;
      if (done || (closed && said && !isBad)) return null;
      return { end: handed && !isBad ? "handoff" : "open", text: "" };
    },
  };
};
