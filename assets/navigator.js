// What makes the navigator quick: answers without a new page, completions, the keyboard. Nothing is kept: the question and
// the shortlist are in the form, and gone with the page.
"use strict";
(() => {
  const main = document.getElementById("main");
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  main.after(said);
  let shortcuts = true;
  let asking = null;

  // --- answers in place of the page ----------------------------------------------------------------------------------

  const swaps = /^\/navigator(\/(compare|plan|person))?$/;

  const ask = async (form, submitter) => {
    const url = new URL(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action);
    const body = new URLSearchParams(new FormData(form, submitter ?? undefined));
    const focused = submitter?.id || document.activeElement?.id;
    asking?.abort();
    asking = new AbortController();
    let text;
    try {
      const answer = await fetch(url, { method: "POST", body, signal: asking.signal, headers: { accept: "text/html" } });
      text = await answer.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      // The network is gone: the browser says so better than we can.
      form.removeAttribute("data-swap");
      form.requestSubmit(submitter);
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) return location.assign("/navigator");
    const language = submitter?.classList.contains("language");
    if (language) speak(page, url);
    const open = new Map([...main.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
    const way = new URL(form.action).pathname === url.pathname;
    main.replaceChildren(...fresh.childNodes);
    const words = page.getElementById("words");
    if (words) document.getElementById("words")?.replaceWith(words) ?? document.body.append(words);
    document.title = page.title;
    if (way) for (const one of main.querySelectorAll("details[id]")) if (open.has(one.id)) one.open = open.get(one.id);
    prepare();
    const wrong = document.getElementById("wrong");
    const again = way && focused && document.getElementById(focused);
    const heading = main.querySelector("[data-announce]");
    if (wrong) wrong.focus();
    else if (language) document.querySelector(".top .language")?.focus({ preventScroll: true });
    else if (again && submitter?.id !== "search") again.focus({ preventScroll: true });
    else if (!way) {
      scrollTo(0, 0);
      heading?.focus();
    }
    if (submitter?.name === "page") {
      heading?.focus();
      heading?.scrollIntoView();
    }
    said.textContent = heading?.textContent ?? "";
  };

  // Another language: also of what is around the answer. The address says the language, and nothing of the question.
  const speak = (page, url) => {
    const { lang, dir } = page.documentElement;
    Object.assign(document.documentElement, { lang, dir });
    for (const part of [".skip", "header.top", "footer.foot"]) {
      const other = page.querySelector(part);
      if (other) document.querySelector(part)?.replaceWith(other);
    }
    history.replaceState(null, "", location.pathname + url.search);
  };

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.hasAttribute("data-swap")) return;
    const url = new URL(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action);
    if (!swaps.test(url.pathname)) return;
    event.preventDefault();
    ask(form, submitter);
  });

  // A box that is ticked answers at once; whoever reads the list is told how many there are now.
  main.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (!form || !event.target.closest(".filters, .ask select")) return;
    ask(form, null);
  });

  // --- what is on the page -------------------------------------------------------------------------------------------

  const prepare = () => {
    for (const one of main.querySelectorAll("[data-print]")) {
      one.hidden = false;
      one.onclick = () => print();
    }
    const help = document.getElementById("help-button");
    if (help) {
      help.hidden = false;
      help.onclick = showKeys;
    }
    document.getElementById("apply")?.setAttribute("hidden", "");
    for (const field of main.querySelectorAll("[data-suggest]")) suggest(field);
    for (const frame of main.querySelectorAll(".map-frame")) Signpost.map(frame);
    for (const card of main.querySelectorAll(".card")) {
      const number = card.id.split("-")[1];
      const pin = [...main.querySelectorAll(".pins .spot")].find((one) => one.dataset.numbers.split(" ").includes(number));
      if (!pin) continue;
      const mark = (on) => {
        pin.classList.toggle("marked", on);
        if (on) pin.parentNode.append(pin);
      };
      for (const on of ["mouseenter", "focusin"]) card.addEventListener(on, () => mark(true));
      for (const off of ["mouseleave", "focusout"]) card.addEventListener(off, () => mark(false));
    }
  };

  main.addEventListener("click", (event) => {
    const pin = event.target.closest(".pins a");
    if (!pin) return;
    event.preventDefault();
    const card = document.querySelector(pin.getAttribute("href"));
    card?.scrollIntoView({ block: "center" });
    card?.focus({ preventScroll: true });
  });

  // --- completions: a combobox as the ARIA practices have it ---------------------------------------------------------

  const suggest = (field) => {
    const words = document.getElementById("words").dataset;
    const name = field.dataset.suggest;
    const list = document.createElement("ul");
    list.id = `${name}-list`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.suggestions);
    list.hidden = true;
    field.after(list);
    for (const [key, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    })) {
      field.setAttribute(key, value);
    }
    let found = [];
    let at = -1;
    let timer;

    const close = () => {
      list.hidden = true;
      at = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const mark = (next) => {
      at = (next + found.length) % found.length;
      [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
      field.setAttribute("aria-activedescendant", `${name}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (choice) => {
      close();
      const form = field.form;
      if (choice.kind === "place") {
        const near = form.elements.near;
        if (near !== field) field.value = "";
        near.value = choice.text;
      } else if (choice.kind === "service") {
        field.value = choice.text;
      } else {
        const box = document.getElementById(`${choice.kind}-${choice.id}`);
        if (box) box.checked = true;
        else {
          const hidden = document.createElement("input");
          Object.assign(hidden, { type: "hidden", name: choice.kind, value: choice.id });
          form.append(hidden);
        }
        field.value = "";
      }
      if (form.querySelector(".filters")) ask(form, null);
    };
    const show = (choices) => {
      found = choices;
      at = -1;
      if (!found.length || document.activeElement !== field) return close();
      list.replaceChildren(
        ...found.map((choice, number) => {
          const option = document.createElement("li");
          option.id = `${name}-${number}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          const kind = document.createElement("span");
          kind.className = "kind";
          kind.textContent = choice.label;
          option.append(choice.text, " ", kind);
          option.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            choose(choice);
          });
          return option;
        }),
      );
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      const text = field.value.trim();
      if (!text) return close();
      timer = setTimeout(async () => {
        try {
          const body = new URLSearchParams({ [name]: text });
          const answer = await fetch(words.suggestTo, { method: "POST", body });
          if (answer.ok && field.value.trim() === text) show(await answer.json());
        } catch {
          close();
        }
      }, 120);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
      else if (event.key === "Enter" && at >= 0) choose(found[at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
  };

  // --- the keyboard --------------------------------------------------------------------------------------------------

  const cards = () => [...main.querySelectorAll(".card")];
  const current = () => document.activeElement?.closest?.(".card");
  const step = (by) => {
    const all = cards();
    if (!all.length) return;
    const next = all[all.indexOf(current()) + by] ?? (by > 0 ? all[0] : all.at(-1));
    next.focus();
  };
  const act = {
    "/": () => {
      const box = document.getElementById("q");
      box?.focus();
      box?.select();
    },
    j: () => step(1),
    k: () => step(-1),
    s: () => current()?.querySelector("[data-keep]")?.click(),
    c: () => document.getElementById("compare")?.click(),
    "?": () => showKeys(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [role=group][tabindex]");
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const card = current();
    if (event.target === card) {
      if (event.key === "Enter") {
        const more = card.querySelector("details:last-of-type");
        if (more) more.open = !more.open;
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        step(event.key === "ArrowDown" ? 1 : -1);
        return;
      }
    }
    if (typing || !shortcuts || !act[event.key]) return;
    event.preventDefault();
    act[event.key]();
  });

  const showKeys = () => {
    const words = document.getElementById("words");
    if (!words?.dataset.keys) return;
    const dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-title");
    const title = document.createElement("h2");
    title.id = "keys-title";
    title.textContent = words.dataset.keys;
    const button = (text, act) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = text;
      one.addEventListener("click", act);
      return one;
    };
    const turn = button(shortcuts ? words.dataset.off : words.dataset.on, () => {
      shortcuts = !shortcuts;
      turn.textContent = shortcuts ? words.dataset.off : words.dataset.on;
    });
    dialog.append(title, words.content.cloneNode(true), turn, button(words.dataset.close, () => dialog.close()));
    dialog.addEventListener("close", () => dialog.remove());
    main.append(dialog);
    dialog.showModal();
  };

  prepare();
})();
