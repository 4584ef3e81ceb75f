import type { Node } from '@babel/types';
import { isCall, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { declarationOf } from '../../code/scopes.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import type { Server } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';
import { isForDevelopers } from './for-developers.ts';
import { serverModules } from '../server-files.ts';

const answering = /^(?:send|json|jsonp|end|write|html|text|body|render)$/;
const responses = /^(?:res|response|reply|resp|ctx|c|context|NextResponse|Response)\b/;
const errorName = /^(?:e|ex|er|err|error|exception|reason|cause|\w+(?:Err|Error))$/;

/** Places where an error itself, or its stack, goes to whoever asked. */
export function leaksOf(repository: Repository, server: Server): RuleFinding[] {
  return serverModules(repository, server.app, /\bstack\b|catch|\berr(?:or)?\b/).flatMap((module) =>
    leaksIn(module, server),
  );
}

function leaksIn(module: Module, server: Server): RuleFinding[] {
  const findings: RuleFinding[] = [];
  for (const given of answersIn(module)) {
    const leak = leakIn(module, given, server);
    if (leak) findings.push(leak);
  }
  return findings;
}

/** What is sent: the arguments of `res.json(…)` and the like, and what is assigned to `ctx.body`. */
function answersIn(module: Module): Node[] {
  const calls = nodesOf(module.tree, 'CallExpression').flatMap((call) => {
    const isAnswer =
      answering.test(memberNameOf(call.callee) ?? '') &&
      responses.test(textOf(module, objectOf(call.callee) ?? call.callee));
    return isAnswer ? call.arguments : [];
  });
  const made = nodesOf(module.tree, 'NewExpression').flatMap(({ callee, arguments: given }) =>
    callee.type === 'Identifier' && /^(?:Next)?Response$/.test(callee.name) ? given : [],
  );
  const assigned = nodesOf(module.tree, 'AssignmentExpression').flatMap(({ left, right }) =>
    /^(?:ctx|context)\.(?:response\.)?body$/.test(textOf(module, left)) ? [right] : [],
  );
  return [...calls, ...made, ...assigned];
}

function leakIn(module: Module, given: Node, { framework }: Server): RuleFinding | undefined {
  let stack: Node | undefined;
  let whole: Node | undefined;
  walk(given, (node) => {
    if (/Function/.test(node.type)) return 'skip';
    if (memberNameOf(node) === 'stack' && isError(module, objectOf(node))) stack ??= node;
    return undefined;
  });
  for (const node of valuesOf(given)) if (isError(module, node)) whole ??= node;
  const leak = stack ?? (framework === 'fastify' && whole === unwrapped(given) ? undefined : whole);
  if (!leak || isForDevelopers(module, leak)) return undefined;
  return {
    verdict: 'fail',
    message: stack
      ? 'When something goes wrong, a stranger is shown the inside of the program: file paths, versions, pieces of code.'
      : 'When something goes wrong, a stranger is sent the error itself, with whatever the database or another service wrote into it.',
    confidence: stack ? 'certain' : 'likely',
    weight: 'high',
    remedy: 'Log the error, and answer with a sentence of your own and a status.',
    ...proofOf(module, leak),
  };
}

/** The sent value itself, and the values of its properties. */
function valuesOf(given: Node): Node[] {
  const node = unwrapped(given);
  if (isCall(node) && memberNameOf(node.callee) === 'stringify') return node.arguments.flatMap(valuesOf);
  if (node.type !== 'ObjectExpression') return [node];
  return node.properties.flatMap((property) =>
    property.type === 'ObjectProperty'
      ? valuesOf(property.value)
      : property.type === 'SpreadElement'
        ? [property.argument]
        : [],
  );
}

/** A name of an error that was caught, or that a callback is given. */
function isError(module: Module, value: Node | undefined): boolean {
  const node = value && unwrapped(value);
  if (node?.type !== 'Identifier' || !errorName.test(node.name)) return false;
  const declared = declarationOf(module, node, node);
  return declared?.kind === 'parameter' || declared?.kind === 'other';
}
