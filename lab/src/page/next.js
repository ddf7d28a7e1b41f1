// A made-up future page: no name in it is used elsewhere; only its ARIA roles are those of the real page.

import { button, element } from "./dom.js";
import { text } from "./words.js";

const find = (selector) => document.querySelector(selector);
const reel = find(".qx-reel");
const desk = find(".qx-desk");
const go = find(".qx-go");

export const recovers = true;
export const conversation = (id) => `/conversation/id/${encodeURIComponent(id)}`;

let now = {};
go.addEventListener("click", (event) => {
  if (!now.running) return;
  event.preventDefault();
  now.stop();
});

export async function start() {
  find(".qx-fresh").textContent = text.newChat;
  find(".qx-hail").textContent = text.greeting;
  find(".qx-foot").textContent = text.footer;
  find(".qx-clip").setAttribute("aria-label", text.attach);
  const place = find(".qx-pad");
  place.setAttribute("qx-hint", text.placeholder);
  return { form: desk, place, pick: find(".qx-clip"), input: desk.querySelector("input"),
    attributes: { "aria-label": text.placeholder } };
}

export function state(next) {
  now = next;
  find(".qx-pad").toggleAttribute("qx-blank", now.empty);
  go.setAttribute("aria-label", now.running ? text.stop : text.send);
  go.textContent = now.running ? "◼" : "➤";
  go.disabled = !now.running && !now.ready;
}

export function files(list) {
  find(".qx-clips").replaceChildren(...list.map((file) =>
    element("span", { class: "qx-tag" }, file.name, button("×", { "aria-label": text.remove(file.name) }, () => file.remove()))));
}

export function history(items, current) {
  find(".qx-shelf").replaceChildren(...items.map(({ id, title }) =>
    element("li", {}, element("a", { href: `/c/${id}?page=next`, ...(id === current ? { "aria-current": "page" } : {}) }, title))));
}

export function turn(words, names) {
  find(".qx-hail")?.remove();
  const said = element("p", { class: "qx-said" }, [...names, words].join("\n"));
  const root = element("section", { class: "qx-leaf", "qx-id": crypto.randomUUID() }, said);
  reel.append(root);
  let ink, pulse, note;
  const rest = () => {
    pulse.remove();
    note?.remove();
  };
  return {
    begin() {
      pulse = element("p", { class: "qx-pulse", role: "status", "aria-busy": "true", "aria-label": text.thinking }, "…");
      ink = element("div", { class: "qx-ink" });
      root.append(ink, pulse);
      root.scrollIntoView({ block: "end" });
    },
    show(blocks) {
      ink.replaceChildren(...blocks);
    },
    done: rest,
    stopped: rest,
    error(words, label, retry) {
      rest();
      const rift = element("div", { role: "alert", class: "qx-rift" }, element("span", {}, words));
      rift.append(button(label, {}, () => {
        rift.remove();
        ink.remove();
        retry();
      }));
      root.append(rift);
      root.scrollIntoView({ block: "end" });
    },
    notice(words) {
      note ??= element("p", { role: "status", class: "qx-note" }, text.waiting);
      if (words) root.append(note);
      else note.remove();
    },
    steer(words) {
      ink.before(element("p", { class: "qx-said" }, words));
    },
  };
}

export function toast(words) {
  const made = element("p", { role: "alert", class: "qx-bell" }, words);
  find(".qx-bells").replaceChildren(made);
  setTimeout(() => made.remove(), 8000);
}

export function dialog(words) {
  const made = element("div", { class: "qx-veil", role: "dialog", "aria-modal": "true" }, element("p", {}, words));
  made.append(button(text.close, {}, () => made.remove()));
  document.body.append(made);
}

export function broken() {
  reel.replaceChildren(element("div", { role: "alert", class: "qx-rift" },
    element("span", {}, text.load), button(text.retry, {}, () => location.reload())));
  desk.remove();
}
