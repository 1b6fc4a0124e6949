// The door: the list follows what is typed. Without this script the button finds the same.
(() => {
  const form = document.querySelector("form[data-door]");
  const input = form && form.querySelector("input[type=search]");
  if (!input) return;
  const WAIT = 250;
  let timer = 0;
  let asked = 0;

  const find = async () => {
    const number = ++asked;
    const address = new URL(form.action || location.href);
    address.search = new URLSearchParams(new FormData(form)).toString();
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-door-list]");
      // Whoever typed on has asked for something else meanwhile.
      if (!found || number !== asked) return;
      document.querySelector("[data-door-list]").replaceWith(found);
      history.replaceState(null, "", address);
    } catch {
      // No signal: the list stays as it is, the button tries again.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, WAIT);
  });
})();
