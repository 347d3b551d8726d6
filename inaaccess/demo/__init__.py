"""The demo: producers of Kota Mojokerto and of other places, told through the verbs of the models.

Texts are in producers/*.toml and listings.toml, pictures in pictures/. Every company and person is invented.
"""
