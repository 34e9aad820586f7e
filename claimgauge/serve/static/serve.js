"use strict";

const find = (selector) => document.querySelector(selector);

/** An element with text and children; what others wrote only ever becomes text. */
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const ask = async (path, options = {}) => {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { "X-Claimgauge": "1", ...options.headers } });
  } catch {
    throw new Error("The server does not answer; is `claimgauge serve` still running?");
  }
  const text = await answer.text();
  let value = {};
  try {
    value = JSON.parse(text);
  } catch {
    value = { error: text };
  }
  if (!answer.ok) throw new Error(value.error || `refused (${answer.status})`);
  return value;
};

const post = (path, value) =>
  ask(path, { method: "POST", body: JSON.stringify(value), headers: { "Content-Type": "application/json" } });

const send = (path, file, headers = {}) =>
  ask(path, { method: "POST", body: file, headers: { "X-Name": encodeURIComponent(file.name), ...headers } });

const say = (selector, text, fine = false) => {
  find(selector).textContent = text;
  find(selector).classList.toggle("fine", fine);
};

/** Leaves the keyboard at an element whose button is gone. */
const rest = (element) => {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
};

const verdict = (word) => make("span", { class: `word ${word}` }, word);

// ------------------------------------------------------------------------------------ a claim

const piece = ({ text, role, state }) => {
  if (state === "unread") return make("mark", { title: "not understood" }, text);
  if (state === "") return text;
  return make("span", { class: `piece ${state}`, title: role }, text);
};

const sentence = (words) => {
  const line = make("p", { class: "sentence", dir: "auto" });
  words.forEach((word, i) => {
    const spaced = i && words[0].state !== "" && words[0].state !== "unread" && !/^[.,;:!?)]/.test(word.text);
    line.append(spaced && !words.some((w) => w.state === "unread") ? " " : "", piece(word));
  });
  return line;
};

const rounded = (number) => Number(number.toFixed(4)).toString();

const value = (item) => {
  const shown = typeof item.value === "number" ? rounded(item.value) : item.value ?? "";
  return item.low === null || item.high === null ? shown : `${shown} [${rounded(item.low)}, ${rounded(item.high)}]`;
};

/** Cells that are shown without being asked for, and at most. */
const FEW = 6;
const MOST = 40;

const cells = (evidence) => {
  const rows = evidence.slice(0, MOST).map((item) =>
    make("tr", {}, make("td", {}, item.what), make("td", {}, value(item)), make("td", {}, `${item.source} (${item.provenance})`)));
  const few = evidence.length <= FEW ? { open: "" } : {};
  const more = evidence.length > rows.length ? `, ${rows.length} of them shown` : "";
  const count = evidence.length === 1 ? "1 cell" : `${evidence.length} cells`;
  return make("details", few, make("summary", {}, `${count} behind it${more}`),
    make("div", { class: "scroll" }, make("table", {}, make("tbody", {}, ...rows))));
};

/** What each word became, for those who cannot point at it. */
const became = (words) => make("details", {}, make("summary", {}, "What each word became"), make("div", { class: "became" },
  ...words.map(({ text, role }) => make("div", {}, make("b", {}, text), make("span", {}, role)))));

const rewordings = (found) => {
  const heading = found.rewording ? "This would be read:" : "How its names go together was not read. One of these may be meant:";
  const box = make("div", {}, make("p", {}, heading));
  for (const { text, left_out, replaced, chosen } of found.rewordings) {
    const button = make("button", { type: "button", class: "reword", "data-text": text }, text);
    button.addEventListener("click", () => check(text, found.claim));
    box.append(button);
    if (chosen.length) box.append(make("p", { class: "quiet" }, `Chosen for what was not read: ${chosen.map((word) => `“${word}”`).join(", ")}`));
    if (left_out.length) box.append(make("p", { class: "quiet" }, `Left out: ${left_out.join("; ")}`));
    for (const [written, said] of replaced) box.append(make("p", { class: "quiet" }, `“${said}” instead of “${written}”`));
  }
  return box;
};

/** Sentences to click that do not say what was pasted: they are checked for themselves. */
const others = (heading, items) => {
  const box = make("div", {}, make("p", {}, heading));
  for (const { text, quiet } of items) {
    const button = make("button", { type: "button", class: "reword", "data-text": text }, text);
    button.addEventListener("click", () => { find("#claim-text").value = text; check(text); });
    box.append(button);
    if (quiet) box.append(make("p", { class: "quiet" }, quiet));
  }
  return box;
};

