// What the scripts of the extension find at run time and TypeScript cannot see: what content scripts give each other, what
// Firefox has and Chromium's types lack, and the wasm modules, which the build puts beside the pages.

declare module "*/mend.js" {
  /** Loads the module. */
  export default function init(source: { module_or_path: string }): Promise<unknown>;
  /** Takes a browser event or, with what the browser says of its sender, a message. */
  export function handle_event(told: unknown, sender: unknown): Promise<import("../../extension/js/messages.js").Reply>;
  /** Takes a message or an event for the saved prompts. */
  export function handle_prompt_message(told: unknown, sender: unknown): Promise<void>;
  /** Writes what the model has of a failure into the journal. */
  export function write_journal(model: unknown): Promise<void>;
  /** Does one task on cookies and stored data. */
  export function site_data(task: unknown, id: number): Promise<unknown>;
  /** Fills the popup. */
  export function open_popup(): Promise<void>;
}

declare module "*/pages.js" {
  /** Loads the module. */
  export default function init(source: { module_or_path: string }): Promise<unknown>;
  /** Fills the page of this name. */
  export function open_page(name: string): Promise<void>;
}

/** What the content scripts give each other. Each script adds its own, in the order of the manifest. */
declare var MEND: import("../../extension/js/page.js").Page & {
  /** composer.js */
  compose: import("../../extension/js/composer.js").Compose;
  /** prompt_records.js */
  promptRecords: import("../../extension/js/prompt_records.js").PromptRecords;
  /** prompts.js */
  prompts: import("../../extension/js/prompts.js").Prompts;
  /** report_queue.js */
  reports: import("../../extension/js/report_queue.js").Reports;
};

/** page_map.js */
declare var MEND_PAGES: import("../../extension/js/page_map.js").Generation[];

declare namespace chrome.tabs {
  interface Tab {
    /** Firefox (MDN, "tabs.Tab"). */
    cookieStoreId?: string;
  }
}

/** What Firefox takes (MDN, "ClipboardEvent: ClipboardEvent() constructor"). */
interface ClipboardEventInit {
  data?: string;
  dataType?: string;
}
