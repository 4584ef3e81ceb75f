import { parse } from 'jsonc-parser';
import { printable } from '../../repository/printable.ts';
import type { Repository } from '../../repository/repository.ts';
import { isRecord } from '../../secrets/patterns/json.ts';
import { secretsIn } from '../../secrets/secrets-in.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** Files that tell a coding agent what it may do and which tools it has. */
const agentFile =
  /(?:^|\/)(?:\.?mcp\.json|claude_desktop_config\.json|opencode\.jsonc?|\.(?:cursor|claude|gemini|codex|windsurf|roo|kiro|amazonq|junie|continue)\/.+|\.vscode\/mcp\.json|\.github\/copilot[\w-]*\/.+|\.aider[\w.-]*|AGENTS\.md|CLAUDE\.md|GEMINI\.md)$/;

export default defineRule({
  id: 'agent/context-clean',
  title: 'No secret stands in the settings of a coding agent, and its tools have fixed versions.',
  why: 'What stands in these files is sent to a language model with every question, and a tool without a version may be another program tomorrow.',
  weight: 'high',
  stage: 'prototype',
  measured: false,
  finds:
    'Secrets in .mcp.json, .cursor, .claude, .vscode/mcp.json and the like; MCP servers that are started from a package without a version; personal settings in git.',
  blind: 'What an MCP server does, and settings in the home folder of a developer.',
  fix: 'Write ${env:NAME} instead of a secret, package@1.2.3 instead of package, and ignore .claude/settings.local.json.',
  references: ['OWASP MCP CS', 'OWASP AI CS §9', 'CWE-798', 'CWE-1357'],
  async check(repository) {
    const files = repository.files
      .filter(({ path, role }) => role !== 'fixture' && agentFile.test(path))
      .map(({ path }) => path);
    if (files.length === 0) return [{ verdict: 'not-applicable', message: 'There are no settings of a coding agent.' }];
    const fails = [
      ...(await secretsOf(repository, files)),
      ...files.flatMap((path) => [...floating(repository, path), ...personal(repository, path)]),
      ...readable(repository),
    ];
    return fails.length > 0
      ? fails
      : [
          {
            verdict: 'pass',
            message: 'The settings of the coding agent hold no secret, and its tools have fixed versions.',
          },
        ];
  },
});

async function secretsOf(repository: Repository, files: readonly string[]): Promise<RuleFinding[]> {
  const found = (await secretsIn(repository)).filter(({ place }) => files.includes(place.path));
  return found.map(({ place, kind, name, confidence, evidence, rotate }) => ({
    verdict: 'fail',
    message: `Every coding agent that works here is given the ${kind}, and so is whoever runs its model.`,
    where: place,
    confidence,
    evidence,
    remedy: `${rotate} Then write \${env:${/^\w+$/.test(name ?? '') ? name : 'NAME'}} in its place.`,
    key: `secret ${name ?? kind}`,
  }));
}

const runners = /^(?:npx|bunx|pnpx|uvx|pipx|docker|podman|npm|pnpm|yarn|bun|deno|cmd|uv)(?:\.cmd|\.exe)?$/;

/** MCP servers that are fetched anew at each start. */
function floating(repository: Repository, path: string): RuleFinding[] {
  if (!/\.jsonc?$/.test(path)) return [];
  const text = repository.read(path) ?? '';
  const json: unknown = parse(text, [], { allowTrailingComma: true });
  const servers = isRecord(json) ? (json['mcpServers'] ?? json['servers'] ?? json['mcp']) : undefined;
  if (!isRecord(servers)) return [];
  return Object.entries(servers).flatMap(([name, server]): RuleFinding[] => {
    const wanted = isRecord(server) ? withoutVersion(server) : undefined;
    if (wanted === undefined) return [];
    const line = text.split('\n').findIndex((one) => one.includes(wanted)) + 1;
    return [
      {
        verdict: 'fail',
        message: `The agent's tool ${printable(name)} is fetched anew at each start: whoever takes over ${printable(wanted)} runs programs on every developer's computer.`,
        where: { path, ...(line > 0 && { line }) },
        confidence: 'likely',
        weight: 'medium',
        evidence: printable(wanted),
        remedy: `Write the version behind it: ${printable(wanted.replace(/(?<=.)[@:]latest$/, ''))}${/[/:]/.test(wanted) && !wanted.startsWith('@') ? ':1.2.3' : '@1.2.3'}.`,
        key: `floating ${name}`,
      },
    ];
  });
}

/** The package or image that a server is started from, when it has no version. */
function withoutVersion({ command, args }: Record<string, unknown>): string | undefined {
  const words = [command, ...(Array.isArray(args) ? args : [])].flatMap((word) =>
    typeof word === 'string' ? word.split(/\s+/) : [],
  );
  const [program = '', ...rest] = words;
  if (!runners.test(program.split(/[\\/]/).at(-1) ?? '')) return undefined;
  if (/docker|podman/.test(program)) return imageWithoutVersion(rest);
  if (
    /^(?:npm|pnpm|yarn|bun|cmd|uv|pipx)/.test(program) &&
    !rest.some((word) => /^(?:exec|dlx|x|npx|bunx|run|tool|\/c)$/.test(word))
  )
    return undefined;
  const wanted = rest.find((word) => !word.startsWith('-') && !/^(?:exec|dlx|x|npx|bunx|run|tool|\/c|y)$/.test(word));
  if (wanted === undefined || /^[./~]|[\\:]|\.[cm]?[jt]s$|\.py$|^\$/.test(wanted)) return undefined;
  return /.@(?:\^|~)?\d|==\d/.test(wanted) ? undefined : wanted;
}

function imageWithoutVersion(words: readonly string[]): string | undefined {
  const image = words.find(
    (word, index) =>
      /^[\w.-]+(?:\/[\w.-]+)+(?:[:@][\w.:-]+)?$/.test(word) && !/^-(?:e|v|p|-\w+)$/.test(words[index - 1] ?? ''),
  );
  return image === undefined || /@sha256:|:(?!latest$)[\w.-]+$/.test(image) ? undefined : image;
}

function personal(repository: Repository, path: string): RuleFinding[] {
  if (!/(?:^|\/)\.claude\/settings\.local\.json$/.test(path) || !repository.file(path)?.tracked) return [];
  return [
    {
      verdict: 'fail',
      message: 'What one developer allows an agent to do holds for everybody: personal settings are in git.',
      where: { path },
      confidence: 'certain',
      weight: 'medium',
      remedy: `git rm --cached ${printable(path)}, and write .claude/settings.local.json into .gitignore.`,
      key: 'personal settings',
    },
  ];
}

/** An agent reads .env from disk, whatever .gitignore says. */
function readable(repository: Repository): RuleFinding[] {
  const path = '.claude/settings.json';
  const text = repository.read(path);
  const usesEnv = repository.files.some((file) => /(?:^|\/)\.env(?:\.[\w.-]+)?$/.test(file.path));
  if (text === undefined || !usesEnv || /"deny"\s*:\s*\[[^\]]*\.env/.test(text)) return [];
  return [
    {
      verdict: 'fail',
      message: 'The coding agent may read the .env file, and what it reads goes to a language model.',
      where: { path },
      confidence: 'review',
      weight: 'low',
      remedy: 'Add "Read(./.env)" and "Read(./.env.*)" to permissions.deny.',
      key: 'readable env',
    },
  ];
}
