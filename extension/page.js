// Reads ChatGPT's page: finds what the map of its generations (page_map.js) names, and, where no entry matches, what does not
// age: roles, the form around the text box, a button in an alert, the order of things after a request. Never tells what
// anybody wrote.
(() => {
  const pages = globalThis.MEND_PAGES;
  // A field's selectors of all generations: their marks differ, so one generation is never taken for another.
  const all = (field) => pages.map((page) => page[field]).filter(Boolean).join();
  const map = Object.fromEntries(Object.keys(pages[0]).filter((field) => !["name", "key"].includes(field)).map((field) => [field, all(field)]));

  const SOON = 5_000; // ms; how long after a good answer an alert with a button may still be about it
  const JUST = 10_000; // ms; how long after a request that failed, or whose end is open, an alert is about it
  const LATE = 30_000; // ms; … an alert with a button, where the end is open
  const ANSWER = 3_600_000; // ms; no answer takes longer
  const MARK = 600_000; // ms; how long after a message a mark of being busy counts

  const find = (field) => (map[field] ? document.querySelector(map[field]) : null);
  const findAll = (field) => (map[field] ? [...document.querySelectorAll(map[field])] : []);
  const within = (element, field) => (map[field] ? element?.closest?.(map[field]) ?? null : null);
  // Whether a person sees it: what is there for screen readers alone is cut to a point.
  const shown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };

  // Which chat is shown. A temporary one has no address of its own; nothing of it belongs into a chat that is kept.
  const place = () => location.pathname + (new URLSearchParams(location.search).get("temporary-chat") === "true" ? "?temporary-chat=true" : "");

  // ---- where the person writes ----

  const BOX = '[role="textbox"][contenteditable="true"], [contenteditable="true"][aria-multiline="true"], form textarea';

  // The text box: by the map, else the last one that is shown and belongs to no dialog.
  function composer() {
    const known = findAll("composer").find(shown) ?? find("composer") ?? findAll("early").find(shown);
    if (known) return known;
    return [...document.querySelectorAll(BOX)].filter((box) => shown(box) && !box.closest('[role="dialog"], dialog')).at(-1) ?? null;
  }

  const inComposer = (target) => {
    const box = composer();
    return box !== null && box.contains(target);
  };

  // What surrounds the text box and holds its buttons.
  const frame = () => {
    const box = composer();
    return box?.closest("form") ?? box?.closest('[role="form"], [role="group"], section') ?? null;
  };

  const content = (box = composer()) => (box?.value ?? box?.textContent ?? "").trim();
  const isEmpty = (box) => content(box) === "";

  // The place where send, stop and voice take turns: the last button around the text box that opens nothing.
  const action = () => [...(frame()?.querySelectorAll("button") ?? [])]
    .filter((button) => shown(button) && !button.ariaHasPopup && !button.hasAttribute("aria-expanded")).at(-1) ?? null;

  // The button that sends; on a known page no other one is taken for it.
  const sendButton = () => {
    if (find("stop")) return null;
    const known = findAll("send").find(shown);
    return known ?? (find("here") || isRunning() ? null : action());
  };

  // ---- what is under way ----

  // In ms since the page was opened: when the person last sent something, when a message's request last ended, when one of
  // the requests that a person waits for last failed, when the page last showed an error or was told to stop, and the end of
  // the last message that no error followed.
  // `path` is the chat in which something was sent or ended last.
  const order = { path: "", sent: -Infinity, ended: -Infinity, failed: -Infinity, erred: -Infinity, answered: -Infinity };

  // An answer is under way: by the page's marks, else by what was sent and has not ended. A mark of being busy counts in the
  // newest turn alone, for some time after the last message, and not after Stop: a page may leave it standing
  // (KobaProduction/chatgpt-booster, runtime contracts).
  const isBusy = () => {
    const last = Math.max(order.sent, order.ended);
    if (order.erred > last || performance.now() - last > MARK) return false;
    const turn = findAll("turn").at(-1);
    return turn ? turn.matches(map.busy) || turn.querySelector(map.busy) !== null : find("busy") !== null;
  };
  const isRunning = () => find("stop") !== null || isBusy() || isOpen();
  const isOpen = () =>
    order.sent > Math.max(order.ended, order.failed, order.erred) && performance.now() - order.sent < ANSWER;

  // Whether this press stops an answer. Where stop has no mark of its own, it stands in the place of send, and does not send.
  function isStop(target) {
    if (within(target, "stop")) return true;
    const button = target?.closest?.("button");
    if (!button || button !== action() || !isRunning()) return false;
    return button.type !== "submit" || isEmpty(composer());
  }

  const isSend = (target) => {
    const button = target?.closest?.("button");
    return button != null && !isStop(target) && (within(target, "send") !== null || button === action()) && !isEmpty(composer());
  };

  // ---- errors ----

  // A place by the turn's own key, which outlives its being taken out and put in again; else by the element.
  const numbers = new WeakMap();
  let number = 0;
  const keys = pages.map((page) => page.key).filter(Boolean);
  const name = (element) => {
    const key = keys.map((key) => element.getAttribute(key)).find(Boolean);
    if (key) return key;
    if (!numbers.has(element)) numbers.set(element, ++number);
    return numbers.get(element);
  };

  // When an alert was first seen with something in it, and when the person last pressed something.
  const appeared = new WeakMap();
  let pressed = -Infinity;
  const press = ({ isTrusted }) => { if (isTrusted) pressed = performance.now(); };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, press, { capture: true, passive: true });

  // What somebody wrote, or may have.
  const written = (element) => within(element, "written") ?? element.closest('[contenteditable="true"], textarea');

  const ALERTS = '[role="alert"], [role="alertdialog"], [role="dialog"], dialog[open]';

  // Whether an alert that no entry of the map knows is about a message. A dialog: only right after a request failed. A bare
  // alert: also after a message has ended, until it is known to be answered. One with a button: while a message is under way
  // too, and some seconds longer.
  function concerns(alert) {
    if (!shown(alert) || alert.textContent.trim() === "" || written(alert)) return void appeared.delete(alert);
    const now = performance.now();
    if (!appeared.has(alert)) appeared.set(alert, now);
    const failed = now - order.failed < JUST;
    const buttons = alert.querySelectorAll("button, [role=button]").length;
    // One that the person opened, or that stood there before the message, is about something else.
    if (appeared.get(alert) < Math.min(order.sent, now)) return false;
    if (alert.matches('[role="dialog"], dialog')) return failed && order.failed > pressed && buttons <= 2 && !alert.querySelector("input, textarea, [role=textbox]");
    if (failed || (isOpen() && buttons > 0)) return true;
    // Where a chat belongs and nobody can write, the page itself is broken.
    if (buttons > 0 && /^\/(?:[cg]\/|$)/.test(location.pathname) && !composer()) return true;
    const since = now - order.ended;
    return order.answered < order.ended ? since < (buttons > 0 ? LATE : JUST) : buttons > 0 && since < SOON;
  }

  // Where an error stands now: a name for each place, and the element that says most.
  function errors() {
    const found = new Map();
    const put = (place, element) => {
      const said = found.get(place)?.textContent ?? "";
      if (!found.has(place) || element.textContent.length > said.length) found.set(place, element);
    };
    for (const element of findAll("notice")) put("notice", element);
    for (const element of findAll("error")) if (!written(element)) put(name(within(element, "turn") ?? element), element);
    const known = [...found.values()];
    for (const element of document.querySelectorAll(ALERTS)) {
      if (known.some((one) => one.contains(element) || element.contains(one))) continue;
      if (concerns(element)) put(name(element), element);
    }
    return found;
  }

  const watched = [map.error, map.notice, map.recovering, ALERTS].filter(Boolean).join();

  // ---- how well the page is known ----

  // The generation that is shown, empty where none is, and what of its entry should be there and is not.
  function knowledge() {
    const page = pages.find((one) => document.querySelector(one.here));
    if (!page) return { generation: "", missing: [] };
    const missing = [];
    if (!document.querySelector([page.composer, page.early].filter(Boolean).join()) && composer()) missing.push("composer");
    if (order.answered > 0 && document.querySelector(page.turn)) for (const field of ["question", "answer", "finished"]) if (!document.querySelector(page[field])) missing.push(field);
    return { generation: page.name, missing };
  }

  // Whether there is something to know: a text box, or a message that was sent.
  const isChat = () => composer() !== null || order.sent > 0 || order.ended > 0;

  // ---- what the person does ----

  const AGAIN = 300; // ms; Enter, a click and a form's submit may all tell of one message
  const TAKEN = 1500; // ms; a composer that still holds the text by then did not send it
  const senders = [];
  let told = -Infinity;

  function sends() {
    const now = performance.now();
    if (now - told < AGAIN || isEmpty(composer())) return;
    told = now;
    for (const take of senders) take();
    order.sent = now;
    order.path = location.pathname;
    // Enter may also choose from a menu or break a line: then the text is still there, and nothing was sent.
    const text = content();
    setTimeout(() => { if (order.sent === now && content() === text) order.sent = -Infinity; }, TAKEN);
  }

  // While a text is put into the box piece by piece, nothing sends a part of it.
  let held = false;

  function sending(event) {
    if (!held) return sends();
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && inComposer(event.target)) sending(event);
  }, { capture: true });
  addEventListener("click", (event) => { if (isSend(event.target)) sending(event); }, { capture: true });
  addEventListener("submit", (event) => { if (event.target === frame()) sending(event); }, { capture: true });

  // ---- the structure, for a report of a page that is not known ----

  const LINES = 80, NAMES = 16;
  const plain = (word) => /^[a-z][\w-]{0,39}$/i.test(word);

  // Element, role and names of attributes, a line each, of what Mend looks for. No text, no value but that of `role`.
  function outline() {
    const box = composer();
    const roots = [...(frame()?.querySelectorAll("button, input, [role]") ?? []), ...document.querySelectorAll(`${ALERTS}, [role="status"]`)];
    const chosen = new Set();
    for (const element of [box, ...roots]) {
      for (let one = element, depth = 0; one && one !== document.body && depth < 6; one = one.parentElement, depth++) chosen.add(one);
    }
    const depthOf = (element) => { let depth = 0; for (let one = element; one !== document.body && one; one = one.parentElement) depth++; return depth; };
    return [...chosen].slice(0, LINES).map((element) => {
      const role = element.getAttribute("role") ?? "";
      const names = [...element.attributes].map(({ name }) => name).filter((name) => name !== "role" && plain(name)).slice(0, NAMES);
      const tag = plain(element.localName) ? element.localName : "?";
      return `${depthOf(element)} ${tag}${plain(role) ? `[role=${role}]` : ""} ${names.join(" ")}`.trim();
    });
  }

  globalThis.MEND = {
    place, composer, inComposer, sendButton, isStop, isRunning, isChat, errors, knowledge, outline, order, watched,
    recovering: () => find("recovering"),
    turnOf: (element) => within(element, "turn"),
    hasFinished: (turn) => turn?.isConnected === true && (map.finished ? turn.querySelector(map.finished) !== null : false),
    // Before the page's script has started there is only a box that it will replace.
    isEarly: () => findAll("composer").length === 0 && findAll("early").some(shown),
    answer: () => findAll("answer").at(-1) ?? null,
    question: () => findAll("question").at(-1) ?? null,
    // Calls back when the person sends what stands in the composer, while it still stands there.
    onSend: (take) => void senders.push(take),
    hold: (on) => { held = on; },
  };
})();
