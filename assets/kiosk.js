// The kiosk with scripts. Without them everything works by forms; with them, pages change without leaving anything in
// the browser's history, a page that is left alone is cleared, keys on the screen type at once, and pages are read out.
(() => {
  const started = performance.now();
  // The tests put their own clock here.
  const kiosk = { now: () => performance.now() - started, left: false };
  window.kiosk = kiosk;

  const byId = (id) => document.getElementById(id);
  const isPersonal = () => document.body.classList.contains("personal");

  // --- leaving and clearing ---------------------------------------------------------------------------------------

  const goTo = (address) => {
    kiosk.left = true;
    if (window.speechSynthesis) speechSynthesis.cancel();
    document.body.replaceChildren();
    location.replace(address);
  };
  const wipe = () => goTo(byId("still").dataset.start);

  // A page that the browser had kept for the key "Back" is nobody's any more.
  addEventListener("pageshow", (event) => {
    if (event.persisted) goTo("/kiosk");
  });

  // Shift three times, as on other British public sites.
  let shifts = 0;
  addEventListener("keyup", (event) => {
    shifts = event.key === "Shift" ? shifts + 1 : 0;
    if (shifts === 3 && byId("leave")) goTo(byId("leave").href);
  });

  // --- left alone -------------------------------------------------------------------------------------------------

  let touched = kiosk.now();
  const isWarning = () => byId("still")?.open ?? false;
  const touch = () => {
    if (!isWarning()) touched = kiosk.now();
  };
  for (const kind of ["pointerdown", "pointermove", "keydown", "scroll", "input"]) {
    addEventListener(kind, touch, { passive: true, capture: true });
  }
  const stay = () => {
    byId("still").close();
    touched = kiosk.now();
  };
  const look = () => {
    const dialog = byId("still");
    if (kiosk.left || !dialog) return;
    const idle = (kiosk.now() - touched) / 1000;
    const { warn, wipe: end } = dialog.dataset;
    if (idle >= end) return wipe();
    if (idle >= warn) {
      byId("seconds").textContent = Math.ceil(end - idle);
      if (!dialog.open) {
        if (window.speechSynthesis) speechSynthesis.cancel();
        dialog.showModal();
        byId("stay").focus();
      }
    }
  };
  kiosk.look = look;
  setInterval(look, 500);

  // --- from page to page ------------------------------------------------------------------------------------------

  const say = (text) => {
    const status = byId("status");
    if (status) status.textContent = text;
  };
  const send = async (form, button) => {
    const body = new URLSearchParams(new FormData(form, button));
    body.set("live", "1");
    const action = button?.getAttribute("formaction") || form.getAttribute("action");
    document.body.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(action, { method: "POST", body, headers: { accept: "text/html" }, cache: "no-store" });
      const text = await answer.text();
      if (kiosk.left) return;
      if (answer.redirected) return goTo(answer.url);
      show(new DOMParser().parseFromString(text, "text/html"), button);
    } catch {
      say(byId("lost").content.textContent);
    } finally {
      document.body?.removeAttribute("aria-busy");
    }
  };
  const show = (page, button) => {
    const samePage = page.title === document.title || button?.name === "take" || button?.name === "drop";
    const { name, value } = button ?? {};
    const offset = scrollY;
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    document.body.className = page.body.className;
    document.body.replaceChildren(...page.body.childNodes);
    prepare();
    touched = kiosk.now();
    const again = samePage && name && document.querySelector(`main button[value="${CSS.escape(value)}"]`);
    if (again) {
      scrollTo(0, offset);
      again.focus({ preventScroll: true });
    } else {
      scrollTo(0, 0);
      (byId("wrong") ?? document.querySelector("h1"))?.focus();
    }
  };
  addEventListener("submit", (event) => {
    if (event.target.id !== "answers") return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target) return;
    if (target.id === "leave" || target.id === "finish") {
      event.preventDefault();
      goTo(target.href);
    } else if (target.id === "stay") stay();
    else if (target.id === "clear") wipe();
    else if (target.hasAttribute("data-print")) print();
    else if (target.hasAttribute("data-read")) read(target);
    else if (target.closest(".keyboard")) {
      event.preventDefault();
      type(target);
    }
  });
  addEventListener("cancel", (event) => {
    if (event.target.id === "still") touched = kiosk.now();
  }, true);

  // --- keys on the screen -----------------------------------------------------------------------------------------

  const type = (key) => {
    const field = byId(key.closest(".keyboard").dataset.for);
    const capital = field.id === "near";
    const { value } = key;
    if (value === "back") field.value = field.value.slice(0, -1);
    else if (value === "space") field.value = field.value.trimEnd() + (field.value ? " " : "");
    else if (field.value.length < field.maxLength) field.value += capital ? value.toUpperCase() : value.toLowerCase();
  };

  // --- up to five -------------------------------------------------------------------------------------------------

  const count = () => {
    const groups = document.querySelector("[data-most]");
    const said = document.querySelector(".chosen");
    if (!groups || !said) return;
    const chosen = groups.querySelectorAll(":checked").length;
    const { none, some, full } = said.dataset;
    const text = chosen === 0 ? none : chosen >= groups.dataset.most ? full : some.replace("{n}", chosen);
    said.hidden = false;
    said.textContent = text;
    return text;
  };
  addEventListener("change", (event) => {
    const groups = event.target.closest("[data-most]");
    if (!groups) return;
    if (groups.querySelectorAll(":checked").length > groups.dataset.most) event.target.checked = false;
    say(count());
  });

  // --- read aloud: only by a voice of this machine, since others send the text away ---------------------------------

  const voice = () => {
    const language = document.documentElement.lang.slice(0, 2);
    return window.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.startsWith(language));
  };
  const offerReading = () => {
    const button = document.querySelector("[data-read]");
    if (button) button.hidden = !voice();
  };
  const read = (button) => {
    const label = button.textContent;
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    const parts = byId("main").querySelectorAll("h1, h2, h3, p, legend, .tile span, .choice span, dt, dd, li");
    const seen = [...parts].filter((part) => part.offsetParent && !part.closest(".keyboard") && !part.parentElement.closest("dd, li"));
    const utterance = new SpeechSynthesisUtterance(seen.map((part) => part.innerText.trim()).join(". "));
    utterance.voice = voice();
    utterance.lang = document.documentElement.lang;
    utterance.rate = 0.9;
    utterance.onend = utterance.onerror = () => (button.textContent = label);
    button.textContent = button.dataset.stop;
    speechSynthesis.speak(utterance);
  };
  window.speechSynthesis?.addEventListener("voiceschanged", offerReading);

  // --- what a new page needs ----------------------------------------------------------------------------------------

  const prepare = () => {
    document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
    count();
    offerReading();
  };
  prepare();
})();