const related = ({ suggestions }) =>
  others("No rewording says what it says. Of its names the evidence bears out:", suggestions.map(({ text, kept }) => (
    { text, quiet: `Keeps only ${kept.map((name) => `“${name}”`).join(", ")}, leaves out the rest` })));

// ------------------------------------------------------------------------------------ corrections

const SIGNED = "claimgauge-signed";
const signed = () => localStorage.getItem(SIGNED) || "";
const signature = ({ by, on }) => `${by ? ` by ${by}` : ""}${on ? ` on ${on}` : ""}`;

/** Keeps a reading, an assertion or a sentence, for the words of a claim; the claim is checked again. */
const keep = async (text, reads) => {
  await post("/corrections", { text, reads, by: signed() });
  await listCorrections();
  if (find("#reports tbody tr")) say("#kept-message", "Reports above keep their verdicts until you check them again.", true);
};

const undo = async ({ key }) => {
  await ask(`/corrections/${key}`, { method: "DELETE" });
  await listCorrections();
};

let kept = [];
const listCorrections = async () => {
  kept = (await ask("/corrections")).corrections;
  find("#kept").replaceChildren(...kept.map(correctionRow));
  if (!kept.length) find("#kept").append(make("li", { class: "quiet" }, "None: every sentence is read as it stands."));
};

const correctionRow = (one) => {
  const said = one.text || "A claim of a report";
  const back = make("button", { type: "button", class: "plain", "aria-label": `Undo the reading of ${said}` }, "undo");
  back.addEventListener("click", async () => {
    back.disabled = true;
    try {
      await undo(one);
      say("#kept-message", `“${said}” is read as it stands again.`, true);
      if (checked.trim()) check(checked);
    } catch (error) {
      say("#kept-message", error.message);
    }
    rest(find("#h-corrections"));
  });
  return make("li", {}, make("a", { href: `#claim=${encodeURIComponent(said)}`, dir: "auto" }, said), " ", back,
    make("div", { class: "quiet" }, "read as ", make("code", {}, one.reads), signature(one)));
};

/** A way back from a supplied reading. */
const undoing = (found) => {
  const { instead } = found.correction;
  const box = make("p", { class: "supplied" }, "Without this correction the sentence is ");
  box.append(...(instead ? ["read as ", make("code", {}, instead)] : ["not read"]), ". ");
  const one = kept.find(({ text }) => text === found.claim);
  if (one) {
    const button = make("button", { type: "button", class: "plain undo" }, "Undo");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await undo(one);
        check(found.claim);
      } catch (error) {
        box.replaceChildren(error.message);
      }
    });
    box.append(button);
  }
  return box;
};

/** A form to say what a claim means, as a sentence that is read or as an assertion. */
const correcting = (found) => {
  const reads = make("textarea", { rows: "2", class: "reads" });
  reads.value = found.assertion || found.rewording || "";
  const name = make("input", { type: "text", class: "signed", maxlength: "80", autocomplete: "name" });
  name.value = signed();
  const message = make("p", { class: "message", "aria-live": "polite" });
  const form = make("form", {}, make("label", {}, "A sentence that is read, or an assertion", reads),
    make("p", { class: "row" }, make("label", { class: "inline" }, "Your name, kept with it (may be empty) ", name),
      make("button", { type: "submit", class: "go" }, "Keep this reading")), message);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    localStorage.setItem(SIGNED, name.value.trim());
    try {
      await keep(found.claim, reads.value);
      check(found.claim);
    } catch (error) {
      message.textContent = error.message;
    }
  });
  return make("details", { class: "correct" }, make("summary", {}, "Correct how it is read"), form);
};

/** The offer to keep the reading of a rewording for the words that were pasted first. */
const keeping = (found, first) => {
  const box = make("p", {});
  const button = make("button", { type: "button", class: "plain keep" }, `Read “${first}” so in reports`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await keep(first, found.assertion);
      box.replaceChildren(`Kept: ${found.assertion}. `, make("a", { href: "#corrections" }, "All corrections"));
      rest(box);
    } catch (error) {
      box.replaceChildren(error.message);
    }
  });
  box.append(button);
  return box;
};

