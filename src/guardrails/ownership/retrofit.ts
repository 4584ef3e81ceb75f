import { backstageReference } from '../../flow/values.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { catalogPlaces } from '../../repository/catalog.ts';
import { codeOwnersPlaces, isTeam } from '../../repository/code-owners.ts';
import { lockfilesOf } from '../../repository/lockfiles.ts';
import { isRecord } from '../../tree/record.ts';
import { readJson, setJson } from '../../tree/json.ts';
import { lineEnd } from '../../tree/lines.ts';
import { missingInCatalog } from './catalog-lines.ts';
import { missingLines, newCodeOwners, type GuardedPath } from './code-owners-lines.ts';

export default defineRetrofit({
  id: 'ownership',

  retrofit(scene, draft) {
    draftAnswers(scene, draft);
    draftCatalog(scene, draft);
    draftCodeOwners(scene, draft);
    draftReadme(scene, draft);
    if (scene.answers.afterExpiry === 'closed')
      draft.leave({
        where: { path: 'catalog-info.yaml' },
        why: `nothing closes this app by itself after ${scene.answers.expires}: switch it off on that day`,
        lines: [],
      });
  },
});

const answersPath = 'shipshape.json';

/** What was answered, for people and for `check`, which finds the waivers there. */
function draftAnswers({ app, server, answers, repository, inputs }: Scene, draft: Draft): void {
  const { auth, authMode, signUp, surface, ci, owner, secondOwner, onCall, data, expires, afterExpiry } = answers;
  const packageManager = lockfilesOf(repository)[0]?.manager ?? 'npm';
  const made = { name: app.name, app: answers.app || undefined, framework: server?.framework, auth, authMode, signUp };
  const rest = { surface, ci, owner, secondOwner, onCall, data, expires, afterExpiry, packageManager };
  const recorded = { ...made, ...rest, created: dayOf(inputs.clock) };
  const why = 'what was answered: who owns it, who is called, until when; exceptions from rules are listed there too';
  const text = draft.read(answersPath);
  if (text === undefined)
    return draft.create(answersPath, `${JSON.stringify({ answers: recorded, waivers: [] }, null, 2)}\n`, { why });
  const known = readJson(text);
  if (!isRecord(known) || isRecord(known['answers'])) return;
  draft.edit(answersPath, setJson(text, ['answers'], JSON.parse(JSON.stringify(recorded))), { why });
}

/** Who answers for it and until when, in the form that `check` and other tools read. */
function draftCatalog({ app, server, answers, inputs }: Scene, draft: Draft): void {
  const { owner, secondOwner, onCall, data, expires } = answers;
  const isAlone = secondOwner === undefined && !isTeam(owner);
  const annotations = {
    'shipshape.dev/owner': owner,
    ...(secondOwner !== undefined && { 'shipshape.dev/second-owner': secondOwner }),
    ...(isAlone && { 'shipshape.dev/bus-factor': '1' }),
    'shipshape.dev/on-call': onCall,
    'shipshape.dev/data-class': data,
    'shipshape.dev/agreed-on': dayOf(inputs.clock),
    'shipshape.dev/expires-on': expires,
  };
  const why = `says who answers for it, and that it ends on ${expires}`;
  const path = catalogPlaces.find((place) => draft.read(place) !== undefined);
  const lines = Object.entries(annotations).map(([name, value]) => `    ${name}: '${value}'`);
  if (path !== undefined) return extendCatalog(draft, path, annotations, owner);
  const values = {
    title: nameForCatalog(app.name),
    annotations: lines.join('\n'),
    type: server ? 'service' : 'other',
    ownerRef: backstageReference(owner),
  };
  draft.create(catalogPlaces[0], inputs.templates.render('retrofit/ownership/all/catalog-info.yaml.hbs', values), {
    why,
  });
}

