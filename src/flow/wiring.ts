import { byCodeUnit } from '../tree/lines.ts';
import type { Wire } from './project.ts';

/** Where the guardrails of an app are switched on. */
export const wiringPath = 'src/guardrails/index.ts';

const sentence = '// Switches on every guardrail of this app, in this order. One call in src/app.ts does it all.';

/** The text of `src/guardrails/index.ts` for a set of wires, in the order of their ranks. */
export function renderWiring(wires: readonly Wire[]): string {
  const ranked = [...wires].toSorted((left, right) => left.rank - right.rank || byCodeUnit(left.name, right.name));
  const namesOf = (kind: Wire['kind']): string[] =>
    ranked.filter((wire) => wire.kind === kind).map((wire) => wire.name);
  const [lock] = namesOf('lock');
  const [onError] = namesOf('onError');

  const body = [
    `  install(app, [${namesOf('layer').join(', ')}]${lock ? `, ${lock}` : ''});`,
    ...(onError ? [`  onError(app, ${onError});`] : []),
    ...namesOf('routes').map((name) => `  ${name}(app);`),
  ];
  return [
    sentence,
    ...imports(ranked, onError !== undefined),
    '',
    '/** Call it once, right after the app is made and before its first route. */',
    'export function guard(app: App): App {',
    ...body,
    '  return app;',
    '}',
    '',
  ].join('\n');
}

function imports(wires: readonly Wire[], hasErrorHandler: boolean): string[] {
  const byFile = new Map([['./framework.ts', ['install', ...(hasErrorHandler ? ['onError'] : []), 'type App']]]);
  for (const { from, name } of wires) byFile.set(from, [...(byFile.get(from) ?? []), name]);
  return [...byFile]
    .toSorted(([left], [right]) => byCodeUnit(left, right))
    .map(([from, names]) => `import { ${[...names].toSorted(byCodeUnit).join(', ')} } from '${from}';`);
}
