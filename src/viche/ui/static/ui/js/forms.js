// Every form: the summary of errors takes the focus, a second press sends nothing, a file too large is told at once,
// counters of limited texts run along. Words come from attributes that the server writes.
(() => {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // What is proof is printed whole, folded or not.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details.printed")) fold.open = true;
  });

  // A double press on "send" is one sending; coming back by the browser's arrow wakes the button again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (form.dataset.sending) return event.preventDefault();
    const large = form.querySelector("input[type=file][aria-invalid=true][data-told]");
    if (large) {
      event.preventDefault();
      return large.focus();
    }
    form.dataset.sending = "1";
    const button = event.submitter;
    if (button && button.matches(".button")) {
      button.dataset.words = button.textContent;
      button.setAttribute("aria-busy", "true");
      button.textContent = document.body.dataset.busy;
    }
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
    for (const button of document.querySelectorAll("[data-words]")) {
      button.textContent = button.dataset.words;
      button.removeAttribute("aria-busy");
      delete button.dataset.words;
    }
  });

  const megabytes = (bytes) => (bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  const measure = (input) => {
    const box = input.closest("[data-large]");
    const large = [...input.files].find((file) => file.size > Number(input.dataset.limit));
    let said = box && box.querySelector("[data-fault]");
    if (said) said.remove();
    input.removeAttribute("data-told");
    input.removeAttribute("aria-invalid");
    if (!large || !box) return;
    said = document.createElement("span");
    said.className = "fault";
    said.dataset.fault = "";
    said.setAttribute("role", "alert");
    said.textContent = box.dataset.large.replace("#", megabytes(large.size));
    box.append(said);
    input.dataset.told = "1";
    input.setAttribute("aria-invalid", "true");
  };

  const signs = window.Intl && Intl.Segmenter ? new Intl.Segmenter(document.documentElement.lang) : null;
  const length = (text) => [...(signs ? signs.segment(text) : text)].length;
  const count = (area) => {
    const place = document.getElementById(`n-${area.id}`);
    if (!place) return;
    const left = Number(area.dataset.limit) - length(area.value.trim());
    const words = left < 0 ? place.dataset.over : place.dataset.counter;
    place.textContent = words.replace("#", Math.abs(left).toLocaleString(document.documentElement.lang));
    place.classList.toggle("over", left < 0);
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][data-limit]")) measure(event.target);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-limit]")) count(event.target);
  });
})();
