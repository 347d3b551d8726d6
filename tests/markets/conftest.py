"""Staff of the embassy in Santiago at the desk."""

from __future__ import annotations

import pytest

from tests import factories as make


@pytest.fixture
def curator(client):
    """Who decides for Chile, signed in."""
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user
