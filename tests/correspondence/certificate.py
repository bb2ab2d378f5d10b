"""A certificate that vouches for itself, made with nothing but the standard library (X.509 v3, RSA, SHA-256)."""

import base64
import hashlib
import ipaddress
import math
import secrets
from pathlib import Path

_BITS = 2048
_EXPONENT = 65537
_RSA = bytes.fromhex("06092a864886f70d0101010500")
_SHA256_WITH_RSA = bytes.fromhex("06092a864886f70d01010b0500")
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
_NAME = bytes.fromhex("0603550403")
_ALTERNATIVE_NAME = bytes.fromhex("0603551d11")

# What most numbers that are no primes have a factor in common with: looking there first makes a key in half a second.
_SMALL_FACTORS = math.factorial(2000)


def write(folder: Path, address: str = "127.0.0.1") -> tuple[Path, Path]:
    """A certificate for a server at ``address``, valid for a century, and its key; two files in PEM."""
    p, q = _prime(), _prime()
    n, d = p * q, pow(_EXPONENT, -1, (p - 1) * (q - 1))
    body = _body(n, address)
    padded = _SHA256 + hashlib.sha256(body).digest()
    block = b"\x00\x01" + b"\xff" * (_BITS // 8 - 3 - len(padded)) + b"\x00" + padded
    signature = pow(int.from_bytes(block), d, n).to_bytes(_BITS // 8)
    certificate = _sequence(body, _sequence(_SHA256_WITH_RSA), _der(0x03, b"\x00" + signature))
    parts = (0, n, _EXPONENT, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    key = _sequence(*(_integer(part) for part in parts))
    return (
        _pem(folder / "certificate.pem", "CERTIFICATE", certificate),
        _pem(folder / "key.pem", "RSA PRIVATE KEY", key),
    )


def _body(n: int, address: str) -> bytes:
    version = _der(0xA0, _integer(2))
    name = _sequence(_der(0x31, _sequence(_NAME, _der(0x0C, address.encode()))))
    validity = _sequence(_der(0x18, b"20260101000000Z"), _der(0x18, b"21260101000000Z"))
    public = _sequence(_integer(n), _integer(_EXPONENT))
    key = _sequence(_sequence(_RSA), _der(0x03, b"\x00" + public))
    there = _sequence(_der(0x87, ipaddress.ip_address(address).packed))
    extensions = _der(0xA3, _sequence(_sequence(_ALTERNATIVE_NAME, _der(0x04, there))))
    number = _integer(secrets.randbits(63) | 1)
    return _sequence(version, number, _sequence(_SHA256_WITH_RSA), name, validity, name, key, extensions)


def _prime() -> int:
    """A prime of half the bits whose two highest are set, so that two of them make a key of full length."""
    while True:
        candidate = secrets.randbits(_BITS // 2) | (3 << (_BITS // 2 - 2)) | 1
        if math.gcd(candidate, _SMALL_FACTORS) > 1:
            continue
        # Fermat's test is right about all but a negligible share of random numbers of this size.
        if pow(2, candidate - 1, candidate) == 1 and candidate % _EXPONENT != 1:
            return candidate


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    octets = (size.bit_length() + 7) // 8
    length = bytes([size]) if size < 0x80 else bytes([0x80 | octets]) + size.to_bytes(octets)
    return bytes([tag]) + length + content


def _sequence(*parts: bytes) -> bytes:
    return _der(0x30, b"".join(parts))


def _integer(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1))


def _pem(path: Path, label: str, content: bytes) -> Path:
    lines = base64.encodebytes(content).decode()
    path.write_text(f"-----BEGIN {label}-----\n{lines}-----END {label}-----\n", encoding="ascii")
    return path
