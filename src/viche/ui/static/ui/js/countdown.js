// The last day of a term: hours and minutes go on by themselves. [data-until] holds the instant, the words lie beside.
(() => {
  const loaded = Date.now(); // the device's clock may be wrong: only the time since the page came is taken from it
  const drift = () => {
    for (const place of document.querySelectorAll("[data-until]")) {
      const span = Date.parse(place.dataset.until) - Date.parse(place.dataset.at) - (Date.now() - loaded);
      const say = place.dataset;
      const minutes = Math.floor(span / 60000);
      const hours = Math.floor(minutes / 60);
      const parts = [];
      if (hours) parts.push(`${hours}\u00a0${say.hours}`);
      if (minutes % 60 || !hours) parts.push(`${minutes % 60}\u00a0${say.minutes}`);
      const text = span <= 0 ? say.over : minutes < 1 ? say.last : say.left.replace("#", parts.join(" "));
      if (place.textContent !== text) place.textContent = text;
    }
  };
  if (document.querySelector("[data-until]")) {
    drift();
    setInterval(drift, 15000);
  }
})();
