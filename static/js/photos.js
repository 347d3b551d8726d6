/* Photos: one request a file, with its progress; order, cover and removal without leaving the page.

   [data-drop data-upload="URL"] holds the file input; [data-uploads] shows what is under way; [data-photos] is the list.
   Upload answers {"html": one <li>} or {"error": a sentence}. The buttons of a photo (name up, down or del) are plain
   submit buttons; here their form is sent in the background, and sent plainly if that fails. */
(() => {
  "use strict";
  const { $, $$, say } = window.INA;

  function send(url, body, onProgress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event));
      request.addEventListener("load", () => resolve(request));
      request.addEventListener("error", reject);
      request.addEventListener("timeout", reject);
      request.send(body);
    });
  }

  function rowFor(file, drop) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    row.append(name, bar);
    $("[data-uploads]", drop).append(row);
    return { row, bar };
  }

  function refuse(row, file, reason) {
    const text = document.createElement("p");
    text.className = "error";
    text.setAttribute("role", "alert");
    text.textContent = reason.includes(file.name) ? reason : `${file.name}: ${reason}`;
    row.replaceChildren(text);
  }

  async function upload(file, drop, input) {
    const { row, bar } = rowFor(file, drop);
    const limit = Number(input.dataset.mb) || 15;
    if (file.size > limit * 1048576) return refuse(row, file, drop.dataset.big);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]", input.form).value);
    body.append(input.name, file);
    try {
      const answer = await send(drop.dataset.upload, body, (event) => {
        bar.value = (event.loaded / event.total) * 100;
      });
      if (!answer.response?.html) return refuse(row, file, answer.response?.error || drop.dataset.failed);
      const holder = document.createElement("template");
      holder.innerHTML = answer.response.html;
      $("[data-photos]").append(holder.content);
      row.remove();
      say(drop.dataset.done?.replace("{name}", file.name));
    } catch {
      refuse(row, file, drop.dataset.failed);
    }
  }

  function takeFiles(drop) {
    const input = $("input[type=file]", drop);
    const most = Number(input.dataset.max) || 12;
    let queue = Promise.resolve();
    const take = (files) => {
      const free = most - $$("[data-photos] > li").length;
      const chosen = [...files];
      if (chosen.length > free) say(drop.dataset.many);
      chosen.slice(0, Math.max(free, 0)).forEach((file) => {
        queue = queue.then(() => upload(file, drop, input));
      });
      input.value = "";
    };
    $$("[data-no-script]", drop).forEach((part) => (part.hidden = true));
    input.addEventListener("change", () => take(input.files));
    ["dragover", "dragleave", "drop"].forEach((kind) =>
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragover");
        if (kind === "drop") take(event.dataTransfer.files);
      }),
    );
  }

  async function act(event) {
    const button = event.target.closest("button[data-act]");
    const item = button?.closest("li");
    const form = button?.form;
    if (!item || !form || form.dataset.plain) return;
    event.preventDefault();
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST",
        body: new FormData(form, button),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(answer.status);
      move(item, button);
    } catch {
      form.dataset.plain = "1";
      form.requestSubmit(button);
    }
  }

  function move(item, button) {
    const { act: how } = button.dataset;
    if (how === "up") item.previousElementSibling?.before(item);
    else if (how === "down") item.nextElementSibling?.after(item);
    else if (how === "first") item.parentElement.prepend(item);
    else {
      const next = item.nextElementSibling || item.previousElementSibling;
      item.remove();
      return ($("button", next || document) || $("[data-drop] input"))?.focus();
    }
    button.focus();
  }

  $$("[data-drop][data-upload]").forEach(takeFiles);
  $$("[data-photos], [data-sort]").forEach((list) => list.addEventListener("click", act));
})();
