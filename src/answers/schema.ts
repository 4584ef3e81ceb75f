import { commandWords } from './reserved.ts';
import { commonFlags, createFlags, type Flag } from './flags.ts';

/** Every input of `create` as JSON Schema (2020-12): a property for each flag, without its dashes, and `dir`. */
export function inputSchema(): object {
  const outputs = new Set(commonFlags.map(({ name }) => name));
  const inputs = createFlags.filter(({ name }) => !outputs.has(name));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'create-shipshape create',
    description:
      'Each property is a flag of the same name: true for a switch, the text for a flag with a value, a comma-separated list for an array.',
    type: 'object',
    additionalProperties: false,
    required: ['dir', 'owner'],
    properties: {
      dir: {
        type: 'string',
        description:
          'the folder of the new project, the first word of the command line; its last part becomes the name',
        not: { enum: commandWords },
      },
      ...Object.fromEntries(inputs.map((flag) => [flag.name.slice(2), propertyOf(flag)])),
    },
    allOf: [
      {
        if: { properties: { auth: { const: 'oidc' } }, required: ['auth'] },
        // oxlint-disable-next-line unicorn/no-thenable
        then: { properties: { 'sign-up': false } },
      },
    ],
  };
}

function propertyOf(flag: Flag): object {
  const description = flag.about;
  switch (flag.kind) {
    case 'choice':
      return { enum: flag.values, ...usual(flag, flag.values), description };
    case 'list':
      return {
        type: 'array',
        items: { enum: flag.values },
        uniqueItems: true,
        minItems: 1,
        ...(flag.usual !== undefined && { default: flag.usual.split(',') }),
        description,
      };
    case 'text':
      return {
        type: 'string',
        pattern: flag.pattern.source,
        ...(flag.usual !== undefined && flag.pattern.test(flag.usual) && { default: flag.usual }),
        description: `${description} (${flag.shape})`,
      };
    case 'detail':
    case 'switch':
    case 'off':
      return { type: 'boolean', default: false, description };
  }
}

function usual(flag: { readonly usual?: string }, values: readonly string[]): object {
  return flag.usual !== undefined && values.includes(flag.usual) ? { default: flag.usual } : {};
}
