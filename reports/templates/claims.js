/* The claims as the document holds them: as text in <noscript>, which a browser reads quickly.
   All words in it are escaped, so what stands between < and > is our own markup. */
Page.Claim = class {
  constructor(report, markup, [, anchor, verdict, mark, standing, confidence]) {
    this.report = report;
    this.markup = markup;
    this.anchor = anchor;
    this.verdict = verdict;
    this.mark = mark;
    this.standing = standing;
    this.flags = Page.flags(markup);
    this.confidence = confidence === "" ? null : Number(confidence);
    this.block = null;
    this.place = 0;
    this.height = 0;
    this.marked = false;
    this.made = null;
    this.folded = null;
  }

  /* The row, made when it is first looked at; what lies in its drawer stays text until it is opened. */
  get element() {
    if (!this.made) {
      const drawer = this.markup.indexOf("<details class=drawer>");
      const from = this.markup.indexOf("</summary>", drawer) + "</summary>".length;
      const to = this.markup.lastIndexOf("</details>");
      this.made = Page.elements(drawer < 0 ? this.markup : this.markup.slice(0, from) + this.markup.slice(to)).firstElementChild;
      if (drawer >= 0) this.fold(this.markup.slice(from, to));
      this.explain();
    }
    this.made.classList.toggle("marked", this.marked);
    return this.made;
  }

  fold(markup) {
    const drawer = this.made.querySelector(".drawer");
    drawer.folded = this.inside(markup);
    drawer.firstElementChild.append(Page.elements(`<span class="quiet">${Page.contents(markup)}</span>`));
  }

  inside(markup) {
    const flags = this.flags.map((flag) => `<div><dt>${flag}</dt><dd>${Page.meanings()[flag] || ""}</dd></div>`).join("");
    const help = flags && `<section class="help"><h4>Flags</h4><dl class="meanings">${flags}</dl></section>`;
    const [before, line] = markup.split(/(?=<p data-piece=line>)/);
    return `<div class="inside">${Page.pieced(before)}${help}${Page.pieced(line || "")}</div>`;
  }

  /* What the page says elsewhere of level, mark and standing shows where they are pointed at. */
  explain() {
    const title = (selector, text) => this.made.querySelector(selector)?.setAttribute("title", text);
    const named = (value) => document.querySelector(`#mark option[value="${value}"]`)?.title || "";
    const level = this.made.querySelector(".level");
    if (level) level.title = Page.meanings()[level.textContent];
    title(".mark", `The report's own mark and confidence: ${named(this.mark)}`);
    title(".note", named(this.standing));
    this.made.querySelector(".flags")?.setAttribute("aria-label", "Flags");
    if (Page.isServed()) this.made.querySelector(".reason").append(" ", this.correcting());
  }

  correcting() {
    const said = this.made.querySelector(".text").firstChild?.data || "";
    return Page.elements(`<a class="quiet" href="/#claim=${encodeURIComponent(said)}">Check or correct</a>`);
  }

  highlight(on) {
    this.marked = on;
    this.made?.classList.toggle("marked", on);
  }

  /* Forgets the row, unless the reader is in it or has opened its drawer. */
  forget() {
    if (this.made && !this.made.contains(document.activeElement) && !this.made.querySelector(".drawer[open]")) this.made = null;
  }

  /* What a search looks into. */
  get text() {
    if (this.folded === null) this.folded = Page.folded(Page.wordsOf(Page.pieced(this.markup)));
    return this.folded;
  }
};

Page.Report = class {
  constructor(section) {
    this.section = section;
    this.number = section.dataset.report;
    this.source = section.querySelector("noscript");
    section.classList.remove("open");
    const { head, claims } = Page.readings.get(section) || Page.reading(section);
    Page.readings.delete(section);
    this.head = head;
    this.claims = claims.map(([markup, found]) => new Page.Claim(this, markup, found));
    this.blocks = [];
    this.laid = null;
    this.place = 0;
    this.height = 0;
    this.gap = document.createElement("div");
    this.gap.className = "gap";
  }

  get name() {
    return Page.plain(/<h2[^>]*>(.*?)<\/h2>/s.exec(this.head)[1]);
  }
};

/* What claims share stands once behind them, by kind; a claim holds the places of its pieces. */
Page.pieces = (kind) => {
  if (!(kind in Page.PIECES)) {
    const text = document.querySelector(`[data-pieces="${kind}"] noscript`)?.textContent || "";
    Page.PIECES[kind] = text.split("<!---->").slice(1, -1);
  }
  return Page.PIECES[kind];
};

Page.PIECES = {};

Page.pieced = (markup) =>
  markup.replace(/<(p|ul|div) data-piece=(\w+)>(.*?)<\/\1>/gs, (_, tag, kind, held) => {
    const [before, after] = Page.AROUND[kind];
    if (!document.querySelector(`[data-pieces="${kind}"]`)) return before + Page.pieced(held) + after;
    const { places, more } = Page.places(held);
    const drawn = places.map((place) => Page.pieces(kind)[place]);
    return before.replace("{}", Page.counted(Page.count(held), "missing cell")) + drawn.join(kind === "toml" ? "\n\n" : "") + after.replace("{}", more && `<p class="quiet">${more}</p>`);
  });

/* "0 4 7 and 12 more": places of pieces, and what is said of those left out. */
Page.places = (held) => {
  const [, places, more] = /^([\d ]*?)(?: (and .*))?$/.exec(held);
  return { places: places.split(" "), more: more || "" };
};

Page.count = (held) => {
  const { places, more } = Page.places(held);
  return places.length + Number(/[\d,]+/.exec(more)?.[0].replaceAll(",", "") || 0);
};

