/* The claims: read from the document once, then filtered, searched and sorted. */
Page.List = class {
  constructor() {
    this.reports = [...document.querySelectorAll(".report")].map((section) => ({
      section,
      number: section.dataset.report,
      list: section.querySelector(".claims"),
      claims: [],
    }));
    this.claims = [];
    for (const report of this.reports) {
      for (const element of report.list ? report.list.children : []) {
        const claim = this.claimOf(element, report.number, this.claims.length);
        report.claims.push(claim);
        this.claims.push(claim);
      }
    }
    this.order = "";
    this.prepare(0);
  }

  /* Reads the texts to search in whenever the page has nothing else to do. */
  prepare(next) {
    const idle = window.requestIdleCallback || ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 30));
    if (next < this.claims.length) {
      idle((time) => {
        while (next < this.claims.length && time.timeRemaining() > 1) this.read(this.claims[next++]);
        this.prepare(next);
      });
    }
  }

  read(claim) {
    if (claim.text === null) claim.text = Page.folded(Page.textOf(claim.element));
  }

  claimOf(element, report, place) {
    const { verdict, mark, standing, flags, confidence } = element.dataset;
    const number = confidence === "" ? null : Number(confidence);
    return { element, report, place, verdict, mark, standing, flags: flags.split(" "), confidence: number, text: null };
  }

  /* Shows the claims that fit; returns how many. */
  apply(state) {
    const words = Page.words(state.q);
    let shown = 0;
    for (const report of this.reports) {
      let here = 0;
      for (const claim of report.claims) {
        const fits = this.fits(claim, state, words);
        if (claim.element.hidden === fits) claim.element.hidden = !fits;
        here += fits;
      }
      const filtered = state.verdict.size || state.mark || state.flag || words.length || state.report;
      report.section.hidden = Boolean(filtered) && !here && !(state.report === report.number && !report.claims.length);
      shown += here;
    }
    this.sort(state.sort);
    return shown;
  }

  fits(claim, state, words) {
    return (
      (!state.verdict.size || state.verdict.has(claim.verdict)) &&
      (!state.mark || state.mark === claim.mark || state.mark === claim.standing) &&
      (!state.flag || claim.flags.includes(state.flag)) &&
      (!state.report || state.report === claim.report) &&
      (!words.length || this.holds(claim, words))
    );
  }

  holds(claim, words) {
    this.read(claim);
    return words.every((word) => claim.text.includes(word));
  }

  /* Sorts within each report; the elements move, so that tabbing follows the order seen. */
  sort(order) {
    if (order === this.order) return;
    this.order = order;
    const compare = Page.ORDERS[order] || Page.ORDERS[""];
    for (const { list, claims } of this.reports) {
      if (list) list.append(...[...claims].sort(compare).map((claim) => claim.element));
    }
  }
};

Page.VERDICTS = ["refuted", "mixed", "inconclusive", "needs-data", "not-testable", "supported"];

Page.byConfidence = (sign) => (a, b) => {
  if (a.confidence === null || b.confidence === null) {
    return (a.confidence === null) - (b.confidence === null) || a.place - b.place;
  }
  return sign * (a.confidence - b.confidence) || a.place - b.place;
};

Page.ORDERS = {
  "": (a, b) => a.place - b.place,
  verdict: (a, b) => Page.VERDICTS.indexOf(a.verdict) - Page.VERDICTS.indexOf(b.verdict) || a.place - b.place,
  confidence: Page.byConfidence(-1),
  "-confidence": Page.byConfidence(1),
};

/* What stands folded in a drawer; browsers keep it as text as long as nobody looks, so that long pages open quickly. */
Page.unfold = (drawer) => {
  const folded = drawer && drawer.querySelector("noscript");
  if (!folded) return;
  const template = document.createElement("template");
  template.innerHTML = folded.textContent;
  folded.replaceWith(template.content);
};

/* The words of a claim, without those of the page itself. */
Page.textOf = (element) => {
  const kinds = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walker = document.createTreeWalker(element, kinds, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    if (node.matches("noscript")) found.push(Page.wordsOf(node.textContent));
    return node.matches(Page.OWN) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode.data);
  return found.join(" ");
};

Page.OWN = "button, summary, h4, thead, .help, svg, noscript";

/* The words of what stands folded: our own markup, in which all other text is escaped. */
Page.wordsOf = (markup) =>
  markup
    .replace(/<(button|summary|h4|thead|svg)\b.*?<\/\1>|<section class="help">.*?<\/section>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:amp|lt|gt|#34|#39);/g, (sign) => Page.SIGNS[sign]);

Page.SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };

Page.folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");

/* Words, and phrases in quotation marks; all of them must occur. */
Page.words = (query) =>
  [...Page.folded(query).matchAll(/"([^"]+)"|(\S+)/g)].map((found) => found[1] || found[2].replaceAll('"', "")).filter(Boolean);
