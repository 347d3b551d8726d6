/* Suggestions while typing: <input data-suggest="URL" data-value="#id_of_hidden"> becomes an ARIA combobox.

   URL?q=… answers {"results": [{"value", "label", "note", "lang", "note_lang", "url"}]}. Choosing one with "url" goes there; else it fills
   the input and the hidden value, and with data-submit="#button" that button is pressed too. Without script the input is
   sent as text: a search, or the server asks back. */
(() => {
  "use strict";
  const { $, later, say } = window.INA;

  function optionOf(found, id) {
    const option = document.createElement("li");
    option.id = id;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = found.label;
    if (found.lang) option.lang = found.lang;
    if (found.note) {
      const note = document.createElement("small");
      note.textContent = found.note;
      if (found.note_lang) note.lang = found.note_lang;
      option.append(note);
    }
    return option;
  }

  function combobox(input) {
    const list = document.createElement("ul");
    const box = document.createElement("div");
    const hidden = $(input.dataset.value);
    let results = [];
    let active = -1;
    let asked = 0;

    list.id = `${input.id}-list`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() || "");
    box.className = "combobox";
    input.before(box);
    box.append(input, list);
    Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    }).forEach(([name, value]) => input.setAttribute(name, value));

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) mark(-1);
    }

    function mark(index) {
      active = index;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      const option = list.children[index];
      if (!option) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function choose(index) {
      const found = results[index];
      if (!found) return;
      if (found.url) return location.assign(found.url);
      input.value = found.label;
      if (hidden) {
        hidden.value = found.value;
        hidden.dispatchEvent(new Event("input", { bubbles: true }));
      }
      show(false);
      const button = input.dataset.submit && $(input.dataset.submit);
      if (button) button.form.requestSubmit(button);
    }

    const ask = later(async () => {
      const turn = ++asked;
      const query = input.value.trim();
      if (query.length < 2) return show(false);
      const url = new URL(input.dataset.suggest, location.href);
      url.searchParams.set("q", query);
      try {
        const answer = await (await fetch(url, { headers: { Accept: "application/json" } })).json();
        if (turn !== asked) return;
        results = answer.results;
      } catch {
        results = [];
      }
      list.replaceChildren(...results.map((found, at) => optionOf(found, `${list.id}-${at}`)));
      show(results.length > 0);
      say(results.length ? input.dataset.count?.replace("{n}", results.length) : input.dataset.none);
    }, 200);

    input.addEventListener("input", () => {
      if (hidden) hidden.value = "";
      ask();
    });
    input.addEventListener("keydown", (event) => {
      const last = results.length - 1;
      if (event.key === "ArrowDown" && !list.hidden) mark(active < last ? active + 1 : 0);
      else if (event.key === "ArrowUp" && !list.hidden) mark(active > 0 ? active - 1 : last);
      else if (event.key === "Enter" && active >= 0) choose(active);
      else if (event.key === "Escape" && !list.hidden) show(false);
      else return;
      event.preventDefault();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      choose([...list.children].indexOf(event.target.closest("[role=option]")));
    });
    input.addEventListener("blur", () => show(false));
  }

  document.querySelectorAll("[data-suggest]").forEach(combobox);
})();
