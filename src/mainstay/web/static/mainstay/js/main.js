// Starts what every page has. Each part only adds to what works by links and forms.
import * as cells from "./cells.js";
import * as display from "./display.js";
import { token } from "./dom.js";
import * as drops from "./drops.js";
import * as forms from "./forms.js";
import * as jobs from "./jobs.js";
import * as keys from "./keys.js";
import * as plan from "./plan.js";
import * as returns from "./returns.js";
import * as rows from "./rows.js";
import * as taking from "./taking.js";

for (const part of [display, drops, rows, keys, forms, cells, jobs, plan, returns, taking]) part.start();

// Fragments: each request carries the form token; what came in is made ready like the first page.
document.addEventListener("htmx:config:request", (event) => { event.detail.ctx.request.headers["X-CSRFToken"] = token(); });
document.addEventListener("htmx:after:swap", () => document.dispatchEvent(new Event("mainstay:swapped")));
