// Counting with one thumb: a press counts at once, lies in the telephone at once, and is sent when there is a signal.
(() => {
  const form = document.querySelector("form[data-counting]");
  if (!form || !self.indexedDB || !self.outbox || !self.unsent) return;
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
  let arrived = 0;

  const key = () => (self.crypto && crypto.randomUUID ? crypto.randomUUID() : form.elements.key.value);
  const STARTED = Date.now();
  const clock = (at) => new Date(at).toLocaleTimeString("uk", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" });
  const cells = () => [...form.querySelectorAll("[data-cell]")];
  const input = (cell) => cell.querySelector("input");
  const { number } = parts;
  const tell = (kind, text) => {
    if (place.textContent === text) return;
    place.className = `state state--${kind}`;
    place.textContent = text;
  };
  const named = (name) => name.includes(":");
  const total = () => cells().reduce((sum, one) => sum + (named(one.dataset.cell) ? number(input(one).value) : 0), 0);

  const mine = (item) => item.user === say.user;
  const own = (item) => record && item.key === record.key;
  const { drafts, row } = unsent(say, { own, again: async (dropped) => {
    if (dropped && own(dropped) && !say.closed) {
      form.reset();
      await begin();
    }
    await show(dropped ? say.gone : "");
  } });
  const faults = new Map();
  // Counted for an event whose report was accepted meanwhile: it will not be taken, so it is not promised.
  const late = (item) => (say.closed && item.kind === "tally" && item.event === say.event ? say.late : "");
  const show = async (said = "") => {
    const known = (await outbox.all()).filter(mine);
    const items = known.filter((item) => item.refused || outbox.waits(item));
    const rest = drafts();
    const refusal = (item) => item.refused || late(item);
    const lines = await Promise.all([...items.map((item) => row(item, refusal(item))), ...rest.map((item) => row(item, faults.get(item.key)))]);
    box.querySelector("ul").replaceChildren(...lines);
    box.hidden = !lines.length;
    const sent = known.filter((item) => item.sent_at && item.event === say.event).sort((a, b) => a.sent_at - b.sent_at).pop();
    if (sent && sent.so_far && sent.sent_at > STARTED) document.querySelector("[data-so-far]").textContent = sent.so_far;
    const stuck = items.filter(refusal);
    const here = stuck.find(own);
    if (stuck.length || rest.some((item) => faults.get(item.key))) tell("failed", here ? (say.closed ? say.late : refusal(here)) : say.stuck);
    else if (door && lines.length) return;
    else if (lines.length) tell("offline", say.kept);
    else if (said) tell("draft", said);
    else if ((record && record.revision) || place.classList.contains("state--offline")) {
      const at = sent ? sent.sent_at : 0;
      if (place.classList.contains("state--saved") && at <= arrived) return;
      arrived = at > arrived ? at : Date.now();
      tell("saved", say.sent.replace("#", clock(arrived)));
    } else if (place.classList.contains("state--failed")) tell("draft", "");
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
      if (one.answer?.closed && item.event === say.event) shut();
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
    const above = parts.check(form);
    record = { ...record, revision: record.revision + 1, cells: counts(true), groups: counts(false), total: total(), counted_at: new Date().toISOString(), refused: above.join(" "), faulty: above.length > 0, closed: false };
    const now = record;
    totals.textContent = now.total;
    writing = writing.then(() => outbox.change(now.key, (old) => ({ ...now, sent: old ? old.sent : now.sent }))).then(
      () => {
        if (now.refused) return show();
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
  // The count this page goes on with: one that was sent here to be mended, else the last of this event.
  const begin = async () => {
    record = null;
    if (say.closed) return;
    const known = (await outbox.all()).filter((item) => item.kind === "tally" && item.event === say.event && mine(item));
    if (say.own) {
      const revision = Number(form.elements.revision.value) || 0;
      const served = { ...fresh(), key: form.elements.key.value, revision, sent: revision, cells: counts(true), groups: counts(false), total: total() };
      const there = known.find((item) => item.key === served.key);
      record = there && there.revision > revision ? there : served;
    } else record = known.find((item) => item.key === location.hash.slice(1)) || known.pop() || fresh();
    for (const cell of cells()) {
      const from = named(cell.dataset.cell) ? record.cells : record.groups;
      input(cell).value = from[cell.dataset.cell] || "";
    }
    totals.textContent = total();
    parts.check(form);
  };
  // The report was accepted while this page stood open: from here on it is only read.
  const shut = () => {
    say.closed = "1";
    document.querySelector("[data-shut]").hidden = false;
    for (const one of form.querySelectorAll("button, input")) one.disabled = true;
    lay().catch(() => {});
  };
  // Refused before, tried once more: the programme may have given the report back. What the page itself sees is not tried.
  const retry = async () => {
    for (const item of await outbox.all()) if (mine(item) && item.refused && !item.faulty) await outbox.change(item.key, (now) => now && { ...now, refused: "", closed: false });
    await flush();
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
      if (!button || broken || say.closed) return;
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
    box.querySelector("button").addEventListener("click", () => retry());
    addEventListener("online", () => plan(0));
    // Whoever looks at the page again is told how things stand now: it may have been sent while the telephone slept.
    const look = () => {
      if (document.visibilityState !== "visible") return;
      show();
      plan(0);
    };
    document.addEventListener("visibilitychange", look);
    addEventListener("pageshow", (event) => event.persisted && look());
    addEventListener("hashchange", () => /^#[0-9a-f-]{36}$/.test(location.hash) && writing.then(() => location.reload()));
    new BroadcastChannel("viche-outbox").addEventListener("message", () => show());
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
    .then(() => show())
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
