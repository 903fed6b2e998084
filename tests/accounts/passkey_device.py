"""A device that makes and shows passkeys, as a browser hands them to the page."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from tests.accounts.signing_in import PASSWORD

HOST = "localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """Keeps one passkey. ``checks_holder`` says whether it asks for a finger or a PIN."""

    def __init__(self, *, checks_holder=True, origin=f"http://{HOST}"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.key_id = secrets.token_bytes(16)
        self.user_handle = b""
        self.flags = PRESENT | (VERIFIED if checks_holder else 0)
        self.origin = origin

    def create(self, options):
        asked = options["publicKey"]
        self.user_handle = websafe_decode(asked["user"]["id"])
        public_key = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(Aaguid.NONE, self.key_id, public_key)
        data = AuthenticatorData.create(self._site(asked["rp"]["id"]), self.flags | ATTESTED, 0, kept)
        answer = {"attestationObject": AttestationObject.create("none", data, {})}
        return self._answer("webauthn.create", asked, answer) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def show(self, options):
        asked = options["publicKey"]
        data = AuthenticatorData.create(self._site(asked["rpId"]), self.flags, 1)
        client_data = CollectedClientData.create("webauthn.get", asked["challenge"], self.origin)
        signature = self.key.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": data, "signature": signature, "userHandle": self.user_handle}
        return self._answer("webauthn.get", asked, answer)

    @staticmethod
    def _site(name):
        return hashlib.sha256(name.encode()).digest()

    def _answer(self, kind, asked, answer):
        client_data = CollectedClientData.create(kind, asked["challenge"], self.origin)
        key_id = websafe_encode(self.key_id)
        response = {name: websafe_encode(value) for name, value in (answer | {"clientDataJSON": client_data}).items()}
        return {
            "id": key_id,
            "rawId": key_id,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }


def sent(answer, **fields):
    """What the page's form sends of it."""
    return {"credential": json.dumps(answer)} | fields


def add_passkey(client, device, name="仕事のパソコン"):
    """Adds a passkey in a session that has the password."""
    address = reverse("mfa_add_webauthn")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    options = client.get(address).context["options"]
    return client.post(address, sent(device.create(options), name=name))
