"""The database itself writes into the audit trail who gained or lost a power or a scope, whatever way it was done.

One function serves all tables. Its triggers are deferred: they speak at COMMIT, so that a row that a verb has told of
in the same transaction ("untold") is not told twice. Who and which request come from accounts/trail.py; without them
the entry says as which role of the database it was done.
"""

from django.db import migrations

# Arguments of a trigger: kind of object, column of its id, noun of the verb, "always" or "untold", then columns:
# "role" with its values, "!password" without them, "group_id>auth_group.name" by the name of the row it points to.
FUNCTION = """
CREATE FUNCTION audit_power() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $body$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    thing text := coalesce(after ->> TG_ARGV[1], before ->> TG_ARGV[1]);
    actor bigint := nullif(current_setting('audit.by', true), '')::bigint;
    request text := coalesce(current_setting('audit.request', true), '');
    was text[] := '{}';
    becomes text[] := '{}';
    changed boolean := false;
    spec text;
    name text;
    target text;
    old_value text;
    new_value text;
    label text;
BEGIN
    FOR place IN 4 .. TG_NARGS - 1 LOOP
        spec := TG_ARGV[place];
        name := split_part(ltrim(spec, '!'), '>', 1);
        old_value := before ->> name;
        new_value := after ->> name;
        CONTINUE WHEN TG_OP = 'UPDATE' AND old_value IS NOT DISTINCT FROM new_value;
        changed := true;
        IF spec LIKE '!%' THEN
            IF TG_OP = 'UPDATE' THEN
                becomes := becomes || (name || ': *');
            END IF;
            CONTINUE;
        END IF;
        target := split_part(spec, '>', 2);
        IF target <> '' THEN
            EXECUTE format('SELECT max(CASE WHEN id::text = $1 THEN %1$I::text END),
                                   max(CASE WHEN id::text = $2 THEN %1$I::text END) FROM %2$I WHERE id::text IN ($1, $2)',
                           split_part(target, '.', 2), split_part(target, '.', 1))
                INTO old_value, new_value USING old_value, new_value;
            old_value := coalesce(old_value, before ->> name);
            new_value := coalesce(new_value, after ->> name);
        END IF;
        label := CASE WHEN TG_NARGS = 5 THEN '' ELSE regexp_replace(name, '_id$', '') || ': ' END;
        IF old_value IS NOT NULL THEN
            was := was || (label || old_value);
        END IF;
        IF new_value IS NOT NULL THEN
            becomes := becomes || (label || new_value);
        END IF;
    END LOOP;
    IF NOT changed THEN
        RETURN NULL;
    END IF;
    IF TG_ARGV[3] = 'untold' AND EXISTS (
        SELECT FROM accounts_auditentry AS told
        WHERE told.object_type = TG_ARGV[0] AND told.object_id = thing
            AND told.transaction = pg_current_xact_id()::text::bigint
            AND told.verb !~ '^(account|group|permission|membership|regency|mission|certificate)_(added|changed|removed)$'
    ) THEN
        RETURN NULL;
    END IF;
    INSERT INTO accounts_auditentry
        (at, by_id, verb, object_type, object_id, from_state, to_state, why, as_superuser, request_id, address)
    VALUES (
        clock_timestamp(),
        actor,
        TG_ARGV[2] || CASE TG_OP WHEN 'INSERT' THEN '_added' WHEN 'DELETE' THEN '_removed' ELSE '_changed' END,
        TG_ARGV[0],
        thing,
        array_to_string(was, ', '),
        array_to_string(becomes, ', '),
        CASE WHEN actor IS NULL AND request = '' THEN 'database role: ' || session_user ELSE '' END,
        coalesce(current_setting('audit.superuser', true), '') = 'yes',
        request,
        coalesce(current_setting('audit.network', true), '')
    );
    RETURN NULL;
END
$body$
"""
ALL = "INSERT OR UPDATE OR DELETE"
PERSON = ("is_staff", "is_superuser", "is_active", "!email", "!password")
CERTIFICATE = ("state", "type_id", "!number", "issuer", "issued_on", "expires_on", "!file_path")
MISSION = "mission_id>markets_mission.code"
TRACKED = (  # table, what happens to a row, condition, arguments
    (
        "accounts_user",
        "INSERT",
        "NEW.is_staff OR NEW.is_superuser",
        ("accounts.user", "id", "account", "untold", *PERSON),
    ),
    ("accounts_user", "UPDATE OR DELETE", "", ("accounts.user", "id", "account", "untold", *PERSON)),
    ("accounts_user_groups", ALL, "", ("accounts.user", "user_id", "group", "always", "group_id>auth_group.name")),
    (
        "accounts_user_user_permissions",
        ALL,
        "",
        ("accounts.user", "user_id", "permission", "always", "permission_id>auth_permission.codename"),
    ),
    (
        "auth_group_permissions",
        ALL,
        "",
        ("auth.group", "group_id", "permission", "always", "permission_id>auth_permission.codename"),
    ),
    (
        "exporters_membership",
        ALL,
        "",
        ("exporters.membership", "id", "membership", "untold", "role", "user_id", "producer_id"),
    ),
    ("exporters_officerscope", ALL, "", ("accounts.user", "user_id", "regency", "always", "regency_id")),
    ("markets_missionstaff", ALL, "", ("accounts.user", "user_id", "mission", "always", MISSION)),
    (
        "markets_accreditation",
        ALL,
        "",
        ("markets.mission", "mission_id", "accreditation", "always", "market_id", "since", "until"),
    ),
    ("exporters_certificate", ALL, "", ("exporters.certificate", "id", "certificate", "untold", *CERTIFICATE)),
)


def _name(table, events):
    return f"audit_power_{table}_{events.split()[0].lower()}"


def _create(table, events, condition, arguments):
    told = ", ".join(f"'{argument}'" for argument in arguments)
    when = f"WHEN ({condition}) " if condition else ""
    return (
        f"CREATE CONSTRAINT TRIGGER {_name(table, events)} AFTER {events} ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when}EXECUTE FUNCTION audit_power({told})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inaaccess", "0001_initial"),
        ("accounts", "0001_initial"),
        ("exporters", "0001_initial"),
        ("markets", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION audit_power()"),
        *(
            migrations.RunSQL(_create(*tracked), f"DROP TRIGGER {_name(*tracked[:2])} ON {tracked[0]}")
            for tracked in TRACKED
        ),
    ]
