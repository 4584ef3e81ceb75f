import { textOf } from '../../code/module.ts';
import { channelsOf, type GuardedChannel } from '../../frameworks/channels.ts';
import { shown } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'auth/realtime-guarded',
  title: 'WebSockets, event streams, GraphQL, tRPC and server actions ask who is calling, as the other routes do.',
  why: 'The login of the web page guards its pages; a socket or a server action beside them is a second door, and often nobody locks it.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'WebSocket and socket.io servers (verifyClient, allowRequest, io.use, the upgrade, the first lines after connecting), mutations of tRPC, server actions, gateways of NestJS, GraphQL that shows its schema. A check counts only where it can end the connection or the call.',
  blind: 'Whether each resolver of GraphQL asks; checks on each message; who may join which room.',
  fix: 'Check the session or token before the connection is taken or the work is done, with the same function that guards the routes.',
  references: ['ASVS v5.0.0-4.4.3', 'ASVS v5.0.0-4.3.2', 'CWE-306', 'CWE-1385'],
  check(repository) {
    const channels = channelsOf(repository).filter((channel) => channel.kind !== 'sse' && !isForStrangers(channel));
    if (channels.length === 0)
      return [
        {
          verdict: 'not-applicable',
          message: 'There is no door beside the routes: no socket, no GraphQL, no server action.',
        },
      ];
    return channels.flatMap((channel): RuleFinding[] => [found(channel), ...schemaShown(channel)]);
  },
});

/** Signing in is for those who are not signed in; a query of tRPC that is named public is meant to be. */
function isForStrangers({ kind, name, code }: GuardedChannel): boolean {
  const text = code ? textOf(code.module, code.node) : '';
  if (
    kind === 'server-action' &&
    /\b(?:sign|log)-?_?(?:in|up|out)|\blogin|\blogout|register|forgot|reset|verify|newsletter|contact|theme|locale|language|cookie|revalidate/i.test(
      name,
    )
  )
    return true;
  if (kind === 'server-action' && /\bsign(?:In|Up|Out)\(|\bauth\.sign/.test(text)) return true;
  return kind === 'trpc' && !name.includes(' mutation');
}

function found(channel: GuardedChannel): RuleFinding {
  const { guard, name, where, code } = channel;
  if (guard.state === 'refused')
    return { verdict: 'pass', message: `${capital(name)} refuses strangers.`, where: guard.by };
  if (guard.state === 'unknown') return { verdict: 'unknown', message: `${capital(name)}: ${guard.why}.`, where };
  return {
    verdict: 'fail',
    message: `Anyone can use ${name} without signing in: ${guard.why}.`,
    where,
    confidence: 'likely',
    key: `${where.path} ${name}`,
    remedy: remedies[channel.kind],
    ...(code && { evidence: shown(textOf(code.module, code.node).split('\n')[0] ?? '') }),
  };
}

const remedies: Readonly<Record<GuardedChannel['kind'], string>> = {
  websocket:
    'Check the session or token in the `upgrade` handler or in `verifyClient`, and close the connection when it is not valid.',
  'socket.io': 'Check the token in `io.use((socket, next) => …)` and call `next(new Error(…))` when it is not valid.',
  graphql: 'Check the token where the context is made, and throw when it is not valid.',
  trpc: 'Build the procedure with a middleware that throws UNAUTHORIZED where nobody is signed in.',
  'server-action': 'Ask for the session in the first lines and stop where nobody is signed in.',
  sse: 'Guard the route of the stream.',
};

function schemaShown({ kind, code, where }: GuardedChannel): RuleFinding[] {
  if (kind !== 'graphql' || !code || !/introspection:\s*true/.test(textOf(code.module, code.node))) return [];
  return [
    {
      verdict: 'fail',
      message: 'Anyone can list everything that GraphQL knows and does.',
      where,
      confidence: 'likely',
      weight: 'low',
      key: 'introspection',
      evidence: 'introspection: true',
      remedy: 'Leave introspection off in production.',
    },
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
