// Nearer and farther on the map of events. Without this the map shows all of Ukraine and every rhomb is a link.
(() => {
  const map = document.querySelector("svg.events-map[data-source]");
  if (!map) return;
  const WIDTH = 720, HEIGHT = 488, DEEPEST = 5;
  const whole = map.querySelector(".clusters").innerHTML;
  let zoom = 0, left = 0, top = 0, asked = 0;

  const size = () => [WIDTH / 2 ** zoom, HEIGHT / 2 ** zoom];
  const clamp = (value, most) => Math.min(Math.max(value, 0), most);

  function show() {
    const [width, height] = size();
    left = clamp(left, WIDTH - width);
    top = clamp(top, HEIGHT - height);
    map.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
  }

  function draw(found) {
    const group = map.querySelector(".clusters");
    group.replaceChildren(...found.map((one) => {
      const link = document.createElementNS("http://www.w3.org/2000/svg", "a");
      link.setAttribute("href", one.url);
      link.setAttribute("transform", `translate(${one.x} ${one.y}) scale(${1 / 2 ** zoom})`);
      link.setAttribute("aria-label", `${one.name}: ${one.count}`);
      const rhomb = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
      rhomb.setAttribute("points", one.rhomb);
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("y", "4");
      text.textContent = one.count;
      link.append(rhomb, text);
      return link;
    }));
  }

  async function ask() {
    const turn = ++asked;
    if (zoom === 0) { map.querySelector(".clusters").innerHTML = whole; return; }
    const [width, height] = size();
    const query = new URLSearchParams(location.search);
    query.set("zoom", zoom);
    query.set("box", [left, top, left + width, top + height].map((one) => one.toFixed(1)).join(","));
    try {
      const answer = await fetch(`${map.dataset.source}?${query}`, { headers: { Accept: "application/json" } });
      if (answer.ok && turn === asked) draw((await answer.json()).clusters);
    } catch { /* no signal: what is drawn stays */ }
  }

  function step(by, x = left + size()[0] / 2, y = top + size()[1] / 2) {
    const next = Math.min(Math.max(zoom + by, 0), DEEPEST);
    if (next === zoom) return;
    const ratio = 2 ** (zoom - next);
    left = x - (x - left) * ratio;
    top = y - (y - top) * ratio;
    zoom = next;
    show();
    ask();
  }

  function move(dx, dy) { left += dx; top += dy; show(); }

  document.querySelectorAll("[data-map]").forEach((button) => button.addEventListener("click", () => {
    if (button.dataset.map === "all") { zoom = left = top = 0; show(); ask(); }
    else step(button.dataset.map === "in" ? 1 : -1);
  }));

  let grip = null;
  map.addEventListener("pointerdown", (event) => {
    if (zoom && event.isPrimary) grip = { x: event.clientX, y: event.clientY, moved: false };
  });
  map.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const scale = size()[0] / map.clientWidth;
    const dx = (grip.x - event.clientX) * scale, dy = (grip.y - event.clientY) * scale;
    if (!grip.moved && Math.hypot(dx, dy) < 4 * scale) return;
    if (!grip.moved) { grip.moved = true; map.setPointerCapture(event.pointerId); }
    grip.x = event.clientX;
    grip.y = event.clientY;
    move(dx, dy);
  });
  const drop = () => { if (grip?.moved) ask(); grip = null; };
  map.addEventListener("pointerup", drop);
  map.addEventListener("pointercancel", drop);
  map.addEventListener("keydown", (event) => {
    const [width, height] = size();
    const steps = { ArrowLeft: [-width / 4, 0], ArrowRight: [width / 4, 0], ArrowUp: [0, -height / 4], ArrowDown: [0, height / 4] };
    if (event.key === "+" || event.key === "=") step(1);
    else if (event.key === "-") step(-1);
    else if (zoom && steps[event.key]) { move(...steps[event.key]); ask(); }
    else return;
    event.preventDefault();
  });
  document.documentElement.classList.add("map-ready");
})();
