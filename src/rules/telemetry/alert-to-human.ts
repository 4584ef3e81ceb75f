import { httpAppsOf } from '../../frameworks/http-apps.ts';
import { appsOf } from '../../repository/apps.ts';
import { kindOf } from '../../repository/kinds.ts';
import type { Repository } from '../../repository/repository.ts';
import { yamlAt, type Yaml } from '../../repository/yaml.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { tracingOf } from './tracing.ts';

export default defineRule({
  id: 'telemetry/alert-to-human',
  title: 'At least one alert reaches a person, with a link to what they should do.',
  why: 'Measurements that nobody looks at are not observability: the first alert must not be a phone call of a customer.',
  weight: 'medium',
  stage: 'production',
  measured: false,
  finds:
    'Alert rules of Prometheus (files and Kubernetes), AlertPolicy of OpenSLO, alerts in Terraform; whether one names a runbook and a receiver.',
  blind: 'Alerts that are set up in the pages of a product.',
  fix: 'Keep one alert on the share of failed requests in the repository, with `runbook_url` and a receiver.',
  references: ['OWASP Top 10:2025 A09', 'Google SRE Production Readiness Review'],
  check(repository) {
    const serves =
      httpAppsOf(repository).some(({ platform }) => platform === undefined) ||
      appsOf(repository).some((app) => /^(?:worker|bot)$/.test(kindOf(repository, app).kind));
    if (!serves) return [{ verdict: 'not-applicable', message: 'Nothing here runs for long on a server.' }];
    const alerts = alertsIn(repository);
    if (alerts.length === 0) return [none(repository)];
    const complete = alerts.find(({ runbook, receiver }) => runbook && receiver);
    if (complete)
      return [{ verdict: 'pass', message: 'An alert reaches a person and says what to do.', where: complete.where }];
    const best = alerts.find(({ runbook, receiver }) => runbook || receiver) ?? alerts[0];
    return [
      {
        verdict: 'fail',
        message: best?.receiver
          ? 'An alert wakes somebody and does not say what to do.'
          : 'Alerts are written down, and nothing says who gets them.',
        where: best?.where ?? { path: '.' },
        key: best?.receiver ? 'no runbook' : 'no receiver',
        confidence: 'likely',
        remedy: best?.receiver
          ? 'Add the annotation `runbook_url` to the alert.'
          : 'Name a receiver: a route of Alertmanager, a notification channel, `notificationTargets`.',
      },
    ];
  },
});

interface Alert {
  readonly where: { readonly path: string; readonly line?: number };
  readonly runbook: boolean;
  readonly receiver: boolean;
}

function alertsIn(repository: Repository): Alert[] {
  const files = repository.files.filter(
    ({ path, role, size }) =>
      role !== 'fixture' && size < 500_000 && /\.(?:ya?ml|tf|tfvars)$/.test(path) && !/lock\.ya?ml$/.test(path),
  );
  const receivers = files.some(({ path }) =>
    /^\s*receivers:\s*$|^\s*contactPoints:/m.test(repository.read(path) ?? ''),
  );
  return files.flatMap(({ path }): Alert[] => {
    const text = repository.read(path) ?? '';
    if (path.endsWith('.tf')) return terraformAlerts(path, text);
    if (!/\balert:|AlertPolicy|alertname|\brules:/.test(text)) return [];
    return (yamlAt(repository, path)?.documents ?? []).flatMap((root) => yamlAlerts(path, root, receivers));
  });
}

function yamlAlerts(path: string, root: Yaml, receivers: boolean): Alert[] {
  if (root.get('kind')?.text === 'AlertPolicy') {
    const spec = root.get('spec');
    const targets = spec?.get('notificationTargets')?.items.length ?? 0;
    return [
      { where: { path, line: root.line }, runbook: /runbook/i.test(texts(root).join(' ')), receiver: targets > 0 },
    ];
  }
  const groups = root.get('groups')?.items ?? root.get('spec')?.get('groups')?.items ?? [];
  const rules = groups.flatMap((group) => group.get('rules')?.items ?? []);
  return rules
    .filter((rule) => rule.get('alert') !== undefined || rule.get('title') !== undefined)
    .map((rule) => ({
      where: { path, line: rule.line },
      runbook: (rule.get('annotations')?.entries ?? []).some(
        ({ key, value }) => /runbook|playbook/i.test(key) && value.text !== undefined,
      ),
      // Alertmanager sends by labels; it may be kept elsewhere, so a label for it is enough.
      receiver:
        receivers ||
        (rule.get('labels')?.entries ?? []).some(({ key }) =>
          /^(?:severity|team|owner|receiver|notify|page)$/.test(key),
        ) ||
        rule.get('notification_settings') !== undefined,
    }));
}

function texts(node: Yaml, depth = 0): string[] {
  if (depth > 8) return [];
  return [
    node.text ?? '',
    ...node.items.flatMap((item) => texts(item, depth + 1)),
    ...node.entries.flatMap(({ key, value }) => [key, ...texts(value, depth + 1)]),
  ];
}

function terraformAlerts(path: string, text: string): Alert[] {
  const resource =
    /resource\s+"(?:aws_cloudwatch_metric_alarm|google_monitoring_alert_policy|azurerm_monitor_metric_alert|datadog_monitor|newrelic_nrql_alert_condition|grafana_rule_group|sentry_(?:issue|metric)_alert|honeycombio_(?:trigger|burn_alert)|pagerduty_service|opsgenie_\w+)"/g;
  return [...text.matchAll(resource)].map((match) => {
    const end = text.indexOf('\n}', match.index);
    const body = text.slice(match.index, end === -1 ? undefined : end);
    return {
      where: { path, line: text.slice(0, match.index).split('\n').length },
      runbook: /runbook|playbook|docs\//i.test(body),
      receiver: /alarm_actions|notification_channels|action\s*\{|@[\w-]+|contact_point|recipient|escalation/.test(body),
    };
  });
}

function none(repository: Repository): RuleFinding {
  const traced = httpAppsOf(repository)
    .map(({ app }) => tracingOf(repository, app))
    .find((tracing) => tracing !== undefined && !tracing.unreached);
  if (traced)
    return {
      verdict: 'unknown',
      message: `Whether somebody is told cannot be seen here: alerts are set up where ${traced.package} sends to.`,
    };
  return {
    verdict: 'fail',
    message: 'Nobody is told when it breaks: the first alert is the call of a customer.',
    where: { path: '.' },
    key: 'no alert',
    confidence: 'likely',
    searched: [
      'rules of Prometheus',
      'AlertPolicy of OpenSLO',
      'alerts in Terraform',
      'Sentry, Datadog, New Relic and others',
    ],
    remedy: 'Keep one alert on the share of failed requests in the repository, with `runbook_url` and a receiver.',
  };
}
