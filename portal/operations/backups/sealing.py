"""Encryption of a stream in chunks: little of it is in memory at a time, and only what is proved is handed out.

AES-256-GCM in the STREAM construction: the nonce of a chunk is its number and whether it is the last, so that no chunk
can be changed, left out, moved or cut off unnoticed. The key is derived anew for each archive.
"""

import io
import os
from hashlib import scrypt
from hmac import compare_digest
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.operations.backups.refusal import Refused

MAGIC = b"PORTAL-SEALED-1\n"
CHUNK = 1 << 20
_TAG, _SALT, _PROOF, _SECRET = 16, 16, 16, 32


def _derive(key: str, salt: bytes) -> tuple[AESGCM, bytes]:
    """The cipher of an archive, and what tells the right key from another before anything is opened."""
    derived = scrypt(key.encode(), salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=_SECRET + _PROOF)
    return AESGCM(derived[:_SECRET]), derived[_SECRET:]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealer:
    """Encrypts what is written to it into a file; ``close`` writes the last chunk and leaves the file open."""

    def __init__(self, file: IO[bytes], key: str):
        salt = os.urandom(_SALT)
        self._cipher, proof = _derive(key, salt)
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(MAGIC + salt + proof)

    def write(self, data: bytes) -> int:
        self._waiting += data
        # A whole chunk is kept back: it may be the last.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def flush(self) -> None:
        """Nothing: chunks are written when they are full."""

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), chunk, None))
        self._number += 1


class Opener(io.RawIOBase):
    """Decrypts a file that a ``Sealer`` wrote; raises ``Refused`` for another key and for anything that was changed."""

    def __init__(self, file: io.BufferedReader, key: str):
        header = file.read(len(MAGIC) + _SALT + _PROOF)
        salt, proof = header[len(MAGIC) : -_PROOF], header[-_PROOF:]
        if len(salt) != _SALT:
            raise Refused("バックアップが途中で切れています。")
        self._cipher, expected = _derive(key, salt)
        if not compare_digest(proof, expected):
            raise Refused("鍵（BACKUP_KEY）が、このバックアップを作ったときのものと違います。")
        self._file, self._ready, self._number, self._ended = file, b"", 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            self._ready = self._open()
        given = self._ready[: len(buffer)]
        buffer[: len(given)] = given
        self._ready = self._ready[len(given) :]
        return len(given)

    def _open(self) -> bytes:
        chunk = self._file.read(CHUNK + _TAG)
        self._ended = not self._file.peek(1)
        try:
            opened = self._cipher.decrypt(_nonce(self._number, is_last=self._ended), chunk, None)
        except InvalidTag as error:
            raise Refused("バックアップが途中で切れているか、作った後に変わっています。") from error
        self._number += 1
        return opened