const shown = (found, first) => {
  const box = make("article", { class: `found ${found.verdict}` }, make("h3", {}, found.verdict_name), sentence(found.words));
  box.append(make("p", {}, found.reason));
  if (found.level !== "none") box.append(make("p", { class: "quiet" }, found.level_meaning));
  if (found.flags.length) box.append(make("p", { class: "quiet" }, `Flags: ${found.flags.join(", ")}`));
  if (found.rewordings.length) box.append(rewordings(found));
  if (found.suggestions.length) box.append(related(found));
  if (found.examples.length) box.append(others("This evidence can decide, for example (no rewordings):", found.examples.map((text) => ({ text }))));
  if (found.assertion) box.append(make("p", {}, "Read as ", make("code", {}, found.assertion)));
  if (found.words.some(({ role }) => role)) box.append(became(found.words));
  if (found.correction) box.append(undoing(found));
  if (first && found.assertion) box.append(keeping(found, first));
  if (found.settle) box.append(make("p", {}, `To settle it: ${found.settle.runs.join("; ")} on ${found.settle.targets.join(", ")}`));
  if (found.evidence.length) box.append(cells(found.evidence));
  box.append(correcting(found));
  return box;
};

let latest = 0;
let checked = "";
const check = async (text, first = "") => {
  const mine = ++latest;
  checked = text;
  const button = find("#claim-form button");
  const result = find("#claim-result");
  const inside = result.contains(document.activeElement);
  button.disabled = true;
  result.replaceChildren(make("p", { class: "quiet" }, "Checking …"));
  try {
    const found = await post("/check", { claim: text });
    if (mine !== latest) return;
    result.replaceChildren(shown(found, first));
    if (inside) rest(result.firstElementChild);
    if (first) find("#claim-text").value = text;
    const address = `#claim=${encodeURIComponent(text)}`;
    if (location.hash !== address) history.pushState({}, "", address);
  } catch (error) {
    if (mine === latest) result.replaceChildren(make("p", { class: "message" }, error.message));
  } finally {
    if (mine === latest) button.disabled = false;
  }
};

/** The claim of the address, so that going back and reloading show it again. */
const fromAddress = () => {
  if (!location.hash.startsWith("#claim=")) return;
  let text = location.hash.slice(7);
  try {
    text = decodeURIComponent(text);
  } catch { /* an address that somebody wrote by hand */ }
  find("#claim-text").value = text;
  find("#claim").scrollIntoView();
  check(text);
};

// ------------------------------------------------------------------------------------ reports

const counts = (verdicts) => {
  const cell = make("td", {});
  Object.entries(verdicts).forEach(([word, n], i) => cell.append(i ? ", " : "", `${n} `, verdict(word)));
  return cell;
};

const reportRow = (report) => {
  const state = { waiting: "being checked", failed: report.message, done: report.asked.replace("T", " ").replace("+00:00", " UTC") };
  const last = make("td", {});
  if (report.state === "done") last.append(make("a", { href: `/reports/${report.id}/page` }, "open"), " ");
  if (report.state !== "waiting") {
    const again = make("button", { type: "button", class: "plain" }, "check again");
    again.addEventListener("click", async () => { await ask(`/reports/${report.id}`, { method: "POST" }); await listReports(); });
    last.append(again);
  }
  return make("tr", { "data-state": report.state, "data-report": report.id }, make("td", { dir: "auto" }, report.name), make("td", {}, state[report.state]), counts(report.verdicts), last);
};

let timer = 0;
const listReports = async () => {
  clearTimeout(timer);
  try {
    const { reports } = await ask("/reports");
    const held = document.activeElement.closest("#reports tr");
    const tag = document.activeElement.localName;
    find("#reports tbody").replaceChildren(...reports.map(reportRow));
    if (held) {
      const row = find(`#reports tr[data-report="${held.dataset.report}"]`);
      rest(row.querySelector(tag) || row.querySelector("a") || row);
    }
    if (reports.some((report) => report.state === "waiting")) timer = setTimeout(listReports, 700);
    else await search();
  } catch (error) {
    say("#report-message", error.message);
  }
};

const sendReports = async (files) => {
  say("#report-message", "");
  for (const file of files) {
    try {
      await send("/reports", file);
    } catch (error) {
      say("#report-message", `${file.name}: ${error.message}`);
    }
  }
  await listReports();
};

// ------------------------------------------------------------------------------------ evidence

const KIND = { tables: "a table", results: "results" };

