"""What a URL of a mail server may say, and that no refusal repeats what nobody should read."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from correspondence.server import PASSWORD, PASSWORD_FILE, Server, read_server
from workflow.refusals import ConfigInvalid

SECRET = "hemlig-nyckel"  # noqa: S105 - no server knows it
RIGHT = {PASSWORD: SECRET}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server(host="mail.example", port=587, tls="required")),
        ("smtps://mail.example", Server(host="mail.example", port=465, tls="always")),
        ("smtp://localhost:25?starttls=never", Server(host="localhost", port=25, tls="never")),
        ("SMTP://Mail.Example:2525/?starttls=required", Server(host="mail.example", port=2525, tls="required")),
        ("smtp://[::1]:25?starttls=never", Server(host="::1", port=25, tls="never")),
    ],
)
def test_a_url_names_a_server(url: str, server: Server) -> None:
    assert read_server(url, {}) == server


def test_the_name_of_a_server_is_one_that_can_be_looked_up() -> None:
    assert read_server("smtp://mail.example", {}).name == "mail.example:587"
    assert read_server("smtp://[::1]", {}).name == "[::1]:587"


def test_a_password_comes_from_the_environment_or_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"\N{ZERO WIDTH NO-BREAK SPACE}{SECRET}\r\nmer\r\n", encoding="utf-8")
    from_file = read_server("smtps://a%40b.example@mail.example", {PASSWORD_FILE: str(tmp_path / "password")})
    from_setting = read_server("smtps://a%40b.example@mail.example", RIGHT)
    assert from_file == from_setting
    assert (from_file.user, from_file.password) == ("a@b.example", SECRET)


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        (f"smtp://user:{SECRET}@mail.example", {}),
        (f"smtp://user:{SECRET}@mail.example:587?starttls=required", RIGHT),
        (f"smtps://:{SECRET}@mail.example", {}),
        (f"smtp://user:{SECRET}", {}),
        (f"smtp://user:pa#{SECRET}@mail.example", {}),
        (f"smtp://user:pa?{SECRET}@mail.example", {}),
        (f"smtp://user:pa/{SECRET}@mail.example", {}),
        (f"smtp://user:[{SECRET}@mail.example", {}),
        (f"smtp://mail.example?password={SECRET}", {}),
        (f"mailto:user:{SECRET}@mail.example", {}),
        ("smtp://mail.example", RIGHT),
        ("smtp://user@mail.example?starttls=never", RIGHT),
        ("smtps://user@mail.example", {PASSWORD: f"{SECRET}å"}),
        ("smtps://user@mail.example", {PASSWORD: SECRET, PASSWORD_FILE: "password"}),
        ("smtps://user@mail.example", {PASSWORD_FILE: "no-such-file"}),
        ("smtps://user@mail.example", {PASSWORD: ""}),
        ("smtps://user@mail.example", {}),
        ("smtps://mail.example?starttls=never", {}),
        ("smtp://mail.example?starttls=perhaps", {}),
        ("smtp://mail.example?starttls=never&starttls=required", {}),
        ("smtp://mail.example?ca=no-such-file", {}),
        ("smtp://mail.example:99999", {}),
        ("smtp://mail.example:x", {}),
        ("smtp://mail.example/in", {}),
        ("smtp://mail..example", {}),
        ("smtp://mail example", {}),
        ("smtp://", {}),
        ("http://mail.example", {}),
        ("mail.example", {}),
        ("", {}),
    ],
)
def test_a_setting_that_does_not_hold_is_refused_without_repeating_a_password(
    url: str, environment: dict[str, str]
) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        read_server(url, environment)
    assert SECRET not in f"{refused.value} {refused.value.values} {refused.value.__cause__}"
    assert refused.value.exit_code == 78


@given(st.text(max_size=60))
@example("[")
@example("\x00")
@example("a" * 64)
def test_whatever_stands_after_the_scheme_is_a_server_or_a_refusal(text: str) -> None:
    try:
        server = read_server(f"smtp://{text}", {})
    except ConfigInvalid:
        return
    assert server.host
    assert 0 < server.port < 2**16


def test_a_server_says_all_of_itself_but_its_password() -> None:
    assert SECRET not in repr(read_server("smtps://user@mail.example", RIGHT))
    assert "user" in repr(read_server("smtps://user@mail.example", RIGHT))
