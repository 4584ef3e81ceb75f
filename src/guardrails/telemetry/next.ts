import type { ObjectExpression } from '@babel/types';
import { keyNameOf } from '../../code/calls.ts';
import { nodesOf } from '../../code/walk.ts';
import { configPath } from '../../frameworks/next/config.ts';
import { dependenciesOf } from '../../repository/apps.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { lockedVersion } from '../dependencies/locked.ts';

const endings = ['ts', 'js', 'mjs', 'tsx', 'jsx'];

/** Why Next.js cannot be told to start telemetry; undefined where it can. */
export function whyNotNext(scene: Scene, draft: Draft): string | undefined {
  const [major, minor] = versionOf(scene, draft);
  if (major > 13 || (major === 13 && minor >= 4)) return undefined;
  return `Next.js ${major}.${minor} has no instrumentation file that can be relied on: raise it to 15, and run the same command again`;
}

/** Lets Next.js start telemetry: by `instrumentation.ts`, which it looks for beside its folder of pages. */
export function draftInstrumentation(scene: Scene, draft: Draft): void {
  const { app, inputs } = scene;
  const repository = draft.repository();
  const folder = app.files.some(
    ({ path }) => path.startsWith(inApp(scene, 'src/app/')) || path.startsWith(inApp(scene, 'src/pages/')),
  )
    ? 'src/'
    : '';
  const own = ['', 'src/'].flatMap((near) => endings.map((ending) => inApp(scene, `${near}instrumentation.${ending}`)));
  const there = own.find((path) => repository.file(path));
  const text = inputs.templates.render('retrofit/telemetry-next/instrumentation.ts', {});
  const lines = ['await import(/* webpackIgnore: true */ `file://${process.cwd()}/guardrails/telemetry.mjs`);'];
  // Without the types of Node.js a build in TypeScript would refuse it.
  const ending = dependenciesOf(app).has('@types/node') ? 'ts' : 'js';
  if (there === undefined)
    draft.create(inApp(scene, `${folder}instrumentation.${ending}`), text, {
      why: 'Next.js starts telemetry with its server',
    });
  else if (!(draft.read(there) ?? '').includes('guardrails/telemetry'))
    draft.leave({
      where: { path: there },
      why: 'Next.js starts what stands there: telemetry is to be loaded in `register`, on Node.js',
      lines,
    });
  if (versionOf(scene, draft)[0] < 15) switchOn(scene, draft);
  leaveOthers(scene, draft);
}

/** The version that is installed, else the newest that is asked for. */
function versionOf({ app }: Scene, draft: Draft): readonly [major: number, minor: number] {
  const asked = dependenciesOf(app).get('next') ?? '';
  const [, major, minor = '0'] =
    /(\d+)(?:\.(\d+))?/.exec(lockedVersion(draft.repository(), app, 'next') ?? asked) ?? [];
  return major === undefined ? [99, 0] : [Number(major), Number(minor)];
}

/** Before 15 the file counts only where the configuration says so. */
function switchOn(scene: Scene, draft: Draft): void {
  const repository = draft.repository();
  const path = configPath(repository, scene.app);
  const why = 'Next.js before 15 asks for the instrumentation file only when it is told to';
  if (path === undefined) {
    const text = 'export default { experimental: { instrumentationHook: true } };\n';
    return draft.create(inApp(scene, 'next.config.mjs'), text, { why });
  }
  if (/\binstrumentationHook\s*:\s*true/.test(draft.read(path) ?? '')) return;
  const module = repository.module(path);
  const configs = module
    ? nodesOf(module.tree, 'ObjectExpression').filter(isOutermost(nodesOf(module.tree, 'ObjectExpression')))
    : [];
  const [config] = configs;
  const edit = configs.length === 1 && config && module ? intoConfig(module.text, config) : undefined;
  if (edit && draft.editSpans(path, [{ ...edit, why }], { why })) return;
  draft.leave({ where: { path }, why, lines: ['experimental: { instrumentationHook: true },'] });
}

function isOutermost(all: readonly ObjectExpression[]): (one: ObjectExpression) => boolean {
  return (one) => !all.some((other) => other !== one && other.start! <= one.start! && one.end! <= other.end!);
}

/** At the beginning of the object, or of the one called `experimental` in it. */
function intoConfig(text: string, config: ObjectExpression): { start: number; end: number; text: string } | undefined {
  const experimental = config.properties.find(
    (one) => one.type === 'ObjectProperty' && keyNameOf(one) === 'experimental',
  );
  const inner = experimental?.type === 'ObjectProperty' ? experimental.value : undefined;
  if (experimental && inner?.type !== 'ObjectExpression') return undefined;
  const object = inner?.type === 'ObjectExpression' ? inner : config;
  const entry = inner ? 'instrumentationHook: true' : 'experimental: { instrumentationHook: true }';
  const at = object.start! + 1;
  const [first] = object.properties;
  if (!first) return { start: at, end: at, text: ` ${entry}${text[at] === '}' ? ' ' : ','}` };
  const before = text.slice(at, first.start!);
  const gap = before.includes('\n') ? before.slice(before.lastIndexOf('\n') - (before.includes('\r\n') ? 1 : 0)) : ' ';
  return { start: at, end: at, text: `${gap}${entry},` };
}

/** What runs where Node.js does not, and builds that leave files behind. */
function leaveOthers(scene: Scene, draft: Draft): void {
  const repository = draft.repository();
  const edge = scene.app.files.find(
    ({ path, role }) =>
      role === 'source' && /\bruntime\s*[:=]\s*['"](?:experimental-)?edge['"]/.test(repository.read(path) ?? ''),
  );
  if (edge)
    draft.leave({
      where: { path: edge.path },
      why: 'it runs on the edge, where there is no Node.js: its platform has to trace it',
      lines: [],
    });
  const config = configPath(repository, scene.app);
  if (config !== undefined && /output\s*:\s*['"]standalone['"]/.test(draft.read(config) ?? ''))
    draft.leave({
      where: { path: config },
      why: 'a standalone build leaves guardrails/ and its packages behind: name them there',
      lines: ["outputFileTracingIncludes: { '/*': ['./guardrails/**', './node_modules/@opentelemetry/**'] },"],
    });
}
