/* Which rows are drawn. A page of few claims draws them all. A long one draws those near the window: far
   reports stand closed, in open ones the blocks of far rows are empty, and room is kept for both, so that
   scrolling, anchors and the order of tabbing stay as if all were there. */
Page.Rows = class {
  constructor(total) {
    this.long = total > Page.ALL_DRAWN;
    this.whole = !this.long;
    this.reports = [];
    this.open = new Set();
    this.drawn = new Set();
    this.blockOf = new WeakMap();
    this.room = new Page.Room();
    if (this.long) this.watch();
  }

  watch() {
    const soon = (work) => {
      let asked = 0;
      return () => {
        cancelAnimationFrame(asked);
        asked = requestAnimationFrame(work);
      };
    };
    addEventListener("scroll", soon(() => this.view()), { passive: true });
    addEventListener("resize", soon(() => this.resize()));
    document.addEventListener("focusin", () => this.view());
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
  }

  /* Gives a report its rows in their order; null hides the report. What has not changed stays as it is.
     Returns whether anything has. */
  lay(report, claims) {
    const { laid } = report;
    if (laid && claims && laid.length === claims.length && laid.every((claim, i) => claim === claims[i])) return false;
    if (laid === claims) return false;
    if (this.open.has(report)) this.close(report);
    report.laid = claims;
    report.blocks = claims ? this.blocksOf(report, claims) : [];
    return true;
  }

  blocksOf(report, claims) {
    const size = this.long ? Page.BLOCK : Math.max(1, claims.length);
    const blocks = [{ report, place: 0, claims: [], from: 0, element: null, height: 0 }];
    for (let from = 0; from < claims.length; from += size) {
      const block = { report, place: blocks.length, claims: claims.slice(from, from + size), from, element: null, height: 0 };
      for (const claim of block.claims) claim.block = block;
      blocks.push(block);
    }
    return blocks;
  }

  /* Draws what is near the window after rows were laid anew. */
  arrange(reports) {
    this.reports = reports.filter((report) => report.laid);
    this.reports.forEach((report, place) => (report.place = place));
    if (this.whole) return this.drawAll();
    this.room.reserve(this);
    this.view();
    if (this.room.learn(this.drawn)) {
      this.room.reserve(this);
      this.view();
    }
    return undefined;
  }

  /* Draws what comes near the window and lets go of what is far; returns whether anything was drawn. */
  view() {
    if (this.whole) return false;
    const seen = Page.KEEPS_PLACE ? null : document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest(".claim");
    const top = seen?.getBoundingClientRect().top;
    let drew = this.drawAny(this.kept());
    while (this.drawAny(this.opened(innerHeight))) drew = true;
    this.letGo();
    const moved = seen ? seen.getBoundingClientRect().top - top : 0;
    if (moved) scrollBy(0, moved);
    return drew;
  }

  /* What is drawn wherever the window is: both ends, for those who come there with the Tab key, and what
     holds the focus or an end of the selection, with its neighbours. */
  kept() {
    const { anchorNode, focusNode } = getSelection();
    const held = [document.activeElement, anchorNode, focusNode].map((node) => this.around(node)).filter(Boolean);
    const ends = [this.reports.at(0)?.blocks.at(0), this.reports.at(0)?.blocks.at(1), this.reports.at(-1)?.blocks.at(-1)];
    return [...ends, ...held.flatMap((block) => [this.beside(block, -1), block, this.beside(block, 1)])].filter(Boolean);
  }

  around(node) {
    const element = node && (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
    return element && this.blockOf.get(element.closest(".head, .claims"));
  }

  beside({ report, place }, step) {
    return report.blocks[place + step] || this.reports[report.place + step]?.blocks.at(step < 0 ? -1 : 0);
  }

  /* The blocks in the window and so many pixels above and below; reports that come so near are opened. */
  opened(margin) {
    while (this.unclose(...this.room.reportsNear(this, margin).filter((report) => !this.open.has(report))));
    return this.near(margin);
  }

  /* Those among them whose reports are open. */
  near(margin) {
    const reports = this.room.reportsNear(this, margin).filter((report) => this.open.has(report));
    return reports.flatMap((report) => Page.within(report.blocks, margin));
  }

  drawAny(blocks) {
    const fresh = blocks.filter((block) => !this.drawn.has(block));
    this.unclose(...fresh.map((block) => block.report).filter((report) => !this.open.has(report)));
    for (const block of fresh) this.draw(block);
    return fresh.length > 0;
  }

  drawAll() {
    this.drawAny(this.reports.flatMap((report) => report.blocks));
  }

  draw(block) {
    this.drawn.add(block);
    block.element.style.height = "";
    if (block.place === 0) block.element.replaceChildren(Page.elements(block.report.head));
    else block.element.replaceChildren(...block.claims.map((claim) => claim.element));
    if (this.long) this.number(block);
  }

  /* Says which of how many rows these are, to readers who cannot see it. */
  number({ claims, from, report }) {
    claims.forEach(({ element }, i) => {
      element.setAttribute("aria-posinset", from + i + 1);
      element.setAttribute("aria-setsize", report.laid.length);
    });
  }

  unclose(...reports) {
    for (const report of reports) {
      this.open.add(report);
      for (const block of report.blocks) {
        block.element = document.createElement(block.place ? "ol" : "div");
        block.element.className = block.place ? "claims" : "head";
        this.blockOf.set(block.element, block);
        if (this.long) this.room.keep(block);
      }
      report.section.replaceChildren(report.source, ...report.blocks.map((block) => block.element));
      report.section.classList.add("open");
    }
    if (reports.length && this.long) this.room.fillGaps(this);
    return reports.length > 0;
  }

  close(report) {
    this.open.delete(report);
    for (const block of report.blocks) this.empty(block);
    report.section.replaceChildren(report.source);
    report.section.classList.remove("open");
    report.gap.remove();
  }

  empty(block) {
    this.drawn.delete(block);
    if (this.long) for (const claim of block.claims) claim.forget();
    block.element.replaceChildren();
  }

  letGo() {
    const near = new Set([...this.near(3 * innerHeight), ...this.kept()]);
    const reports = new Set([...near].map((block) => block.report));
    const far = [...this.drawn].filter((block) => !near.has(block));
    const closing = [...this.open].filter((report) => !reports.has(report));
    this.room.measure(far, closing);
    for (const report of closing) this.close(report);
    for (const block of far) {
      if (!this.open.has(block.report)) continue;
      this.empty(block);
      this.room.keep(block);
    }
    if (closing.length) this.room.fillGaps(this);
  }

  resize() {
    this.room.forget(this.reports);
    this.room.learn(this.drawn);
    this.room.reserve(this);
    this.view();
  }

  /* Paper has no window. */
  print(begins) {
    this.whole = begins;
    if (begins) this.drawAll();
    else this.view();
  }

  /* The row of a claim that is laid, and the section of a report, drawn wherever they are. */
  row(claim) {
    this.drawAny([claim.block]);
    return claim.element;
  }

  section(report) {
    this.drawAny([report.blocks[0]]);
    return report.section;
  }
};

/* Up to so many claims a page draws them all; above, in blocks of so many. */
Page.ALL_DRAWN = 200;
Page.BLOCK = 10;

/* Whether the browser itself keeps what is read in its place while rows above it get their true heights. */
Page.KEEPS_PLACE = CSS.supports("overflow-anchor", "auto");

/* Those of some blocks, which stand one below the other, that lie in the window or so many pixels around it. */
Page.within = (blocks, margin) => {
  const place = (i) => blocks[i].element.getBoundingClientRect();
  let from = 0;
  for (let to = blocks.length; from < to; ) {
    const middle = (from + to) >> 1;
    if (place(middle).bottom < -margin) from = middle + 1;
    else to = middle;
  }
  let end = from;
  while (end < blocks.length && place(end).top < innerHeight + margin) end += 1;
  return blocks.slice(from, end);
};
