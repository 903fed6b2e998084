"""What is sealed opens with its key as it was, and in no other way at all."""

import io

import pytest

from portal.operations.backups.refusal import Refused
from portal.operations.backups.sealing import CHUNK, MAGIC, Opener, Sealer

KEY = "a key that opens it"
HEADER = len(MAGIC) + 32
SEALED_CHUNK = CHUNK + 16


def sealed(data: bytes) -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file, KEY)
    for start in range(0, len(data), 700_001):
        sealer.write(data[start : start + 700_001])
    sealer.close()
    return file.getvalue()


def opened(data: bytes, key: str = KEY) -> bytes:
    return Opener(io.BufferedReader(io.BytesIO(data)), key).readall()


def some(length: int) -> bytes:
    return bytes(range(251)) * (length // 251) + bytes(length % 251)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_it_opens_as_it_was(length):
    data = some(length)
    closed = sealed(data)

    assert opened(closed) == data
    assert len(closed) == HEADER + length + 16 * max(1, -(-length // CHUNK))


def test_nothing_of_it_can_be_read_and_no_two_are_alike():
    data = b"yamada@example.jp" * 1000

    assert b"yamada" not in sealed(data)
    assert sealed(data)[HEADER:] != sealed(data)[HEADER:]


def test_another_key_is_told_from_damage():
    with pytest.raises(Refused, match="鍵（BACKUP_KEY）が、このバックアップを作ったときのものと違います"):
        opened(sealed(b"x"), "another key")


def changed(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


@pytest.mark.parametrize("position", [HEADER, HEADER + SEALED_CHUNK - 1, HEADER + SEALED_CHUNK, -2])
def test_a_changed_byte_is_noticed(position):
    closed = sealed(some(2 * CHUNK))

    with pytest.raises(Refused, match="作った後に変わっています"):
        opened(changed(closed, position % len(closed)))


@pytest.mark.parametrize("length", [HEADER, HEADER + 5, HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK - 1])
def test_what_was_cut_off_is_missed(length):
    with pytest.raises(Refused, match="途中で切れているか"):
        opened(sealed(some(2 * CHUNK + 1))[:length])


def test_a_header_that_was_cut_off_is_missed():
    with pytest.raises(Refused, match="途中で切れています"):
        opened(sealed(b"x")[: len(MAGIC) + 3])


def test_chunks_cannot_change_places_nor_follow_the_end():
    closed = sealed(some(CHUNK) + some(2 * CHUNK)[::-1])
    header, chunks = closed[:HEADER], [closed[HEADER + n * SEALED_CHUNK :][:SEALED_CHUNK] for n in range(3)]

    assert header + b"".join(chunks) == closed
    for order in ([1, 0, 2], [0, 2], [0, 1, 2, 2], [0, 0, 1, 2]):
        with pytest.raises(Refused):
            opened(header + b"".join(chunks[number] for number in order))
