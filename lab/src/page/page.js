// The page of the lab's ChatGPT. Owns what a person sees and which requests a turn makes, in the order the real page
// makes them. Never knows which fault is in force: it shows what the answers give it to show.
"use strict";

const TEXTS = {
  en: {
    newChat: "New chat",
    greeting: "What can I help with?",
    placeholder: "Ask anything",
    footer: "ChatGPT can make mistakes. Check important info.",
    send: "Send",
    stop: "Stop",
    retry: "Retry",
    wrong: "Something went wrong. If this issue persists please contact us through our help center at help.openai.com.",
    network:
      "A network error occurred. Please check your connection and try again. " +
      "If this issue persists please contact us through our help center at help.openai.com.",
    stream: "Error in message stream",
    noEnd: "There was an error generating a response",
    late: "Message delivery timed out. Please try again.",
    socket: "Hmm...something seems to have gone wrong.",
    site: "Unable to load site. Please try again later; if you are using a VPN, try turning it off.",
    load: "Content failed to load",
    expired: "Your session has expired. Please log in again to continue using the app.",
    history: "Unable to load history",
    conversation: (id) => `Unable to load conversation ${id}`,
    limited:
      "Too many requests — You're making requests too quickly. We've temporarily limited access to your conversations " +
      "to protect our data. Please wait a few minutes before trying again.",
    // In English, what the service says is shown as it comes.
    said: {},
  },
  ja: {
    newChat: "新しいチャット",
    greeting: "何かお手伝いできることはありますか?",
    placeholder: "質問してみましょう",
    footer: "ChatGPT の回答は必ずしも正しいとは限りません。重要な情報は確認してください。",
    send: "送信",
    stop: "停止",
    retry: "再試行",
    wrong: "問題が発生しました。解決しない場合は、ヘルプセンター (help.openai.com) までお問い合わせください。",
    network:
      "ネットワークエラーが発生しました。接続を確認して、もう一度お試しください。" +
      "解決しない場合は、ヘルプセンター (help.openai.com) までお問い合わせください。",
    stream: "メッセージの受信中にエラーが発生しました",
    noEnd: "回答の生成中にエラーが発生しました",
    late: "メッセージの送信がタイムアウトしました。もう一度お試しください。",
    socket: "うーん…何か問題が起きたようです。",
    site: "サイトを読み込めません。時間をおいてもう一度お試しください。VPN を使用している場合は、オフにしてみてください。",
    load: "コンテンツを読み込めませんでした",
    expired: "セッションの有効期限が切れました。引き続き利用するには、もう一度ログインしてください。",
    history: "履歴を読み込めません",
    conversation: (id) => `会話 ${id} を読み込めません`,
    limited:
      "リクエストが多すぎます — リクエストの間隔が短すぎます。データを保護するため、会話へのアクセスを一時的に制限しています。" +
      "数分待ってから、もう一度お試しください。",
    said: {
      usage_limit_reached: ({ resets_in_seconds }) =>
        `利用上限に達しました。${Math.ceil(resets_in_seconds / 3600)} 時間後にもう一度お試しください。`,
      message_length_exceeds_limit:
        "送信したメッセージが長すぎます。会話を再読み込みして、短くしてから送信してください。",
      conversation_not_found: "会話が見つかりません",
      model_not_found: "このモデルは存在しないか、利用する権限がありません。",
      unsupported_country_region_territory: "お住まいの国または地域はサポートされていません",
      "Too many requests in 1 hour": "1 時間あたりのリクエスト数が多すぎます。時間をおいてもう一度お試しください。",
      "Only one message at a time":
        "一度に送信できるメッセージは 1 件だけです。ほかの回答が完了してから送信するか、1 分お待ちください。",
      "Unusual activity": "お使いのデバイスで通常とは異なるアクティビティが検出されました。時間をおいてもう一度お試しください。",
    },
  },
};

// What the service may say so that people see it: by its code, or by how it begins.
const KNOWN = Object.keys(TEXTS.ja.said);

// The part of the page that a turn needs; a script of the asset host has to say whose path it means.
const CHUNK = new URL("/cdn/assets/conversation-b71c94e0.js", location.origin);

// How long the page waits for a sign of an answer.
const PATIENCE = 20_000;

const text = TEXTS[document.documentElement.lang] ?? TEXTS.en;

const thread = document.getElementById("thread");
const box = document.getElementById("prompt-textarea");
const button = document.getElementById("composer-submit-button");

let leaving = false;
let turns = 0;
let running = null; // the AbortController of the turn that streams
let conversationId = null;
let chunk = null; // what was imported
let ready = null; // settles with the import

