// Compares what a route answers with what it answered when the guards were set up: status, type, and the shape of its JSON.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const place = new URL('recorded.json', import.meta.url);

/** The answers that were recorded, of questions that change nothing. Meant to change? Change them in recorded.json. */
export function recorded() {
  const answers = existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')) : [];
  return answers.filter(({ method }) => method === 'GET' || method === 'HEAD');
}

/** The question that was asked then, for the kind of answer that it had. */
export function questionOf({ method, path, type }) {
  return { method, path, headers: { accept: type === 'text/html' ? type : 'application/json, */*;q=0.8' } };
}

/** Throws where an answer is another one than it was. What is new in it does no harm; what is gone does. */
export function sameAsRecorded({ status, type, text }, before) {
  assert.equal(status, before.status, `answered ${status}: ${text.slice(0, 200)}`);
  assert.equal(type, before.type);
  if (before.shape !== undefined) assert.deepEqual(missing(before.shape, JSON.parse(text), 'the answer'), []);
}

/** What a shape has and a value lacks. An empty list and `null` say nothing of what they may hold. */
function missing(shape, value, name) {
  if (shape === 'null' || value === null) return [];
  if (typeof shape === 'string')
    return typeof value === shape ? [] : [`${name} was a ${shape}, and is a ${kindOf(value)}`];
  if (Array.isArray(shape) !== Array.isArray(value) || typeof value !== 'object')
    return [`${name} was a ${kindOf(shape)}, and is a ${kindOf(value)}`];
  if (Array.isArray(shape))
    return shape.length === 1 ? value.flatMap((item) => missing(shape[0], item, `an item of ${name}`)) : [];
  return Object.entries(shape).flatMap(([key, part]) =>
    key in value ? missing(part, value[key], `${key} in ${name}`) : [`${key} in ${name} is gone`],
  );
}

function kindOf(value) {
  return Array.isArray(value) ? 'list' : typeof value;
}
