"""The question that every public request asks, kept in the database, which plans it once per connection."""

from django.db import migrations

CREATE = """
CREATE FUNCTION plans_published_stamp(
  moment timestamptz, OUT newest bigint, OUT count bigint, OUT at timestamptz, OUT plans text, OUT periods text,
  OUT complete bigint
) LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT max(p.id), count(*), max(greatest(p.at, p.not_before)) INTO newest, count, at
  FROM plans_publication p WHERE p.at <= moment AND (p.not_before IS NULL OR p.not_before <= moment);
  SELECT md5(string_agg(p::text, '|' ORDER BY p.id)) INTO plans FROM plans_plan p;
  SELECT md5(string_agg(r::text, '|' ORDER BY r.id)), count(*) FILTER (WHERE r.complete_at <= moment)
  INTO periods, complete FROM plans_reportingperiod r;
END $$
"""


class Migration(migrations.Migration):
    """Adds the function."""

    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION plans_published_stamp(timestamptz)")]
