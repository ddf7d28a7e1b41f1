// The page of the lab's ChatGPT: the requests of a turn in the order of the real page, and their results. It does not know
// the fault in force and shows what the responses contain. Markup is in old.js, new.js and next.js.

import { editor, plain } from "./composer.js";
import { read, wholeAnswer } from "./stream.js";
import { TurnError, ask, get, noise, post, signedOut, upload } from "./wire.js";
import { text } from "./words.js";

// The chunk that a turn needs; the URL is absolute because this script is on another host.
const CHUNK = new URL("/cdn/assets/conversation-b71c94e0.js", location.origin);

// Timeout for the first record of an answer, in milliseconds.
const PATIENCE = 20_000;
// Interval of heartbeats during a turn, in milliseconds.
const HEARTBEAT = 3000;
// How often the page asks for an answer whose stream was cut, and how long it waits in between, in milliseconds. The real
// page gives up after as many rounds, and waits longer.
const ROUNDS = 30;
const BETWEEN = 150;

const PAGES = { old: () => import("./old.js"), new: () => import("./new.js"), next: () => import("./next.js") };

let view;
let box; // the composer
let leaving = false;
let running = null; // the turn that is being answered
let conversationId = null;
let chunk = null; // what was imported
let ready = null; // settles with the import
let files = []; // what goes along with the next message

const pause = (time) => new Promise((then) => setTimeout(then, time));

// ---- one turn ----

async function answer(shown, words, ids) {
  const stop = new AbortController();
  const { signal } = stop;
  const turn = { words: "", conversation: null, token: null, complete: false, socket: null };
  running = { stop, shown, turn };
  shown.begin();
  composer();
  noise();
  const clock = { late: false, timer: 0 };
  const alive = () => {
    clearTimeout(clock.timer);
    clock.timer = setTimeout(() => {
      clock.late = true;
      stop.abort();
    }, PATIENCE);
  };
  const beat = () => post("/sentinel/ping", {}).catch(() => {});
  const heart = setInterval(beat, HEARTBEAT);
  const show = (words) => shown.show(chunk.blocks(words));
  try {
    await ready;
    beat();
    await prepare(signal);
    alive();
    const response = await post(path("/f/conversation", "/unauth-mweb/conversation/updates"), body(words, ids), { signal });
    await read(response, turn, show, alive).catch((error) => recover(error, turn, shown, show, stop));
    conversationId = turn.conversation ?? conversationId;
    shown.done();
  } catch (error) {
    conversationId = turn.conversation ?? conversationId;
    if (leaving || (signal.aborted && !clock.late)) return shown.stopped();
    fail(shown, error, clock.late, () => answer(shown, words, ids));
  } finally {
    clearTimeout(clock.timer);
    clearInterval(heart);
    running = null;
    composer();
  }
}

// The newer page uses other paths for signed-out people.
const path = (usual, mobile) => (signedOut && view.recovers ? mobile : usual);

async function prepare(signal) {
  for (const step of ["/prepare", "/finalize"]) {
    const gate = `/sentinel/chat-requirements${step}`;
    await post(path(gate, `/unauth-mweb${gate}`), { p: "lab" }, { signal });
  }
  await post(path("/f/conversation/prepare", "/unauth-mweb/conversation/prepare"), { action: "next" }, { signal });
}

const body = (words, ids) => ({
  action: "next",
  messages: [{
    id: crypto.randomUUID(), author: { role: "user" }, content: { content_type: "text", parts: [words] },
    ...(ids.length ? { metadata: { attachments: ids.map((id) => ({ id })) } } : {}),
  }],
  model: "auto",
  ...(conversationId ? { conversation_id: conversationId } : {}),
});

// The connection dropped in mid-answer. What came with a token can be asked for again; else the newer page waits for the
// conversation to have the answer, and says so meanwhile.
async function recover(error, turn, shown, show, stop) {
  if (!error.dropped || !turn.conversation) throw error;
  if (turn.token) {
    const more = { conversation_id: turn.conversation, offset: 0 };
    const response = await post("/f/conversation/resume", more, { signal: stop.signal });
    Object.assign(turn, { words: "", token: null });
    return read(response, turn, show, () => {});
  }
  if (!view.recovers) throw error;
  shown.notice(true);
  for (let round = 0; round < ROUNDS; round += 1) {
    await pause(BETWEEN);
    if (stop.signal.aborted) throw error;
    get(`/conversation/${turn.conversation}/stream_status`).catch(() => {});
    const whole = await get(view.conversation(turn.conversation)).then(wholeAnswer, () => null);
    if (whole === null) continue;
    show(whole);
    shown.notice(false);
    return;
  }
  throw error;
}

