/* The controls: what the reader asks for becomes the state, the state becomes the view and the address. */
Page.Controls = class {
  constructor() {
    this.form = Page.byId("controls");
    this.query = Page.byId("q");
    this.list = new Page.List();
    this.place = new Page.Place(this.list, this.form);
    this.buttons = [...document.querySelectorAll("button[data-verdict]")];
    this.selects = ["mark", "flag", "report", "sort"].map(Page.byId).filter(Boolean);
    this.state = Page.emptyState();
    this.sorted = "";
    this.anchor = "";
    this.fillReports();
    this.listen();
    this.follow();
  }

  fillReports() {
    const select = Page.byId("report");
    if (select) select.append(...this.list.reports.map(({ name, number }) => new Option(`${number} · ${name}`, number)));
  }

  listen() {
    let waiting = 0;
    this.query.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.change({ q: this.query.value.trim() }), 40);
    });
    for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("toggle", (event) => Page.unfold(event.target), { capture: true });
    addEventListener("hashchange", () => this.follow());
    new ResizeObserver(() => this.makeRoom()).observe(this.form);
    this.makeRoom();
  }

  /* What is brought into the window, or tabbed to, stands below the bar; the bar itself at the top. */
  makeRoom() {
    const height = `${this.form.offsetHeight}px`;
    if (document.documentElement.style.scrollPaddingTop === height) return;
    document.documentElement.style.scrollPaddingTop = height;
    Page.byId("s-claims").style.scrollMarginTop = `-${height}`;
  }

  /* Takes the state from the address. */
  follow() {
    const { anchor, state } = Page.readAddress();
    for (const select of this.selects) {
      if (![...select.options].some((option) => option.value === state[select.id])) state[select.id] = "";
    }
    this.state = state;
    this.show(() => this.go(anchor));
  }

  change(part) {
    this.state = { ...this.state, ...part };
    this.show();
    Page.writeAddress(this.anchor, this.state);
  }

  clear() {
    this.change({ ...Page.emptyState(), sort: this.state.sort });
  }

  /* Shows what the state asks for; a first search on a long page may have to wait for its texts. */
  show(then = () => {}) {
    this.mirror();
    this.list.ready(this.state, () => {
      this.draw();
      then();
    });
    if (this.list.waiting) Page.byId("result").textContent = "Searching …";
  }

  /* Another choice of claims leaves what is read where it is; another order does not. */
  draw() {
    const { state } = this;
    const seen = state.sort === this.sorted ? this.place.seen() : [];
    this.sorted = state.sort;
    const shown = this.list.apply(state);
    const all = this.list.claims.length;
    const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
    const whole = `${count(all)} claim${all === 1 ? "" : "s"}`;
    Page.byId("result").textContent = shown === all ? whole : `${count(shown)} of ${whole}`;
    Page.byId("empty").hidden = shown > 0 || !all;
    this.place.keep(seen);
  }

  /* Lets the controls say what the state says. */
  mirror() {
    const { state } = this;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(state.verdict.has(button.dataset.verdict)));
    for (const select of this.selects) {
      select.value = state[select.id];
      select.classList.toggle("set", Boolean(state[select.id]));
    }
    if (this.query.value.trim() !== state.q) this.query.value = state.q;
  }

  /* Goes to a claim, opening its drawer, or to any other place of the page. */
  go(name) {
    const claim = this.list.find(name);
    const report = claim ? claim.report : this.list.reports.find(({ section }) => section.id === name);
    const place = report ? report.section : Page.byId(name);
    this.list.highlight(claim);
    this.anchor = place ? name : "";
    if (!place) return void this.place.restore();
    if (claim ? !this.list.shows(claim) : report && !report.laid) {
      this.state = { ...Page.emptyState(), sort: this.state.sort };
      this.show();
    }
    this.place.bring(claim ? this.opened(claim) : report ? this.list.rows.section(report) : place);
    if (claim) claim.element.querySelector(".id a").focus({ preventScroll: true });
  }

  /* The row of a claim with its drawer open. */
  opened(claim) {
    const row = this.list.rows.row(claim);
    const drawer = row.querySelector(".drawer");
    Page.unfold(drawer);
    if (drawer) drawer.open = true;
    return row;
  }

  onClick(event) {
    const summary = event.target.closest(".drawer > summary");
    if (summary) Page.unfold(summary.parentElement);
    const link = event.target.closest('a[href^="#"]');
    const button = event.target.closest("button");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.onLink(link);
    } else if (button) {
      this.onButton(button);
    }
  }

  onLink(link) {
    const address = link.getAttribute("href");
    const { anchor, state } = Page.readAddress(address);
    this.place.remember();
    const goes = () => {
      this.go(anchor);
      Page.writeAddress(anchor, this.state, { push: true });
      if (link.classList.contains("skip")) this.query.focus({ preventScroll: true });
    };
    if (!address.includes("?")) return goes();
    this.state = state;
    return this.show(goes);
  }

  onButton(button) {
    if (button.matches(".tile")) this.onTile(button.dataset.verdict);
    else if (button.matches(".chip")) this.change({ verdict: this.toggled(button.dataset.verdict) });
    else if (button.matches("#clear, #clear-empty")) this.clear();
    else if (button.matches("#fold")) button.setAttribute("aria-expanded", String(this.form.classList.toggle("open")));
    else if (button.matches("#theme")) Page.setTheme(Page.isDark() ? "light" : "dark");
    else if (button.matches(".copy")) Page.copy(button);
    else if (button.matches(".csv")) Page.saveTable(button);
  }

  toggled(verdict) {
    const verdicts = new Set(this.state.verdict);
    if (!verdicts.delete(verdict)) verdicts.add(verdict);
    return verdicts;
  }

  /* A tile of the summary shows its claims alone; the focus moves to the same button beside them. */
  onTile(verdict) {
    const only = this.state.verdict.size === 1 && this.state.verdict.has(verdict);
    this.change({ verdict: new Set(only ? [] : [verdict]) });
    const chip = this.form.querySelector(`[data-verdict="${verdict}"]`);
    if (chip && chip.offsetParent) chip.focus({ preventScroll: true });
    this.place.bring(Page.byId("s-claims"));
  }
};

Page.byId = (id) => document.getElementById(id);
