import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runLine, type LineEnd } from '../../boot/running.ts';
import { shown } from '../../flow/shown.ts';
import type { App } from '../../repository/apps.ts';
import type { OwnCommand } from '../proof.ts';
import type { Stage } from './stage.ts';
import { lastLinesOf, tellingLine } from './tail.ts';

/** What a project runs to see whether it is well. */
export type OwnKind = 'build' | 'types' | 'tests';

/** A command of the project, as it is run in the copy. */
export interface OwnLine {
  readonly kind: OwnKind;
  readonly line: string;
  /** The script alone, without what runs around it. */
  readonly script?: string | undefined;
}

/** How it ended. */
export interface OwnEnd {
  readonly line: string;
  readonly outcome: 'passes' | 'fails' | 'endless';
  readonly tail: string;
  readonly seconds: number;
}

const placeholder = /no test specified/i;
const secondsFor: Readonly<Record<OwnKind, number>> = { build: 180, types: 120, tests: 180 };

/** The commands that an app has for it, those that others build on first. */
export function ownLinesOf({ manifest }: App, stage: Stage): OwnLine[] {
  const scripts = manifest?.scripts ?? new Map<string, string>();
  const whole = (name: string): string | undefined => {
    const line = scripts.get(name);
    return line && [scripts.get(`pre${name}`), line, scripts.get(`post${name}`)].filter(Boolean).join(' && ');
  };
  const build = whole('build');
  const tests = whole('test');
  const types = ['typecheck', 'type-check', 'check-types', 'types'].map(whole).find(Boolean) ?? typesOf(stage);
  return [
    ...(build === undefined ? [] : [{ kind: 'build' as const, line: build, script: scripts.get('build') }]),
    ...(types === undefined || /\btsc\b/.test(build ?? '') ? [] : [{ kind: 'types' as const, line: types }]),
    ...(tests === undefined || placeholder.test(tests) ? [] : [{ kind: 'tests' as const, line: toItsEnd(tests) }]),
  ];
}

/** Where nobody has written down how types are checked. */
function typesOf({ app, copy }: Stage): string | undefined {
  const isThere = [app, copy.folder].some((folder) => existsSync(join(folder, 'node_modules/.bin/tsc')));
  return isThere && existsSync(join(app, 'tsconfig.json')) ? 'tsc --noEmit' : undefined;
}

/** Tests that wait for changes would never end. */
function toItsEnd(line: string): string {
  return line.replaceAll(/\s--watch(?:-?[aA]ll)?(?:=\S+)?(?=\s|$)/g, '');
}

const waits = /\b(?:vitest|react-scripts\s+test|jest|ng\s+test|vue-cli-service|craco\s+test)\b/;

/** Runs one of them in the copy. */
export async function runOwn({ kind, line, script }: OwnLine, stage: Stage): Promise<OwnEnd> {
  const { say, watch } = stage.options;
  say(`Running in a copy: ${shown(line)}`);
  const began = performance.now();
  const settings: Record<string, string> = kind === 'tests' && waits.test(line) ? { CI: 'true' } : {};
  const run = stage.runWith(settings, secondsFor[kind] * 1000);
  const ended = await runLine(line, stage.app, { ...run, until: staysOpen });
  watch.check();
  const { output } = ended;
  const outcome = outcomeOf(ended);
  if (script !== undefined) stage.done.set(script, outcome === 'passes' ? 'passes' : 'fails');
  return { line, outcome, tail: lastLinesOf(output), seconds: (performance.now() - began) / 1000 };
}

/** `tail`: what it printed last with the change. */
export type ComparedOwn = OwnCommand & { readonly tail: string };

/** Tests that have all run, and a program that stays open nevertheless: it would stay for ever. */
const staysOpen = /Jest did not exit one second after the test run has completed/;

function outcomeOf({ ending, output, said }: LineEnd): OwnEnd['outcome'] {
  if (said) return /^Test(?:s| Suites):.*\bfailed\b/m.test(stripVTControlCharacters(output)) ? 'fails' : 'passes';
  return ending === undefined ? 'endless' : ending.code === 0 ? 'passes' : 'fails';
}

/** What both ends tell about what was changed between them. */
export function compareOwn(before: OwnEnd, after: OwnEnd | undefined): ComparedOwn {
  const command = shown(before.line);
  const ends = { command, before: passes(before), after: passes(after), tail: after?.tail ?? '' };
  if (!after) return { ...ends, after: ends.before, verdict: 'not-proven', why: 'it was not run after the change' };
  if (before.outcome === 'endless' || after.outcome === 'endless')
    return before.outcome === 'passes'
      ? { ...ends, verdict: 'worse', why: 'it does not come to an end any more' }
      : { ...ends, verdict: 'not-proven', why: 'it does not come to an end by itself' };
  if (before.outcome === after.outcome) {
    const why = before.outcome === 'fails' ? `it fails before any change too: ${tellingLine(before.tail)}` : '';
    return { ...ends, verdict: 'same', why };
  }
  if (after.outcome === 'passes') return { ...ends, verdict: 'better', why: 'it failed before the change' };
  return { ...ends, verdict: 'worse', why: tellingLine(after.tail) };
}

function passes(end: OwnEnd | undefined): 'passes' | 'fails' {
  return end?.outcome === 'passes' ? 'passes' : 'fails';
}
