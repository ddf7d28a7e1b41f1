import init, { open_words } from "./mend_popup.js";

init({ module_or_path: "mend_popup_bg.wasm" }).then(() => {
  open_words();
  document.documentElement.lang = chrome.i18n.getUILanguage();
  // The words made the page longer, so where the address points to has moved.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
