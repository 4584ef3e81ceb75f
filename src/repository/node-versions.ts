import { appsOf } from './apps.ts';
import { githubWorkflowsOf } from './ci/github.ts';
import { dockerfilesOf } from './dockerfiles.ts';
import type { Place } from './place.ts';
import { fact, type Repository } from './repository.ts';
import { yamlAt } from './yaml.ts';

/** One place that says which Node.js it is. */
export interface NodeVersion {
  /** As it is written: `24.11.1`, `>=20`, `lts/*`. */
  readonly text: string;
  readonly where: Place;
  /** True for what `engines` allows; false for the one that is taken. */
  readonly isRange: boolean;
}

/** Every place of a repository that names a version of Node.js. */
export const nodeVersionsOf = fact((repository: Repository): readonly NodeVersion[] => [
  ...versionFiles(repository),
  ...manifests(repository),
  ...dockerfilesOf(repository).flatMap(({ path, stages }) =>
    stages.flatMap(({ image, line }) => {
      const [, tag] = /^(?:[\w.-]+\/)*node:(\d[\w.]*|lts[\w-]*|current[\w-]*)/.exec(image) ?? [];
      return tag === undefined ? [] : [{ text: tag, where: { path, line }, isRange: false }];
    }),
  ),
  ...githubWorkflowsOf(repository).flatMap(({ path, jobs }) =>
    jobs.flatMap(({ steps }) =>
      steps.flatMap(({ uses, node }) => {
        const version = uses?.startsWith('actions/setup-node@') ? node.get('with')?.get('node-version') : undefined;
        return version?.text === undefined || version.text.includes('${{')
          ? []
          : [{ text: version.text, where: { path, line: version.line }, isRange: false }];
      }),
    ),
  ),
]);

const files: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|\/)\.(?:nvmrc|node-version)$/, /^\s*v?([\w./*-]+)/],
  [/(?:^|\/)\.tool-versions$/, /^nodejs\s+(\S+)/m],
  [/(?:^|\/)(?:\.?mise|mise\.local|\.config\/mise)\.toml$/, /^\s*"?node(?:js)?"?\s*=\s*"([^"]+)"/m],
  [/(?:^|\/)\.prototools$/, /^node\s*=\s*"([^"]+)"/m],
];

function versionFiles(repository: Repository): NodeVersion[] {
  return repository.files.flatMap(({ path, role }) => {
    const [, pattern] = files.find(([name]) => role !== 'fixture' && name.test(path)) ?? [];
    const text = pattern === undefined ? undefined : (repository.read(path) ?? '');
    const match = text === undefined ? null : (pattern?.exec(text) ?? null);
    return match?.[1] === undefined
      ? []
      : [
          {
            text: match[1],
            where: { path, line: (text ?? '').slice(0, match.index).split('\n').length },
            isRange: false,
          },
        ];
  });
}

function manifests(repository: Repository): NodeVersion[] {
  return appsOf(repository).flatMap(({ manifest }) => {
    if (!manifest) return [];
    const root = yamlAt(repository, manifest.path)?.documents[0];
    const named = [
      { node: root?.get('engines')?.get('node'), isRange: true },
      { node: root?.get('volta')?.get('node'), isRange: false },
      { node: root?.get('devEngines')?.get('runtime')?.get('version'), isRange: true },
    ];
    return named.flatMap(({ node, isRange }) =>
      node?.text === undefined ? [] : [{ text: node.text, where: { path: manifest.path, line: node.line }, isRange }],
    );
  });
}
