"""Certificates of a small authority of one's own, made by openssl for one test."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Authority:
    """``ca``: what to trust. ``cert`` and ``key``: of a server called localhost."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    @property
    def cert(self) -> Path:
        return self.folder / "server.pem"

    @property
    def key(self) -> Path:
        return self.folder / "server-key.pem"

    def serving(self) -> ssl.SSLContext:
        """The context of a server that shows this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


def make_authority(folder: Path) -> Authority:
    """An authority, and a certificate that it signed for localhost and 127.0.0.1."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Authority(folder)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    request, names = folder / "server.csr", folder / "names"
    names.write_text(
        "subjectAltName=DNS:localhost,IP:127.0.0.1\nauthorityKeyIdentifier=keyid\n"
        "basicConstraints=CA:FALSE\n"
    )
    _openssl("req", "-x509", *curve, "-days", "30", "-subj", "/CN=An authority",
             "-addext", "keyUsage=critical,keyCertSign",
             "-keyout", folder / "ca-key.pem", "-out", made.ca)  # fmt: skip
    _openssl("req", *curve, "-subj", "/CN=localhost", "-keyout", made.key, "-out", request)
    _openssl("x509", "-req", "-in", request, "-CA", made.ca, "-CAkey", folder / "ca-key.pem",
             "-CAcreateserial", "-days", "30", "-extfile", names, "-out", made.cert)  # fmt: skip
    return made


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)
