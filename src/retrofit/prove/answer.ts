import type { Exchange } from '../../boot/ask.ts';
import { reachedStatus } from '../../boot/protocol.ts';
import type { Shape } from '../proof.ts';
import { sameShape, shapeOfText } from './shape.ts';

/** What of an answer is compared. */
export interface Answer {
  /** Undefined where nothing came back in time. */
  readonly status: number | undefined;
  /** Without parameters: `application/json`; '' where there was none. */
  readonly type: string;
  /** Of a JSON body. */
  readonly shape: Shape | undefined;
  /** Of a page. */
  readonly title: string | undefined;
  /** Where a redirect leads. */
  readonly location: string | undefined;
}

/** What two runs without any change had in common: only that is compared. */
export interface Expected {
  readonly answer: Answer;
  /** Parts that differed. */
  readonly loose: ReadonlySet<keyof Answer>;
}

/** Reads what of an answer is compared. */
export function answerOf({ status, headers, body }: Exchange, url: string): Answer {
  const type = String(headers['content-type'] ?? '')
    .split(';')[0]!
    .trim()
    .toLowerCase();
  const location = headers['location'];
  return {
    status,
    type,
    shape: /json/.test(type) ? shapeOfText(body) : undefined,
    title: type === 'text/html' ? /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.trim() : undefined,
    location: location === undefined ? undefined : String(location).replace(url, ''),
  };
}

/** What the answers of two runs tell about the next one. */
export function expectedFrom(first: Answer, second: Answer): Expected {
  const parts = Object.keys(first) as (keyof Answer)[];
  return { answer: first, loose: new Set(parts.filter((part) => !samePart(first, second, part))) };
}

/** The first part in which an answer is not what was expected; undefined where it is. */
export function differenceIn({ answer: before, loose }: Expected, now: Answer): string | undefined {
  if (!loose.has('status') && before.status !== now.status) return `${told(now)} instead of ${told(before)}`;
  if (!loose.has('location') && before.location !== now.location)
    return `it leads to ${now.location ?? 'nowhere'} instead of ${before.location ?? 'nowhere'}`;
  if (!loose.has('type') && before.type !== now.type) return `${told(now)} instead of ${told(before)}`;
  if (!loose.has('shape') && !sameShape(before.shape, now.shape)) return 'the JSON has another shape';
  if (!loose.has('title') && before.title !== now.title) return 'it is another page';
  return undefined;
}

function samePart(one: Answer, other: Answer, part: keyof Answer): boolean {
  return part === 'shape' ? sameShape(one.shape, other.shape) : one[part] === other[part];
}

/** An answer in few words: `200 application/json`. */
export function told({ status, type, location }: Answer): string {
  if (status === undefined) return 'no answer';
  if (status === reachedStatus) return 'the handler was reached';
  if (location !== undefined) return `${status} to ${location.split('?')[0]}`;
  return type === '' ? String(status) : `${status} ${type}`;
}

/** True where something was given, and nobody turned away. */
export function isAnswered({ status }: Answer): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
