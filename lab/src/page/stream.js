// The event stream of a turn: its records, and the text of their deltas.

import { TurnError } from "./wire.js";
import { said, text } from "./words.js";

const WORDS = "/message/content/parts/0";

// Reads to the end. `shown` gets the words so far, `alive` is called whenever something came. A turn is complete only when
// the stream says so; what is known of it by then goes along with an error.
export async function read(response, turn, shown, alive) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let [path, operation] = ["", "add"];
  const change = (p, o, v) => {
    if (Array.isArray(v) && o === "patch") for (const one of v) change(one.p ?? "", one.o, one.v);
    else if (v && typeof v === "object" && "message" in v) whole(v);
    else if (p === WORDS && o === "append") turn.words += v;
  };
  const whole = (value) => {
    if (value.error) throw failed(value.error, value.error_code);
    turn.conversation = value.conversation_id ?? turn.conversation;
  };
  const take = (record) => {
    const field = (name) => record.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const [event, raw] = [field("event"), field("data")];
    if (!raw || raw === "[DONE]") return;
    const data = JSON.parse(raw);
    if (event === "error" || event === "response.failed") throw failed(data.error ?? data.response?.error);
    if (event === "delta") {
      [path, operation] = [data.p ?? path, data.o ?? operation];
      change(path, operation, data.v);
      if (turn.words) shown(turn.words);
      return;
    }
    if (typeof data !== "object") return;
    if (data.type === "error" || data.error) throw failed(data.error, data.error_code);
    turn.conversation = data.conversation_id ?? turn.conversation;
    if (data.type === "resume_conversation_token" && data.kind === "topic") turn.token = data.token;
    if (data.type === "message_stream_complete") turn.complete = true;
    if (data.type === "stream_handoff") turn.socket = data.websocket_url;
  };
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw error.name === "AbortError" ? error : new TurnError(text.network, { dropped: true });
    });
    if (done) break;
    alive();
    const records = (rest + value).split("\n\n");
    rest = records.pop();
    records.forEach(take);
  }
  if (turn.socket) await follow(turn.socket);
  else if (!turn.complete) throw new TurnError(text.noEnd);
}

// An error inside the stream is an object or a string, with or without a code beside it.
function failed(error, code) {
  const words = typeof error === "string" ? (said(code, error)?.words ?? error) : text.stream;
  return new TurnError(words);
}

// The rest of a turn that was handed over to a WebSocket, which the lab always drops.
function follow(url) {
  return new Promise((_, fail) => {
    new WebSocket(url).addEventListener("close", () => fail(new TurnError(text.socket)));
  });
}

// The last answer of a conversation, once it is complete.
export async function wholeAnswer(response) {
  const { mapping, current_node: last } = await response.json();
  const message = mapping[last]?.message;
  const whole = message?.author.role === "assistant" && message.status === "finished_successfully";
  return whole ? message.content.parts.join("") : null;
}
