// Every full page of Mend: its own HTML says which it is, the module fills it.
import init, { open_page } from "../pages.js";
import { followLanguage } from "./language.js";

const language = followLanguage();
init({ module_or_path: "pages_bg.wasm" })
  .then(() => open_page(document.documentElement.dataset.page ?? ""))
  // The words made the page longer, so where the address points to has moved.
  .then(() => document.getElementById(location.hash.slice(1))?.scrollIntoView())
  .catch(async (error) => {
    console.error(`Mend: open the page: ${error?.message ?? error}`);
    const main = document.querySelector("main");
    const told = document.createElement("p");
    told.className = "state";
    told.dataset.state = "error";
    told.role = "alert";
    told.textContent = await language.say("broken");
    main?.replaceChildren(told);
    document.documentElement.dataset.shown = "";
  });
