// Looks through an answer's event stream for what only the stream tells: the record of an error, or that it ended without an
// answer and the records that end a turn. Reads only records that can tell it; of what ChatGPT answers nothing is kept but
// that it said something, and from then on its words pass by unread. The same rules as src/core/stream, which names their sources; tests/corpus/streams.jsonl holds both together.
globalThis[Symbol.for("mend.records")] = () => {
  const LONGEST = 32768; // a record that says how a turn went is short; of a longer line nothing is read
  const MESSAGE = 300;
  const WORTH = /"(?:error|message|moderation_response|end_turn|type|finish_reason)"|\/(?:error|message\/(?:end_turn|status))"/;
  const WELL = ["in_progress", "finished_successfully", "finished_partial_completion"];
  const SEEN = ["text", "multimodal_text"];
  const BESIDE = ["analysis", "commentary"];
  const WHOLE = ["stop", "tool_calls", "function_call"];
  const FAILED = ["error", "response.failed"];
  const decoder = new TextDecoder();
  let rest = "", cut = false, event = "", error = null, closed = false, done = false, handed = false;
  let answers = true, said = false, broken = false, blocked = false; // the turn, as in src/core/stream/turn.rs

  const told = (value) => (typeof value === "string" ? value !== "" : value !== null && typeof value === "object" && !Array.isArray(value));
  const patches = (record) => [...(Array.isArray(record.v) ? record.v : []), record];

  // The error alone, cut short.
  function kept(found, beside) {
    const from = typeof found === "string" ? { message: found } : found;
    const error = {};
    for (const name of ["type", "code", "resets_in_seconds", "clears_in"]) {
      if (["string", "number"].includes(typeof from[name])) error[name] = from[name];
    }
    if (typeof beside === "string") error.code ??= beside;
    if (typeof from.message === "string") error.message = Array.from(from.message.slice(0, 2 * MESSAGE)).slice(0, MESSAGE).join("");
    return JSON.stringify({ error });
  }

  function failure(record) {
    const found = [record.error, record.response?.error, record.v?.error].find(told);
    if (found !== undefined) return kept(found, told(record.v?.error) ? record.v.error_code : record.error_code);
    const patched = patches(record).filter((patch) => patch?.p === "/error").map((patch) => patch.v).find(told);
    if (patched !== undefined) return kept(patched);
    return FAILED.includes(event) || FAILED.includes(record.type) ? kept(record) : null;
  }

  function finished(record) {
    const whole = (message) => (message?.author?.role ?? "assistant") === "assistant"
      && message?.end_turn === true && message.status === "finished_successfully";
    return whole(record.message) || whole(record.v?.message)
      || patches(record).some((patch) => patch?.p === "/message/end_turn" && patch.v === true);
  }

  const chosen = (record) => Array.isArray(record.choices) && record.choices.some((choice) => WHOLE.includes(choice?.finish_reason));
  const text = (value, otherwise) => (typeof value === "string" ? value : otherwise);
  const isWell = (status) => typeof status !== "string" || WELL.includes(status);
  const isAsset = (part) => typeof part?.asset_pointer === "string";

  function message(seen) {
    const by = text(seen.author?.role, "assistant"), to = text(seen.recipient, "all"), kind = text(seen.content?.content_type, "text");
    answers = by === "assistant" && to === "all" && !BESIDE.includes(seen.channel) && SEEN.includes(kind);
    if (by === "assistant" && to !== "all") said = false; // what it said before it asked a tool was no answer yet
    if (by === "assistant" || kind === "system_error") broken = kind === "system_error" || !isWell(seen.status);
    const parts = Array.isArray(seen.content?.parts) ? seen.content.parts : [];
    said ||= parts.some((part) => (by !== "user" && isAsset(part)) || (answers && told(part)));
  }

  function turn(record) {
    blocked ||= record.moderation_response?.blocked === true;
    for (const seen of [record.message, record.v?.message]) {
      if (seen !== null && typeof seen === "object" && !Array.isArray(seen)) message(seen);
    }
    for (const patch of patches(record)) {
      const path = text(patch?.p, ""), value = patch?.v;
      if (path === "/message/status") broken = !isWell(value);
      else if (path.startsWith("/message/content") || (path === "" && typeof value === "string")) said ||= isAsset(value) || (answers && told(value));
    }
  }

  function read(data) {
    if (said && !WORTH.test(data) && !FAILED.includes(event)) return;
    let record = null;
    try {
      record = JSON.parse(data);
    } catch {
      // Half a record, or `[DONE]`, which says only that nothing more comes.
    }
    if (record === null || typeof record !== "object" || Array.isArray(record)) {
      if (FAILED.includes(event)) error ??= kept({});
      return;
    }
    const named = (name) => event === name || record.type === name;
    error ??= failure(record);
    turn(record);
    closed ||= named("message_stream_complete") || finished(record);
    done ||= named("response.completed") || chosen(record);
    handed ||= named("stream_handoff");
  }

  function line(text) {
    const bare = text.replace(/\r+$/, "");
    if (bare === "") event = "";
    else if (bare.startsWith("event:")) event = bare.slice(6).trim();
    else if (bare.startsWith("data:")) read(bare.slice(5));
  }

  return {
    // Takes the next bytes as they come.
    take(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop();
      for (const text of lines) {
        if (!cut && text.length <= LONGEST) line(text);
        cut = false;
      }
      if (rest.length > LONGEST) [rest, cut] = ["", true];
    },
    // How the stream ended, if not well.
    end() {
      if (!cut) line(rest + decoder.decode());
      if (error !== null) return { end: "error", text: error };
      const bad = broken || blocked;
      if (done || (closed && said && !bad)) return null;
      return { end: handed && !bad ? "handoff" : "open", text: "" };
    },
  };
};
