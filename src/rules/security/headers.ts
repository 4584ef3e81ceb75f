import type { Module } from '../../code/module.ts';
import type { Server } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';
import { usesOf } from './mounted.ts';
import { proxyLine } from './proxy-files.ts';
import { serverModules } from '../server-files.ts';

const packages =
  /^(?:helmet|@fastify\/helmet|fastify-helmet|koa-helmet|hono\/secure-headers|lusca|next-secure-headers|nosecone|@nosecone\/next)$/;
const nosniff = /['"`]x-content-type-options['"`]/i;
const framing = /['"`](?:content-security-policy|x-frame-options)['"`]/i;

/** Whether browsers are told how to protect people: by a package that is mounted, by hand, or by what stands in front of the app. */
export function headersOf(repository: Repository, server: Server): RuleFinding {
  const { app } = server;
  const { mounts, forgotten } = usesOf(repository, app, packages, /helmet|secure-headers|lusca|nosecone/);
  const [mount] = mounts;
  if (mount)
    return { verdict: 'pass', message: 'Security headers are set.', where: proofOf(mount.module, mount.node).where };
  const proxy = proxyLine(repository, /x-content-type-options|content-security-policy|x-frame-options/i);
  if (proxy) return { verdict: 'elsewhere', message: `Security headers are set by ${proxy.by}.`, ...proxy };
  const byHand = [
    ...serverModules(repository, app, framing),
    ...serverModules(repository, app, nosniff),
    ...configured(repository, server),
  ];
  if (byHand.some(({ text }) => nosniff.test(text)) && byHand.some(({ text }) => framing.test(text)))
    return {
      verdict: 'pass',
      message: 'Security headers are set by hand.',
      where: { path: byHand[0]?.path ?? server.where.path },
    };
  return failure(server, forgotten[0], byHand[0]);
}

/** Next keeps them in its configuration. */
function configured(repository: Repository, { app }: Server): Module[] {
  return app.files.flatMap(({ path }) => {
    const module = /(?:^|\/)next\.config\.[cm]?[jt]s$/.test(path) ? repository.module(path) : undefined;
    return module && (framing.test(module.text) || nosniff.test(module.text)) ? [module] : [];
  });
}

function failure(
  server: Server,
  forgotten: { module: Module; node: Parameters<typeof proofOf>[1] } | undefined,
  some: Module | undefined,
): RuleFinding {
  const missing = some
    ? 'Only some of the headers are sent with which browsers protect people'
    : 'Pages and answers go out without the headers with which browsers protect people';
  return {
    verdict: 'fail',
    message: forgotten
      ? 'Security headers are brought in and never put to work: no answer carries them.'
      : `${missing}: a hostile page can frame them, and a file that was uploaded can run as a program.`,
    confidence: forgotten ? 'certain' : 'likely',
    remedy:
      remedies[server.framework] ??
      'Send X-Content-Type-Options: nosniff, a Content-Security-Policy with frame-ancestors, and Strict-Transport-Security with every answer.',
    searched: [
      'helmet and its kin, mounted',
      'headers set in the code',
      'vercel.json, netlify.toml, _headers, nginx and other proxies',
    ],
    key: `headers ${server.where.path}`,
    where: server.where,
    ...(forgotten && proofOf(forgotten.module, forgotten.node)),
  };
}

const remedies: Readonly<Record<string, string>> = {
  express: 'Install helmet and write app.use(helmet()) as the first line after the app is made.',
  nest: 'Install helmet and write app.use(helmet()) before app.listen().',
  fastify: 'Install @fastify/helmet and register it before the routes.',
  hono: "Write app.use(secureHeaders()), from 'hono/secure-headers', as the first line after the app is made.",
  koa: 'Install koa-helmet and write app.use(helmet()) as the first line after the app is made.',
  next: 'Return them from headers() in next.config.',
};
