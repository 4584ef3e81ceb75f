import type { CallExpression, NewExpression, ObjectProperty } from '@babel/types';
import { linesOf, type Module, textOf } from '../../code/module.ts';
import { textValueOf } from '../../code/literals.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Loss, LookForLoss } from './loss.ts';

interface Limit {
  readonly path: string;
  readonly line: number;
  /** What it limits, told from the call and the option: the same text before and after. */
  readonly name: string;
  readonly option: string;
  readonly value: number;
  readonly written: string;
  /** True when a smaller number is stricter. */
  readonly stricterBelow: boolean;
}

const limiterCall = /(?:rate-?limit|limiter|throttl|slow-?down)/i;
const bodyCall = /(?:^|\.)(?:json|urlencoded|raw|text|bodyParser|koaBody|bodyLimit|fastify|Fastify|multer)$/;
const most = new Set(['max', 'limit', 'points', 'maxRequests']);
const windows = new Set(['windowMs', 'timeWindow', 'duration', 'ttl', 'interval']);
const sizes = new Set(['limit', 'bodyLimit', 'jsonLimit', 'formLimit', 'textLimit', 'maxSize', 'fileSize']);

/** Numbers that held something back and hold back less now: how often, how much, how large. */
export const liftedLimits: LookForLoss = (before, after) => {
  const earlier = byName(limitsOf(before));
  return [...byName(limitsOf(after))].flatMap(([name, limit]) => {
    const old = earlier.get(name);
    if (!old || old.value === limit.value || old.value > limit.value === limit.stricterBelow) return [];
    return [lossOf(old, limit)];
  });
};

function limitsOf(repository: Repository): Limit[] {
  return repository.files.flatMap(({ path, role }) => {
    if (role !== 'source' || !/limit|throttl|slow-?down|multer|koaBody/i.test(repository.read(path) ?? '')) return [];
    const module = repository.module(path);
    if (!module) return [];
    return nodesOf(module.tree, 'CallExpression', 'NewExpression').flatMap((call) =>
      limitsIn(call, module, repository),
    );
  });
}

function limitsIn(call: CallExpression | NewExpression, module: Module, repository: Repository): Limit[] {
  const callee = textOf(module, call.callee);
  const words = call.arguments.map((argument) => (argument.type === 'Identifier' ? argument.name : '')).join(' ');
  const limiter = limiterCall.test(callee) || limiterCall.test(words);
  const kinds = limiter ? [most, windows] : bodyCall.test(callee) ? [sizes] : [];
  return call.arguments.flatMap((argument) => {
    if (argument.type !== 'ObjectExpression') return [];
    return nodesOf(argument, 'ObjectProperty').flatMap((property) => {
      const option = nameOf(property);
      const kind = kinds.find((options) => options.has(option));
      const written = kind && textValueOf(repository, module, property.value);
      const value = kind && amountOf(property, written);
      if (kind === undefined || value === undefined) return [];
      const line = linesOf(module, property).first;
      const shown = textOf(module, property.value);
      return [
        {
          path: module.path,
          line,
          name: `${callee} ${option}`,
          option,
          value,
          written: shown,
          stricterBelow: kind !== windows,
        },
      ];
    });
  });
}

function nameOf({ key }: ObjectProperty): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'StringLiteral' ? key.value : '';
}

/** A number, a product of numbers, a size such as '1mb', a time such as '1 minute'. */
function amountOf({ value }: ObjectProperty, written: string | undefined): number | undefined {
  if (written !== undefined) return amountIn(written);
  if (value.type !== 'BinaryExpression' || value.operator !== '*') return undefined;
  const factors = [value.left, value.right].map((factor) =>
    amountOf({ value: factor } as ObjectProperty, factor.type === 'NumericLiteral' ? String(factor.value) : undefined),
  );
  return factors.includes(undefined)
    ? undefined
    : factors.reduce<number>((product, factor) => product * (factor ?? 1), 1);
}

const units: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  k: 1024,
  mb: 1024 ** 2,
  m: 1024 ** 2,
  gb: 1024 ** 3,
  g: 1024 ** 3,
  ms: 1,
  s: 1000,
  second: 1000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
};

function amountIn(text: string): number | undefined {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*?)s?\s*$/i.exec(text) ?? [];
  if (number === undefined) return undefined;
  const factor = unit === '' ? 1 : units[unit.toLowerCase()];
  return factor === undefined ? undefined : Number(number) * factor;
}

/** Limits by file and name; several of the same name are counted. */
function byName(limits: readonly Limit[]): Map<string, Limit> {
  const named = new Map<string, Limit>();
  for (const limit of limits) {
    let name = `${limit.path} ${limit.name}`;
    while (named.has(name)) name += '+';
    named.set(name, limit);
  }
  return named;
}

function lossOf(old: Limit, { path, line, name, option, written }: Limit): Loss {
  return {
    control: 'limit',
    rule: 'security/http-hardening',
    message: `A limit was lifted: ${option} was ${old.written}, and is ${written}.`,
    where: { path, line },
    remedy: `Set ${option} back to ${old.written}, or write down why it has to be more.`,
    key: `limit ${name}`,
    weight: 'medium',
    evidence: `${option}: ${written}`,
  };
}
