import { findingFrom } from '../../flow/finding.ts';
import type { Finding } from '../../flow/finding.ts';
import type { Project, Setting } from '../../flow/project.ts';
import { defineGuardrail } from '../guardrail.ts';
import { corsEvidence, hardeningEvidence } from './evidence.ts';
import { inspectInput } from './input.ts';
import { appFiles, callThroughGuard, inspectOutbound } from './outbound.ts';

const settings: readonly Setting[] = [
  {
    name: 'CORS_ORIGINS',
    kind: 'setting',
    code: "z.string().regex(/^(https?:[/][/][a-z0-9.:-]+(,(?=h)|$))*$/).default('')",
    about: 'web pages that may call this app, comma between',
    example: '',
  },
  {
    name: 'RATE_LIMIT',
    kind: 'setting',
    code: 'z.coerce.number().int().positive().default(300)',
    about: 'requests per minute that one address may send',
    example: '300',
  },
  {
    name: 'TRUST_PROXY',
    kind: 'setting',
    code: 'z.coerce.number().int().min(0).max(5).default(0)',
    about: 'how many proxies stand before this app',
    example: '0',
  },
];

export default defineGuardrail({
  id: 'security',
  title: 'Answers carry protective headers, requests are limited in size and number, and errors leak nothing.',
  why: 'One malformed or oversized request is enough to read the inside of an unprotected app, or to stop it.',
  rules: [
    'security/http-hardening',
    'security/cors-allowlist',
    'security/input-validated',
    'security/outbound-allowlist',
  ],

  inspect: (project) => [
    find(
      project,
      'security/http-hardening',
      'headers, limits and an error handler that leaks nothing',
      hardeningEvidence,
    ),
    find(project, 'security/cors-allowlist', 'only listed web pages may call the app', corsEvidence),
    inspectInput(project),
    inspectOutbound(project),
  ],

  apply(project) {
    project.stage('security', ['all', project.answers.starter]);
    for (const setting of settings) project.addSetting(setting);
    project.wire({ kind: 'layer', name: 'httpHardening', from: './http-hardening.ts', rank: 30 });
    project.wire({ kind: 'layer', name: 'rateLimit', from: './rate-limit.ts', rank: 40 });
    for (const path of appFiles(project)) project.edit(path, callThroughGuard(path));
    project.edit('vitest.config.ts', raiseRateLimit);
    project.wire({ kind: 'onError', name: 'toAnswer', from: './errors.ts', rank: 10 });
  },
});

function find(project: Project, rule: `security/${string}`, promise: string, evidence: typeof corsEvidence): Finding {
  return findingFrom(rule, promise, project.read, evidence);
}

/** Tests of other things may send more requests in a minute than a person would. */
function raiseRateLimit(text: string): string | false {
  return text.includes('RATE_LIMIT') ? false : text.replace(/^( *)env: \{$/m, "$&\n$1  RATE_LIMIT: '100000',");
}