// What the page knows of a failure: the words to show, and the status where there was one.
class TurnError extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

// ---- requests ----

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "include", ...options });
  } catch (error) {
    throw error.name === "AbortError" ? error : new TurnError(text.network);
  }
  if (response.ok) return response;
  throw new TurnError(await told(response), response.status);
}

// The words for an answer that is none.
async function told(response) {
  if (response.status === 401) return text.expired;
  const body = await response.clone().json().catch(() => null);
  const detail = body?.detail ?? body?.error;
  const message = typeof detail === "string" ? detail : detail?.message;
  const known = KNOWN.find((known) => detail?.code === known || message?.startsWith(known));
  if (known) {
    const words = text.said[known] ?? message;
    return typeof words === "function" ? words(detail) : words;
  }
  const edge = response.headers.get("content-type")?.startsWith("text/html");
  return response.status === 403 && edge && !response.headers.has("cf-mitigated") ? text.site : text.wrong;
}

function post(path, body, options) {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer lab-access-token" },
    body: JSON.stringify(body),
    ...options,
  });
}

// Telemetry: sent and forgotten, whether it arrives or not.
function noise() {
  for (const url of [
    "/ces/v1/t",
    "/backend-api/lat/r",
    "/backend-api/beacons/home",
    "https://ab.chatgpt.com/v1/rgstr",
    "https://browser-intake-datadoghq.com/api/v2/rum",
  ]) {
    fetch(url, { method: "POST", body: "{}", headers: { "content-type": "application/json" } }).catch(() => {});
  }
}

// ---- what is shown ----

function element(name, attributes = {}, words = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
}

function article(role) {
  document.getElementById("greeting")?.remove();
  turns += 1;
  const made = element("article", { "data-testid": `conversation-turn-${turns}`, "data-turn": role });
  thread.append(made);
  return made;
}

function showUser(words) {
  article("user").append(element("div", { "data-message-author-role": "user" }, words));
}

function showAssistant(into) {
  const message = element("div", { "data-message-author-role": "assistant" });
  const markdown = element("div", { class: "markdown waiting" });
  message.append(markdown);
  into.append(message);
  return markdown;
}

function render(markdown, words) {
  markdown.classList.remove("waiting");
  markdown.replaceChildren(...chunk.blocks(words));
  thread.scrollTop = thread.scrollHeight;
}

function showError(into, words, retry) {
  const block = element("div", {
    class: "text-token-text-error border-token-surface-error bg-token-surface-error",
  });
  const again = element("button", { type: "button", "data-testid": "regenerate-thread-error-button" }, text.retry);
  again.addEventListener("click", () => {
    into.remove();
    turns -= 1;
    retry();
  });
  block.append(element("span", {}, words), again);
  into.append(block);
  thread.scrollTop = thread.scrollHeight;
}

// Nothing works any more but to load the page again; only the footer stays.
function broken() {
  const block = element("div", { class: "text-token-text-error bg-token-surface-error", role: "alert" });
  const again = element("button", { type: "button" }, text.retry);
  again.addEventListener("click", () => location.reload());
  block.append(element("span", {}, text.load), again);
  thread.replaceChildren(block);
  document.getElementById("composer").remove();
}

function toast(words) {
  const made = element("div", { "data-testid": "toast-error", role: "alert" }, words);
  document.getElementById("toasts").replaceChildren(made);
  setTimeout(() => made.remove(), 8000);
}

// ---- one turn ----

async function turn(words) {
  const into = article("assistant");
  const markdown = showAssistant(into);
  const stop = new AbortController();
  running = stop;
  composer();
  noise();
  const clock = { late: false, timer: 0 };
  const wait = () => {
    clearTimeout(clock.timer);
    clock.timer = setTimeout(() => {
      clock.late = true;
      stop.abort();
    }, PATIENCE);
  };
  try {
    const signal = stop.signal;
    await ready;
    await post("/backend-api/sentinel/chat-requirements", { p: "lab" }, { signal });
    await post("/backend-api/f/conversation/prepare", { action: "next" }, { signal });
    const body = {
      action: "next",
      messages: [
        { id: crypto.randomUUID(), author: { role: "user" }, content: { content_type: "text", parts: [words] } },
      ],
      model: "auto",
      ...(conversationId ? { conversation_id: conversationId } : {}),
    };
    wait();
    await read(await post("/backend-api/f/conversation", body, { signal }), markdown, wait);
  } catch (error) {
    if (leaving || (stop.signal.aborted && !clock.late)) return;
    if (!markdown.textContent) markdown.parentElement.remove();
    const shown = error instanceof TurnError ? error.message : text.wrong;
    showError(into, clock.late ? text.late : shown, () => turn(words));
  } finally {
    clearTimeout(clock.timer);
    markdown.classList.remove("waiting");
    running = null;
    composer();
  }
}