function fail(shown, error, late, retry) {
  if (error.dialog) {
    shown.stopped();
    view.dialog(error.message);
    return;
  }
  const words = late ? text.late : error instanceof TurnError ? error.message : text.wrong;
  if (!error.over) return shown.error(words, text.retry, retry);
  // The conversation has the answer: its address leads there.
  history.replaceState(null, "", `/c/${conversationId}${location.search}`);
  shown.error(words, text.reload, () => location.reload());
}

// A message sent while an answer is being streamed.
async function steer(words) {
  const { shown, turn } = running;
  box.set("");
  shown.steer(words);
  try {
    await post("/f/steer_turn", { conversation_id: turn.conversation ?? conversationId, content: words });
  } catch {
    view.toast(text.steer);
  }
}

function stop() {
  const { stop, turn } = running;
  stop.abort();
  post("/stop_conversation", { conversation_id: turn.conversation ?? conversationId }).catch(() => {});
}

// ---- the composer ----

function composer() {
  const empty = box.words() === "";
  const has = box.words().trim() !== "" || files.length > 0;
  view.state({ running: running !== null, empty, ready: has && files.every((file) => file.id), stop });
}

function send() {
  const words = box.words().trim();
  if (running) return words ? steer(words) : undefined;
  if ((!words && !files.length) || !files.every((file) => file.id)) return;
  const sent = files;
  files = [];
  view.files(files);
  box.set("");
  answer(view.turn(words, sent.map((file) => file.name)), words, sent.map((file) => file.id));
}

async function attach(list) {
  for (const file of list) {
    const entry = { name: file.name, id: null };
    entry.remove = () => {
      files = files.filter((other) => other !== entry);
      view.files(files);
      composer();
    };
    files.push(entry);
    view.files(files);
    composer();
    try {
      entry.id = await upload(file);
    } catch (error) {
      entry.remove();
      view.toast(error.message);
    }
    composer();
  }
}

addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

// ---- the start ----

async function loadHistory(current) {
  const { items } = await (await get("/conversations?offset=0&limit=28")).json();
  view.history(items, current);
  keep(items);
}

// Conversations are cached in local storage, as on the real page; without storage the page fails.
function keep(items) {
  try {
    for (const { id, ...rest } of items) localStorage.setItem(`cache/user-lab/conversation/${id}`, JSON.stringify(rest));
    // Room for the next one; without it a full storage would go unnoticed by a page that has nothing new to keep.
    localStorage.setItem("cache/user-lab/room", " ".repeat(100_000));
    localStorage.removeItem("cache/user-lab/room");
  } catch {
    view.broken();
  }
}

async function loadConversation(id) {
  get(`/conversation/${encodeURIComponent(id)}/stream_status`).catch(() => {});
  const response = await get(view.conversation(id));
  conversationId = id;
  const { mapping } = await response.json();
  let shown;
  for (const { message } of Object.values(mapping)) {
    const words = message.content.parts.join("");
    if (message.author.role === "user") {
      shown = view.turn(words, []);
    } else {
      shown.begin();
      if (words) shown.show(chunk.blocks(words));
      shown.done();
    }
  }
}

// The Turnstile script; without it the service refuses every turn.
function check() {
  const script = document.createElement("script");
  script.src = "https://challenges.cloudflare.com/turnstile/v0/api.js";
  script.async = true;
  document.head.append(script);
}

async function start() {
  const unlessLeaving = (words) => (error) => leaving || view.toast(error.status === 429 ? text.limited : words);
  const id = /\/c\/([^/]+)/.exec(location.pathname)?.[1];
  const current = id && decodeURIComponent(id);
  view = await PAGES[new URL(import.meta.url).search.slice(1)]();
  const made = await view.start();
  const on = { enter: send, changed: composer, long: null };
  if (view.recovers) on.long = (words) => attach([new File([words], `${text.pasted}.txt`, { type: "text/plain" })]);
  box = made.box ? plain(made.box, on) : editor(made.place, made.attributes, on);
  box.set(made.typed ?? "");
  made.pick?.addEventListener("click", () => made.input.click());
  made.input?.addEventListener("change", () => {
    attach([...made.input.files]);
    made.input.value = "";
  });
  made.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running && !view.recovers) stop();
    else if (!running) send();
  });
  composer();
  noise();
  check();
  ask("/api/auth/session").then((answer) => answer.json()).catch(() => {});
  for (const path of ["/me", "/models"]) get(path).then((response) => response.text()).catch(() => {});
  if (!current) post("/conversation/init", {}).catch(() => {});
  ready = import(CHUNK).then((imported) => (chunk = imported));
  try {
    await ready;
  } catch {
    if (!leaving) view.broken();
    return;
  }
  if (!signedOut) loadHistory(current).catch(unlessLeaving(text.history));
  if (current) loadConversation(current).catch(unlessLeaving(text.conversation(current)));
}
start();
