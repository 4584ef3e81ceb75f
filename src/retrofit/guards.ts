import type { Dialect } from '../dialect/dialect.ts';
import { guardFilesIn, packagesOf } from '../dialect/kit.ts';
import { partOf, type Part } from '../dialect/parts.ts';
import { replayText } from '../flow/replay-text.ts';
import type { Server } from '../frameworks/server.ts';
import { wire } from '../frameworks/wire.ts';
import type { FileKind } from '../code/edit/specifier.ts';
import { keepFromCompilers } from './compilers.ts';
import { dialectFor } from './dialect-for.ts';
import type { Draft } from './draft.ts';
import { draftImages } from './images.ts';
import { inApp } from './in-app.ts';
import { guardedFramework, kitFor } from './kit-for.ts';
import { whyNotGuarded } from './not-guarded.ts';
import type { PlannedSetting } from './plan.ts';
import type { Scene } from './scene.ts';

/** Brings one part of the guards in: its files, and its lines in the files that all parts share. */
export function draftGuards(scene: Scene, draft: Draft, part: Part): void {
  const { server, guards, inputs } = scene;
  const framework = server && guardedFramework(server);
  if (!guards || !framework) return;
  const { dialect } = guards;
  const there = partsIn(scene, draft, dialect);
  if (there.has(part)) return;
  draftFrame(scene, draft);
  const files = (parts: ReadonlySet<Part>): ReadonlyMap<string, string> =>
    guardFilesIn(dialect, kitFor(scene, draft, framework, parts), inputs.templates);
  write(scene, draft, files(there), files(new Set([...there, part])), part);
  draft.require(packagesOf(kitFor(scene, draft, framework, new Set([part]))));
}

/** What all parts hang on, where it is not there yet. */
function draftFrame(scene: Scene, draft: Draft): void {
  const { server, guards, inputs } = scene;
  const framework = server && guardedFramework(server);
  if (!guards || !framework || hasFrame(scene, draft, guards.dialect)) return;
  const kit = kitFor(scene, draft, framework, new Set());
  write(scene, draft.as('wiring'), new Map(), guardFilesIn(guards.dialect, kit, inputs.templates));
}

/** Lets the guards read settings of the app, so that a missing one is told when it starts. */
export function draftAppSettings(scene: Scene, draft: Draft, settings: readonly PlannedSetting[]): void {
  const { server, guards, inputs } = scene;
  const framework = server && guardedFramework(server);
  if (!guards || !framework) return;
  draftFrame(scene, draft);
  const files = (): ReadonlyMap<string, string> =>
    guardFilesIn(
      guards.dialect,
      kitFor(scene, draft, framework, partsIn(scene, draft, guards.dialect)),
      inputs.templates,
    );
  const before = files();
  for (const setting of settings) draft.setting(setting);
  write(scene, draft, before, files());
}

/** Puts the one import and the one call where the app is made, unless they are there. Undefined where it could not be done, which is told. */
export function wireGuards(scene: Scene, draft: Draft): Scene['guards'] {
  const { server } = scene;
  if (!server) return undefined;
  if (guardedFramework(server)) return wireCall(scene, draft, server);
  leaveUnknown(draft, server);
  return undefined;
}

function leaveUnknown(draft: Draft, server: Server): void {
  draft.leave({ where: server.where, why: whyNotGuarded(server), lines: [] });
}

function wireCall(scene: Scene, draft: Draft, server: Server): Scene['guards'] {
  const repository = draft.repository();
  const fileOf = (path: string) => (kind: FileKind) => {
    const module = repository.module(path);
    const dialect = kind === 'ts' && module ? dialectFor(repository, module) : kind === 'cjs' ? 'cjs' : 'mjs';
    return inApp(scene, `guardrails/index.${dialect}`);
  };
  const wired = wire(server, repository, { name: 'guard', file: fileOf(server.where.path), givesBack: true });
  const path = wired.kind === 'edits' ? wired.path : wired.where.path;
  const dialect: Dialect = fileOf(path)(wired.importer).endsWith('.cjs') ? 'cjs' : 'mjs';
  if (wired.kind === 'there') return { path, dialect };
  const why = 'one import and one call: every request passes the guards before it reaches the app';
  if (wired.kind === 'edits' && draft.editSpans(path, wired.edits, { why })) {
    draftImages(scene, draft);
    keepFromCompilers(scene, draft);
    return { path, dialect };
  }
  const lines = wired.kind === 'paste' ? wired.lines : [];
  const reason = wired.kind === 'paste' ? wired.why : 'the file would not be what it was';
  draft.leave({
    where: wired.kind === 'edits' ? { path } : wired.where,
    why: `the guards could not be called there: ${reason}. Paste this, and run the same command again`,
    lines,
  });
  return undefined;
}

/** The file by which each part is known. */
const marks: Readonly<Record<Part, string>> = {
  operability: './health.',
  logs: './request-log.',
  security: './body-limit.',
  auth: './gate.',
  spending: './budget.',
  relay: './relay.',
  private: './private-files.',
};

/** The parts that the guards of a project have. */
function partsIn(scene: Scene, draft: Draft, dialect: Dialect): ReadonlySet<Part> {
  const index = draft.read(inApp(scene, `guardrails/index.${dialect}`)) ?? '';
  return new Set((Object.keys(marks) as Part[]).filter((part) => index.includes(marks[part])));
}

function hasFrame(scene: Scene, draft: Draft, dialect: Dialect): boolean {
  return draft.bytes(inApp(scene, `guardrails/index.${dialect}`)) !== undefined;
}

/** Writes what is new, and brings what has changed into files that may have been edited since. */
function write(
  scene: Scene,
  draft: Draft,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  part?: Part,
): void {
  for (const [name, text] of after) {
    const path = inApp(scene, `guardrails/${name}`);
    const now = draft.read(path);
    const was = before.get(name);
    if (now === text || was === text) continue;
    const by = part !== undefined && partOf(name) === 'wiring' && was === undefined ? draft.as('wiring') : draft;
    if (now === undefined) by.create(path, text, { why: firstLineOf(text) });
    else if (was === undefined) standsInTheWay(by, path);
    else bringIn(by, path, was, text, now);
  }
}

function bringIn(draft: Draft, path: string, was: string, text: string, now: string): void {
  const made = replayText(path, was, text, now);
  if (made.ok) return draft.edit(path, made.text, { why: 'has the lines of this guardrail too' });
  const [conflict] = made.conflicts;
  draft.leave({
    where: { path, ...(conflict && { line: conflict.line }) },
    why: 'the file was changed there: these lines belong into it',
    lines: made.conflicts.flatMap(({ insert }) => insert),
  });
}

function standsInTheWay(draft: Draft, path: string): void {
  draft.leave({
    where: { path },
    why: 'another file stands where a guard belongs: rename it, and run the same command again',
    lines: [],
  });
}

/** What a guard file promises is its first line. */
function firstLineOf(text: string): string {
  return /^\/\/ (.+?)\.?$/m.exec(text)?.[1] ?? 'a part of the guards';
}