Page.counted = (count, thing) => `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;

Page.held = (markup, kind) => new RegExp(`<p data-piece=${kind}>(.*?)</p>`, "s").exec(markup)?.[1];

/* How much lies in a drawer. */
Page.contents = (markup) => {
  const counts = [["row", "item"], ["cell", "missing cell"]].map(([kind, thing]) => [Page.held(markup, kind), thing]);
  return counts.map(([held, thing]) => (held ? ` · ${Page.counted(Page.count(held), thing)}` : "")).join("");
};

/* What the legend says of a level or a flag. */
Page.meanings = () => {
  Page.MEANINGS ||= Object.fromEntries([...document.querySelectorAll(".legend dl > div")].map(({ children: [word, meaning] }) => [word.textContent, meaning.innerHTML]));
  return Page.MEANINGS;
};

Page.headed = (heading, before, after) => [`<section><h4>${heading}</h4>${before}`, `${after}</section>`];

Page.COPY = '</code><button type="button" class="plain copy">Copy</button></div>';

Page.AROUND = {
  read: Page.headed("Read as", '<div class="assertion"><code>', Page.COPY),
  reworded: Page.headed("This would be read", '<div class="assertion"><code>', Page.COPY),
  meant: Page.headed("One of these may be meant", '<div class="assertion"><code>', Page.COPY),
  related: Page.headed("Not what it says, but borne out on its names", '<div class="assertion"><code>', Page.COPY),
  parts: Page.headed("Parts", '<ul class="parts">', "</ul>"),
  defined: Page.headed("Vague words, as defined", '<ul class="plainlist">', "</ul>"),
  otherwise: Page.headed("Other readings", '<ul class="plainlist">', "</ul>"),
  row: Page.headed(
    "Evidence",
    `<p><button type="button" class="plain csv">Save as CSV</button></p><div class="scroll" tabindex="0" role="region" aria-label="Evidence">
<table class="evidence"><thead><tr><th scope="col">What</th><th scope="col" class="num">Value</th><th scope="col" class="num">Interval</th><th scope="col">Source</th><th scope="col">Provenance</th><th scope="col">Role</th></tr></thead><tbody>`,
    "</tbody></table></div>",
  ),
  word: Page.headed("What each word became", '<ul class="certificate">', "</ul>"),
  line: ['<p class="quiet">Line ', ".</p>"],
  plan: Page.headed("What would settle it", '<dl class="meanings">', "</dl>"),
  train: ["<div><dt>train</dt><dd>", "</dd></div>"],
  evaluate: ["<div><dt>evaluate</dt><dd>", "</dd></div>"],
  toml: ['<div><dt>plan</dt><dd><details class="more"><summary>for claimgauge run</summary><pre>', "</pre></details></dd></div>"],
  cell: ['<section class="missing"><details class="more"><summary>{}</summary><ul class="cells">', "</ul>{}</details></section>"],
};

/* The flags of a claim, as its list of them names them. */
Page.flags = (markup) => {
  const [, list] = /<ul class=flags><li>(.*?)<\/li><\/ul>/.exec(markup) || [];
  return list ? list.split("</li><li>") : [];
};

/* Where a claim begins, with its anchor, verdict, mark, standing and confidence. */
Page.CLAIM = /<li class=claim id=(\S+) data-is="(\S+) (\S+) (\S+) ([^"]*)">/g;

/* What stands in a report: its head, and the markup of each claim. */
Page.reading = (section) => {
  const text = section.querySelector("noscript").textContent;
  const list = text.indexOf('<ol class="claims">');
  if (list < 0) return { head: text, claims: [] };
  const found = [...text.matchAll(Page.CLAIM)];
  const ends = [...found.slice(1).map((next) => next.index), text.lastIndexOf("</ol>")];
  return { head: text.slice(0, list), claims: found.map((one, i) => [text.slice(one.index, ends[i]), one]) };
};

/* Reports are read while the document still arrives, so that there is no long stretch of work at its end. */
Page.readings = new WeakMap();
Page.readEarly = (next = 0) => {
  const sections = document.getElementsByClassName("report");
  let place = next;
  for (; place < sections.length && sections[place].nextElementSibling; place += 1) {
    Page.readings.set(sections[place], Page.reading(sections[place]));
  }
  if (document.readyState === "loading") setTimeout(() => Page.readEarly(place), 30);
};
Page.readEarly();

Page.elements = (markup) => {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content;
};

/* What stands folded is made into elements when somebody opens it. */
Page.unfold = (details) => {
  if (!details || !details.folded) return;
  details.append(Page.elements(details.folded));
  details.folded = "";
};

/* The words of some markup, without those of the page itself. */
Page.wordsOf = (markup) =>
  Page.plain(markup.replace(Page.OWN, " "));

/* Tags, and what the page itself says: buttons, headings, the meanings of flags. */
Page.OWN =
  /(?:<(?:button\b.*?<\/button|summary\b.*?<\/summary|h4\b.*?<\/h4|thead\b.*?<\/thead|svg\b.*?<\/svg|section class="help">.*?<\/section|[^>]*)>\s*)+/gs;

Page.plain = (text) => text.replace(/&(?:amp|lt|gt|#34|#39);/g, (sign) => Page.SIGNS[sign]);

Page.SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };

Page.folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s{2,}|[^\S ]/g, " ");

/* Words, and phrases in quotation marks; all of them must occur. */
Page.words = (query) =>
  [...Page.folded(query).matchAll(/"([^"]+)"|(\S+)/g)].map((found) => found[1] || found[2].replaceAll('"', "")).filter(Boolean);
