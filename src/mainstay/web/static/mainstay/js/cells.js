// Editing in a list: F2 or a double click asks the server for the cell's form and puts it into the cell.
//   <td data-cell="/risk/risks/7/cell/title/">…</td>
// GET answers the form as a fragment (inputs and the hidden version). POST answers 200 with the new content of the cell,
// or 409 or 422 with a sentence (text or HTML), which opens in a row below. Without script the row's own edit page does the same.
import { all, on, one, say, token } from "./dom.js";

const HEADERS = { "X-Requested-With": "fetch", "HX-Request": "true" };
const before = new WeakMap();

const forget = (row) => { if (row.nextElementSibling?.classList.contains("ms-msg")) row.nextElementSibling.remove(); };

const complain = (cell, words, isHtml) => {
  const row = cell.closest("tr");
  forget(row);
  const message = row.ownerDocument.createElement("tr");
  message.className = "ms-msg";
  const place = message.appendChild(document.createElement("td"));
  place.colSpan = row.cells.length;
  place.setAttribute("role", "alert");
  place.id = `message-${Math.random().toString(36).slice(2)}`;
  if (isHtml) place.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
  else place.appendChild(Object.assign(document.createElement("span"), { className: "ms-error", textContent: words }));
  row.after(message);
  cell.classList.add("ms-cell-bad");
  const input = one("input:not([type=hidden]), select, textarea", cell);
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", place.id);
  input?.focus();
};

const restore = (cell) => {
  const kept = before.get(cell);
  if (!kept) return;
  before.delete(cell);
  cell.replaceChildren(...kept);
  cell.classList.remove("ms-cell-edit", "ms-cell-bad");
  forget(cell.closest("tr"));
};

const fill = (cell, html) => cell.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);

export const edit = async (cell) => {
  if (!cell || before.has(cell)) return;
  before.set(cell, [...cell.childNodes]);
  let answer;
  try { answer = await fetch(cell.dataset.cell, { headers: HEADERS }); } catch { answer = null; }
  if (!answer?.ok) {
    before.delete(cell);
    complain(cell, answer ? await answer.text() : "There is no connection. Try again.", answer?.headers.get("content-type")?.includes("html"));
    return;
  }
  fill(cell, await answer.text());
  cell.classList.add("ms-cell-edit");
  const input = one("input:not([type=hidden]), select, textarea", cell);
  input?.focus();
  if (input?.matches("input")) input.select();
};

const isTouched = (cell) => all("input:not([type=hidden]), textarea", cell).some((input) => (input.type === "checkbox" ? input.checked !== input.defaultChecked : input.value !== input.defaultValue))
  || all("select", cell).some((select) => [...select.options].some((option) => option.selected !== option.defaultSelected));

const save = async (cell) => {
  if (cell.dataset.saving) return false;
  if (!isTouched(cell)) { restore(cell); return true; }
  const values = new FormData();
  all("input[name], select[name], textarea[name]", cell).forEach((input) => {
    if (!["checkbox", "radio"].includes(input.type) || input.checked) values.append(input.name, input.value);
  });
  cell.dataset.saving = "yes";
  try {
    const answer = await fetch(cell.dataset.cell, { method: "POST", body: values, headers: { ...HEADERS, "X-CSRFToken": token() } });
    const words = await answer.text();
    if (!answer.ok) { complain(cell, words, answer.headers.get("content-type")?.includes("html")); return false; }
    before.delete(cell);
    fill(cell, words);
    cell.classList.remove("ms-cell-edit", "ms-cell-bad");
    cell.classList.add("ms-cell-saved");
    forget(cell.closest("tr"));
    const version = answer.headers.get("X-Version");
    if (version) cell.closest("tr").dataset.version = version;
    say("Saved");
    return true;
  } catch {
    complain(cell, "Not saved: there is no connection. What you typed is still here; try again.", false);
    return false;
  } finally { delete cell.dataset.saving; }
};

const next = (cell, by) => {
  const cells = all("[data-cell]", cell.closest("table"));
  return cells[cells.indexOf(cell) + by];
};

const press = async (cell, event) => {
  const isOpen = before.has(cell);
  if (event.key === "F2" && !isOpen) { event.preventDefault(); edit(cell); return; }
  if (!isOpen) return;
  if (event.key === "Escape") { event.preventDefault(); restore(cell); cell.focus(); }
  else if (event.key === "Enter" && !event.target.matches("textarea")) { event.preventDefault(); if (await save(cell)) cell.focus(); }
  else if (event.key === "Tab") {
    const to = next(cell, event.shiftKey ? -1 : 1);
    event.preventDefault();
    if (await save(cell)) { if (to) edit(to); else cell.focus(); }
  }
};

export const start = () => {
  const reach = () => all("[data-cell]").forEach((cell) => { cell.tabIndex = -1; });
  reach();
  document.addEventListener("mainstay:swapped", reach);
  on("dblclick", "[data-cell]", (cell) => edit(cell));
  on("keydown", "[data-cell]", press);
  on("focusout", "[data-cell].ms-cell-edit", (cell, event) => { if (!cell.contains(event.relatedTarget) && !cell.classList.contains("ms-cell-bad")) save(cell); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2" || event.target.closest?.("[data-cell]")) return;
    const row = event.target.closest?.("tr") ?? one("[data-rows] tr.is-cursor");
    const cell = row && one("[data-cell]", row);
    if (cell) { event.preventDefault(); edit(cell); }
  });
};
