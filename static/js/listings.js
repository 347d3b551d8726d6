/* The order of a market's page: its buttons without leaving the page, and rows to drag. Without script they are plain forms.

   [data-rank-list] is the list, [data-rank] a row with its product; [data-rank-form] its form with the buttons, and
   [data-grip] what is taken hold of. The server answers with the page, from which the list is taken. */
(() => {
  "use strict";
  const { $, $$, say } = window.INA;
  const LIST = "[data-rank-list]";

  async function send(form, body, then) {
    if (form.dataset.plain) return;
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = $(LIST, page);
      if (!answer.ok || !fresh) throw new Error(answer.status);
      $(LIST).replaceWith(document.importNode(fresh, true));
      say($(LIST).dataset.done);
      then();
    } catch {
      location.reload();
    }
  }

  const rowOf = (product) => $(`[data-rank="${product}"]`);

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("[data-rank-form]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const { value } = event.submitter;
    const product = form.closest("[data-rank]").dataset.rank;
    send(form, new FormData(form, event.submitter), () => {
      const row = rowOf(product);
      const buttons = row ? $$("[data-rank-form] button", row) : [];
      (buttons.find((button) => button.value === value) || buttons[0] || $(LIST)).focus();
    });
  });

  let taken = null;
  let stood = null;

  document.addEventListener("pointerdown", (event) => {
    const row = event.target.closest?.("[data-grip]")?.closest("[data-rank]");
    if (row) row.draggable = true;
  });
  document.addEventListener("pointerup", () => $$("[data-rank][draggable]").forEach((row) => row.removeAttribute("draggable")));

  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.("[data-rank][draggable]");
    if (!row) return;
    taken = row;
    stood = row.nextElementSibling;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.rank);
    row.classList.add("is-taken");
  });

  document.addEventListener("dragover", (event) => {
    const over = taken && event.target.closest?.("[data-rank]");
    if (!taken || !event.target.closest?.(LIST)) return;
    event.preventDefault();
    if (!over || over === taken) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(taken);
    else over.after(taken);
  });

  document.addEventListener("drop", (event) => {
    if (!taken || !event.target.closest?.(LIST)) return;
    event.preventDefault();
    const row = taken;
    taken = null;
    row.classList.remove("is-taken");
    if (row.nextElementSibling === stood) return;
    const wentUp = stood ? row.compareDocumentPosition(stood) & Node.DOCUMENT_POSITION_FOLLOWING : true;
    const cameAfter = wentUp && row.nextElementSibling;
    const beside = cameAfter || row.previousElementSibling;
    const form = $("[data-rank-form]", row);
    const body = new FormData(form);
    body.append("beside", beside.dataset.rank);
    send(form, body, () => $("[data-rank-form] button", rowOf(row.dataset.rank) || $(LIST))?.focus());
  });

  document.addEventListener("dragend", () => {
    if (!taken) return;
    taken.classList.remove("is-taken");
    taken.parentElement.insertBefore(taken, stood);
    taken = null;
  });
})();