function extendCatalog(draft: Draft, path: string, annotations: Readonly<Record<string, string>>, owner: string): void {
  const edits = missingInCatalog(draft.read(path) ?? '', annotations, backstageReference(owner));
  if (edits && edits.length > 0) draft.editSpans(path, edits, { why: 'says who answers for it, and until when' });
  else if (edits) draft.keep('the catalog says who answers for it, and until when', { path });
  else
    draft.leave({
      where: { path },
      why: 'the catalog could not be extended without writing it anew: add these annotations',
      lines: Object.entries(annotations).map(([name, value]) => `${name}: '${value}'`),
    });
}

function draftCodeOwners(scene: Scene, draft: Draft): void {
  const { answers } = scene;
  const { owner, secondOwner, ci } = answers;
  const owners = [owner, ...(secondOwner === undefined ? [] : [secondOwner])];
  const guarded = guardedPaths(scene, draft);
  const path = codeOwnersPlaces.find((place) => draft.read(place) !== undefined);
  if (path === undefined) {
    const place = ci === 'github' ? '.github/CODEOWNERS' : '.gitlab/CODEOWNERS';
    const text = newCodeOwners(owners, [...guarded, `/${place}`], ci === 'gitlab');
    return draft.create(place, text, { why: 'names who has to agree to a change, of the guard files above all' });
  }
  const edits = missingLines(draft.repository(), draft.read(path) ?? '', owners, [...guarded, `/${path}`]);
  if (edits.length > 0) draft.editSpans(path, edits, { why: 'names who has to agree to a change of the guard files' });
  else draft.keep('the guard files have their owners in it', { path });
}

/** What decides over everything else, as far as the project has it. */
function guardedPaths(scene: Scene, draft: Draft): GuardedPath[] {
  const paths = draft.repository().files.map((file) => file.path);
  const patterns: readonly RegExp[] = [
    /^((?:[\w@.-]+\/)*guardrails\/)/,
    /^(\.github\/workflows\/)/,
    /^(\.gitlab-ci\.yml)$/,
    /^(catalog-info\.ya?ml|shipshape\.json)$/,
    /^((?:[\w@.-]+\/)*package\.json)$/,
    /^((?:[\w@.-]+\/)*Dockerfile)$/,
    /^((?:AGENTS|CLAUDE)\.md)$/,
  ];
  const found = patterns.flatMap((pattern) => paths.flatMap((path) => pattern.exec(path)?.[1] ?? []));
  // These are drafted after this.
  const later = scene.answers.guardrails.includes('agents') ? [inApp(scene, 'guardrails/'), 'AGENTS.md'] : [];
  const all = [...later.slice(0, 1), ...found, ...later.slice(1)];
  return [...new Set(all)].map((path): GuardedPath => `/${path}`);
}

/** A short part at the end of the README, unless it tells already. */
function draftReadme({ answers }: Scene, draft: Draft): void {
  const path = draft.repository().files.find((file) => /^readme\.md$/i.test(file.path))?.path;
  const text = path === undefined ? undefined : draft.read(path);
  if (path === undefined || text === undefined) return;
  if (/^#{1,6}.*\b(?:own(?:s|er|ers|ership)|maintainers?|contacts?|on-call)\b/im.test(text)) return;
  const { owner, secondOwner, onCall, data, expires } = answers;
  const second = secondOwner === undefined ? '' : `, and ${secondOwner} when they are away`;
  const lines = [
    '## Who owns this',
    '',
    `${owner} answers for this project${second}. When it breaks, call ${onCall}.`,
    `It is an experiment that ends on ${expires}. Kind of data in it: ${data}. Tools read the same from \`catalog-info.yaml\`.`,
  ];
  const eol = lineEnd(text);
  const gap = text.trim() === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  draft.edit(path, `${text}${gap}${lines.join(eol)}${eol}`, { why: 'whoever opens it sees who owns it' });
}

/** Backstage takes letters, digits and `-_.` in a name, 63 of them. */
function nameForCatalog(name: string): string {
  const plain = name
    .replace(/^@[^/]+\//, '')
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(0, 63);
  return plain.replaceAll(/^[-_.]+|[-_.]+$/g, '') || 'app';
}

function dayOf(clock: Date): string {
  return clock.toISOString().slice(0, 10);
}
