// What lies in the telephone and has not arrived, line by line; what was refused can be mended, or dropped after a question.
self.unsent = (say, { own, again }) => {
  let asking = "";
  const made = (name, words, more = {}) => Object.assign(document.createElement(name), { textContent: words, ...more });
  const button = (words, shape, act) => {
    const one = made("button", words, { type: "button", className: `button button--${shape}` });
    one.addEventListener("click", act);
    return one;
  };

  // What was written into the report without a signal lies where its page left it.
  const drafts = () => {
    const found = [];
    try {
      for (const name of Object.keys(localStorage)) {
        const address = name.startsWith(`viche:${say.user}:`) ? name.slice(`viche:${say.user}:`.length) : "";
        if (!/\/me\/events\/[^/]+\/report\/$/.test(address)) continue;
        const text = localStorage.getItem(name);
        const { revision, fields } = JSON.parse(text);
        found.push({ kind: "report", key: name, text, url: address, fields: [...fields, ["revision", revision]] });
      }
    } catch {
      // storage is closed to us: then nothing lies there
    }
    return found;
  };

  const thumb = async (blob) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 96;
    try {
      const picture = await createImageBitmap(blob, { resizeWidth: 96, resizeHeight: 96 });
      canvas.getContext("2d").drawImage(picture, 0, 0);
    } catch {
      // no picture that this browser knows
    }
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  };

  const drop = async (item) => {
    asking = "";
    if (item.kind === "report") localStorage.removeItem(item.key);
    else await outbox.drop(item.key);
    await again(item);
  };
  const ask = async (key) => {
    asking = key;
    await again();
    (document.querySelector("[data-asked]") || document.querySelector("[data-unsent] .button--danger"))?.focus();
  };
  const acts = (item) => {
    if (asking === item.key) {
      const words = made("span", [say.ask, item.sent ? say.arrived : ""].filter(Boolean).join(" "));
      const keep = button(say.no, "second", () => ask(""));
      keep.dataset.asked = "";
      return [words, button(say.yes, "danger", () => drop(item)), keep];
    }
    const found = [];
    if (item.kind === "report") found.push(made("a", say.open, { href: item.url }));
    else if (item.kind === "tally" && !item.closed && !own(item)) found.push(made("a", say.mend, { href: `${item.url.replace(/tally\/$/, "")}#${item.key}` }));
    return [...found, button(say.drop, "danger", () => ask(item.key))];
  };
  const row = async (item, fault) => {
    const line = document.createElement("li");
    if (item.kind === "photo") line.append(await thumb(item.blob));
    const what = { tally: () => say.tally.replace("#", item.total), photo: () => (item.is_list ? say.list : say.photo), report: () => say.text }[item.kind]();
    line.append(made("span", [what, item.title, fault].filter(Boolean).join(" · ")));
    if (fault) line.append(...acts(item));
    return line;
  };
  return { drafts, row };
};
