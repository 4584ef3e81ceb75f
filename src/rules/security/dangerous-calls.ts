import { walk } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { builtCommand, builtProgram, builtSql } from './built-code.ts';
import type { Detector } from './danger.ts';
import { foreignHtml, foreignPath } from './unsafe-output.ts';
import { guessable, unverified, weakHash } from './weak-secrets.ts';

/** Each with what a file has to say to be worth a closer look. */
const detectors: readonly { readonly detect: Detector; readonly hint: RegExp }[] = [
  // A text that begins like a statement, and has a hole or is added to.
  {
    detect: builtSql,
    hint: /`\s*(?:select|insert|update|delete|replace|create|alter|drop|truncate|with)\s[^`]*(?:\$\{|`\s*\)*\s*\+)|(["'])\s*(?:select|insert|update|delete|replace|create|alter|drop|truncate|with)\s(?:(?!\1)[^\\\n]|\\[\s\S])*\1\s*\)*\s*\+/i,
  },
  { detect: builtCommand, hint: /child_process/ },
  { detect: builtProgram, hint: /\beval\(|\bFunction\(/ },
  { detect: weakHash, hint: /md5|sha-?1/i },
  { detect: guessable, hint: /Math\.random/ },
  { detect: unverified, hint: /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/ },
  { detect: foreignPath, hint: /\bfs\b|fs-extra|sendFile|download/ },
  { detect: foreignHtml, hint: /dangerouslySetInnerHTML|\b(?:send|end|html|write)\s*(?:\?\.)?\(\s*\(?\s*`/ },
];

export default defineRule({
  id: 'security/dangerous-calls',
  title:
    'No database command, shell command, program, file path or page is put together from what a stranger sends; connections are checked, secrets cannot be guessed.',
  why: 'One such place is enough: whoever finds it reads the whole database, or runs their own programs on the server.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'Texts put together for a database, a shell, eval or the file system; md5 and sha1 for passwords, tokens and signatures; Math.random for secrets; switched-off certificate checks; HTML that is set as it came. Likely where the input of a request arrives in the same function, else for review.',
  blind: 'Input that travels through several functions, or through the database.',
  fix: 'Hand values over separately (parameters of a query, arguments of a program), look names up in a list, use node:crypto.',
  references: [
    'ASVS v5.0.0-1.2.4',
    'ASVS v5.0.0-1.2.5',
    'ASVS v5.0.0-1.3.2',
    'ASVS v5.0.0-5.3.2',
    'ASVS v5.0.0-11.4.1',
    'ASVS v5.0.0-11.5.1',
    'ASVS v5.0.0-12.3.2',
    'CWE-89',
    'CWE-78',
    'CWE-95',
    'CWE-22',
    'CWE-79',
    'CWE-295',
    'CWE-327',
    'CWE-338',
  ],
  check(repository) {
    const sources = repository.files.filter(({ role }) => role === 'source');
    if (sources.length === 0) return [{ verdict: 'not-applicable', message: 'There is no code here.' }];
    const dangers = sources.flatMap(({ path }) => dangersIn(repository, path));
    if (dangers.length > 0) return dangers;
    return [{ verdict: 'pass', message: `No dangerous call in ${sources.length} files of code.` }];
  },
});

function dangersIn(repository: Repository, path: string): RuleFinding[] {
  const text = repository.read(path) ?? '';
  const asked = detectors.filter(({ hint }) => hint.test(text));
  const module = asked.length > 0 ? repository.module(path) : undefined;
  if (!module) return [];
  const findings: RuleFinding[] = [];
  walk(module.tree, (node, around) => {
    for (const { detect } of asked) {
      const danger = detect(node, around, module);
      if (!danger) continue;
      const { message, remedy, reached } = danger;
      const confidence = reached ? 'likely' : 'review';
      findings.push({ verdict: 'fail', message, remedy, confidence, ...proofOf(module, danger.node) });
    }
  });
  return findings;
}
