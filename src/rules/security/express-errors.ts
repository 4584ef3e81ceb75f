import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, isFunction, memberNameOf, type FunctionNode } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code, Server } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { codeOf } from '../reach.ts';
import type { RuleFinding } from '../rule.ts';
import { serverModules } from '../server-files.ts';
import { productionModeOf } from './production-mode.ts';

/**
 * Express answers an error that nobody handles with its stack, file paths included, unless NODE_ENV is production. A body of broken JSON or a
 * path of broken characters is enough for one.
 */
export function expressErrorsOf(repository: Repository, server: Server): RuleFinding[] {
  if (server.framework !== 'express' || !canBeBroken(repository, server)) return [];
  const handler = errorHandlerOf(repository, server);
  if (handler === 'answers') return [];
  const mode = productionModeOf(repository, server.app);
  if (mode === 'set') return [];
  if (mode === 'not known' || handler === 'not known')
    return [
      {
        verdict: 'unknown',
        message:
          handler === 'not known'
            ? 'Whether strangers are shown errors could not be told: what handles them could not be followed.'
            : 'Whether strangers are shown errors could not be told: Express shows them unless NODE_ENV is production, which the host may set.',
        where: server.where,
      },
    ];
  return [
    {
      verdict: 'fail',
      message:
        'A request that is broken on purpose is answered with file paths and calls of the program: Express shows them unless NODE_ENV is production, and nothing sets that.',
      where: server.where,
      confidence: 'likely',
      remedy:
        'Mount an error handler of four parameters after the routes that logs the error and answers with a sentence of its own, and set NODE_ENV=production where the app runs.',
      searched: ['error handlers of four parameters, mounted', 'NODE_ENV in Dockerfile, Procfile, start scripts, .env'],
      key: `errors ${server.where.path}`,
    },
  ];
}

/** True where a request alone can cause an error: its body is parsed, its path has parameters, files are served. */
function canBeBroken(repository: Repository, { app, routes, statics }: Server): boolean {
  const parses = serverModules(
    repository,
    app,
    /\bexpress\.(?:json|urlencoded)\(|body-?parser|\buse\(\s*(?:json|urlencoded)\(/i,
  );
  return parses.length > 0 || statics.length > 0 || routes.some(({ path }) => path.includes('/:'));
}

type Handled = 'answers' | 'not known' | 'none';

function errorHandlerOf(repository: Repository, { app }: Server): Handled {
  let handled: Handled = 'none';
  for (const module of serverModules(repository, app, /\.use\b/))
    for (const call of nodesOf(module.tree, 'CallExpression', 'OptionalCallExpression')) {
      if (memberNameOf(call.callee) !== 'use') continue;
      for (const given of call.arguments.flatMap(itemsOf)) {
        const found = handles(repository, module, given);
        if (found === 'answers') return found;
        if (found === 'not known') handled = found;
      }
    }
  return handled;
}

function itemsOf(node: Node): Node[] {
  return node.type === 'ArrayExpression' ? node.elements.flatMap((element) => element ?? []) : [node];
}

/** Packages whose error handler shows the error, or hands it on to the one of Express. */
const noAnswer = /^(?:errorhandler|celebrate|@sentry\/.*|raven|newrelic|rollbar|@bugsnag\/.*|express-winston)$/;

function handles(repository: Repository, module: Module, given: Node): Handled {
  const maker = isCall(given) ? given.callee : given;
  const definition = definitionOf(repository, module, maker);
  if (definition?.kind === 'package') {
    const named = /err|exception|problem|boom/i.test(`${definition.name} ${textOf(module, maker)}`);
    return named && !noAnswer.test(definition.name) ? 'not known' : 'none';
  }
  const code = isFunction(given) ? { module, node: given } : codeBehind(repository, module, maker);
  if (!code) return /err|exception/i.test(textOf(module, maker)) ? 'not known' : 'none';
  const functions = [
    ...(isFunction(code.node) ? [code.node] : []),
    ...nodesOf(code.node, 'ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration'),
  ];
  return functions.some(answersErrors) ? 'answers' : 'none';
}

function codeBehind(repository: Repository, module: Module, node: Node): Code | undefined {
  const definition = definitionOf(repository, module, node);
  if (definition?.kind === 'code') return definition;
  return codeOf(repository, module, node);
}

/** `(error, request, response, next)` that does something with the response. */
function answersErrors({ params, body }: FunctionNode): boolean {
  const [error, , response] = params;
  if (params.length !== 4 || error?.type !== 'Identifier' || response?.type !== 'Identifier') return false;
  if (!/^_|^e$|^ex|err|exc|fault|problem/i.test(error.name)) return false;
  return nodesOf(body, 'Identifier').some(({ name }) => name === response.name);
}
