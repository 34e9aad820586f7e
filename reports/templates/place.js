/* Where the window stands. Rows get their true heights only as they are drawn, so a place is looked at
   again until it holds, and is known by the claim that is read there, not by its distance from the top. */
Page.Place = class {
  constructor(list, bar) {
    this.list = list;
    this.rows = list.rows;
    this.bar = bar;
    this.turn = 0;
    for (const sign of ["wheel", "touchmove"]) addEventListener(sign, () => (this.turn += 1), { passive: true });
    if (this.rows.long) this.watch();
  }

  /* A place is remembered when the window has come to rest: browsers take nothing more from a page that goes. */
  watch() {
    let resting = 0;
    const remember = () => {
      clearTimeout(resting);
      resting = setTimeout(() => this.remember(), 300);
    };
    addEventListener("scroll", remember, { passive: true });
  }

  /* Brings an element under the sticky bar. */
  bring(element) {
    this.hold(element, () => element.scrollIntoView({ block: "start" }));
  }

  /* Moves the window until the element stays; a later move or the reader's hand ends it. */
  hold(element, move) {
    this.turn += 1;
    this.again(element, move, this.turn, 12);
  }

  again(element, move, turn, tries) {
    if (turn !== this.turn) return;
    let moves = 5;
    do move();
    while (this.rows.view() && moves--);
    const before = element.getBoundingClientRect().top;
    requestAnimationFrame(() => {
      if (tries && Math.abs(element.getBoundingClientRect().top - before) > 1) this.again(element, move, turn, tries - 1);
      else if (tries > 9) requestAnimationFrame(() => this.again(element, move, turn, Math.min(tries - 1, 9)));
    });
  }

  /* The claims in the window and the places of their tops, topmost first, last those whose tops are hidden;
     none before the bar sticks. */
  seen() {
    const { top: stuck, bottom: from } = this.bar.getBoundingClientRect();
    if (stuck > 1) return [];
    return this.rows
      .near(0)
      .flatMap((block) => (this.rows.drawn.has(block) ? block.claims : []))
      .map((claim) => ({ claim, box: claim.element.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > from && box.top < innerHeight)
      .map(({ claim, box }) => ({ claim, top: box.top }))
      .sort((a, b) => (a.top < from) - (b.top < from));
  }

  /* Leaves the topmost of some claims that is still shown where it was. */
  keep(seen) {
    const { claim, top } = seen.find((one) => this.list.shows(one.claim)) || {};
    if (!claim) return;
    const row = this.rows.row(claim);
    this.hold(row, () => scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" }));
  }

  /* Remembers in the history which claim stands topmost, and goes back to it. */
  remember() {
    if (!this.rows.long) return;
    const [first] = this.seen();
    Page.writeState(first ? { claim: first.claim.anchor, top: first.top } : null);
  }

  restore() {
    const { claim, top } = history.state || {};
    if (this.rows.long && this.list.find(claim || "")) this.keep([{ claim: this.list.find(claim), top }]);
  }
};
