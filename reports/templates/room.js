/* Room for what is not drawn: as high as it was when it was, or as its like are. Heights in pixels. */
Page.Room = class {
  constructor() {
    this.claim = 150;
    this.head = 170;
  }

  heightOf({ place, claims, height }) {
    return place ? claims.reduce((sum, claim) => sum + (claim.height || this.claim), 0) : height || this.head;
  }

  /* A block that is not drawn in an open report. */
  keep(block) {
    block.element.style.height = `${this.heightOf(block)}px`;
  }

  reserve({ reports, open, drawn }) {
    for (const report of reports) {
      report.height = report.blocks.reduce((sum, block) => sum + this.heightOf(block), 0);
      if (open.has(report)) for (const block of report.blocks) if (!drawn.has(block)) this.keep(block);
    }
    this.fillGaps({ reports, open });
  }

  /* Closed reports are not laid out: a gap before the next open one is as high as they would be. */
  fillGaps({ reports, open }) {
    let height = 0;
    for (const report of reports) {
      if (!open.has(report)) {
        height += report.height;
        continue;
      }
      const { gap, section } = report;
      gap.style.height = `${height}px`;
      if (gap.nextSibling !== section) section.before(gap);
      height = 0;
    }
  }

  /* The reports in the window and so many pixels above and below. The first one is always open. */
  reportsNear({ reports, open }, margin) {
    const found = [];
    let top = 0;
    for (const report of reports) {
      const place = open.has(report) ? report.section.getBoundingClientRect() : { top, bottom: top + report.height };
      if (place.top > innerHeight + margin) break;
      if (place.bottom >= -margin) found.push(report);
      top = place.bottom;
    }
    return found;
  }

  measure(blocks, reports = []) {
    for (const block of blocks) {
      block.height = block.element.getBoundingClientRect().height;
      for (const claim of block.claims) claim.height = claim.element.getBoundingClientRect().height;
    }
    for (const report of reports) report.height = report.section.getBoundingClientRect().height;
  }

  /* Takes from what is drawn how high a row and the head of a report are; returns whether that is news. */
  learn(drawn) {
    const mean = (all) => all.reduce((sum, height) => sum + height, 0) / all.length;
    const { claim, head } = this;
    const blocks = [...drawn];
    this.measure(blocks);
    const claims = blocks.flatMap((block) => block.claims.map((one) => one.height));
    const heads = blocks.filter((block) => !block.place).map((block) => block.height);
    if (claims.length) this.claim = mean(claims);
    if (heads.length) this.head = mean(heads);
    return Math.abs(this.claim / claim - 1) > 0.05 || Math.abs(this.head / head - 1) > 0.05;
  }

  /* In a window of another width all heights are others. */
  forget(reports) {
    for (const { blocks } of reports) {
      for (const block of blocks) {
        block.height = 0;
        for (const claim of block.claims) claim.height = 0;
      }
    }
  }
};
