// The axis of dates: which ticks stand at this zoom, and their words.
const STEPS = [
  [12, "day", 1], [3, "week", 7], [1.2, "month", 1], [0.32, "quarter", 3], [0, "year", 12],
];

/** Levels of zoom in pixels a day, from years to days. */
export const ZOOMS = [0.06, 0.12, 0.25, 0.55, 1.2, 2.3, 5, 10, 18, 28];

const first = (date, kind) => {
  const year = date.getUTCFullYear(), month = date.getUTCMonth();
  if (kind === "day" || kind === "week") {
    const day = new Date(Date.UTC(year, month, date.getUTCDate()));
    if (kind === "week") day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
    return day;
  }
  if (kind === "year") return new Date(Date.UTC(year, 0, 1));
  return new Date(Date.UTC(year, kind === "quarter" ? month - (month % 3) : month, 1));
};

const next = (day, kind, step) => {
  const made = new Date(day);
  if (kind === "day" || kind === "week") made.setUTCDate(made.getUTCDate() + step);
  else made.setUTCMonth(made.getUTCMonth() + step);
  return made;
};

/** Ticks between two dates: instant, words, and whether a year (or, of days, a month) begins. */
export const ticks = (from, to, pixels, lang) => {
  const [, kind, step] = STEPS.find(([least]) => pixels >= least);
  const months = new Intl.DateTimeFormat(lang, { month: "short", timeZone: "UTC" });
  const found = [];
  for (let day = first(from, kind); day <= to && found.length < 400; day = next(day, kind, step)) {
    const isYear = day.getUTCMonth() === 0 && day.getUTCDate() <= (kind === "week" ? 7 : 1);
    const isMonth = day.getUTCDate() <= (kind === "week" ? 7 : 1);
    const strong = kind === "day" || kind === "week" ? isMonth : isYear;
    const word = isYear || kind === "year" ? String(day.getUTCFullYear())
      : kind === "day" ? (isMonth ? months.format(day) : String(day.getUTCDate()))
        : kind === "week" ? `${day.getUTCDate()} ${months.format(day)}` : months.format(day);
    found.push({ at: day, word, strong });
  }
  return found;
};
