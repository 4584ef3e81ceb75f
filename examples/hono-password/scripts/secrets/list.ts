// Lists the names of all secrets and the place that gives each of them. It shows no value.
import { chain } from '../../src/guardrails/secrets/chain.ts';
import type { Setting } from '../../src/guardrails/setting.ts';
import { settings } from '../../src/guardrails/settings.ts';
import { chosenSources, openSource } from '../../src/guardrails/secrets/sources.ts';
import { environment } from './environment.ts';

const secrets = Object.entries<Setting>(settings).filter(([, { kind }]) => kind === 'secret');
const names = secrets.map(([name]) => name);

const holders = new Map<string, string>();
for (const source of chosenSources(chain, environment)) {
  for (const name of await heldBy(source)) if (!holders.has(name)) holders.set(name, source);
}
for (const [name, { about }] of secrets) console.log(`${name}\t${holders.get(name) ?? 'missing'}\t${about}`);
if (secrets.length === 0) console.log('src/guardrails/settings.ts declares no secret.');

async function heldBy(name: string): Promise<readonly string[]> {
  try {
    const source = await openSource(chain, name, environment);
    return source.holds ? await source.holds(names) : Object.keys(await source.fetch(names));
  } catch (error) {
    console.error(error instanceof Error ? error.message : `${name} cannot be asked`);
    return [];
  }
}