const fileRow = (file) => {
  const row = make("li", {}, make("b", {}, file.name), ` ${KIND[file.kind]}`, file.rows === undefined ? "" : `, ${file.rows} rows `);
  if (!file.fixed) {
    const drop = make("button", { type: "button", class: "plain", "aria-label": `Remove ${file.name}` }, "remove");
    drop.addEventListener("click", async () => {
      drop.disabled = true;
      await ask(`/evidence/${encodeURIComponent(file.name)}`, { method: "DELETE" });
      say("#evidence-message", "");
      await changed();
      find("#evidence-files").focus();
    });
    row.append(drop);
  }
  for (const remark of file.remarks || []) row.append(make("div", { class: "quiet" }, remark));
  return row;
};

const listEvidence = async () => {
  const { built_in: builtIn, files } = await ask("/evidence");
  find("#built-in").textContent = `${builtIn ? "The built-in published scores" : "Without the built-in scores"}${files.length ? ", and:" : "."}`;
  find("#files").replaceChildren(...files.map(fileRow));
};

/** After other evidence: the claim that is shown is checked again. */
const changed = async () => {
  await listEvidence();
  if (checked.trim()) check(checked);
};

const sendEvidence = async (files) => {
  const said = [];
  say("#evidence-message", "Reading …", true);
  for (const file of files) {
    try {
      const kept = await send("/evidence", file, { "X-Assume": encodeURIComponent(find("#assume").value) });
      said.push(`${kept.name}: read as ${KIND[kept.kind]}`);
    } catch (error) {
      said.push(error.message);
      find("#evidence-message").classList.remove("fine");
    }
  }
  if (find("#reports tbody tr")) said.push("Reports above keep their verdicts until you check them again.");
  find("#evidence-message").textContent = said.join("\n");
  await changed();
};

// ------------------------------------------------------------------------------------ ledger

const claimRow = (claim) => {
  const words = make("td", { dir: "auto" }, claim.text);
  words.append(make("div", { class: "quiet" }, claim.reason, " ",
    make("a", { href: `#claim=${encodeURIComponent(claim.text)}`, "aria-label": `Check or correct: ${claim.text}` }, "check or correct")));
  const first = make("td", {}, verdict(claim.verdict));
  if (claim.before) first.append(make("div", { class: "quiet" }, `before: ${claim.before}`));
  return make("tr", {}, first, words, make("td", {}, make("a", { href: `/reports/${claim.report}/page` }, claim.name), ` ${claim.id}`));
};

const search = async () => {
  const query = new URLSearchParams({ words: find("#ledger-words").value });
  if (find("#ledger-verdict").value) query.append("verdict", find("#ledger-verdict").value);
  const { claims } = await ask(`/claims?${query}`);
  find("#claims tbody").replaceChildren(...claims.map(claimRow));
  const asked = find("#ledger-words").value || find("#ledger-verdict").value;
  find("#ledger-message").textContent = claims.length ? "" : asked ? "No claim of a report is like that." : "No report was checked yet.";
};

// ------------------------------------------------------------------------------------ the page

const dropping = (selector, take) => {
  const zone = find(selector);
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("dropping"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("dropping"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("dropping");
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
};

const onSubmit = (selector, act) => find(selector).addEventListener("submit", (event) => { event.preventDefault(); act(); });

onSubmit("#claim-form", () => check(find("#claim-text").value));
find("#claim-text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) check(event.target.value);
});
onSubmit("#report-form", async () => {
  const text = find("#report-text").value;
  const files = [...find("#report-files").files];
  if (text.trim()) files.unshift(new File([text], "pasted.md"));
  if (!files.length) return say("#report-message", "Paste a text or choose a file first.");
  await sendReports(files);
  find("#report-form").reset();
});
onSubmit("#evidence-form", async () => {
  const files = [...find("#evidence-files").files];
  if (!files.length) return say("#evidence-message", "Choose a file first.");
  await sendEvidence(files);
  find("#evidence-files").value = "";
});
onSubmit("#ledger-form", search);
dropping("#report", sendReports);
dropping("#evidence", sendEvidence);
addEventListener("unhandledrejection", ({ reason }) => { say("#page-message", reason.message); });
addEventListener("popstate", fromAddress);
addEventListener("hashchange", fromAddress);
listEvidence();
listReports();
listCorrections().finally(fromAddress);
