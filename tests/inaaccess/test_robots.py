"""What search engines may read."""

from __future__ import annotations

from django.conf import settings


def test_robots_keep_out_of_private_pages_and_find_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text and "Disallow: /es/desk/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
