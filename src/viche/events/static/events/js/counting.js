// Counting with one thumb: a press counts at once, lies in the telephone at once, and is sent when there is a signal.
(() => {
  const form = document.querySelector("form[data-counting]");
  if (!form || !self.indexedDB || !self.outbox) return;
  const say = form.dataset;
  const box = document.querySelector("[data-unsent]");
  const place = form.querySelector("[data-count-status]");
  const spoken = form.querySelector("[data-count-said]");
  const totals = form.querySelector("[data-total]");
  const shooting = document.querySelector("form[data-shooting]");
  const keep = { token: form.querySelector("input[name=csrfmiddlewaretoken]").value };
  const WAIT = 3000;
  const LONGEST = 60000;
  const WIDEST = 2048;
  let record = null;
  let timer = 0;
  let pause = 2000;
  let door = "";

  const key = () => (self.crypto && crypto.randomUUID ? crypto.randomUUID() : form.elements.key.value);
  const clock = () => new Date().toLocaleTimeString("uk", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" });
  const cells = () => [...form.querySelectorAll("[data-cell]")];
  const input = (cell) => cell.querySelector("input");
  const number = (text) => Math.max(0, Math.floor(Number(String(text).replace(/[\s\u00a0\u202f]/g, ""))) || 0);
  const tell = (kind, text) => {
    if (place.textContent === text) return;
    place.className = `state state--${kind}`;
    place.textContent = text;
  };
  const named = (name) => name.includes(":");
  const total = () => cells().reduce((sum, one) => sum + (named(one.dataset.cell) ? number(input(one).value) : 0), 0);

  const mine = (item) => item.user === say.user;
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
  const row = async (item, fault) => {
    const line = document.createElement("li");
    if (item.kind === "photo") line.append(await thumb(item.blob));
    const words = document.createElement("span");
    const what = { tally: () => say.tally.replace("#", item.total), photo: () => (item.is_list ? say.list : say.photo), report: () => say.text }[item.kind]();
    words.textContent = [what, item.title, fault].filter(Boolean).join(" · ");
    line.append(words);
    if (item.kind === "report" && fault) {
      line.append(Object.assign(document.createElement("a"), { href: item.url, textContent: say.open }));
    } else if (item.refused) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--danger", textContent: say.drop });
      button.addEventListener("click", () => outbox.drop(item.key).then(show));
      if (!record || item.key !== record.key) line.append(button);
    }
    return line;
  };
  const faults = new Map();
  const show = async () => {
    const items = (await outbox.all()).filter((item) => mine(item) && (item.refused || outbox.waits(item)));
    const rest = drafts();
    const lines = await Promise.all([...items.map((item) => row(item, item.refused)), ...rest.map((item) => row(item, faults.get(item.key)))]);
    box.querySelector("ul").replaceChildren(...lines);
    box.hidden = !lines.length;
    const stuck = items.find((item) => item.refused);
    if (stuck) tell("failed", record && stuck.key === record.key ? stuck.refused : say.stuck);
    else if (door) return;
    else if (lines.length) tell("offline", say.kept);
    else if (record && record.revision) tell("saved", say.sent.replace("#", clock()));
  };

  const away = (said) => {
    door = said.door || "/account/login/";
    tell("failed", said.text || say.out);
    if (box.querySelector("[data-door]")) return;
    const link = Object.assign(document.createElement("a"), { className: "button", textContent: say.enter });
    const back = new URL(door, location.origin);
    back.searchParams.set("next", location.pathname);
    link.href = back.pathname + back.search;
    link.dataset.door = "";
    box.append(link);
  };
  const later = () => {
    plan(pause);
    pause = Math.min(pause * 2, LONGEST);
    navigator.serviceWorker?.getRegistration(say.scope).then((worker) => worker?.sync?.register("outbox")).catch(() => {});
  };
  const flush = async () => {
    clearTimeout(timer);
    let said = await outbox.flush(mine, keep, (item, one) => {
      if (one.state === "sent") door = "";
    });
    for (const draft of said.state === "sent" ? drafts() : []) {
      said = await outbox.send(draft, keep);
      if (said.state === "sent" && localStorage.getItem(draft.key) === draft.text) localStorage.removeItem(draft.key);
      faults.set(draft.key, said.state === "refused" ? said.text : "");
      if (said.state === "later" || said.state === "out") break;
    }
    if (said.state === "later") later();
    else pause = 2000;
    if (said.state === "out") away(said);
    await show();
  };
  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  };

  const counts = (which) => Object.fromEntries(
    cells().filter((one) => named(one.dataset.cell) === which).map((one) => [one.dataset.cell, number(input(one).value)]).filter(([, n]) => n),
  );
  let writing = Promise.resolve();
  const write = () => {
    record = { ...record, revision: record.revision + 1, cells: counts(true), groups: counts(false), total: total(), counted_at: new Date().toISOString(), refused: "" };
    const now = record;
    totals.textContent = now.total;
    writing = writing.then(() => outbox.change(now.key, (old) => ({ ...now, sent: old ? old.sent : now.sent }))).then(
      () => {
        tell("offline", say.kept);
        plan(WAIT);
      },
      () => tell("failed", say.lost),
    );
    return writing;
  };
  const step = (button) => {
    const cell = button.closest("[data-cell]");
    const field = input(cell);
    const more = button.classList.contains("count-more");
    field.value = Math.max(0, number(field.value) + (more ? 1 : -1)) || "";
    if (navigator.vibrate && more) navigator.vibrate(8);
    write();
    spoken.textContent = `${cell.dataset.named}: ${number(field.value)}. ${say.said} ${record.total}`;
  };

  const fresh = () => ({ kind: "tally", key: key(), user: say.user, event: say.event, title: say.title, url: say.counting, made: Date.now(), revision: 0, sent: 0, cells: {}, groups: {}, total: 0 });
  const begin = async () => {
    const known = (await outbox.all()).filter((item) => item.kind === "tally" && item.event === say.event && mine(item));
    if (say.own) {
      const revision = Number(form.elements.revision.value) || 0;
      const served = { ...fresh(), key: form.elements.key.value, revision, sent: revision, cells: counts(true), groups: counts(false), total: total() };
      const there = known.find((item) => item.key === served.key);
      record = there && there.revision > revision ? there : served;
    } else record = known.pop() || fresh();
    for (const cell of cells()) {
      const from = named(cell.dataset.cell) ? record.cells : record.groups;
      input(cell).value = from[cell.dataset.cell] || "";
    }
    totals.textContent = total();
  };

  // A picture from a good camera weighs more than a weak signal carries; one that the browser cannot read goes as it is.
  const shrunk = async (file) => {
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size < 1500000) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))) || file;
    } catch {
      return file;
    }
  };
  const shoot = async () => {
    const files = [...shooting.elements.photo.files];
    const fields = [...new FormData(shooting)].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "key"].includes(name));
    const is_list = shooting.elements.is_list.checked;
    for (const file of files) {
      const blob = await shrunk(file);
      await outbox.put({ kind: "photo", key: key(), user: say.user, event: say.event, title: say.title, url: say.photos, made: Date.now(), blob, name: blob === file ? file.name : "photo.jpg", is_list, fields });
    }
    shooting.reset();
    await show();
    plan(0);
  };

  // A press that comes before the telephone has told what was counted waits for it; where it cannot tell, the form goes by itself.
  let broken = false;
  const listen = (begun) => {
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=step]");
      if (!button || broken) return;
      event.preventDefault();
      begun.then(() => step(button), () => form.requestSubmit(button));
    });
    form.addEventListener("input", (event) => event.target.closest("[data-cell]") && begun.then(write, () => {}));
    form.addEventListener("submit", (event) => {
      if (broken) return;
      event.preventDefault();
      tell("draft", say.going);
      begun.then(flush, () => form.submit());
    });
    shooting.elements.photo.multiple = true;
    shooting.addEventListener("submit", (event) => {
      if (!shooting.elements.photo.files.length) return;
      event.preventDefault();
      shoot().catch(() => tell("failed", say.lost));
    }, true);
    box.querySelector("button").addEventListener("click", () => flush());
    addEventListener("online", () => plan(0));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && plan(0));
    new BroadcastChannel("viche-outbox").addEventListener("message", show);
  };

  // What was laid aside for the way: this page, the report, and the list of events.
  const lay = async () => {
    if (!navigator.serviceWorker || !self.caches) return;
    await navigator.serviceWorker.register(say.worker, { scope: say.scope });
    await navigator.serviceWorker.ready;
    const cache = await caches.open("viche-pages");
    const start = document.querySelector("nav.crumbs a").getAttribute("href");
    for (const address of [location.pathname, say.report, start].filter(Boolean)) {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) await cache.put(address, answer);
    }
    const ready = document.querySelector("[data-offline-status]");
    ready.className = "state state--saved";
    ready.textContent = ready.dataset.ready;
    navigator.storage?.persist?.();
  };

  const begun = begin();
  listen(begun);
  begun.catch(() => {
    broken = true;
  });
  begun
    .then(show)
    .then(() => plan(0))
    .catch(() => tell("failed", say.lost));
  lay().catch(async () => {
    if (self.caches && (await caches.match(location.pathname))) {
      const ready = document.querySelector("[data-offline-status]");
      ready.className = "state state--offline";
      ready.textContent = ready.dataset.ready;
    }
  });
})();
