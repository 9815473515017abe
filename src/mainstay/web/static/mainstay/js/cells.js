// Editing in a list as in a spreadsheet: click, Enter or F2 opens a cell, Tab goes on, Escape leaves it as it was, arrows move between cells.
//   <tr data-version="4">…<td data-cell="/risk/risk/7/cell/owner/?columns=…">…</td></tr>
// GET answers the cell's form. POST answers 200 with the whole row, since what is worked out changes with it; or 409 or 422 with
// sentences, which open in a row below while what was typed stays. Without script the record's own page does the same.
import { all, on, one, say, token } from "./dom.js";

const HEADERS = { "X-Requested-With": "fetch", "HX-Request": "true" };
const INPUT = "input:not([type=hidden]), select, textarea";
const before = new WeakMap();

const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;
const inputOf = (cell) => one(INPUT, cell);
const forget = (row) => { if (row?.nextElementSibling?.classList.contains("ms-msg")) row.nextElementSibling.remove(); };

const complain = (cell, words, isHtml) => {
  const row = cell.closest("tr");
  forget(row);
  const message = document.createElement("tr");
  message.className = "ms-msg";
  const place = message.appendChild(document.createElement("td"));
  place.colSpan = row.cells.length;
  place.setAttribute("role", "alert");
  place.id = `message-${row.dataset.pk ?? "row"}`;
  if (isHtml) place.replaceChildren(...parsed(words));
  else place.appendChild(Object.assign(document.createElement("span"), { className: "ms-error", textContent: words }));
  row.after(message);
  cell.classList.add("ms-cell-bad");
  const input = inputOf(cell);
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

const reach = (cell) => {
  if (!cell) return;
  all('[data-cell][tabindex="0"]', cell.closest("table")).forEach((other) => { other.tabIndex = -1; });
  cell.tabIndex = 0;
  cell.focus();
};

export const edit = async (cell) => {
  if (!cell || before.has(cell)) return;
  before.set(cell, [...cell.childNodes]);
  let answer = null;
  try { answer = await fetch(cell.dataset.cell, { headers: HEADERS }); } catch { /* told below */ }
  if (!answer?.ok) {
    before.delete(cell);
    complain(cell, answer ? await answer.text() : "There is no connection. Try again.", answer?.headers.get("content-type")?.includes("html"));
    return;
  }
  cell.style.setProperty("min-width", `${cell.offsetWidth}px`);
  cell.replaceChildren(...parsed(await answer.text()));
  cell.classList.add("ms-cell-edit");
  const input = inputOf(cell);
  input?.focus();
  if (input?.matches("input")) input.select();
};

const isTouched = (cell) => all("input:not([type=hidden]), textarea", cell).some((input) => (input.type === "checkbox" ? input.checked !== input.defaultChecked : input.value !== input.defaultValue))
  || all("select", cell).some((select) => [...select.options].some((option) => option.selected !== option.defaultSelected));

const valuesOf = (cell) => {
  const values = new FormData();
  all("input[name], select[name], textarea[name]", cell).forEach((input) => {
    if (!["checkbox", "radio"].includes(input.type) || input.checked) values.append(input.name, input.value);
  });
  // The version that the row shows, not the one that the form was made from: what was changed in between must be seen first.
  values.set("version", cell.closest("tr").dataset.version ?? values.get("version") ?? "");
  return values;
};

// The new row goes in cell by cell: one that is being typed in stays, and so does a tick.
const renew = (row, html) => {
  const fresh = one("tr", new DOMParser().parseFromString(`<table><tbody>${html}</tbody></table>`, "text/html"));
  if (!fresh) return;
  row.dataset.version = fresh.dataset.version;
  const tick = one("[data-select]", row);
  if (tick) tick.value = `${row.dataset.pk}:${fresh.dataset.version}`;
  const made = [...fresh.cells].filter((cell) => !cell.classList.contains("ms-w"));
  const held = [...row.cells].filter((cell) => !cell.classList.contains("ms-w"));
  held.forEach((cell, place) => {
    if (before.has(cell) || !made[place]) return;
    cell.className = made[place].className;
    cell.replaceChildren(...made[place].childNodes);
  });
};

const save = async (cell) => {
  if (cell.dataset.saving) return false;
  if (!isTouched(cell)) { restore(cell); return true; }
  cell.dataset.saving = "yes";
  try {
    const answer = await fetch(cell.dataset.cell, { method: "POST", body: valuesOf(cell), headers: { ...HEADERS, "X-CSRFToken": token() } });
    const words = await answer.text();
    if (!answer.ok) { complain(cell, words, answer.headers.get("content-type")?.includes("html")); return false; }
    before.delete(cell);
    const row = cell.closest("tr");
    forget(row);
    renew(row, words);
    cell.classList.remove("ms-cell-edit", "ms-cell-bad");
    cell.classList.add("ms-cell-saved");
    cell.style.removeProperty("min-width");
    say(`${cell.dataset.name ?? ""} saved`);
    return true;
  } catch {
    complain(cell, "Not saved: there is no connection. What you typed is still here; try again.", false);
    return false;
  } finally { delete cell.dataset.saving; }
};

const leave = async (cell) => {
  const row = cell.closest("tr");
  restore(cell);
  try {
    const answer = await fetch(`${cell.dataset.cell}&row=now`, { headers: HEADERS });
    if (answer.ok) renew(row, await answer.text());
  } catch { /* the row stays as it was shown */ }
  reach(cell);
};

const next = (cell, by) => {
  const cells = all("[data-cell]", cell.closest("table"));
  return cells[cells.indexOf(cell) + by];
};

const beside = (cell, key) => {
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const cells = all("[data-cell]", cell.closest("tr"));
    return cells[cells.indexOf(cell) + (key === "ArrowRight" ? 1 : -1)];
  }
  const rows = all("tr:not(.ms-msg)", cell.closest("tbody"));
  for (let at = rows.indexOf(cell.closest("tr")) + (key === "ArrowDown" ? 1 : -1); rows[at]; at += key === "ArrowDown" ? 1 : -1) {
    const found = rows[at].cells[cell.cellIndex];
    if (found?.dataset.cell) return found;
  }
  return null;
};

