import { groupTitle, groups } from '../flow/danger.ts';
import type { Example } from '../rules/examples.ts';
import type { Rule } from '../rules/rule.ts';
import { sectionsOf, standingOf } from './check/explanation.ts';
import { circumstancesOf, examplesToShow, filesOf } from './example.ts';

/** The page of a rule in docs/rules. */
export function rulePage(rule: Rule, examples: readonly Example[]): string {
  const parts = sectionsOf(rule).map(
    ({ title, text, code }) => `## ${title}\n\n${text}${code === undefined ? '' : `\n\n${fenced(code, '.json')}`}`,
  );
  return [
    `# ${rule.id}`,
    `**${rule.title}**`,
    standingOf(rule),
    ...parts,
    ...examplesToShow(examples).map(exampleSection),
    `The examples are tests: [all of them](../../../test/rules/examples/${rule.id}.md). The rule: [its code](../../../src/rules/${rule.id}.ts).`,
    '',
  ].join('\n\n');
}

function exampleSection(example: Example): string {
  const files = filesOf(example).map(([path, text]) => `\`${path}\`\n\n${fenced(text, path)}`);
  const heading = `## ${example.kind === 'bad' ? 'Told' : 'Not told'}: ${example.title}`;
  return [heading, ...circumstancesOf(example), ...files].join('\n\n');
}

function fenced(text: string, path: string): string {
  const fence = text.includes('```') ? '````' : '```';
  return `${fence}${languages[/\.(\w+)(?:, \w+)?$/.exec(path)?.[1] ?? ''] ?? ''}\n${text}\n${fence}`;
}

const languages: Readonly<Record<string, string>> = {
  js: 'js',
  cjs: 'js',
  mjs: 'js',
  jsx: 'jsx',
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  json: 'json',
  yml: 'yaml',
  yaml: 'yaml',
  sql: 'sql',
  md: 'markdown',
};

/** The list of all rules. */
export function ruleIndex(rules: readonly Rule[]): string {
  const known = Object.keys(groups).filter((group) => rules.some(({ id }) => id.startsWith(`${group}/`)));
  return [
    '# Rules',
    'What `create-shipshape check` asks of a repository. Generated from the rules by `npm run rules`.',
    'A finding blocks when its rule has to hold at the stage of the project and the finding is sure (certain or likely). Rules whose precision is not yet measured only ask for a look.',
    ...known.map(
      (group) => `## ${groupTitle(group)}\n\n${table(rules.filter(({ id }) => id.startsWith(`${group}/`)))}`,
    ),
    '',
  ].join('\n\n');
}

function table(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, title, weight, stage, measured }) =>
      `| [${id}](${id}.md) | ${title.replaceAll('|', String.raw`\|`)} | ${weight} | ${stage}${measured ? '' : ', for a look'} |`,
  );
  return ['| rule | promise | weight | from |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
