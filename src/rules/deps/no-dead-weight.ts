import { appsOf, type App } from '../../repository/apps.ts';
import { packageNameOf } from '../../code/imports.ts';
import { kindOf } from '../../repository/kinds.ts';
import { lockfileNames } from '../../repository/lockfiles.ts';
import type { Repository } from '../../repository/repository.ts';
import { lineOfDependency } from '../../repository/script-lines.ts';
import { isSample } from '../../repository/samples.ts';
import { workspaceRootsOf } from '../../repository/workspaces.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

export default defineRule({
  id: 'deps/no-dead-weight',
  title: 'Every package is used, and there are not three of them for one job.',
  why: 'Each package is code of somebody else that has to be watched and mended. One that nothing uses is all risk and no use.',
  weight: 'low',
  stage: 'advisory',
  measured: false,
  finds:
    'Names in `dependencies` that stand in no import, script, configuration or text of the project, those left out that are used without being named (drivers, plugins, types); and several packages for dates, requests, logs or lists.',
  blind: 'Packages that another one loads by a name it makes up. Knip tells more, once the packages are installed.',
  fix: 'npm uninstall what nothing uses; keep one package per job.',
  references: ['OWASP Top 10:2025 A03', 'ASVS v5.0.0-15.2.3'],
  check(repository) {
    const apps = appsOf(repository).filter(
      (app) => (app.manifest?.dependencies.size ?? 0) > 0 && !isSample(repository, app),
    );
    if (apps.length === 0) return [{ verdict: 'not-applicable', message: 'It needs no package to run.' }];
    const findings = apps.flatMap((app) => [...dead(repository, app), ...families(repository, app)]);
    return findings.length > 0
      ? findings
      : [
          {
            verdict: 'pass',
            message: 'Every package is used.',
            where: { path: apps[0]?.manifest?.path ?? 'package.json' },
          },
        ];
  },
});

/** Packages that work without being named: drivers, engines, plugins, polyfills, peers. */
const unnamed =
  /^(?:@types\/.*|pg|pg-hstore|pg-native|mysql2?|mariadb|sqlite3|better-sqlite3|sqlite|tedious|oracledb|mongodb|redis|ioredis|pug|jade|ejs|hbs|handlebars|express-handlebars|nunjucks|mustache|eta|reflect-metadata|rxjs|tslib|class-transformer|class-validator|@nestjs\/platform-[\w-]+|@prisma\/client|prisma|typescript|ts-node|tsx|nodemon|react|react-dom|react-scripts|next|vue|svelte|web-vitals|sharp|pino-pretty|bufferutil|utf-8-validate|encoding|source-map-support|core-js|regenerator-runtime|swagger-ui-dist|tailwindcss|autoprefixer|postcss.*|sass|less|stylis|cross-env|dotenv|dotenv-cli|serverless.*|fsevents|graphql|supports-color|@fontsource\/.*|@emotion\/.*|@babel\/.*|babel-.*|eslint.*|@typescript-eslint\/.*|prettier.*|vite.*|@vitejs\/.*|webpack.*|rollup.*|@rollup\/.*|esbuild.*|.*-loader|.*-plugin(?:-.*)?|@testing-library\/.*|jest.*|vitest|mocha|chai|@opentelemetry\/.*|@swc\/.*|@next\/.*|@react-native.*|react-native.*|expo.*|@angular\/.*|zone\.js|@capacitor\/.*|cordova.*|electron.*|node-[\w-]+-(?:arm64|x64)|node-bin-[\w-]+|@[\w-]+\/[\w-]*(?:linux|darwin|win32)[\w-]*|@fastify\/swagger-ui|@hono\/node-server|framer-motion|faiss-node|hnswlib-node|pdf-parse|cheerio|mammoth|d3-dsv|epub2|html-to-text|srt-parser-2|opusscript|@discordjs\/opus|sodium[\w-]*|libsodium[\w-]*|tweetnacl|ffmpeg-static|@mdi\/font|pm2|forever|concurrently|husky|rimraf|npm-run-all|npm|yarn|bun|node)$/;

function dead(repository: Repository, app: App): RuleFinding[] {
  const { manifest } = app;
  if (!manifest || /^(?:workspace-root|empty|library)$/.test(kindOf(repository, app).kind)) return [];
  const own = new Set(appsOf(repository).map(({ name }) => name));
  const candidates = new Set(
    [...manifest.dependencies]
      .filter(([name, range]) => !unnamed.test(name) && !own.has(name) && !/^(?:workspace|file|link):/.test(range))
      .map(([name]) => name),
  );
  for (const file of filesUnder(repository, app)) {
    if (candidates.size === 0) break;
    const text = repository.read(file) ?? '';
    for (const [, specifier = ''] of text.matchAll(/["'`]([@\w][\w@./-]*)["'`]/g))
      candidates.delete(packageNameOf(specifier) ?? '');
    for (const name of candidates) if (file !== manifest.path && text.includes(name)) candidates.delete(name);
  }
  for (const script of manifest.scripts.values())
    for (const name of candidates) if (script.includes(name.split('/').at(-1) ?? name)) candidates.delete(name);
  const names = [...candidates];
  if (names.length === 0) return [];
  return [
    {
      verdict: 'fail',
      message: `${names.length === 1 ? 'One package is' : `${names.length} packages are`} installed and never named in the project: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' and more' : ''}.`,
      ...proofAt(repository, manifest.path, lineOfDependency(repository.read(manifest.path) ?? '', names[0] ?? '')),
      key: `dead ${names.join(' ')}`,
      ...(names.length >= 10 && { weight: 'medium' as const }),
      confidence: 'review',
      remedy: `Try npm uninstall ${names.slice(0, 10).join(' ')}, and run the tests.`,
    },
  ];
}

/** Files that may name a package: those of the app, of the packages that share its workspace, and settings on top. */
function filesUnder(repository: Repository, app: App): string[] {
  const roots = workspaceRootsOf(repository);
  const near = appsOf(repository).filter(
    ({ root }) => root === app.root || roots.get(root) === app.root || roots.get(app.root) === root,
  );
  return near.flatMap(({ files, manifest }) =>
    files.flatMap(({ path, size }) =>
      path === manifest?.path ||
      size > 300_000 ||
      lockfileNames.some((name) => path.endsWith(name)) ||
      /\.(?:md|txt|csv|svg|log)$/i.test(path)
        ? []
        : path,
    ),
  );
}

const jobs: readonly (readonly [string, RegExp])[] = [
  ['dates', /^(?:moment|dayjs|date-fns|luxon)$/],
  ['requests', /^(?:axios|got|node-fetch|request|superagent|needle|ky)$/],
  ['logs', /^(?:winston|pino|bunyan|log4js)$/],
  ['lists and objects', /^(?:lodash|lodash-es|underscore|ramda)$/],
  ['schemas', /^(?:joi|yup|zod|valibot|superstruct)$/],
];

function families(repository: Repository, { manifest }: App): RuleFinding[] {
  if (!manifest) return [];
  return jobs.flatMap(([job, pattern]) => {
    const names = [...manifest.dependencies.keys()].filter((name) => pattern.test(name));
    if (names.length < 2) return [];
    return [
      {
        verdict: 'fail' as const,
        message: `${names.length} packages do the same job (${job}): ${names.join(', ')}.`,
        ...proofAt(repository, manifest.path, lineOfDependency(repository.read(manifest.path) ?? '', names[0] ?? '')),
        key: `family ${job}`,
        confidence: 'review' as const,
        remedy: `Keep one of them.`,
      },
    ];
  });
}
