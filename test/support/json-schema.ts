/** As much of JSON Schema as our own schemas use. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Where a value is not as a schema says, each with its path; nothing when it is. */
export function violations(value: unknown, schema: Schema, root: Schema = schema, path = '$'): string[] {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return target ? violations(value, target, root, path) : [`${path}: no ${schema.$ref}`];
  }
  if (schema.const !== undefined && value !== schema.const) return [`${path} is not ${String(schema.const)}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${path} is none of ${schema.enum.join(', ')}`];
  if (schema.type !== undefined && typeOf(value, schema.type) !== schema.type) return [`${path} is no ${schema.type}`];
  if (typeof value === 'string') return violatesText(value, schema, path);
  if (typeof value === 'number')
    return schema.minimum !== undefined && value < schema.minimum ? [`${path} is too small`] : [];
  if (Array.isArray(value)) return violatesList(value, schema, root, path);
  if (typeof value === 'object' && value !== null) return violatesObject(value, schema, root, path);
  return [];
}

function typeOf(value: unknown, wanted: string): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  if (typeof value === 'number') return wanted === 'integer' && Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function violatesText(value: string, { pattern }: Schema, path: string): string[] {
  return pattern !== undefined && !new RegExp(pattern).test(value) ? [`${path} is not like ${pattern}`] : [];
}

function violatesList(value: readonly unknown[], { items, maxItems }: Schema, root: Schema, path: string): string[] {
  const long = maxItems !== undefined && value.length > maxItems ? [`${path} is too long`] : [];
  return [
    ...long,
    ...(items ? value.flatMap((item, index) => violations(item, items, root, `${path}[${index}]`)) : []),
  ];
}

function violatesObject(value: object, schema: Schema, root: Schema, path: string): string[] {
  const { required = [], properties = {}, additionalProperties } = schema;
  const missing = required.filter((key) => !Object.hasOwn(value, key)).map((key) => `${path}.${key} is missing`);
  const inside = Object.entries(value).flatMap(([key, part]) => {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known) return violations(part, known, root, `${path}.${key}`);
    if (additionalProperties === false) return [`${path}.${key} is not in the schema`];
    return typeof additionalProperties === 'object'
      ? violations(part, additionalProperties, root, `${path}.${key}`)
      : [];
  });
  return [...missing, ...inside];
}
