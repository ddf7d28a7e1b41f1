// Reads ChatGPT's page: finds what the map of its generations (page_map.js) names, and, where no entry matches, what does not
// change with them: roles, the form around the text box, a button in an alert, the order of things after a request. Never
// tells what anybody wrote.
/** @import { Generation } from "./page_map.js" */

/**
 * @typedef {HTMLElement & Partial<Pick<HTMLTextAreaElement, "value" | "select">>} Composer An editor, or a text area.
 *
 * @typedef {{ path: string, sent: number, ended: number, failed: number, erred: number, answered: number }} Order
 *   In ms since the page was opened: when the person last sent something, when a message's request last ended, when one of
 *   the requests that a person waits for last failed, when the page last showed an error or was told to stop, and the end of
 *   the last message that no error followed. `path` is the chat in which something was sent or ended last.
 *
 * @typedef {object} Page
 * @property {() => string} place Which chat is shown.
 * @property {() => Composer | null} composer The text box.
 * @property {(target: EventTarget | null) => boolean} inComposer
 * @property {() => HTMLButtonElement | null} sendButton
 * @property {(target: EventTarget | null) => boolean} isStop Whether this press stops an answer.
 * @property {() => boolean} isRunning An answer is under way.
 * @property {() => boolean} isChat There is something to know: a text box, or a message that was sent.
 * @property {() => Map<string | number, Element>} errors Where an error stands now, and the element that says most.
 * @property {() => { generation: string, missing: string[] }} knowledge The generation that is shown, empty where none is, and
 *   what of its entry should be there and is not.
 * @property {() => string[]} outline Element, role and names of attributes, a line each, of what Mend looks for.
 * @property {Order} order
 * @property {string} watched The selector of everything that may be an error or a recovery.
 * @property {() => Element | null} recovering The page's notice that it fetches the rest of an answer.
 * @property {(element: Element) => Element | null} turnOf
 * @property {(turn: Element | null) => boolean} hasFinished The turn is there, and its answer has ended.
 * @property {() => boolean} isEarly Before the page's script has started there is only a box that it will replace.
 * @property {() => Element | null} answer The last one.
 * @property {() => Element | null} question The last one.
 * @property {(take: () => void) => void} onSend Calls back when the person sends what stands in the composer, while it still
 *   stands there.
 * @property {(on: boolean) => void} hold While a text is put into the box in segments, nothing sends a part of it.
 */
