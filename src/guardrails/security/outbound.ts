import { posix } from 'node:path';
import { findingFrom, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { lineEnd } from '../../tree/lines.ts';
import type { Edit } from '../../tree/tree.ts';

const outbound = 'src/guardrails/outbound.ts';
const bareCall = /(?<![.\w])fetch\(/g;

/** Lets a file call other services through `callOut`; the import comes first, where no other edit puts one. */
export function callThroughGuard(path: string): Edit {
  return (text) => {
    if (text.search(bareCall) === -1) return false;
    const from = posix.relative(posix.dirname(path), outbound).replace(/^(?!\.)/, './');
    const line = `import { callOut } from '${from}';${lineEnd(text)}`;
    return line + text.replace(bareCall, 'callOut(');
  };
}

/** The files of the app itself. */
export function appFiles({ tree }: Project): readonly string[] {
  return tree.paths().filter((path) => /^src\/(?!guardrails\/).*\.ts$/.test(path));
}

/** `security/outbound-allowlist`: every call to another service goes through the list of declared ones. */
export function inspectOutbound(project: Project): Finding {
  const rule = 'security/outbound-allowlist';
  const bare = appFiles(project).find((path) => (project.read(path) ?? '').search(bareCall) !== -1);
  if (bare) {
    const message = 'this file can be made to call any address';
    return { rule, verdict: 'fail', message, where: bare, remedy: 'call other services with callOut' };
  }
  return findingFrom(rule, 'only services that a setting names are called', project.read, [
    { path: outbound, holds: /if \(!declared\.has\(origin\)\)/, otherwise: 'any address may be called' },
    { path: outbound, holds: /redirect: 'error'/, otherwise: 'a redirect leads to any address' },
    { path: outbound, holds: /AbortSignal\.timeout\(longestCall\)/, otherwise: 'a call may last for ever' },
    { path: 'test/guardrails/outbound.test.ts', otherwise: 'no test proves where this app may call' },
  ]);
}
