import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../repository/apps.ts';
import type { Repository } from '../repository/repository.ts';
import type { Collector } from './collector.ts';
import { exampleSettings } from './environment.ts';

/** Writes `.env` from the example that the project has for it, and returns its text. */
export function writeExampleSettings(copy: string, repository: Repository, app: App): string {
  const texts = [...new Set(['', app.root])].map((folder) => {
    const text = exampleSettings(repository, folder);
    if (text !== undefined) writeFileSync(join(copy, folder, '.env'), text, { mode: 0o600 });
    return text ?? '';
  });
  return texts.join('\n').replaceAll(/^[^\S\n]*#.*$/gm, '');
}

/** What its image sets where it is deployed. */
export function productionAsDeployed(repository: Repository): Record<string, string> {
  const images = repository.files.filter(({ path }) =>
    /(?:^|\/)(?:Dockerfile[\w.-]*|Procfile|fly\.toml|render\.yaml|app\.yaml)$/.test(path),
  );
  const sets = images.some(({ path }) =>
    /NODE_ENV["']?\s{0,4}[=:]?\s{0,4}["']?production/.test(repository.read(path) ?? ''),
  );
  return sets ? { NODE_ENV: 'production' } : {};
}

/** Where an app that knows OpenTelemetry sends its spans. */
export function spansTo({ port }: Collector): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
}
