// The page of the lab's ChatGPT. Owns what a person sees and which requests a turn makes, in the order the real page
// makes them. Never knows which fault is in force: it shows what the answers give it to show.
"use strict";

const TEXTS = {
  en: {
    newChat: "New chat",
    greeting: "What can I help with?",
    placeholder: "Ask anything",
    send: "Send",
    stop: "Stop",
    retry: "Retry",
    wrong: "Something went wrong. If this issue persists please contact us through our help center at help.openai.com.",
    network:
      "A network error occurred. Please check your connection and try again. " +
      "If this issue persists please contact us through our help center at help.openai.com.",
    stream: "Error in message stream",
    expired: "Your session has expired. Please log in again to continue using the app.",
    history: "Unable to load history",
    conversation: (id) => `Unable to load conversation ${id}`,
  },
};
const text = TEXTS[document.documentElement.lang] ?? TEXTS.en;

const thread = document.getElementById("thread");
const box = document.getElementById("prompt-textarea");
const button = document.getElementById("composer-submit-button");

let leaving = false;
let turns = 0;
let running = null; // the AbortController of the turn that streams
let conversationId = null;

// What the page knows of a failed turn: the words to show.
class TurnError extends Error {}

// ---- requests ----

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "include", ...options });
  } catch (error) {
    throw error.name === "AbortError" ? error : new TurnError(text.network);
  }
  if (response.ok) return response;
  const detail = await response.json().then((body) => body.detail, () => null);
  if (response.status === 401) throw new TurnError(text.expired);
  throw new TurnError(response.status === 429 && detail?.message ? detail.message : text.wrong);
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

// Paragraphs and fenced code, as text and never as markup.
function render(markdown, words) {
  const blocks = words.split("```").flatMap((part, at) => {
    if (at % 2 === 1) {
      const pre = element("pre");
      pre.append(element("code", {}, part.replace(/^\w*\n/, "").trimEnd()));
      return [pre];
    }
    return part.split(/\n{2,}/).filter((line) => line.trim()).map((line) => element("p", {}, line.trim()));
  });
  markdown.classList.remove("waiting");
  markdown.replaceChildren(...blocks);
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
  try {
    const signal = stop.signal;
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
    await read(await post("/backend-api/f/conversation", body, { signal }), markdown);
  } catch (error) {
    if (stop.signal.aborted || leaving) return;
    if (!markdown.textContent) markdown.parentElement.remove();
    showError(into, error instanceof TurnError ? error.message : text.wrong, () => turn(words));
  } finally {
    markdown.classList.remove("waiting");
    running = null;
    composer();
  }
}

// Reads the event stream to its end; a turn is complete only when the stream says so.
async function read(response, markdown) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let answer = "";
  let complete = false;
  const take = (record) => {
    const line = record.split("\n").find((line) => line.startsWith("data: "));
    if (!line || line === "data: [DONE]") return;
    const data = JSON.parse(line.slice(6));
    if (data.conversation_id) conversationId = data.conversation_id;
    if (data.type === "message_stream_complete") complete = true;
    if (data.type === "error" || data.error) throw new TurnError(text.wrong);
    if (typeof data.v !== "string") return;
    answer += data.v;
    render(markdown, answer);
  };
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw error.name === "AbortError" ? error : new TurnError(text.network);
    });
    if (done) break;
    const records = (rest + value).split("\n\n");
    rest = records.pop();
    records.forEach(take);
  }
  if (!complete) throw new TurnError(text.stream);
}

// ---- the composer ----

const draft = () => box.innerText.replace(/\u00a0/g, " ").trim();

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

function start() {
  document.querySelector(".new").textContent = text.newChat;
  document.getElementById("greeting").textContent = text.greeting;
  box.dataset.placeholder = text.placeholder;
  box.setAttribute("aria-label", text.placeholder);
  composer();
  noise();
  const unlessLeaving = (words) => () => leaving || toast(words);
  for (const path of ["/api/auth/session", "/backend-api/me", "/backend-api/models"]) ask(path).catch(() => {});
  const id = location.pathname.startsWith("/c/") ? location.pathname.slice(3) : null;
  loadHistory(id).catch(unlessLeaving(text.history));
  if (id) loadConversation(id).catch(unlessLeaving(text.conversation(id)));
}
start();
