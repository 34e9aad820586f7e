/* What the buttons do besides filtering: theme, copy, save. */
Page.setTheme = (theme) => {
  document.documentElement.dataset.theme = theme;
  Page.remember(theme);
  Page.nameTheme();
};

Page.nameTheme = () => {
  document.querySelector("#theme span").textContent = Page.isDark() ? "Light" : "Dark";
};

/* On the page that `claimgauge serve` gives out there is a way back, and from each claim one to correct how it is read. */
Page.isServed = () => "served" in document.documentElement.dataset;

Page.linkBack = () => {
  if (!Page.isServed()) return;
  const back = '<a href="/#report" aria-label="claimgauge: back to your reports">← claimgauge</a>';
  document.querySelector(".maker").replaceChildren(Page.elements(back));
};

Page.copy = async (button) => {
  const code = button.parentElement.querySelector("code");
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = "Selected";
  }
  setTimeout(() => (button.textContent = "Copy"), 1500);
};

/* A spreadsheet must not take text of a report for a formula. */
Page.csvCell = (text) => {
  const plain = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

Page.csvCells = (cell) => {
  const text = Page.csvCell(cell.dataset.value ?? cell.textContent.replaceAll("−", "-"));
  return [text, ...Array(cell.colSpan - 1).fill("")];
};

Page.saveTable = (button) => {
  const rows = [...button.closest("section").querySelectorAll("tr")];
  const lines = rows.map((row) => [...row.cells].flatMap(Page.csvCells).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }));
  link.download = `${button.dataset.file || `${button.closest(".claim").id}-evidence`}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

document.addEventListener("DOMContentLoaded", () => {
  Page.nameTheme();
  Page.linkBack();
  Page.darkByDefault.addEventListener("change", Page.nameTheme);
  new Page.Controls();
});
