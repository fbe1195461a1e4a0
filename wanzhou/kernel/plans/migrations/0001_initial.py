import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import wanzhou.kernel.plans.models.plan
import wanzhou.kernel.plans.models.reporting
import wanzhou.kernel.triggers
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=100, unique=True, verbose_name='代码')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('publisher', models.CharField(blank=True, max_length=100, verbose_name='发布单位')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='网址')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='发布日期')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
            ],
            options={
                'verbose_name': '来源文件',
                'verbose_name_plural': '来源文件',
                'ordering': ['-published_on', 'code'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_sourceevent" ("code", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "title", "url") VALUES (NEW."code", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_on", NEW."publisher", NEW."title", NEW."url"); RETURN NULL;', hash='5ede65bacef5f3bfb4f0924142fb4ee352ba2c53', operation='INSERT', pgid='pgtrigger_insert_insert_8f996', table='plans_source', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_sourceevent" ("code", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "title", "url") VALUES (NEW."code", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_on", NEW."publisher", NEW."title", NEW."url"); RETURN NULL;', hash='3c84c54fc7a77a70c3522a7df3fde5b7dc29dfe3', operation='UPDATE', pgid='pgtrigger_update_update_0f111', table='plans_source', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_sourceevent" ("code", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "title", "url") VALUES (OLD."code", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_on", OLD."publisher", OLD."title", OLD."url"); RETURN NULL;', hash='4446f0b7cff8b1836b446c01203af06c20e3b2a3', operation='DELETE', pgid='pgtrigger_delete_delete_0d6b8', table='plans_source', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.source')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('code', models.SlugField(db_index=False, max_length=100, verbose_name='代码')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('publisher', models.CharField(blank=True, max_length=100, verbose_name='发布单位')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='网址')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='发布日期')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2f0a137b4c5a90ea88cfff1fdfda63e0b5e397cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d7ff', table='plans_sourceevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True, verbose_name='版本')),
                ('rate_firm', models.DecimalField(decimal_places=3, default=Decimal('0.1'), help_text='个百分点', max_digits=6, verbose_name='左右·比率达标幅度')),
                ('rate_wide', models.DecimalField(decimal_places=3, default=Decimal('0.5'), help_text='个百分点', max_digits=6, verbose_name='左右·比率待认定幅度')),
                ('share_firm', models.DecimalField(decimal_places=4, default=Decimal('0.01'), help_text='占目标的比例', max_digits=6, verbose_name='左右·数量达标幅度')),
                ('share_wide', models.DecimalField(decimal_places=4, default=Decimal('0.02'), help_text='占目标的比例', max_digits=6, verbose_name='左右·数量待认定幅度')),
                ('investment_yellow', models.DecimalField(decimal_places=2, default=Decimal('-10'), help_text='低于序时进度的百分点', max_digits=6, verbose_name='投资黄灯')),
                ('investment_red', models.DecimalField(decimal_places=2, default=Decimal('-30'), help_text='低于序时进度的百分点', max_digits=6, verbose_name='投资红灯')),
                ('stale_days', models.PositiveSmallIntegerField(default=45, verbose_name='多少天未更新即提示')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='制定人')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='制定时间')),
                ('reason', models.TextField(verbose_name='理由')),
            ],
            options={
                'verbose_name': '判定规则',
                'verbose_name_plural': '判定规则',
                'ordering': ['-version'],
                'constraints': [models.CheckConstraint(condition=models.Q(('rate_firm__gte', 0), ('share_firm__gte', 0), ('rate_wide__gte', models.F('rate_firm')), ('share_wide__gte', models.F('share_firm'))), name='plans_ruleset_bands_nested', violation_error_message='待认定幅度不得小于达标幅度，且都不得为负。'), models.CheckConstraint(condition=models.Q(('investment_red__lt', models.F('investment_yellow')), ('investment_yellow__lte', 0)), name='plans_ruleset_lights_ordered', violation_error_message='红灯界限须低于黄灯界限，且都不得高于序时进度。'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='plans_ruleset_reasoned', violation_error_message='须写明制定理由。')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e58237a495a63fa897ad25559aaae668d40ba5f5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_47069', table='plans_ruleset', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('annual', '年度计划'), ('five_year', '五年规划')], default=wanzhou.kernel.plans.models.plan.PlanKind['ANNUAL'], max_length=20, verbose_name='类别')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='起始年')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='终止年')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('state', models.CharField(choices=[('draft', '起草'), ('submitted', '提请审查（草案）'), ('approved', '审查批准')], default=wanzhou.kernel.plans.models.plan.PlanState['DRAFT'], max_length=20, verbose_name='状态')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='plans.ruleset', verbose_name='判定规则')),
                ('approved_by', models.CharField(blank=True, max_length=200, verbose_name='批准机关与会议')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='批准日期')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='plans.source', verbose_name='来源文件')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
            ],
            options={
                'verbose_name': '年度计划',
                'verbose_name_plural': '年度计划',
                'ordering': ['-first_year', 'kind'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['annual', 'five_year'])), name='plans_plan_kind_known', violation_error_message='不是可选的值，可选：年度计划、五年规划'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved'])), name='plans_plan_state_known', violation_error_message='不是可选的值，可选：起草、提请审查（草案）、审查批准'), models.UniqueConstraint(fields=('kind', 'first_year', 'last_year'), name='plans_plan_once', violation_error_message='这一年份的计划已经存在。'), models.CheckConstraint(condition=models.Q(models.Q(('kind', wanzhou.kernel.plans.models.plan.PlanKind['ANNUAL']), ('last_year', models.F('first_year'))), models.Q(('kind', wanzhou.kernel.plans.models.plan.PlanKind['FIVE_YEAR']), ('last_year', django.db.models.expressions.CombinedExpression(models.F('first_year'), '+', models.Value(4)))), _connector='OR'), name='plans_plan_years', violation_error_message='年度计划的起止年份须相同，五年规划须相差四年。'), models.CheckConstraint(condition=models.Q(('state', wanzhou.kernel.plans.models.plan.PlanState['APPROVED']), models.Q(('approved_by', ''), ('approved_on__isnull', True)), _connector='OR'), name='plans_plan_approval', violation_error_message='未批准的计划不能有批准机关或批准日期。')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_planevent" ("approved_by", "approved_on", "first_year", "id", "kind", "last_year", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_set_id", "source_id", "state", "title") VALUES (NEW."approved_by", NEW."approved_on", NEW."first_year", NEW."id", NEW."kind", NEW."last_year", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rule_set_id", NEW."source_id", NEW."state", NEW."title"); RETURN NULL;', hash='9402bb00bad3682751091be9eded26f346fc72f1', operation='INSERT', pgid='pgtrigger_insert_insert_8b340', table='plans_plan', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_planevent" ("approved_by", "approved_on", "first_year", "id", "kind", "last_year", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_set_id", "source_id", "state", "title") VALUES (NEW."approved_by", NEW."approved_on", NEW."first_year", NEW."id", NEW."kind", NEW."last_year", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rule_set_id", NEW."source_id", NEW."state", NEW."title"); RETURN NULL;', hash='e1b1a5dd071b2e0d505a447bee5b9ed652eac9e4', operation='UPDATE', pgid='pgtrigger_update_update_ee9c7', table='plans_plan', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_planevent" ("approved_by", "approved_on", "first_year", "id", "kind", "last_year", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_set_id", "source_id", "state", "title") VALUES (OLD."approved_by", OLD."approved_on", OLD."first_year", OLD."id", OLD."kind", OLD."last_year", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rule_set_id", OLD."source_id", OLD."state", OLD."title"); RETURN NULL;', hash='e71ced4f2bbaf8fed11351b76dd3f7b92eea7f92', operation='DELETE', pgid='pgtrigger_delete_delete_3e165', table='plans_plan', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ReportingPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='plans.plan', verbose_name='年度计划')),
                ('period', models.CharField(choices=[('first_quarter', '一季度'), ('first_half', '上半年'), ('first_three_quarters', '前三季度'), ('full_year', '全年')], max_length=30, verbose_name='期别')),
                ('origin', models.CharField(choices=[('reported', '部门填报'), ('public_sources', '公开资料收录')], default=wanzhou.kernel.plans.models.reporting.Origin['REPORTED'], max_length=20, verbose_name='数据来路')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='开启人')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='开启时间')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='关闭人')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='关闭时间')),
                ('reopened_reason', models.TextField(blank=True, verbose_name='重新开启的理由')),
                ('complete_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='宣布完整的人')),
                ('complete_at', models.DateTimeField(blank=True, null=True, verbose_name='宣布完整的时间')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
            ],
            options={
                'verbose_name': '填报期',
                'verbose_name_plural': '填报期',
                'ordering': ['-plan__last_year', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('period__in', ['first_quarter', 'first_half', 'first_three_quarters', 'full_year'])), name='plans_reportingperiod_period_known', violation_error_message='不是可选的值，可选：一季度、上半年、前三季度、全年'), models.CheckConstraint(condition=models.Q(('origin__in', ['reported', 'public_sources'])), name='plans_reportingperiod_origin_known', violation_error_message='不是可选的值，可选：部门填报、公开资料收录'), models.UniqueConstraint(fields=('plan', 'period'), name='plans_reportingperiod_once', violation_error_message='该计划的这一期已经存在。'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='plans_reportingperiod_opened_by_together', violation_error_message='开启人与开启时间须同时填写或同时留空。'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='plans_reportingperiod_closed_by_together', violation_error_message='关闭人与关闭时间须同时填写或同时留空。'), models.CheckConstraint(condition=models.Q(models.Q(('complete_at__isnull', True), ('complete_by__isnull', True)), models.Q(('complete_at__isnull', False), ('complete_by__isnull', False)), _connector='OR'), name='plans_reportingperiod_complete_by_together', violation_error_message='宣布完整的人与时间须同时填写或同时留空。'), models.CheckConstraint(condition=models.Q(('origin', wanzhou.kernel.plans.models.reporting.Origin['REPORTED']), ('due_on__isnull', True), _connector='OR'), name='plans_reportingperiod_nobody_owes', violation_error_message='由公开资料收录的填报期没有截止日期：没有单位欠报。')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_reportingperiodevent" ("closed_at", "closed_by_id", "complete_at", "complete_by_id", "due_on", "id", "note", "opened_at", "opened_by_id", "origin", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reopened_reason") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."complete_at", NEW."complete_by_id", NEW."due_on", NEW."id", NEW."note", NEW."opened_at", NEW."opened_by_id", NEW."origin", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."reopened_reason"); RETURN NULL;', hash='92ef36c3bb70d3fec86b387dbaf30bca49e5dba0', operation='INSERT', pgid='pgtrigger_insert_insert_5b7f9', table='plans_reportingperiod', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_reportingperiodevent" ("closed_at", "closed_by_id", "complete_at", "complete_by_id", "due_on", "id", "note", "opened_at", "opened_by_id", "origin", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reopened_reason") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."complete_at", NEW."complete_by_id", NEW."due_on", NEW."id", NEW."note", NEW."opened_at", NEW."opened_by_id", NEW."origin", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."reopened_reason"); RETURN NULL;', hash='2c13459a5cef42b08f7231ef83b70283adee0bf1', operation='UPDATE', pgid='pgtrigger_update_update_80676', table='plans_reportingperiod', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_reportingperiodevent" ("closed_at", "closed_by_id", "complete_at", "complete_by_id", "due_on", "id", "note", "opened_at", "opened_by_id", "origin", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reopened_reason") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."complete_at", OLD."complete_by_id", OLD."due_on", OLD."id", OLD."note", OLD."opened_at", OLD."opened_by_id", OLD."origin", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."reopened_reason"); RETURN NULL;', hash='38cef226a2929dfe78172a9cd20e4396606c0c34', operation='DELETE', pgid='pgtrigger_delete_delete_304f9', table='plans_reportingperiod', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='plans.plan', verbose_name='年度计划')),
                ('period', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='plans.reportingperiod', verbose_name='填报期')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='发布时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
                ('why', models.CharField(max_length=200, verbose_name='缘由')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.ruleset', verbose_name='判定规则')),
                ('secrecy_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保密审查人')),
                ('secrecy_at', models.DateTimeField(blank=True, null=True, verbose_name='保密审查时间')),
                ('not_before', models.DateTimeField(blank=True, null=True, verbose_name='不早于')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
            ],
            options={
                'verbose_name': '发布',
                'verbose_name_plural': '发布',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('secrecy_at__isnull', True), ('secrecy_by__isnull', True)), models.Q(('secrecy_at__isnull', False), ('secrecy_by__isnull', False)), _connector='OR'), name='plans_publication_secrecy_by_together', violation_error_message='保密审查人与审查时间须同时填写或同时留空。'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='plans_publication_reasoned', violation_error_message='须写明发布缘由。')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e240f21a2180dca8f4687f574b06e418b80c34eb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1666', table='plans_publication', when='BEFORE')), pgtrigger.compiler.Trigger(name='period_of_this_plan', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT (NEW.period_id IS NULL OR NEW.plan_id = (SELECT plan_id FROM plans_reportingperiod WHERE id = NEW.period_id)) THEN RAISE EXCEPTION '填报期不属于这份计划' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;", hash='d075c7141c46925db59b46a659fdf62abd5fc99b', operation='INSERT OR UPDATE', pgid='pgtrigger_period_of_this_plan_43cde', table='plans_publication', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='plans.publication', verbose_name='发布')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='印发日期')),
                ('document', models.FileField(blank=True, upload_to='editions/', verbose_name='文件')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='文件指纹')),
            ],
            options={
                'verbose_name': '大会版本',
                'verbose_name_plural': '大会版本',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('document', ''), ('sha256', '')), models.Q(models.Q(('document', ''), _negated=True), ('sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='plans_edition_fingerprinted', violation_error_message='有文件就须有它的 SHA-256 指纹，没有文件则不能有。')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bab466fe783af9c12f1b862eb5d8f1958567b30d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5de61', table='plans_edition', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ReportingPeriodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.reportingperiod')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan', verbose_name='年度计划')),
                ('period', models.CharField(choices=[('first_quarter', '一季度'), ('first_half', '上半年'), ('first_three_quarters', '前三季度'), ('full_year', '全年')], max_length=30, verbose_name='期别')),
                ('origin', models.CharField(choices=[('reported', '部门填报'), ('public_sources', '公开资料收录')], default=wanzhou.kernel.plans.models.reporting.Origin['REPORTED'], max_length=20, verbose_name='数据来路')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('opened_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='开启人')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='开启时间')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='关闭人')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='关闭时间')),
                ('reopened_reason', models.TextField(blank=True, verbose_name='重新开启的理由')),
                ('complete_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='宣布完整的人')),
                ('complete_at', models.DateTimeField(blank=True, null=True, verbose_name='宣布完整的时间')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='986def4ebba90da66a67cca4bf86642bbe031bf9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e8b85', table='plans_reportingperiodevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.plan')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('kind', models.CharField(choices=[('annual', '年度计划'), ('five_year', '五年规划')], default=wanzhou.kernel.plans.models.plan.PlanKind['ANNUAL'], max_length=20, verbose_name='类别')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='起始年')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='终止年')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('state', models.CharField(choices=[('draft', '起草'), ('submitted', '提请审查（草案）'), ('approved', '审查批准')], default=wanzhou.kernel.plans.models.plan.PlanState['DRAFT'], max_length=20, verbose_name='状态')),
                ('rule_set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.ruleset', verbose_name='判定规则')),
                ('approved_by', models.CharField(blank=True, max_length=200, verbose_name='批准机关与会议')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='批准日期')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.source', verbose_name='来源文件')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b3f68a381db6a5160c734b02b91c789f663d554e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_038a7', table='plans_planevent', when='BEFORE'))],
            },
        ),
        wanzhou.kernel.triggers.InstallTriggers(
        ),
    ]
