// What is known of ChatGPT's page: one entry for each generation of it, side by side, because several are live at once.
// Nothing else in Mend holds a selector of that page. Each field is a CSS selector, or null where a generation has no mark
// for it; a selector that no longer matches makes Mend see less, and page.js says so. How to add a generation:
// CONTRIBUTING.md, "Add a page generation".

/**
 * @typedef {object} Generation
 * @property {string} name
 * @property {string} here Tells that this generation is shown.
 * @property {string} composer Where the person writes.
 * @property {string | null} early Likewise, before the page's script has started, and on small pages without one.
 * @property {string | null} send The button, where it can be told apart by itself.
 * @property {string | null} stop Likewise.
 * @property {string} busy An answer is being written.
 * @property {string} turn One exchange; `question` and `answer` are within it.
 * @property {string | null} key The attribute that names a turn.
 * @property {string} question
 * @property {string} answer
 * @property {string} written What somebody wrote: an error is never looked for in there.
 * @property {string} error A turn that failed.
 * @property {string | null} notice An error elsewhere on the page.
 * @property {string | null} recovering The page lost its connection and is fetching the rest of the answer by itself.
 * @property {string | null} finished An answer has ended.
 */
/** @type {Generation[]} */
globalThis.MEND_PAGES = [
  {
    // Since 2026-09-24, rolled out in stages. Sources: sho7650/obsidian-AI-exporter, docs/investigation/chatgpt-dom-2026-09.md;
    // steipete/oracle, src/browser/constants.ts; naledao/gpt-web-to-codex-terminal, src/shared/platforms.ts;
    // KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md (recovery).
    name: "2026-09",
    here: 'form[data-chatgpt-composer], [data-turn-key], #pending-home-input, #mobile-composer-prompt',
    composer: 'form[data-chatgpt-composer] [contenteditable="true"][role="textbox"]',
    early: '#pending-home-input, #mobile-composer-prompt, textarea[name="prompt"]',
    send: 'form[data-chatgpt-composer] button[type="submit"], [data-composer-submit]',
    stop: null, // it stands in the place of the send button, without a mark of its own
    busy: '[data-talvt-turn-state="in_progress"], [data-turn-key] [role="status"][aria-busy="true"], [data-markdown-animated]',
    turn: '[data-turn-key]',
    key: 'data-turn-key',
    question: '[data-user-message-bubble]',
    answer: '[data-markdown-text-style="assistant-message"]',
    written: '[data-user-message-bubble], [data-markdown-text-style="assistant-message"]',
    error: 'aside[role="alert"]', // in the turn that failed, or in place of everything
    notice: null, // a bare alert or dialog, which page.js knows by its role
    recovering: '[role="status"] .text-chatgpt-recovery',
    finished: '.turn-action-controls',
  },
  {
    // Until the one above has replaced it. Sources: pionxzh/chatgpt-exporter; steipete/oracle, src/browser/constants.ts.
    name: "2025",
    here: '#prompt-textarea, [data-testid^="conversation-turn"]',
    composer: '#prompt-textarea[contenteditable="true"]',
    early: 'textarea[name="prompt-textarea"]',
    send: '[data-testid="send-button"], #composer-submit-button:not([data-testid="stop-button"])',
    stop: '[data-testid="stop-button"], #composer-submit-button[data-state="stop"]',
    busy: '[data-testid="stop-button"], #composer-submit-button[data-state="stop"]',
    turn: '[data-testid^="conversation-turn"], [data-turn-id]',
    key: 'data-testid',
    question: '[data-message-author-role="user"]',
    answer: '[data-message-author-role="assistant"]',
    written: '.markdown, [data-message-author-role="user"]',
    error: ['[data-testid="regenerate-thread-error-button"]', '[class*="text-token-text-error"]',
      '[class*="border-token-surface-error"]', '[class*="bg-token-surface-error"]']
      .map((mark) => `:is([data-testid^="conversation-turn"], [data-turn-id]) ${mark}`).join(),
    notice: '[data-testid="toast-error"], [role="alert"][class*="token-surface-error"]',
    recovering: null,
    finished: '[data-testid="copy-turn-action-button"]',
  },
];
