"""Photos that look alike: found by four parts of sixteen bits, of which two that differ in three bits share one."""

from django.db import migrations

CREATE = """
CREATE OR REPLACE FUNCTION likeness_parts(likeness bigint) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY[
        (likeness & 65535)::integer,
        ((likeness >> 16) & 65535)::integer + 65536,
        ((likeness >> 32) & 65535)::integer + 131072,
        ((likeness >> 48) & 65535)::integer + 196608
    ]
$$;
"""
INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS catalog_photo_likeness ON catalog_photo
USING gin (likeness_parts(likeness)) WHERE likeness IS NOT NULL;
"""


class Migration(migrations.Migration):
    atomic = False  # the index is built beside the running site

    dependencies = [("catalog", "0010_review_desk")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION IF EXISTS likeness_parts(bigint) CASCADE;"),
        migrations.RunSQL(INDEX, "DROP INDEX CONCURRENTLY IF EXISTS catalog_photo_likeness;"),
    ]
