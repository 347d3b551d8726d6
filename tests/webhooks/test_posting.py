"""S25: the one place from which the server calls an address that people gave: where it goes, and where it does not."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError

from tests.webhooks.receiving import receiving
from webhooks import posting
from webhooks.addresses import NotPublic, may_connect, resolve, validate_address

PRIVATE = [
    "127.0.0.1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::",
]  # fmt: skip


def leads_to(monkeypatch, *addresses: str) -> None:
    """From now on every host name leads to these."""

    def found(_host, port, *_args, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.mark.parametrize("address", PRIVATE)
def test_S25_no_private_address_is_connected_to(settings, address):
    settings.WEBHOOKS_TO_LOOPBACK = False
    assert not may_connect(address)


def test_S25_public_addresses_are(settings):
    settings.WEBHOOKS_TO_LOOPBACK = False
    assert may_connect("8.8.8.8") and may_connect("2606:4700::1111")


def test_S25_the_setting_opens_this_machine_and_nothing_else(settings):
    settings.WEBHOOKS_TO_LOOPBACK = True
    assert {address for address in PRIVATE if may_connect(address)} == {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.sandal.cl/", "https://10.0.0.1/", "https://127.0.0.1/", "https://localhost/", "ftp://sandal.cl/",
        "https://user:word@hooks.sandal.cl/", "https://hooks.sandal.cl:8443/", "https://hooks.internal/",
        "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "javascript:alert(1)", "https://hooks.sandal.cl\n/",
    ],
)  # fmt: skip
def test_S25_only_https_on_a_public_name_can_be_set(settings, address):
    settings.WEBHOOKS_TO_LOOPBACK = False
    with pytest.raises(ValidationError):
        validate_address(address)


def test_S25_in_development_this_machine_can_be_set_by_its_number_only(settings):
    settings.WEBHOOKS_TO_LOOPBACK = True
    validate_address("http://127.0.0.1:8001/hooks")
    for address in ("http://localhost:8001/", "http://10.0.0.1/", "http://user@127.0.0.1/", "http://127.0.0.1:x/"):
        with pytest.raises(ValidationError):
            validate_address(address)


def test_S25_a_name_that_leads_inside_is_refused_also_beside_a_public_one(settings, monkeypatch):
    settings.WEBHOOKS_TO_LOOPBACK = False
    leads_to(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(NotPublic):
        resolve("hooks.sandal.cl", 443)


def test_S25_the_connection_goes_to_the_address_that_was_looked_at(settings, monkeypatch):
    settings.WEBHOOKS_TO_LOOPBACK = False
    leads_to(monkeypatch, "203.0.114.7")
    gone: list[object] = []

    def connect(address, **_more):
        gone.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        posting.post("https://hooks.sandal.cl/", b"{}", {})
    assert gone == [("203.0.114.7", 443)]


def test_an_unknown_name_is_told_as_such(monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotPublic, match="not known"):
        posting.post("https://hooks.sandal.cl/", b"{}", {})


@pytest.mark.timeout(30)
def test_an_answer_that_drips_is_not_waited_for(receiver):
    receiver.drip = 0.1
    with pytest.raises((posting.NoAnswer, TimeoutError)):
        posting.post(receiver.address, b"{}", {}, seconds=0.5)


def test_what_is_not_http_is_no_answer(receiver):
    receiver.drip = 0.001
    with pytest.raises(posting.NoAnswer, match="not HTTP"):
        posting.post(receiver.address, b"{}", {}, seconds=5)


def test_words_of_other_alphabets_in_the_path_are_sent_encoded(receiver):
    assert posting.post(receiver.address.replace("/hooks", "/çay/ñ"), b"{}", {}) == 200
    assert receiver.got[0].path == "/%C3%A7ay/%C3%B1?for=ina"


def test_tls_is_asked_for_and_the_certificate_must_be_the_hosts(settings, tmp_path, monkeypatch):
    settings.WEBHOOKS_TO_LOOPBACK = True
    certificate, key = certificate_for("127.0.0.1", tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with receiving(tls) as receiver:
        with pytest.raises(ssl.SSLCertVerificationError):
            posting.post(receiver.address, b"{}", {})
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        assert posting.post(receiver.address, b"{}", {}) == 200
        leads_to(monkeypatch, "127.0.0.1")
        with pytest.raises(ssl.SSLCertVerificationError):
            posting.post(f"https://hooks.sandal.cl:{receiver.server_port}/", b"{}", {})


def certificate_for(address: str, folder) -> tuple[str, str]:
    """A certificate of this machine that signs itself; its file and the key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    words = serialization.NoEncryption()
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, words)
    )
    return str(files[0]), str(files[1])
