import { applySpans, type SpanEdit } from '../../../src/code/edit/spans.ts';
import { serversOf } from '../../../src/frameworks/servers.ts';
import { wire } from '../../../src/frameworks/wire.ts';
import type { Wired } from '../../../src/frameworks/wiring/wire-app.ts';
import { repositoryOf } from '../../support/repository.ts';

export type Files = Readonly<Record<string, string>>;

/** What wiring the first server of these files comes to. */
export function wiringOfFirst(files: Files, givesBack = false): Wired {
  const repository = repositoryOf(files);
  const [server] = serversOf(repository);
  if (!server) throw new Error('no server was found in the sample');
  return wire(server, repository, { name: 'guard', file: (kind) => `guardrails/index.${kind}`, givesBack });
}

/** The text of the wired file; for what is left to a person, the reason. */
export function wired(files: Files, givesBack = false): string {
  const result = wiringOfFirst(files, givesBack);
  if (result.kind === 'paste') return `paste: ${result.why}`;
  if (result.kind === 'there') return `there: ${result.where.path}:${result.where.line}`;
  return applySpans(files[result.path] ?? '', result.edits);
}

/** The text without what the edits have put into it. */
export function withoutInserted(text: string, edits: readonly SpanEdit[]): string {
  let plain = text;
  for (const { start, end, text: inserted } of edits.toSorted((one, other) => one.start - other.start)) {
    if (start !== end) throw new Error('wiring only adds');
    plain = plain.slice(0, start) + plain.slice(start + inserted.length);
  }
  return plain;
}
