"""The tables about webhooks; one file per entity."""

from webhooks.models.cursor import TrailCursor
from webhooks.models.delivery import Delivery, DeliveryState
from webhooks.models.webhook import Webhook, WebhookState

__all__ = ["Delivery", "DeliveryState", "TrailCursor", "Webhook", "WebhookState"]
