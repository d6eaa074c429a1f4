"""Which URLs are sent to, and which addresses."""

import pytest

from domain.webhooks.targets import Target, TargetRefused, admit, read_url

GOOD = [
    ("https://erp.example.com", Target("https", "erp.example.com", 443, "/")),
    ("https://ERP.Example.com/Hooks/a?b=c&d", Target("https", "erp.example.com", 443, "/Hooks/a?b=c&d")),
    ("https://erp.example.com:8443?x=1", Target("https", "erp.example.com", 8443, "/?x=1")),
    ("https://8.8.8.8/", Target("https", "8.8.8.8", 443, "/")),
    ("https://[2606:4700:4700::1111]:1024/", Target("https", "2606:4700:4700::1111", 1024, "/")),
    ("https://xn--bcher-kva.example.com/%C3%BC", Target("https", "xn--bcher-kva.example.com", 443, "/%C3%BC")),
]


@pytest.mark.parametrize(("url", "target"), GOOD)
def test_what_is_sent_to(url: str, target: Target) -> None:
    assert read_url(url, loopback=False) == target


BAD = [
    "http://erp.example.com/",
    "ftp://erp.example.com/",
    "file:///etc/passwd",
    "https:/erp.example.com/",
    "https://",
    "https:///x",
    "//erp.example.com/",
    "HTTPS://erp.example.com/",
    " https://erp.example.com/",
    "https://erp.example.com/ ",
    "https://erp.example.com/\n",
    "https://erp.example.com/a b",
    "https://erp.example.com/\r\nx-injected: 1",
    "https://erp.example.com\\@127.0.0.1/",
    "https://user:password@erp.example.com/",
    "https://erp.example.com@127.0.0.1/",
    "https://erp.example.com/#fragment",
    "https://bücher.example.com/",
    "https://erp.example.com:0/",
    "https://erp.example.com:22/",
    "https://erp.example.com:25/",
    "https://erp.example.com:80/",
    "https://erp.example.com:65536/",
    "https://erp.example.com:99999/",
    "https://erp.example.com:/",
    "https://erp..example.com/",
    "https://erp.example.com./",
    "https://-erp.example.com/",
    "https://erp_x.example.com/",
    "https://" + "a" * 64 + ".example.com/",
    "https://" + "a." * 130 + "example.com/",
    "https://erp.example.com/" + "x" * 500,
    "https://intranet/",
    "https://localhost/",
    "https://x.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://router.home.arpa/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://127.0.0.1.0x1/",
    "https://10.0.0.1/",
    "https://172.16.5.4/",
    "https://192.168.0.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://168.63.129.16/",
    "https://100.100.100.200/",
    "https://192.0.0.192/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://240.0.0.1/",
    "https://192.88.99.1/",
    "https://192.0.2.7/",
    "https://198.18.0.1/",
    "https://[::]/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "https://[2001:db8::1]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fec0::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[ff02::1]/",
    "https://[100::1]/",
    "https://[5f00::1]/",
    "https://[3fff::1]/",
    "https://[1.2.3.4]/",
    "https://[::1/",
    "https://::1/",
]  # fmt: skip


@pytest.mark.parametrize("url", BAD)
def test_what_is_not_sent_to(url: str) -> None:
    with pytest.raises(TargetRefused):
        read_url(url, loopback=False)


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/", "http://127.0.0.1:8000/x", "http://[::1]:8000/", "https://hooks.localhost/", "http://127.0.0.1/"]
)  # fmt: skip
def test_in_development_this_machine_is_sent_to(url: str) -> None:
    assert read_url(url, loopback=True)


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1:8000/", "http://erp.example.com/", "http://127.0.0.1:22/", "https://10.0.0.1/"]
)
def test_in_development_nothing_else_is_freed(url: str) -> None:
    with pytest.raises(TargetRefused):
        read_url(url, loopback=True)


def test_one_bad_address_is_enough() -> None:
    admit(["8.8.8.8", "2606:4700::1111"], loopback=False, plain=False)
    for addresses in (["8.8.8.8", "10.0.0.1"], [], ["nonsense"], ["::ffff:8.8.8.8"], ["2606:4700::1111%eth0"]):
        with pytest.raises(TargetRefused):
            admit(addresses, loopback=False, plain=False)
    with pytest.raises(TargetRefused):
        admit(["127.0.0.1", "8.8.8.8"], loopback=True, plain=True)


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://erp.example.com/", "erp.example.com"),
        ("https://erp.example.com:443/", "erp.example.com"),
        ("https://erp.example.com:8443/", "erp.example.com:8443"),
        ("https://[2606:4700::1111]/", "[2606:4700::1111]"),
    ],
)
def test_the_host_field(url: str, authority: str) -> None:
    assert read_url(url, loopback=False).authority == authority
