from __future__ import annotations

import time

from django.conf import settings
from django.test import Client


def test_S41_security_txt_says_where_to_report_and_is_not_out_of_date(client: Client):
    told = client.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in told.splitlines())
    assert fields["Contact"] == settings.SECURITY_CONTACT
    assert fields["Expires"] > time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 30 * 86400))