const press = async (cell, event) => {
  if (!before.has(cell)) {
    if (event.target !== cell) return;
    if (event.key === "F2" || event.key === "Enter") { event.preventDefault(); edit(cell); }
    else if (event.key.startsWith("Arrow")) { event.preventDefault(); reach(beside(cell, event.key)); }
    return;
  }
  if (event.key === "Escape") { event.preventDefault(); restore(cell); reach(cell); }
  else if (event.key === "Enter" && !event.target.matches("textarea, button")) {
    event.preventDefault();
    if (await save(cell)) reach(beside(cell, "ArrowDown") ?? cell);
  } else if (event.key === "Tab") {
    const to = next(cell, event.shiftKey ? -1 : 1);
    event.preventDefault();
    if (await save(cell)) { if (to) edit(to); else reach(cell); }
  }
};

const ready = () => all("[data-rows]").forEach((table) => all("[data-cell]", table).forEach((cell, place) => { cell.tabIndex = place ? -1 : 0; }));
const cellAbove = (element) => one(".ms-cell-edit", element.closest("tr.ms-msg").previousElementSibling);

export const start = () => {
  ready();
  document.addEventListener("mainstay:swapped", ready);
  on("click", "[data-cell]", (cell, event) => { if (!before.has(cell) && !event.target.closest("a, button, input, label")) edit(cell); });
  on("keydown", "[data-cell]", press);
  on("focusout", "[data-cell].ms-cell-edit", (cell, event) => {
    if (!cell.contains(event.relatedTarget) && !cell.classList.contains("ms-cell-bad") && document.hasFocus()) save(cell);
  });
  on("input", ".ms-cell-bad", (cell) => cell.classList.remove("ms-cell-bad"));
  on("click", "[data-cell-again]", (button) => {
    const cell = cellAbove(button);
    cell.closest("tr").dataset.version = button.dataset.version;
    save(cell).then((isSaved) => { if (isSaved) reach(cell); });
  });
  on("click", "[data-cell-leave]", (button) => leave(cellAbove(button)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2" || event.target.closest?.("[data-cell]")) return;
    const row = event.target.closest?.("tr") ?? one("[data-rows] tr.is-cursor");
    const cell = row && one("[data-cell]", row);
    if (cell) { event.preventDefault(); edit(cell); }
  });
};
