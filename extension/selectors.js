// Where things stand on ChatGPT's page, judged by structure: the interface is localised. Several ways each, because
// selectors rot; a missing one makes Mend see less, not break.
globalThis.MEND = {
  // A turn that failed. Only within a turn, never within what somebody wrote.
  error: [
    '[data-testid="regenerate-thread-error-button"]',
    '[class*="text-token-text-error"]',
    '[class*="border-token-surface-error"]',
    '[class*="bg-token-surface-error"]',
  ].join(),
  toast: '[data-testid="toast-error"], [role="alert"][class*="token-surface-error"]',
  turn: 'article[data-testid^="conversation-turn"], [data-testid^="conversation-turn"], [data-turn-id]',
  written: '.markdown, [data-message-author-role="user"], #prompt-textarea, [contenteditable="true"]',
  stop: '[data-testid="stop-button"], [aria-label="Stop streaming"], #composer-submit-button[data-state="stop"]',
  // Where the person writes, what sends it, and what both sides have said.
  composer: '#prompt-textarea[contenteditable="true"], .ProseMirror[contenteditable="true"], form [contenteditable="true"]',
  send: '[data-testid="send-button"], [aria-label="Send prompt"], #composer-submit-button:not([data-testid="stop-button"])',
  person: '[data-message-author-role="user"]',
  assistant: '[data-message-author-role="assistant"]',
};
