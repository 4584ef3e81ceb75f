import type { Evidence } from '../../flow/finding.ts';

const wiring = 'src/guardrails/index.ts';
const hardening = 'src/guardrails/http-hardening.ts';

/** What shows, in the text of a project, that every answer is hardened and that errors stay inside. */
export const hardeningEvidence: readonly Evidence[] = [
  { path: 'src/app.ts', holds: /^\s*guard\(app\);$/m, otherwise: 'the app does not switch its guardrails on' },
  { path: wiring, holds: /install\(app, \[.*\bhttpHardening\b/, otherwise: 'nothing sets protective headers' },
  { path: wiring, holds: /install\(app, \[.*\brateLimit\b/, otherwise: 'one address may send any number of requests' },
  { path: wiring, holds: /onError\(app, toAnswer\);/, otherwise: 'an error shows the inside of the app to strangers' },
  {
    path: hardening,
    holds: /'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'/,
    otherwise: 'no content security policy',
  },
  { path: hardening, holds: /'X-Content-Type-Options': 'nosniff'/, otherwise: 'browsers may guess content types' },
  {
    path: hardening,
    holds: /'Strict-Transport-Security': 'max-age=\d{8}/,
    otherwise: 'browsers may be led to plain http',
  },
  { path: hardening, holds: /removeHeader\('X-Powered-By'\)/, otherwise: 'answers name the framework' },
  { path: hardening, holds: /limitBody\(req\)/, otherwise: 'one request may send any amount of data' },
  {
    path: 'src/guardrails/body-limit.ts',
    holds: /content-length.*> limit/,
    otherwise: 'announced sizes are not checked',
  },
  {
    path: 'src/guardrails/body-limit.ts',
    holds: /transfer-encoding.*countBytes\(req\)/,
    otherwise: 'unannounced sizes are not counted',
  },
  { path: 'src/guardrails/rate-limit.ts', holds: /problem\(429/, otherwise: 'nobody is ever told to slow down' },
  { path: 'src/guardrails/errors.ts', holds: /problem\(500, '[^']*'\)/, otherwise: 'unknown errors are not hidden' },
  { path: 'test/guardrails/http-hardening.test.ts', otherwise: 'no test proves the headers and limits' },
  { path: 'test/guardrails/rate-limit.test.ts', otherwise: 'no test proves the rate limit' },
];

/** What shows that cross-origin calls need an entry in a list. */
export const corsEvidence: readonly Evidence[] = [
  { path: hardening, holds: /origins\.has\(origin\)/, otherwise: 'web pages are not checked against a list' },
  {
    path: hardening,
    holds: /^(?![\s\S]*'Access-Control-Allow-Origin', '\*')/,
    otherwise: 'any web page may call the app',
  },
  {
    path: 'src/guardrails/settings.ts',
    holds: /^ {2}CORS_ORIGINS: /m,
    otherwise: 'there is no list of web pages that may call the app',
  },
  { path: 'test/guardrails/cors.test.ts', otherwise: 'no test proves that foreign web pages are refused' },
];
