// Nearer, farther and aside on the map of events without a new page. Without this every sign is a link that does the same.
(() => {
  const map = document.querySelector("svg.events-map[data-source]");
  if (!map) return;
  const WIDTH = 720, HEIGHT = 488, DEEPEST = 9, WHOLE = [0, WIDTH / 2, HEIGHT / 2];
  const places = { tiles: map.querySelector(".tiles"), drawn: map.querySelector(".drawn"), moves: document.querySelector(".map-moves"),
                   beside: document.querySelector(".map-beside"), told: document.querySelector(".map-told"), table: document.querySelector(".map-table") };
  let part = map.dataset.part ? read(map.dataset.part) : WHOLE;
  let asked = 0, waiting = 0;

  function read(text) { const found = text.split(",").map(Number); return found[0] ? found : WHOLE; }
  const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
  function within([zoom, x, y]) {
    const near = clamp(zoom, 0, DEEPEST), across = WIDTH / 2 ** (near + 1), down = HEIGHT / 2 ** (near + 1);
    return [near, clamp(x, across, WIDTH - across), clamp(y, down, HEIGHT - down)];
  }
  const size = () => [WIDTH / 2 ** part[0], HEIGHT / 2 ** part[0]];
  const words = () => (part[0] ? `${part[0]},${part[1].toFixed(2)},${part[2].toFixed(2)}` : "");

  function show() {
    const [width, height] = size();
    map.setAttribute("viewBox", `${part[1] - width / 2} ${part[2] - height / 2} ${width} ${height}`);
    map.classList.toggle("is-near", part[0] > 0);
    map.classList.toggle("events-map--near", part[0] >= 4);
  }

  function address() {
    const query = new URLSearchParams(location.search);
    query.delete("part");
    // A place that is asked for has a part of its own, so all of Ukraine is named too.
    query.set("part", words() || "0,0,0");
    return query;
  }

  async function ask(after) {
    const turn = ++asked, query = address();
    history.replaceState(null, "", `${location.pathname}?${query}`);
    query.set("pieces", 1);
    try {
      const answer = await fetch(`${map.dataset.source}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || turn !== asked) return;
      const { pieces } = await answer.json();
      for (const [name, place] of Object.entries(places)) if (place) place.innerHTML = pieces[name];
      after?.();
    } catch { /* no signal: what is drawn stays */ }
  }

  function go(next, after) { part = within(next); show(); return ask(after); }
  function later() { clearTimeout(waiting); waiting = setTimeout(ask, 250); }

  // Whoever came by keyboard stays by keyboard: the focus goes to the rhomb in the middle, or to the same sign.
  function middle() {
    const box = map.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
    const apart = (link) => { const one = link.getBoundingClientRect(); return Math.hypot(one.left + one.width / 2 - x, one.top + one.height / 2 - y); };
    const links = [...map.querySelectorAll(".clusters a")].sort((one, other) => apart(one) - apart(other));
    (links[0] ?? map).focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (moved) return;
    const move = link.dataset.move;
    go(read(link.dataset.part), () => {
      if (move) (document.querySelector(`[data-move="${move}"]`) ?? document.querySelector("[data-move]")).focus();
      else if (event.detail === 0) middle();
    });
  });

  let grip = null, moved = false;
  map.addEventListener("pointerdown", (event) => { moved = false; if (part[0] && event.isPrimary) grip = { x: event.clientX, y: event.clientY }; });
  map.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const scale = size()[0] / map.clientWidth, dx = grip.x - event.clientX, dy = grip.y - event.clientY;
    if (!moved && Math.hypot(dx, dy) < 6) return;
    if (!moved) { moved = true; map.setPointerCapture(event.pointerId); }
    grip = { x: event.clientX, y: event.clientY };
    part = within([part[0], part[1] + dx * scale, part[2] + dy * scale]);
    show();
  });
  const drop = () => { if (grip && moved) ask(); grip = null; };
  map.addEventListener("pointerup", drop);
  map.addEventListener("pointercancel", drop);
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("click", (event) => { if (moved) { event.preventDefault(); event.stopPropagation(); moved = false; } }, true);
  map.addEventListener("dblclick", (event) => {
    if (event.target.closest("a")) return;
    const box = map.getBoundingClientRect(), [width, height] = size();
    go([part[0] + 1, part[1] + ((event.clientX - box.left) / box.width - 0.5) * width / 2, part[2] + ((event.clientY - box.top) / box.height - 0.5) * height / 2]);
  });

  map.setAttribute("tabindex", "0");
  map.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [width, height] = size();
    const steps = { ArrowLeft: [-width / 4, 0], ArrowRight: [width / 4, 0], ArrowUp: [0, -height / 4], ArrowDown: [0, height / 4] };
    const nearer = { "+": 1, "=": 1, "-": -1, "−": -1 }[event.key];
    const around = document.activeElement.closest(".clusters a") ? () => middle() : undefined;
    if (nearer) {
      if (within([part[0] + nearer, part[1], part[2]])[0] !== part[0]) go([part[0] + nearer, part[1], part[2]], around);
    } else if (event.key === "0") go(WHOLE, around);
    else if (part[0] && steps[event.key]) {
      part = within([part[0], part[1] + steps[event.key][0], part[2] + steps[event.key][1]]);
      show();
      later();
    } else return;
    event.preventDefault();
  });

  const locate = document.querySelector("[data-locate]");
  if (locate && navigator.geolocation && window.isSecureContext) {
    locate.closest(".map-locate").hidden = false;
    const said = locate.parentElement.querySelector("[role=status]");
    locate.addEventListener("click", () => {
      said.textContent = locate.dataset.busy;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        const query = new URLSearchParams(location.search);
        for (const name of ["part", "hromada", "hromada-code", "cell", "stand", "page"]) query.delete(name);
        query.set("near", `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`);
        query.set("within", document.querySelector("#near_within")?.value || "25");
        location.assign(`${location.pathname}?${query}#map`);
      }, () => { said.textContent = locate.dataset.failed; }, { timeout: 15_000, maximumAge: 600_000 });
    });
  }
  document.documentElement.classList.add("map-ready");
  show();
})();
