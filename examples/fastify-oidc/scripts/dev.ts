// `npm run dev`: runs the app, again after each change, and shows what every request does, here and on a page.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { freePort } from './trace-viewer/port.ts';
import { startViewer } from './trace-viewer/server.ts';
import { showBanner, showLogLine, showTrace } from './trace-viewer/terminal.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

const port = await freePort(Number(process.env.PORT || 3000));
const app = `http://localhost:${port}`;
const viewer = await startViewer({ port: await freePort(4318), app, onTrace: showTrace });

const watch = ['--watch', '--watch-preserve-output'];
const child = spawn(process.execPath, [...watch, '--import', './src/guardrails/telemetry.ts', 'src/main.ts'], {
  stdio: ['inherit', 'pipe', 'inherit'],
  env: {
    NODE_ENV: 'development',
    ...process.env,
    PORT: String(port),
    OTEL_EXPORTER_OTLP_ENDPOINT: viewer.url,
    OTEL_TRACES_SAMPLER: 'always_on',
    OTEL_BSP_SCHEDULE_DELAY: '200',
  },
});
createInterface({ input: child.stdout }).on('line', showLogLine);
showBanner(app, viewer.url);

// Ctrl-C reaches the app by itself, a `kill` does not. Either way this process goes last.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => {
  viewer.close();
  process.exitCode = code ?? 0;
});
