// Rows of a table of costs: <table data-rows="items"> with <template data-row="items"> that holds a row, in a table or
// bare (its names hold __n__, its labels __no__, the number for people), a button
// [data-add], buttons [data-remove] in the rows; [data-factor] × [data-factor] = [data-product], all together [data-total].
// Without the script the same buttons send name="add" and name="remove" to the server.
(() => {
  const LANG = document.documentElement.lang;
  const read = (text) => Number(String(text).replace(/[\s\u00a0\u202f']/g, "").replace("−", "-").replace(",", ".")) || 0;
  const write = (value) => value.toLocaleString(LANG, { maximumFractionDigits: 2 });

  const reckon = (table) => {
    let total = 0;
    for (const row of table.tBodies[0].rows) {
      const factors = [...row.querySelectorAll("[data-factor]")];
      const product = row.querySelector("[data-product]");
      if (!factors.length) continue;
      const whole = factors.every((input) => input.value.trim() !== "");
      const value = factors.reduce((so, input) => so * read(input.value), 1);
      if (product) product.textContent = whole ? write(value) : "—";
      if (whole) total += value;
    }
    for (const place of table.querySelectorAll("[data-total]")) place.textContent = write(total);
  };

  for (const table of document.querySelectorAll("table[data-rows]")) {
    const form = table.closest("form");
    const mould = (form || document).querySelector(`template[data-row="${table.dataset.rows}"]`);
    const said = document.querySelector(`[data-rows-said="${table.dataset.rows}"]`);
    const total = form && form.querySelector(`input[name="${table.dataset.rows}-count"]`);
    const body = table.tBodies[0];
    let next = Math.max(body.rows.length, total ? Number(total.value) : 0);

    const add = () => {
      const holder = document.createElement("template");
      holder.innerHTML = mould.innerHTML.replaceAll("__n__", next).replaceAll("__no__", next + 1);
      const row = holder.content.querySelector("tr");
      body.append(row);
      next += 1;
      if (total) total.value = next;
      return row;
    };
    const tell = () => form && form.dispatchEvent(new Event("input", { bubbles: true }));

    table.addEventListener("input", () => reckon(table));
    if (!mould || !form) continue;
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.add === table.dataset.rows) {
        event.preventDefault();
        add().querySelector("input, select, textarea").focus();
        tell();
      } else if (button.dataset.remove !== undefined && table.contains(button)) {
        event.preventDefault();
        const row = button.closest("tr");
        const near = row.nextElementSibling || row.previousElementSibling;
        row.remove();
        (near || form).querySelector("input, select, textarea, [data-add]")?.focus();
        if (said) said.textContent = said.dataset.removed;
        reckon(table);
        tell();
      }
    });
    // A text that is put back may have more rows than the page.
    form.addEventListener("viche:row", (event) => {
      if (event.detail.startsWith(`${table.dataset.rows}-`)) {
        event.preventDefault();
        add();
      }
    });
  }
})();
