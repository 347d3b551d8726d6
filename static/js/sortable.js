/* Lists in an order: <form data-sorting> with <ol data-sort>. Each <li data-title> has buttons named up, down and remove,
   which the server obeys too; here they spare the round trip. A [data-grip] is dragged with mouse, pen or finger.
   Nothing is saved before the form is sent; [data-unsaved] says so. */
(() => {
  "use strict";
  const { $, $$, say } = window.INA;

  function tell(form, text, item, place) {
    say(text?.replace("{title}", item.dataset.title).replace("{n}", place));
    $$("[data-unsaved]").forEach((note) => (note.hidden = false));
    form.dataset.changed = "1";
  }

  function renumber(list) {
    $$("[data-number]", list).forEach((number, index) => (number.textContent = index + 1));
  }

  function moved(list, item) {
    renumber(list);
    tell(list.closest("form"), list.closest("form").dataset.moved, item, [...list.children].indexOf(item) + 1);
  }

  function press(event) {
    const button = event.target.closest("button[name=up], button[name=down], button[name=remove]");
    const item = button?.closest("li");
    if (!item) return;
    event.preventDefault();
    const list = item.parentElement;
    if (button.name === "remove") {
      const next = item.nextElementSibling || item.previousElementSibling;
      item.remove();
      renumber(list);
      tell(list.closest("form"), list.closest("form").dataset.removed, item);
      return ($("button[name=remove]", next || document) || $("#id_q"))?.focus();
    }
    if (button.name === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    moved(list, item);
    button.focus();
  }

  /* Listened to on the document: a row that moves in the page would lose a captured pointer. */
  function drag(event) {
    const item = event.target.closest("[data-grip]")?.closest("li");
    if (!item || event.button > 0) return;
    event.preventDefault();
    const list = item.parentElement;
    const before = [...list.children].indexOf(item);
    const follow = (at) => {
      const next = [...list.children].find((other) => {
        const box = other.getBoundingClientRect();
        return other !== item && at.clientY < box.top + box.height / 2;
      });
      if (next ? item.nextElementSibling !== next : list.lastElementChild !== item) list.insertBefore(item, next || null);
    };
    const drop = () => {
      item.classList.remove("orow--dragged");
      document.removeEventListener("pointermove", follow);
      ["pointerup", "pointercancel"].forEach((kind) => document.removeEventListener(kind, drop));
      if ([...list.children].indexOf(item) !== before) moved(list, item);
    };
    item.classList.add("orow--dragged");
    document.addEventListener("pointermove", follow);
    ["pointerup", "pointercancel"].forEach((kind) => document.addEventListener(kind, drop));
  }

  $$("[data-sort]").forEach((list) => {
    $$("[data-grip]", list).forEach((grip) => (grip.hidden = false));
    list.addEventListener("click", press);
    list.addEventListener("pointerdown", drag);
  });
})();
