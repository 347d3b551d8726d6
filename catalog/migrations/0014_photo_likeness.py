"""Photos that look alike: found by four parts of sixteen bits, of which two that differ in three bits share one."""

from django.db import migrations

# Each part takes every fourth bit, so that it sees all of the picture: rows of plain background make no part common.
EVERY_FOURTH = 0x1111111111111111
CREATE = f"""
CREATE OR REPLACE FUNCTION likeness_parts(likeness bigint) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY[
        likeness & {EVERY_FOURTH},
        likeness >> 1 & {EVERY_FOURTH} | 2,
        likeness >> 2 & {EVERY_FOURTH} | 4,
        likeness >> 3 & {EVERY_FOURTH} | 6
    ]
$$;
"""
INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS catalog_photo_likeness ON catalog_photo
USING gin (likeness_parts(likeness)) WHERE likeness IS NOT NULL;
"""


class Migration(migrations.Migration):
    atomic = False  # the index is built beside the running site

    dependencies = [("catalog", "0013_review_desk")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION IF EXISTS likeness_parts(bigint) CASCADE;"),
        migrations.RunSQL(INDEX, "DROP INDEX CONCURRENTLY IF EXISTS catalog_photo_likeness;"),
    ]
