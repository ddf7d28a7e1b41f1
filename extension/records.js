// Looks through an answer's event stream for what only the stream tells: the record of an error, or that it ended without
// the records that end a turn. Reads only records that can be such; what ChatGPT answers passes by unread. The same rules as
// src/core/stream, which names their sources; tests/corpus/streams.jsonl holds both together.
globalThis[Symbol.for("mend.records")] = () => {
  const LONGEST = 32768; // a record that says how a turn went is short; of a longer line nothing is read
  const MESSAGE = 300;
  const WORTH = /"(?:error|end_turn|type|finish_reason)"|\/(?:error|message\/end_turn)"/;
  const FAILED = ["error", "response.failed"];
  const decoder = new TextDecoder();
  let rest = "", cut = false, event = "", error = null, done = false, handed = false;

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
      || patches(record).some((patch) => patch?.p === "/message/end_turn" && patch.v === true)
      || (Array.isArray(record.choices) && record.choices.some((choice) => typeof choice?.finish_reason === "string"));
  }

  function read(data) {
    if (!WORTH.test(data) && !FAILED.includes(event)) return;
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
    done ||= named("message_stream_complete") || named("response.completed") || finished(record);
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
      if (done) return null;
      return { end: handed ? "handoff" : "open", text: "" };
    },
  };
};
