"""The decisions of before, from the audit trail: each with the hand-in that it answered."""

from django.db import migrations

# A deleted person or revision leaves its entry: such a round has nobody, or is left out. May run twice.
FILL = """
INSERT INTO catalog_decision (revision_id, outcome, version, submitted_at, decided_at, by_id)
SELECT r.id, e.verb, r.version, coalesce(s.at, r.submitted_at, e.at), e.at, u.id
FROM accounts_auditentry e
JOIN catalog_productrevision r ON r.id::text = e.object_id
LEFT JOIN accounts_user u ON u.id = e.by_id
LEFT JOIN LATERAL (
    SELECT at FROM accounts_auditentry
    WHERE object_type = 'catalog.productrevision' AND object_id = e.object_id AND verb = 'submit' AND id < e.id
    ORDER BY id DESC LIMIT 1) s ON true
WHERE e.object_type = 'catalog.productrevision' AND e.verb IN ('approve', 'request_changes', 'reject')
    AND NOT EXISTS (SELECT FROM catalog_decision d WHERE d.revision_id = r.id AND d.outcome = e.verb
        AND d.decided_at BETWEEN e.at - interval '1 minute' AND e.at + interval '1 minute')
ORDER BY e.id;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_photo_likeness"), ("accounts", "0002_rate_limit")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]  # noop: the rows go with their table
