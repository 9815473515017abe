// The kinds of chart, each as a function from data and colours to the options of ECharts. One chart, one question; no animation.

const DASHES = ["solid", "dashed", "dotted"];
const SERIES = ["data-1", "data-2", "data-3"];
const SYMBOLS = ["circle", "emptyTriangle", "emptyRect"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const minus = (value, places) => {
  const text = Number(value).toLocaleString("en-GB", places === undefined ? {} : { minimumFractionDigits: places, maximumFractionDigits: places });
  return text.replace("-", "−");
};

const day = (value) => { const date = new Date(value); return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`; };
const month = (value) => { const date = new Date(value); return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCFullYear()).slice(2)}`; };

const SHORT = 200 * 86_400_000;

/** Where on its axis a value lies; two of them can be subtracted. */
const place = (axis, value) => axis?.type === "time" ? new Date(value).getTime() : Number(value);
const length = (axis) => axis?.min === undefined || axis.max === undefined ? NaN : place(axis, axis.max) - place(axis, axis.min);
const dayOfMonth = (value) => { const date = new Date(value); return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`; };

/** What stands under a tick of time: months, or days where the same month would stand there twice. */
const tick = (axis) => length(axis) < SHORT ? dayOfMonth : month;

/** How a number of this axis is written, with the unit on its own side. */
const written = (axis = {}) => (value) => {
  if (axis.type === "time") return day(value);
  const unit = axis.unit ?? "";
  const places = axis.places;
  if (unit.startsWith("£")) return `${value < 0 ? "−" : ""}£${minus(Math.abs(value), places)}${unit.slice(1)}`;
  return unit ? `${minus(value, places)}\u00a0${unit}` : minus(value, places);
};

const axisOf = (told = {}, colours, more = {}) => ({
  type: told.type ?? "value",
  name: told.name,
  nameLocation: "middle",
  nameGap: 28,
  min: told.min ?? (told.type === "category" ? undefined : "dataMin"),
  max: told.max ?? (told.type === "category" ? undefined : "dataMax"),
  nameTextStyle: { color: colours["ink-2"], fontSize: 12 },
  axisLabel: { color: colours["ink-2"], fontSize: 12, hideOverlap: true, formatter: told.type === "time" ? tick(told) : told.type === "category" ? undefined : (value) => minus(value) },
  axisLine: { show: true, onZero: false, lineStyle: { color: colours["border-control"] } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: colours.grid } },
  ...more,
});

const frame = (colours, more = {}) => ({
  animation: false,
  textStyle: { fontFamily: colours.font },
  tooltip: { renderMode: "richText", confine: true, backgroundColor: colours.surface, borderColor: colours["border-control"], textStyle: { color: colours.ink, fontSize: 12 } },
  grid: { left: 54, right: 22, top: 34, bottom: 46 },
  legend: { top: 0, left: 46, itemWidth: 30, textStyle: { color: colours.ink, fontSize: 12 } },
  ...more,
});

const ROW = 22;
/** Height above the picture that the names of the series take: they go on in further rows where they find no room beside each other. */
const namesHeight = (series, width) => {
  let [rows, at] = [1, 0];
  for (const one of series) {
    const wide = 50 + 6.4 * one.name.length;
    if (at && at + wide > width - 68) { rows += 1; at = 0; }
    at += wide;
  }
  return 34 + (rows - 1) * ROW;
};

const words = (colours, more = {}) => ({ color: colours.ink, fontSize: 12, ...more });

/** Whether the words of a line must stand before it, because there is no room behind. */
const isLate = (axis, line) => line.x === undefined || place(axis, line.x) - place(axis, axis?.min) > 0.65 * length(axis);

/** Straight lines across the picture: what is funded, today, a limit. */
const across = (data, colours) => ({
  symbol: "none",
  silent: true,
  lineStyle: { color: colours.ink, type: "solid", width: 1 },
  data: (data.lines ?? []).map((line) => ({
    ...(line.x === undefined ? { yAxis: line.y } : { xAxis: line.x }),
    label: words(colours, { formatter: line.label, position: line.x === undefined ? "insideEndTop" : "insideStartTop", rotate: 0, align: isLate(data.x, line) ? "right" : "left", padding: [0, 6, 4, 6] }),
  })),
});

const points = (series, colours, colour) => ({
  symbol: "circle",
  symbolSize: 8,
  data: (series.marks ?? []).map((mark) => ({
    coord: [mark.x, mark.y],
    value: "",
    itemStyle: { color: colour },
    label: words(colours, { show: true, formatter: mark.label, position: "left", distance: 6, fontWeight: 600, backgroundColor: colours.surface, padding: [1, 3] }),
  })),
});

const strokes = (data, colours) => data.series.slice(0, 3).map((series, at) => ({
  name: series.name,
  type: "line",
  showSymbol: series.points.length < 3,
  step: series.step ? "end" : false,
  data: series.points,
  lineStyle: { color: colours[SERIES[at]], type: DASHES[at], width: at ? 2 : 2.5 },
  itemStyle: { color: colours[SERIES[at]] },
  markPoint: points(series, colours, colours[SERIES[at]]),
  ...(at === 0 ? { markLine: across(data, colours) } : {}),
}));

/** The axis with the ends of what stands on it, where the server gives none. */
const reaching = (axis, series) => {
  if (axis?.type !== "time" || axis.min !== undefined) return axis;
  const days = series.flatMap((one) => one.points.map((point) => point[0])).sort();
  return days.length ? { ...axis, min: days[0], max: days.at(-1) } : axis;
};

const lines = (told, colours, narrow, width) => {
  const data = { ...told, x: reaching(told.x, told.series) };
  const [onX, onY] = [written(data.x), written(data.y)];
  return frame(colours, {
    tooltip: { ...frame(colours).tooltip, trigger: "axis", formatter: (told) => [onX(told[0].value[0]), ...told.map((one) => `${one.seriesName} ${onY(one.value[1])}`)].join("\n") },
    legend: data.series.length > 1 ? frame(colours).legend : { show: false },
    grid: { ...frame(colours).grid, top: namesHeight(data.series, width) },
    xAxis: axisOf(data.x, colours),
    yAxis: axisOf({ min: 0, ...data.y }, colours, { nameGap: 38 }),
    series: strokes(data, colours),
  });
};

const curves = (data, colours, narrow, width) => lines({ ...data, y: { min: 0, max: 100, unit: "%", ...data.y } }, colours, narrow, width);

const stripes = (colours) => ({ symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: 0.8, color: colours.surface });

const tornado = (data, colours, isNarrow) => {
  const width = isNarrow ? 110 : 190;
  const onX = written(data.x);
  return frame(colours, {
    legend: { show: false },
    grid: { left: width + 12, right: 52, top: 6, bottom: 46 },
    aria: { enabled: false },
    tooltip: { ...frame(colours).tooltip, trigger: "item", formatter: (told) => `${told.name}\n${onX(told.value)}` },
    xAxis: axisOf({ min: (range) => Math.min(0, Math.floor(range.min)), max: (range) => Math.max(0, Math.ceil(range.max * 1.05)), ...data.x }, colours),
    yAxis: axisOf({ type: "category" }, colours, { inverse: true, data: data.bars.map((bar) => bar.name), splitLine: { show: false }, axisLabel: words(colours, { width, overflow: "truncate" }) }),
    series: [{
      type: "bar",
      barMaxWidth: 16,
      data: data.bars.map((bar) => ({
        value: bar.value,
        itemStyle: { color: bar.value < 0 ? colours.surface : bar.shared ? colours["data-1"] : colours["data-fill"], borderColor: colours["data-1"], borderWidth: 1, decal: bar.shared ? stripes(colours) : undefined },
        label: words(colours, { show: true, position: "right", formatter: onX(bar.value) }),
      })),
      markLine: { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: colours["border-control"], type: "solid" }, data: [{ xAxis: 0 }] },
    }],
  });
};

const bars = (data, colours) => {
  const onY = written(data.y);
  const looks = [
    { color: colours["data-1"] },
    { color: colours.surface, borderColor: colours["data-2"], borderWidth: 1.5 },
    { color: colours["data-3"], decal: stripes(colours) },
  ];
  return frame(colours, {
    legend: data.series.length > 1 ? { ...frame(colours).legend, itemWidth: 14 } : { show: false },
    tooltip: { ...frame(colours).tooltip, trigger: "axis", axisPointer: { type: "none" }, formatter: (told) => [told[0].name, ...told.map((one) => `${one.seriesName} ${onY(one.value)}`)].join("\n") },
    xAxis: axisOf({ ...data.x, type: "category" }, colours, { data: data.categories, splitLine: { show: false } }),
    yAxis: axisOf({ min: (range) => Math.min(0, range.min), max: null, ...data.y }, colours, { nameGap: 42 }),
    series: data.series.slice(0, 3).map((series, at) => ({ name: series.name, type: "bar", barMaxWidth: 34, data: series.values, itemStyle: looks[at], ...(at === 0 ? { markLine: across(data, colours) } : {}) })),
  });
};

const scatter = (data, colours) => {
  const [onX, onY] = [written(data.x), written(data.y)];
  const clouds = data.series.slice(0, 3).map((series, at) => ({
    name: series.name,
    type: "scatter",
    symbol: SYMBOLS[at],
    symbolSize: at ? 5 : 4,
    itemStyle: { color: colours[SERIES[at]], opacity: 0.75 },
    data: series.points,
    ...(at === 0 ? { markLine: across(data, colours) } : {}),
  }));
  const frontier = data.frontier ? [{ name: data.frontier.name, type: "line", smooth: 0.3, showSymbol: false, data: data.frontier.points, lineStyle: { color: colours.ink, type: "dashed", width: 2 }, itemStyle: { color: colours.ink } }] : [];
  return frame(colours, {
    legend: { ...frame(colours).legend, itemWidth: 14 },
    grid: { left: data.y?.type === "time" ? 70 : 54, right: 22, top: 34, bottom: 46 },
    tooltip: { ...frame(colours).tooltip, trigger: "item", formatter: (told) => `${onX(told.value[0])}\n${onY(told.value[1])}` },
    xAxis: axisOf(data.x, colours),
    yAxis: axisOf(data.y, colours, { nameGap: data.y?.type === "time" ? 52 : 38 }),
    series: [...clouds, ...frontier],
  });
};

export const KINDS = { lines, curves, tornado, bars, scatter };
