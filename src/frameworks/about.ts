import { appsOf, dependenciesOf, type App } from '../repository/apps.ts';
import { startCommandsOf } from '../repository/entries.ts';
import { kindOf } from '../repository/kinds.ts';
import type { Place } from '../repository/place.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { recognisers } from './recognisers.ts';
import type { Server } from './server.ts';
import { serversOf } from './servers.ts';

/** One line about a repository, with the place that proves it. */
export interface About {
  readonly text: string;
  readonly where?: Place;
}

/** What a repository is, in a few lines: its servers, how it starts, its package manager, its language. */
export const aboutOf = fact((repository: Repository): readonly About[] => {
  const servers = serversOf(repository);
  const apps = appsOf(repository).filter((app) => !['empty', 'workspace-root'].includes(kindOf(repository, app).kind));
  const lines = apps.flatMap((app) => {
    const lead = apps.length > 1 && app.root !== '' ? `${app.root}: ` : '';
    const own = servers.filter((server) => server.app.root === app.root);
    return [...whatItIs(repository, app, own), ...howItStarts(repository, app)].map(({ text, ...rest }) => ({
      text: lead + text,
      ...rest,
    }));
  });
  if (lines.length === 0) lines.push({ text: 'no code that runs' });
  return [...lines, ...packageManager(repository), ...language(repository)];
});

function whatItIs(repository: Repository, app: App, servers: readonly Server[]): About[] {
  if (servers.length > 0)
    return servers.map(({ framework, routes, where }) => ({
      text: `${titleOf(framework)}${versionOf(app, framework)}, ${counted(routes.length, 'route')}`,
      where,
    }));
  const { evidence, where } = kindOf(repository, app);
  return [{ text: evidence, where }];
}

function titleOf(framework: string): string {
  return recognisers.find(({ id }) => id === framework)?.title ?? framework;
}

const packages: Readonly<Record<string, string>> = { nest: '@nestjs/core' };

/** ` 4` for a range such as ^4.18.2. */
function versionOf(app: App, framework: string): string {
  const range = dependenciesOf(app).get(packages[framework] ?? framework) ?? '';
  const major = /^[\^~>=v\s]*(\d+)/.exec(range)?.[1];
  return major === undefined ? '' : ` ${major}`;
}

function howItStarts(repository: Repository, app: App): About[] {
  const [start] = startCommandsOf(repository, app);
  return start ? [{ text: `starts with ${start.command}`, where: start.where }] : [];
}

const lockFiles: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)pnpm-lock\.yaml$/, 'pnpm'],
  [/(?:^|\/)yarn\.lock$/, 'Yarn'],
  [/(?:^|\/)bun\.lockb?$/, 'Bun'],
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, 'npm'],
];

function packageManager({ files }: Repository): About[] {
  const found = lockFiles.flatMap(([pattern, name]) => {
    const file = files.find(({ path, role }) => role !== 'fixture' && pattern.test(path));
    return file ? [{ name, path: file.path }] : [];
  });
  const [first] = found;
  if (first)
    return [{ text: `installed with ${found.map(({ name }) => name).join(' and ')}`, where: { path: first.path } }];
  const manifest = files.find(({ path }) => /(?:^|\/)package\.json$/.test(path));
  return [
    manifest
      ? { text: 'no lock file', where: { path: manifest.path } }
      : { text: 'no package.json: nothing to install' },
  ];
}

function language(repository: Repository): About[] {
  const code = repository.files.filter(({ role }) => role === 'source');
  const [first] = code;
  if (!first) return [];
  const typed = code.filter(({ path }) => /\.[cm]?tsx?$/.test(path));
  const names = [typed.length > 0 && 'TypeScript', typed.length < code.length && 'JavaScript'].filter(Boolean);
  return [
    { text: `${names.join(' and ')}, ${counted(code.length, 'file')}`, where: { path: (typed[0] ?? first).path } },
  ];
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
