// The page with test ids and articles, which question and answer have one each.

import { button, chips, element } from "./dom.js";
import { text } from "./words.js";

const find = (selector) => document.querySelector(selector);
const thread = find("#thread");
const form = find("#composer");
const act = find("#composer-submit-button");

let count = 0;

export const recovers = false;
export const conversation = (id) => `/conversation/${encodeURIComponent(id)}`;

export async function start() {
  find(".new").textContent = text.newChat;
  find("#greeting").textContent = text.greeting;
  find("#footer").textContent = text.footer;
  form.querySelector(".add").setAttribute("aria-label", text.attach);
  const place = form.querySelector(".editor");
  place.dataset.placeholder = text.placeholder;
  return { form, place, pick: form.querySelector(".add"), input: form.querySelector("input"),
    attributes: { id: "prompt-textarea", "aria-label": text.placeholder } };
}

// The button that sends or stops a turn; its test id tells which.
export function state(now) {
  form.querySelector(".editor").classList.toggle("empty", now.empty);
  act.dataset.testid = now.running ? "stop-button" : "send-button";
  act.textContent = now.running ? text.stop : text.send;
  act.disabled = !now.running && !now.ready;
}

export function files(list) {
  chips(form.querySelector(".files"), list, text.remove, (file) => element("span", { class: "chip" }, file.name));
}

export function history(items, current) {
  find("#history").replaceChildren(...items.map(({ id, title }) =>
    element("a", { href: `/c/${id}`, ...(id === current ? { "aria-current": "page" } : {}) }, title)));
}

function article(role) {
  find("#greeting")?.remove();
  count += 1;
  const made = element("article", { "data-testid": `conversation-turn-${count}`, "data-turn": role });
  thread.append(made);
  return made;
}

const down = () => (thread.scrollTop = thread.scrollHeight);

export function turn(words, names) {
  const message = element("div", { "data-message-author-role": "user", "data-message-id": crypto.randomUUID() }, words);
  if (names.length) message.prepend(element("span", { class: "chip" }, names.join(", ")));
  article("user").append(message);
  let into, message_, markdown;
  return {
    begin() {
      into = article("assistant");
      markdown = element("div", { class: "markdown waiting" });
      message_ = element("div", { "data-message-author-role": "assistant", "data-message-id": crypto.randomUUID() }, markdown);
      into.append(message_);
      down();
    },
    show(blocks) {
      markdown.classList.remove("waiting");
      markdown.replaceChildren(...blocks);
      down();
    },
    done() {
      markdown.classList.remove("waiting");
      if (!markdown.textContent) return;
      into.append(button(text.copy, { class: "copy", "data-testid": "copy-turn-action-button" }, () => {}));
    },
    stopped() {
      markdown.classList.remove("waiting");
    },
    error(words, label, retry) {
      markdown.classList.remove("waiting");
      if (!markdown.textContent) message_.remove();
      const block = element("div", { class: "text-token-text-error border-token-surface-error bg-token-surface-error" });
      block.append(element("span", {}, words), button(label, { "data-testid": "regenerate-thread-error-button" }, () => {
        into.remove();
        count -= 1;
        retry();
      }));
      into.append(block);
      down();
    },
    notice() {},
    steer(words) {
      article("user").append(element("div", { "data-message-author-role": "user" }, words));
      thread.append(into);
      down();
    },
  };
}

export function toast(words) {
  const made = element("div", { "data-testid": "toast-error", role: "alert" }, words);
  find("#toasts").replaceChildren(made);
  setTimeout(() => made.remove(), 8000);
}

export function dialog(words) {
  const made = element("div", { class: "dialog", role: "dialog", "aria-modal": "true", "data-testid": "modal-rate-limit" },
    element("p", {}, words));
  made.append(button(text.close, {}, () => made.remove()));
  document.body.append(made);
}

// The page has failed and offers a reload; only the footer stays.
export function broken() {
  const block = element("div", { class: "text-token-text-error bg-token-surface-error", role: "alert" },
    element("span", {}, text.load), button(text.retry, {}, () => location.reload()));
  thread.replaceChildren(block);
  form.remove();
}