// Reads the event stream to its end; a turn is complete only when the stream says so.
async function read(response, markdown, wait) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let answer = "";
  let complete = false;
  let socket = null;
  const take = (record) => {
    const line = record.split("\n").find((line) => line.startsWith("data: "));
    if (!line || line === "data: [DONE]") return;
    const data = JSON.parse(line.slice(6));
    if (data.conversation_id) conversationId = data.conversation_id;
    if (data.type === "message_stream_complete") complete = true;
    if (data.type === "stream_handoff") socket = data.websocket_url;
    if (data.type === "error" || data.error) throw new TurnError(text.stream);
    if (typeof data.v !== "string") return;
    answer += data.v;
    render(markdown, answer);
  };
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw error.name === "AbortError" ? error : new TurnError(text.network);
    });
    if (done) break;
    wait();
    const records = (rest + value).split("\n\n");
    rest = records.pop();
    records.forEach(take);
  }
  if (socket) await follow(socket);
  else if (!complete) throw new TurnError(text.noEnd);
}

// The rest of a turn that was handed over; the lab's sockets never get so far as to carry it.
function follow(url) {
  return new Promise((_, fail) => {
    new WebSocket(url).addEventListener("close", () => fail(new TurnError(text.socket)));
  });
}

// ---- the composer ----

// A line for each paragraph and each break in it, as the real page's editor has it.
const line = (block) => [...block.childNodes].map((one) =>
  one.localName === "br" ? (one.nextSibling ? "\n" : "") : one.textContent).join("") || (block.data ?? "");
const draft = () => [...box.childNodes].map(line).join("\n").trim();

function composer() {
  const empty = draft() === "";
  box.classList.toggle("empty", empty);
  button.dataset.testid = running ? "stop-button" : "send-button";
  button.textContent = running ? text.stop : text.send;
  button.disabled = !running && empty;
}

function send() {
  const words = draft();
  if (!words || running) return;
  const line = element("p");
  line.append(element("br"));
  box.replaceChildren(line);
  showUser(words);
  turn(words);
}

function stop() {
  running.abort();
  post("/backend-api/stop_conversation", { conversation_id: conversationId }).catch(() => {});
}

document.getElementById("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) stop();
  else send();
});
box.addEventListener("input", composer);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

// ---- the start ----

async function loadHistory(current) {
  const response = await ask("/backend-api/conversations?offset=0&limit=28");
  const { items } = await response.json();
  const links = items.map(({ id, title }) =>
    element("a", { href: `/c/${id}`, ...(id === current ? { "aria-current": "page" } : {}) }, title));
  document.getElementById("history").replaceChildren(...links);
  keep(items);
}

// The conversations are kept, as the real page keeps them; a page that cannot keep anything does not work.
function keep(items) {
  try {
    for (const { id, ...rest } of items) localStorage.setItem(`cache/user-lab/conversation/${id}`, JSON.stringify(rest));
    // Room for the next one; without it a full storage would go unnoticed by a page that has nothing new to keep.
    localStorage.setItem("cache/user-lab/room", " ".repeat(100_000));
    localStorage.removeItem("cache/user-lab/room");
  } catch {
    broken();
  }
}

async function loadConversation(id) {
  const response = await ask(`/backend-api/conversation/${encodeURIComponent(id)}`);
  conversationId = id;
  const { mapping } = await response.json();
  for (const { message } of Object.values(mapping)) {
    const words = message.content.parts.join("");
    if (message.author.role === "user") showUser(words);
    else render(showAssistant(article("assistant")), words);
  }
}

async function start() {
  document.querySelector(".new").textContent = text.newChat;
  document.getElementById("greeting").textContent = text.greeting;
  box.dataset.placeholder = text.placeholder;
  document.getElementById("footer").textContent = text.footer;
  box.setAttribute("aria-label", text.placeholder);
  composer();
  noise();
  const unlessLeaving = (words) => (error) => leaving || toast(error.status === 429 ? text.limited : words);
  for (const path of ["/api/auth/session", "/backend-api/me", "/backend-api/models"]) {
    ask(path).then((response) => response.text()).catch(() => {});
  }
  ready = import(CHUNK).then((imported) => (chunk = imported));
  try {
    await ready;
  } catch {
    if (!leaving) broken();
    return;
  }
  const id = location.pathname.startsWith("/c/") ? location.pathname.slice(3) : null;
  loadHistory(id).catch(unlessLeaving(text.history));
  if (id) loadConversation(id).catch(unlessLeaving(text.conversation(id)));
}
start();
