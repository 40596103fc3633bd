"use strict";
// Comfort only: every page works without this file. No eval, nothing inline, nothing from another host.
const all = (selector) => document.querySelectorAll(selector);
const typing = (element) => element.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");

document.querySelector("[data-focus]")?.focus();

const offline = document.getElementById("offline");
const tellOffline = () => { offline.textContent = navigator.onLine ? "" : offline.dataset.offline; };
addEventListener("online", tellOffline);
addEventListener("offline", tellOffline);

// A form is sent once; a page that comes back from the browser's memory can send again.
addEventListener("submit", ({ submitter }) => setTimeout(() => {
  if (submitter?.dataset.busy) Object.assign(submitter, { disabled: true, textContent: submitter.dataset.busy });
}));
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// A row and its outline on the page light together; the pane scrolls to it, the window stays.
const scans = document.getElementById("scans");
const light = (event, on) => {
  const outline = document.getElementById(event.target.closest?.("[data-lights]")?.dataset.lights);
  outline?.classList.toggle("lit", on);
  if (outline && event.type === "focusin")
    scans.scrollTop += outline.getBoundingClientRect().top - scans.getBoundingClientRect().top - scans.clientHeight / 3;
};
for (const [name, on] of [["focusin", true], ["focusout", false], ["mouseover", true], ["mouseout", false]])
  addEventListener(name, (event) => light(event, on));

const openTarget = () => { const part = document.getElementById(location.hash.slice(1))?.closest("details"); if (part) part.open = true; };
addEventListener("hashchange", openTarget);
openTarget();

for (const bar of all("[data-zoom]")) bar.hidden = false;
addEventListener("click", ({ target }) => {
  const step = Number(target.dataset?.zoomBy);
  if (step) scans.dataset.level = Math.min(3, Math.max(0, Number(scans.dataset.level ?? 0) + step));
});

// Single keys: never while typing, composing or with a modifier; the box on the page turns them off.
const box = document.getElementById("shortcuts");
if (box) {
  box.closest("[data-shortcuts]").hidden = false;
  box.checked = localStorage.getItem("shortcuts") !== "off";
  box.addEventListener("change", () => localStorage.setItem("shortcuts", box.checked ? "on" : "off"));
}
addEventListener("keydown", (event) => {
  if (!box?.checked || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const steps = [...all("[data-step]")].filter((step) => step.offsetParent);
  if (key === "j" || key === "k") steps.at((steps.indexOf(document.activeElement) + (key === "j" ? 1 : -1)) % steps.length)?.focus();
  else document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
});
