import { isOnLine } from '../../code/module.ts';
import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isFunction } from '../../code/calls.ts';
import { exportsOf } from '../../code/exports.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Server } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'arch/app-factory',
  title: 'The app can be built without listening; to import it starts nothing.',
  why: 'What starts by itself cannot be tested: no test can ask the app a question before it is live.',
  weight: 'medium',
  stage: 'prototype',
  measured: false,
  finds:
    'The file that makes the app: it exports the app or a function that makes it, and it does not listen when it is imported.',
  blind: 'Connections that open as soon as some other file is imported.',
  fix: 'Make the app in app.ts and export it (or createApp); listen in server.ts, which nothing imports.',
  references: ['nodebestpractices 3.13', 'nodebestpractices 4.12'],
  check(repository) {
    const servers = serversOf(repository);
    const own = servers.filter(({ framework, listens }) => !/^(?:next|nest)$/.test(framework) && listens !== undefined);
    if (own.length > 0) return own.map((server) => findingOf(repository, server));
    const built = servers.some(({ framework }) => /^(?:next|nest)$/.test(framework));
    return [{ verdict: 'not-applicable', message: built ? 'The framework builds the app.' : 'Nothing here listens.' }];
  },
});

function findingOf(repository: Repository, server: Server): RuleFinding {
  const { where, listens } = server;
  const pass: RuleFinding = { verdict: 'pass', message: 'The app can be built without listening.', where };
  const makes = repository.module(where.path);
  if (!makes || !listens) return pass;
  const isExported = exportsOf(makes).names.size > 0;
  const isApart = listens.path !== where.path || isInFunction(repository, listens) || isGuarded(makes.text);
  if (isExported && isApart) return pass;
  return {
    verdict: 'fail',
    message: isApart
      ? 'No test can use the app: the file that makes it gives it to nobody.'
      : 'No test can use the app: whoever imports it starts a server.',
    where: isApart ? where : listens,
    confidence: 'likely',
    remedy: 'Make the app in one file that exports it, and call listen in another one that nothing imports.',
    key: where.path,
  };
}

/** `listen` inside a named function or a method runs when that is called: fine unless the file itself calls it. */
function isInFunction(repository: Repository, { path, line = 0 }: Place): boolean {
  const module = repository.module(path);
  if (!module) return false;
  const named = (node: Node): boolean => isOnLine(module, node, line);
  if (nodesOf(module.tree, 'ClassMethod', 'ObjectMethod').some(named)) return true;
  const around = [
    ...nodesOf(module.tree, 'FunctionDeclaration').filter(named),
    ...nodesOf(module.tree, 'VariableDeclarator').flatMap(({ init }) =>
      init && isFunction(init) && named(init) ? [init] : [],
    ),
  ];
  const called = module.tree.program.body.flatMap((statement) =>
    statement.type === 'ExpressionStatement' ? nodesOf(statement, 'CallExpression') : [],
  );
  const isCalled = called.some(({ callee }) => {
    const definition = definitionOf(repository, module, callee);
    return definition?.kind === 'code' && around.some((node) => node === definition.node);
  });
  return around.length > 0 && !isCalled;
}

/** Listens only when the file itself is started. */
function isGuarded(text: string): boolean {
  return /require\.main\s*===?\s*module|import\.meta\.(?:main|url\s*===?)|process\.argv\[1\]|NODE_ENV['"\]]*\s*!==?\s*['"]test/.test(
    text,
  );
}
