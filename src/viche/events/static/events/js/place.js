// The point of an event from the device that stands there: input[data-locate]. Asked only when the button is pressed.
(() => {
  if (!navigator.geolocation || !window.isSecureContext) return;
  for (const input of document.querySelectorAll("input[data-locate]")) {
    const { locate, busy, failed, found } = input.dataset;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--second", textContent: locate });
    const said = Object.assign(document.createElement("span"), { className: "note" });
    said.setAttribute("role", "status");
    const row = Object.assign(document.createElement("p"), { className: "row" });
    row.append(button, said);
    input.after(row);
    button.addEventListener("click", () => {
      said.textContent = busy;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        input.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        said.textContent = found.replace("#", Math.max(1, Math.round(coords.accuracy)));
      }, () => { said.textContent = failed; }, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 });
    });
  }
})();
