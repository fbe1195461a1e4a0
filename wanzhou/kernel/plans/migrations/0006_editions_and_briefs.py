"""Who marked an edition, when, and whether everybody may have its document; the briefs that were handed out.

Marking an edition changes what the public reads without a publication: the stamp counts editions from now on.
"""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


_HEAD = """
CREATE OR REPLACE FUNCTION plans_published_stamp(
  moment timestamptz, OUT newest bigint, OUT count bigint, OUT at timestamptz, OUT plans text, OUT periods text,
  OUT complete bigint, OUT withdrawn text
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  last_withdrawal timestamptz;
  editions text;
  marked timestamptz;
BEGIN
  SELECT max(p.id), count(*), max(greatest(p.at, p.not_before)) INTO newest, count, at
  FROM plans_publication p WHERE p.at <= moment AND (p.not_before IS NULL OR p.not_before <= moment);
"""
_TAIL = """
  SELECT md5(string_agg(r::text, '|' ORDER BY r.id)), count(*) FILTER (WHERE r.complete_at <= moment)
  INTO periods, complete FROM plans_reportingperiod r;
  SELECT count(*) || '.' || coalesce(max(w.id), 0), max(w.at) INTO withdrawn, last_withdrawal
  FROM evidence_withdrawal w;
  IF at IS NOT NULL THEN at := greatest(at, last_withdrawal); END IF;
END $$
"""
_PLANS = """
  SELECT md5(string_agg(p::text, '|' ORDER BY p.id) || '#' || coalesce(
    (SELECT max(r.version)::text FROM plans_ruleset r WHERE r.at <= moment), '')) INTO plans FROM plans_plan p;
"""
_PLANS_AND_EDITIONS = """
  SELECT string_agg(e.id::text, ',' ORDER BY e.id), max(e.marked_at) INTO editions, marked
  FROM plans_edition e WHERE e.marked_at IS NULL OR e.marked_at <= moment;
  at := greatest(at, marked);
  SELECT md5(concat_ws('|', string_agg(p::text, '|' ORDER BY p.id), editions, '#',
    (SELECT max(r.version) FROM plans_ruleset r WHERE r.at <= moment))) INTO plans FROM plans_plan p;
"""
BEFORE = _HEAD + _PLANS + _TAIL
AFTER = _HEAD + _PLANS_AND_EDITIONS + _TAIL


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0005_what_stays_and_what_was_withdrawn'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Brief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(max_length=20, verbose_name='依据')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='制作时间')),
                ('standings', models.JSONField(verbose_name='各项情况')),
            ],
            options={
                'verbose_name': '一页纸',
                'verbose_name_plural': '一页纸',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='marked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='标记时间'),
        ),
        migrations.AddField(
            model_name='edition',
            name='marked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='标记人'),
        ),
        migrations.AddField(
            model_name='edition',
            name='public',
            field=models.BooleanField(default=False, verbose_name='公开下载'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('marked_at__isnull', True), ('marked_by__isnull', True)), models.Q(('marked_at__isnull', False), ('marked_by__isnull', False)), _connector='OR'), name='plans_edition_marked_by_together', violation_error_message='标记人与标记时间须同时填写或同时留空。'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('public', False), models.Q(('document', ''), _negated=True), _connector='OR'), name='plans_edition_public_document', violation_error_message='没有文件，就没有可以公开下载的。'),
        ),
        migrations.AddField(
            model_name='brief',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='制作人'),
        ),
        migrations.AddField(
            model_name='brief',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='briefs', to='plans.reportingperiod', verbose_name='填报期'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brief',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='934920242a8709e046cf84a0c28739ba8b839a0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ce120', table='plans_brief', when='BEFORE')),
        ),
        migrations.RunSQL(AFTER, BEFORE),
    ]
