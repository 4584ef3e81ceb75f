import { placeOf, type Module } from '../../code/module.ts';
import { isClientFile } from '../../repository/client-files.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { holdsScripts, scriptsOfPage } from './page-scripts.ts';
import { paidCallsIn, type PaidCall } from './paid-calls.ts';
import { sdkClientsIn, type SdkClient } from './sdk-clients.ts';

/** One place of a page that asks a paid service: by a call, or by a client of its library. */
export type Use = { readonly where: Place; readonly module: Module } & (
  { readonly call: PaidCall; readonly client?: never } | { readonly client: SdkClient; readonly call?: never }
);

const mentions =
  /https:\/\/(?:api|generativelanguage|openrouter|router)[\w.-]*\.(?:com|ai|io|xyz|co)|openrouter\.ai|dangerouslyAllowBrowser|@google\/gen/;

/** Every use of a paid service in the pages of a repository, with a key or without. */
export function usesOf(repository: Repository): readonly Use[] {
  return clientModules(repository).flatMap((module): Use[] => [
    ...paidCallsIn(repository, module).map((call) => ({ where: placeOf(module, call.node), module, call })),
    ...sdkClientsIn(repository, module).map((client) => ({ where: placeOf(module, client.node), module, client })),
  ]);
}

/** Whether a use needs a key of the project. */
export function hasKey({ call }: Use): boolean {
  return call === undefined || call.headers.length + call.queries.length > 0;
}

/** The scripts that reach a browser: files of their own, and those that are written into a page. */
function clientModules(repository: Repository): Module[] {
  return repository.files.flatMap(({ path, role }) => {
    const inPage = holdsScripts(path) && (role === 'text' || role === 'source');
    const text = role === 'source' || inPage ? repository.read(path) : undefined;
    if (text === undefined || !(mentions.test(text) || sendsKey(text))) return [];
    if (inPage) return scriptsOfPage(path, text) ?? [];
    return (isClientFile(repository, path) && repository.module(path)) || [];
  });
}

/** The address may stand in another file. */
function sendsKey(text: string): boolean {
  return /\b(?:fetch|axios)\b/.test(text) && /\b(?:Authorization|api-key)\b/i.test(text);
}
