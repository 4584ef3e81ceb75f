import { groupOf } from '../../flow/danger.ts';
import type { Report, ReportedFinding } from '../../flow/report.ts';
import type { Rule, Weight } from '../../rules/rule.ts';
import { explanationOf } from './explanation.ts';
import { placeFromStart, type Telling } from './telling.ts';

/** What code scanning sorts by: above 9.0 critical, above 7.0 high, above 4.0 medium. */
const severities: Readonly<Record<Weight, string>> = { blocker: '9.5', high: '7.5', medium: '5.0', low: '2.0' };
const precisions = { certain: 'very-high', likely: 'high', review: 'medium' } as const;

/** SARIF 2.1.0, for code scanning and for whoever else collects findings. */
export function tellAsSarif(report: Report, telling: Telling): string {
  const told = report.findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'waived');
  const ids = [...new Set([...report.rules.map(({ id }) => id), ...told.map(({ rule }) => rule)])];
  const run = {
    tool: {
      driver: {
        name: 'create-shipshape',
        version: report.version,
        semanticVersion: report.version,
        informationUri: 'https://www.npmjs.com/package/create-shipshape',
        rules: ids.map((id) => descriptorOf(id, telling.rules)),
      },
    },
    automationDetails: { id: `create-shipshape/${telling.prefix}` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The top of the repository.' } } },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(report) }],
    results: told.map((finding) => resultOf(finding, ids.indexOf(finding.rule), report, telling)),
  };
  const $schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
  return JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2);
}

function descriptorOf(id: string, rules: readonly Rule[]): object {
  const rule = rules.find((known) => known.id === id);
  const weight = rule?.weight ?? 'high';
  const properties = {
    tags: ['security', groupOf({ rule: id as Rule['id'] })],
    'security-severity': severities[weight],
    precision: rule?.measured === false ? 'medium' : 'high',
    'problem.severity': weight === 'blocker' || weight === 'high' ? 'error' : 'warning',
  };
  if (!rule) return { id, shortDescription: { text: id }, properties };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: explanationOf(rule, 'text'), markdown: explanationOf(rule, 'markdown') },
    defaultConfiguration: { level: weight === 'blocker' || weight === 'high' ? 'error' : 'warning' },
    properties,
  };
}

function resultOf(finding: ReportedFinding, ruleIndex: number, { baseline }: Report, telling: Telling): object {
  const { rule, message, remedy, fingerprint, known, waiver, confidence, weight } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    kind: 'fail',
    level: levelOf(finding),
    message: { text: [message, remedy].filter(Boolean).join(' ') },
    locations: [locationOf(finding, telling)],
    partialFingerprints: { 'createShipshape/v1': fingerprint },
    ...(baseline && { baselineState: known ? 'unchanged' : 'new' }),
    ...(waiver && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: `${waiver.reason} (${waiver.owner}, until ${waiver.until})`,
        },
      ],
    }),
    properties: { 'security-severity': severities[weight], ...(confidence && { precision: precisions[confidence] }) },
  };
}

function levelOf({ blocks, confidence }: ReportedFinding): string {
  if (blocks) return 'error';
  return confidence === 'review' ? 'note' : 'warning';
}

/** Code scanning refuses a result without a file: what is absent everywhere is told at package.json. */
function locationOf({ where, evidence }: ReportedFinding, telling: Telling): object {
  const { path, line, column } =
    where?.path === '.' || !where ? placeFromStart({ path: 'package.json' }, telling) : placeFromStart(where, telling);
  const region =
    line === undefined
      ? undefined
      : {
          startLine: line,
          ...(column !== undefined && { startColumn: column }),
          ...(evidence !== undefined && { snippet: { text: evidence } }),
        };
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, ...(region && { region }) } };
}

/** What could not be told and what was not read. */
function notificationsOf({ findings, notRead }: Report): object[] {
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  return [
    ...unknown.map(({ rule, message }) => ({
      level: 'note',
      message: { text: `${rule} could not be told: ${message}` },
      associatedRule: { id: rule },
    })),
    ...notRead.map(({ path, why }) => ({ level: 'note', message: { text: `${path} was not read: ${why}` } })),
  ];
}
