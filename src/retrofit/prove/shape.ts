import type { Shape } from '../proof.ts';

/** The shape of a JSON text; undefined where it is none. */
export function shapeOfText(text: string): Shape | undefined {
  try {
    return shapeOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The type of a value, with no value in it. */
export function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) return distinct(value.map(shapeOf));
  if (typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, inner]) => [key, shapeOf(inner)]),
    );
  return typeof value as 'string' | 'number' | 'boolean';
}

/** True when both are the same, or neither is there. */
export function sameShape(one: Shape | undefined, other: Shape | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Each shape once, in an order that does not depend on the order of the items. */
function distinct(shapes: readonly Shape[]): Shape[] {
  const byText = new Map(shapes.map((shape) => [JSON.stringify(shape), shape]));
  return [...byText].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, shape]) => shape);
}
