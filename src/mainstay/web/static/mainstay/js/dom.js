// What all modules share: finding elements, the form token, cookies of the display.

export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Run `act(element, event)` for events on elements that match, now or after a swap. */
export const on = (type, selector, act) =>
  document.addEventListener(type, (event) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    if (found) act(found, event);
  });

export const token = () => one('meta[name="csrf-token"]')?.content ?? "";

export const remember = (name, value) => {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
};

/** Say something to a screen reader without moving the focus. */
export const say = (words) => {
  const place = one("#ms-said") ?? document.body.appendChild(Object.assign(document.createElement("div"), { id: "ms-said", className: "visually-hidden" }));
  place.setAttribute("role", "status");
  place.textContent = words;
};
