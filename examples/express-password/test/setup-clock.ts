// Tests, and the programs they start, run on the day the end date was agreed: they stay green after it, for whoever repairs this.
import { clock } from '../src/guardrails/end-date.ts';
import { lifecycle } from '../src/guardrails/lifecycle.ts';

clock.now = () => new Date(`${lifecycle.agreedOn}T12:00:00Z`);

const { NODE_OPTIONS: options = '' } = process.env;
const here = `--import=${import.meta.url}`;
if (!options.includes(here)) process.env['NODE_OPTIONS'] = `${options} ${here}`.trim();
