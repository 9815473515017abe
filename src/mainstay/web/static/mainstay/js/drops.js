// What opens over the page: the panels of the top bar, the menu of a narrow page, dialogs. All open without script, too.
import { all, on, one } from "./dom.js";

const close = (drop) => {
  if (!drop.open) return;
  drop.open = false;
  if (drop.contains(document.activeElement)) one("summary", drop)?.focus();
};

const turnMenu = (button, event) => {
  event.preventDefault();
  const isOpen = one("#rail").classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) one("#rail a")?.focus();
};

export const showDialog = (id) => {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
  return Boolean(dialog);
};

export const start = () => {
  on("click", '[data-do="menu"]', turnMenu);
  on("click", '[data-do="keys"]', (_, event) => { if (showDialog("keys")) event.preventDefault(); });
  on("click", "[data-dialog]", (opener, event) => { if (showDialog(opener.dataset.dialog)) event.preventDefault(); });
  document.addEventListener("click", (event) => all("details[data-drop][open]").filter((drop) => !drop.contains(event.target)).forEach(close));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details[data-drop][open]").forEach(close);
    const menu = one('[data-do="menu"][aria-expanded="true"]');
    if (menu) { menu.click(); menu.focus(); }
  });
};
