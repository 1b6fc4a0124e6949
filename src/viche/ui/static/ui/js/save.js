// Saves a form as one types: <form data-save="address">. What the server has not taken yet lies in this device,
// and is offered, never put back silently, when the page is opened again.
(() => {
  const WAIT = 1200;
  const LONGEST = 60000;
  const PATIENCE = 5000;
  const SENT = "viche:sent";
  const KYIV = "Europe/Kyiv"; // deadlines are told by this clock, so what is saved is too

  const start = (form) => {
    const say = form.dataset;
    const key = `viche:${say.key}`;
    const place = form.querySelector("[data-save-status]");
    const hidden = form.querySelector("input[name=revision]");
    let revision = hidden ? hidden.value : say.revision || "";
    let timer = 0;
    let pause = 2000;
    let busy = false;
    let again = false;
    let stopped = false;
    let nowhere = false;
    let sent = "";
    let pressed = null; // the press of a button that waits for the save on its way

    const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "revision");
    const written = () => JSON.stringify(typed());
    const clock = (at) => new Date(at).toLocaleTimeString("uk", { hour: "2-digit", minute: "2-digit", timeZone: KYIV });

    const tell = (kind, text) => {
      if (!place || !text || place.textContent === text) return;
      place.className = `state state--${kind}`;
      place.textContent = text;
    };
    const keep = () => {
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), revision, fields: typed() }));
        nowhere = false;
      } catch {
        nowhere = true;
      }
      return !nowhere;
    };
    const forget = () => {
      nowhere = false;
      try {
        localStorage.removeItem(key);
      } catch {
        // storage is closed to us: then nothing lies there
      }
    };
    const plan = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(send, wait);
    };
    const failed = () => {
      tell(nowhere ? "failed" : "offline", nowhere ? say.unsaved : say.offline);
      plan(pause);
      pause = Math.min(pause * 2, LONGEST);
    };

    // Saved, but something ended meanwhile: the page still looks as if it had not.
    const warn = (text) => {
      if (!form.querySelector("[data-warned]")) {
        const box = document.createElement("div");
        box.className = "notice notice--soon";
        box.setAttribute("role", "alert");
        box.dataset.warned = "";
        box.append(Object.assign(document.createElement("p"), { textContent: text }));
        form.prepend(box);
      }
      tell("late", text);
    };

    // Aloud for who does not see the page, once: nothing that is heard is repeated as long as it stands there.
    const aloud = (words) => {
      const place = form.querySelector("[data-aloud]");
      if (place && words.length) place.replaceChildren(Object.assign(document.createElement("p"), { textContent: words.join(" ") }));
    };
    const called = (control) => (control.labels?.[0]?.firstChild?.textContent || control.getAttribute("aria-label") || "").trim();

    // A sentence at its field, as the server would draw it; null takes it away. Gives what is new, to be said aloud.
    const point = (control, sentence) => {
      const id = `e-${control.id}`;
      const box = control.closest(".field, .choices, td");
      const said = document.getElementById(id);
      const about = (control.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
      if (!box || (said && said.textContent === sentence)) return [];
      if (said) said.remove();
      if (sentence) {
        about.unshift(id);
        box.append(Object.assign(document.createElement("span"), { className: "fault", id, textContent: sentence }));
      }
      if (!box.matches("td")) box.classList.toggle("wrong", Boolean(sentence));
      for (const [name, value] of [["aria-invalid", sentence && "true"], ["aria-describedby", about.join(" ")]]) {
        if (value) control.setAttribute(name, value);
        else control.removeAttribute(name);
      }
      return sentence ? [`${called(control)}: ${sentence}`] : [];
    };
    // What cannot be read stands at its field at once; what is only lacking was said when it was asked, and stays so.
    const settle = (faults, lacking) => {
      for (const said of form.querySelectorAll(".fault[id^='e-id_']")) {
        const id = said.id.slice(2);
        const control = document.getElementById(id);
        if (control && !(id in faults) && !control.validity?.badInput) point(control, lacking[id] || null);
      }
      return Object.entries(faults).flatMap(([id, sentence]) => {
        const control = document.getElementById(id);
        return control ? point(control, sentence) : [];
      });
    };

    // What the server says of what it has just saved: beside the form, at its fields, and aloud what was not there before.
    const told = (answer) => {
      const places = () => [...document.querySelectorAll("[data-beside], [data-mark]")];
      const stood = places().map((place) => place.textContent).join("\n");
      const put = (place, html) => html !== undefined && place.innerHTML !== html && (place.innerHTML = html);
      for (const place of places()) put(place, place.dataset.mark ? answer.marks?.[place.dataset.mark] : answer.beside);
      const fresh = (answer.said || []).filter((one) => !stood.includes(one));
      aloud([...(answer.faults ? settle(answer.faults, answer.lacking || {}) : []), ...fresh]);
    };

    const took = (answer, text) => {
      told(answer);
      sent = text;
      pause = 2000;
      if (answer.revision !== undefined) {
        revision = String(answer.revision);
        if (hidden) hidden.value = revision;
      }
      // What was typed meanwhile is still on its way: the page does not call it saved.
      if (written() !== sent) return tell("draft", say.saving);
      forget();
      if (answer.warning) return warn(answer.warning);
      tell("saved", answer.text || say.saved.replace("#", clock(Date.now())));
    };

    // Somebody saved first: the form itself, sent with its old revision, comes to the page that shows both texts.
    const compare = (label) => {
      if (!place || !label || form.querySelector("[data-compare]")) return;
      const button = Object.assign(document.createElement("button"), { type: "submit", className: "button button--second", textContent: label });
      button.dataset.compare = "";
      place.after(" ", button);
    };

    const send = async (leaving = false) => {
      clearTimeout(timer);
      const text = written();
      if (stopped || form.dataset.sending || text === sent) return;
      if (busy) {
        again = true;
        if (!leaving) return;
      }
      busy = true;
      const body = new FormData();
      for (const [name, value] of JSON.parse(text)) body.append(name, value);
      body.append("revision", revision);
      const token = form.querySelector("input[name=csrfmiddlewaretoken]");
      try {
        const response = await fetch(say.save, {
          method: "POST",
          body,
          keepalive: leaving && text.length < LONGEST,
          headers: { Accept: "application/json", "X-CSRFToken": token ? token.value : "" },
        });
        const answer = await response.json().catch(() => ({}));
        if (response.ok) took(answer, text);
        else if (response.status === 403 && answer.token && token) {
          token.value = answer.token;
          again = true;
        } else if (response.status >= 500 || response.status === 429) failed();
        else {
          // stale, signed out, closed: a person has to look; the text stays in the device
          stopped = response.status !== 422;
          tell("failed", answer.text || say.unsaved);
          compare(answer.compare);
          if (response.status === 422) sent = text;
        }
      } catch {
        failed();
      } finally {
        busy = false;
        if (pressed) goOn();
        else if (again) {
          again = false;
          plan(200);
        }
      }
    };

    const goOn = () => form.requestSubmit(pressed.by);

    const changed = () => {
      if (written() === sent) return;
      const kept = keep();
      if (stopped) return;
      if (kept) tell("draft", say.saving);
      else tell("failed", say.unsaved);
      plan(WAIT);
    };

    const fill = (fields) => {
      const left = new Map();
      for (const [name, value] of fields) left.set(name, [...(left.get(name) || []), value]);
      for (const name of left.keys()) {
        for (let tries = 0; tries < 50 && !form.elements.namedItem(name); tries += 1) {
          if (!form.dispatchEvent(new CustomEvent("viche:row", { cancelable: true, detail: name }))) continue;
          break;
        }
      }
      for (const control of form.elements) {
        if (!control.name || control.type === "file" || control.type === "submit" || control.name === "csrfmiddlewaretoken" || control.name === "revision") continue;
        const values = left.get(control.name) || [];
        if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
        else if (control.type === "select-multiple") for (const option of control.options) option.selected = values.includes(option.value);
        else if (values.length) control.value = values.shift();
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    };

    const offer = (kept) => {
      const box = document.createElement("div");
      box.className = "notice notice--soon";
      box.setAttribute("role", "alert");
      const words = document.createElement("p");
      const when = new Date(kept.at).toLocaleString(document.documentElement.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: KYIV });
      words.textContent = say.restore.replace("#", when);
      if (String(kept.revision) !== revision) words.textContent += ` ${say.restoreNewer}`;
      const row = document.createElement("p");
      row.className = "row";
      for (const [text, act, shape] of [
        [say.restoreYes, () => fill(kept.fields), "button"],
        [say.restoreNo, forget, "button button--second"],
      ]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = shape;
        button.textContent = text;
        button.addEventListener("click", () => {
          box.remove();
          act();
          form.querySelector(".input, input:not([type=hidden])")?.focus();
          changed();
        });
        row.append(button);
      }
      box.append(words, row);
      form.prepend(box);
    };

    sent = written();
    if (place && !place.textContent) place.textContent = place.dataset.saveStatus;
    for (const button of form.querySelectorAll("[data-unscripted]")) button.remove();
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "null");
      if (kept && JSON.stringify(kept.fields) !== sent) offer(kept);
      else if (kept) forget();
    } catch {
      forget();
    }

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("focusout", (event) => {
      // A browser's own field holds back what is no day: only it knows that something was typed.
      const { target } = event;
      if (target.dataset.bad && target.validity.badInput) aloud(point(target, target.dataset.bad));
      const next = event.relatedTarget;
      if (!next || next.type !== "submit" || next.form !== form) send(); // a button takes the words along itself
    });
    addEventListener("online", () => send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send(true));
    addEventListener("beforeunload", (event) => {
      if (nowhere && !form.dataset.sending && written() !== sent) event.preventDefault();
    });
    // The whole form is on its way by itself: what it holds is the server's now, or comes back on the page with errors.
    // It goes after a save that is on its way, else one would meet one's own words as somebody else's.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (busy && !(pressed && pressed.late)) {
        event.preventDefault();
        if (pressed) return;
        const mine = { by: event.submitter, late: false };
        pressed = mine;
        setTimeout(() => {
          if (pressed !== mine) return;
          mine.late = true;
          goOn();
        }, PATIENCE);
        return;
      }
      pressed = null;
      try {
        sessionStorage.setItem(SENT, key);
      } catch {
        // then the copy stays until the page is opened again
      }
    });
  };

  // A form that arrived leaves no copy behind: others may use this device too.
  const clear = () => {
    const key = sessionStorage.getItem(SENT);
    if (!key || document.querySelector("[data-held]")) return;
    if ([...document.querySelectorAll("form[data-save]")].some((form) => `viche:${form.dataset.key}` === key)) return;
    localStorage.removeItem(key);
    sessionStorage.removeItem(SENT);
  };
  try {
    clear();
  } catch {
    // storage is closed to us
  }
  for (const form of document.querySelectorAll("form[data-save]")) start(form);
})();
