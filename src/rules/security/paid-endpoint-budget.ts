import { placeText } from '../../repository/place.ts';
import { placeOf } from '../../code/module.ts';
import type { Route, Server } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { Repository } from '../../repository/repository.ts';
import { lineOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { limitOf, limitsOf, type Limits } from './limiter.ts';
import { spendingIn } from './paid-services.ts';
import { reachedFrom } from '../reach.ts';

export default defineRule({
  id: 'security/paid-endpoint-budget',
  title: 'A route that spends money asks who is calling, and stops at a budget.',
  why: "Otherwise the app is an open door to somebody else's account: a stranger with a loop spends thousands in a night.",
  weight: 'high',
  stage: 'prototype',
  measured: false,
  finds:
    'Routes whose handler, or what it calls, reaches a language model, mail, text messages or payments (their packages, or their hosts in a fetch), and which a stranger may call or which no limiter holds back. Sign-up, reset and contact routes may be open where a limiter stands before them.',
  blind: 'The spending limit at the provider, which a person has to set; budgets in a database.',
  fix: 'Put the route behind the sign-in, count what each user spends per day, and set a limit at the provider.',
  references: ['OWASP API4:2023', 'ASVS v5.0.0-2.4.1', 'ASVS v5.0.0-15.2.2', 'CWE-770'],
  check(repository) {
    const findings = serversOf(repository).flatMap((server) => {
      const limits = limitsOf(repository, server);
      return server.routes.flatMap((route) => findingOf(repository, server, route, limits));
    });
    return findings.length > 0
      ? findings
      : [{ verdict: 'not-applicable', message: 'No route that could be followed spends money.' }];
  },
});

const openByNature =
  /log-?in|sign-?in|register|sign-?up|forgot|reset|verif|contact|otp|invit|subscribe|newsletter|checkout/i;

function findingOf(repository: Repository, server: Server, route: Route, limits: Limits): RuleFinding[] {
  if (route.handlers.length === 0) return [];
  const spending = spendingIn(repository, reachedFrom(repository, route.handlers));
  if (!spending) return [];
  const { method, path, where, guard } = route;
  const name = `${method} ${path}`;
  const limit = limitOf(limits, server, route);
  const mayBeOpen = openByNature.test(path) && spending.on !== 'a language model';
  if (limit && (guard.state === 'refused' || mayBeOpen))
    return [{ verdict: 'pass', message: `${name} is limited.`, where: limit }];
  if (guard.state === 'unknown' && limit)
    return [
      { verdict: 'unknown', message: `Whether strangers may call ${name} could not be told: ${guard.why}.`, where },
    ];
  const isOpen = guard.state === 'open';
  const often = limit ? '' : ', as often as they like';
  return [
    {
      verdict: 'fail',
      message: isOpen
        ? `Anybody can spend your money: ${name} calls ${spending.on} for whoever asks${often}.`
        : `Whoever may call ${name} can spend all your money: it calls ${spending.on} as often as they ask.`,
      where,
      evidence: `${placeText(placeOf(spending.module, spending.node))}: ${lineOf(spending.module, spending.node)}`,
      confidence: guard.state === 'unknown' ? 'review' : 'likely',
      remedy: isOpen
        ? 'Put the route behind the sign-in, and give each user and the whole app a budget per day.'
        : 'Mount a limiter before the route, and give each user and the whole app a budget per day.',
      key: name,
    },
  ];
}
