/* Which claims are shown, and in which order. */
Page.List = class {
  constructor() {
    for (const left of document.querySelectorAll(".gap")) left.remove(); /* in a page that was saved from a window */
    this.reports = [...document.querySelectorAll(".report")].map((section) => new Page.Report(section));
    this.claims = this.reports.flatMap((report) => report.claims);
    this.anchors = new Map();
    this.claims.forEach((claim, place) => {
      claim.place = place;
      if (!this.anchors.has(claim.anchor)) this.anchors.set(claim.anchor, claim);
    });
    this.rows = new Page.Rows(this.claims.length);
    this.unread = 0;
    this.waiting = null;
    this.marked = undefined;
    this.prepare();
  }

  /* The claim of an anchor; the first report may be named in it. */
  find(name) {
    return this.anchors.get(name) || this.anchors.get(name.replace(/^r1-/, ""));
  }

  /* Reads the texts to search in whenever the page has nothing else to do. */
  prepare() {
    const idle = window.requestIdleCallback || ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 30));
    idle((time) => {
      const end = performance.now() + Math.min(time.timeRemaining(), Page.SLICE);
      if (!this.read(() => performance.now() < end)) this.prepare();
    });
  }

  /* Reads texts as long as there is time; returns whether all are read. */
  read(more) {
    while (this.unread < this.claims.length && more()) void this.claims[this.unread++].text;
    return this.unread >= this.claims.length;
  }

  /* Calls back when a search can be answered: at once or, where many texts are still unread, after
     slices of work between which the page goes on. A later call takes the place of one that waits. */
  ready(state, then) {
    const hurries = this.waiting;
    this.waiting = null;
    if (!state.q || this.claims.length - this.unread <= Page.READ_AT_ONCE) return then();
    this.waiting = then;
    if (!hurries) this.hurry();
    return undefined;
  }

  hurry() {
    const end = performance.now() + Page.SLICE;
    const all = this.read(() => performance.now() < end);
    const then = this.waiting;
    if (!then) return;
    if (!all) return void setTimeout(() => this.hurry());
    this.waiting = null;
    then();
  }

  /* Whether a claim is among those that are shown. */
  shows(claim) {
    return Boolean(claim.report.laid && claim.report.laid.includes(claim));
  }

  /* Marks one claim, or none. */
  highlight(claim) {
    for (const one of [this.marked, claim]) if (one) one.highlight(one === claim);
    this.marked = claim;
  }

  /* Shows the claims that fit; returns how many. */
  apply(state) {
    const words = Page.words(state.q);
    const filtered = state.verdict.size || state.mark || state.flag || words.length || state.report;
    const compare = Page.ORDERS[state.sort] || Page.ORDERS[""];
    const focus = document.activeElement;
    let shown = 0;
    let changed = false;
    for (const report of this.reports) {
      const claims = report.claims.filter((claim) => this.fits(claim, state, words)).sort(compare);
      const away = filtered && !claims.length && !(state.report === report.number && !report.claims.length);
      changed = this.rows.lay(report, away ? null : claims) || changed;
      shown += claims.length;
    }
    Page.byId("s-claims").classList.toggle("filtered", shown < this.claims.length);
    if (changed) this.rows.arrange(this.reports);
    if (focus !== document.activeElement && focus.isConnected) focus.focus({ preventScroll: true });
    return shown;
  }

  fits(claim, state, words) {
    return (
      (!state.verdict.size || state.verdict.has(claim.verdict)) &&
      (!state.mark || state.mark === claim.mark || state.mark === claim.standing) &&
      (!state.flag || claim.flags.includes(state.flag)) &&
      (!state.report || state.report === claim.report.number) &&
      words.every((word) => claim.text.includes(word))
    );
  }
};

/* Texts that are read without a pause that could be felt, and how long a slice of reading may take, in milliseconds. */
Page.READ_AT_ONCE = 200;
Page.SLICE = 16;

Page.VERDICTS = ["refuted", "mixed", "inconclusive", "needs-data", "not-testable", "supported"];

/* Sorting is within each report. */
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
