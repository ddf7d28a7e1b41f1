// What a person sees of ChatGPT's page. What tells the pages apart and where their parts are stands here, and only here.

const PAGES = [
  {
    here: "#thread",
    turn: '[data-testid^="conversation-turn"]',
    question: '[data-message-author-role="user"]',
    answer: '[data-message-author-role="assistant"]',
    error: '[data-testid="regenerate-thread-error-button"]',
    running: '[data-testid="stop-button"]',
    notice: ".none",
    history: "#history a",
    greeting: "#greeting",
  },
  {
    here: "[data-app-action-timeline-scroll]",
    turn: "[data-turn-key]",
    question: "[data-user-message-bubble]",
    answer: "[data-markdown-text-style]",
    error: '[role="alert"]',
    running: '[data-talvt-turn-state="in_progress"]',
    notice: '[role="status"] .text-chatgpt-recovery',
    history: "nav a",
    greeting: ".greeting",
  },
  {
    here: ".qx-reel",
    turn: ".qx-leaf",
    question: ".qx-said",
    answer: ".qx-ink",
    error: '[role="alert"]',
    running: ".qx-pulse",
    notice: ".qx-note",
    history: ".qx-shelf a",
    greeting: ".qx-hail",
  },
];

const page = PAGES.find(({ here }) => document.querySelector(here));
const all = (selector) => (page ? [...document.querySelectorAll(page[selector])] : []);
const box = [...document.querySelectorAll('form [role="textbox"][contenteditable="true"], form textarea[name]')].at(-1);

// The lines of an editor: one for each block and each break; a break that only holds an empty line open is none.
function lines(block) {
  if (block.nodeType === Node.TEXT_NODE) return block.data;
  if (block.localName === "br") return block.classList.contains("ProseMirror-trailingBreak") ? "" : "\n";
  return [...block.childNodes].map(lines).join("");
}

function pageState() {
  const last = all("turn").at(-1);
  return {
    // Older turns may be taken out of the page, so that a number alone does not tell.
    mark: [all("question").length, last?.dataset.turnKey ?? last?.getAttribute("qx-id") ?? ""].join(" "),
    running: all("running").length > 0,
    failed: document.querySelector('[role="dialog"]') !== null || (last?.querySelector(page.error) ?? null) !== null,
    waiting: all("notice").length > 0,
    answer: last?.querySelector(page.answer)?.textContent ?? "",
  };
}

const written = () =>
  (box.localName === "textarea" ? box.value : [...box.childNodes].map(lines).join("\n")).replaceAll("\u00a0", " ");

// Everything that is an error: in a turn, above the page, or before it.
const errors = () => [...document.querySelectorAll('[role="alert"], [role="dialog"], .text-token-text-error')]
  .map((one) => one.textContent.trim());
