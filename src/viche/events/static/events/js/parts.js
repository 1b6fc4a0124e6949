// Parts that are more than the whole, told at the place and at once, with or without a signal: form[data-group-above].
// Nothing is changed in what was typed.
self.parts = (() => {
  const number = (text) => Math.max(0, Math.floor(Number(String(text).replace(/[\s\u00a0\u202f]/g, ""))) || 0);

  const faults = (form) => {
    const inputs = [...form.querySelectorAll("input[data-count]")];
    const of = (kind) => inputs.filter((one) => one.name.startsWith(kind)).map((input) => ({ input, found: number(input.value) }));
    const cells = of("cell-").reduce((sum, one) => sum + one.found, 0);
    const named = form.elements.total;
    if (named && !named.value.trim()) return [];
    const whole = named ? number(named.value) : cells;
    const above = named && cells > whole ? [{ input: named, found: cells, why: form.dataset.cellsAbove }] : [];
    for (const one of of("group-")) if (one.found > whole) above.push({ ...one, why: form.dataset.groupAbove });
    return above.map((one) => ({ ...one, text: one.why.replace("{found}", one.found).replace("{whole}", whole) }));
  };

  const describe = (input, id, is) => {
    const ids = (input.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    if (is) ids.push(id);
    for (const [name, value] of [["aria-describedby", ids.join(" ")], ["aria-invalid", is ? "true" : ""]]) {
      if (value) input.setAttribute(name, value);
      else input.removeAttribute(name);
    }
  };
  // Gives the sentences that stand on the page now.
  const check = (form) => {
    const found = faults(form);
    for (const old of form.querySelectorAll("[data-part]")) {
      const input = form.elements[old.dataset.part];
      if (found.some((one) => one.input === input)) continue;
      old.remove();
      describe(input, old.id, false);
    }
    for (const { input, text } of found) {
      const id = `above-${input.name}`;
      let said = document.getElementById(id);
      if (!said) {
        said = Object.assign(document.createElement("span"), { id, className: "fault" });
        said.setAttribute("role", "alert");
        said.dataset.part = input.name;
        input.closest(".count-group, .field").append(said);
        input.closest("details")?.setAttribute("open", "");
        describe(input, id, true);
      }
      if (said.textContent !== text) said.textContent = text;
    }
    return found.map(({ input, text }) => [input.closest("[data-named]")?.dataset.named, text].filter(Boolean).join(": "));
  };

  for (const form of document.querySelectorAll("form[data-group-above]:not([data-counting])")) {
    form.addEventListener("input", () => check(form));
    check(form);
  }
  return { check, number };
})();