(() => {
  /** @typedef {Exclude<keyof Generation, "name" | "key">} Field A field of the map that is a selector. */
  const pages = globalThis.MEND_PAGES;
  /** A field's selectors of all generations: their marks differ, so one generation is never taken for another.
   * @param {Field} field */
  const all = (field) => pages.map((page) => page[field]).filter(Boolean).join();
  const fields = /** @type {(keyof Generation)[]} */ (Object.keys(pages[0] ?? {}));
  const map = /** @type {Record<Field, string>} */ (Object.fromEntries(
    fields.filter((field) => field !== "name" && field !== "key").map((field) => [field, all(field)])));

  const SOON = 5_000; // ms; how long after a good answer an alert with a button may still be about it
  const JUST = 10_000; // ms; how long after a request that failed, or whose end is open, an alert is about it
  const LATE = 30_000; // ms; … an alert with a button, where the end is open
  const ANSWER = 3_600_000; // ms; no answer takes longer
  const MARK = 600_000; // ms; how long after a message a mark of being busy counts

  /** @param {Field} field */
  const find = (field) => (map[field] ? document.querySelector(map[field]) : null);
  /** @param {Field} field */
  const findAll = (field) => (map[field] ? [...document.querySelectorAll(map[field])] : []);
  /** What of it holds the target, which may be anything that gets events.
   * @param {EventTarget | null} target
   * @param {string} selector
   * @returns {HTMLElement | null} */
  const closest = (target, selector) => /** @type {Partial<Element> | null} */ (target)?.closest?.(selector) ?? null;
  /**
   * @param {EventTarget | null} target
   * @param {Field} field
   */
  const within = (target, field) => (map[field] ? closest(target, map[field]) : null);
  /** Whether a person sees it: what is there for screen readers alone is cut to a point.
   * @param {Element} element */
  const shown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };

  // Which chat is shown. A temporary one has no address of its own; nothing of it belongs into a chat that is kept.
  const place = () => {
    const isTemporary = new URLSearchParams(location.search).get("temporary-chat") === "true";
    return location.pathname + (isTemporary ? "?temporary-chat=true" : "");
  };

  // ---- where the person writes ----

  const BOX = '[role="textbox"][contenteditable="true"], [contenteditable="true"][aria-multiline="true"], form textarea';

  // By the map, else the last one that is shown and belongs to no dialog.
  /** @type {Page["composer"]} */
  function composer() {
    const known = findAll("composer").find(shown) ?? find("composer") ?? findAll("early").find(shown);
    const boxes = known ? [known] : [...document.querySelectorAll(BOX)].filter(isBox);
    return /** @type {Composer | undefined} */ (boxes.at(-1)) ?? null;
  }

  /** @param {Element} box */
  const isBox = (box) => shown(box) && !box.closest('[role="dialog"], dialog');

  /** @type {Page["inComposer"]} */
  const inComposer = (target) => {
    const box = composer();
    return box !== null && box.contains(/** @type {Node | null} */ (target));
  };

  // What surrounds the text box and holds its buttons.
  const frame = () => {
    const box = composer();
    return box?.closest("form") ?? box?.closest('[role="form"], [role="group"], section') ?? null;
  };

  const content = (box = composer()) => (box?.value ?? box?.textContent ?? "").trim();

  // The place where send, stop and voice take turns: the last button around the text box that opens nothing.
  const action = () => [...(frame()?.querySelectorAll("button") ?? [])]
    .filter((button) => shown(button) && !button.ariaHasPopup && !button.hasAttribute("aria-expanded")).at(-1) ?? null;

  // The button that sends; on a known page no other one is taken for it.
  /** @type {Page["sendButton"]} */
  const sendButton = () => {
    if (find("stop")) return null;
    const known = findAll("send").find(shown);
    return /** @type {HTMLButtonElement | undefined} */ (known) ?? (find("here") || isRunning() ? null : action());
  };

  // ---- what is under way ----

  /** @type {Order} */
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

  // Where stop has no mark of its own, it stands in the place of send, and does not send.
  /** @type {Page["isStop"]} */
  function isStop(target) {
    if (within(target, "stop")) return true;
    const button = /** @type {HTMLButtonElement | null} */ (closest(target, "button"));
    if (!button || button !== action() || !isRunning()) return false;
    return button.type !== "submit" || content() === "";
  }

  /** @param {EventTarget | null} target */
  const isSend = (target) => {
    const button = closest(target, "button");
    return button !== null && !isStop(target) && (within(target, "send") !== null || button === action()) && content() !== "";
  };

  // ---- errors ----

  /** A place by the turn's own key, which outlives its being taken out and put in again; else by the element.
   * @type {WeakMap<Element, number>} */
  const numbers = new WeakMap();
  let lastNumber = 0;
  const keys = pages.map((page) => page.key).filter((key) => key !== null);
  /** @param {Element} element */
  const name = (element) => {
    const key = keys.map((key) => element.getAttribute(key)).find(Boolean);
    if (key) return key;
    const number = numbers.get(element) ?? ++lastNumber;
    numbers.set(element, number);
    return number;
  };

  /** When an alert was first seen with something in it, and when the person last pressed something.
   * @type {WeakMap<Element, number>} */
  const appeared = new WeakMap();
  let pressed = -Infinity;
  const press = (/** @type {Event} */ { isTrusted }) => { if (isTrusted) pressed = performance.now(); };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, press, { capture: true, passive: true });

  /** What somebody wrote, or may have.
   * @param {Element} element */
  const written = (element) => within(element, "written") ?? element.closest('[contenteditable="true"], textarea');

  const ALERTS = '[role="alert"], [role="alertdialog"], [role="dialog"], dialog[open]';

  // Whether an alert that no entry of the map knows is about a message. A dialog: only right after a request failed. A bare
  // alert: also after a message has ended, until it is known to be answered. One with a button: while a message is under way
  // too, and some seconds longer.
  /** @param {Element} alert */
  function concernsMessage(alert) {
    if (!shown(alert) || alert.textContent.trim() === "" || written(alert)) {
      appeared.delete(alert);
      return false;
    }
    const now = performance.now();
    const since = appeared.get(alert) ?? now;
    appeared.set(alert, since);
    const failed = now - order.failed < JUST;
    const buttons = alert.querySelectorAll("button, [role=button]").length;
    // One that the person opened, or that stood there before the message, is about something else.
    if (since < Math.min(order.sent, now)) return false;
    if (alert.matches('[role="dialog"], dialog')) {
      return failed && order.failed > pressed && buttons <= 2 && !alert.querySelector("input, textarea, [role=textbox]");
    }
    if (failed || (isOpen() && buttons > 0)) return true;
    // Where a chat belongs and nobody can write, the page itself is broken.
    if (buttons > 0 && /^\/(?:[cg]\/|$)/.test(location.pathname) && !composer()) return true;
    const ago = now - order.ended;
    return order.answered < order.ended ? ago < (buttons > 0 ? LATE : JUST) : buttons > 0 && ago < SOON;
  }

  /** @type {Page["errors"]} */
  function errors() {
    /** @type {Map<string | number, Element>} */
    const found = new Map();
    const put = (/** @type {string | number} */ place, /** @type {Element} */ element) => {
      const said = found.get(place)?.textContent;
      if (said === undefined || element.textContent.length > said.length) found.set(place, element);
    };
    for (const element of findAll("notice")) put("notice", element);
    for (const element of findAll("error")) if (!written(element)) put(name(within(element, "turn") ?? element), element);
    const known = [...found.values()];
    for (const element of document.querySelectorAll(ALERTS)) {
      if (known.some((one) => one.contains(element) || element.contains(one))) continue;
      if (concernsMessage(element)) put(name(element), element);
    }
    return found;
  }

  const watched = [map.error, map.notice, map.recovering, ALERTS].filter(Boolean).join();

  // ---- how well the page is known ----

  /** @type {Page["knowledge"]} */
  function knowledge() {
    const page = pages.find((one) => document.querySelector(one.here));
    if (!page) return { generation: "", missing: [] };
    const isThere = (/** @type {string | null} */ selector) => selector !== null && document.querySelector(selector) !== null;
    const missing = [];
    if (!isThere(page.composer) && !isThere(page.early) && composer()) missing.push("composer");
    if (order.answered > 0 && isThere(page.turn)) {
      const fields = /** @type {const} */ (["question", "answer", "finished"]);
      missing.push(...fields.filter((field) => !isThere(page[field])));
    }
    return { generation: page.name, missing };
  }

  const isChat = () => composer() !== null || order.sent > 0 || order.ended > 0;

  // ---- what the person does ----

  const AGAIN = 300; // ms; Enter, a click and a form's submit may all tell of one message
  const TAKEN = 1500; // ms; a composer that still holds the text by then did not send it
  /** @type {(() => void)[]} */
  const listeners = [];
  let heard = -Infinity;

  function sends() {
    const now = performance.now();
    if (now - heard < AGAIN || content() === "") return;
    heard = now;
    for (const take of listeners) take();
    order.sent = now;
    order.path = location.pathname;
    // Enter may also choose from a menu or break a line: then the text is still there, and nothing was sent.
    const text = content();
    setTimeout(() => { if (order.sent === now && content() === text) order.sent = -Infinity; }, TAKEN);
  }

  let held = false;

  /** @param {Event} event */
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

  const LINES = 80, NAMES = 16, DEPTH = 6; // elements, names of attributes, elements around each
  /** @param {string} word */
  const isPlain = (word) => /^[a-z][\w-]{0,39}$/i.test(word);

  /** An element and what holds it, up to the body.
   * @param {Element | null} element */
  function* upwards(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) yield one;
  }

  // No text, no value but that of `role`.
  /** @type {Page["outline"]} */
  function outline() {
    const alerts = document.querySelectorAll(`${ALERTS}, [role="status"]`);
    const roots = [composer(), ...(frame()?.querySelectorAll("button, input, [role]") ?? []), ...alerts];
    const chosen = new Set(roots.flatMap((element) => [...upwards(element)].slice(0, DEPTH)));
    return [...chosen].slice(0, LINES).map((element) => {
      const role = element.getAttribute("role") ?? "";
      const all = [...element.attributes].map(({ name }) => name);
      const names = all.filter((name) => name !== "role" && isPlain(name)).slice(0, NAMES);
      const tag = isPlain(element.localName) ? element.localName : "?";
      return `${[...upwards(element)].length} ${tag}${isPlain(role) ? `[role=${role}]` : ""} ${names.join(" ")}`.trim();
    });
  }

  /** @type {Page} */
  const page = {
    place, composer, inComposer, sendButton, isStop, isRunning, isChat, errors, knowledge, outline, order, watched,
    recovering: () => find("recovering"),
    turnOf: (element) => within(element, "turn"),
    hasFinished: (turn) => turn?.isConnected === true && (map.finished ? turn.querySelector(map.finished) !== null : false),
    isEarly: () => findAll("composer").length === 0 && findAll("early").some(shown),
    answer: () => findAll("answer").at(-1) ?? null,
    question: () => findAll("question").at(-1) ?? null,
    onSend: (take) => void listeners.push(take),
    hold: (on) => { held = on; },
  };
  // The scripts that come next add what they give the others: tools/types/extension.d.ts.
  globalThis.MEND = Object.assign(page, /** @type {Omit<typeof MEND, keyof Page>} */ ({}));
})();
