// Lets each form[data-passkey] ask the browser for a passkey, to make one ("create") or to show one ("get"), and sends
// what it answers. The page hands over what to ask as JSON, or says where to fetch it.

const FAULTS = {
  NotAllowedError: "パスキーの操作が取り消されたか、時間切れになりました。もう一度お試しください。",
  AbortError: "パスキーの操作が取り消されました。もう一度お試しください。",
  InvalidStateError: "このパスキーは、すでに登録されています。",
  SecurityError: "このアドレスでは、パスキーを使えません。",
  NotSupportedError: "この端末では、パスキーを使えません。",
  ConstraintError: "この端末では、ご本人の確認ができるパスキーを使えません。",
  NetworkError: "通信できませんでした。時間をおいて、もう一度お試しください。",
};

function bytesOf(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function textOf(bytes) {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function withBytes(descriptors) {
  return (descriptors ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));
}

function questionOf({ publicKey }) {
  const asked = { ...publicKey, challenge: bytesOf(publicKey.challenge) };
  if (publicKey.user) asked.user = { ...publicKey.user, id: bytesOf(publicKey.user.id) };
  if (publicKey.excludeCredentials) asked.excludeCredentials = withBytes(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) asked.allowCredentials = withBytes(publicKey.allowCredentials);
  return { publicKey: asked };
}

const ANSWERS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function answerOf(credential) {
  const given = ANSWERS.filter((name) => credential.response[name]);
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(given.map((name) => [name, textOf(credential.response[name])])),
  };
}

async function fetchOptions(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) throw new DOMException("", "NetworkError");
  return (await answer.json()).request_options;
}

function makeAlert(form) {
  const alert = document.createElement("p");
  alert.className = "form-field__errors";
  alert.setAttribute("role", "alert");
  form.querySelector(".form-buttons").before(alert);
  return alert;
}

function enliven(form) {
  const { passkey, options, optionsFrom } = form.dataset;
  const alert = makeAlert(form);
  const button = form.querySelector("button[type=submit]");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    alert.textContent = "";
    button.disabled = true;
    try {
      const asked = options ? JSON.parse(document.getElementById(options).textContent) : await fetchOptions(optionsFrom);
      const credential = await navigator.credentials[passkey](questionOf(asked));
      form.elements.namedItem("credential").value = JSON.stringify(answerOf(credential));
      form.submit();
    } catch (error) {
      alert.textContent = FAULTS[error.name] ?? "パスキーを確認できませんでした。もう一度お試しください。";
      button.disabled = false;
    }
  });
  form.querySelector("[data-passkey-fallback]").remove();
  form.querySelector(".form-buttons").hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (window.PublicKeyCredential) enliven(form);
  else form.querySelector("[data-passkey-fallback]").textContent = "このブラウザーでは、パスキーを使えません。";
}

// Back from the next page, the browser may show this one as it was left: with a button that is off.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-passkey] button").forEach((button) => (button.disabled = false));
});
