import reportSchema from '../../schema/report.v1.json' with { type: 'json' };
import retrofitSchema from '../../schema/retrofit.v1.json' with { type: 'json' };
import { commonFlags } from '../answers/flags.ts';
import { didYouMean } from '../answers/nearest.ts';
import { inputSchema } from '../answers/schema.ts';
import { KnownError } from '../errors.ts';
import { abouts } from './abouts.ts';
import type { Command } from './command.ts';

/** What there is a schema of. */
const schemas: Readonly<Record<string, () => object>> = {
  inputs: inputSchema,
  report: () => reportSchema,
  retrofit: () => retrofitSchema,
};

/** Prints what create can be told, or what check and retrofit tell, for programs. */
export const schema: Command = {
  usage: 'create-shipshape schema [inputs|report|retrofit]',
  about: abouts.schema,
  examples: ['create-shipshape schema > inputs.schema.json', 'create-shipshape schema report > report.schema.json'],
  flags: commonFlags,
  run: async ({ words: [name = 'inputs'] }, { terminal }) => {
    const make = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (!make) throw unknownSchema(name);
    terminal.print(JSON.stringify(make(), null, 2));
    return 0;
  },
};

function unknownSchema(name: string): KnownError {
  const names = Object.keys(schemas);
  return new KnownError({
    code: 'bad-value',
    what: `There is no schema "${name}". ${didYouMean(name, names) ?? ''}`.trim(),
    where: name,
    next: `Choose from: ${names.join(', ')}`,
  });
}
