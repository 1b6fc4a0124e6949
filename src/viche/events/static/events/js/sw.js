// Opens the pages of counting and reporting without a network; sends the outbox when the signal comes back, page or not.
// SAID and the outbox stand before it, put there by the server: scope, kept (addresses), version, start.

const KEPT = `viche-kept-${SAID.version}`;
const PAGES = "viche-pages";
const PATIENCE = 6000;
const PAGE = /\/me\/(counting|events\/[^/]+\/(count|report))\/$/;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(SAID.kept)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("viche-kept-") && name !== KEPT;
  const tidy = async () => Promise.all((await caches.keys()).filter(old).map((name) => caches.delete(name)));
  event.waitUntil(tidy().then(() => clients.claim()));
});

const late = () => new Promise((done, fail) => setTimeout(() => fail(new Error("late")), PATIENCE));

const page = async (request, url) => {
  const cache = await caches.open(PAGES);
  const kept = (await cache.match(url.pathname)) || (await cache.match(SAID.start));
  try {
    const asked = fetch(request);
    const answer = await (kept ? Promise.race([asked, late()]) : asked);
    if (answer.status >= 500 && kept) return kept;
    if (answer.ok && !url.search) await cache.put(url.pathname, answer.clone());
    // Signed out, or no longer theirs: nothing of it stays here.
    else if (!answer.ok && answer.status < 500) await cache.delete(url.pathname);
    return answer;
  } catch {
    return kept || Response.error();
  }
};

// A kept page may name an older style or script than the one that lies here.
const asset = async (request, url) => {
  const cache = await caches.open(KEPT);
  const found = await cache.match(request);
  if (found) return found;
  try {
    return await fetch(request);
  } catch {
    const name = url.pathname.slice(url.pathname.lastIndexOf("/"));
    const like = SAID.kept.find((one) => one.endsWith(name));
    return (like && (await cache.match(like))) || Response.error();
  }
};

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (PAGE.test(url.pathname)) event.respondWith(page(event.request, url));
  } else if (url.pathname.startsWith("/look/") || SAID.kept.includes(url.pathname)) event.respondWith(asset(event.request, url));
});

const told = new BroadcastChannel("viche-outbox");
addEventListener("sync", (event) => {
  if (event.tag !== "outbox") return;
  const go = async () => {
    const said = await outbox.flush(() => true, {}, () => told.postMessage("sent"));
    if (said.state === "later") throw new Error("later");
  };
  event.waitUntil(go());
});
