/* The review desk: comments to choose, and keys. Every page works without it.
   Keys are listed in the dialog [data-shortcut][data-press]; single ones never work while somebody types, and can be
   switched off (WCAG 2.1.4), which this browser remembers. */
(() => {
  "use strict";
  const { $, $$ } = window.INA;
  const SWITCH = "desk-keys";

  /* A chosen comment fills reason and text; text of one's own is kept above it. */
  function fillComment(select) {
    const option = select.selectedOptions[0];
    const field = select.closest("fieldset.diff");
    const [comment, reason] = [$("textarea[name^='comment-']", field), $("select[name^='reason-']", field)];
    const before = select.dataset.filled || "";
    const own = comment.value.replace(before, "").trim();
    select.dataset.filled = option.dataset.text || "";
    comment.value = [own, select.dataset.filled].filter(Boolean).join("\n");
    if (option.dataset.reason) reason.value = option.dataset.reason;
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("select[data-canned]")) fillComment(event.target);
  });

  const isOn = () => localStorage.getItem(SWITCH) !== "off";
  const isTyping = (target) =>
    target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button])");
  const isSeen = (element) => element.getClientRects().length > 0;

  /* Where the person is: the row or the field that has the focus, else the last one that a key led to. */
  let last = null;
  const stops = () => $$("[data-stop]").filter(isSeen);
  const here = () => document.activeElement?.closest("[data-stop]") || (last?.isConnected ? last : null);

  function go(to) {
    if (!to) return;
    last = to;
    (to.matches("tr") ? $("th a", to) : to).focus();
    to.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = stops();
    const at = all.indexOf(here());
    go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]);
  }

  function judge(verdict) {
    const field = here();
    const radio = field && $(`.verdict input[value="${verdict}"]`, field);
    if (!radio) return;
    radio.click();
    const target = verdict === "ask" ? $("select[data-canned]", field) : field;
    target.focus();
  }

  function claim() {
    const row = here();
    const button = row?.matches("tr") ? $("form button", row) : $("button[name='do'][value='claim']");
    button?.click();
  }

  function send() {
    if ($(".verdict input[value='ask']:checked")) $("button[name='do'][value='request_changes']")?.click();
  }

  const follow = (name) => $(`[data-go="${name}"]`)?.click();
  const ACTIONS = {
    down: () => step(1),
    up: () => step(-1),
    ask: () => judge("ask"),
    fine: () => judge("fine"),
    claim,
    send,
    tick: () => $("input[type='checkbox']", here() || document.createElement("p"))?.click(),
    decide: () => ($("[data-decision] button") || $("[data-decision]"))?.focus(),
    search: () => $("#id_q")?.focus(),
  };

  function pressed(event) {
    const key = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + event.key;
    const shortcut = $$("[data-shortcut]").find((one) => one.dataset.press === key);
    const isSingle = !key.startsWith("Ctrl+");
    if (!shortcut || event.altKey || event.isComposing || $("dialog[open]")) return;
    if (isSingle && (!isOn() || isTyping(event.target))) return;
    event.preventDefault();
    const name = shortcut.dataset.shortcut;
    (ACTIONS[name] || (() => follow(name)))();
  }
  document.addEventListener("keydown", pressed);

  /* The switch, and what screen readers are told about the keys. */
  function tell() {
    $$("[data-go]").forEach((element) => {
      const key = $(`[data-shortcut="${element.dataset.go}"]`)?.dataset.press;
      if (key && isOn()) element.setAttribute("aria-keyshortcuts", key);
      else element.removeAttribute("aria-keyshortcuts");
    });
  }
  $$("[data-keys-on]").forEach((box) => {
    box.checked = isOn();
    box.addEventListener("change", () => {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
      tell();
    });
  });
  tell();
})();
