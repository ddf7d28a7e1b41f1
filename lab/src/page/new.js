// The page since 2026-09-24: no test ids, question and answer in one turn, one place for send, stop and voice. Sources:
// sho7650/obsidian-AI-exporter, docs/investigation/chatgpt-dom-2026-09.md; KobaProduction/chatgpt-booster, runtime contracts.

import { button, chips, element } from "./dom.js";
import { signedOut } from "./wire.js";
import { text } from "./words.js";

// Number of turns in the DOM; older ones are removed.
const MOUNTED = 4;
// Time before the page is hydrated, when it is only a text box, in milliseconds.
const BEFORE = 300;

const find = (selector) => document.querySelector(selector);
const flow = find("[data-app-action-timeline-scroll] > div");
const form = find("form");

export const recovers = true;
export const conversation = (id) => `/conversations/${encodeURIComponent(id)}?num_turns=30`;

let act;
let shown;
let attachments;

export async function start() {
  find(".new").textContent = text.newChat;
  find(".greeting").textContent = text.greeting;
  find(".footer").textContent = text.footer;
  const pending = find("#pending-home-input");
  pending.placeholder = text.placeholder;
  await new Promise((then) => setTimeout(then, Math.max(0, BEFORE - performance.now())));
  const typed = pending.value;
  pending.remove();
  const input = element("input", { type: "file", multiple: "", hidden: "" });
  const pick = button("+", {
    class: "add", "aria-label": text.attach, "aria-expanded": "false", "data-composer-navigation-target": "add-context",
  });
  attachments = element("div", { class: "files", "data-composer-attachments": "" });
  act = element("button", { class: "act" });
  if (signedOut) {
    const box = element("textarea", {
      name: "prompt", id: "mobile-composer-prompt", rows: "1", placeholder: text.placeholder, "aria-label": text.placeholder,
    });
    act.setAttribute("data-composer-submit", "");
    form.append(box, act);
    return { form, box, typed };
  }
  const place = element("div", { class: "editor" });
  place.dataset.placeholder = text.placeholder;
  form.append(attachments, input, pick, place, act);
  return { form, place, pick, input, typed, attributes: { "data-composer-markdown": "", "aria-label": text.placeholder } };
}

// Send, stop and voice share one place: each is a new element, told apart by its label only.
export function state(now) {
  form.querySelector(".editor")?.classList.toggle("empty", now.empty);
  const kind = now.running ? "stop" : now.ready ? "send" : "voice";
  if (shown === kind) return;
  shown = kind;
  const made = element("button", { type: kind === "send" ? "submit" : "button", class: "act", "aria-label": text[kind] },
    { stop: "■", send: "↑", voice: "♪" }[kind]);
  if (signedOut) made.setAttribute("data-composer-submit", "");
  if (kind === "stop") made.addEventListener("click", now.stop);
  act.replaceWith(made);
  act = made;
}

export function files(list) {
  chips(attachments, list, text.remove, (file) =>
    element("span", { class: "chip", role: "group", "aria-label": file.name }, file.name));
}

export function history(items, current) {
  find("nav").replaceChildren(...items.map(({ id, title }) =>
    element("a", { href: `/c/${id}?page=new`, ...(id === current ? { "aria-current": "page" } : {}) }, title)));
}

const bubble = (words) =>
  element("div", { "data-user-message-bubble": "", class: "bubble" }, element("div", { class: "whitespace-pre-wrap" }, words));
let count = 0;

export function turn(words, names) {
  find(".greeting")?.remove();
  count += 1;
  const unit = (role) => ({
    "data-content-search-unit-key": `fallback-turn-${count}:${role === "user" ? 0 : 1}:${role}`,
    "data-chatgpt-search-unit-key": `fallback-turn-${count}:${role === "user" ? 0 : 1}:${role}`,
  });
  const asked = element("div", unit("user"));
  if (names.length) asked.append(element("span", { class: "chip" }, names.join(", ")));
  asked.append(bubble(words));
  const root = element("div", { class: "turn", "data-turn-key": crypto.randomUUID() }, asked);
  flow.append(root);
  while (flow.children.length > MOUNTED) flow.firstElementChild.remove();
  let answer, markdown, busy, recovery;
  const rest = () => {
    busy.remove();
    recovery?.remove();
    root.removeAttribute("data-talvt-turn-state");
    markdown.removeAttribute("data-markdown-animated");
  };
  return {
    begin() {
      root.setAttribute("data-talvt-turn-state", "in_progress");
      busy = element("div", { class: "busy", role: "status", "aria-busy": "true", "aria-label": text.thinking }, "●");
      markdown = element("div", { "data-markdown-text-style": "assistant-message", "data-markdown-animated": "" });
      answer = element("div", unit("assistant"),
        element("h4", { class: "sr-only", "data-conversation-role": "assistant" }, text.assistant), markdown, busy);
      root.append(answer);
    },
    show(blocks) {
      markdown.replaceChildren(...blocks);
    },
    done() {
      rest();
      if (!markdown.textContent) return;
      answer.append(element("div", { class: "turn-action-controls" },
        button("⧉", { "aria-label": text.copy }, () => {})));
    },
    stopped: rest,
    error(words, label, retry) {
      rest();
      const aside = element("aside", { role: "alert", class: "error" }, element("p", {}, words));
      aside.append(button(label, {}, () => {
        answer.remove();
        retry();
      }));
      if (!markdown.textContent) markdown.remove();
      answer.append(aside);
    },
    notice(words) {
      recovery ??= element("div", { role: "status", class: "note" }, element("span", { class: "text-chatgpt-recovery" }, text.recovery));
      if (words) answer.append(recovery);
      else recovery.remove();
    },
    steer(words) {
      answer.before(element("div", unit("user"), bubble(words)));
    },
  };
}

export function toast(words) {
  const made = element("div", { role: "alert", class: "toast" }, words);
  find(".toasts").replaceChildren(made);
  setTimeout(() => made.remove(), 8000);
}

export function dialog(words) {
  const made = element("div", { class: "dialog", role: "dialog", "aria-modal": "true" }, element("p", {}, words));
  made.append(button(text.close, {}, () => made.remove()));
  document.body.append(made);
}

export function broken() {
  flow.replaceChildren(element("aside", { role: "alert", class: "error" },
    element("p", {}, text.load), button(text.retry, {}, () => location.reload())));
  form.remove();
}
