/* The controls: what the reader asks for becomes the state, the state becomes the view and the address. */
Page.Controls = class {
  constructor() {
    this.form = Page.byId("controls");
    this.query = Page.byId("q");
    this.list = new Page.List();
    this.buttons = [...document.querySelectorAll("button[data-verdict]")];
    this.selects = ["mark", "flag", "report", "sort"].map(Page.byId).filter(Boolean);
    this.state = Page.emptyState();
    this.anchor = "";
    this.fillReports();
    this.listen();
    this.follow();
  }

  fillReports() {
    const select = Page.byId("report");
    for (const { section, number } of select ? this.list.reports : []) {
      select.add(new Option(`${number} · ${section.querySelector("h2").textContent}`, number));
    }
  }

  listen() {
    let waiting = 0;
    this.query.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.change({ q: this.query.value.trim() }), this.list.claims.length > 500 ? 150 : 40);
    });
    for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("click", (event) => this.onClick(event));
    addEventListener("hashchange", () => this.follow());
    const measure = () => document.documentElement.style.setProperty("--stuck", `${this.form.offsetHeight}px`);
    new ResizeObserver(measure).observe(this.form);
    measure();
  }

  /* Takes the state from the address. */
  follow() {
    const { anchor, state } = Page.readAddress();
    for (const select of this.selects) {
      if (![...select.options].some((option) => option.value === state[select.id])) state[select.id] = "";
    }
    this.state = state;
    this.show();
    this.go(anchor);
  }

  change(part) {
    this.state = { ...this.state, ...part };
    this.show();
    Page.writeAddress(this.anchor, this.state);
  }

  clear() {
    this.change({ ...Page.emptyState(), sort: this.state.sort });
  }

  show() {
    const { state } = this;
    const shown = this.list.apply(state);
    const all = this.list.claims.length;
    const count = (n) => n.toLocaleString("en");
    const whole = `${count(all)} claim${all === 1 ? "" : "s"}`;
    Page.byId("result").textContent = shown === all ? whole : `${count(shown)} of ${whole}`;
    Page.byId("s-claims").classList.toggle("filtered", shown < all);
    Page.byId("empty").hidden = shown > 0 || !all;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(state.verdict.has(button.dataset.verdict)));
    for (const select of this.selects) {
      select.value = state[select.id];
      select.classList.toggle("set", Boolean(state[select.id]));
    }
    if (this.query.value.trim() !== state.q) this.query.value = state.q;
  }

  /* Goes to a claim, opening its drawer, or to any other place of the page. */
  go(name) {
    for (const old of document.querySelectorAll(".claim.marked")) old.classList.remove("marked");
    const element = Page.byId(name) || Page.byId(name.replace(/^r1-/, ""));
    this.anchor = element ? name : "";
    if (!element) return;
    if (element.closest("[hidden]")) {
      this.state = { ...Page.emptyState(), sort: this.state.sort };
      this.show();
    }
    if (element.classList.contains("claim")) {
      element.classList.add("marked");
      const drawer = element.querySelector(".drawer");
      Page.unfold(drawer);
      if (drawer) drawer.open = true;
      element.querySelector(".id a").focus({ preventScroll: true });
    }
    Page.bring(element);
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
    if (address.includes("?")) {
      this.state = state;
      this.show();
    }
    this.go(anchor);
    Page.writeAddress(anchor, this.state, { push: true });
    if (link.classList.contains("skip")) this.query.focus({ preventScroll: true });
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
    Page.bring(Page.byId("s-claims"));
  }
};

Page.byId = (id) => document.getElementById(id);

/* Brings an element under the sticky bar. Claims above it get their true heights only as they
   come near the window, so its place is looked at again until it holds. */
Page.bring = (element, tries = 12) => {
  element.scrollIntoView({ block: "start" });
  const before = element.getBoundingClientRect().top;
  requestAnimationFrame(() => {
    if (tries && Math.abs(element.getBoundingClientRect().top - before) > 1) Page.bring(element, tries - 1);
    else if (tries > 9) requestAnimationFrame(() => Page.bring(element, Math.min(tries - 1, 9)));
  });
};
