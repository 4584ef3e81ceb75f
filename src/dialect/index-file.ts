import { piecesOf, type Composition } from './index-pieces.ts';

/** Switches on the guards of these parts, and names no others. */
export function indexFile(composition: Composition): string {
  const chosen = piecesOf(composition);
  const hasAuth = composition.parts.has('auth');
  const watched = hasAuth && chosen.some(({ refuses }) => refuses);
  const inside = composition.nest ? 'inside' : 'app';
  const answers = chosen.some(({ before }) => before !== undefined);
  const imports = [
    `import type { Layer } from './call.ts';`,
    `import { install${composition.nest ? '' : ', type App'} } from './framework.ts';`,
    ...(composition.nest ? [`import { insideOf, type NestApp } from './nest.ts';`] : []),
    ...(answers ? [`import { ownRoutes } from './own-routes.ts';`] : []),
    ...(watched ? [`import { reportOnly } from './report-only.ts';`] : []),
    ...chosen.map(({ from, names }) => `import { ${names.join(', ')} } from '${from}';`),
  ];
  const layers = chosen.flatMap(({ layer = [], refuses }) => (refuses && watched ? `reportOnly(${layer})` : layer));
  const steps = [
    ...chosen.flatMap(({ before = [] }) => before),
    ...(composition.nest ? ['const inside = insideOf(app);'] : []),
    `install(${inside}, layers, ${hasAuth ? 'lock' : '() => undefined'});`,
    ...chosen.flatMap(({ after = [] }) => after).map((step) => step.replace('(app)', `(${inside})`)),
    'return app;',
  ];
  return `// Switches on the guards of this app. One call, where the app is made, does it all.
${imports.toSorted(byAddress).join('\n')}
${hasAuth ? "\n// For the app's own code: whoever is signed in.\nexport { currentUser } from './call.ts';\nexport { userOf } from './user-of.ts';\n" : ''}
/** Every request passes these, one after the other. */
// prettier-ignore
const layers: readonly Layer[] = [
${[...layers, ...(answers ? ['ownRoutes'] : [])].map((layer) => `  ${layer},`).join('\n')}
];

/** Call it once, right after the app is made and before its first route. */
export function guard<Guarded extends ${composition.nest ? 'NestApp' : 'App'}>(app: Guarded): Guarded {
${steps.map((step) => `  ${step}`).join('\n')}
}
`;
}

function byAddress(one: string, other: string): number {
  const [first = '', second = ''] = [one, other].map((line) => line.replace(/.* from /, ''));
  return first < second ? -1 : Number(first > second);
}
