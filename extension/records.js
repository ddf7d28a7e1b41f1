// Looks through an answer's event stream for what only the stream tells: the record of an error, or that it ended without
// the records that end a turn. Parses nothing but such records; what ChatGPT answers passes by unread.
globalThis[Symbol.for("mend.records")] = () => {
  const LONGEST = 16384; // a record of an error is short; a longer line is none
  const decoder = new TextDecoder();
  let rest = "", cut = false, event = "", error = null, done = false, handed = false;

  function line(text) {
    if (text.startsWith("event:")) event = text.slice(6).trim();
    if (!text.startsWith("data:")) return;
    if (text.includes("message_stream_complete") || text.includes("response.completed") || text === "data: [DONE]") done = true;
    if (text.includes('"stream_handoff"')) handed = true;
    if (error || !(text.includes('"error"') || event === "response.failed")) return;
    try {
      const record = JSON.parse(text.slice(5));
      const found = record.error ?? record.response?.error ?? (record.type === "error" ? record : null);
      if (!found) return;
      const { type, code, message, resets_in_seconds } = typeof found === "string" ? { message: found } : found;
      error = JSON.stringify({ error: { type, code, message: String(message ?? "").slice(0, 300), resets_in_seconds } });
    } catch {
      // Half a record, or somebody quotes one.
    }
  }

  return {
    // Takes the next bytes as they come.
    take(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop();
      for (const text of lines) {
        if (!cut) line(text);
        cut = false;
      }
      if (rest.length > LONGEST) [rest, cut] = ["", true];
    },
    // How the stream ended, if not well.
    end() {
      if (error) return { end: "error", text: error };
      if (handed) return { end: "handoff", text: "" };
      return done ? null : { end: "open", text: "" };
    },
  };
};
