import type { RuleFinding } from '../rules/rule.ts';
import type { BootResult } from './boot.ts';
import { seen } from './seen.ts';

/** Whether somebody can ask how it is, and how it stops. */
export function health({ exchanges, stopped, stopSeconds }: BootResult, read: readonly RuleFinding[]): RuleFinding[] {
  if (read.some(({ verdict }) => verdict === 'not-applicable')) return [...read];
  const well = exchanges.health.find(({ status, body }) => status === 200 && !/<!doctype html|<html/i.test(body));
  const stops = stopped?.code === 0;
  return [
    well
      ? { verdict: 'pass', message: `GET ${well.path} -> 200` }
      : seen(
          'Nobody can ask this server whether it is well: what watches it sees a running process and no more.',
          'Add GET /livez and GET /readyz, which answer 200 to anyone.',
          exchanges.health.map(({ path, status }) => `${path} ${status ?? 'no answer'}`).join(', '),
          { key: 'health' },
        ),
    stops
      ? { verdict: 'pass', message: `stopped by itself ${stopSeconds.toFixed(1)} s after SIGTERM` }
      : seen(
          'Every deployment cuts off the requests that are being answered.',
          'On SIGTERM stop taking requests, finish the open ones, and exit with 0.',
          stopped
            ? `after SIGTERM: ${stopped.signal ?? `exit ${stopped.code}`}`
            : 'after SIGTERM: still running 10 s later',
          { key: 'shutdown' },
        ),
  ];
}

/** Whether a span arrived at the collector. */
export function spans({ spans: bodies, routes }: BootResult, read: readonly RuleFinding[]): RuleFinding[] {
  const asked = routes.some(({ exchange }) => exchange?.status !== undefined);
  if (bodies.some((body) => /(?:GET|POST|PUT|PATCH|DELETE|HTTP|request)\b/.test(body)))
    return [{ verdict: 'pass', message: 'spans of requests arrived at a collector' }];
  if (!asked || read.some(({ verdict }) => verdict === 'not-applicable' || verdict === 'elsewhere')) return [...read];
  if (read.some(({ verdict }) => verdict === 'fail')) return [...read];
  return [
    seen(
      'When it is slow or broken, nobody can see where: no trace of a request arrived.',
      'Start OpenTelemetry before the app (node --import) and export by OTLP.',
      'a collector that OTEL_EXPORTER_OTLP_ENDPOINT named received no span',
    ),
  ];
}

/** Whether its lines are records. */
export function logs({ output }: BootResult, read: readonly RuleFinding[]): RuleFinding[] {
  const lines = output.out.split('\n').filter((line) => line.trim() !== '');
  const json = lines.filter((line) => /^\{.*\}$/.test(line.trim()));
  if (lines.length === 0 || json.length < lines.length * 0.8) return [...read];
  return [
    ...read.filter(({ verdict }) => verdict === 'fail'),
    { verdict: 'pass', message: `${json.length} of ${lines.length} lines on standard output are JSON` },
  ];
}

const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|CREDENTIAL/;

/** Whether it starts without its secrets. */
export function emptyStart({ withoutSettings, settingNames }: BootResult): RuleFinding[] {
  const secrets = settingNames.filter((name) => secretName.test(name));
  if (!withoutSettings?.listened || secrets.length === 0) return [];
  return [
    seen(
      'It starts without its secrets and looks healthy; it fails, or lets people in, when the first visitor needs them.',
      'Read all settings in one module at the start and stop with the names of those that are missing.',
      `listened with none of ${secrets.slice(0, 5).join(', ')} set`,
      { key: 'empty start', confidence: 'likely', weight: 'medium' },
    ),
  ];
}
