/* Work forms: autosave, suggestions, rows, packing, counters. The server stays the judge of all of it. */
(() => {
  "use strict";
  const { $, $$, later } = window.INA;
  const language = document.documentElement.lang || "en";

  /* The reader's number: "1.200,5" in three of our languages, "1,200.5" in English; the same rule as on the server. */
  function numberOf(text) {
    let plain = String(text ?? "").replace(/\s/g, "");
    if (language.startsWith("en")) plain = plain.replaceAll(",", "");
    else if (plain.includes(",")) plain = plain.replaceAll(".", "").replace(",", ".");
    else if (/^\d{1,3}(\.\d{3})+$/.test(plain)) plain = plain.replaceAll(".", "");
    return plain === "" ? NaN : Number(plain);
  }
  const written = (value, digits = 0) =>
    value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

  /* Autosave: 1.5 s after typing stops, one request at a time, none while the form itself is sent.
     200 {"version", "base", "detail"?} | 409 {"detail"}: somebody else saved, so stop and say it. */
  function autosave(form) {
    const note = $("[data-save-note]");
    let isStale = false;
    let isLeaving = false;
    let saving = null;
    let isChanged = false;
    const tell = (text) => note && (note.textContent = text);

    function take(told) {
      ["version", "base"].forEach((name) => {
        const mark = $(`[name=${name}]`, form);
        if (mark && told[name] !== undefined) mark.value = told[name];
      });
      const time = new Date().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
      tell(told.detail || form.dataset.saved.replace("{t}", time));
    }

    async function send() {
      isChanged = false;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: new FormData(form),
          headers: { Accept: "application/json" },
        });
        const told = await answer.json();
        if (answer.status === 409) return conflict(told.detail);
        if (!answer.ok) return tell(told.detail || form.dataset.unsaved);
        take(told);
      } catch {
        tell(form.dataset.unsaved);
      }
    }

    const save = later(async () => {
      if (isStale || isLeaving || saving) return;
      saving = send();
      await saving;
      saving = null;
      if (isChanged) save();
    }, 1500);

    function conflict(detail) {
      isStale = true;
      tell(detail);
      $$("[data-conflict]").forEach((box) => {
        box.hidden = false;
        ($("[data-conflict-text]", box) || box).textContent = detail;
        box.focus();
      });
    }

    form.addEventListener("input", (event) => {
      if (event.target.matches("[type=file],[data-value]")) return;
      isChanged = true;
      save();
    });
    form.addEventListener("submit", async (event) => {
      isLeaving = true;
      if (!saving) return;
      event.preventDefault();
      await saving;
      saving = null;
      form.requestSubmit(event.submitter);
    });
  }

  /* More rows: <button data-add="#template" data-total="#id_x-TOTAL_FORMS" hidden>; the template is Django's empty form. */
  function offerRows(button) {
    const total = $(button.dataset.total);
    const most = Number(button.dataset.max) || 1000;
    button.hidden = Number(total.value) >= most;
    button.addEventListener("click", () => {
      const holder = document.createElement("template");
      holder.innerHTML = $(button.dataset.add).innerHTML.replaceAll("__prefix__", total.value);
      const row = holder.content.firstElementChild;
      button.before(row);
      total.value = Number(total.value) + 1;
      button.hidden = Number(total.value) >= most;
      $$("[data-counter]", row).forEach(countCharacters);
      $("input:not([type=hidden]),select", row)?.focus();
    });
  }

  /* Packing: [data-pack=units|length|width|height|gross] in a form, shown in [data-packing data-containers='[…]']. */
  function previewPacking(box) {
    const form = box.closest("form") || document;
    const containers = JSON.parse(box.dataset.containers);
    const value = (name) => numberOf($(`[data-pack="${name}"]`, form)?.value);
    const draw = () => {
      const cbm = (value("length") * value("width") * value("height")) / 1e6;
      const units = value("units");
      const gross = value("gross");
      const known = cbm > 0 ? written(cbm, 3) : "–";
      $$("[data-cbm]", box).forEach((text) => (text.textContent = known));
      containers.forEach((container) => {
        const byVolume = container.usable_cbm / cbm;
        const byWeight = gross > 0 ? container.max_payload_kg / gross : Infinity;
        const fit = Math.floor(Math.min(byVolume, byWeight) + 1e-9) * units;
        const text = cbm > 0 && units > 0 ? written(fit) : "–";
        $$(`[data-fit="${CSS.escape(container.code)}"]`, box).forEach((cell) => (cell.textContent = text));
      });
    };
    form.addEventListener("input", (event) => event.target.matches("[data-pack]") && draw());
  }

  /* Counters: <p data-counter="id_of_textarea" data-text="{n} of {max} characters">. */
  function countCharacters(counter) {
    const input = document.getElementById(counter.dataset.counter);
    if (!input) return;
    const longest = Number(input.dataset.longest);
    const draw = () => {
      const words = counter.dataset.text.replace("{n}", written(input.value.length));
      counter.textContent = words.replace("{max}", written(longest));
      counter.classList.toggle("error", input.value.length > longest);
    };
    counter.hidden = false;
    input.addEventListener("input", draw);
    draw();
  }

  /* A unit chosen in one field is written beside the numbers of others: <select data-unit-for=".moq-unit">. */
  function carryUnit(select) {
    select.addEventListener("change", () => {
      const text = select.selectedOptions[0]?.textContent.trim() ?? "";
      $$(select.dataset.unitFor).forEach((place) => (place.textContent = text));
    });
  }

  /* An answer of several kinds: only the fields of the chosen one. form[data-kinds] with radios `kind`, parts [data-kind]. */
  function showKind(form) {
    const draw = () => {
      const chosen = $("[name=kind]:checked", form)?.value;
      $$("[data-kind]", form).forEach((part) => (part.hidden = part.dataset.kind !== chosen));
    };
    form.addEventListener("change", draw);
    draw();
  }

  $("[aria-current=step]")?.scrollIntoView({ block: "nearest", inline: "center" });
  $$("form[data-autosave]").forEach(autosave);
  $$("[data-add]").forEach(offerRows);
  $$("[data-packing]").forEach(previewPacking);
  $$("[data-counter]").forEach(countCharacters);
  $$("select[data-unit-for]").forEach(carryUnit);
  $$("form[data-kinds]").forEach(showKind);
})();
