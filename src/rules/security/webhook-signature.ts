import { isOnLine, textOf } from '../../code/module.ts';
import type { Route, Server } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Place } from '../../repository/place.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { reachedFrom } from '../reach.ts';
import { isWebhook } from './webhook.ts';

const verifies =
  /constructEvent|timingSafeEqual|createHmac|\bsvix\b|Webhook\s*\(|\.verify\w*\(|verify\w*\(|validateRequest|validateSignature|verifyKey|isValidSignature|webhooks?\.unwrap|checkSignature|subtle\.verify|signed\(/i;

export default defineRule({
  id: 'security/webhook-signature',
  title: 'What another company reports is proved by a signature over the bytes that came in.',
  why: 'The address of a webhook is no secret: anybody can send "payment succeeded" to it and unlock an account.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'Routes that are named webhook and take a POST, where neither the handler nor what it calls or what stands before it checks a signature (constructEvent of Stripe, svix, an HMAC compared with timingSafeEqual, a verify function).',
  blind: 'Whether the check covers the bytes as they came, and whether an event that comes twice is acted on twice.',
  fix: 'Read the raw body, check the signature with the library of the sender, and remember the ids of events that were handled.',
  references: ['ASVS v5.0.0-4.1.5', 'OpenSSF Scorecard Webhooks', 'CWE-345'],
  check(repository) {
    const hooks = serversOf(repository).flatMap((server) =>
      server.routes.filter(isWebhook).map((route) => findingOf(repository, server, route)),
    );
    return hooks.length > 0
      ? hooks
      : [{ verdict: 'not-applicable', message: 'Nothing here is called by another company.' }];
  },
});

function findingOf(repository: Repository, { middleware }: Server, route: Route): RuleFinding {
  const { method, path, where, handlers, guard } = route;
  if (handlers.length === 0)
    return { verdict: 'unknown', message: `What answers ${method} ${path} could not be followed.`, where };
  const inFront = middleware
    .filter((layer) => layer.path !== '/' && path.startsWith(layer.path))
    .map(({ code }) => code);
  const texts = reachedFrom(repository, [...handlers, ...inFront]).map(({ module, node }) => textOf(module, node));
  if (texts.some((text) => verifies.test(text)))
    return { verdict: 'pass', message: `${method} ${path} checks who sent it.`, where };
  if (guard.state === 'refused' && !isInside(guard.by, route))
    return { verdict: 'pass', message: `${method} ${path} refuses strangers.`, where: guard.by };
  return {
    verdict: 'fail',
    message: `Anybody can report anything to ${method} ${path}, such as a payment that never happened.`,
    where,
    confidence: 'likely',
    remedy: 'Check the signature over the raw body before anything else, with the library of the sender.',
    key: `${method} ${path}`,
  };
}

/** A refusal inside the handler asks for a credential at most: that it is there says nothing about who sent it. */
function isInside({ path, line = 0 }: Place, { handlers }: Route): boolean {
  return handlers.some(({ module, node }) => module.path === path && isOnLine(module, node, line));
}
