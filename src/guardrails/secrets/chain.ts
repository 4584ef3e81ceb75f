import type { SecretSource } from '../../answers/answers.ts';

/** Where the list of sources stands in a project. */
export const chainPath = 'src/guardrails/secrets/chain.ts';

/** The sources of a project, in order. The environment is always among them: laptops and CI systems use it. */
export function chainOf(chosen: readonly SecretSource[]): readonly SecretSource[] {
  return chosen.includes('env') ? chosen : [...chosen, 'env'];
}

/** The text of `src/guardrails/secrets/chain.ts`. */
export function renderChain(sources: readonly SecretSource[]): string {
  return [
    '// The places where this app looks for its secrets, the first one first. Each is loaded only when it is asked.',
    "import type { Chain } from './sources.ts';",
    '',
    '/** Source name to its module. */',
    'export const chain: Chain = {',
    ...sources.map((source) => `  ${keyOf(source)}: () => import('./${source}.ts'),`),
    '};',
    '',
  ].join('\n');
}

/** The sources that a project's chain names. */
export function sourcesIn(text: string): readonly string[] {
  return [...text.matchAll(/^ {2}'?[\w-]+'?: \(\) => import\('\.\/([\w-]+)\.ts'\),$/gm)].map(([, name = '']) => name);
}

function keyOf(source: string): string {
  return /^\w+$/.test(source) ? source : `'${source}'`;
}
