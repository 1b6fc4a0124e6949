// A field that finds as one types: <input data-source="/hromadas.json">, ARIA 1.2 combobox with a listbox. The picked
// code goes into the hidden field beside it; without the script the server reads the typed name.
(() => {
  let count = 0;

  const start = (input) => {
    const code = input.parentElement.querySelector("[data-code]");
    const say = document.createElement("span");
    const list = document.createElement("ul");
    count += 1;
    list.id = `picker-${count}`;
    list.className = "picker-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels && input.labels[0] ? input.labels[0].textContent : "");
    list.hidden = true;
    say.className = "unseen";
    say.setAttribute("role", "status");
    input.after(list, say);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    let found = [];
    let at = -1;
    let timer = 0;
    let asked = "";

    const open = (shown) => {
      list.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      if (!shown) mark(-1);
    };
    const mark = (index) => {
      at = index;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      const item = list.children[at];
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    };
    const where = (item) => item.note || [item.raion, item.oblast].filter(Boolean).join(", ");
    const words = (item) => [item.name, where(item)].filter(Boolean).join(", ");
    const pick = (item) => {
      input.value = words(item);
      if (code) code.value = item.code;
      asked = input.value;
      open(false);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = () => {
      list.replaceChildren(
        ...found.map((item, i) => {
          const line = document.createElement("li");
          line.id = `${list.id}-${i}`;
          line.setAttribute("role", "option");
          line.textContent = item.name;
          if (where(item)) {
            const note = document.createElement("small");
            note.textContent = where(item);
            line.append(note);
          }
          line.addEventListener("pointerdown", (event) => event.preventDefault());
          line.addEventListener("click", () => pick(item));
          return line;
        }),
      );
      mark(-1);
      open(found.length > 0);
      say.textContent = found.length ? input.dataset.found.replace("#", found.length) : input.dataset.none;
    };
    const ask = async () => {
      const text = input.value.trim();
      if (text === asked) return;
      asked = text;
      if (text.length < 2) {
        found = [];
        open(false);
        return;
      }
      const mark = input.dataset.source.includes("?") ? "&" : "?";
      try {
        const response = await fetch(`${input.dataset.source}${mark}q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
        const answer = await response.json();
        if (asked !== text) return;
        found = (Array.isArray(answer) ? answer : answer.results || []).slice(0, 12);
        show();
      } catch {
        open(false); // no connection: the typed name is enough for the server
      }
    };

    input.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      if (code) code.value = "";
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    input.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps && found.length) {
        event.preventDefault();
        if (list.hidden) open(true);
        const n = found.length;
        mark(at < 0 && steps[event.key] < 0 ? n - 1 : (at + steps[event.key] + n) % n);
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        pick(found[at]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        open(false);
      } else if (event.key === "Tab" && !list.hidden && at >= 0) pick(found[at]);
    });
    input.addEventListener("blur", () => open(false));
  };

  for (const input of document.querySelectorAll("input[data-source]")) start(input);
})();
