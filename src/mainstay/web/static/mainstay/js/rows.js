// Lists: the row that the keys are on, the rows that are selected, and the bar that acts on them.
import { all, on, one } from "./dom.js";

const rows = () => all("[data-rows] tbody tr:not(.ms-msg)");
export const current = () => one("[data-rows] tr.is-cursor");

export const move = (by) => {
  const list = rows();
  if (!list.length) return;
  const at = list.indexOf(current());
  list[at]?.classList.remove("is-cursor");
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  next.classList.add("is-cursor");
  next.scrollIntoView({ block: "nearest" });
  (one("a[href]", next) ?? one("input, button", next))?.focus({ preventScroll: true });
};

export const open = () => {
  const link = current() && one("a[href]", current());
  if (link) location.assign(link.href);
  return Boolean(link);
};

export const select = () => one("[data-select]", current() ?? undefined)?.click();

const count = (table) => {
  const boxes = all("tbody [data-select]", table);
  const chosen = boxes.filter((box) => box.checked).length;
  boxes.forEach((box) => box.closest("tr").classList.toggle("is-selected", box.checked));
  const head = one("[data-select-all]", table);
  if (head) { head.checked = chosen > 0 && chosen === boxes.length; head.indeterminate = chosen > 0 && chosen < boxes.length; }
  const bar = document.getElementById(table.dataset.bulk ?? "") ?? one(".ms-bulk");
  if (!bar) return;
  bar.hidden = chosen === 0;
  const told = one("[data-count]", bar);
  const whole = one("[data-all-matching]", bar);
  const n = whole?.checked ? bar.dataset.total : chosen;
  if (told) told.textContent = (bar.dataset.words ?? "{n} of {all} selected").replace("{n}", n).replace("{all}", bar.dataset.total ?? boxes.length);
};

export const start = () => {
  on("change", "[data-select]", (box) => count(box.closest("table")));
  on("change", "[data-select-all]", (head) => {
    const table = head.closest("table");
    all("tbody [data-select]", table).forEach((box) => { box.checked = head.checked; });
    count(table);
  });
  on("change", "[data-all-matching]", () => all("[data-rows]").forEach(count));
  // Without script the bar is always there; with it, it comes with the first selected row.
  all("[data-rows]").forEach(count);
  document.addEventListener("mainstay:swapped", () => all("[data-rows]").forEach(count));
};
