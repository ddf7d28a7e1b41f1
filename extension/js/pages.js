// Every full page of Mend: its own HTML says which it is, the module fills it.
import init, { open_page } from "../pages.js";

init({ module_or_path: "pages_bg.wasm" })
  .then(() => open_page(document.documentElement.dataset.page ?? ""))
  // The words made the page longer, so where the address points to has moved.
  .then(() => document.getElementById(location.hash.slice(1))?.scrollIntoView())
  .catch((error) => {
    console.error(`Mend: open the page: ${error?.message ?? error}`);
    const main = document.querySelector("main");
    if (main) main.textContent = chrome.i18n.getMessage("broken");
  });
