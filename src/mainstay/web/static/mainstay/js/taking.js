// Tables and pictures of panels, taken along: copied for Word and Excel, as CSV, as SVG. Offered to those who may export, told to the history first.
import { all, one, say, token } from "./dom.js";

const FADE = 600;
const FORMULA = /^[=+\-@\t\r]/;
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline", "display", "visibility"];
const words = () => document.body.dataset;

const text = (cell) => {
  const plain = cell.cloneNode(true);
  all(".visually-hidden:not(:only-child), script", plain).forEach((part) => part.remove());
  return plain.textContent.replace(/\s+/g, " ").trim();
};

const tablesOf = (panel) => all("table.ms-table", panel).filter((table) => table.rows.length > 1 && !one("input, select, textarea", table));
const grid = (table) => [...table.rows].map((row) => [...row.cells].flatMap((cell) => [text(cell), ...Array(cell.colSpan - 1).fill("")]));
const marking = () => one(".ms-head .ms-marking")?.textContent.trim() ?? "";

/** One field: quoted, and never taken for a formula; a negative number stays one. */
const field = (value) => {
  const isNumber = /^[+-]?[\d.,]+( ?%)?$/.test(value);
  return `"${(FORMULA.test(value) && !isNumber ? `'${value}` : value).replaceAll('"', '""')}"`;
};

const csv = (panel, title) => {
  const source = [[title], [document.title], [location.href], ...(marking() ? [[marking()]] : []), []];
  const rows = [...source, ...tablesOf(panel).flatMap((table) => [...grid(table), []])];
  return new Blob(["\ufeff", rows.map((row) => row.map(field).join(",")).join("\r\n")], { type: "text/csv;charset=utf-8" });
};

const copy = async (panel, title) => {
  const tables = tablesOf(panel).map(grid);
  const plain = tables.map((rows) => rows.map((row) => row.join("\t")).join("\n")).join("\n\n");
  const holder = document.createElement("div");
  for (const rows of tables) {
    const table = holder.appendChild(document.createElement("table"));
    table.createCaption().textContent = [title, marking()].filter(Boolean).join(" · ");
    for (const row of rows) { const line = table.insertRow(); for (const value of row) line.insertCell().textContent = value; }
  }
  const forms = { "text/plain": plain, "text/html": holder.innerHTML };
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(forms).map(([type, body]) => [type, new Blob([body], { type })])))]);
};

/** Nothing that only the pointer called up belongs into the picture; it fades. */
const settle = (panel) => new Promise((done) => {
  for (const place of all("[data-chart]", panel)) window.echarts?.getInstanceByDom(place)?.dispatchAction({ type: "hideTip" });
  setTimeout(done, one("[data-chart]", panel) ? FADE : 0);
});

/** The drawing with the look that the page gives it written into it, on the page's own ground. */
const svg = (drawing) => {
  const whole = drawing.cloneNode(true);
  const shown = [drawing, ...all("*", drawing)];
  [whole, ...all("*", whole)].forEach((part, number) => {
    const look = getComputedStyle(shown[number]);
    for (const name of STYLES) part.style.setProperty(name, look.getPropertyValue(name));
  });
  whole.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  whole.style.background = getComputedStyle(drawing.closest(".ms-panel")).backgroundColor;
  return new Blob([new XMLSerializer().serializeToString(whole)], { type: "image/svg+xml" });
};

const save = (blob, title, ending) => {
  const link = document.createElement("a");
  const name = [marking(), title, new Date().toISOString().slice(0, 10)].filter(Boolean).join(" ").replace(/[^\p{L}\p{N} .,()-]+/gu, " ");
  Object.assign(link, { href: URL.createObjectURL(blob), download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

const take = async (panel, title, form) => {
  const told = new URLSearchParams({ form, title, place: location.pathname });
  try {
    const answer = await fetch(words().take, { method: "POST", body: told, headers: { "X-CSRFToken": token() } });
    if (!answer.ok) throw new Error(String(answer.status));
    if (form === "copy") await copy(panel, title);
    else if (form === "csv") save(csv(panel, title), title, "csv");
    else {
      await settle(panel);
      pictures(panel).forEach((drawing, number) => save(svg(drawing), number ? `${title} ${number + 1}` : title, "svg"));
    }
    say(`${title}: ${words().taken}`);
  } catch {
    say(`${title}: ${words().takeFailed}`);
  }
};

const pictures = (panel) => all("[data-chart] svg, svg[data-plan], svg.ms-drawing", panel);

const offer = (panel) => {
  const heading = one(":scope > header h2, :scope > header h3", panel);
  if (!heading || one(":scope > header .ms-take", panel)) return;
  const title = heading.textContent.trim();
  const forms = [];
  if (tablesOf(panel).length) forms.push(...(window.isSecureContext && window.ClipboardItem ? ["copy", "csv"] : ["csv"]));
  if (one("[data-chart], svg[data-plan], svg.ms-drawing", panel)) forms.push("svg");
  if (!forms.length) return;
  const place = heading.parentElement.appendChild(Object.assign(document.createElement("span"), { className: "ms-take" }));
  for (const form of forms) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: form === "copy" ? words().copy : form.toUpperCase() });
    button.setAttribute("aria-label", `${button.textContent}: ${title}`);
    button.addEventListener("click", () => take(panel, title, form));
    place.append(button);
  }
};

const offerAll = () => { if (words().take) all(".ms-panel").forEach(offer); };

export const start = () => {
  offerAll();
  document.addEventListener("mainstay:swapped", offerAll);
};
