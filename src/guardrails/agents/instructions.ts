import type { Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { scriptsNamedIn } from './named-scripts.ts';

const rule = 'agent/instructions-sound';
const longest = 150;
/** Characters that people do not see and agents read. */
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const waysAround = /--no-verify|\bskip (?:the )?tests\b|\bbypass (?:the )?(?:guard|check|tests)/i;

/** `agent/instructions-sound`: AGENTS.md is short, hides nothing, and names commands that exist. */
export function inspectInstructions({ read, values }: Project): Finding {
  const text = read('AGENTS.md');
  if (text === undefined) return fail('coding agents find no AGENTS.md, so they guess how this project works');
  if (text.split('\n').length > longest)
    return fail(`AGENTS.md has more than ${longest} lines: agents lose the thread`);
  if (invisible.test(text)) return fail('AGENTS.md holds characters that nobody sees');
  if (waysAround.test(text)) return fail('AGENTS.md names a way around the checks');
  if (!/guard files?/i.test(text)) return fail('AGENTS.md does not say that guard files are not for agents to edit');
  if (read('CLAUDE.md')?.split('\n')[0] !== '@AGENTS.md')
    return fail('CLAUDE.md does not point to AGENTS.md', 'CLAUDE.md');
  const unknown = unknownScripts(text, read('package.json') ?? '{}', values['run'] ?? 'npm run');
  if (unknown.length > 0) return fail(`AGENTS.md names commands that do not exist: ${unknown.join(', ')}`);
  return {
    rule,
    verdict: 'pass',
    message: 'AGENTS.md is short, and its commands exist',
    where: 'AGENTS.md, CLAUDE.md',
  };
}

function unknownScripts(text: string, packageJson: string, run: string): string[] {
  const { scripts = {} } = JSON.parse(packageJson) as { scripts?: object };
  return scriptsNamedIn(text, run).filter((name) => !(name in scripts));
}

function fail(message: string, where = 'AGENTS.md'): Finding {
  return { rule, verdict: 'fail', message, where, remedy: `restore ${where}; 30 to 60 lines of facts are enough` };
}
