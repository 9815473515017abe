// The interactive drawing of a plan: <section data-gantt>. Fetches all bars once, draws what is in view, moves by pointer and keyboard.
// Without it the drawing made by the server stays; a scenario (scenario.js) lives in this page and its address alone.
import { all, one, say } from "../dom.js";
import { ZOOMS } from "./axis.js";
import { HEAD, ROW, colours, dates as datesOf, draw, placed } from "./draw.js";
import { CRITICAL, DAY, MILESTONE, ON_PATH, SUMMARY, dates, isOpenable, matches, plan, reach, rows } from "./model.js";
import * as scenario from "./scenario.js";

const fetched = async (url) => {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

class Gantt {
  constructor(section, sent) {
    this.section = section;
    this.words = JSON.parse(one("#gantt-words").textContent);
    this.data = plan(sent);
    this.calendar = dates(section.dataset.epoch, this.data.base);
    this.today = Number(section.dataset.today) - this.data.base;
    [this.first, this.last] = reach(this.data, this.today);
    this.box = one("[data-gantt-box]", section);
    this.space = one("[data-gantt-space]", section);
    this.canvas = one("canvas", section);
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.closed = new Set();
    this.tried = new Map();
    this.active = 0;
    this.zoom = 3;
    this.places = new Int32Array(this.data.count);
    this.lang = document.documentElement.lang || "en-GB";
    this.recolour();
    this.listen();
    this.choose();
    this.fit();
  }

  recolour() { this.colour = colours(this.section); this.paint(); }

  /** Which rows are shown, after a fold or another choice; the active row stays where it can. */
  choose() {
    const held = this.rows?.[this.active];
    const only = one("[data-gantt-only]", this.section).value;
    this.baselines = one("[data-gantt-baselines]", this.section).checked;
    this.rows = rows(this.data, { closed: this.closed, only, text: "" });
    this.places.fill(-1);
    this.rows.forEach((row, place) => { if (row >= 0) this.places[row] = place; });
    const at = held === undefined ? -1 : this.rows.indexOf(held);
    this.active = Math.max(0, Math.min(at < 0 ? this.active : at, this.rows.length - 1));
    this.box.setAttribute("aria-rowcount", String(this.rows.length + 1));
    this.size();
    this.tell();
  }

  get pixels() { return ZOOMS[this.zoom]; }

  size() {
    this.side = this.box.clientWidth < 560 ? 150 : Math.min(420, Math.round(this.box.clientWidth * 0.34));
    this.space.style.height = `${HEAD + this.rows.length * ROW}px`;
    this.space.style.width = `${this.side + Math.round((this.last - this.first) / DAY * this.pixels) + 40}px`;
    this.paint();
  }

  fit() {
    this.ratio = devicePixelRatio || 1;
    const width = this.box.clientWidth, height = this.box.clientHeight;
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.size();
  }

  paint() {
    if (this.waiting || !this.rows) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.now(); });
  }

  now() {
    const begun = performance.now();
    const left = this.box.scrollLeft, { first, side, pixels } = this;
    const view = {
      data: this.data, rows: this.rows, closed: this.closed, tried: this.tried, active: this.active, colour: this.colour, ratio: this.ratio,
      side, pixels, today: this.today, baselines: this.baselines, top: this.box.scrollTop, width: this.box.clientWidth, height: this.box.clientHeight,
      x: (at) => side + (at - first) / DAY * pixels - left, at: (x) => first + (x + left - side) / pixels * DAY,
      placeOf: (row) => this.places[row], said: (at) => this.calendar.day(at),
    };
    view.ticks = placed(view, this.calendar, this.lang);
    draw(this.context, view);
    this.view = view;
    performance.measure("mainstay:gantt", { start: begun });
  }

  to(place) {
    this.active = Math.max(0, Math.min(this.rows.length - 1, place));
    const top = this.active * ROW, room = this.box.clientHeight - HEAD - ROW;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top > this.box.scrollTop + room) this.box.scrollTop = top - room;
    this.tell();
    this.paint();
  }

  /** The bar of the active row comes into view sideways. */
  show() {
    const told = datesOf({ data: this.data, tried: this.tried }, this.rows[this.active]);
    if (told.start !== null) this.box.scrollLeft = (told.start - this.first) / DAY * this.pixels - 60;
  }

  /** To the next activity of that code or name; what it is folded into is opened. */
  jump(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return;
    const here = this.rows[this.active];
    for (let step = 1; step <= this.data.count; step += 1) {
      const row = (Math.max(here, -1) + step) % this.data.count;
      if (!matches(this.data, row, wanted)) continue;
      if (this.places[row] < 0) { this.closed.clear(); one("[data-gantt-only]", this.section).value = ""; this.choose(); }
      this.to(this.places[row]);
      this.show();
      return;
    }
    say(this.words.nothing);
    one("[data-gantt-told]", this.section).textContent = this.words.nothing;
  }

  fold(row, shut = !this.closed.has(row)) {
    if (!isOpenable(this.data, row)) return;
    if (shut) this.closed.add(row); else this.closed.delete(row);
    this.choose();
  }

  foldAll(shut) {
    this.closed = new Set(shut ? this.data.projects.map((_, at) => -1 - at) : []);
    this.box.scrollTop = 0;
    this.choose();
  }

  zoomBy(step, x = (this.side + this.box.clientWidth) / 2) {
    const before = this.view?.at(x) ?? this.today;
    this.zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.zoom + step));
    this.size();
    this.box.scrollLeft = (before - this.first) / DAY * this.pixels - (x - this.side);
  }

  open(row) { if (row >= 0) location.assign(`${this.section.dataset.table}?at=${this.data.place[row]}#l-${this.data.place[row]}`); }

  /** The active row in words, for the line below and as the one row of the grid that a screen reader is on. */
  tell() {
    const row = this.rows[this.active];
    if (row === undefined) return;
    const told = datesOf({ data: this.data, tried: this.tried }, row), { words } = this;
    const name = row < 0 ? `${this.data.projects[-1 - row].code} ${this.data.projects[-1 - row].title}` : `${this.data.code[row]} ${this.data.name[row]}`;
    const flags = row < 0 ? SUMMARY : this.tried.get(row)?.flags ?? this.data.flags[row];
    const facts = [flags & MILESTONE ? this.calendar.day(told.finish) : `${this.calendar.day(told.start)} – ${this.calendar.day(told.finish)}`];
    if (flags & (CRITICAL | ON_PATH)) facts.push(words.critical);
    else if (row >= 0 && !(flags & SUMMARY) && this.data.float[row] !== null) facts.push(words.float.replace("{n}", this.data.float[row]));
    if (told.baseline_finish !== null && told.baseline_finish !== undefined) facts.push(`${words.baseline} ${this.calendar.day(told.baseline_finish)}`);
    const named = (list, end) => (list ?? []).slice(0, 4).map((at) => this.data.code[this.data.links[end][at]]).join(", ");
    if (row >= 0) {
      const before = named(this.data.before.get(row), "source"), after = named(this.data.after.get(row), "target");
      if (before) facts.push(`${words.waits} ${before}`);
      if (after) facts.push(`${words.before} ${after}`);
    }
    one("[data-gantt-told]", this.section).textContent = `${name}: ${facts.join(", ")}`;
    this.grid(row, name, facts);
    scenario.follow(this, row);
  }

  grid(row, name, facts) {
    const line = one("[data-gantt-row]", this.section);
    line.id = line.id === "gantt-row-a" ? "gantt-row-b" : "gantt-row-a"; // another id, so that it is read anew
    line.setAttribute("aria-rowindex", String(this.active + 2));
    line.setAttribute("aria-level", String(row < 0 ? 1 : Math.max(1, this.data.outline[row]) + 1));
    if (isOpenable(this.data, row)) line.setAttribute("aria-expanded", String(!this.closed.has(row))); else line.removeAttribute("aria-expanded");
    line.children[0].textContent = name;
    line.children[1].textContent = facts.join(", ");
    this.box.setAttribute("aria-activedescendant", line.id);
  }

  key(event) {
    if (event.target !== this.box || event.altKey || event.metaKey || event.ctrlKey) return;
    const row = this.rows[this.active];
    const page = Math.max(1, Math.floor((this.box.clientHeight - HEAD) / ROW) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.rows.length, End: this.rows.length }[event.key];
    if (step !== undefined) this.to(this.active + step);
    else if (event.key === "ArrowRight" && this.closed.has(row)) this.fold(row, false);
    else if (event.key === "ArrowLeft" && isOpenable(this.data, row) && !this.closed.has(row)) this.fold(row, true);
    else if (event.key === "ArrowRight") this.box.scrollLeft += 80;
    else if (event.key === "ArrowLeft") this.box.scrollLeft -= 80;
    else if (event.key === "Enter") { if (row < 0) this.fold(row); else this.open(row); }
    else if (event.key === "+" || event.key === "=") this.zoomBy(1);
    else if (event.key === "-") this.zoomBy(-1);
    else if (event.key === " ") this.show();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The row below a pointer, and where on it. */
  under(event) {
    const edge = this.canvas.getBoundingClientRect();
    const x = event.clientX - edge.left, y = event.clientY - edge.top;
    const place = Math.floor((y - HEAD + this.box.scrollTop) / ROW);
    return { x, y, place, row: y < HEAD ? undefined : this.rows[place] };
  }

  press(event) {
    const found = this.under(event);
    if (found.row === undefined) return;
    this.active = found.place;
    this.tell();
    this.paint();
    if (found.x < this.side && isOpenable(this.data, found.row)) this.fold(found.row);
  }

  listen() {
    this.box.addEventListener("scroll", () => this.paint(), { passive: true });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("click", (event) => this.press(event));
    this.canvas.addEventListener("dblclick", (event) => { const { row } = this.under(event); if (row !== undefined) this.open(row); });
    this.box.addEventListener("wheel", (event) => { if (event.ctrlKey) { event.preventDefault(); this.zoomBy(event.deltaY < 0 ? 1 : -1, this.under(event).x); } }, { passive: false });
    new ResizeObserver(() => this.fit()).observe(this.box);
    document.addEventListener("mainstay:theme", () => this.recolour());
    document.fonts.ready.then(() => this.paint());
    this.section.addEventListener("change", (event) => { if (event.target.matches("[data-gantt-only], [data-gantt-baselines]")) this.choose(); });
    this.section.addEventListener("click", (event) => {
      const act = event.target.closest?.("[data-gantt-act]")?.dataset.ganttAct;
      if (act === "in" || act === "out") this.zoomBy(act === "in" ? 1 : -1);
      else if (act === "close" || act === "open") this.foldAll(act === "close");
      else if (act === "today") this.box.scrollLeft = (this.today - this.first) / DAY * this.pixels - 120;
    });
    one("[data-gantt-find]", this.section).addEventListener("submit", (event) => { event.preventDefault(); this.jump(one("input", event.target).value); });
  }
}

for (const section of all("[data-gantt]")) {
  fetched(section.dataset.source).then((sent) => {
    all("[data-gantt-still]").forEach((still) => still.classList.add("ms-only-print"));
    section.hidden = false;
    const gantt = new Gantt(section, sent);
    scenario.start(gantt, fetched);
    gantt.box.scrollLeft = (gantt.today - gantt.first) / DAY * gantt.pixels - 120;
    section.dataset.ready = "yes";
    section.gantt = gantt;
  }).catch((fault) => { console.warn("The interactive drawing could not be had; the drawn one stays.", fault); });
}
