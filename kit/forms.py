"""How forms are drawn: Django's own machinery with our field, so that `{{ form.x.as_field_group }}` is complete."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Fields come from `components/field.html`; widgets stay Django's.

    What a widget may say about itself, in `attrs`: `data-prefix` and `data-suffix` (a unit or a currency beside the
    box), `data-needed` (marked as required although a draft may be saved without it), `data-depends` (needed or not as
    another field says, so marked as neither), besides `inputmode`, `autocomplete` and the like.
    """

    field_template_name = "components/field.html"
