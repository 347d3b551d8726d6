"""What the importer of the demo keeps, and that the mission looked the company up."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from accounts.models import User
from inaaccess.demo.clock import Timeline
from inaaccess.demo.stories import Story
from inquiries.models import Frequency, Importer, SavedProduct, SavedSearch

SAVED: Final = {"sandal-kulit-batik": 6, "sandal-kulit-pria": 3}
"""Products by the keys of their stories, and how many days ago they were saved."""
SEARCH: Final = {"query": "q=sandalias&market=CL", "name": "Sandalias para Chile", "frequency": Frequency.WEEKLY}
NOTE: Final = (
    "Ada di registri perusahaan dan sesuai dengan situs webnya; sudah ditelepon di nomor yang tertera di sana."
)
REGISTERED_DAYS: Final = 30


def tell(stories: dict[str, Story], people: dict[str, User], timeline: Timeline) -> None:
    """Put it on the timeline; the products must be public by then."""
    timeline.add(lambda: _register(people), days=REGISTERED_DAYS)
    timeline.add(lambda: _verify(people), days=20)
    for key, days in SAVED.items():
        timeline.add(lambda key=key: _save(stories[key], people), days=days)  # type: ignore[misc]


def keep_search(people: dict[str, User]) -> None:
    """Save the search, once the catalogue can be searched: what it finds now is not new."""
    SavedSearch.keep(**SEARCH, importer=Importer.objects.get(user=people["importer"]))


def forget() -> None:
    """Take it away; saved products go with the products."""
    SavedSearch.objects.filter(importer__user__email="importer@demo.test").delete()


def _register(people: dict[str, User]) -> None:
    """The company is as old as its story; its row was made together with the log-ins."""
    Importer.objects.filter(user=people["importer"]).update(created_at=timezone.now())


def _verify(people: dict[str, User]) -> None:
    importer = Importer.objects.get(user=people["importer"])
    if not importer.is_verified:
        importer.verify(by=people["mission"], note=NOTE, seen_version=importer.version)


def _save(story: Story, people: dict[str, User]) -> None:
    SavedProduct.keep(story.product, importer=Importer.objects.get(user=people["importer"]))
