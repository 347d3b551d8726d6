/* Passkeys: <form data-passkey="create|get"> asks the browser and sends what it answers as `credential`.
   The options stand in #passkey-options, or come from the form's address (log-in). What goes wrong is said in the
   form's [data-passkey-said], which has a sentence per reason. */
(() => {
  "use strict";
  const REASONS = { SecurityError: "address", InvalidStateError: "known" };

  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential) {
    forms.forEach((form) => say(form, "unable"));
    return;
  }

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const toText = (buffer) =>
    buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  function readable(options) {
    const all = { ...options, challenge: toBytes(options.challenge) };
    if (options.user) all.user = { ...options.user, id: toBytes(options.user.id) };
    for (const list of ["allowCredentials", "excludeCredentials"]) {
      if (options[list]) all[list] = options[list].map((one) => ({ ...one, id: toBytes(one.id) }));
    }
    return all;
  }

  function sendable(credential) {
    const { response } = credential;
    const told = { clientDataJSON: toText(response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) told[part] = toText(response[part]);
    }
    if (response.getTransports) told.transports = response.getTransports();
    return {
      type: credential.type,
      id: credential.id,
      rawId: toText(credential.rawId),
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: told,
    };
  }

  async function optionsOf(form) {
    const here = document.getElementById("passkey-options");
    if (here) return JSON.parse(here.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function ask(form) {
    const told = await optionsOf(form);
    const creating = form.dataset.passkey === "create";
    const publicKey = readable((creating ? told.creation_options : told.request_options).publicKey);
    if (creating && form.elements.passwordless?.checked) {
      publicKey.authenticatorSelection = {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      };
    }
    return navigator.credentials[creating ? "create" : "get"]({ publicKey });
  }

  function say(form, reason) {
    const said = form.querySelector("[data-passkey-said]");
    said.textContent = reason ? said.dataset[reason] : "";
  }

  forms.forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      say(form);
      ask(form)
        .then((credential) => {
          form.elements.credential.value = JSON.stringify(sendable(credential));
          form.submit();
        })
        .catch((error) => say(form, REASONS[error.name] || "failed"));
    });
  });
})();
