import { calleeNameOf } from '../../code/calls.ts';
import { placeOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import { joined } from '../../repository/entries.ts';
import type { Repository } from '../../repository/repository.ts';
import { judgeHandler } from '../refusal/handler.ts';
import type { Guard, Route } from '../server.ts';

/** The edge functions of Supabase: `supabase/functions/<name>/index.ts`, which give a handler to `Deno.serve`. */
export function supabaseFunctionsIn(repository: Repository, app: App): Route[] {
  const settings = repository.read(joined(app.root, 'supabase/config.toml')) ?? '';
  return app.files.flatMap(({ path, role }) => {
    const name = /(?:^|\/)supabase\/functions\/([^/_][^/]*)\/index\.[jt]sx?$/.exec(path)?.[1];
    const module = role === 'source' && name !== undefined ? repository.module(path) : undefined;
    return module && name !== undefined ? servedBy(repository, module, name, settings) : [];
  });
}

function servedBy(repository: Repository, module: Module, name: string, settings: string): Route[] {
  const call = nodesOf(module.tree, 'CallExpression').find((one) =>
    /^(?:Deno\.serve|serve)$/.test(calleeNameOf(one) ?? ''),
  );
  const handler = call?.arguments.at(-1);
  if (!call || !handler) return [];
  const { guard, code } = judgeHandler(repository, module, handler);
  return [
    {
      method: 'ALL',
      path: `/functions/v1/${name}`,
      where: placeOf(module, call),
      handlers: code ? [code] : [],
      guard: atTheGateway(guard, name, settings),
      confidence: 'certain',
    },
  ];
}

/** The gateway of Supabase asks for a token, unless `verify_jwt = false`; the public key of the page is one. */
function atTheGateway(guard: Guard, name: string, settings: string): Guard {
  if (guard.state !== 'open') return guard;
  const section = settings
    .split(/^\[functions\./m)
    .find((text) => [`${name}]`, `"${name}"]`].some((head) => text.startsWith(head)));
  if (/^\s*verify_jwt\s*=\s*false/m.test(section?.split(/^\[/m)[0] ?? '')) return guard;
  return { state: 'unknown', why: 'the gateway of Supabase asks for a token, and the public key of the page is one' };
}
