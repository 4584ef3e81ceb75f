import { isMap, isScalar, parseDocument, type Document, type Pair, type YAMLMap } from 'yaml';
import type { SpanEdit } from '../../code/edit/spans.ts';
import { withoutMark } from '../../code/edit/spans.ts';
import { lineEnd } from '../../tree/lines.ts';

/** Puts a job behind the last one of a workflow; every other byte stays. Undefined where the file is not written line by line, or has such a job. */
export function jobIntoWorkflow(text: string, name: string, job: string): readonly SpanEdit[] | undefined {
  const plain = withoutMark(text);
  const document = parseDocument(plain);
  const jobs = document.get('jobs', true);
  const first = isMap(jobs) ? jobs.items[0] : undefined;
  if (document.errors.length > 0 || !isMap(jobs) || jobs.flow || jobs.has(name) || !first) return undefined;
  const indent = columnOf(first, plain);
  if (indent === undefined || indent === 0) return undefined;
  return appended(plain, endOf(jobs, plain), indented(job, indent), 'a job for what the pipeline does not run yet');
}

/** Puts a job at the end of a pipeline of GitLab. */
export function jobIntoGitlab(text: string, name: string, job: string): readonly SpanEdit[] | undefined {
  const plain = withoutMark(text);
  const document = parseDocument(plain);
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents) || contents.flow || contents.has(name)) return undefined;
  return appended(plain, plain.length, job, 'a job for what the pipeline does not run yet');
}

/** The stage in which tests are to run; undefined where there is no list of stages, so that the usual one holds. */
export function testStage(text: string): string | undefined {
  const stages = (parseDocument(withoutMark(text)).toJS() as { readonly stages?: unknown } | null)?.stages;
  if (!Array.isArray(stages)) return undefined;
  const names = stages.filter((stage) => typeof stage === 'string');
  return names.find((stage) => /test|check|verify|lint/.test(stage)) ?? names[0];
}

/** Takes versions that are too old out of the lists of a workflow, such as `node-version: [18.x, 20.x]`, where others remain. */
export function withoutVersions(text: string, isTooOld: (version: string) => boolean): readonly SpanEdit[] {
  const plain = withoutMark(text);
  const edits: SpanEdit[] = [];
  for (const list of plain.matchAll(/^(\s*node(?:-version|_version)?s?:\s*\[)([^\]\n]*)\]/gm)) {
    const [, head = '', inside = ''] = list;
    const items = inside.split(',');
    const kept = items.filter((item) => !isTooOld(item.replaceAll(/['"\s]/g, '')));
    if (kept.length === 0 || kept.length === items.length) continue;
    const start = list.index + head.length;
    const made = kept.join(',').trimStart();
    const space = /^\s*/.exec(inside)?.[0] ?? '';
    edits.push({
      start,
      end: start + inside.length,
      text: space + made,
      why: 'the guards need Node.js 20.12 or newer',
    });
  }
  return edits;
}

function columnOf({ key }: Pair, text: string): number | undefined {
  const start = isScalar(key) ? key.range?.[0] : undefined;
  return start === undefined ? undefined : start - (text.lastIndexOf('\n', start - 1) + 1);
}

/** Where the last line of the jobs ends. Blank lines and comments behind it belong to what comes next. */
function endOf(jobs: YAMLMap, text: string): number {
  const end = jobs.range?.[1] ?? text.length;
  const trimmed = text.slice(0, end).trimEnd().length;
  const line = text.indexOf('\n', trimmed);
  return line === -1 ? text.length : line + 1;
}

function indented(job: string, indent: number): string {
  const own = /^ */.exec(job)?.[0].length ?? 0;
  return job
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : ' '.repeat(indent) + line.slice(own)))
    .join('\n');
}

function appended(text: string, at: number, job: string, why: string): readonly SpanEdit[] {
  const before = at > 0 && text[at - 1] !== '\n' ? '\n' : '';
  const made = `${before}\n${job}\n`.replaceAll('\n', lineEnd(text));
  return [{ start: at, end: at, text: made, why }];
}

/** Whether a text still says all that it said, and one job more. */
export function saysTheSame(before: string, after: string, name: string): boolean {
  const [was, is] = [before, after].map((text) => parseDocument(withoutMark(text)));
  return was !== undefined && is !== undefined && JSON.stringify(was.toJS()) === JSON.stringify(withoutJob(is, name));
}

function withoutJob(document: Document, name: string): unknown {
  const copy = document.clone() as Document;
  if (isMap(copy.get('jobs', true)) && copy.hasIn(['jobs', name])) copy.deleteIn(['jobs', name]);
  else copy.delete(name);
  return copy.toJS();
}
