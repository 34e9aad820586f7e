"use strict";
/* What is shown, as it stands in the address: "#C07?verdict=refuted,mixed&q=squad&sort=verdict". */
const Page = {};

Page.KEYS = ["mark", "flag", "report", "sort", "q"];

Page.emptyState = () => ({ verdict: new Set(), mark: "", flag: "", report: "", sort: "", q: "" });

Page.readAddress = (address = location.hash) => {
  const hash = address.slice(1);
  const at = hash.indexOf("?");
  const query = new URLSearchParams(at < 0 ? "" : hash.slice(at + 1));
  const state = Page.emptyState();
  for (const key of Page.KEYS) state[key] = query.get(key) || "";
  for (const verdict of (query.get("verdict") || "").split(",")) if (verdict) state.verdict.add(verdict);
  return { anchor: Page.decoded(at < 0 ? hash : hash.slice(0, at)), state };
};

Page.decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

Page.address = (anchor, state) => {
  const query = new URLSearchParams();
  if (state.verdict.size) query.set("verdict", [...state.verdict].sort().join(","));
  for (const key of Page.KEYS) if (state[key]) query.set(key, state[key]);
  const text = query.toString().replaceAll("%2C", ",");
  return "#" + encodeURIComponent(anchor) + (text ? "?" + text : "");
};

Page.writeAddress = (anchor, state, { push = false } = {}) => {
  const address = Page.address(anchor, state);
  const url = address === "#" ? location.href.split("#")[0] : address;
  if (address === (location.hash || "#")) return;
  try {
    history[push ? "pushState" : "replaceState"](null, "", url);
  } catch {
    /* Some viewers forbid it; the page works without. */
  }
};

/* Keeps something beside the address in the history. */
Page.writeState = (state) => {
  try {
    history.replaceState(state, "");
  } catch {
    /* As above. */
  }
};

/* The theme is set before anything is drawn. */
Page.darkByDefault = matchMedia("(prefers-color-scheme: dark)");
Page.isDark = () => (document.documentElement.dataset.theme || (Page.darkByDefault.matches ? "dark" : "light")) === "dark";
Page.remember = (theme) => {
  try {
    if (theme === undefined) return localStorage.getItem("claimgauge-theme");
    localStorage.setItem("claimgauge-theme", theme);
  } catch {
    /* No storage: the choice lasts as long as the page. */
  }
  return null;
};
document.documentElement.classList.add("js");
if (["dark", "light"].includes(Page.remember())) document.documentElement.dataset.theme = Page.remember();
