// The outbox of a telephone: counts and photographs lie in IndexedDB until the server has said that it took them.
// Each has a key given here before the first try; the server takes a key once, so sending again adds nothing.
// Used by the page and by the service worker.
self.outbox = (() => {
  const STORE = "items";
  const PATIENCE = 60000;
  let base = null;

  const opened = () => new Promise((done, fail) => {
    const ask = indexedDB.open("viche-outbox", 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore(STORE, { keyPath: "key" });
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  const store = async (mode, act) => {
    base = base || opened();
    const open = await base.catch((fault) => {
      base = null;
      throw fault;
    });
    return new Promise((done, fail) => {
      const change = open.transaction(STORE, mode, { durability: "strict" });
      const ask = act(change.objectStore(STORE));
      change.oncomplete = () => done(ask && ask.result);
      change.onabort = () => fail(change.error);
    });
  };
  const all = async () => (await store("readonly", (items) => items.getAll())).sort((a, b) => a.made - b.made);
  const put = (item) => store("readwrite", (items) => items.put(item));
  const drop = (key) => store("readwrite", (items) => items.delete(key));
  // Read and write in one step: what the page writes meanwhile is not overwritten. `act` gives nothing to take it out.
  const change = (key, act) => store("readwrite", (items) => {
    const ask = items.get(key);
    ask.onsuccess = () => {
      const next = act(ask.result);
      if (next) items.put(next);
      else if (ask.result) items.delete(key);
    };
  });
  const waits = (item) => !item.refused && (item.kind !== "tally" || item.sent < item.revision);

  const asForm = (item) => {
    const body = new FormData();
    if (item.kind === "photo") {
      body.append("photo", item.blob, item.name);
      body.append("key", item.key);
      body.append("user", item.user);
    }
    for (const [name, value] of item.fields) body.append(name, value);
    return { body, headers: {} };
  };
  const asText = ({ key, user, revision, cells, groups, counted_at }) => ({
    body: JSON.stringify({ key, user, revision, cells, groups, counted_at }),
    headers: { "Content-Type": "application/json" },
  });

  // Gives {state: sent | later | refused | out}; `keep.token` is renewed when the server gives another.
  const send = async (item, keep, again = true) => {
    const { body, headers } = item.kind === "tally" ? asText(item) : asForm(item);
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(), PATIENCE);
    try {
      const response = await fetch(item.url, {
        method: "POST",
        body,
        signal: clock.signal,
        headers: { ...headers, Accept: "application/json", "X-CSRFToken": keep.token || "" },
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) return { state: "sent", answer };
      if (response.status === 403 && answer.token && again) {
        keep.token = answer.token;
        return send(item, keep, false);
      }
      if (response.status === 401) return { state: "out", door: answer.sign_in, text: answer.text };
      if ([404, 409, 413, 422].includes(response.status)) return { state: "refused", text: answer.text || String(response.status), answer };
      return { state: "later" };
    } catch {
      return { state: "later" };
    } finally {
      clearTimeout(timer);
    }
  };

  const settle = (item, said) => change(item.key, (now) => {
    if (!now) return null;
    // Counted on while this was on its way: the newer count still waits.
    if (said.state === "refused") return now.revision === item.revision ? { ...now, refused: said.text, closed: Boolean(said.answer.closed) } : now;
    return now.kind === "photo" ? null : { ...now, sent: Math.max(now.sent, item.revision), sent_at: Date.now(), so_far: said.answer.so_far };
  });

  const pass = async (mine, keep, tell) => {
    for (const item of await all()) {
      if (!mine(item) || !waits(item)) continue;
      const said = await send(item, keep);
      if (said.state === "sent" || said.state === "refused") await settle(item, said);
      tell(item, said);
      if (said.state === "later" || said.state === "out") return said;
    }
    return { state: "sent" };
  };
  // One pass at a time, whichever tab or worker begins it.
  const flush = (mine, keep, tell = () => {}) => {
    const act = () => pass(mine, keep, tell);
    return self.navigator.locks ? self.navigator.locks.request("viche-outbox", act) : act();
  };

  return { all, put, drop, change, waits, send, flush };
})();
